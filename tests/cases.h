/**
 * @file cases.h
 * @brief Tables of cases in tests/data: a title, an input, what to expect.
 *
 *     == title
 *     input, any number of lines
 *     => expected, any number of lines beginning so
 */
#ifndef TESTS_CASES_H
#define TESTS_CASES_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct test_case {
    char title[200];
    char input[8192];
    char expected[8192]; /**< lines without "=> ", ended by newlines */
};

/** Reads the next case; false at the end. `line` keeps a line read ahead
 * between calls: pass a buffer of 1024 bytes, "" at first. */
static inline bool cases_next(FILE *file, char line[1024], struct test_case *c)
{
    *c = (struct test_case){0};
    while (strncmp(line, "== ", 3) != 0)
        if (!fgets(line, 1024, file))
            return false;
    snprintf(c->title, sizeof c->title, "%.*s", (int)strcspn(line + 3, "\n"),
             line + 3);
    while (fgets(line, 1024, file) && strncmp(line, "== ", 3) != 0) {
        bool expected = strncmp(line, "=> ", 3) == 0;
        char *to = expected ? c->expected : c->input;
        snprintf(to + strlen(to), sizeof c->input - strlen(to), "%s",
                 expected ? line + 3 : line);
    }
    if (feof(file))
        line[0] = '\0';
    return true;
}

#endif
