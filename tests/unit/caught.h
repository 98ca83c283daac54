/**
 * @file caught.h
 * @brief What is printed to stderr between two moments.
 */
#ifndef UNIT_CAUGHT_H
#define UNIT_CAUGHT_H

#include <stdio.h>
#include <unistd.h>

struct caught {
    FILE *file;
    int stderr_was;
};

static inline void caught_begin(struct caught *c)
{
    c->file = tmpfile();
    assert_non_null(c->file);
    fflush(stderr);
    c->stderr_was = dup(STDERR_FILENO);
    assert_true(c->stderr_was >= 0);
    assert_true(dup2(fileno(c->file), STDERR_FILENO) >= 0);
}

/** The first size - 1 bytes go to `out`. */
static inline void caught_end(struct caught *c, char *out, size_t size)
{
    fflush(stderr);
    assert_true(dup2(c->stderr_was, STDERR_FILENO) >= 0);
    close(c->stderr_was);
    rewind(c->file);
    out[fread(out, 1, size - 1, c->file)] = '\0';
    fclose(c->file);
}

#endif
