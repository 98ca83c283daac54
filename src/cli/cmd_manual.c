/* The manual page (mdoc) and the completion for bash, both from the tables of
 * commands and options, so that they cannot drift from the program. */
#include <string.h>

#include "cli/cli.h"

/* ---- the manual page */

/* Text of a line: no control line, no escapes. */
static void roff_text(FILE *stream, const char *text)
{
    if (*text == '.' || *text == '\'')
        fputs("\\&", stream);
    for (const char *c = text; *c; c++)
        if (*c == '\\')
            fputs("\\e", stream);
        else if (*c == '\n')
            fputc(' ', stream);
        else
            fputc(*c, stream);
    fputc('\n', stream);
}

static void roff_option(FILE *stream, const struct cli_option *option)
{
    fputs(".It ", stream);
    if (option->letter)
        fprintf(stream, "Fl %c , ", option->letter);
    fprintf(stream, "Fl Fl %s", option->name);
    if (option->operand)
        fprintf(stream, " Ar %s", _(option->operand));
    fputc('\n', stream);
    roff_text(stream, _(option->help));
}

static void roff_command(FILE *stream, const struct command *command)
{
    fprintf(stream, ".Ss %s\n.Nm\n.Cm %s\n", command->name, command->name);
    if (*command->operands)
        fputs(".Ar ", stream);
    for (const char *c = *command->operands ? _(command->operands) : ""; *c;
         c++) /* lines break between words */
        fprintf(stream, *c == '|' ? " %c " : "%c", *c);
    fputs(*command->operands ? "\n.Pp\n" : ".Pp\n", stream);
    roff_text(stream, _(command->summary));
    fputs(".Pp\n", stream);
    const char *before = "";
    for (const struct cli_option *o = cli_options; o->name; o++)
        if (cli_takes(command, o->key)) {
            fprintf(stream, "%s.Fl Fl %s", before, o->name);
            before = " ,\n";
        }
    fputc('\n', stream);
}

static void roff_codes(FILE *stream)
{
    static const struct {
        int code;
        const char *text;
    } codes[] = {{TERRAMIS_OK, N_("done")},
                 {TERRAMIS_INTERNAL, N_("internal error, or no memory")},
                 {TERRAMIS_USAGE, N_("the command line is wrong")},
                 {TERRAMIS_PROJECT, N_("the project file is wrong")},
                 {TERRAMIS_INPUT, N_("a layer or a run cannot be used")},
                 {TERRAMIS_PARTIAL,
                  N_("some territories or projects were not finished")},
                 {TERRAMIS_OUTPUT, N_("results could not be written")},
                 {TERRAMIS_INTERRUPTED, N_("stopped by a signal")}};
    fputs(".Sh EXIT STATUS\n.Bl -tag -width Ds\n", stream);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        fprintf(stream, ".It %d\n", codes[i].code);
        roff_text(stream, _(codes[i].text));
    }
    fputs(".El\n", stream);
}

static void roff_environment(FILE *stream)
{
    fputs(".Sh ENVIRONMENT\n.Bl -tag -width Ds\n"
          ".It Ev LANGUAGE , LC_ALL , LC_MESSAGES , LANG\n",
          stream);
    roff_text(stream, _("language of messages: French, otherwise English"));
    fputs(".It Ev SOURCE_DATE_EPOCH\n", stream);
    roff_text(stream, _("the day that outputs are dated, in seconds since "
                        "1970-01-01 UTC"));
    fputs(".El\n.Sh FILES\n.Bl -tag -width Ds\n.It Pa terramis.yaml\n", stream);
    roff_text(stream, _("project file, where no other is named"));
    fputs(".It Pa out\n", stream);
    roff_text(stream, _("results, where no other folder is named"));
    fputs(".El\n", stream);
}

