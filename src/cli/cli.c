#include "cli/cli.h"

#include <string.h>

#define COMMAND(name) extern const struct command command_##name;
#include "cli/commands.def"
#undef COMMAND

const struct command *const commands[] = {
#define COMMAND(name) &command_##name,
#include "cli/commands.def"
#undef COMMAND
    NULL};

static const struct command *find(const char *name)
{
    for (int i = 0; commands[i]; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static bool is(const char *argument, const char *a, const char *b)
{
    return strcmp(argument, a) == 0 || strcmp(argument, b) == 0;
}

static int unknown_command(const char *name)
{
    fprintf(stderr, _("terramis: no command '%s'. There are:"), name);
    for (int i = 0; commands[i]; i++)
        fprintf(stderr, " %s", commands[i]->name);
    fputs(_(". See: terramis --help\n"), stderr);
    return TERRAMIS_USAGE;
}

/* What was printed must have arrived (disk full, closed pipe). */
static enum terramis_status flush(enum terramis_status status)
{
    if (status == TERRAMIS_OK && (fflush(stdout) != 0 || ferror(stdout))) {
        fputs(_("terramis: cannot write to standard output\n"), stderr);
        return TERRAMIS_OUTPUT;
    }
    return status;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct cli cli = {0};
    bool help;
    enum terramis_status status = cli_parse(&cli, command, argc, argv, &help);
    if (status != TERRAMIS_OK)
        return status;
    if (help) {
        cli_help(command, stdout);
        return flush(TERRAMIS_OK);
    }
    if (strchr(command->options, 'M'))
        cli_limit_memory(&cli.options);
    status = command->run(&cli);
    if (status != TERRAMIS_OK && terramis_message()[0])
        fprintf(stderr, "terramis: %s\n", terramis_message());
    if (status == TERRAMIS_INTERNAL && strchr(command->options, 'M') &&
        strstr(terramis_message(), _("out of memory")))
        fputs(_("terramis: give more memory with --max-memory, or look for a "
                "layer that is too large\n"),
              stderr);
    return flush(status);
}

int cli_main(int argc, char **argv)
{
    if (argc < 2) {
        cli_help(NULL, stderr);
        return TERRAMIS_USAGE;
    }
    if (is(argv[1], "--help", "-h") || strcmp(argv[1], "help") == 0) {
        const struct command *about = argc > 2 ? find(argv[2]) : NULL;
        if (argc > 2 && !about)
            return unknown_command(argv[2]);
        cli_help(about, stdout);
        return flush(TERRAMIS_OK);
    }
    if (is(argv[1], "--version", "-V")) {
        puts("terramis " TERRAMIS_VERSION);
        return flush(TERRAMIS_OK);
    }
    const struct command *command = find(argv[1]);
    return command ? run(command, argc, argv) : unknown_command(argv[1]);
}
