#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/weights/solve.h"

extern const struct weighting_op weighting_rank;

struct rank_settings { /* as struct rank */
    struct texts order;
    int method;
};

static void check(int method, const double expected[4])
{
    const char *order[] = {"d", "b", "a", "c"};
    struct place at[4] = {{1, 1}};
    struct rank_settings settings = {{order, at, 4}, method};
    struct solve s = {.task = {.count = 0}};
    struct weights_item items[4];
    static const char *const ids[] = {"a", "b", "c", "d"};
    static const int rank[] = {2, 1, 3, 0};
    for (int i = 0; i < 4; i++)
        items[i] =
            (struct weights_item){.id = ids[i], .group = WEIGHTS_NO_GROUP};
    assert_string_equal(
        solve(&s, &weighting_rank, &settings, items, 4, NULL, 0), "");
    for (int i = 0; i < 4; i++)
        assert_true(fabs(items[i].weight - expected[rank[i]]) < 1e-15);
    solve_release(&s);
}

/* Four ranks; centroid .521 .271 .146 .063 (Barron & Barrett 1996). */
static void published_weights(void **state)
{
    (void)state;
    check(0, (double[]){0.4, 0.3, 0.2, 0.1});
    check(1, (double[]){12. / 25, 6. / 25, 4. / 25, 3. / 25});
    check(2, (double[]){25. / 48, 13. / 48, 7. / 48, 3. / 48});
}

static void the_order_is_complete(void **state)
{
    (void)state;
    const char *order[] = {"slope", "slope", "slopee"};
    struct place at[3] = {{5, 1}, {5, 9}, {5, 20}};
    struct rank_settings settings = {{order, at, 3}, 0};
    struct solve s = {.task = {.count = 0}};
    struct weights_item items[] = {{.id = "slope", .group = WEIGHTS_NO_GROUP},
                                   {.id = "depth", .group = WEIGHTS_NO_GROUP}};
    assert_string_equal(
        solve(&s, &weighting_rank, &settings, items, 2, NULL, 0),
        "p:1:1: order: factor 'depth' is missing\n"
        "p:5:9: order: 'slope' stands twice. Delete one of them\n"
        "p:5:20: order: no factor 'slopee'; did you mean 'slope'?");
    solve_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_weights),
        cmocka_unit_test(the_order_is_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
