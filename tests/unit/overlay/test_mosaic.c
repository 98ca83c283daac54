/* The mosaic against GEOS: random overlapping areas and parcels, compared by
 * combination and parcel, and against itself in other tilings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/geos.h"
#include "overlay/mosaic.h"
#include "overlay/outline.h"

enum {
    SIDE = 32,
    TERRITORY = 0,
    KIND_A = 1, /* and B, C after it */
    HOLES = 4,  /* in C */
    CONSTRAINTS = 5,
    CONSTRAINT_COUNT = 2,
    SETS = 7,
    PARCELS = 9,
    PER_SET = 3,
    NEEDLES = 24, /* of a fan */
#ifdef __SANITIZE_ADDRESS__
    CASES = 40
#else
    CASES = 300
#endif
};

static const struct grid grid = {500000, 6930000, 5, SIDE, SIDE};

static const struct mosaic_rule rule = {
    .territory = 1U << TERRITORY,
    .kinds = {1U << KIND_A, 1U << (KIND_A + 1), 1U << (KIND_A + 2)},
    .holes = {0, 0, 1U << HOLES},
    .kind_count = 3,
    .first_constraint = CONSTRAINTS,
    .constraint_count = CONSTRAINT_COUNT};

static uint64_t seed;

static double rnd(void)
{
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (double)(seed >> 11) / 9007199254740992.0;
}

/* A star around a random place; sometimes on whole cells, so that vertices and
 * edges lie on cell borders. */
static GEOSGeometry *random_area(struct geos *geos)
{
    char wkt[8192];
    int n = 3 + (int)(rnd() * 12), used;
    bool snapped = rnd() < 0.3;
    double x = grid.xmin + (rnd() * 1.4 - 0.2) * SIDE * 5;
    double y = grid.ymax - (rnd() * 1.4 - 0.2) * SIDE * 5;
    double radius = rnd() < 0.2 ? 3 : 10 + rnd() * 90, first[2] = {0, 0};
    used = snprintf(wkt, sizeof wkt, "POLYGON((");
    for (int i = 0; i <= n; i++) {
        double a = 2 * M_PI * (i % n) / n, r = radius * (0.3 + 0.7 * rnd());
        double px = x + r * cos(a), py = y + r * sin(a);
        if (snapped) {
            px = round(px / 5) * 5;
            py = round(py / 5) * 5;
        }
        if (i == 0) {
            first[0] = px;
            first[1] = py;
        }
        if (i == n) {
            px = first[0];
            py = first[1];
        }
        used += snprintf(wkt + used, sizeof wkt - (size_t)used, "%s%.17g %.17g",
                         i ? "," : "", px, py);
    }
    snprintf(wkt + used, sizeof wkt - (size_t)used, "))");
    GEOSWKTReader *reader = GEOSWKTReader_create_r(geos->context);
    GEOSGeometry *g = GEOSWKTReader_read_r(geos->context, reader, wkt);
    GEOSWKTReader_destroy_r(geos->context, reader);
    assert_non_null(g);
    if (GEOSisValid_r(geos->context, g) != 1) {
        GEOSGeometry *valid =
            GEOSMakeValidWithParams_r(geos->context, g, geos->repair);
        GEOSGeom_destroy_r(geos->context, g);
        g = geos_only_polygons(geos, valid);
    }
    return g;
}

struct world {
    GEOSGeometry *areas[SETS][PER_SET];
    GEOSGeometry *parcels[PARCELS];
};

/* Parcels: a jittered 3 x 3 partition, so that borders coincide. */
static void make_parcels(struct geos *geos, struct world *w)
{
    double node[4][4][2];
    for (int j = 0; j < 4; j++)
        for (int i = 0; i < 4; i++) {
            node[j][i][0] = grid.xmin + (i * 0.4 - 0.1 + 0.1 * rnd()) * 160;
            node[j][i][1] = grid.ymax - (j * 0.4 - 0.1 + 0.1 * rnd()) * 160;
        }
    for (int p = 0; p < PARCELS; p++) {
        int i = p % 3, j = p / 3;
        const double *q[5] = {node[j][i], node[j][i + 1], node[j + 1][i + 1],
                              node[j + 1][i], node[j][i]};
        GEOSCoordSequence *s = GEOSCoordSeq_create_r(geos->context, 5, 2);
        for (unsigned k = 0; k < 5; k++)
            GEOSCoordSeq_setXY_r(geos->context, s, k, q[k][0], q[k][1]);
        w->parcels[p] = GEOSGeom_createPolygon_r(
            geos->context, GEOSGeom_createLinearRing_r(geos->context, s), NULL,
            0);
    }
}

