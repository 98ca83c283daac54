#include "criterion/polygon.h"

#include <math.h>

/* Labels of the mosaic: set 0 for all that count, and the label in the place
 * of a parcel. */
struct labels {
    const struct criterion_source *source;
    int (*of)(size_t feature, const void *source);
};

static int label_any(size_t feature, const void *data)
{
    const struct labels *labels = data;
    return labels->of(feature, labels->source) >= 0 ? 0 : -1;
}

static int label_own(size_t feature, const void *data)
{
    const struct labels *labels = data;
    int label = labels->of(feature, labels->source);
    return label >= 0 ? MOSAIC_SETS + label : -1;
}

/* The label with the largest share of a cell wins, the first of equals. */
static void let_win(const struct piece *piece, float *best, float *out)
{
    float share = (float)piece->share, label = (float)piece->parcel;
    for (size_t i = piece->cell; i < (size_t)piece->cell + piece->run; i++)
        if (share > best[i] || (share == best[i] && label < out[i])) {
            best[i] = share;
            out[i] = label;
        }
}

enum terramis_status
polygon_fill(const struct criterion_source *source,
             struct criterion_tools *tools, const struct grid *tile,
             int (*label_of)(size_t feature, const void *source),
             const float *values, float *out)
{
    static const struct mosaic_rule rule = {
        .territory = 1, .kinds = {1}, .kind_count = 1};
    const struct labels labels = {source, label_of};
    const struct piece_list *land, *own;
    mosaic_begin(tools->mosaic, tile);
    TRY(land_add_vector(tools->mosaic, &source->vector, tile, 0, label_any,
                        &labels));
    TRY(land_add_vector(tools->mosaic, &source->vector, tile, 0, label_own,
                        &labels));
    TRY(mosaic_cut(tools->mosaic, &rule, &land, &own));
    for (size_t i = 0; i < grid_cells(tile); i++) {
        out[i] = NAN;
        tools->spare[i] = 0;
    }
    for (size_t i = 0; i < own->count; i++)
        let_win(&own->items[i], tools->spare, out);
    for (size_t i = 0; values && i < grid_cells(tile); i++)
        if (out[i] == out[i])
            out[i] = values[(size_t)out[i]];
    return TERRAMIS_OK;
}

/* Area of a closed ring, by Gauss, from its first point so that large
 * coordinates do not eat the digits; its length is added to *perimeter. */
static double ring_area(const double *xy, size_t points, double *perimeter)
{
    double twice = 0;
    for (size_t i = 0; i + 1 < points; i++) {
        const double *p = xy + 2 * i;
        *perimeter += hypot(p[2] - p[0], p[3] - p[1]);
        twice +=
            (p[0] - xy[0]) * (p[3] - xy[1]) - (p[2] - xy[0]) * (p[1] - xy[1]);
    }
    return fabs(twice) / 2;
}

enum terramis_status polygon_measure(struct criterion_source *source,
                                     double (*measure)(double area,
                                                       double perimeter))
{
    const struct vector *v = &source->vector;
    TRY(mem_new(&source->values, v->count, sizeof *source->values));
    for (size_t i = 0; i < v->count; i++) {
        struct path_range range = vector_paths(v, i);
        const struct paths *paths = range.paths;
        double area = 0, perimeter = 0;
        for (size_t p = range.first; p < range.first + range.count; p++) {
            enum path_kind kind = paths_kind(paths, p);
            if (kind != PATH_SHELL && kind != PATH_HOLE)
                continue;
            double ring =
                ring_area(paths->xy + 2 * paths->start[p],
                          paths->start[p + 1] - paths->start[p], &perimeter);
            area += kind == PATH_SHELL ? ring : -ring;
        }
        source->values[i] = (float)measure(area, perimeter);
    }
    return TERRAMIS_OK;
}

static int label_feature(size_t feature, const void *source)
{
    (void)source;
    return (int)feature;
}

enum terramis_status polygon_run(const struct criterion_source *source,
                                 struct criterion_tools *tools,
                                 const struct grid *tile, float *out)
{
    return polygon_fill(source, tools, tile, label_feature, source->values,
                        out);
}
