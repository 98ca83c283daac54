#include <math.h>
#include <stdlib.h>

#include "output/credits.h"
#include "output/html_page.h"
#include "output/ranking.h"
#include "overlay/outline.h"
#include "parcel/raise.h"
#include "parcel/sources.h"

/* Metres; half a pixel at the nearest view of a parcel. */
static const double tolerance = 0.5;

/* A parcel while its row is written. */
struct row {
    struct html_json *json;
    const struct analysis *analysis;
    const struct parcel *parcel;
    struct html_communes *communes;
    int commune; /* its number; -1: not known */
    struct raises raises;
    struct outline outline;
    double membership[FACTORS_MAX], value[FACTORS_MAX];
};

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

static enum terramis_status put_geometry(struct row *row, struct geos *geos)
{
    GEOSGeometry *geometry, *simple = NULL;
    struct outline *outline = &row->outline;
    TRY(paths_geometry(
        vector_paths(row->analysis->parcels.vector, row->parcel->feature), geos,
        &geometry));
    enum terramis_status status =
        geos_simplify(geos, geometry, tolerance, &simple);
    GEOSGeom_destroy_r(geos->context, geometry);
    outline_clear(outline);
    if (status == TERRAMIS_OK)
        status = outline_add(outline, geos, simple);
    GEOSGeom_destroy_r(geos->context, simple);
    TRY(status);
    html_put_rings(row->json, NULL, outline->xy, outline->start, outline->count,
                   true);
    return TERRAMIS_OK;
}

/* Numbers of the constraints that exclude some of the parcel. */
static void put_constraints(const struct row *row)
{
    uint64_t mask = row->parcel->sums.constraints;
    html_open(row->json, NULL, '[');
    for (int i = 0; mask >> i; i++)
        if (mask >> i & 1)
            html_integer(row->json, NULL, i);
    html_close(row->json, ']');
}

/* Numbers of the layers that make it marginal, as in `layers`. */
static void put_sources(const struct row *row)
{
    html_open(row->json, NULL, '[');
    for (size_t i = 0; i < row->analysis->plan->marginal_count; i++)
        if (sources_has(row->parcel->sources, i))
            html_integer(row->json, NULL, (long long)i);
    html_close(row->json, ']');
}

static void put_list(const struct row *row, const double *values, int decimals)
{
    html_open(row->json, NULL, '[');
    for (size_t f = 0; f < row->analysis->parcels.factors; f++)
        html_real(row->json, NULL, values[f], decimals);
    html_close(row->json, ']');
}

/* Points of the score by factor: they add up to it. */
static void put_points(const struct row *row)
{
    const struct analysis *a = row->analysis;
    double points[FACTORS_MAX];
    if (combination_adds_up(a->plan->config))
        parcel_contributions(row->parcel, a->weight, a->parcels.factors,
                             points);
    else
        for (size_t f = 0; f < a->parcels.factors; f++)
            points[f] = (double)NAN;
    put_list(row, points, 2);
}

/* Of each factor that lifts the class by itself: its number from 0, membership
 * and value to reach. */
static void put_raises(struct row *row)
{
    struct raise raises[FACTORS_MAX];
    const struct raise_parcel about = {row->parcel->class, row->parcel->score,
                                       row->membership, row->value};
    raises_of(&row->raises, &about, raises);
    html_open(row->json, NULL, '[');
    for (size_t f = 0; f < row->analysis->parcels.factors; f++) {
        if (!raises[f].enough)
            continue;
        html_open(row->json, NULL, '[');
        html_integer(row->json, NULL, (long long)f);
        html_real(row->json, NULL, raises[f].membership, 3);
        html_real(row->json, NULL, raises[f].value, 2);
        html_close(row->json, ']');
    }
    html_close(row->json, ']');
}

/* Mean, standard deviation, probability of S1 and S2, range of the rank. */
static void put_spread(const struct row *row)
{
    const struct parcels *parcels = &row->analysis->parcels;
    html_open(row->json, NULL, '[');
    if (parcels->spreads) {
        const struct spread *s =
            &parcels->spreads[row->parcel - parcels->items];
        html_real(row->json, NULL, s->mean, 1);
        html_real(row->json, NULL, s->sd, 1);
        html_real(row->json, NULL, s->good, 3);
        html_integer(row->json, NULL, s->rank_low);
        html_integer(row->json, NULL, s->rank_high);
    }
    html_close(row->json, ']');
}

/* Score, class, rank, year of planting under the project and each scenario. */
static void put_scenarios(const struct row *row)
{
    const struct analysis *a = row->analysis;
    html_open(row->json, NULL, '[');
    for (size_t i = 0; i < a->scenarios.count; i++) {
        const struct scenario_parcel *p =
            &a->scenarios.items[i].parcels[row->parcel - a->parcels.items];
        html_open(row->json, NULL, '[');
        html_real(row->json, NULL, p->score, 2);
        html_integer(row->json, NULL, (int)p->class);
        html_integer(row->json, NULL, p->rank);
        html_integer(row->json, NULL, p->year);
        html_close(row->json, ']');
    }
    html_close(row->json, ']');
}

static void put_columns(struct row *row)
{
    struct html_json *json = row->json;
    const struct parcel *p = row->parcel;
    const struct zonal_sums *s = &p->sums;
    for (size_t f = 0; f < row->analysis->parcels.factors; f++) {
        row->membership[f] = parcel_membership(p, f);
        row->value[f] = parcel_raw(p, f);
    }
#define COLUMN(name, put) put;
#include "output/html/columns.def"
#undef COLUMN
}

static void put_names(struct html_json *json)
{
    static const char *const names[] = {
#define COLUMN(name, put) #name,
#include "output/html/columns.def"
#undef COLUMN
        "rings"};
    html_open(json, "columns", '[');
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        html_text(json, NULL, names[i]);
    html_close(json, ']');
}

static const struct feature *feature_of(const struct row *row)
{
    return &row->analysis->parcels.vector->features[row->parcel->feature];
}

static enum terramis_status put_rows(struct row *row, struct geos *geos,
                                     const struct parcel *const *order,
                                     size_t count)
{
    struct html_json *json = row->json;
    for (size_t i = 0; i < count; i++) {
        row->parcel = order[i];
        TRY(html_communes_find(row->communes, feature_of(row), order[i]->id,
                               &row->commune));
        html_open(json, NULL, '[');
        put_columns(row);
        TRY(put_geometry(row, geos));
        html_close(json, ']');
        text_add(&json->out, "\n");
        html_flush(json);
    }
    return TERRAMIS_OK;
}

enum terramis_status html_put_parcels(struct html_json *json,
                                      const struct analysis *analysis,
                                      struct geos *geos,
                                      struct html_communes *communes,
                                      size_t limit)
{
    const struct parcel **order = NULL;
    struct row row = {.json = json, .analysis = analysis, .communes = communes};
    size_t count;
    enum terramis_status status;
    TRY_DONE(raises_open(&row.raises, analysis->plan->config));
    TRY_DONE(ranking_of(&analysis->parcels, &order, &count));
    put_names(json);
    html_open(json, "parcels", '[');
    TRY_DONE(put_rows(&row, geos, order, count < limit ? count : limit));
    html_close(json, ']');
done:
    raises_close(&row.raises);
    outline_release(&row.outline);
    free(order);
    return status;
}
