#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parcel/sources.h"
#include "unit/geometry.h"

enum {
    LAYERS = 3
};

/* Sources of the parcel "lower left half of 100 x 100 m" among three layers,
 * each a rectangle, of these kinds; the parcel has land of `kinds` (bits). */
static uint64_t sources(struct geos *geos, const struct rect rects[LAYERS],
                        const enum marginal_kind kinds[LAYERS], unsigned of)
{
    struct vector parcels = {.config = NULL}, layers[LAYERS];
    struct evidence evidence[LAYERS];
    struct touch touch = {.geos = {0}};
    struct parcel parcel = {.id = "a"};
    struct knowledge knowledge = {evidence, LAYERS, NULL, 0};
    vector_add(&parcels, geos, wkt(geos, "POLYGON((0 0,0 100,100 0,0 0))"));
    assert_int_equal(vector_index(&parcels), TERRAMIS_OK);
    for (int i = 0; i < LAYERS; i++) {
        layers[i] = (struct vector){.config = NULL};
        vector_add(&layers[i], geos, geos_rectangle(geos, rects[i]));
        assert_int_equal(vector_index(&layers[i]), TERRAMIS_OK);
        evidence[i] = (struct evidence){.vector = &layers[i], .kind = kinds[i]};
    }
    for (int kind = 0; kind < KIND_COUNT; kind++)
        parcel.sums.kind[kind] = of >> kind & 1 ? 1000 : 0;
    touch_begin(&touch, vector_paths(&parcels, 0), parcels.features[0].extent);
    assert_int_equal(sources_find(&touch, &parcel, &knowledge), TERRAMIS_OK);
    touch_close(&touch);
    vector_release(&parcels);
    for (int i = 0; i < LAYERS; i++)
        vector_release(&layers[i]);
    return parcel.sources;
}

static const struct rect inside = {10, 10, 20, 20}, corner = {80, 80, 90, 90},
                         away = {200, 0, 300, 100};
static const enum marginal_kind water[LAYERS] = {KIND_CATCHMENT, KIND_CATCHMENT,
                                                 KIND_CATCHMENT};

static void those_that_come_into_the_shape(void **state)
{
    const struct rect rects[] = {away, inside, corner};
    assert_int_equal(sources(*state, rects, water, 1U << KIND_CATCHMENT), 2);
    const struct rect both[] = {inside, corner, inside};
    assert_int_equal(sources(*state, both, water, 1U << KIND_CATCHMENT), 5);
}

/* The sums say that there is land: the only one near it is the one. */
static void what_is_near_where_none_comes_in(void **state)
{
    const struct rect one[] = {away, away, corner};
    assert_int_equal(sources(*state, one, water, 1U << KIND_CATCHMENT), 4);
    const struct rect two[] = {corner, away, corner};
    assert_int_equal(sources(*state, two, water, 1U << KIND_CATCHMENT), 5);
}

static void kinds_without_land_are_left_out(void **state)
{
    const struct rect rects[] = {inside, inside, inside};
    const enum marginal_kind kinds[] = {KIND_POLLUTED_SOIL, KIND_CATCHMENT,
                                        KIND_RIGHT_OF_WAY};
    for (unsigned of = 0; of < 1U << KIND_COUNT; of++) {
        uint64_t expected = 0;
        for (unsigned i = 0; i < LAYERS; i++)
            expected |= (uint64_t)(of >> kinds[i] & 1) << i;
        assert_int_equal(sources(*state, rects, kinds, of), expected);
    }
}

static void more_layers_than_bits(void **state)
{
    (void)state;
    assert_int_equal(sources_bit(0), 0);
    assert_int_equal(sources_bit(63), 63);
    assert_int_equal(sources_bit(1000), 63);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(those_that_come_into_the_shape),
        cmocka_unit_test(what_is_near_where_none_comes_in),
        cmocka_unit_test(kinds_without_land_are_left_out),
        cmocka_unit_test(more_layers_than_bits),
    };
    return cmocka_run_group_tests(tests, geos_set_up, geos_tear_down);
}
