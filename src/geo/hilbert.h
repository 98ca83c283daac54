/**
 * @file hilbert.h
 * @brief Things in the order of their places along a Hilbert curve: neighbours
 * in the order are neighbours in the plane (Kamel & Faloutsos 1993).
 */
#ifndef GEO_HILBERT_H
#define GEO_HILBERT_H

#include <stddef.h>
#include <stdint.h>

/** A thing to sort. */
struct hilbert_item {
    uint32_t key;
    uint32_t index; /**< of the thing */
};

/** Position of (x, y), 0 .. 2^16 - 1 each, along the curve. */
uint32_t hilbert_key(uint32_t x, uint32_t y);

/** Sorts by key, stably; `spare` is as large as `items`, where the result
 * is. */
void hilbert_sort(struct hilbert_item *items, struct hilbert_item *spare,
                  size_t n);

#endif
