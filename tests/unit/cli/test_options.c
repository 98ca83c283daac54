#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

extern const struct command command_check, command_run, command_explain,
    command_demo, command_schema;

static char said[4096]; /* on stderr, by the last parse() */

/* Parses "terramis <words>", words parted by single spaces; "" is an empty
 * one. */
static enum terramis_status parse(const struct command *command,
                                  const char *words, struct cli *cli,
                                  bool *help)
{
    static char line[512], *argv[32];
    int argc = 0, out = dup(2), file[2];
    snprintf(line, sizeof line, "%s", words);
    argv[argc++] = (char[]){"terramis"};
    for (char *word = strtok(line, " "); word; word = strtok(NULL, " "))
        argv[argc++] = strcmp(word, "''") == 0 ? word + 2 : word;
    argv[argc] = NULL;
    *cli = (struct cli){.small = false};
    fflush(stderr);
    assert_int_equal(pipe(file), 0);
    dup2(file[1], 2);
    enum terramis_status status = cli_parse(cli, command, argc, argv, help);
    fflush(stderr);
    dup2(out, 2);
    close(out);
    close(file[1]);
    ssize_t n = read(file[0], said, sizeof said - 1);
    said[n < 0 ? 0 : n] = '\0';
    close(file[0]);
    return status;
}

static void refused(const struct command *command, const char *words,
                    const char *part)
{
    struct cli cli;
    bool help;
    assert_int_equal(parse(command, words, &cli, &help), TERRAMIS_USAGE);
    if (!strstr(said, part))
        print_error("%s: said \"%s\", not \"%s\"\n", words, said, part);
    assert_non_null(strstr(said, part));
    assert_int_equal(strncmp(said, "terramis: ", 10), 0);
    assert_true(said[strlen(said) - 1] == '\n');
}

static void options_in_any_notation(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "run p.yaml --out dir --territory caux --threads 3 --resolution 2.5 "
        "--overwrite --quiet --json",
        "run --out=dir --territory=caux --threads=3 --resolution=2.5 p.yaml "
        "--overwrite --quiet --json",
        "run -o dir -t caux -j 3 -r 2.5 -q --overwrite --json p.yaml",
        "run -odir -tcaux -j3 -qr2.5 --over --js p.yaml",
        "run -o no -o dir -t caux -j1 -j3 -r2.5 -q --overwrite --json -- "
        "p.yaml"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct cli cli;
        bool help;
        assert_int_equal(parse(&command_run, lines[i], &cli, &help),
                         TERRAMIS_OK);
        assert_string_equal(said, "");
        const struct terramis_options *o = &cli.options;
        assert_false(help);
        assert_string_equal(o->project, "p.yaml");
        assert_string_equal(o->out, "dir");
        assert_string_equal(o->territory, "caux");
        assert_int_equal(o->threads, 3);
        assert_true(o->resolution == 2.5);
        assert_true(o->overwrite && o->quiet && o->json);
        assert_false(o->verbose || o->resume || cli.small);
    }
}

static void nothing_given(void **state)
{
    (void)state;
    struct cli cli;
    bool help;
    assert_int_equal(parse(&command_run, "run", &cli, &help), TERRAMIS_OK);
    assert_null(cli.options.project);
    assert_null(cli.options.out);
    assert_int_equal(cli.options.threads, 0);
    assert_true(cli.options.resolution == 0);
    assert_int_equal(cli.operand_count, 0);
    assert_int_equal(parse(&command_run, "run -v", &cli, &help), TERRAMIS_OK);
    assert_true(cli.options.verbose);
    assert_int_equal(parse(&command_run, "run -h", &cli, &help), TERRAMIS_OK);
    assert_true(help);
    assert_int_equal(parse(&command_schema, "schema --help x y", &cli, &help),
                     TERRAMIS_OK);
    assert_true(help);
}

