/* Options: one row each; a command names those it takes by their key. */
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

const struct cli_option cli_options[] = {
    {'o', "out", 'o', N_("DIR"), N_("output folder (default out)")},
    {'t', "territory", 't', N_("ID"), N_("only this territory")},
    {'j', "threads", 'j', N_("N"),
     N_("worker threads (default: all processors)")},
    {'T', "tile", 0, N_("N"),
     N_("cells per side of a tile: 128, 256 (default) or 512")},
    {'M', "max-memory", 0, N_("MB"),
     N_("memory it may take, in megabytes (default 2048)")},
    {'r', "resolution", 'r', N_("M"),
     N_("cell size in metres (default: project's)")},
    {'O', "overwrite", 0, NULL, N_("replace what is there")},
    {'R', "resume", 0, NULL,
     N_("go on with an interrupted run: what it finished stays")},
    {'C', "checkpoint", 0, N_("S"),
     N_("keep work for --resume every S seconds (default 10)")},
    {'f', "offline", 0, NULL, N_("use only what was downloaded before")},
    {'F', "refresh", 0, NULL, N_("download everything again")},
    {'s', "small", 0, NULL,
     N_("the small version that comes with the sources")},
    {'J', "json", 0, NULL, N_("print JSON")},
    {'q', "quiet", 'q', NULL, N_("no progress, no notes")},
    {'v', "verbose", 'v', NULL, N_("say more")},
    {'h', "help", 'h', NULL, N_("this help")},
    {.name = NULL},
};

enum {
    ROW_COUNT = sizeof cli_options / sizeof cli_options[0] - 1
};

bool cli_takes(const struct command *command, char key)
{
    return key == 'h' || strchr(command->options, key) != NULL;
}

__attribute__((format(printf, 2, 3))) static enum terramis_status
usage(const struct command *command, const char *format, ...)
{
    va_list args;
    fprintf(stderr, "terramis: %s: ", command->name);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, _(". See: terramis %s --help\n"), command->name);
    return TERRAMIS_USAGE;
}

/* A whole number of threads, or a size in metres. */
static bool read_number(const char *text, double least, double most,
                        double *number)
{
    char *end;
    errno = 0;
    if (strspn(text, "+-.0123456789eE") != strlen(text)) /* no 0x10 */
        return false;
    *number = strtod(text, &end);
    return end != text && *end == '\0' && errno == 0 && *number >= least &&
           *number <= most;
}

static enum terramis_status apply(struct cli *cli,
                                  const struct command *command, char key,
                                  const char *text)
{
    struct terramis_options *o = &cli->options;
    double number;
    switch (key) {
    case 'o':
        o->out = text;
        break;
    case 't':
        o->territory = text;
        break;
    case 'j':
        if (!read_number(text, 1, 1024, &number) || number != (int)number)
            return usage(command,
                         _("--threads wants a number from 1 to 1024, not %s"),
                         text);
        o->threads = (int)number;
        break;
    case 'T':
        if (!read_number(text, 128, 512, &number) ||
            (number != 128 && number != 256 && number != 512))
            return usage(command,
                         _("--tile wants 128, 256 or 512 cells, not %s"), text);
        o->tile = (int)number;
        break;
    case 'r':
        if (!read_number(text, 0.1, 10000, &number))
            return usage(command,
                         _("--resolution wants metres, 0.1 to 10000, not %s"),
                         text);
        o->resolution = number;
        break;
    case 'M':
        if (!read_number(text, 64, 1e7, &number))
            return usage(command,
                         _("--max-memory wants megabytes, 64 or more, not %s"),
                         text);
        o->max_memory = number;
        break;
    case 'C':
        if (!read_number(text, 0.001, 86400, &number))
            return usage(command,
                         _("--checkpoint wants seconds, 0.001 to 86400, not "
                           "%s"),
                         text);
        o->checkpoint = number;
        break;
    case 'O':
        o->overwrite = true;
        break;
    case 'R':
        o->resume = true;
        break;
    case 'f':
        o->offline = true;
        break;
    case 'F':
        o->refresh = true;
        break;
    case 's':
        cli->small = true;
        break;
    case 'J':
        o->json = true;
        break;
    case 'q':
        o->quiet = true;
        break;
    default:
        o->verbose = true;
        break;
    }
    return TERRAMIS_OK;
}

