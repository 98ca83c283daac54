#include <stdlib.h>

#include "demo/contour.h"
#include "demo/region.h"

/* Polluted soils: areas of information (SIS), former industry (CASIAS) and
 * sites under an order of the prefect, most of them around the towns. */

/* A town mostly, a village otherwise. */
static const struct settlement *some_place(const struct region *region,
                                           struct rng *rng, int *commune)
{
    int towns = 0;
    while (region->settlements[towns].size == SETTLEMENT_TOWN)
        towns++;
    *commune = rng_int(rng, 3) ? rng_int(rng, towns)
                               : rng_int(rng, (int)region->commune_count);
    return &region->settlements[*commune];
}

static bool is_dry(const struct region *region, struct point p)
{
    int32_t cell = terrain_cell(&region->terrain, p);
    return cell >= 0 && region->zone[cell] == ZONE_INSIDE &&
           region->terrain.kind[cell] != TERRAIN_WATER;
}

static bool is_clear(const struct region *region, enum feature_kind kind,
                     struct point p, double radius)
{
    const struct feature_list *list = &region->features[kind];
    for (size_t i = 0; i < list->count; i++)
        if (point_distance(p, shape_middle(&list->at[i].shape)) <
            radius + sqrt(list->at[i].value))
            return false;
    return true;
}

static enum terramis_status add_sis(struct region *region, struct rng *rng,
                                    int wanted)
{
    for (int done = 0, tries = 0; done < wanted && tries < 5000; tries++) {
        int commune;
        const struct settlement *s = some_place(region, rng, &commune);
        struct point to = contour_direction(rng);
        double far =
            rng_real(rng, 300, s->size == SETTLEMENT_TOWN ? 2600 : 900);
        struct point p = {s->at.x + far * to.x, s->at.y + far * to.y};
        /* a few large ones (works, tips, sewage farms), many small ones */
        double radius =
            done % 4 == 0 ? rng_real(rng, 180, 340) : rng_real(rng, 45, 150);
        if (!is_dry(region, p) || !is_clear(region, FEATURE_SIS, p, radius))
            continue;
        TRY(contour_blob(region, rng, FEATURE_SIS, p, contour_direction(rng),
                         radius, radius * rng_real(rng, 0.5, 0.9), 0,
                         region_commune(region, p)));
        done++;
    }
    return TERRAMIS_OK;
}

static enum terramis_status add_points(struct region *region, struct rng *rng,
                                       enum feature_kind kind, int wanted)
{
    struct points point = {0};
    enum terramis_status status = TERRAMIS_OK;
    for (int done = 0, tries = 0; done < wanted && tries < 50000; tries++) {
        int commune;
        const struct settlement *s = some_place(region, rng, &commune);
        struct point to = contour_direction(rng);
        double far = rng_real(rng, 60, s->size == SETTLEMENT_TOWN ? 1900 : 700);
        struct point p = {s->at.x + far * to.x, s->at.y + far * to.y};
        /* real records often lie at the middle of their commune only */
        bool centroid = kind == FEATURE_CASIAS && done % 7 == 6;
        if (centroid)
            p = s->at;
        if (!is_dry(region, p))
            continue;
        point.count = 0;
        TRY_DONE(points_add(&point, p.x, p.y));
        TRY_DONE(region_add(region, kind, SHAPE_POINT, &point, centroid,
                            commune, 0));
        done++;
    }
done:
    free(point.at);
    return status;
}

enum terramis_status pollution_build(struct region *region)
{
    struct rng rng = {region->pilot->seed + 80};
    bool small = region->small;
    TRY(add_sis(region, &rng, small ? 16 : 30));
    TRY(add_points(region, &rng, FEATURE_CASIAS, small ? 110 : 420));
    return add_points(region, &rng, FEATURE_ORDER, small ? 9 : 14);
}
