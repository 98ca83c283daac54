#include "base/mem.h"

#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ARENA_BLOCK = 64 * 1024,
    ARENA_ALIGN = 16
};

struct arena_block {
    struct arena_block *next;
    size_t used;
    size_t size;
    _Alignas(ARENA_ALIGN) char data[];
};

void mem_share_heaps(int threads)
{
    (void)mallopt(M_ARENA_MAX, threads + 1);
}

void mem_return_large(bool now)
{
    (void)mallopt(M_MMAP_THRESHOLD, now ? 256 << 10 : 4 << 20);
}

void mem_give_back(void)
{
    (void)malloc_trim(0);
}

double mem_peak(void)
{
    char line[128];
    long kilobytes = 0;
    FILE *file = fopen("/proc/self/status", "re");
    while (file && kilobytes == 0 && fgets(line, sizeof line, file))
        if (strncmp(line, "VmHWM:", 6) == 0)
            kilobytes = strtol(line + 6, NULL, 10);
    if (file)
        fclose(file);
    return 1024.0 * (double)kilobytes;
}

enum terramis_status mem_new(void *out, size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size);
    memcpy(out, &memory, sizeof memory);
    // cppcheck-suppress memleak ; *out has it
    return memory ? TERRAMIS_OK : status_no_memory();
}

enum terramis_status mem_grow_more(void *items, size_t *capacity, size_t count,
                                   size_t size)
{
    size_t wanted = count + count / 2 + 16;
    if (wanted > SIZE_MAX / size)
        return status_no_memory();
    void *old;
    memcpy(&old, items, sizeof old);
    void *grown = realloc(old, wanted * size);
    if (!grown)
        return status_no_memory();
    memcpy(items, &grown, sizeof grown);
    *capacity = wanted;
    // cppcheck-suppress memleak ; *items has it
    return TERRAMIS_OK;
}

enum terramis_status mem_copy_text(char **out, const char *text)
{
    *out = text ? strdup(text) : NULL;
    return text && !*out ? status_no_memory() : TERRAMIS_OK;
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
    if (size && count > (SIZE_MAX - ARENA_BLOCK) / size)
        return NULL;
    size_t wanted =
        (count * size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
    struct arena_block *block = arena->blocks;
    if (!block || block->size - block->used < wanted) {
        size_t room = wanted > ARENA_BLOCK ? wanted : ARENA_BLOCK;
        block = calloc(1, sizeof *block + room);
        if (!block)
            return NULL;
        block->size = room;
        block->next = arena->blocks;
        arena->blocks = block;
    }
    void *memory = block->data + block->used;
    block->used += wanted;
    return memory;
}

char *arena_text(struct arena *arena, const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = arena_alloc(arena, size, 1);
    return copy ? memcpy(copy, text, size) : NULL;
}

void arena_release(struct arena *arena)
{
    while (arena->blocks) {
        struct arena_block *next = arena->blocks->next;
        free(arena->blocks);
        arena->blocks = next;
    }
}