static void make_world(struct geos *geos, struct world *w)
{
    for (int s = 0; s < SETS; s++)
        for (int i = 0; i < PER_SET; i++)
            w->areas[s][i] = random_area(geos);
    make_parcels(geos, w);
}

static void free_world(struct geos *geos, struct world *w)
{
    for (int s = 0; s < SETS; s++)
        for (int i = 0; i < PER_SET; i++)
            GEOSGeom_destroy_r(geos->context, w->areas[s][i]);
    for (int p = 0; p < PARCELS; p++)
        GEOSGeom_destroy_r(geos->context, w->parcels[p]);
}

static void add(struct geos *geos, struct mosaic *m, struct outline *outline,
                const GEOSGeometry *g, int label)
{
    outline_clear(outline);
    assert_int_equal(outline_add(outline, geos, g), TERRAMIS_OK);
    struct rings rings = outline_rings(outline);
    assert_int_equal(mosaic_add(m, &rings, label), TERRAMIS_OK);
}

static void begin(struct geos *geos, struct mosaic *m, const struct world *w,
                  const struct grid *tile)
{
    struct outline outline = {0};
    mosaic_begin(m, tile);
    for (int s = 0; s < SETS; s++)
        for (int i = 0; i < PER_SET; i++)
            add(geos, m, &outline, w->areas[s][i], s);
    outline_release(&outline);
}

static void cut(struct geos *geos, struct mosaic *m, const struct world *w,
                const struct grid *tile, const struct piece_list **land,
                const struct piece_list **parcels)
{
    struct outline outline = {0};
    begin(geos, m, w, tile);
    for (int p = 0; p < PARCELS; p++)
        add(geos, m, &outline, w->parcels[p], MOSAIC_SETS + p);
    assert_int_equal(mosaic_cut(m, &rule, land, parcels), TERRAMIS_OK);
    outline_release(&outline);
}

static GEOSGeometry *set_union(struct geos *geos, const struct world *w, int s)
{
    GEOSGeometry *parts[PER_SET], *all;
    for (int i = 0; i < PER_SET; i++)
        parts[i] = GEOSGeom_clone_r(geos->context, w->areas[s][i]);
    assert_int_equal(geos_union(geos, parts, PER_SET, &all), TERRAMIS_OK);
    return all;
}

static void replace(struct geos *geos, GEOSGeometry **g, GEOSGeometry *by)
{
    assert_non_null(by);
    GEOSGeom_destroy_r(geos->context, *g);
    *g = by;
}

/* Area of one combination by GEOS, in cells. */
static double geos_area(struct geos *geos, GEOSGeometry *const sets[SETS],
                        const GEOSGeometry *within, unsigned kinds,
                        int constraint)
{
    GEOSContextHandle_t c = geos->context;
    GEOSGeometry *g = GEOSIntersection_r(c, sets[TERRITORY], within);
    for (int k = 0; k < 3; k++) {
        GEOSGeometry *kind =
            k == 2 ? GEOSDifference_r(c, sets[KIND_A + k], sets[HOLES])
                   : GEOSGeom_clone_r(c, sets[KIND_A + k]);
        replace(geos, &g,
                kinds >> k & 1 ? GEOSIntersection_r(c, g, kind)
                               : GEOSDifference_r(c, g, kind));
        GEOSGeom_destroy_r(c, kind);
    }
    int last = kinds == 0 ? 0 : constraint < 0 ? CONSTRAINT_COUNT : constraint;
    for (int i = 0; i < last; i++)
        replace(geos, &g, GEOSDifference_r(c, g, sets[CONSTRAINTS + i]));
    if (kinds != 0 && constraint >= 0)
        replace(geos, &g,
                GEOSIntersection_r(c, g, sets[CONSTRAINTS + constraint]));
    double area = 0;
    GEOSArea_r(c, g, &area);
    GEOSGeom_destroy_r(c, g);
    return area / 25;
}

