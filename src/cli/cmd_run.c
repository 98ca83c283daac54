#include "cli/cli.h"

static enum terramis_status run(const struct cli *cli)
{
    return terramis_run(&cli->options, stdout);
}

const struct command command_run = {
    .name = "run",
    .operands = N_("[PROJECT]"),
    .summary = N_("analyse all territories of a project (terramis.yaml)"),
    .options = "otjTrOqvJRM",
    .most = 1,
    .run = run};
