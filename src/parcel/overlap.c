#include "parcel/overlap.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/pool.h"
#include "geo/measure.h"
#include "overlay/mosaic.h"

enum {
    CHUNK_PARCELS = 1024,
    SIDE_MOST = 16, /* cells, of the mosaic over a parcel */
    EARLIER = 0     /* the mosaic's set; the parcel is number 0 */
};

/* So large are the cells where a parcel has more than one: the mosaic's unit
 * of area is then 0.016 m2. */
static const double cell_size = 256;

struct searching {
    struct overlaps *overlaps;
    const struct vector *parcels;
    const struct crs *crs;
};

/* A worker's own tools. */
struct searcher {
    const struct vector *parcels;
    struct mosaic *mosaic;
    struct geos geos;
    struct crs_area *measure;
    size_t feature;     /* whose neighbours are sought */
    size_t *neighbours; /* earlier ones whose extents meet its own */
    size_t count, room;
    enum terramis_status status;
};

/* Those of a chunk that share land; rest: the path ranges left of them. */
struct found {
    struct overlap items[CHUNK_PARCELS];
    size_t rest_end[CHUNK_PARCELS]; /* in `paths` */
    size_t count;
    struct paths paths;
};

static enum terramis_status start(void *data, void **worker)
{
    const struct searching *s = data;
    struct searcher *w;
    TRY(mem_new(&w, 1, sizeof *w));
    *worker = w;
    w->parcels = s->parcels;
    TRY(geos_open(&w->geos));
    TRY(mosaic_new(&w->mosaic, SIDE_MOST));
    return crs_area_open(&w->measure, s->crs);
}

static void stop(void *data, void *worker)
{
    struct searcher *w = worker;
    (void)data;
    mosaic_free(w->mosaic);
    crs_area_close(w->measure);
    geos_close(&w->geos);
    free(w->neighbours);
    free(w);
}

static void note_earlier(size_t feature, void *data)
{
    struct searcher *w = data;
    if (feature >= w->feature || w->status != TERRAMIS_OK)
        return;
    w->status =
        mem_grow(&w->neighbours, &w->room, w->count, sizeof *w->neighbours);
    if (w->status == TERRAMIS_OK)
        w->neighbours[w->count++] = feature;
}

/* A few cells over the parcel. */
static struct grid grid_over(struct rect r)
{
    double side = fmax(r.xmax - r.xmin, r.ymax - r.ymin);
    int cells = (int)fmin(ceil(side / cell_size), SIDE_MOST);
    cells = cells < 1 ? 1 : cells;
    return (struct grid){r.xmin, r.ymax, side / cells, cells, cells};
}

static enum terramis_status add(struct searcher *w, size_t feature, int label)
{
    struct rings rings = paths_rings(vector_paths(w->parcels, feature));
    return mosaic_add(w->mosaic, &rings, label);
}

/* Planar area that the parcel shares with `count` others together. */
static enum terramis_status measure_shared(struct searcher *w,
                                           const size_t *others, size_t count,
                                           double *area)
{
    static const struct mosaic_rule rule = {
        .territory = 1 << EARLIER, .kinds = {1 << EARLIER}, .kind_count = 1};
    struct grid grid = grid_over(w->parcels->features[w->feature].extent);
    const struct piece_list *land, *parcels;
    double shares = 0;
    *area = 0;
    if (!(grid.cell > 0) || count == 0)
        return TERRAMIS_OK;
    mosaic_begin(w->mosaic, &grid);
    for (size_t i = 0; i < count; i++)
        TRY(add(w, others[i], EARLIER));
    TRY(add(w, w->feature, MOSAIC_SETS));
    TRY(mosaic_cut(w->mosaic, &rule, &land, &parcels));
    for (size_t i = 0; i < parcels->count; i++)
        shares += (double)parcels->items[i].share * parcels->items[i].run;
    *area = shares / MOSAIC_ONE * grid.cell * grid.cell;
    return TERRAMIS_OK;
}

static int by_number(const void *a, const void *b)
{
    const size_t *p = a, *q = b;
    return (*p > *q) - (*p < *q);
}

/* Of the neighbours only those that share land, in the layer's order. */
static enum terramis_status keep_sharing(struct searcher *w)
{
    size_t kept = 0;
    qsort(w->neighbours, w->count, sizeof *w->neighbours, by_number);
    for (size_t i = 0; i < w->count; i++) {
        double area;
        TRY(measure_shared(w, &w->neighbours[i], 1, &area));
        if (area >= OVERLAP_LEAST)
            w->neighbours[kept++] = w->neighbours[i];
    }
    w->count = kept;
    return TERRAMIS_OK;
}

/* Consumes `geometry`; *rest is what `other` leaves of it. */
static enum terramis_status take_off(struct geos *geos, GEOSGeometry *geometry,
                                     struct path_range other,
                                     GEOSGeometry **rest)
{
    GEOSGeometry *off = NULL;
    enum terramis_status status = paths_geometry(other, geos, &off);
    *rest = NULL;
    if (status == TERRAMIS_OK) {
        *rest = GEOSDifference_r(geos->context, geometry, off);
        *rest = geos_only_polygons(geos, *rest);
        status = geos_check(geos, *rest, N_("parcels that overlap"));
    }
    GEOSGeom_destroy_r(geos->context, off);
    GEOSGeom_destroy_r(geos->context, geometry);
    return status;
}

