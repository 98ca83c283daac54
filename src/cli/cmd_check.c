#include "cli/cli.h"

static enum terramis_status run(const struct cli *cli)
{
    return terramis_check(&cli->options, stdout);
}

const struct command command_check = {
    .name = "check",
    .operands = N_("[PROJECT]"),
    .summary = N_("read project and layers as a run would, compute nothing"),
    .options = "jTtrqvJM",
    .most = 1,
    .run = run};