static void operands(void **state)
{
    (void)state;
    struct cli cli;
    bool help;
    assert_int_equal(
        parse(&command_explain, "explain -o out P1 p.yaml", &cli, &help),
        TERRAMIS_OK);
    assert_int_equal(cli.operand_count, 2);
    assert_string_equal(cli.operands[0], "P1");
    assert_string_equal(cli.operands[1], "p.yaml");
    assert_int_equal(parse(&command_explain, "explain -- -1", &cli, &help),
                     TERRAMIS_OK);
    assert_string_equal(cli.operands[0], "-1");
    assert_int_equal(parse(&command_demo, "demo --small dir", &cli, &help),
                     TERRAMIS_OK);
    assert_true(cli.small);
    refused(&command_explain, "explain", "explain: missing: PARCEL [PROJECT]");
    refused(&command_check, "check a b", "check: too many operands: b");
    refused(&command_schema, "schema x", "too many operands: x");
}

static void numbers(void **state)
{
    (void)state;
    static const char *const threads[] = {
        "0", "-1", "1025", "2.5", "x", "3x", "1e9", "nan", "99999999999"};
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        char line[64];
        snprintf(line, sizeof line, "run -j %s", threads[i]);
        refused(&command_run, line, "--threads wants a number from 1 to 1024");
    }
    static const char *const sizes[] = {"0", "-5",  "0.09",  "10001", "5m",
                                        "x", "nan", "1e999", "inf"};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char line[64];
        snprintf(line, sizeof line, "run --resolution %s", sizes[i]);
        refused(&command_run, line, "--resolution wants metres");
        refused(&command_run, line, sizes[i]);
    }
    refused(&command_run, "run -j ''", "option needs a value: --threads");
    struct cli cli;
    bool help;
    assert_int_equal(parse(&command_run, "run -j 1024 -r 10000", &cli, &help),
                     TERRAMIS_OK);
    assert_int_equal(parse(&command_run, "run -j 1 -r 0.1", &cli, &help),
                     TERRAMIS_OK);
}

/* The message names the option itself. */
static void unknown_options(void **state)
{
    (void)state;
    refused(&command_run, "run --thread-count 3",
            "run: unknown option: --thread-count.");
    refused(&command_run, "run -x", "unknown option: -x.");
    refused(&command_run, "run -qx p.yaml", "unknown option: -x.");
    refused(&command_run, "run -xq p.yaml", "unknown option: -x.");
    refused(&command_run, "run --quiet=3", "unknown option: --quiet=3.");
    refused(&command_run, "run --re", "unknown option: --re."); /* which? */
    refused(&command_run, "run p.yaml -o", "option needs a value: -o.");
    refused(&command_run, "run -qo", "option needs a value: -o.");
    refused(&command_run, "run --out", "option needs a value: --out.");
    /* what other commands take */
    refused(&command_run, "run --small", "unknown option: --small.");
    refused(&command_schema, "schema -q", "schema: unknown option: -q.");
    refused(&command_schema, "schema --out x", "terramis schema --help");
}

/* Every command says what it takes, and takes nothing that no row has. */
static void help_is_complete(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    cli_help(NULL, file);
    fclose(file);
    for (int i = 0; commands[i]; i++)
        assert_non_null(strstr(text, commands[i]->summary));
    free(text);
    for (int i = 0; commands[i]; i++) {
        const struct command *c = commands[i];
        file = open_memstream(&text, &size);
        cli_help(c, file);
        fclose(file);
        size_t lines = 0;
        for (const char *p = text; (p = strchr(p, '\n')); p++)
            lines += p[1 + strspn(p + 1, " ")] == '-';
        assert_int_equal(lines, strlen(c->options) + 1); /* and --help */
        assert_non_null(strstr(text, c->operands));
        assert_true(c->least <= c->most);
        assert_non_null(c->run);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_in_any_notation),
        cmocka_unit_test(nothing_given),
        cmocka_unit_test(operands),
        cmocka_unit_test(numbers),
        cmocka_unit_test(unknown_options),
        cmocka_unit_test(help_is_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
