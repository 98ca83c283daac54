#include "cli/cli.h"

static enum terramis_status run(const struct cli *cli)
{
    return terramis_verify(&cli->options,
                           cli->operand_count > 0 ? cli->operands[0] : "out",
                           stdout);
}

const struct command command_verify = {
    .name = "verify",
    .operands = N_("[DIR]"),
    .summary = N_("prove an output folder (out) against its manifest"),
    .options = "qvJ",
    .most = 1,
    .run = run};