static void manual_page(FILE *stream)
{
    fputs(".\\\" Written by: terramis manual man\n"
          ".Dd November 24, 2026\n.Dt TERRAMIS 1\n.Os\n"
          ".Sh NAME\n.Nm terramis\n.Nd ",
          stream);
    roff_text(stream,
              _("find and score marginal land for planting miscanthus"));
    fputs(".Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Ar operand ...\n"
          ".Op Ar option ...\n.Sh DESCRIPTION\n",
          stream);
    roff_text(
        stream,
        _("Overlays polluted soils, drinking-water catchments and "
          "infrastructure rights-of-way on parcels, takes away what must "
          "not be planted, scores the rest, and writes maps and layers."));
    fputs(".Sh COMMANDS\n", stream);
    for (int i = 0; commands[i]; i++)
        roff_command(stream, commands[i]);
    fputs(".Sh OPTIONS\n.Bl -tag -width Ds\n", stream);
    for (const struct cli_option *o = cli_options; o->name; o++)
        roff_option(stream, o);
    fputs(".El\n", stream);
    roff_environment(stream);
    roff_codes(stream);
    fputs(".Sh EXAMPLES\n.Dl terramis check terramis.yaml\n"
          ".Dl terramis run terramis.yaml --out out --overwrite\n"
          ".Dl terramis publish out --out publication\n",
          stream);
}

/* ---- completion */

/* The files that an operand stands for, as arguments of compgen. */
static void complete_operand(FILE *stream, const char *operands)
{
    if (strchr(operands, '|')) { /* one of these words */
        fputs("-W '", stream);
        for (const char *c = operands; *c; c++)
            fputc(*c == '|' ? ' ' : *c, stream);
        fputc('\'', stream);
    } else if (strstr(operands, "PROJECT")) {
        fputs("-o plusdirs -f -X '!*.y*ml'", stream);
    } else if (strstr(operands, "DIR") || strstr(operands, "RUN")) {
        fputs("-d", stream);
    } else {
        fputs("-W ''", stream);
    }
}

static void complete_command(FILE *stream, const struct command *command)
{
    fprintf(stream, "    %s)\n        options='", command->name);
    for (const struct cli_option *o = cli_options; o->name; o++)
        if (cli_takes(command, o->key))
            fprintf(stream, "--%s ", o->name);
    fputs("'\n        operands=(", stream);
    complete_operand(stream, command->operands);
    fputs(") ;;\n", stream);
}

/* Options whose value follows: a folder, or nothing to propose. */
static void complete_values(FILE *stream)
{
    fputs("    case $previous in\n", stream);
    for (const struct cli_option *o = cli_options; o->name; o++) {
        if (!o->operand)
            continue;
        fprintf(stream, "    --%s", o->name);
        if (o->letter)
            fprintf(stream, " | -%c", o->letter);
        fprintf(stream, ") %s ;;\n",
                strcmp(o->operand, "DIR") == 0
                    ? "mapfile -t COMPREPLY < <(compgen -d -- \"$word\"); "
                      "return"
                    : "return");
    }
    fputs("    esac\n", stream);
}

static void completion(FILE *stream)
{
    fputs("# bash completion of terramis; written by: terramis manual bash\n"
          "_terramis()\n{\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} options operands=()\n"
          "    local previous=${COMP_WORDS[COMP_CWORD - 1]}\n"
          "    COMPREPLY=()\n"
          "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
          "        mapfile -t COMPREPLY < <(compgen -W '",
          stream);
    for (int i = 0; commands[i]; i++)
        fprintf(stream, "%s ", commands[i]->name);
    fputs("help --help --version' -- \"$word\")\n        return\n    fi\n",
          stream);
    complete_values(stream);
    fputs("    case ${COMP_WORDS[1]} in\n", stream);
    for (int i = 0; commands[i]; i++)
        complete_command(stream, commands[i]);
    fputs("    *) return ;;\n    esac\n"
          "    [[ $word == -* ]] && operands=(-W \"$options\")\n"
          "    mapfile -t COMPREPLY < <(compgen \"${operands[@]}\" -- "
          "\"$word\")\n}\n"
          "complete -o filenames -F _terramis terramis\n",
          stream);
}

static enum terramis_status run(const struct cli *cli)
{
    if (strcmp(cli->operands[0], "man") == 0) {
        manual_page(stdout);
    } else if (strcmp(cli->operands[0], "bash") == 0) {
        completion(stdout);
    } else {
        fprintf(stderr, _("terramis: manual: '%s' is none of man, bash\n"),
                cli->operands[0]);
        return TERRAMIS_USAGE;
    }
    return TERRAMIS_OK;
}

const struct command command_manual = {
    .name = "manual",
    .operands = "man|bash",
    .summary = N_("print the manual page, or the completion for bash"),
    .options = "",
    .least = 1,
    .most = 1,
    .run = run};
