#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/contract.h"
#include "unit/yield/make.h"

static void the_table_is_complete(void **state)
{
    (void)state;
    assert_true(registry_keeps_contract(&yield_registry));
    assert_true(registry_cites(&yield_registry));
}

/* Whatever the model: low <= mean <= high, a worse class never gives more. */
static void ranges_are_ranges(void **state)
{
    (void)state;
    for (size_t i = 0; i < yield_registry.count; i++) {
        struct arena arena = {0};
        struct config config = {.yields = {.spread = 0.1, .polluted = 1}};
        struct operator_use use = {.op = yield_registry.ops[i]};
        const struct yield_op *op = yield_op_of(&use);
        char settings[1024];
        struct yield_bound bound;
        snprintf(settings, sizeof settings, "kind: %s%s%s", op->op.name,
                 op->example ? ", " : "", op->example ? op->example : "");
        make_model(&arena, &config, settings);
        assert_int_equal(yield_bind(&bound, &config, "a"), TERRAMIS_OK);
        for (double awc = 0; awc < 700; awc += 13) {
            double before = INFINITY;
            for (int class = CLASS_S1; class <= CLASS_N2; class ++) {
                struct yield_land land =
                    make_land((enum suitability_class) class, awc);
                struct yield_range r = yield_of(&bound, &land);
                assert_true(r.low >= 0 && r.low <= r.mean && r.mean <= r.high);
                assert_true(r.mean <= before);
                before = r.mean;
            }
        }
        yield_release(&bound);
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_complete),
        cmocka_unit_test(ranges_are_ranges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