/* Appends what the neighbours leave of the parcel. */
static enum terramis_status cut(struct searcher *w, struct paths *rest)
{
    GEOSGeometry *left = NULL;
    size_t first = rest->count;
    TRY(paths_geometry(vector_paths(w->parcels, w->feature), &w->geos, &left));
    for (size_t i = 0; i < w->count; i++)
        TRY(take_off(&w->geos, left, vector_paths(w->parcels, w->neighbours[i]),
                     &left));
    enum terramis_status status = paths_add_geometry(rest, &w->geos, left);
    GEOSGeom_destroy_r(w->geos.context, left);
    paths_orient(rest, first);
    return status;
}

static bool close_to(double a, double b, double least)
{
    return fabs(a - b) < least;
}

/* Have two features the same land? Nothing is left of the later one. */
static bool is_same(const struct vector *v, size_t a, size_t b)
{
    struct rect p = v->features[a].extent, q = v->features[b].extent;
    const double near = 1e-3; /* metres */
    double x, y;
    return close_to(p.xmin, q.xmin, near) && close_to(p.ymin, q.ymin, near) &&
           close_to(p.xmax, q.xmax, near) && close_to(p.ymax, q.ymax, near) &&
           close_to(measure_area(vector_paths(v, a), &x, &y),
                    measure_area(vector_paths(v, b), &x, &y), OVERLAP_LEAST);
}

/* What the parcel shares with those before it. */
static enum terramis_status describe(struct searcher *w, struct found *found)
{
    struct overlap o = {.feature = w->feature};
    struct path_range parcel = vector_paths(w->parcels, w->feature);
    double x, y, left_x, left_y, left = 0;
    size_t first = found->paths.count;
    TRY(keep_sharing(w));
    if (w->count == 0)
        return TERRAMIS_OK;
    o.first = w->neighbours[0];
    TRY(cut(w, &found->paths));
    struct path_range rest = {&found->paths, first, found->paths.count - first};
    double whole = measure_area(parcel, &x, &y);
    if (rest.count > 0)
        left = measure_area(rest, &left_x, &left_y);
    o.area = (whole - left) * crs_area_scale(w->measure, x, y);
    for (size_t i = 0; i < w->count && left < OVERLAP_LEAST; i++)
        o.repeats =
            o.repeats || is_same(w->parcels, w->feature, w->neighbours[i]);
    found->items[found->count] = o;
    found->rest_end[found->count++] = found->paths.count;
    return TERRAMIS_OK;
}

static enum terramis_status work(void *data, void *worker, size_t chunk,
                                 void *result)
{
    struct searcher *w = worker;
    struct found *found = result;
    size_t first = chunk * CHUNK_PARCELS;
    (void)data;
    found->count = 0;
    paths_clear(&found->paths);
    for (size_t i = 0; i < CHUNK_PARCELS && first + i < w->parcels->count;
         i++) {
        double area;
        w->feature = first + i;
        w->count = 0;
        vector_query(w->parcels, w->parcels->features[first + i].extent,
                     note_earlier, w);
        TRY(w->status);
        TRY(measure_shared(w, w->neighbours, w->count, &area));
        if (area >= OVERLAP_LEAST)
            TRY(describe(w, found));
    }
    return TERRAMIS_OK;
}

static enum terramis_status commit(void *data, size_t chunk, void *result)
{
    const struct searching *s = data;
    struct overlaps *o = s->overlaps;
    const struct found *found = result;
    size_t from = 0;
    (void)chunk;
    for (size_t i = 0; i < found->count; i++) {
        struct path_range rest = {&found->paths, from,
                                  found->rest_end[i] - from};
        size_t feature = found->items[i].feature;
        from = found->rest_end[i];
        TRY(mem_grow(&o->items, &o->room, o->count, sizeof *o->items));
        o->items[o->count++] = found->items[i];
        if (!o->item_of)
            TRY(mem_new(&o->item_of, s->parcels->count, sizeof *o->item_of));
        o->item_of[feature] = (uint32_t)o->count;
        if (rest.count > 0)
            TRY(vector_append(&o->rest, (int64_t)feature, rest));
    }
    return TERRAMIS_OK;
}

static void release(void *data, void *result)
{
    struct found *found = result;
    (void)data;
    paths_release(&found->paths);
}

enum terramis_status overlaps_find(struct overlaps *overlaps,
                                   const struct vector *parcels,
                                   const struct crs *crs, int threads)
{
    struct searching searching = {overlaps, parcels, crs};
    size_t chunks = (parcels->count + CHUNK_PARCELS - 1) / CHUNK_PARCELS;
    *overlaps = (struct overlaps){0};
    threads = threads < 1 ? 1 : threads;
    struct pool_job job = {.tiles = chunks,
                           .threads =
                               chunks < (size_t)threads ? (int)chunks : threads,
                           .result_size = sizeof(struct found),
                           .data = &searching,
                           .start = start,
                           .work = work,
                           .stop = stop,
                           .commit = commit,
                           .release = release};
    if (chunks > 0)
        TRY(pool_run(&job));
    return overlaps->rest.count > 0 ? vector_index(&overlaps->rest)
                                    : TERRAMIS_OK;
}

struct overlap_sum overlaps_sum(const struct overlaps *overlaps)
{
    struct overlap_sum sum = {0};
    for (size_t i = 0; i < overlaps->count; i++)
        overlap_add(&sum, &overlaps->items[i]);
    return sum;
}

void overlaps_release(struct overlaps *overlaps)
{
    free(overlaps->items);
    free(overlaps->item_of);
    vector_release(&overlaps->rest);
    *overlaps = (struct overlaps){0};
}
