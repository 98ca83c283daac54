/**
 * @file theme.h
 * @brief The subjects of maps: from plan and analysis to a struct map.
 */
#ifndef OUTPUT_THEME_H
#define OUTPUT_THEME_H

#include "output/context.h"
#include "output/line_names.h"
#include "output/map.h"
#include "output/names.h"
#include "output/output.h"

enum theme_kind {
    THEME_SUITABILITY,
    THEME_CLASS,
    THEME_MARGINAL,
    THEME_LIMITING,
    THEME_COUNT
};

/** What the sheets of one territory, or of all together, share. */
struct sheet {
    const struct output_job *job;
    const struct territory_result *result;   /**< NULL: all */
    const struct territory_result **results; /**< the one, or all done */
    const struct territory **territories;
    const struct shade **shades; /**< of those that have one */
    size_t count, shade_count;
    struct land_sums land; /**< of all; not .excluded */
    int64_t *limiting;     /**< memory behind land.limiting */
    struct rect extent;
    struct context context;
    struct outline around;    /**< memory behind `country` */
    struct map_layer country; /**< count 0: none */
    struct text name, date, crs, sources;
    struct names names;
    struct line_names lines;
    struct map_place *places; /**< the best parcels by their rank, or the names
                                   of the territories; then `names` */
    char (*ranks)[8];         /**< memory behind their names */
    size_t place_count;
    size_t rank_count; /**< of them, the ranks */
};

enum {
    SHEET_PLACES = 10
};

/** `result` NULL: all together. The caller closes in either case. */
enum terramis_status sheet_open(struct sheet *sheet,
                                const struct output_job *job,
                                const struct territory_result *result);
void sheet_close(struct sheet *sheet);

/** How many territories have results. */
size_t sheet_results(const struct output_job *job);

/** A map with what all sheets say: relief, inset, small print. */
struct map sheet_map(const struct sheet *sheet);

/** A map and the memory behind it; refers to its sheet. */
struct theme {
    struct map map;
    struct raster_image *images; /**< of each territory */
    size_t image_count;
    unsigned colours[256];
    unsigned ramp[101];
    struct map_legend_row *rows;
    struct text subtitle, method;
};

/** Name of a theme's files and bookmarks: "suitability", ... */
extern const char *const theme_names[THEME_COUNT];

/** Builds the map of `kind`. The caller closes in either case. */
enum terramis_status theme_open(struct theme *theme, const struct sheet *sheet,
                                enum theme_kind kind);
void theme_close(struct theme *theme);

#endif
