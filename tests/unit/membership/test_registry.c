#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/contract.h"
#include "unit/membership/make.h"

enum {
    N = 500
};

static void the_table_is_complete(void **state)
{
    (void)state;
    assert_true(registry_keeps_contract(&membership_registry));
    assert_true(registry_cites(&membership_registry));
    for (size_t i = 0; i < membership_registry.count; i++) {
        struct operator_use use = {.op = membership_registry.ops[i]};
        const struct membership_op *op = membership_of(&use);
        assert_non_null(op->run);
        assert_true(!op->classes || op->bind); /* codes want matching */
        /* no setting lets a membership leave 0..1 */
        for (const struct param *r = op->op.params; r && r->name; r++)
            if (r->type == PARAM_POINTS || r->type == PARAM_TABLE)
                assert_true(r->min == 0 && r->max == 1);
    }
}

static void between_0_and_1_and_nan_stays(void **state)
{
    (void)state;
    struct arena arena = {0};
    float in[N], same[N], out[N + 2];
    srand(3);
    for (int round = 0; round < 100; round++)
        for (size_t k = 0; k < membership_registry.count; k++) {
            const struct operator* op = membership_registry.ops[k];
            struct operator_use use = make_use(&arena, op);
            bool classes = membership_of(&use)->classes;
            struct membership_bound bound;
            assert_int_equal(membership_bind(&bound, &use, NULL, 0),
                             TERRAMIS_OK);
            for (int i = 0; i < N; i++)
                in[i] = i % 7 == 0
                            ? NAN
                            : (float)(classes ? rand() % 15 - 3
                                              : random_between(-200, 200));
            in[1] = INFINITY;
            in[2] = -INFINITY;
            memcpy(same, in, sizeof in);
            out[0] = out[N + 1] = 9;
            membership_of(&use)->run(&bound, in, N, out + 1);
            assert_true(out[0] == 9 && out[N + 1] == 9);
            assert_memory_equal(in, same, sizeof in);
            for (int i = 0; i < N; i++) {
                float x = out[i + 1];
                if (isnan(in[i]))
                    assert_true(isnan(x));
                else if (!classes || x != MEMBERSHIP_UNKNOWN)
                    assert_true(x >= 0 && x <= 1);
            }
            /* a row of n gives what n rows of one give */
            for (int i = 0; i < N; i += 41) {
                float one;
                membership_of(&use)->run(&bound, &in[i], 1, &one);
                assert_memory_equal(&one, &out[i + 1], sizeof one);
            }
            membership_release(&bound);
            assert_null(bound.keys);
        }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_complete),
        cmocka_unit_test(between_0_and_1_and_nan_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
