/**
 * @file write.h
 * @brief The generated land as files. Each is written beside its place and
 * renamed, so that a file is there whole or not at all.
 */
#ifndef DEMO_WRITE_H
#define DEMO_WRITE_H

#include "demo/region.h"
#include "base/text.h"
#include "output/vector_file.h"

/** What every layer says of itself. */
extern const struct gdal_item write_marks[];
#define WRITE_DESCRIPTION "données synthétiques de démonstration"
#define WRITE_DATE "2026-01-01T00:00:00.000Z"

enum {
    WRITE_FIELDS = 16,
    WRITE_TEXT = 96
};

/** A row being filled in; `texts` holds what its values point to. */
struct write_row {
    const struct region *region;
    const struct feature *feature;
    size_t number; /**< of the feature in its layer, from 1 */
    struct vector_value values[WRITE_FIELDS];
    int value_count;
    char texts[WRITE_FIELDS][WRITE_TEXT];
};

/** Adds the next value of the row: formatted text. */
void row_text(struct write_row *row, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void row_integer(struct write_row *row, int64_t value);
void row_real(struct write_row *row, double value);
void row_null(struct write_row *row);
/** "PREFIX00000000000000001" and the state of the object, as in BD TOPO. */
void row_bdtopo(struct write_row *row, const char *prefix);
/** Code and name of the commune `feature->group`. */
void row_commune(struct write_row *row);
/** 0..1, for the feature and `what`: always the same. */
double row_chance(const struct write_row *row, int what);

/** A layer and how its rows come from features. */
struct write_layer {
    const char *file; /**< name in vectors/, without suffix */
    const char *name;
    const char *title;
    enum feature_kind kind;
    enum vector_geometry geometry;
    const struct vector_field *fields;
    size_t field_count;
    void (*fill)(struct write_row *row);
};

/** Layers of one file follow one another; each ends with file NULL. */
extern const struct write_layer write_network_layers[];
extern const struct write_layer write_land_layers[];
extern const struct write_layer write_water_layers[];

/** Writes all files of vectors/ under `dir`. */
enum terramis_status write_vectors(const char *dir,
                                   const struct region *regions);
/** Writes all files of rasters/ under `dir`. */
enum terramis_status write_rasters(const char *dir,
                                   const struct region *regions);

/** Where DIR/FOLDER/NAME is written first; then renamed by write_done(). */
enum terramis_status write_begin(const char *dir, const char *folder,
                                 const char *name, struct text *part,
                                 struct text *path);
enum terramis_status write_done(const struct text *part,
                                const struct text *path);

#endif
