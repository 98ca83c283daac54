/**
 * @file checkpoint.h
 * @brief How far the tiles of a territory are, so that --resume need not
 * compute them again.
 *
 * Now and then, after a tile, the territory's folder in the journal gets a part
 * with the cells since the part before, then the sums of all tiles so far, at
 * last a record that lists all of them: put in its place at once, so that it is
 * always that of a whole state. As a territory's record it counts only for the
 * same key, and where every file is as it says; the number of threads may be
 * another. Cells are copied since the rasters in the stage, GeoTIFFs that are
 * being written, are of no use after a kill.
 */
#ifndef RUN_CHECKPOINT_H
#define RUN_CHECKPOINT_H

#include "base/bytes.h"
#include "output/rasters.h"
#include "run/journal.h"

struct checkpoint {
    struct journal *journal;
    const char *id;   /**< of the territory */
    const char *date; /**< of the run */
    int side;         /**< of a tile, cells */
    struct rasters *rasters;
    size_t tiles; /**< in the record; 0: there is none */
    size_t parts;
    size_t done; /**< tiles that were written */
    double due;  /**< by log_clock() */
    double cost; /**< of the last part, seconds */
    /** Tiles with cells since the last part; the cells themselves are read
     * again when it is written. */
    size_t *fresh;
    size_t fresh_count, fresh_room;
    unsigned char *cells; /**< of one tile */
    struct bytes packed;
};

/** Begins; with --resume finds out how far an interrupted run came. A note says
 * why its record does not count; then it is removed. `date`: the record's where
 * it is "". The caller releases in either case. */
enum terramis_status checkpoint_open(struct checkpoint *c,
                                     struct journal *journal, const char *id,
                                     int side, char date[16]);

/** Puts back what the record holds: sums, and cells into `rasters`, which are
 * new. *first: the first tile that is to be computed. `rasters` must live as
 * long as tiles come. */
enum terramis_status checkpoint_begin(struct checkpoint *c,
                                      struct rasters *rasters,
                                      struct analysis *analysis, size_t *first);

/** After tile number `tile` was written, in order; `analysis` has its sums. A
 * checkpoint that cannot be written is a warning, and the last of the
 * territory: results need the disk more. */
enum terramis_status checkpoint_tile(struct checkpoint *c,
                                     const struct analysis *analysis,
                                     size_t tile, bool blank);

/** When the tiles are interrupted: keeps those since the last part, if that is
 * a matter of an instant. `analysis` has the sums of all that were written. */
void checkpoint_last(struct checkpoint *c, const struct analysis *analysis);

/** Removes it from the journal: the territory is finished. */
void checkpoint_drop(struct checkpoint *c);

void checkpoint_release(struct checkpoint *c);

#endif
