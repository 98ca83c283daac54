/* Shares of single cells that the mosaic gives, against GEOS and by hand; as
 * areas of a set (swept) and of a parcel (signed areas along its edges). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "overlay/mosaic.h"
#include "unit/overlay/shapes.h"

enum {
    MOST = 64 /* columns and rows of the largest grid here */
};

static const double west = 500000, north = 6930000; /* as in Lambert-93 */

enum {
    TERRITORY,
    KIND,
    PARCEL = MOSAIC_SETS
};

static const struct mosaic_rule rule = {.territory = 1U << TERRITORY,
                                        .kinds = {1U << KIND},
                                        .kind_count = 1,
                                        .first_constraint = 2,
                                        .constraint_count = 0};

/* A mosaic, and what the shape is in it. */
struct cover {
    struct mosaic *mosaic;
    bool parcel;
};

static struct cover new_cover(bool parcel)
{
    struct cover c = {.parcel = parcel};
    assert_int_equal(mosaic_new(&c.mosaic, MOST), TERRAMIS_OK);
    return c;
}

static void add_everything(struct mosaic *mosaic, int label)
{
    struct shape all;
    shape_clear(&all);
    shape_box(&all, west - 2e6, north - 2e7, west + 2e6, north + 2e6, false);
    assert_int_equal(mosaic_add(mosaic, &all.rings, label), TERRAMIS_OK);
}

/* All cells of `grid`, into out[ny][nx]. */
static void cover(struct cover *c, const struct shape *s,
                  const struct grid *grid, float *out)
{
    const struct piece_list *land, *parcels, *pieces;
    mosaic_begin(c->mosaic, grid);
    add_everything(c->mosaic, TERRITORY);
    if (c->parcel)
        add_everything(c->mosaic, KIND);
    assert_int_equal(
        mosaic_add(c->mosaic, &s->rings, c->parcel ? PARCEL : KIND),
        TERRAMIS_OK);
    assert_int_equal(mosaic_cut(c->mosaic, &rule, &land, &parcels),
                     TERRAMIS_OK);
    memset(out, 0, grid_cells(grid) * sizeof *out);
    pieces = c->parcel ? parcels : land;
    for (size_t i = 0; i < pieces->count; i++) {
        const struct piece *p = &pieces->items[i];
        for (uint32_t k = 0; p->kinds && k < p->run; k++)
            out[p->cell + k] += (float)p->share / MOSAIC_ONE;
    }
}

static void check_golden(const struct shape *s, const struct grid *grid,
                         const double *expected)
{
    for (int parcel = 0; parcel < 2; parcel++) {
        struct cover c = new_cover(parcel);
        float out[MOST * MOST];
        cover(&c, s, grid, out);
        for (int i = 0; i < grid->nx * grid->ny; i++)
            if (fabs((double)out[i] - expected[i]) > 2e-7) {
                print_message("cell %d: %.9f, expected %.9f\n", i,
                              (double)out[i], expected[i]);
                assert_true(false);
            }
        mosaic_free(c.mosaic);
    }
}

static void golden_triangle(void **state)
{
    (void)state;
    /* Right angle at the south-west corner of a 3 x 3 grid, legs of 3 cells */
    struct shape s;
    struct grid grid = {0, 3, 1, 3, 3};
    const double xy[] = {0, 0, 3, 0, 0, 3};
    const double expected[] = {0.5, 0, 0, 1, 0.5, 0, 1, 1, 0.5};
    shape_clear(&s);
    shape_ring(&s, xy, 3, false);
    check_golden(&s, &grid, expected);
}

static void golden_slope(void **state)
{
    (void)state;
    /* Under the line from (0, 0) to (4, 1): trapezoids of an eighth each */
    struct shape s;
    struct grid grid = {0, 2, 1, 4, 2};
    const double xy[] = {0, 0, 4, 0, 4, 1};
    const double expected[] = {0, 0, 0, 0, 0.125, 0.375, 0.625, 0.875};
    shape_clear(&s);
    shape_ring(&s, xy, 3, false);
    check_golden(&s, &grid, expected);
}

