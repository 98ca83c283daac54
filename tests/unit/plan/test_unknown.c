#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "plan/unknown.h"

static const struct config config = {.path = "p.yaml"};
static struct factor_config configs[] = {
    {.id = "drainage", .layer = {.at = {12, 5}}},
    {.id = "soil", .layer = {.at = {15, 5}}}};
static struct factor factors[] = {{.config = &configs[0]},
                                  {.config = &configs[1]}};
static const struct plan plan = {
    .config = &config, .factors = factors, .factor_count = 2};

static void add(struct unknown_classes *classes, size_t factor, double code,
                int64_t cells)
{
    const struct unknown_class one = {factor, code, cells, 10, 20};
    unknown_add(classes, &one);
}

static void listed_with_their_counts(void **state)
{
    (void)state;
    struct unknown_classes a = {.count = 0}, b = {.count = 0};
    assert_int_equal(unknown_status(&a, &plan, "t"), TERRAMIS_OK);
    add(&a, 1, 9, 2);
    add(&a, 0, 7, 1);
    add(&b, 1, 9, 40);
    add(&b, 1, -3, 1);
    unknown_merge(&a, &b);
    assert_int_equal(unknown_status(&a, &plan, "t"), TERRAMIS_INPUT);
    assert_string_equal(
        status_message(),
        "p.yaml:12:5: factor drainage: classes that are not in its table, on "
        "plantable land of territory t: 7 (1 cells); the first at x 10.0, y "
        "20.0. Add them to table: (an unknown class is never taken as 0)\n"
        "p.yaml:15:5: factor soil: classes that are not in its table, on "
        "plantable land of territory t: -3 (1 cells), 9 (42 cells); the first "
        "at x 10.0, y 20.0. Add them to table: (an unknown class is never "
        "taken as 0)");
}

/* A raster of measures given as one of classes. */
static void no_end_of_them(void **state)
{
    (void)state;
    struct unknown_classes a = {.count = 0};
    for (int i = 0; i < 1000; i++)
        add(&a, 0, i + 0.5, 3);
    assert_int_equal(a.count, UNKNOWN_MAX);
    assert_int_equal(a.others, 3 * (1000 - UNKNOWN_MAX));
    assert_int_equal(unknown_status(&a, &plan, "t"), TERRAMIS_INPUT);
    assert_non_null(
        strstr(status_message(), "\nand 2928 cells of further classes"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(listed_with_their_counts),
        cmocka_unit_test(no_end_of_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
