#include <stdlib.h>

#include "base/mem.h"
#include "base/pool.h"
#include "geo/measure.h"
#include "parcel/belongs.h"
#include "parcel/parcel.h"

enum {
    CHUNK_PARCELS = 1024
};

/* What all chunks share. */
struct selecting {
    struct parcels *parcels;
    struct vector *vector;
    const struct crs *crs;
    struct border border;
    size_t room;
};

/* A worker's own GEOS and PROJ. */
struct selector {
    struct border_tools tools;
    struct crs_area *measure;
};

/* Areas of those of a chunk's parcels that belong to the territory. */
struct selection {
    double area[CHUNK_PARCELS];
    bool belongs[CHUNK_PARCELS];
};

static enum terramis_status start(void *data, void **worker)
{
    const struct selecting *s = data;
    struct selector *selector;
    TRY(mem_new(&selector, 1, sizeof *selector));
    *worker = selector;
    TRY(border_tools_open(&selector->tools));
    return crs_area_open(&selector->measure, s->crs);
}

static void stop(void *data, void *worker)
{
    struct selector *selector = worker;
    (void)data;
    border_tools_close(&selector->tools);
    crs_area_close(selector->measure);
    free(selector);
}

/* Planar area times the areal scale at the centroid: the scale is close to
 * linear over a parcel, so its mean is its value there. */
static double true_area(struct crs_area *measure, struct path_range parcel)
{
    double x, y, area = measure_area(parcel, &x, &y);
    return area * crs_area_scale(measure, x, y);
}

static enum terramis_status work(void *data, void *worker, size_t chunk,
                                 void *result)
{
    const struct selecting *s = data;
    struct selector *selector = worker;
    struct selection *selection = result;
    size_t first = chunk * CHUNK_PARCELS;
    for (size_t i = 0; i < CHUNK_PARCELS && first + i < s->vector->count; i++) {
        struct path_range parcel = vector_paths(s->vector, first + i);
        TRY(border_belongs(&s->border, &selector->tools, parcel,
                           s->vector->features[first + i].extent,
                           &selection->belongs[i]));
        if (selection->belongs[i])
            selection->area[i] = true_area(selector->measure, parcel);
    }
    return TERRAMIS_OK;
}

static enum terramis_status name_parcel(struct parcel *parcel,
                                        const struct feature *feature,
                                        struct vector *owner)
{
    parcel->id = feature->values ? feature->values[0] : NULL;
    if (parcel->id)
        return TERRAMIS_OK;
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)feature->fid);
    parcel->id = arena_text(&owner->arena, text);
    return parcel->id ? TERRAMIS_OK : status_no_memory();
}

static enum terramis_status commit(void *data, size_t chunk, void *result)
{
    struct selecting *s = data;
    struct parcels *p = s->parcels;
    const struct selection *selection = result;
    size_t first = chunk * CHUNK_PARCELS;
    for (size_t i = 0; i < CHUNK_PARCELS && first + i < s->vector->count; i++) {
        if (!selection->belongs[i])
            continue;
        TRY(mem_grow(&p->items, &s->room, p->count, sizeof *p->items));
        struct parcel *parcel = &p->items[p->count++];
        *parcel = (struct parcel){.feature = first + i,
                                  .area = selection->area[i],
                                  .sums.score_min = INFINITY};
        p->position[first + i] = (uint32_t)p->count;
        TRY(name_parcel(parcel, &s->vector->features[first + i], s->vector));
    }
    return TERRAMIS_OK;
}

static enum terramis_status select_all(struct selecting *s, int threads)
{
    size_t chunks = (s->vector->count + CHUNK_PARCELS - 1) / CHUNK_PARCELS;
    int useful = chunks < (size_t)threads ? (int)chunks : threads;
    struct pool_job job = {.tiles = chunks,
                           .threads = useful,
                           .result_size = sizeof(struct selection),
                           .data = s,
                           .start = start,
                           .work = work,
                           .stop = stop,
                           .commit = commit};
    return chunks > 0 ? pool_run(&job) : TERRAMIS_OK;
}

enum terramis_status parcels_select(struct parcels *parcels,
                                    struct vector *vector,
                                    struct path_range territory,
                                    const struct crs *crs, int threads,
                                    size_t factors)
{
    struct selecting selecting = {
        .parcels = parcels, .vector = vector, .crs = crs};
    *parcels = (struct parcels){.vector = vector, .factors = factors};
    TRY(mem_new(&parcels->position, vector->count, sizeof *parcels->position));
    enum terramis_status status = border_open(&selecting.border, territory);
    if (status == TERRAMIS_OK)
        status = select_all(&selecting, threads > 0 ? threads : 1);
    border_close(&selecting.border);
    TRY(status);
    TRY(mem_new(&parcels->factor_sums, 3 * factors * parcels->count,
                sizeof *parcels->factor_sums));
    for (size_t i = 0; i < parcels->count; i++) {
        struct parcel *p = &parcels->items[i];
        p->factor_area = parcels->factor_sums + 3 * factors * i;
        p->factor_sum = p->factor_area + factors;
        p->factor_raw = p->factor_sum + factors;
    }
    return TERRAMIS_OK;
}

struct overlap_sum parcels_overlap(const struct parcels *parcels)
{
    const struct overlaps *overlaps = parcels->overlaps;
    struct overlap_sum sum = {0};
    for (size_t i = 0; overlaps && i < overlaps->count; i++)
        if (parcels->position[overlaps->items[i].feature])
            overlap_add(&sum, &overlaps->items[i]);
    return sum;
}

void parcels_release(struct parcels *parcels)
{
    free(parcels->items);
    free(parcels->position);
    free(parcels->factor_sums);
    warning_texts_release(&parcels->texts);
    free(parcels->spreads);
    *parcels = (struct parcels){0};
}
