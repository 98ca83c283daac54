/**
 * @file mosaic_records.h
 * @brief What the rings of a tile do in each of its cells, put in the order of
 * the cells.
 */
#ifndef OVERLAY_MOSAIC_RECORDS_H
#define OVERLAY_MOSAIC_RECORDS_H

#include <stdint.h>

#include "base/mem.h"

enum record_kind {
    RECORD_EDGE, /**< an edge inside the cell */
    RECORD_WEST, /**< an edge crosses the cell's west side at y0 */
    RECORD_NORTH /**< an edge crosses the cell's north side */
};

/** Coordinates from the cell's north-west corner, in units of the lattice
 * (lattice.h), 2^-30 of a cell: all of them lie on it. */
struct cell_record {
    uint32_t cell;
    uint32_t what;          /**< area, kind and turn */
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

static inline double record_cells(int32_t units)
{
    return units * 0x1p-30;
}

static inline uint32_t record_what(uint32_t area, enum record_kind kind,
                                   int turn)
{
    return area << 3 | (uint32_t)kind << 1 | (turn > 0);
}

/** Which of the tile's areas it belongs to. */
static inline uint32_t record_area(const struct cell_record *record)
{
    return record->what >> 3;
}

static inline enum record_kind record_kind(const struct cell_record *record)
{
    return (enum record_kind)(record->what >> 1 & 3);
}

/** +1 or -1. */
static inline int record_turn(const struct cell_record *record)
{
    return record->what & 1 ? 1 : -1;
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
