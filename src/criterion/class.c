/* Class of a raster cell, or of the polygon that covers most of the cell. The
 * value is a code: of a raster the pixel itself, of polygons the position of
 * the attribute's text in source->classes. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "criterion/criterion.h"

struct class
{
    const char *attribute;
};

static const struct param class_params[] = {
    {.name = "attribute",
     .type = PARAM_TEXT,
     .offset = offsetof(struct class, attribute),
     .help =
         N_("Polygons: the field that names the class (rasters have none)")},
    {.name = NULL}};

static const char *class_field(const void *params)
{
    const struct class *class = params;
    return class->attribute;
}

static int compare_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Distinct texts in alphabetic order, and each feature's position in them. */
static enum terramis_status class_prepare(struct criterion_source *source)
{
    struct vector *vector = &source->vector;
    TRY(mem_new(&source->classes, vector->count, sizeof *source->classes));
    TRY(mem_new(&source->feature_class, vector->count,
                sizeof *source->feature_class));
    size_t count = 0, distinct = 0;
    for (size_t i = 0; i < vector->count; i++)
        if (vector->features[i].values[0])
            source->classes[count++] = vector->features[i].values[0];
    qsort(source->classes, count, sizeof *source->classes, compare_text);
    for (size_t i = 0; i < count; i++)
        if (distinct == 0 ||
            strcmp(source->classes[i], source->classes[distinct - 1]) != 0)
            source->classes[distinct++] = source->classes[i];
    source->class_count = distinct;
    for (size_t i = 0; i < vector->count; i++) {
        const char *const *found =
            vector->features[i].values[0]
                ? bsearch(&vector->features[i].values[0], source->classes,
                          distinct, sizeof *source->classes, compare_text)
                : NULL;
        source->feature_class[i] =
            found ? (int)(found - (const char *const *)source->classes) : -1;
    }
    return TERRAMIS_OK;
}

/* Labels of the mosaic: set 0 for all that have a class, and the class in the
 * place of a parcel. So polygons of one class that overlap count once. */
static int label_any(size_t feature, const void *data)
{
    const struct criterion_source *source = data;
    return source->feature_class[feature] >= 0 ? 0 : -1;
}

static int label_class(size_t feature, const void *data)
{
    const struct criterion_source *source = data;
    int class = source->feature_class[feature];
    return class >= 0 ? MOSAIC_SETS + class : -1;
}

/* The class with the largest share of a cell wins, the first of equals. */
static void let_win(const struct piece *piece, float *best, float *out)
{
    float share = (float)piece->share, class = (float)piece->parcel;
    for (size_t i = piece->cell; i < (size_t)piece->cell + piece->run; i++)
        if (share > best[i] || (share == best[i] && class < out[i])) {
            best[i] = share;
            out[i] = class;
        }
}

static enum terramis_status class_fill(const struct criterion_source *source,
                                       struct criterion_tools *tools,
                                       const struct grid *tile, float *out)
{
    static const struct mosaic_rule rule = {
        .territory = 1, .kinds = {1}, .kind_count = 1};
    const struct piece_list *land, *classes;
    mosaic_begin(tools->mosaic, tile);
    TRY(land_add_vector(tools->mosaic, &source->vector, tile, 0, label_any,
                        source));
    TRY(land_add_vector(tools->mosaic, &source->vector, tile, 0, label_class,
                        source));
    TRY(mosaic_cut(tools->mosaic, &rule, &land, &classes));
    for (size_t i = 0; i < grid_cells(tile); i++) {
        out[i] = NAN;
        tools->spare[i] = 0;
    }
    for (size_t i = 0; i < classes->count; i++)
        let_win(&classes->items[i], tools->spare, out);
    return TERRAMIS_OK;
}

const struct criterion_op criterion_class = {
    .op = {.name = "class",
           .summary =
               N_("Class of a raster cell, or of the polygon that covers "
                  "most of the cell; goes with membership table."),
           .source = "nearest cell; exact coverage",
           .params = class_params,
           .params_size = sizeof(struct class)},
    .unit = "",
    .inputs = INPUT_RASTER | INPUT_VECTOR,
    .classes = true,
    .areas = true,
    .resampling = RASTER_NEAREST,
    .field = class_field,
    .prepare = class_prepare,
    .run = class_fill};