static void golden_hole(void **state)
{
    (void)state;
    /* A square from 0.5 to 3.5 with a hole from 1.25 to 2 */
    struct shape s;
    struct grid grid = {0, 4, 1, 4, 4};
    const double expected[] = {0.25, 0.5, 0.5, 0.25,       0.5, 1,
                               1,    0.5, 0.5, 1 - 0.5625, 1,   0.5,
                               0.25, 0.5, 0.5, 0.25};
    shape_clear(&s);
    shape_box(&s, 0.5, 0.5, 3.5, 3.5, false);
    shape_box(&s, 1.25, 1.25, 2, 2, true);
    check_golden(&s, &grid, expected);
}

/* A comb whose 20 teeth cross the west side of a cell 40 times: more than are
 * sorted by insertion. A quarter of each tooth lies beyond. */
static void golden_comb(void **state)
{
    (void)state;
    enum {
        TEETH = 20
    };
    struct shape s;
    struct grid grid = {0, 1, 1, 2, 1};
    double xy[4 * TEETH + 6] = {1.9, 0.25, 1.9, 0.75, 1.5, 0.75};
    for (int i = 0; i < TEETH; i++) {
        double *tip = xy + 6 + 4 * i, top = 0.75 - 0.025 * i;
        tip[0] = 0.5;
        tip[1] = top - 0.0125;
        tip[2] = 1.5;
        tip[3] = top - 0.025;
    }
    xy[sizeof xy / sizeof *xy - 1] = 0.25;
    const double expected[] = {0.0625, 0.1875 + 0.2};
    shape_clear(&s);
    shape_ring(&s, xy, sizeof xy / sizeof *xy / 2, false);
    check_golden(&s, &grid, expected);

    /* twice is once */
    const struct piece_list *land, *parcels;
    struct cover c = new_cover(false);
    mosaic_begin(c.mosaic, &grid);
    add_everything(c.mosaic, TERRITORY);
    for (int i = 0; i < 2; i++)
        assert_int_equal(mosaic_add(c.mosaic, &s.rings, KIND), TERRAMIS_OK);
    assert_int_equal(mosaic_cut(c.mosaic, &rule, &land, &parcels), TERRAMIS_OK);
    double shares[2] = {0};
    for (size_t i = 0; i < land->count; i++)
        if (land->items[i].kinds)
            shares[land->items[i].cell] +=
                (double)land->items[i].share / MOSAIC_ONE;
    for (int i = 0; i < 2; i++)
        assert_true(fabs(shares[i] - expected[i]) < 2e-7);
    mosaic_free(c.mosaic);
}

static void golden_borders(void **state)
{
    (void)state;
    /* Edges on cell borders; metres, 5 m cells; a second part in one cell */
    struct shape s;
    struct grid grid = {west, north, 5, 3, 2};
    const double expected[] = {1, 1, 0, 0, 0, 0.04};
    shape_clear(&s);
    shape_box(&s, west, north - 5, west + 10, north, false);
    shape_box(&s, west + 12, north - 9, west + 13, north - 8, false);
    check_golden(&s, &grid, expected);
}

