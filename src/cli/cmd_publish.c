#include "cli/cli.h"

static enum terramis_status run(const struct cli *cli)
{
    return terramis_publish(&cli->options,
                            cli->operand_count > 0 ? cli->operands[0] : "out",
                            stdout);
}

const struct command command_publish = {
    .name = "publish",
    .operands = N_("[RUN]"),
    .summary = N_("make a finished run (folder out) ready for an open-data "
                  "portal (folder publication)"),
    .options = "oOqvJ",
    .most = 1,
    .run = run};
