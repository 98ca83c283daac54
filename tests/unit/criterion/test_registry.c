#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "criterion/criterion.h"
#include "unit/contract.h"

static void the_table_is_complete(void **state)
{
    (void)state;
    assert_true(registry_keeps_contract(&criterion_registry));
    assert_true(registry_cites(&criterion_registry));
}

/* What the engine takes for granted of every criterion. */
static void criteria_say_what_they_need(void **state)
{
    (void)state;
    for (size_t i = 0; i < criterion_registry.count; i++) {
        struct operator_use use = {.op = criterion_registry.ops[i]};
        const struct criterion_op *op = criterion_of(&use);
        assert_non_null(op->unit);
        bool runs = op->op.alone || (op->inputs & INPUT_VECTOR);
        assert_int_equal(op->inputs == 0, op->op.alone);
        assert_int_equal(op->inputs & ~(unsigned)(INPUT_RASTER | INPUT_VECTOR),
                         0);
        /* vectors are run here, rasters are read by their reader */
        assert_int_equal(op->run != NULL, runs);
        if (!runs)
            assert_null(op->prepare);
        if (!(op->inputs & INPUT_VECTOR)) {
            assert_null(op->field);
            assert_false(op->areas || op->everywhere);
        }
        if (op->kernel) {
            assert_true(op->inputs & INPUT_RASTER);
            bool bands = op->kernel->run_bands != NULL;
            assert_int_equal(op->kernel->halo > 0, !bands);
            assert_int_equal(op->kernel->run != NULL, !bands);
            assert_int_equal(op->kernel->bands != NULL, bands);
            assert_int_equal(op->kernel->bands_help != NULL, bands);
        }
        /* codes are never averaged */
        if (op->classes && (op->inputs & INPUT_RASTER))
            assert_int_equal(op->resampling, RASTER_NEAREST);
        if (!op->classes)
            assert_int_equal(op->resampling, RASTER_BILINEAR);
    }
}

static void release_takes_what_was_never_made(void **state)
{
    (void)state;
    struct criterion_source source = {0};
    criterion_source_release(&source);
    struct criterion_tools tools = {0};
    criterion_tools_close(&tools);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_complete),
        cmocka_unit_test(criteria_say_what_they_need),
        cmocka_unit_test(release_takes_what_was_never_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
