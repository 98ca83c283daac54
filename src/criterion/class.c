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

/* The polygons of one class that meet the tile. */
struct of_class {
    const struct criterion_source *source;
    struct criterion_tools *tools;
    struct rect rect; /* the tile's */
    int class;
    unsigned char *present; /* first pass: which classes there are */
    GEOSGeometry **parts;
    size_t count, room;
    enum terramis_status status;
};

static void note_class(size_t index, void *data)
{
    struct of_class *c = data;
    if (c->source->feature_class[index] >= 0)
        c->present[c->source->feature_class[index]] = 1;
}

static void gather_class(size_t index, void *data)
{
    struct of_class *c = data;
    const struct feature *feature = &c->source->vector.features[index];
    GEOSGeometry *part;
    if (c->status != TERRAMIS_OK || c->source->feature_class[index] != c->class)
        return;
    c->status = mem_grow(&c->parts, &c->room, c->count, sizeof *c->parts);
    if (c->status == TERRAMIS_OK)
        c->status = clip_to_rect(c->tools->geos, feature->geometry,
                                 feature->extent, c->rect, &part);
    if (c->status == TERRAMIS_OK && part)
        c->parts[c->count++] = part;
}

/* The outline of one class: polygons that overlap count once. */
static enum terramis_status outline_class(struct of_class *c, int class)
{
    struct outline *outline = &c->tools->outline;
    struct geos *geos = c->tools->geos;
    GEOSGeometry *area;
    c->class = class;
    c->count = 0;
    outline_clear(outline);
    vector_query(&c->source->vector, geos, c->rect, gather_class, c);
    TRY(c->status);
    TRY(geos_union(geos, c->parts, c->count, &area));
    enum terramis_status status = outline_add(outline, geos, area);
    GEOSGeom_destroy_r(geos->context, area);
    return status;
}

/* Where this class covers more of a cell than those before it, it wins; the
 * first of equals stays. */
static void let_win(float *best, float *out, const float *share,
                    struct window w, int width, int class)
{
    for (int row = 0; share && row < w.ny; row++)
        for (int col = 0; col < w.nx; col++) {
            size_t to =
                (size_t)(w.row + row) * (size_t)width + (size_t)(w.col + col);
            float s = share[(size_t)row * (size_t)w.nx + (size_t)col];
            if (s > best[to]) {
                best[to] = s;
                out[to] = (float)class;
            }
        }
}

static enum terramis_status class_fill(const struct criterion_source *source,
                                       struct criterion_tools *tools,
                                       const struct grid *tile, float *out)
{
    struct of_class c = {
        .source = source, .tools = tools, .rect = grid_rect(tile)};
    TRY(mem_new(&c.present, source->class_count, 1));
    for (size_t i = 0; i < grid_cells(tile); i++) {
        out[i] = NAN;
        tools->spare[i] = 0;
    }
    vector_query(&source->vector, tools->geos, c.rect, note_class, &c);
    enum terramis_status status = TERRAMIS_OK;
    for (size_t k = 0; k < source->class_count; k++) {
        struct window w;
        if (!c.present[k])
            continue;
        status = outline_class(&c, (int)k);
        if (status != TERRAMIS_OK)
            break;
        struct rings rings = outline_rings(&tools->outline);
        const float *share = coverage_run(tools->coverage, &rings, tile, &w);
        let_win(tools->spare, out, share, w, tile->nx, (int)k);
    }
    free(c.present);
    free(c.parts);
    return status;
}

const struct criterion_op criterion_class = {
    .op = {.name = "class",
           .summary = "Class of a raster cell, or of the polygon that covers "
                      "most of the cell; goes with membership table.",
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