static double sum_pieces(const struct piece_list *list, int parcel,
                         unsigned kinds, int constraint)
{
    double sum = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct piece *p = &list->items[i];
        if (p->parcel == parcel && p->kinds == kinds &&
            p->constraint == constraint)
            sum += (double)p->share * p->run / MOSAIC_ONE;
    }
    return sum;
}

static void compare_world(struct geos *geos, const struct world *w,
                          const struct piece_list *land,
                          const struct piece_list *parcels)
{
    GEOSGeometry *sets[SETS], *tile = geos_rectangle(geos, grid_rect(&grid));
    for (int s = 0; s < SETS; s++)
        sets[s] = set_union(geos, w, s);
    for (unsigned kinds = 0; kinds < 8; kinds++)
        for (int constraint = -1; constraint < CONSTRAINT_COUNT; constraint++) {
            if (kinds == 0 && constraint >= 0)
                continue;
            double expected = geos_area(geos, sets, tile, kinds, constraint);
            double found =
                sum_pieces(land, MOSAIC_NO_PARCEL, kinds, constraint);
            /* each piece of a cell is rounded to 2^-22 */
            assert_true(fabs(expected - found) < 1e-4);
            for (int p = 0; kinds != 0 && p < PARCELS; p++) {
                GEOSGeometry *inside =
                    GEOSIntersection_r(geos->context, tile, w->parcels[p]);
                expected = geos_area(geos, sets, inside, kinds, constraint);
                found = sum_pieces(parcels, p, kinds, constraint);
                assert_true(fabs(expected - found) < 1e-4);
                GEOSGeom_destroy_r(geos->context, inside);
            }
        }
    for (int s = 0; s < SETS; s++)
        GEOSGeom_destroy_r(geos->context, sets[s]);
    GEOSGeom_destroy_r(geos->context, tile);
}

static void agrees_with_geos(void **state)
{
    (void)state;
    struct geos geos;
    struct mosaic *m = NULL;
    assert_int_equal(geos_open(&geos), TERRAMIS_OK);
    assert_int_equal(mosaic_new(&m, SIDE), TERRAMIS_OK);
    for (int i = 0; i < CASES; i++) {
        struct world w;
        const struct piece_list *land, *parcels;
        seed = (uint64_t)i * 7919 + 1;
        make_world(&geos, &w);
        cut(&geos, m, &w, &grid, &land, &parcels);
        compare_world(&geos, &w, land, parcels);
        free_world(&geos, &w);
    }
    mosaic_free(m);
    geos_close(&geos);
}

/* Cells as a table: share of each combination and parcel, in a fixed order. */
static int by_cell(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(int64_t) * 5);
}

static size_t unroll(const struct piece_list *list, const struct grid *tile,
                     int col, int row, int64_t (*out)[5])
{
    size_t n = 0;
    for (size_t i = 0; i < list->count; i++)
        for (uint32_t k = 0; k < list->items[i].run; k++) {
            const struct piece *p = &list->items[i];
            int64_t cell = p->cell + k;
            out[n][0] = (cell / tile->nx + row) * SIDE + cell % tile->nx + col;
            out[n][1] = p->share;
            out[n][2] = p->parcel;
            out[n][3] = p->kinds;
            out[n][4] = p->constraint;
            n++;
        }
    return n;
}

enum {
    MOST = SIDE * SIDE * 40
};

