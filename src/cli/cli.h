/**
 * @file cli.h
 * @brief The command line: one file + one line in commands.def per command.
 * Sees nothing of libterramis but terramis.h.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <libintl.h>

#include "terramis.h"

/** `text` in the reader's language; N_() marks a text of a table for it. */
#define _(text) dgettext("terramis", text)
#define N_(text) text

/** A command line, taken apart. */
struct cli {
    struct terramis_options options;
    bool small;            /**< demo --small */
    const char **operands; /**< what is not an option, without the command */
    int operand_count;
};

struct command {
    const char *name;
    const char *operands; /**< for usage: "[PROJECT]" */
    const char *summary;
    const char *options; /**< letters of the options it takes, see options.c */
    int least, most;     /**< number of operands */
    enum terramis_status (*run)(const struct cli *cli);
};

/** A row of the table of options. */
struct cli_option {
    char key; /**< in command.options */
    const char *name;
    char letter;         /**< short form; 0: none */
    const char *operand; /**< NULL: a flag */
    const char *help;
};

extern const struct cli_option cli_options[]; /**< ended by name NULL */

/** Does a command take the option with this key? */
bool cli_takes(const struct command *command, char key);

extern const struct command *const commands[]; /**< ended by NULL */

/** Takes the options of `command` out of argv[2..]; prints what is wrong. */
enum terramis_status cli_parse(struct cli *cli, const struct command *command,
                               int argc, char **argv, bool *help);

/** Prints the help of one command, or of all (NULL). */
void cli_help(const struct command *command, FILE *stream);

/** Bounds the memory that the process may take, for commands that read layers:
 * what an estimate did not foresee (a layer that claims too much) ends with a
 * message and code 1 rather than with the machine's memory. */
void cli_limit_memory(const struct terramis_options *options);

/** The whole command line; returns the exit code. */
int cli_main(int argc, char **argv);

#endif
