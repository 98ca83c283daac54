#include "cli/cli.h"

static enum terramis_status run(const struct cli *cli)
{
    if (cli->options.offline && cli->options.refresh) {
        fputs(_("terramis: fetch: --offline and --refresh exclude one another. "
                "See: terramis fetch --help\n"),
              stderr);
        return TERRAMIS_USAGE;
    }
    return terramis_fetch(&cli->options, stdout);
}

const struct command command_fetch = {
    .name = "fetch",
    .operands = N_("[PROJECT]"),
    .summary = N_("download the layers under fetch: in a project"),
    .options = "fFOqvJM",
    .most = 1,
    .run = run};
