#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/pool.h"
#include "geo/measure.h"
#include "parcel/belongs.h"
#include "parcel/parcel.h"

enum {
    CHUNK_PARCELS = 1024
};

/* The area of a feature that does not belong to the territory. */
static const double elsewhere = -INFINITY;

/* What all chunks share. */
struct selecting {
    const struct vector *vector;
    const struct crs *crs;
    struct border border;
    double *areas; /* of the features, m2 */
};

/* A worker's own GEOS and PROJ. */
struct selector {
    struct border_tools tools;
    struct crs_area *measure;
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

/* Each chunk has features of its own. */
static enum terramis_status work(void *data, void *worker, size_t chunk,
                                 void *result)
{
    const struct selecting *s = data;
    struct selector *selector = worker;
    size_t first = chunk * CHUNK_PARCELS, end = first + CHUNK_PARCELS;
    (void)result;
    for (size_t i = first; i < end && i < s->vector->count; i++) {
        struct path_range parcel = vector_paths(s->vector, i);
        bool belongs = false;
        TRY(border_belongs(&s->border, &selector->tools, parcel,
                           s->vector->features[i].extent, &belongs));
        s->areas[i] =
            belongs ? true_area(selector->measure, parcel) : elsewhere;
    }
    return TERRAMIS_OK;
}

static enum terramis_status measure_all(struct selecting *s, int threads)
{
    size_t chunks = (s->vector->count + CHUNK_PARCELS - 1) / CHUNK_PARCELS;
    int useful = chunks < (size_t)threads ? (int)chunks : threads;
    struct pool_job job = {.tiles = chunks,
                           .threads = useful,
                           .result_size = 1,
                           .data = s,
                           .start = start,
                           .work = work,
                           .stop = stop};
    return chunks > 0 ? pool_run(&job) : TERRAMIS_OK;
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

/* Those that belong, with room for their sums. These are written here, zeros
 * as they are: if the tiles were the first to read, then to write them, each
 * page would first be the system's one of zeros, and its exchange stops all
 * threads. */
static enum terramis_status list_all(struct parcels *parcels,
                                     struct vector *vector, const double *areas)
{
    size_t factors = parcels->factors, count = 0;
    for (size_t i = 0; i < vector->count; i++)
        count += areas[i] != elsewhere;
    TRY(mem_new(&parcels->items, count, sizeof *parcels->items));
    TRY(mem_new(&parcels->factor_sums, 3 * factors * count,
                sizeof *parcels->factor_sums));
    for (size_t i = 0; i < vector->count; i++) {
        if (areas[i] == elsewhere)
            continue;
        int64_t *sums = parcels->factor_sums + 3 * factors * parcels->count;
        memset(sums, 0, 3 * factors * sizeof *sums);
        struct parcel *parcel = &parcels->items[parcels->count++];
        parcel->feature = i;
        parcel->area = areas[i];
        parcel->sums.score_min = INFINITY;
        parcel->factor_area = sums;
        parcel->factor_sum = sums + factors;
        parcel->factor_raw = sums + 2 * factors;
        parcels->position[i] = (uint32_t)parcels->count;
        TRY(name_parcel(parcel, &vector->features[i], vector));
    }
    return TERRAMIS_OK;
}

enum terramis_status parcels_select(struct parcels *parcels,
                                    struct vector *vector,
                                    struct path_range territory,
                                    const struct crs *crs, int threads,
                                    size_t factors)
{
    struct selecting selecting = {.vector = vector, .crs = crs};
    *parcels = (struct parcels){.vector = vector, .factors = factors};
    TRY(mem_new(&parcels->position, vector->count, sizeof *parcels->position));
    TRY(mem_new(&selecting.areas, vector->count, sizeof *selecting.areas));
    enum terramis_status status = border_open(&selecting.border, territory);
    if (status == TERRAMIS_OK)
        status = measure_all(&selecting, threads > 0 ? threads : 1);
    border_close(&selecting.border);
    if (status == TERRAMIS_OK)
        status = list_all(parcels, vector, selecting.areas);
    free(selecting.areas);
    return status;
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
