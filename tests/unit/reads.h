/**
 * @file reads.h
 * @brief A disk that fails once: the nth fread(), by which GDAL reads. Include
 * it first.
 */
#ifndef UNIT_READS_H
#define UNIT_READS_H

#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>

static long failing; /**< 0: none */
static atomic_long reads;

size_t fread(void *bytes, size_t size, size_t count, FILE *stream)
{
    size_t (*real)(void *, size_t, size_t, FILE *);
    *(void **)&real = dlsym(RTLD_NEXT, "fread");
    if (atomic_fetch_add(&reads, 1) + 1 != failing)
        return real(bytes, size, count, stream);
    errno = EIO;
    return 0;
}

#endif
