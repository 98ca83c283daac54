#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "config/pollution.h"
#include "unit/contract.h"

/* Every line has a name, says where it comes from, and its limits are
 * positive; the first has them all, since others fall back to it. */
static void presets_keep_their_contract(void **state)
{
    (void)state;
    for (int i = 0; threshold_names[i]; i++) {
        const struct thresholds *t = &thresholds[i];
        assert_string_equal(t->op.name, threshold_names[i]);
        for (int m = 0; m < METAL_COUNT; m++) {
            assert_true(isnan(t->limit[m]) ? i > 0 : t->limit[m] > 0);
            assert_true(threshold_limit(i, (enum metal)m) > 0);
        }
    }
    assert_true(registry_keeps_contract(&threshold_registry));
    assert_true(registry_cites(&threshold_registry));
}

static int preset(const char *name)
{
    for (int i = 0; threshold_names[i]; i++)
        if (strcmp(threshold_names[i], name) == 0)
            return i;
    fail();
    return -1;
}

/* The printed numbers of the sources (method.md, section 3). */
static void published_limits(void **state)
{
    (void)state;
    static const struct {
        const char *preset;
        enum metal metal;
        double limit;
    } cases[] = {
        {"sludge-1998", METAL_Cd, 2},   {"sludge-1998", METAL_Zn, 300},
        {"sludge-1998", METAL_Cr, 150}, {"idf-p90", METAL_Cd, .41},
        {"idf-p90", METAL_Cu, 19.8},    {"idf-p99", METAL_Pb, 69.4},
        {"idf-p99", METAL_Zn, 108.6},   {"aspitet-median", METAL_Ni, 31},
        {"sludge-1998", METAL_As, 25}, /* from ordinary soils */
        {"none", METAL_Hg, INFINITY}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(threshold_limit(preset(cases[i].preset), cases[i].metal) ==
                    cases[i].limit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(presets_keep_their_contract),
        cmocka_unit_test(published_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
