#include "cli/cli.h"

static enum terramis_status run(const struct cli *cli)
{
    struct terramis_options options = cli->options;
    /* explain PARCEL [PROJECT] */
    options.project = cli->operand_count > 1 ? cli->operands[1] : NULL;
    return terramis_explain(&options, cli->operands[0], stdout);
}

const struct command command_explain = {
    .name = "explain",
    .operands = N_("PARCEL [PROJECT]"),
    .summary = N_("say why a parcel of a finished run has its score"),
    .options = "oqvJM",
    .least = 1,
    .most = 2,
    .run = run};
