#include "cli/cli.h"

static enum terramis_status run(const struct cli *cli)
{
    return terramis_weights(&cli->options, stdout);
}

const struct command command_weights = {
    .name = "weights",
    .operands = N_("[PROJECT]"),
    .summary = N_("say where the factors' weights come from, and whether the "
                  "judgements agree"),
    .options = "qvJ",
    .most = 1,
    .run = run};