static void degenerate_rings(void **state)
{
    (void)state;
    struct shape s;
    struct grid grid = {0, 4, 1, 4, 4};
    struct cover c = new_cover(*(bool *)*state);
    float out[16];
    shape_clear(&s);
    cover(&c, &s, &grid, out); /* no ring */
    for (int i = 0; i < 16; i++)
        assert_true(out[i] == 0);
    const double line[] = {0.5, 0.5, 3, 2.5, 1.75, 1.5};
    shape_ring(&s, line, 3, false); /* there and back */
    const double point[] = {1.5, 1.5, 1.5, 1.5, 1.5, 1.5};
    shape_ring(&s, point, 3, false);
    cover(&c, &s, &grid, out);
    for (int i = 0; i < 16; i++)
        assert_true(out[i] == 0);
    const double repeated[] = {1, 1, 1, 1, 3, 1, 3, 1, 3, 3, 1, 3, 1, 3};
    shape_ring(&s, repeated, 7, false);
    cover(&c, &s, &grid, out);
    for (int i = 0; i < 16; i++)
        assert_true(out[i] == (i % 4 % 3 && i / 4 % 3 ? 1 : 0));
    for (int k = 0; k < 2; k++) {
        s.xy[0] = k ? 1e300 : (double)NAN;
        cover(&c, &s, &grid, out);
        for (int i = 0; i < 16; i++)
            assert_true(out[i] == 0);
    }
    mosaic_free(c.mosaic);
}

static void beyond_the_grid(void **state)
{
    (void)state;
    struct grid grid = {west, north, 5, 20, 10};
    struct cover c = new_cover(*(bool *)*state);
    float out[200];
    const double far = 1e5;
    /* to the west, east, north, south: nothing; a corner between: nothing */
    for (int side = 0; side < 4; side++) {
        struct shape s;
        shape_clear(&s);
        double dx = (side == 0 ? -1 : side == 1) * 2 * far;
        double dy = (side == 2 ? -1 : side == 3) * 2 * far;
        shape_box(&s, west + dx - far, north + dy - far, west + dx + far,
                  north + dy + far, false);
        cover(&c, &s, &grid, out);
        for (int i = 0; i < 200; i++)
            assert_true(out[i] == 0);
    }
    /* around it all, with slanted edges: exactly 1 */
    struct shape s;
    const double xy[] = {west - far,       north - 0.7 * far, west + 1.3 * far,
                         north - far,      west + far,        north + far,
                         west - 1.1 * far, north + far};
    shape_clear(&s);
    shape_ring(&s, xy, 4, false);
    cover(&c, &s, &grid, out);
    for (int i = 0; i < 200; i++)
        assert_true(out[i] == 1);
    mosaic_free(c.mosaic);
}

/* A triangle far longer than wide. */
static void sliver(struct shape *s, uint64_t *seed, const struct grid *grid)
{
    double side = grid->nx * grid->cell, thin[2], xy[6];
    double width = grid->cell * pow(10, between(seed, -6, -1));
    for (int i = 0; i < 2; i++) {
        xy[2 * i] = grid->xmin + between(seed, -0.5, 1.5) * side;
        xy[2 * i + 1] = grid->ymax - between(seed, -0.5, 1.5) * side;
        thin[i] = between(seed, -1, 1) * width;
    }
    xy[4] = xy[2] + thin[0];
    xy[5] = xy[3] + thin[1];
    shape_ring(s, xy, 3, false);
}

static void random_shape(struct shape *s, uint64_t *seed,
                         const struct grid *grid)
{
    double width = grid->nx * grid->cell;
    shape_clear(s);
    if (below(seed, 8) == 0) {
        sliver(s, seed, grid);
        return;
    }
    int parts = 1 + below(seed, 3);
    double size = pow(10, between(seed, -1.5, 1)) * grid->cell;
    double x = grid->xmin + between(seed, -0.2, 1.2) * width;
    double y = grid->ymax - between(seed, -0.2, 1.2) * width;
    double snaps[] = {0, 0, 0, grid->cell, grid->cell / 2};
    double snap = snaps[below(seed, 5)];
    if (below(seed, 20) == 0)
        size = 1e4 * grid->cell;
    for (int i = 0; i < parts; i++) {
        int n = 3 + below(seed, 12);
        shape_star(s, seed, x, y, 0.6 * size, size, n, snap, false);
        if (uniform(seed) < 0.4)
            shape_star(s, seed, x, y, 0.1 * size, 0.29 * size,
                       3 + below(seed, 6), snap, true);
        x += 2.1 * size; /* clear of the last */
        size *= between(seed, 0.5, 1);
        x += 0.1 * size;
    }
}

