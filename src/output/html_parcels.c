#include <math.h>
#include <stdlib.h>

#include "output/html_page.h"
#include "output/ranking.h"
#include "overlay/outline.h"

/* Metres; half a pixel at the nearest view of a parcel. */
static const double tolerance = 0.5;

static void put_ring(struct html_json *json, const double *xy, size_t points,
                     bool closed)
{
    long long x = 0, y = 0;
    size_t last = closed && points > 1 ? points - 1 : points;
    html_open(json, NULL, '[');
    for (size_t i = 0; i < last; i++) {
        long long to_x = llround(10 * xy[2 * i]);
        long long to_y = llround(10 * xy[2 * i + 1]);
        if (i > 0 && to_x == x && to_y == y)
            continue;
        html_integer(json, NULL, to_x - x);
        html_integer(json, NULL, to_y - y);
        x = to_x;
        y = to_y;
    }
    html_close(json, ']');
}

void html_put_rings(struct html_json *json, const char *key, const double *xy,
                    const size_t *start, size_t count, bool closed)
{
    html_open(json, key, '[');
    for (size_t i = 0; i < count; i++)
        put_ring(json, xy + 2 * start[i], start[i + 1] - start[i], closed);
    html_close(json, ']');
}

static enum terramis_status put_geometry(struct html_json *json,
                                         struct geos *geos,
                                         struct outline *outline,
                                         struct path_range paths)
{
    GEOSGeometry *geometry, *simple = NULL;
    TRY(paths_geometry(paths, geos, &geometry));
    enum terramis_status status =
        geos_simplify(geos, geometry, tolerance, &simple);
    GEOSGeom_destroy_r(geos->context, geometry);
    outline_clear(outline);
    if (status == TERRAMIS_OK)
        status = outline_add(outline, geos, simple);
    GEOSGeom_destroy_r(geos->context, simple);
    TRY(status);
    html_put_rings(json, NULL, outline->xy, outline->start, outline->count,
                   true);
    return TERRAMIS_OK;
}

/* In the order of column_names below. */
static void put_numbers(struct html_json *json, const struct parcel *p)
{
    const struct zonal_sums *s = &p->sums;
    html_text(json, NULL, p->id);
    html_integer(json, NULL, (int)p->class);
    html_real(json, NULL, p->score, 2);
    html_real(json, NULL, (double)s->score_min, 2);
    html_integer(json, NULL, p->rank);
    html_integer(json, NULL, p->site);
    html_integer(json, NULL, p->limiting);
    html_integer(json, NULL, (int)p->use);
    html_real(json, NULL, p->area * 1e-4, 4);
    html_real(json, NULL, zonal_ha(s->plantable), 4);
    html_real(json, NULL, zonal_ha(s->excluded), 4);
    for (int k = 0; k < KIND_COUNT; k++)
        html_real(json, NULL, zonal_ha(s->plantable_kind[k]), 4);
    html_real(json, NULL, p->yield, 2);
    html_real(json, NULL, p->tonnage, 4);
    html_real(json, NULL, p->nodata_pct, 2);
}

static void put_names(struct html_json *json)
{
    static const char *const column_names[] = {
        "id",       "cls",      "score",     "lowest",   "rank",
        "site",     "limiting", "use",       "area",     "plantable",
        "excluded", "polluted", "catchment", "corridor", "yield",
        "tonnage",  "nodata",   "m",         "rings"};
    html_open(json, "columns", '[');
    for (size_t i = 0; i < sizeof column_names / sizeof *column_names; i++)
        html_text(json, NULL, column_names[i]);
    html_close(json, ']');
}

enum terramis_status html_put_parcels(struct html_json *json, struct plan *plan,
                                      const struct parcels *parcels,
                                      size_t limit)
{
    const struct parcel **order = NULL;
    struct outline outline = {0};
    size_t count;
    enum terramis_status status = ranking_of(parcels, &order, &count);
    put_names(json);
    html_open(json, "parcels", '[');
    for (size_t i = 0; i < count && i < limit && status == TERRAMIS_OK; i++) {
        const struct parcel *p = order[i];
        html_open(json, NULL, '[');
        put_numbers(json, p);
        html_open(json, NULL, '[');
        for (size_t f = 0; f < parcels->factors; f++)
            html_real(json, NULL, parcel_membership(p, f), 4);
        html_close(json, ']');
        status = put_geometry(json, &plan->geos, &outline,
                              vector_paths(parcels->vector, p->feature));
        html_close(json, ']');
        text_add(&json->out, "\n");
        html_flush(json);
    }
    html_close(json, ']');
    outline_release(&outline);
    free(order);
    return status;
}
