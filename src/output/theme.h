/**
 * @file theme.h
 * @brief The subjects of maps: from plan and analysis to a struct map.
 */
#ifndef OUTPUT_THEME_H
#define OUTPUT_THEME_H

#include "output/context.h"
#include "output/map.h"
#include "output/output.h"
#include "output/raster_image.h"

enum theme_kind {
    THEME_SUITABILITY,
    THEME_CLASS,
    THEME_MARGINAL,
    THEME_LIMITING,
    THEME_COUNT
};

/** What the sheets of one territory share. */
struct sheet {
    const struct output_job *job;
    const struct territory_result *result;
    struct context context;
    struct text date, crs, sources;
    struct map_place *places; /**< the best parcels by their rank */
    char (*ranks)[8];         /**< memory behind their names */
    size_t place_count;
};

enum {
    SHEET_PLACES = 10
};

/** The caller closes in either case. */
enum terramis_status sheet_open(struct sheet *sheet,
                                const struct output_job *job,
                                const struct territory_result *result);
void sheet_close(struct sheet *sheet);

/** A map with what is the same on all: organisation, date, small print. */
struct map sheet_map(const struct sheet *sheet);

/** A map and the memory behind it; refers to its sheet. */
struct theme {
    struct map map;
    struct raster_image image;
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
