#include <limits.h>

#include "cli/cli.h"

static enum terramis_status run(const struct cli *cli)
{
    if (cli->operand_count > 1)
        return terramis_run_batch(&cli->options, cli->operands,
                                  (size_t)cli->operand_count, stdout);
    return terramis_run(&cli->options, stdout);
}

const struct command command_run = {
    .name = "run",
    .operands = N_("[PROJECT...]"),
    .summary = N_("analyse all territories of projects (terramis.yaml)"),
    .options = "otjTrOqvJRMC",
    .most = INT_MAX,
    .run = run};