/* getopt's tables for the options that a command takes. */
static void make_tables(const struct command *command,
                        struct option longs[ROW_COUNT + 1],
                        char shorts[2 * ROW_COUNT + 2])
{
    size_t used = 0, count = 0;
    shorts[used++] = ':';
    for (int i = 0; i < ROW_COUNT; i++) {
        if (!cli_takes(command, cli_options[i].key))
            continue;
        longs[count++] = (struct option){
            cli_options[i].name,
            cli_options[i].operand ? required_argument : no_argument, NULL,
            256 + i};
        if (cli_options[i].letter)
            shorts[used++] = cli_options[i].letter;
        if (cli_options[i].letter && cli_options[i].operand)
            shorts[used++] = ':';
    }
    longs[count] = (struct option){0};
    shorts[used] = '\0';
}

static int find_row(int result)
{
    for (int i = 0; i < ROW_COUNT; i++)
        if (result == 256 + i || result == cli_options[i].letter)
            return i;
    return -1;
}

/* The option that getopt stopped at: of letters that stand together ("-qx")
 * only the one, whose argument it has not left yet. */
static const char *stopped_at(char **argv, char letter[3])
{
    if (optopt <= 0 || optopt >= 256)
        return argv[optind - 1];
    letter[0] = '-';
    letter[1] = (char)optopt;
    letter[2] = '\0';
    return letter;
}

enum terramis_status cli_parse(struct cli *cli, const struct command *command,
                               int argc, char **argv, bool *help)
{
    struct option longs[ROW_COUNT + 1];
    char shorts[2 * ROW_COUNT + 2], letter[3];
    make_tables(command, longs, shorts);
    *help = false;
    argc--, argv++; /* getopt skips the command as it would the program */
    optind = 0;     /* GNU: begin anew */
    opterr = 0;
    int result;
    while ((result = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        int row = find_row(result);
        if (result == ':')
            return usage(command, _("option needs a value: %s"),
                         stopped_at(argv, letter));
        if (row < 0)
            return usage(command, _("unknown option: %s"),
                         stopped_at(argv, letter));
        if (optarg && !*optarg) /* of a script whose variable is not set */
            return usage(command, _("option needs a value: --%s"),
                         cli_options[row].name);
        if (cli_options[row].key == 'h') {
            *help = true;
            return TERRAMIS_OK;
        }
        enum terramis_status status =
            apply(cli, command, cli_options[row].key, optarg ? optarg : "");
        if (status != TERRAMIS_OK)
            return status;
    }
    cli->operand_count = argc - optind;
    cli->operands = (const char **)(void *)(argv + optind);
    bool enough = cli->operand_count >= command->least;
    for (int i = 0; i < cli->operand_count; i++)
        enough = enough && *cli->operands[i];
    if (!enough)
        return usage(command, _("missing: %s"), _(command->operands));
    if (cli->operand_count > command->most)
        return usage(command, _("too many operands: %s"),
                     cli->operands[command->most]);
    if (cli->operand_count > 0)
        cli->options.project = cli->operands[0];
    return TERRAMIS_OK;
}

static void help_command(const struct command *command, FILE *stream)
{
    fprintf(stream, _("usage: terramis %s %s [options]\n%s\n\noptions:\n"),
            command->name, *command->operands ? _(command->operands) : "",
            _(command->summary));
    for (int i = 0; i < ROW_COUNT; i++) {
        char left[64];
        if (!cli_takes(command, cli_options[i].key))
            continue;
        snprintf(left, sizeof left, "%c%c --%s %s",
                 cli_options[i].letter ? '-' : ' ',
                 cli_options[i].letter ? cli_options[i].letter : ' ',
                 cli_options[i].name,
                 cli_options[i].operand ? _(cli_options[i].operand) : "");
        fprintf(stream, "  %-24s %s\n", left, _(cli_options[i].help));
    }
}

void cli_help(const struct command *command, FILE *stream)
{
    if (command) {
        help_command(command, stream);
        return;
    }
    fputs(_("usage: terramis COMMAND [operands] [options]\n"
            "Finds and scores marginal land for planting miscanthus.\n\n"
            "commands:\n"),
          stream);
    for (int i = 0; commands[i]; i++)
        fprintf(stream, "  %-10s %s\n", commands[i]->name,
                _(commands[i]->summary));
    fputs(_("\nterramis COMMAND --help lists the options of a command;\n"
            "terramis --version prints the version.\n\n"
            "exit codes: 0 done, 1 internal error, 2 usage, 3 project file,\n"
            "4 input data, 5 some territories failed, 6 output, 130 "
            "interrupted\n"),
          stream);
}
