#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "output/ranking.h"

static void by_rank_then_as_in_the_file(void **state)
{
    (void)state;
    struct parcel items[] = {
        {.id = "small", .sums.plantable = 5}, /* too small for a rank */
        {.id = "third", .sums.plantable = 9, .rank = 3},
        {.id = "none"}, /* nothing plantable: left out */
        {.id = "first", .sums.plantable = 9, .rank = 1},
        {.id = "tiny", .sums.plantable = 1},
        {.id = "second", .sums.plantable = 9, .rank = 2}};
    static const char *const expected[] = {"first", "second", "third", "small",
                                           "tiny"};
    struct parcels parcels = {.items = items, .count = 6};
    const struct parcel **order;
    size_t count;
    assert_int_equal(ranking_of(&parcels, &order, &count), TERRAMIS_OK);
    assert_int_equal(count, 5);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(order[i]->id, expected[i]);
    free(order);
}

static void no_parcels(void **state)
{
    (void)state;
    struct parcels parcels = {.count = 0};
    const struct parcel **order;
    size_t count = 9;
    assert_int_equal(ranking_of(&parcels, &order, &count), TERRAMIS_OK);
    assert_int_equal(count, 0);
    free(order);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_rank_then_as_in_the_file),
        cmocka_unit_test(no_parcels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
