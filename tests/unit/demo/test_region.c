#include "demo/region.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "demo/soil.h"

/* One pilot in full, built once for all tests. */
static int build(void **state)
{
    struct region *region = calloc(1, sizeof *region);
    *state = region;
    return !region || region_build(&pilots[0], false, region) != TERRAMIS_OK;
}

static int release(void **state)
{
    region_release(*state);
    free(*state);
    return 0;
}

static void heights_are_those_of_caux(void **state)
{
    const struct region *region = *state;
    const struct terrain *t = &region->terrain;
    double low = INFINITY, high = -INFINITY, flat = 0, all = 0;
    for (size_t c = 0; c < grid_cells(&t->grid); c++) {
        if (region->zone[c] != ZONE_INSIDE)
            continue;
        low = fmin(low, t->z[c]);
        high = fmax(high, t->z[c]);
        all++;
        flat += t->z[c] > 100 && t->z[c] < 140;
    }
    assert_true(low > -1 && low < 3); /* the Seine */
    assert_true(high > 125 && high < 170);
    assert_true(flat / all > 0.35); /* the plateau */
}

static void water_runs_down(void **state)
{
    const struct region *region = *state;
    const struct terrain *t = &region->terrain;
    int32_t count = t->grid.nx * t->grid.ny;
    double out = 0;
    for (int32_t c = 0; c < count; c++) {
        if (t->down[c] < 0)
            out += t->fed[c];
        else
            assert_true(t->fed[t->down[c]] > t->fed[c]);
        assert_true(t->above[c] >= 0);
    }
    /* all that falls on the land leaves it */
    assert_true(fabs(out - count * 0.01) < 1e-6 * count);
}

static void soil_fits_the_terrain(void **state)
{
    const struct region *region = *state;
    double steep[2] = {0}, even[2] = {0};
    struct rng rng = {1};
    struct rect r = shape_rect(&region->outline);
    for (int i = 0; i < 20000; i++) {
        struct point p = {rng_real(&rng, r.xmin, r.xmax),
                          rng_real(&rng, r.ymin, r.ymax)};
        if (region_zone_at(region, p) != ZONE_INSIDE)
            continue;
        double depth = soil_depth(region, p);
        double drainage = soil_drainage(region, p);
        assert_true(depth >= 20 && depth <= 160);
        assert_true(drainage >= 1 && drainage <= 5);
        assert_true(soil_reserve(region, p) >= 15);
        assert_true(soil_rain(region, p) > 700 && soil_rain(region, p) < 1100);
        assert_true(soil_temperature(region, p) > 9.5);
        double slope = terrain_slope(&region->terrain, p);
        double *sum = slope > 0.15 ? steep : slope < 0.03 ? even : NULL;
        if (sum) {
            sum[0] += depth;
            sum[1]++;
        }
    }
    assert_true(steep[1] > 50 && even[1] > 50);
    assert_true(even[0] / even[1] > 2 * steep[0] / steep[1]);
}

/* Together the parcels are the territory less the river, none over another:
 * their areas sum up to it, and each of many points lies in just one. */
static void parcels_part_the_land(void **state)
{
    const struct region *region = *state;
    const struct feature_list *list = &region->features[FEATURE_PARCEL];
    assert_in_range(list->count, 18000, 25000);
    double sum = 0;
    for (size_t i = 0; i < list->count; i++) {
        double area = ring_area(list->at[i].shape.rings[0]);
        assert_true(area > 0);
        sum += area;
    }
    struct rng rng = {2};
    struct rect r = shape_rect(&region->outline);
    int inside = 0, dry = 0, several = 0;
    for (int i = 0; i < 1500; i++) {
        struct point p = {rng_real(&rng, r.xmin, r.xmax),
                          rng_real(&rng, r.ymin, r.ymax)};
        bool wet = shape_holds(&region->features[FEATURE_WATER].at[0].shape, p);
        bool ours = shape_holds(&region->outline, p) && !wet;
        int holders = 0;
        for (size_t k = 0; k < list->count; k++)
            holders += ring_holds(list->at[k].shape.rings[0], p);
        inside += ours;
        dry += ours && holders == 1;
        several += holders > 1 || (!ours && holders > 0);
    }
    assert_int_equal(several, 0);
    assert_true(inside - dry <= inside / 400); /* slivers are left out */
    assert_true(sum < region->pilot->area && sum > 0.95 * region->pilot->area);
}

static void outline_has_the_real_area(void **state)
{
    const struct region *region = *state;
    double area = ring_area(region->outline.rings[0]);
    assert_true(fabs(area / region->pilot->area - 1) < 1e-9);
}

static void perimeters_have_their_sizes(void **state)
{
    const struct region *region = *state;
    const struct feature_list *list = &region->features[FEATURE_PERIMETER];
    const double low[] = {5000, 450000, 2000000};
    const double high[] = {16000, 1000000, 5000000};
    for (size_t i = 0; i < list->count; i++) {
        const struct feature *f = &list->at[i];
        assert_true(f->value > low[f->rank] && f->value < high[f->rank]);
    }
    list = &region->features[FEATURE_CATCHMENT];
    assert_true(list->count >= 8);
    for (size_t i = 0; i < list->count; i++)
        assert_true(list->at[i].value > 500000 && list->at[i].value < 3e7);
}

static void same_again(void **state)
{
    const struct region *one = *state;
    struct region two;
    assert_int_equal(region_build(&pilots[0], false, &two), TERRAMIS_OK);
    for (int kind = 0; kind < FEATURE_KINDS; kind++) {
        const struct feature_list *a = &one->features[kind];
        const struct feature_list *b = &two.features[kind];
        assert_true(a->count > 0);
        assert_int_equal(a->count, b->count);
        for (size_t i = 0; i < a->count; i++) {
            const struct ring *p = a->at[i].shape.rings;
            const struct ring *q = b->at[i].shape.rings;
            assert_int_equal(p->count, q->count);
            assert_memory_equal(p->at, q->at, p->count * sizeof *p->at);
        }
    }
    region_release(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heights_are_those_of_caux),
        cmocka_unit_test(water_runs_down),
        cmocka_unit_test(soil_fits_the_terrain),
        cmocka_unit_test(parcels_part_the_land),
        cmocka_unit_test(outline_has_the_real_area),
        cmocka_unit_test(perimeters_have_their_sizes),
        cmocka_unit_test(same_again),
    };
    /* cmocka hands the group's state on to each test */
    return cmocka_run_group_tests(tests, build, release);
}
