#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "output/ranking.h"

static void ranked_then_small_then_none(void **state)
{
    (void)state;
    struct parcel items[] = {{.id = "small", .sums.plantable = 1},
                             {.id = "second", .sums.plantable = 5, .rank = 2},
                             {.id = "nothing"},
                             {.id = "tiny", .sums.plantable = 1},
                             {.id = "first", .sums.plantable = 3, .rank = 1}};
    const char *const wanted[] = {"first", "second", "small", "tiny"};
    struct parcels parcels = {.items = items, .count = 5};
    const struct parcel **order = NULL;
    size_t count;
    assert_int_equal(ranking_of(&parcels, &order, &count), TERRAMIS_OK);
    assert_int_equal(count, 4);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(order[i]->id, wanted[i]);
    free(order);
}

static void of_nothing(void **state)
{
    (void)state;
    struct parcels parcels = {.count = 0};
    const struct parcel **order = NULL;
    size_t count = 1;
    assert_int_equal(ranking_of(&parcels, &order, &count), TERRAMIS_OK);
    assert_int_equal(count, 0);
    free(order);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranked_then_small_then_none),
        cmocka_unit_test(of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
