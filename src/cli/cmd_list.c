#include <string.h>

#include "cli/cli.h"

static enum terramis_status run(const struct cli *cli)
{
    static const char *const tables[] = {[TERRAMIS_CRITERIA] = "criteria",
                                         [TERRAMIS_MEMBERSHIPS] = "memberships",
                                         [TERRAMIS_WEIGHTINGS] = "weightings",
                                         [TERRAMIS_COMBINERS] = "combiners",
                                         [TERRAMIS_YIELDS] = "yields",
                                         [TERRAMIS_OUTPUTS] = "outputs",
                                         [TERRAMIS_LAYERS] = "layers",
                                         [TERRAMIS_SERVICES] = "services"};
    for (int i = TERRAMIS_CRITERIA; i <= TERRAMIS_SERVICES; i++)
        if (strcmp(cli->operands[0], tables[i]) == 0)
            return terramis_list(&cli->options, (enum terramis_table)i, stdout);
    fprintf(stderr,
            _("terramis: list %s: no such table. There are: criteria, "
              "memberships, weightings, combiners, yields, outputs, layers, "
              "services\n"),
            cli->operands[0]);
    return TERRAMIS_USAGE;
}

const struct command command_list = {
    .name = "list",
    .operands = "criteria|memberships|weightings|combiners|yields|outputs|"
                "layers|services",
    .summary =
        N_("print what there is: settings, units, formulae, sources; or draw "
           "the memberships in a folder"),
    .options = "oJ",
    .least = 1,
    .most = 1,
    .run = run};
