/**
 * @file bytes.h
 * @brief Bytes put one after the other into memory that grows.
 */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stddef.h>
#include <string.h>

#include "base/mem.h"

/** Zero-initialise; free `at` at the end. */
struct bytes {
    unsigned char *at;
    size_t size, room;
};

/** Makes room for `size` bytes more. */
static inline enum terramis_status bytes_room(struct bytes *bytes, size_t size)
{
    return mem_grow(&bytes->at, &bytes->room, bytes->size + size, 1);
}

/** Appends; `from` may be NULL where `size` is 0. */
static inline enum terramis_status bytes_add(struct bytes *bytes,
                                             const void *from, size_t size)
{
    TRY(bytes_room(bytes, size));
    if (size > 0)
        memcpy(bytes->at + bytes->size, from, size);
    bytes->size += size;
    return TERRAMIS_OK;
}

#endif
