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
     .help = "Polygons: the field that names the class (rasters have none)"},
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
static enum terramis_status class_prepare(struct criterion_source *source,
                                          struct geos *geos)
{
    (void)geos;
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

/* The polygons of one class. */
struct of_class {
    const struct criterion_source *source;
    int class;
    unsigned char *present; /* first pass: which classes there are */
};

static void note_class(size_t index, void *data)
{
    struct of_class *c = data;
    if (c->source->feature_class[index] >= 0)
        c->present[c->source->feature_class[index]] = 1;
}

static int class_label(size_t index, const void *data)
{
    const struct of_class *c = data;
    return c->source->feature_class[index] == c->class ? 0 : -1;
}

/* Where this class covers more of a cell than those before it, it wins; the
 * first of equals stays. Polygons of the class that overlap count once. */
static enum terramis_status let_win(const struct of_class *c,
                                    struct criterion_tools *tools,
                                    const struct grid *tile, float *out)
{
    static const struct mosaic_rule covered = {.territory = 1};
    const struct land_tools lent = {tools->geos, tools->mosaic,
                                    &tools->outline};
    const struct piece_list *land, *parcels;
    mosaic_begin(tools->mosaic, tile);
    TRY(land_add_vector(&lent, &c->source->vector, tile, 0, class_label, c));
    TRY(mosaic_cut(tools->mosaic, &covered, &land, &parcels));
    float *best = tools->spare;
    for (size_t i = 0; i < land->count; i++) {
        const struct piece *piece = &land->items[i];
        float share = (float)piece->share;
        for (size_t at = piece->cell; at < piece->cell + piece->run; at++)
            if (share > best[at]) {
                best[at] = share;
                out[at] = (float)c->class;
            }
    }
    return TERRAMIS_OK;
}

static enum terramis_status class_fill(const struct criterion_source *source,
                                       struct criterion_tools *tools,
                                       const struct grid *tile, float *out)
{
    struct of_class c = {.source = source};
    enum terramis_status status = TERRAMIS_OK;
    TRY(mem_new(&c.present, source->class_count, 1));
    for (size_t i = 0; i < grid_cells(tile); i++) {
        out[i] = NAN;
        tools->spare[i] = 0;
    }
    vector_query(&source->vector, tools->geos, grid_rect(tile), note_class, &c);
    for (size_t k = 0; k < source->class_count && status == TERRAMIS_OK; k++) {
        c.class = (int)k;
        if (c.present[k])
            status = let_win(&c, tools, tile, out);
    }
    free(c.present);
    return status;
}

const struct criterion_op criterion_class = {
    .op = {.name = "class",
           .summary = "Class of a raster cell, or of the polygon that covers "
                      "most of the cell; goes with membership table.",
           .source = "nearest cell; sweep of the cell",
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