/* Compares all cells of one shape; returns how many are covered in part. */
static int compare_with_geos(GEOSContextHandle_t geos, struct cover *c,
                             const struct shape *s, const struct grid *grid,
                             double *worst)
{
    float out[MOST * MOST];
    GEOSGeometry *g = shape_geos(geos, s);
    int cells = 0;
    if (GEOSisValid_r(geos, g) == 1) {
        cover(c, s, grid, out);
        for (int row = 0; row < grid->ny; row++)
            for (int col = 0; col < grid->nx; col++) {
                double xmin = grid->xmin + col * grid->cell;
                double ymax = grid->ymax - row * grid->cell, area = 0;
                GEOSGeometry *cell = GEOSGeom_createRectangle_r(
                    geos, xmin, ymax - grid->cell, xmin + grid->cell, ymax);
                GEOSGeometry *both = GEOSIntersection_r(geos, g, cell);
                GEOSArea_r(geos, both, &area);
                double is = (double)out[row * grid->nx + col];
                double error = fabs(is - area / (grid->cell * grid->cell));
                cells += is > 0 && is < 1;
                *worst = error > *worst ? error : *worst;
                GEOSGeom_destroy_r(geos, both);
                GEOSGeom_destroy_r(geos, cell);
            }
    }
    GEOSGeom_destroy_r(geos, g);
    return cells;
}

static void equals_geos(void **state)
{
    (void)state;
    GEOSContextHandle_t geos = GEOS_init_r();
    struct cover c = new_cover(*(bool *)*state);
    const double sizes[] = {5, 1, 25, 0.5};
    uint64_t seed = 1;
    double worst = 0;
    for (int cells = 0, i = 0; cells < 120000 / SLOWER; i++) {
        double cell = sizes[i % 4];
        struct grid grid = {west, north, cell, 6, 5};
        struct shape s;
        random_shape(&s, &seed, &grid);
        cells += compare_with_geos(geos, &c, &s, &grid, &worst);
    }
    print_message("largest difference from GEOS: %.2g of a cell\n", worst);
    assert_true(worst <= 1e-6);
    mosaic_free(c.mosaic);
    GEOS_finish_r(geos);
}

/* The triangles of a Delaunay triangulation share their edges. */
static void partition_sums_to_one(void **state)
{
    (void)state;
    enum {
        N = 500
    };
    GEOSContextHandle_t geos = GEOS_init_r();
    struct grid grid = {west, north, 5, 40, 30};
    struct cover c = new_cover(*(bool *)*state);
    static double sum[40 * 30], xy[2 * N];
    double worst = 0;
    memset(sum, 0, sizeof sum);
    uint64_t seed = 3;
    for (int i = 0; i < N; i++) {
        double spread = i < 20 ? 1e4 : 150; /* the hull covers the grid */
        xy[2 * i] = west + 100 + between(&seed, -spread, spread);
        xy[2 * i + 1] = north - 75 + between(&seed, -spread, spread);
    }
    GEOSCoordSequence *q = GEOSCoordSeq_copyFromBuffer_r(geos, xy, N, 0, 0);
    GEOSGeometry *line = GEOSGeom_createLineString_r(geos, q);
    GEOSGeometry *mesh = GEOSDelaunayTriangulation_r(geos, line, 0, 0);
    int n = GEOSGetNumGeometries_r(geos, mesh);
    assert_true(n > N);
    for (int i = 0; i < n; i++) {
        const GEOSGeometry *t = GEOSGetGeometryN_r(geos, mesh, i);
        double ring[8];
        GEOSCoordSeq_copyToBuffer_r(
            geos, GEOSGeom_getCoordSeq_r(geos, GEOSGetExteriorRing_r(geos, t)),
            ring, 0, 0);
        struct shape s;
        float out[40 * 30];
        shape_clear(&s);
        shape_ring(&s, ring, 3, false);
        cover(&c, &s, &grid, out);
        for (int k = 0; k < 40 * 30; k++)
            sum[k] += (double)out[k];
    }
    for (int k = 0; k < 40 * 30; k++)
        worst = fmax(worst, fabs(sum[k] - 1));
    print_message("partition: %.2g\n", worst);
    assert_true(worst < 1e-6); /* shares of 2^-22 */
    GEOSGeom_destroy_r(geos, mesh);
    GEOSGeom_destroy_r(geos, line);
    mosaic_free(c.mosaic);
    GEOS_finish_r(geos);
}

