/**
 * @file mosaic_records.h
 * @brief What the rings of a tile do in each of its cells, put in the order of
 * the cells.
 */
#ifndef OVERLAY_MOSAIC_RECORDS_H
#define OVERLAY_MOSAIC_RECORDS_H

#include <stdint.h>

#include "base/mem.h"

/** How a piece of an edge turns around the cell's corners. */
enum {
    RECORD_TURN = 1,   /**< by +1 from its west to its east side; else -1 */
    RECORD_NORTH = 2,  /**< it comes in by the cell's north side, */
    RECORD_ENTERS = 4, /**< by its west side, */
    RECORD_LEAVES = 8, /**< or goes out by it */
    RECORD_FLAGS = 4   /**< bits */
};

/** Coordinates from the cell's north-west corner, in units of the lattice
 * (lattice.h), 2^-30 of a cell: all of them lie on it. */
struct cell_record {
    uint32_t cell;
    uint32_t what;          /**< area and flags */
    int32_t x0, y0, x1, y1; /**< from the northern end; 0..2^30 */
};

/** Grows to what a tile needs; zero-initialise. */
struct cell_records {
    struct cell_record *items, *sorted;
    uint32_t *start; /**< first sorted record of each cell, and the end */
    int *labels;     /**< of the tile's areas */
    size_t count, room, sorted_room, start_room, areas, label_room;
};

static inline int32_t record_units(double cells)
{
    return (int32_t)(cells * 0x1p30);
}

/** Which of the tile's areas it belongs to. */
static inline uint32_t record_area(const struct cell_record *record)
{
    return record->what >> RECORD_FLAGS;
}

/** Does it cross the cell's west side? */
static inline bool record_crosses_west(const struct cell_record *record)
{
    return record->what & (RECORD_ENTERS | RECORD_LEAVES);
}

/** Is it more than a crossing? */
static inline bool record_is_edge(const struct cell_record *record)
{
    return record->y0 < record->y1;
}

/** +1 or -1. */
static inline int record_turn(const struct cell_record *record)
{
    return record->what & RECORD_TURN ? 1 : -1;
}

static inline enum terramis_status records_add(struct cell_records *records,
                                               struct cell_record record)
{
    TRY(mem_grow(&records->items, &records->room, records->count,
                 sizeof *records->items));
    records->items[records->count++] = record;
    return TERRAMIS_OK;
}

/** Fills `sorted` and `start` for cells 0 .. cells - 1; records of one cell
 * keep their order. */
enum terramis_status records_sort(struct cell_records *records, size_t cells);

void records_release(struct cell_records *records);

#endif
