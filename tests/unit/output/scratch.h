/**
 * @file scratch.h
 * @brief A folder of its own for a test program, and files in it.
 */
#ifndef UNIT_OUTPUT_SCRATCH_H
#define UNIT_OUTPUT_SCRATCH_H

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct scratch {
    char dir[64];
    char path[384];
};

static inline void scratch_open(struct scratch *s)
{
    strcpy(s->dir, "/tmp/terramis-test-XXXXXX");
    if (!mkdtemp(s->dir))
        abort();
}

/** The path of `name` in the folder; valid until the next call. */
static inline const char *scratch_path(struct scratch *s, const char *name)
{
    snprintf(s->path, sizeof s->path, "%s/%s", s->dir, name);
    return s->path;
}

static inline void scratch_close(struct scratch *s)
{
    DIR *dir = opendir(s->dir);
    for (struct dirent *e; dir && (e = readdir(dir));)
        unlink(scratch_path(s, e->d_name));
    if (dir)
        closedir(dir);
    rmdir(s->dir);
}

/** Entries of the folder besides . and .. */
static inline int scratch_count(const struct scratch *s)
{
    int count = 0;
    DIR *dir = opendir(s->dir);
    for (struct dirent *e; dir && (e = readdir(dir));)
        count += e->d_name[0] != '.';
    if (dir)
        closedir(dir);
    return count;
}

/** The bytes of a file, NULL if there is none; caller frees. */
static inline char *scratch_bytes(const char *path, long *size)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return NULL;
    fseek(f, 0, SEEK_END);
    *size = ftell(f);
    rewind(f);
    char *bytes = malloc((size_t)*size + 1);
    if (bytes && fread(bytes, 1, (size_t)*size, f) != (size_t)*size)
        abort();
    fclose(f);
    if (bytes)
        bytes[*size] = '\0'; /* a string, where it is text */
    return bytes;
}

static inline bool scratch_same(const char *a, const char *b)
{
    long na = -1, nb = -2;
    char *xa = scratch_bytes(a, &na), *xb = scratch_bytes(b, &nb);
    bool same = xa && xb && na == nb && memcmp(xa, xb, (size_t)na) == 0;
    free(xa);
    free(xb);
    return same;
}

#endif
