#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "membership/membership.h"

extern const struct membership_op membership_table;

/* As struct table_params begins. */
static struct table_row rows[] = {
    {"12", 0.5}, {"-3", 1}, {"4.0", 0.25}, {"Limon", 0.75}};

static enum terramis_status bind(struct membership_bound *bound,
                                 struct table *table,
                                 const char *const *classes, size_t count)
{
    struct operator_use use = {.op = &membership_table.op, .params = table};
    static const size_t features[] = {3, 1, 12};
    const struct membership_classes all = {classes, features, count};
    return membership_bind(bound, &use, classes ? &all : NULL);
}

static float at(const struct membership_bound *bound, float code)
{
    float y;
    membership_table.run(bound, &code, 1, &y);
    return y;
}

static void numbers_of_a_raster(void **state)
{
    (void)state;
    struct table table = {rows, 3};
    struct membership_bound bound;
    assert_int_equal(bind(&bound, &table, NULL, 0), TERRAMIS_OK);
    assert_true(at(&bound, 12) == 0.5F && at(&bound, -3) == 1);
    assert_true(at(&bound, 4) == 0.25F);
    assert_true(isnan(at(&bound, NAN)));
    /* never taken as 0 */
    static const float unknown[] = {0, 3, 5, 11, 13, -4, 4.5F};
    for (int i = 0; i < 7; i++)
        assert_true(at(&bound, unknown[i]) == MEMBERSHIP_UNKNOWN);
    membership_release(&bound);
    table.count = 4;
    assert_int_equal(bind(&bound, &table, NULL, 0), TERRAMIS_PROJECT);
    assert_non_null(strstr(status_message(), "'Limon' is no number"));
    membership_release(&bound);
}

/* Codes between whole numbers are found as they stand. */
static void codes_with_fractions(void **state)
{
    (void)state;
    static struct table_row halves[] = {
        {"0.5", 0.25}, {"1", 0.5}, {"2.5", 1}, {"0.1", 0.75}};
    struct table table = {halves, 4};
    struct membership_bound bound;
    assert_int_equal(bind(&bound, &table, NULL, 0), TERRAMIS_OK);
    assert_true(at(&bound, 0.5F) == 0.25F && at(&bound, 1) == 0.5F);
    assert_true(at(&bound, 2.5F) == 1 && at(&bound, 0.1F) == 0.75F);
    static const float unknown[] = {0, 0.25F, 2, 3, -0.5F};
    for (int i = 0; i < 5; i++)
        assert_true(at(&bound, unknown[i]) == MEMBERSHIP_UNKNOWN);
    membership_release(&bound);
}

/* 16777217 would be taken as 16777216, its neighbour among floats. */
static void codes_beyond_24_bits(void **state)
{
    (void)state;
    static struct table_row large[] = {{"16777215", 0.25}, {"-16777216", 1}};
    struct table table = {large, 1};
    struct membership_bound bound;
    assert_int_equal(bind(&bound, &table, NULL, 0), TERRAMIS_OK);
    assert_true(at(&bound, 16777215) == 0.25F);
    assert_true(at(&bound, 16777216) == MEMBERSHIP_UNKNOWN);
    membership_release(&bound);
    table.count = 2;
    assert_int_equal(bind(&bound, &table, NULL, 0), TERRAMIS_PROJECT);
    assert_non_null(strstr(status_message(), "class -16777216 is beyond"));
    membership_release(&bound);
}

/* In other words, the same number: which one would count? */
static void a_class_that_stands_twice(void **state)
{
    (void)state;
    static struct table_row twice[] = {
        {"3", 0.5}, {"-1", 0}, {"3.0", 1}, {"7", 0.25}};
    struct table table = {twice, 4};
    struct membership_bound bound;
    assert_int_equal(bind(&bound, &table, NULL, 0), TERRAMIS_PROJECT);
    assert_string_equal(status_message(), "table: class 3 stands twice");
    membership_release(&bound);
}

static void texts_of_polygons(void **state)
{
    (void)state;
    struct table table = {rows, 4};
    static const char *const classes[] = {"-3", "limon", "12"};
    struct membership_bound bound;
    assert_int_equal(bind(&bound, &table, classes, 3), TERRAMIS_OK);
    assert_true(at(&bound, 0) == 1 && at(&bound, 1) == 0.75F);
    assert_true(at(&bound, 2) == 0.5F);
    assert_true(at(&bound, 3) == MEMBERSHIP_UNKNOWN);
    membership_release(&bound);
    static const char *const more[] = {"Argile", "Limon", "Sable"};
    assert_int_equal(bind(&bound, &table, more, 3), TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(),
                           "lacks: 'Argile' (3 "
                           "polygons), 'Sable' (12 polygons)."));
    membership_release(&bound);
    /* a layer without polygons here: nothing to match */
    const char *none[1];
    assert_int_equal(bind(&bound, &table, none, 0), TERRAMIS_OK);
    assert_true(at(&bound, 0) == MEMBERSHIP_UNKNOWN);
    membership_release(&bound);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_a_raster),
        cmocka_unit_test(codes_with_fractions),
        cmocka_unit_test(codes_beyond_24_bits),
        cmocka_unit_test(a_class_that_stands_twice),
        cmocka_unit_test(texts_of_polygons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
