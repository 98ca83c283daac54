/**
 * @file map.h
 * @brief A laid-out map: what it shows, and its PNG.
 *
 * Pure description: the caller owns everything and keeps it while drawing.
 * Texts are UTF-8 and drawn as they are, never read as markup. NULL texts are
 * left out. Colours are 0xAARRGGBB (palette_opaque() makes them).
 */
#ifndef OUTPUT_MAP_H
#define OUTPUT_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "output/layout.h"
#include "output/raster_image.h"
#include "output/shade.h"

struct map_legend_row {
    const char *label;
    unsigned colour;
    bool hatched;
    double area_ha; /**< NaN: not shown */
    double share;   /**< of 1; NaN: not shown */
};

/** Lines or areas given as parts (rings) of points. */
struct map_layer {
    const double *xy;    /**< x, y pairs, CRS units */
    const size_t *start; /**< count + 1 positions of points: part i runs from
                              start[i] to before start[i + 1] */
    size_t count;        /**< parts */
    bool closed;         /**< rings rather than lines */
    bool below;          /**< under the cells rather than over them */
    bool overlapping;    /**< rings of several areas, shells one way round and
                              holes the other: what is filled is their union */
    unsigned fill;       /**< even-odd over all parts; alpha 0: none */
    unsigned stroke;     /**< alpha 0: none */
    double width_mm;     /**< of the stroke */
    double dash_mm;      /**< length of dashes and gaps; 0: solid */
    const char *label;   /**< its legend entry; NULL: none */
};

enum map_place_kind {
    PLACE_NAME,
    PLACE_RANK, /**< bold and larger */
    PLACE_TITLE /**< of a whole territory */
};

/** A name on the map; earlier ones win where they would overlap. */
struct map_place {
    double x, y; /**< CRS units, centre of the name */
    const char *name;
    enum map_place_kind kind;
};

enum map_line_kind {
    LINE_WATER, /**< a name in italics beside the line */
    LINE_ROAD   /**< a number on a shield */
};

/** A line with a name, which is written along it where there is room. */
struct map_line {
    const double *xy; /**< x, y pairs, CRS units */
    size_t points;
    const char *name;
    enum map_line_kind kind;
    bool wide; /**< the axis of an area: the name may lie on it */
};

struct map {
    const char *title, *subtitle, *organisation;
    const char *date;     /**< as it is to be read, see date_text() */
    const char *crs_name; /**< "RGF93 v1 / Lambert-93 (EPSG:2154)" */
    const char *method_note, *sources, *licence, *version;
    enum paper paper;
    bool synthetic; /**< made-up data: says so in a banner */
    int language;   /**< as in labels.h */

    struct rect extent;                /**< what has to be visible, CRS units */
    const struct raster_image *images; /**< cells; a later one over others */
    size_t image_count;
    const unsigned *colours; /**< 256, by cell value; alpha 0: transparent */
    bool hatch[256];         /**< cell values drawn with stripes */
    const struct shade *const *shades; /**< relief, the first that knows a place
                                            has it */
    size_t shade_count;

    const struct map_layer *layers;
    size_t layer_count;
    const struct map_layer *land;    /**< the one of `layers` that is the land
                                          of the map: it gets the relief */
    const struct map_layer *inset;   /**< all territories, small in a corner;
                                          NULL: none */
    const struct map_layer *country; /**< around it, beside that; NULL: none */
    const struct map_place *places;
    size_t place_count;
    const struct map_line *lines; /**< earlier ones win */
    size_t line_count;

    const char *legend_title;
    const struct map_legend_row *rows;
    size_t row_count;
    bool legend_total;    /**< a last row with the sum of the rows */
    const unsigned *ramp; /**< continuous legend: colours of 0..count-1 */
    size_t ramp_count;    /**< 0: none */
    const char *ramp_low, *ramp_high; /**< words at its ends */
};

struct canvas;

/** Chooses sheet and scale for `map`. */
enum terramis_status map_layout(const struct map *map, struct layout *layout);

/** Draws the whole page. The canvas has the size of the layout's page. */
enum terramis_status map_draw(struct canvas *canvas, const struct map *map,
                              const struct layout *layout);

/** Writes `path` (at 200 dpi) and, unless NULL, its world file: position
 * and size of the page's pixels in CRS units, so that the frame lies right.
 * TERRAMIS_OUTPUT when a file cannot be written. */
enum terramis_status map_write_png(const struct map *map, const char *path,
                                   const char *wld_path);

#endif