static void same_in_every_tiling(void **state)
{
    (void)state;
    struct geos geos;
    struct mosaic *m = NULL;
    int64_t(*whole)[5] = calloc(MOST, sizeof *whole);
    int64_t(*parts)[5] = calloc(MOST, sizeof *parts);
    assert_int_equal(geos_open(&geos), TERRAMIS_OK);
    assert_int_equal(mosaic_new(&m, SIDE), TERRAMIS_OK);
    for (int i = 0; i < CASES / 10; i++) {
        struct world w;
        const struct piece_list *land, *parcels;
        seed = (uint64_t)i * 104729 + 5;
        make_world(&geos, &w);
        cut(&geos, m, &w, &grid, &land, &parcels);
        size_t n = unroll(land, &grid, 0, 0, whole), k = 0;
        n += unroll(parcels, &grid, 0, 0, whole + n);
        for (int t = 0; t < 4; t++) {
            struct window window = {t % 2 * 11, t / 2 * 20,
                                    t % 2 ? SIDE - 11 : 11,
                                    t / 2 ? SIDE - 20 : 20};
            struct grid tile = grid_part(&grid, window);
            cut(&geos, m, &w, &tile, &land, &parcels);
            k += unroll(land, &tile, window.col, window.row, parts + k);
            k += unroll(parcels, &tile, window.col, window.row, parts + k);
        }
        assert_int_equal(n, k);
        qsort(whole, n, sizeof *whole, by_cell);
        qsort(parts, n, sizeof *parts, by_cell);
        assert_memory_equal(whole, parts, n * sizeof *whole);
        free_world(&geos, &w);
    }
    free(whole);
    free(parts);
    mosaic_free(m);
    geos_close(&geos);
}

/* Parcels that meet in a place: more edges in the cells around it than there
 * may be chains. */
static void add_fan(struct mosaic *m, double x, double y)
{
    for (int i = 0; i < NEEDLES; i++) {
        double a = 2 * M_PI * i / NEEDLES, b = 2 * M_PI * (i + 1) / NEEDLES;
        double xy[8] = {x,
                        y,
                        x + 2.4 * cos(a),
                        y + 2.4 * sin(a),
                        x + 2.4 * cos(b),
                        y + 2.4 * sin(b),
                        x,
                        y};
        const size_t start[] = {0, 4};
        rings_orient(xy, 4, true);
        struct rings rings = {xy, start, 1};
        assert_int_equal(mosaic_add(m, &rings, MOSAIC_SETS + i), TERRAMIS_OK);
    }
}

/* One rounding in thousands shows: in these cases it did. */
static void land_is_the_same_for_any_parcels(void **state)
{
    const uint64_t cases[] = {72, 215, 298};
    (void)state;
    struct geos geos;
    struct mosaic *m = NULL;
    int64_t(*without)[5] = calloc(MOST, sizeof *without);
    int64_t(*with)[5] = calloc(MOST, sizeof *with);
    assert_int_equal(geos_open(&geos), TERRAMIS_OK);
    assert_int_equal(mosaic_new(&m, SIDE), TERRAMIS_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world w;
        const struct piece_list *land, *parcels;
        seed = cases[i] * 15485863 + 3;
        make_world(&geos, &w);
        begin(&geos, m, &w, &grid);
        assert_int_equal(mosaic_cut(m, &rule, &land, &parcels), TERRAMIS_OK);
        size_t n = unroll(land, &grid, 0, 0, without);
        begin(&geos, m, &w, &grid);
        for (int cell = 0; cell < SIDE * SIDE; cell++)
            add_fan(m, grid_x(&grid, cell % SIDE), grid_y(&grid, cell / SIDE));
        assert_int_equal(mosaic_cut(m, &rule, &land, &parcels), TERRAMIS_OK);
        assert_int_equal(unroll(land, &grid, 0, 0, with), n);
        qsort(without, n, sizeof *without, by_cell);
        qsort(with, n, sizeof *with, by_cell);
        assert_memory_equal(with, without, n * sizeof *with);
        free_world(&geos, &w);
    }
    free(without);
    free(with);
    mosaic_free(m);
    geos_close(&geos);
}

static struct rings square(double *xy, size_t *start, double x, double y,
                           double side)
{
    const double p[10] = {x,        y, x + side, y, x + side,
                          y - side, x, y - side, x, y};
    memcpy(xy, p, sizeof p);
    start[0] = 0;
    start[1] = 5;
    rings_orient(xy, 5, true);
    return (struct rings){xy, start, 1};
}

