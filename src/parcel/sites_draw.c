#include "parcel/sites_draw.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/pool.h"
#include "parcel/sites_group.h"

enum {
    CHUNK_SITES = 8,
    MANY_PARCELS = 64 /* less are united at once */
};

static const double contact = 1e-3; /* metres */

/* What all chunks share. */
struct drawing {
    struct sites *sites;
    const struct parcels *parcels;
    size_t *members; /* features, site by site, in the order of the file */
    size_t *from;    /* of each site's first member; one more at the end */
    size_t *several; /* sites of several parcels */
    size_t *scratch; /* per parcel, of which a site uses its members' */
    size_t count;
};

/* Unions of a chunk's sites, one after the other. */
struct drawn {
    struct paths paths;
    size_t end[CHUNK_SITES];
};

/* Adds the union of some members, which are dissolved, to the paths. */
static enum terramis_status unite(const struct drawing *d, struct geos *geos,
                                  const size_t *members, size_t count,
                                  struct paths *paths)
{
    size_t made = 0;
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

static bool is_member(const struct parcel *parcel, int site)
{
    return parcel->site == site;
}

struct member {
    size_t group, feature;
};

static int compare_members(const void *a, const void *b)
{
    const struct member *m = a, *n = b;
    if (m->group != n->group)
        return m->group < n->group ? -1 : 1;
    return (m->feature > n->feature) - (m->feature < n->feature);
}

/* Members with the groups of those in contact, group by group. */
static void group_members(const struct drawing *d, size_t site,
                          struct member *members)
{
    size_t count = d->from[site + 1] - d->from[site];
    const uint32_t *position = d->parcels->position;
    struct sites_group group = {.parcels = d->parcels,
                                .parent = d->scratch,
                                .within = contact,
                                .takes = is_member,
                                .site = d->sites->items[site].id};
    for (size_t i = 0; i < count; i++) {
        members[i].feature = d->members[d->from[site] + i];
        members[i].group = position[members[i].feature] - 1;
        d->scratch[members[i].group] = members[i].group;
    }
    for (size_t i = 0; i < count; i++)
        sites_group_join(&group, members[i].group);
    for (size_t i = 0; i < count; i++)
        members[i].group = sites_group_root(&group, members[i].group);
    qsort(members, count, sizeof *members, compare_members);
}

/* Parcels that do not touch have nothing to dissolve, and GEOS would need some
 * 15 kB for each of them: only those in contact are united. */
static enum terramis_status unite_many(const struct drawing *d,
                                       struct geos *geos, size_t site,
                                       struct paths *paths)
{
    size_t count = d->from[site + 1] - d->from[site], first = 0;
    size_t *features = d->members + d->from[site];
    struct member *members;
    TRY(mem_new(&members, count, sizeof *members));
    group_members(d, site, members);
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < count; i++)
        features[i] = members[i].feature;
    for (size_t i = 1; i <= count && status == TERRAMIS_OK; i++)
        if (i == count || members[i].group != members[first].group) {
            status = unite(d, geos, features + first, i - first, paths);
            first = i;
        }
    free(members);
    return status;
}

static enum terramis_status unite_site(const struct drawing *d,
                                       struct geos *geos, size_t site,
                                       struct paths *paths)
{
    size_t count = d->from[site + 1] - d->from[site];
    return count > MANY_PARCELS
               ? unite_many(d, geos, site, paths)
               : unite(d, geos, d->members + d->from[site], count, paths);
}

static enum terramis_status work(void *data, void *worker, size_t chunk,
                                 void *result)
{
    const struct drawing *d = data;
    struct drawn *drawn = result;
    size_t first = chunk * CHUNK_SITES;
    paths_clear(&drawn->paths);
    for (size_t i = 0; i < CHUNK_SITES && first + i < d->count; i++) {
        TRY(unite_site(d, worker, d->several[first + i], &drawn->paths));
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
                                const struct parcels *parcels, size_t *scratch,
                                int threads)
{
    struct drawing d = {.sites = sites, .parcels = parcels, .scratch = scratch};
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
