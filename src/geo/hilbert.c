#include "geo/hilbert.h"

uint32_t hilbert_key(uint32_t x, uint32_t y)
{
    uint32_t key = 0;
    for (int bit = 15; bit >= 0; bit--) {
        uint32_t east = x >> bit & 1, north = y >> bit & 1;
        key = key * 4 + ((3 * east) ^ north);
        // in the southern quarters the curve runs turned: without branches,
        // which would be taken at random
        uint32_t swap = (x ^ y) & (north - 1);
        uint32_t flip = (0 - east) & (north - 1);
        x ^= swap ^ flip;
        y ^= swap ^ flip;
    }
    return key;
}

/* Eight bits at a time. */
void hilbert_sort(struct hilbert_item *items, struct hilbert_item *spare,
                  size_t n)
{
    for (int shift = 0; shift < 32; shift += 8) {
        size_t at[256] = {0}, sum = 0;
        for (size_t i = 0; i < n; i++)
            at[items[i].key >> shift & 255]++;
        for (int k = 0; k < 256; k++) {
            size_t count = at[k];
            at[k] = sum;
            sum += count;
        }
        for (size_t i = 0; i < n; i++)
            spare[at[items[i].key >> shift & 255]++] = items[i];
        struct hilbert_item *swap = items;
        items = spare;
        spare = swap;
    }
}
