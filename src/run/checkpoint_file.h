/**
 * @file checkpoint_file.h
 * @brief Files of a checkpoint: N.cells and N.sums for each part, tiles.json.
 * Private to checkpoint*.c.
 */
#ifndef RUN_CHECKPOINT_FILE_H
#define RUN_CHECKPOINT_FILE_H

#include "run/checkpoint.h"
#include "run/record.h"

/** The record. */
#define CHECKPOINT_RECORD "tiles.json"

/** A tile in N.cells, before the packed cells of each raster; no padding. */
struct checkpoint_tile {
    uint64_t tile;
    uint64_t packed[RASTER_COUNT]; /**< bytes */
};

/** Makes *path that of a file of the territory in the journal. */
enum terramis_status checkpoint_path(const struct checkpoint *c,
                                     struct text *path, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Such a path as records have it: below the hidden folder. */
const char *checkpoint_below(const struct checkpoint *c,
                             const struct text *path);

/** When the next part is due, now that one took `cost` seconds. */
void checkpoint_set_due(struct checkpoint *c, double cost);

#endif
