#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parcel/parcel.h"
#include "unit/lambert.h"

static struct parcels select_in(struct bench *b, const char *territory,
                                struct vector *vector)
{
    struct parcels parcels;
    GEOSGeometry *area = wkt(b->geos, territory);
    struct paths paths = {0};
    assert_int_equal(paths_add_geometry(&paths, b->geos, area), TERRAMIS_OK);
    assert_int_equal(parcels_select(&parcels, vector,
                                    (struct path_range){&paths, 0, paths.count},
                                    &b->crs, 2, 2),
                     TERRAMIS_OK);
    paths_release(&paths);
    GEOSGeom_destroy_r(b->geos->context, area);
    return parcels;
}

/* Territory: 490000..491000 x 6930000..6931000. */
static const char territory[] =
    "POLYGON((490000 6930000,491000 6930000,491000 6931000,490000 "
    "6931000,490000 6930000))";

static void those_that_share_land(void **state)
{
    struct bench *b = *state;
    static const struct feature_of features[] = {
        /* inside */
        {"POLYGON((490100 6930100,490200 6930100,490200 6930200,490100 "
         "6930200,490100 6930100))",
         {"inside"}},
        /* next to it: shares a border, no land */
        {"POLYGON((491000 6930000,491100 6930000,491100 6930100,491000 "
         "6930100,491000 6930000))",
         {"beside"}},
        /* a sliver of 10 cm x 100 m = 10 m2, 0.1 % of 10,000 m2 */
        {"POLYGON((490999.9 6930000,491099.9 6930000,491099.9 "
         "6930100,490999.9 6930100,490999.9 6930000))",
         {"sliver"}},
        /* a little more than 0.1 % */
        {"POLYGON((490999.8 6930000,491099.8 6930000,491099.8 "
         "6930100,490999.8 6930100,490999.8 6930000))",
         {"part"}},
        /* half of a small one, but below 1 m2 */
        {"POLYGON((490999.5 6930000,491000.5 6930000,491000.5 6930001,490999.5 "
         "6930001,490999.5 6930000))",
         {"crumb"}},
        /* tiny, but wholly inside */
        {"POLYGON((490500 6930500,490500.5 6930500,490500.5 6930500.5,490500 "
         "6930500.5,490500 6930500))",
         {"tiny"}},
        {"POLYGON((590100 6930100,590200 6930100,590200 6930200,590100 "
         "6930100))",
         {"away"}},
        {"POLYGON((489000 6929000,492000 6929000,492000 6932000,489000 "
         "6932000,489000 6929000))",
         {"around"}},
        {"POLYGON((490300 6930300,490400 6930300,490400 6930400,490300 "
         "6930300))",
         {NULL}}};
    struct vector v = vector_of(b->geos, features, 9, 1);
    struct parcels p = select_in(b, territory, &v);
    static const char *const expected[] = {"inside", "part", "tiny", "around",
                                           "9"}; /* without id: the fid */
    static const uint32_t position[] = {1, 0, 0, 2, 0, 3, 0, 4, 5};
    assert_int_equal(p.count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(p.items[i].id, expected[i]);
    assert_memory_equal(p.position, position, sizeof position);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(p.position[p.items[i].feature], i + 1);
        assert_true(isinf(p.items[i].sums.score_min));
        /* three numbers per factor, none shared with a neighbour */
        assert_ptr_equal(p.items[i].factor_area, p.factor_sums + 6 * i);
        assert_ptr_equal(p.items[i].factor_sum, p.factor_sums + 6 * i + 2);
        assert_ptr_equal(p.items[i].factor_raw, p.factor_sums + 6 * i + 4);
    }
    parcels_release(&p);
    assert_null(p.items);
    vector_release(&v);
}

/* Of the whole parcel, on the ellipsoid. */
static void areas_on_the_ellipsoid(void **state)
{
    struct bench *b = *state;
    static const struct feature_of features[] = {
        {"POLYGON((490100 6930100,491100 6930100,491100 6931100,490100 "
         "6931100,490100 6930100))",
         {"a"}}};
    struct vector v = vector_of(b->geos, features, 1, 1);
    struct parcels p = select_in(b, territory, &v);
    assert_int_equal(p.count, 1);
    double scale = crs_area_scale(b->measure, 490600, 6930600);
    assert_true(fabs(p.items[0].area - 1e6 * scale) < 1e-3);
    assert_true(p.items[0].area < 999500); /* 0.08 % less than planar */
    parcels_release(&p);
    vector_release(&v);
}

static void a_parcel_on_both_sides_is_in_both(void **state)
{
    struct bench *b = *state;
    static const struct feature_of features[] = {
        {"POLYGON((490900 6930000,491100 6930000,491100 6930100,490900 "
         "6930100,490900 6930000))",
         {"both"}}};
    struct vector v = vector_of(b->geos, features, 1, 1);
    struct parcels west = select_in(b, territory, &v);
    struct parcels east = select_in(
        b,
        "POLYGON((491000 6930000,492000 6930000,492000 6931000,491000 "
        "6931000,491000 6930000))",
        &v);
    assert_int_equal(west.count, 1);
    assert_int_equal(east.count, 1);
    parcels_release(&west);
    parcels_release(&east);
    vector_release(&v);
}

static void no_parcels(void **state)
{
    struct bench *b = *state;
    struct vector v = vector_of(b->geos, NULL, 0, 1);
    struct parcels p = select_in(b, territory, &v);
    assert_int_equal(p.count, 0);
    parcels_release(&p);
    vector_release(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(those_that_share_land),
        cmocka_unit_test(areas_on_the_ellipsoid),
        cmocka_unit_test(a_parcel_on_both_sides_is_in_both),
        cmocka_unit_test(no_parcels),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
