#include "cli/cli.h"

static enum terramis_status run(const struct cli *cli)
{
    return terramis_demo(&cli->options, cli->operands[0], cli->small);
}

const struct command command_demo = {
    .name = "demo",
    .operands = N_("DIR"),
    .summary = N_("write the synthetic demo project to a folder"),
    .options = "sOqv",
    .least = 1,
    .most = 1,
    .run = run};
