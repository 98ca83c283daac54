/**
 * @file folder.h
 * @brief A temporary folder and whole files, for the tests.
 */
#ifndef UNIT_OUTPUT_FOLDER_H
#define UNIT_OUTPUT_FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct folder {
    char path[64];
    char file[128]; /**< of the last folder_file() */
};

static inline struct folder folder_new(void)
{
    struct folder folder = {"/tmp/terramis-test-XXXXXX", ""};
    if (!mkdtemp(folder.path))
        abort();
    return folder;
}

static inline const char *folder_file(struct folder *folder, const char *name)
{
    snprintf(folder->file, sizeof folder->file, "%s/%s", folder->path, name);
    return folder->file;
}

/** Removes what the tests name; fails, and shows, when more was left. */
static inline int folder_remove(struct folder *folder, const char *a,
                                const char *b)
{
    if (a)
        unlink(folder_file(folder, a));
    if (b)
        unlink(folder_file(folder, b));
    return rmdir(folder->path);
}

/** The bytes of a file; NULL if there is none. Caller frees. */
static inline char *read_all(const char *path, size_t *size)
{
    *size = 0;
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    long length = ftell(file);
    rewind(file);
    char *bytes = calloc((size_t)length + 1, 1);
    *size = fread(bytes, 1, (size_t)length, file);
    fclose(file);
    return bytes;
}

static inline int same_files(const char *a, const char *b)
{
    size_t na, nb;
    char *ba = read_all(a, &na), *bb = read_all(b, &nb);
    int same = ba && bb && na == nb && memcmp(ba, bb, na) == 0;
    free(ba);
    free(bb);
    return same;
}

#endif
