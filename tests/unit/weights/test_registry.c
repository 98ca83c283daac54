#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/contract.h"
#include "weights/weights.h"

static void the_table_is_complete(void **state)
{
    (void)state;
    assert_true(registry_keeps_contract(&weighting_registry));
    assert_true(registry_cites(&weighting_registry));
    for (size_t i = 0; i < weighting_registry.count; i++) {
        struct operator_use use = {.op = weighting_registry.ops[i]};
        assert_non_null(weighting_of(&use)->solve);
        assert_non_null(use.op->formula);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
