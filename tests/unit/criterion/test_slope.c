#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "criterion/criterion.h"
#include "unit/reader.h"

enum {
    NX = 80,
    NY = 60
};

enum {
    PERCENT,
    DEGREE
};

extern const struct criterion_op criterion_slope;

/* params is struct slope { int unit; } */
static float slope_at(const float heights[9], double dx, double dy, int unit)
{
    float out = -1;
    criterion_slope.kernel->run(heights, 1, 1, dx, dy, &unit, &out);
    return out;
}

static void planes_have_their_slope(void **state)
{
    (void)state;
    for (int i = 0; i < 200; i++) {
        double east = (i % 15 - 7) / 6.0, north = (i % 13 - 6) / 9.0;
        double dx = 5 + i % 3, dy = 5 + i % 4;
        float heights[9];
        for (int row = 0; row < 3; row++)
            for (int col = 0; col < 3; col++)
                heights[row * 3 + col] =
                    (float)(100 + east * dx * col - north * dy * row);
        double slope = hypot(east, north);
        assert_true(fabs((double)slope_at(heights, dx, dy, PERCENT) -
                         100 * slope) < 1e-3);
        assert_true(fabs((double)slope_at(heights, dx, dy, DEGREE) -
                         atan(slope) * 180 / M_PI) < 1e-3);
    }
    const float steep[9] = {0, 5, 10, 0, 5, 10, 0, 5, 10};
    assert_true(slope_at(steep, 5, 5, PERCENT) == 100);
    assert_true(slope_at(steep, 5, 5, DEGREE) == 45);
    const float flat[9] = {7, 7, 7, 7, 7, 7, 7, 7, 7};
    assert_true(slope_at(flat, 5, 5, PERCENT) == 0);
}

static void any_hole_gives_no_slope(void **state)
{
    (void)state;
    for (int hole = 0; hole < 9; hole++) {
        float heights[9] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        heights[hole] = NAN;
        assert_true(isnan(slope_at(heights, 5, 5, PERCENT)));
        assert_true(isnan(slope_at(heights, 5, 5, DEGREE)));
    }
}

/* The kernel reads nothing but a margin of one cell, writes nothing else. */
static void the_halo_is_one_cell(void **state)
{
    (void)state;
    enum {
        N = 12
    };
    float in[(N + 2) * (N + 2)], same[(N + 2) * (N + 2)], out[N * N + 2];
    for (int i = 0; i < (N + 2) * (N + 2); i++)
        in[i] = same[i] = (float)(i * i % 97);
    out[0] = out[N * N + 1] = 55;
    int unit = PERCENT;
    criterion_slope.kernel->run(in, N, N, 5, 5, &unit, out + 1);
    assert_true(out[0] == 55 && out[N * N + 1] == 55);
    assert_memory_equal(in, same, sizeof in);
    for (int row = 0; row < N; row++)
        for (int col = 0; col < N; col++) {
            float nine[9];
            for (int k = 0; k < 9; k++)
                nine[k] = in[(row + k / 3) * (N + 2) + col + k % 3];
            assert_true(out[1 + row * N + col] == slope_at(nine, 5, 5, unit));
        }
    assert_int_equal(criterion_slope.kernel->halo, 1);
}

static double terrain(double col, double row)
{
    if (((int)col % 17 == 3 && (int)row % 13 == 5) || (col > 60 && row > 50))
        return -32768; /* voids */
    return 80 + 30 * sin(col / 6) * cos(row / 8) + 0.3 * col;
}

static double cone(double col, double row)
{
    return 500 - 2 * hypot(col - 39.5, row - 29.5); /* 5 m cells: 40 % */
}

static void write_terrain(const char *path, const char *crs, double cell,
                          double x, double y, double (*height)(double, double))
{
    double *values = array_of(NX, NY, height);
    struct array a = {.nx = NX,
                      .ny = NY,
                      .transform = {x, cell, 0, y, 0, -cell},
                      .crs = crs,
                      .type = GDT_Float32,
                      .nodata = -32768,
                      .has_nodata = true,
                      .values = values};
    write_array(path, &a);
    free(values);
}

static struct opened *open_slope(const char *path, const int *unit)
{
    return open_layer(layer_at(path), "EPSG:2154", RASTER_BILINEAR,
                      criterion_slope.kernel, unit);
}

static float *gdaldem(const char *path, bool percent)
{
    char *arguments[] = {(char[]){"-of"}, (char[]){"MEM"}, (char[]){"-p"},
                         NULL};
    if (!percent)
        arguments[2] = NULL;
    GDALDEMProcessingOptions *options =
        GDALDEMProcessingOptionsNew(arguments, NULL);
    GDALDatasetH source = GDALOpen(path, GA_ReadOnly);
    float *values =
        values_of(GDALDEMProcessing("", source, "slope", NULL, options, NULL));
    GDALClose(source);
    GDALDEMProcessingOptionsFree(options);
    return values;
}

