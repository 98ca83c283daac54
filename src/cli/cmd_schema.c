#include "cli/cli.h"

static enum terramis_status run(const struct cli *cli)
{
    (void)cli;
    return terramis_schema(stdout);
}

const struct command command_schema = {
    .name = "schema",
    .operands = "",
    .summary = N_("print the JSON Schema of the project file, for editors"),
    .options = "",
    .run = run};
