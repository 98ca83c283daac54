#include "parcel/sites_draw.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/pool.h"

enum {
    CHUNK_SITES = 8
};

/* What all chunks share. */
struct drawing {
    struct sites *sites;
    const struct parcels *parcels;
    size_t *members; /* features, site by site, in the order of the file */
    size_t *from;    /* of each site's first member; one more at the end */
    size_t *several; /* sites of several parcels */
    size_t count;
};

/* Unions of a chunk's sites, one after the other. */
struct drawn {
    struct paths paths;
    size_t end[CHUNK_SITES];
};

static enum terramis_status unite(const struct drawing *d, struct geos *geos,
                                  size_t site, struct paths *paths)
{
    const size_t *members = d->members + d->from[site];
    size_t count = d->from[site + 1] - d->from[site], made = 0;
    GEOSGeometry **items = NULL, *all = NULL;
    TRY(mem_new(&items, count, sizeof(GEOSGeometry *)));
    enum terramis_status status = TERRAMIS_OK;
    for (; made < count && status == TERRAMIS_OK; made++)
        status = paths_geometry(vector_paths(d->parcels->vector, members[made]),
                                geos, &items[made]);
    if (status == TERRAMIS_OK)
        status = geos_union(geos, items, count, &all);
    else
        while (made > 0)
            GEOSGeom_destroy_r(geos->context, items[--made]);
    if (status == TERRAMIS_OK)
        status = paths_add_geometry(paths, geos, all);
    GEOSGeom_destroy_r(geos->context, all);
    free(items);
    return status;
}

static enum terramis_status work(void *data, void *worker, size_t chunk,
                                 void *result)
{
    const struct drawing *d = data;
    struct drawn *drawn = result;
    size_t first = chunk * CHUNK_SITES;
    paths_clear(&drawn->paths);
    for (size_t i = 0; i < CHUNK_SITES && first + i < d->count; i++) {
        TRY(unite(d, worker, d->several[first + i], &drawn->paths));
        drawn->end[i] = drawn->paths.count;
    }
    return TERRAMIS_OK;
}

static enum terramis_status commit(void *data, size_t chunk, void *result)
{
    const struct drawing *d = data;
    const struct drawn *drawn = result;
    size_t first = chunk * CHUNK_SITES, from = 0;
    for (size_t i = 0; i < CHUNK_SITES && first + i < d->count; i++) {
        struct path_range range = {&drawn->paths, from, drawn->end[i] - from};
        struct site *site = &d->sites->items[d->several[first + i]];
        site->geometry = (struct path_range){
            &d->sites->paths, d->sites->paths.count, range.count};
        site->extent = paths_bounds(range);
        TRY(paths_append(&d->sites->paths, range));
        from = drawn->end[i];
    }
    return TERRAMIS_OK;
}

static void release(void *data, void *result)
{
    struct drawn *drawn = result;
    (void)data;
    paths_release(&drawn->paths);
}

/* Lists each site's members; sites of one parcel are drawn at once. */
static enum terramis_status list_members(struct drawing *d)
{
    const struct parcels *parcels = d->parcels;
    const struct vector *vector = parcels->vector;
    size_t total = 0, *next = NULL;
    TRY(mem_new(&d->members, parcels->count, sizeof *d->members));
    TRY(mem_new(&d->from, d->sites->count + 1, sizeof *d->from));
    TRY(mem_new(&d->several, d->sites->count, sizeof *d->several));
    TRY(mem_new(&next, d->sites->count, sizeof *next));
    for (size_t s = 0; s < d->sites->count; s++) {
        next[s] = d->from[s] = total;
        total += d->sites->items[s].parcels;
    }
    d->from[d->sites->count] = total;
    for (size_t i = 0; i < parcels->count; i++)
        if (parcels->items[i].site > 0)
            d->members[next[parcels->items[i].site - 1]++] =
                parcels->items[i].feature;
    free(next);
    for (size_t s = 0; s < d->sites->count; s++) {
        struct site *site = &d->sites->items[s];
        size_t feature = d->members[d->from[s]];
        if (site->parcels > 1) {
            d->several[d->count++] = s;
            continue;
        }
        site->geometry = vector_paths(vector, feature);
        site->extent = vector->features[feature].extent;
    }
    return TERRAMIS_OK;
}

enum terramis_status sites_draw(struct sites *sites,
                                const struct parcels *parcels, int threads)
{
    struct drawing d = {.sites = sites, .parcels = parcels};
    enum terramis_status status = list_members(&d);
    struct pool_job job = {.tiles = (d.count + CHUNK_SITES - 1) / CHUNK_SITES,
                           .threads = threads > 0 ? threads : 1,
                           .result_size = sizeof(struct drawn),
                           .data = &d,
                           .start = geos_worker_start,
                           .work = work,
                           .stop = geos_worker_stop,
                           .commit = commit,
                           .release = release};
    if (status == TERRAMIS_OK && d.count > 0)
        status = pool_run(&job);
    if (status == TERRAMIS_OK)
        paths_trim(&sites->paths);
    free(d.members);
    free(d.from);
    free(d.several);
    return status;
}
