/**
 * @file heap.h
 * @brief Binary heap: the item with the least key first; equal keys by the
 * item's number, so that the order never depends on the history.
 */
#ifndef DEMO_HEAP_H
#define DEMO_HEAP_H

#include <stdint.h>

#include "base/mem.h"

struct heap_item {
    double key;
    int32_t item;
};

/** Zero-initialise; free `at`. */
struct heap {
    struct heap_item *at;
    size_t count, capacity;
};

enum terramis_status heap_push(struct heap *heap, double key, int32_t item);

/** Takes the first item out; the heap must not be empty. */
struct heap_item heap_pop(struct heap *heap);

#endif
