#include "demo/heap.h"

#include <stdbool.h>

static bool before(struct heap_item a, struct heap_item b)
{
    return a.key < b.key || (a.key == b.key && a.item < b.item);
}

enum terramis_status heap_push(struct heap *heap, double key, int32_t item)
{
    TRY(mem_grow(&heap->at, &heap->capacity, heap->count, sizeof *heap->at));
    struct heap_item new = {key, item};
    size_t i = heap->count++;
    while (i > 0 && before(new, heap->at[(i - 1) / 2])) {
        heap->at[i] = heap->at[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    heap->at[i] = new;
    return TERRAMIS_OK;
}

struct heap_item heap_pop(struct heap *heap)
{
    struct heap_item first = heap->at[0], last = heap->at[--heap->count];
    size_t i = 0;
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= heap->count)
            break;
        if (child + 1 < heap->count &&
            before(heap->at[child + 1], heap->at[child]))
            child++;
        if (!before(heap->at[child], last))
            break;
        heap->at[i] = heap->at[child];
        i = child;
    }
    heap->at[i] = last;
    return first;
}