static void shift_by_cells(void **state)
{
    struct cover c = new_cover(*(bool *)*state);
    struct grid grid = {west, north, 5, 30, 30};
    uint64_t seed = 5;
    for (int i = 0; i < 2000 / SLOWER; i++) {
        struct shape s;
        float out[900], moved[900];
        shape_clear(&s);
        shape_star(&s, &seed, west + 75, north - 75, 1, 60,
                   3 + below(&seed, 30), 0, false);
        cover(&c, &s, &grid, out);
        for (size_t k = 0; k < s.start[1]; k++) {
            s.xy[2 * k] += 5;
            s.xy[2 * k + 1] -= 10;
        }
        cover(&c, &s, &grid, moved);
        for (int row = 2; row < 30; row++)
            for (int col = 1; col < 30; col++)
                assert_true(moved[row * 30 + col] ==
                            out[(row - 2) * 30 + col - 1]);
    }
    mosaic_free(c.mosaic);
}

static void same_bits_in_every_tiling(void **state)
{
    struct cover c = new_cover(*(bool *)*state);
    uint64_t seed = 6;
    const double sizes[] = {5, 0.1, 7.3};
    for (int i = 0; i < 3000 / SLOWER; i++) {
        struct grid all;
        double cell = sizes[i % 3];
        struct rect area = {west, north - 39 * cell, west + 39 * cell, north};
        assert_true(grid_cover(area, cell, &all));
        struct shape s;
        float out[MOST * MOST], part[MOST * MOST];
        random_shape(&s, &seed, &all);
        cover(&c, &s, &all, out);
        int col = below(&seed, 30), row = below(&seed, 30);
        struct window w = {col, row, 1 + below(&seed, all.nx - col),
                           1 + below(&seed, all.ny - row)};
        struct grid tile = grid_part(&all, w);
        cover(&c, &s, &tile, part);
        for (int r = 0; r < w.ny; r++)
            assert_memory_equal(part + r * w.nx, out + (row + r) * all.nx + col,
                                (size_t)w.nx * sizeof *out);
    }
    mosaic_free(c.mosaic);
}

static bool as_set = false, as_parcel = true;

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden_triangle),
        cmocka_unit_test(golden_slope),
        cmocka_unit_test(golden_hole),
        cmocka_unit_test(golden_comb),
        cmocka_unit_test(golden_borders),
        cmocka_unit_test_prestate(degenerate_rings, &as_set),
        cmocka_unit_test_prestate(degenerate_rings, &as_parcel),
        cmocka_unit_test_prestate(beyond_the_grid, &as_set),
        cmocka_unit_test_prestate(beyond_the_grid, &as_parcel),
        cmocka_unit_test_prestate(equals_geos, &as_set),
        cmocka_unit_test_prestate(equals_geos, &as_parcel),
        cmocka_unit_test_prestate(partition_sums_to_one, &as_set),
        cmocka_unit_test_prestate(partition_sums_to_one, &as_parcel),
        cmocka_unit_test_prestate(shift_by_cells, &as_set),
        cmocka_unit_test_prestate(shift_by_cells, &as_parcel),
        cmocka_unit_test_prestate(same_bits_in_every_tiling, &as_set),
        cmocka_unit_test_prestate(same_bits_in_every_tiling, &as_parcel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
