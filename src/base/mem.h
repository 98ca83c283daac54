/**
 * @file mem.h
 * @brief Checked allocation, growing arrays and an arena.
 *
 * Nothing here exits: no memory is reported as TERRAMIS_INTERNAL.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

#include "base/status.h"

/** Zeroed array of `count` items in *out (caller frees with free()). */
enum terramis_status mem_new(void *out, size_t count, size_t size);

/** mem_grow() where there is no room. */
enum terramis_status mem_grow_more(void *items, size_t *capacity, size_t count,
                                   size_t size);

/** Makes room in the array *items for item number `count` (the next one);
 * *capacity grows by half. Existing items are kept, new room is not zeroed. */
static inline enum terramis_status mem_grow(void *items, size_t *capacity,
                                            size_t count, size_t size)
{
    return count < *capacity ? TERRAMIS_OK
                             : mem_grow_more(items, capacity, count, size);
}

/** Copies `text` (NULL stays NULL); caller frees. */
enum terramis_status mem_copy_text(char **out, const char *text);

/** A heap for each of `threads` and for the one that waits for them, from here
 * on. By default glibc gives each new thread one of its own, up to eight per
 * processor: what a step's threads have released there is of no use to those of
 * the next step. With one less, two threads at work would wait for each other.
 * Call it before there are threads. */
void mem_share_heaps(int threads);
/** Whether blocks of 256 KiB and more go back to the system as soon as they are
 * released (4 MiB otherwise): a cache of such blocks that threads fill and
 * empty in turn would leave room for all of it in each one's heap. */
void mem_return_large(bool now);
/** Gives released memory back to the system: between steps. */
void mem_give_back(void);
/** Bytes that this program has taken at most so far, 0 where that is not known.
 * (getrusage() counts what the program that started it had taken.) */
double mem_peak(void);

/** Many small allocations released together. Zero-initialise to start. */
struct arena {
    struct arena_block *blocks;
};

/** Zeroed memory that lives as long as the arena; NULL: no memory. */
void *arena_alloc(struct arena *arena, size_t count, size_t size);
/** Copy of `text` in the arena; NULL: no memory. */
char *arena_text(struct arena *arena, const char *text);
void arena_release(struct arena *arena);

#endif