/* Two parcels share an edge on a cell border; half of a cell is marginal. */
static void golden(void **state)
{
    (void)state;
    struct mosaic *m = NULL;
    const struct grid tile = {0, 10, 5, 2, 2};
    const struct piece_list *land, *parcels;
    double xy[10];
    size_t start[2];
    assert_int_equal(mosaic_new(&m, 2), TERRAMIS_OK);
    mosaic_begin(m, &tile);
    struct rings all = square(xy, start, -5, 15, 20);
    assert_int_equal(mosaic_add(m, &all, TERRITORY), TERRAMIS_OK);
    struct rings kind = square(xy, start, 2.5, 10, 5);
    assert_int_equal(mosaic_add(m, &kind, KIND_A), TERRAMIS_OK);
    struct rings west = square(xy, start, -5, 10, 10); /* to x = 5 */
    assert_int_equal(mosaic_add(m, &west, MOSAIC_SETS), TERRAMIS_OK);
    struct rings east = square(xy, start, 5, 10, 10);
    assert_int_equal(mosaic_add(m, &east, MOSAIC_SETS + 1), TERRAMIS_OK);
    assert_int_equal(mosaic_cut(m, &rule, &land, &parcels), TERRAMIS_OK);
    assert_true(sum_pieces(land, MOSAIC_NO_PARCEL, 1, -1) == 1.0);
    assert_true(sum_pieces(land, MOSAIC_NO_PARCEL, 0, -1) == 3.0);
    assert_true(sum_pieces(parcels, 0, 1, -1) == 0.5);
    assert_true(sum_pieces(parcels, 1, 1, -1) == 0.5);
    mosaic_free(m);
}

/* A ring without points between others adds nothing. */
static void an_empty_ring(void **state)
{
    (void)state;
    struct mosaic *m = NULL;
    const struct grid tile = {0, 10, 5, 2, 2};
    const struct piece_list *land, *parcels;
    double xy[10];
    size_t one[2];
    struct rings rings = square(xy, one, -5, 15, 20);
    const size_t start[] = {0, 0, 5, 5};
    rings.start = start;
    rings.count = 3;
    assert_int_equal(mosaic_new(&m, 2), TERRAMIS_OK);
    mosaic_begin(m, &tile);
    assert_int_equal(mosaic_add(m, &rings, TERRITORY), TERRAMIS_OK);
    assert_int_equal(mosaic_cut(m, &rule, &land, &parcels), TERRAMIS_OK);
    assert_true(sum_pieces(land, MOSAIC_NO_PARCEL, 0, -1) == 4.0);
    mosaic_free(m);
}

static void nothing_at_all(void **state)
{
    (void)state;
    struct mosaic *m = NULL;
    const struct piece_list *land, *parcels;
    assert_int_equal(mosaic_new(&m, SIDE), TERRAMIS_OK);
    mosaic_begin(m, &grid);
    const double flat[] = {500000, 6930000, 500010, 6930000, 500000, 6930000};
    const double broken[] = {500000, NAN, 500010, 6930000, 500000, NAN};
    const size_t start[] = {0, 3};
    struct rings rings = {flat, start, 1};
    assert_int_equal(mosaic_add(m, &rings, TERRITORY), TERRAMIS_OK);
    rings.xy = broken;
    assert_int_equal(mosaic_add(m, &rings, TERRITORY), TERRAMIS_OK);
    assert_int_equal(mosaic_cut(m, &rule, &land, &parcels), TERRAMIS_OK);
    assert_int_equal(land->count, 0);
    assert_int_equal(parcels->count, 0);
    mosaic_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(land_is_the_same_for_any_parcels),
        cmocka_unit_test(golden),
        cmocka_unit_test(an_empty_ring),
        cmocka_unit_test(nothing_at_all),
        cmocka_unit_test(agrees_with_geos),
        cmocka_unit_test(same_in_every_tiling)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
