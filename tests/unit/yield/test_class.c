#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/yield/make.h"

static void a_yield_for_each_class(void **state)
{
    (void)state;
    static const double expected[] = {15, 11.5, 8, 3, 0};
    struct arena arena = {0};
    struct config config = {.yields = {.polluted = 1}};
    struct yield_bound bound;
    make_model(&arena, &config, "kind: class, S2: 11.5, N1: 3");
    assert_int_equal(yield_bind(&bound, &config, "a"), TERRAMIS_OK);
    for (int i = 0; i < CLASS_COUNT; i++) {
        struct yield_land land =
            make_land((enum suitability_class)(CLASS_S1 + i), NAN);
        struct yield_range r = yield_of(&bound, &land);
        assert_true(r.low == expected[i] && r.mean == expected[i] &&
                    r.high == expected[i]);
    }
    struct yield_land none = make_land(CLASS_NONE, 100);
    assert_true(isnan(yield_of(&bound, &none).mean));
    yield_release(&bound);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_yield_for_each_class)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
