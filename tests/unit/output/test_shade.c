#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/shade.h"
#include "unit/reader.h"

enum {
    SIDE = 60
};

/* A hill of 25 m in the middle of flat land. */
static double hill(double col, double row)
{
    double d = hypot(col - SIDE / 2.0, row - SIDE / 2.0);
    return d < 20 ? 100 + 25 * (1 + cos(d / 20 * M_PI)) / 2 : 100;
}

struct world {
    struct opened *open;
    struct plan plan;
    struct factor factor;
    struct criterion_op criterion;
    struct factor_config config;
};

static void world_open(struct world *w, struct scratch *s, const char *name)
{
    double *values = array_of(SIDE, SIDE, hill);
    struct array a = {.nx = SIDE,
                      .ny = SIDE,
                      .transform = {500000, 10, 0, 6900600, 0, -10},
                      .crs = "EPSG:2154",
                      .type = GDT_Float32,
                      .values = values};
    write_array(scratch_path(s, "dem.tif"), &a);
    free(values);
    *w = (struct world){.open = open_values(s->path, "EPSG:2154")};
    w->criterion.op.name = name;
    w->factor = (struct factor){
        .criterion = &w->criterion,
        .config = &w->config,
        .source = {.input = INPUT_RASTER, .raster = w->open->raster}};
    w->plan = (struct plan){.factors = &w->factor, .factor_count = 1};
}

static void test_darkness(void **state)
{
    (void)state;
    assert_true(fabs(shade_darkness(0, 0)) < 1e-6);
    /* faces the light (falls to the west and north): not dark */
    assert_true(shade_darkness(0.3, -0.3) == 0);
    assert_true(shade_darkness(-0.3, 0.3) > 0.2);
    assert_true(shade_darkness(-0.6, 0.6) > shade_darkness(-0.3, 0.3));
    assert_true(shade_darkness(-1e6, 1e6) <= 1);
}

/* Dark on the south-eastern flank, light on the other, flat around. */
static void test_hill(void **state)
{
    struct world w;
    struct shade shade;
    struct rect area = {500000, 6900000, 500600, 6900600};
    world_open(&w, *state, "slope");
    assert_int_equal(shade_make(&shade, &w.plan, area, 1), TERRAMIS_OK);
    assert_true(shade.grid.cell == 10);
    assert_true(shade_at(&shade, 500370, 6900230) > 40);
    assert_int_equal(shade_at(&shade, 500230, 6900370), 0);
    assert_int_equal(shade_at(&shade, 500050, 6900050), 0);
    assert_int_equal(shade_at(&shade, 400000, 6900050), 0);
    shade_release(&shade);
    /* no finer than asked for */
    assert_int_equal(shade_make(&shade, &w.plan, area, 30), TERRAMIS_OK);
    assert_true(shade.grid.cell == 30);
    assert_true(shade_at(&shade, 500370, 6900230) > 40);
    shade_release(&shade);
    close_opened(w.open);
}

static void test_no_terrain(void **state)
{
    struct world w;
    struct shade shade;
    struct rect area = {500000, 6900000, 500600, 6900600};
    world_open(&w, *state, "value");
    assert_int_equal(shade_make(&shade, &w.plan, area, 1), TERRAMIS_OK);
    assert_null(shade.dark);
    assert_int_equal(shade_at(&shade, 500370, 6900230), 0);
    shade_release(&shade);
    w.criterion.op.name = "aspect";
    assert_int_equal(shade_make(&shade, &w.plan, area, 1), TERRAMIS_OK);
    assert_non_null(shade.dark);
    shade_release(&shade);
    close_opened(w.open);
}

static int open_folder(void **state)
{
    struct scratch *s = calloc(1, sizeof *s);
    scratch_open(s);
    gdal_setup();
    *state = s;
    return 0;
}

static int close_folder(void **state)
{
    scratch_close(*state);
    free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_darkness),
                                       cmocka_unit_test(test_hill),
                                       cmocka_unit_test(test_no_terrain)};
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
