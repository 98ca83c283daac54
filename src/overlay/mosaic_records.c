#include "overlay/mosaic_records.h"

#include <stdlib.h>
#include <string.h>

/* Counting sort: start[c + 1] first counts the records of cell c, then it is
 * where the next one of cell c goes, and so in the end where cell c ends. */
enum terramis_status records_sort(struct cell_records *records, size_t cells)
{
    struct cell_records *r = records;
    TRY(mem_grow(&r->sorted, &r->sorted_room, r->count, sizeof *r->sorted));
    TRY(mem_grow(&r->start, &r->start_room, cells + 2, sizeof *r->start));
    uint32_t *next = r->start + 1;
    memset(r->start, 0, (cells + 2) * sizeof *r->start);
    for (size_t i = 0; i < r->count; i++)
        next[r->items[i].cell + 1]++;
    for (size_t c = 0; c < cells; c++)
        next[c + 1] += next[c];
    for (size_t i = 0; i < r->count; i++)
        r->sorted[next[r->items[i].cell]++] = r->items[i];
    return TERRAMIS_OK;
}

void records_release(struct cell_records *records)
{
    free(records->items);
    free(records->sorted);
    free(records->start);
    free(records->labels);
    *records = (struct cell_records){0};
}
