#include <stdlib.h>

#include "base/mem.h"
#include "parcel/parcel.h"

/* Borders drawn at different precision overlap by slivers: a parcel is in the
 * territory for more than these. */
static const double sliver_m2 = 1, sliver_share = 0.001;

static enum terramis_status belongs(struct geos *geos,
                                    const GEOSPreparedGeometry *prepared,
                                    const GEOSGeometry *territory,
                                    const GEOSGeometry *parcel, bool *yes)
{
    GEOSContextHandle_t c = geos->context;
    *yes = GEOSPreparedContains_r(c, prepared, parcel) == 1;
    if (*yes || GEOSPreparedIntersects_r(c, prepared, parcel) != 1)
        return TERRAMIS_OK;
    double shared = 0, whole = 0;
    GEOSGeometry *part = GEOSIntersection_r(c, territory, parcel);
    TRY(geos_check(geos, part, N_("parcel and territory")));
    GEOSArea_r(c, part, &shared);
    GEOSArea_r(c, parcel, &whole);
    GEOSGeom_destroy_r(c, part);
    *yes = shared > sliver_m2 && shared > sliver_share * whole;
    return TERRAMIS_OK;
}

/* Planar area times the areal scale at the centroid: the scale is close to
 * linear over a parcel, so its mean is its value there. */
static double true_area(struct geos *geos, struct crs_area *measure,
                        const GEOSGeometry *parcel)
{
    GEOSContextHandle_t c = geos->context;
    double area = 0, x = 0, y = 0;
    GEOSArea_r(c, parcel, &area);
    GEOSGeometry *centre = GEOSGetCentroid_r(c, parcel);
    if (centre) {
        GEOSGeomGetX_r(c, centre, &x);
        GEOSGeomGetY_r(c, centre, &y);
        GEOSGeom_destroy_r(c, centre);
    }
    return area * crs_area_scale(measure, x, y);
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

static enum terramis_status select_all(struct parcels *p, struct geos *geos,
                                       struct vector *vector,
                                       const GEOSGeometry *territory,
                                       struct crs_area *measure)
{
    const GEOSPreparedGeometry *prepared =
        GEOSPrepare_r(geos->context, territory);
    TRY(geos_check(geos, prepared, N_("territory")));
    struct rect extent = geos_extent(geos, territory);
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < vector->count && status == TERRAMIS_OK; i++) {
        const struct feature *feature = &vector->features[i];
        bool yes = false;
        if (rect_meets(feature->extent, extent))
            status =
                belongs(geos, prepared, territory, feature->geometry, &yes);
        if (status != TERRAMIS_OK || !yes)
            continue;
        struct parcel *parcel = &p->items[p->count++];
        *parcel =
            (struct parcel){.feature = i,
                            .area = true_area(geos, measure, feature->geometry),
                            .sums.score_min = INFINITY};
        p->position[i] = p->count;
        status = name_parcel(parcel, feature, vector);
    }
    GEOSPreparedGeom_destroy_r(geos->context, prepared);
    return status;
}

enum terramis_status parcels_select(struct parcels *parcels, struct geos *geos,
                                    struct vector *vector,
                                    const GEOSGeometry *territory,
                                    struct crs_area *measure, size_t factors)
{
    *parcels = (struct parcels){.vector = vector, .factors = factors};
    TRY(mem_new(&parcels->items, vector->count, sizeof *parcels->items));
    TRY(mem_new(&parcels->position, vector->count, sizeof *parcels->position));
    TRY(select_all(parcels, geos, vector, territory, measure));
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

void parcels_release(struct parcels *parcels)
{
    free(parcels->items);
    free(parcels->position);
    free(parcels->factor_sums);
    free(parcels->spreads);
    *parcels = (struct parcels){0};
}
