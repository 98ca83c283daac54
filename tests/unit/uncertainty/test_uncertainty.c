#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "uncertainty/uncertainty.h"
#include "unit/uncertainty/made.h"

static const double weights[] = {0.5, 0.3, 0.2};

static void off_by_default(void **state)
{
    (void)state;
    struct made m;
    made_open(&m, 2, weights);
    m.config.uncertainty.on = false;
    assert_int_equal(uncertainty_check(&m.plan), TERRAMIS_OK);
    assert_int_equal(uncertainty_run(&m.analysis, 1), TERRAMIS_OK);
    assert_null(m.analysis.parcels.spreads);
    assert_null(m.analysis.sensitivity);
    made_close(&m);
}

static void parcels_and_factors(void **state)
{
    (void)state;
    struct made m;
    made_open(&m, 1300, weights); /* more than the sample */
    made_uncertain(&m, 1)->membership = 0.05;
    m.config.uncertainty.draws = 100;
    for (size_t i = 0; i < 1299; i++) /* the last has no data */
        for (int f = 0; f < MADE_FACTORS; f++)
            made_value(&m, i, f, 8 - 0.005 * (double)i);
    made_finish(&m);
    m.analysis.parcels.items[1299].score = NAN;
    m.analysis.parcels.items[1299].rank = 0;
    assert_int_equal(uncertainty_run(&m.analysis, 2), TERRAMIS_OK);
    const struct spread *s = m.analysis.parcels.spreads;
    assert_true(fabs(s[5].sd - 1.5) < 0.4);
    assert_true(s[5].rank_low < s[5].rank_high);
    assert_true(isnan(s[1299].sd) && isnan(s[1299].good));
    assert_int_equal(s[1299].rank_low, 0);
    assert_true(fabs(m.analysis.sensitivity[1].total - 1) < 0.1);
    assert_true(m.analysis.sensitivity[0].total == 0);
    made_close(&m);
}

static void no_parcels(void **state)
{
    (void)state;
    struct made m;
    made_open(&m, 1, weights);
    m.config.uncertainty.concentration = 10;
    assert_int_equal(uncertainty_run(&m.analysis, 1), TERRAMIS_OK);
    assert_true(isnan(m.analysis.parcels.spreads[0].sd));
    assert_true(isnan(m.analysis.sensitivity[0].first));
    made_close(&m);
}

static void classes_have_no_unit(void **state)
{
    (void)state;
    struct made m;
    made_open(&m, 1, weights);
    m.criterion.classes = true;
    struct uncertainty_factor *u = made_uncertain(&m, 1);
    u->membership = 0.1;
    assert_int_equal(uncertainty_check(&m.plan), TERRAMIS_OK);
    u->error = 1;
    assert_int_equal(uncertainty_check(&m.plan), TERRAMIS_PROJECT);
    assert_non_null(strstr(status_message(), "membership_error alone"));
    made_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(off_by_default),
        cmocka_unit_test(parcels_and_factors),
        cmocka_unit_test(no_parcels),
        cmocka_unit_test(classes_have_no_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