/* On the terrain's own grid, holes and borders included, in one piece and in
 * tiles: windows at the raster's border have no neighbours either. */
static void slopes_as_gdaldem_makes_them(void **state)
{
    struct scratch *s = *state;
    write_terrain(scratch_path(s, "terrain.tif"), "EPSG:2154", 5, 490000,
                  6930000, terrain);
    for (int unit = PERCENT; unit <= DEGREE; unit++) {
        struct opened *o = open_slope(s->path, &unit);
        struct grid grid = {490000, 6930000, 5, NX, NY};
        float *expected = gdaldem(s->path, unit == PERCENT);
        float *found = read_grid(o, &grid);
        float *tiles = read_tiles(o, &grid, 16);
        size_t known;
        /* gdaldem adds heights of 100 m in floats */
        assert_true(difference(found, expected, NX * NY, &known) <= 5e-4);
        assert_true(known > 3000 && known < (NX - 2) * (NY - 2));
        assert_true(difference(found, tiles, NX * NY, &known) == 0);
        assert_true(isnan(found[0]) && isnan(found[NX - 1])); /* border */
        free(expected);
        free(found);
        free(tiles);
        close_opened(o);
    }
}

static void a_cone_is_as_steep_everywhere(void **state)
{
    struct scratch *s = *state;
    write_terrain(scratch_path(s, "cone.tif"), "EPSG:2154", 5, 490000, 6930000,
                  cone);
    int unit = PERCENT;
    struct opened *o = open_slope(s->path, &unit);
    /* another grid: slope first, then resampled */
    struct grid grid = {490052, 6929951, 7, 40, 28};
    float *found = read_grid(o, &grid);
    for (int row = 0; row < grid.ny; row++)
        for (int col = 0; col < grid.nx; col++) {
            double r = hypot(grid_x(&grid, col) - 490200,
                             grid_y(&grid, row) - 6929850);
            if (r > 25) /* away from the tip */
                assert_true(fabs((double)found[row * grid.nx + col] - 40) <
                            0.5);
        }
    free(found);
    close_opened(o);
}

/* 10 % to the east and 20 % to the north, in CRSs of other units: degrees,
 * grads, with heights. At 49.4 N a degree is 111,230 m and 72,567 m. */
static double east_metres, north_metres;

static double tilted(double col, double row)
{
    return 100 + 0.10 * east_metres * col - 0.20 * north_metres * row;
}

static void units_of_the_terrain(void **state)
{
    struct scratch *s = *state;
    const double degree = 111230.2, parallel = 72566.5; /* m at 49.4 N */
    const struct {
        const char *crs;
        double x, y, cell, east, north;
    } cases[] = {
        {"EPSG:2154", 490000, 6930000, 25, 25, 25},
        {"EPSG:5698", 490000, 6930000, 25, 25, 25}, /* with heights */
        {"EPSG:4326", 0.1, 49.41, 0.0003, 0.0003 * parallel, 0.0003 * degree},
        /* grads from Paris: 54.9 gr N, -2.5 gr E */
        {"EPSG:4807", -2.5, 54.9, 0.0003, 0.9 * 0.0003 * parallel,
         0.9 * 0.0003 * degree}};
    int unit = PERCENT;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        east_metres = cases[i].east;
        north_metres = cases[i].north;
        write_terrain(scratch_path(s, "units.tif"), cases[i].crs, cases[i].cell,
                      cases[i].x, cases[i].y, tilted);
        struct opened *o = open_slope(s->path, &unit);
        struct rect r = o->raster.extent;
        struct grid grid = {round((r.xmin + r.xmax) / 20) * 10 - 200,
                            round((r.ymin + r.ymax) / 20) * 10 + 200, 10, 40,
                            40};
        float *found = read_grid(o, &grid);
        for (int k = 0; k < 1600; k++) {
            double error = (double)found[k] - 100 * hypot(0.10, 0.20);
            if (!(fabs(error) < 0.03))
                print_error("%s: %g\n", cases[i].crs, error);
            assert_true(fabs(error) < 0.03); /* 0.1 % of the slope */
        }
        free(found);
        close_opened(o);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planes_have_their_slope),
        cmocka_unit_test(any_hole_gives_no_slope),
        cmocka_unit_test(the_halo_is_one_cell),
        cmocka_unit_test(slopes_as_gdaldem_makes_them),
        cmocka_unit_test(a_cone_is_as_steep_everywhere),
        cmocka_unit_test(units_of_the_terrain),
    };
    return cmocka_run_group_tests(tests, scratch_set_up, scratch_tear_down);
}
