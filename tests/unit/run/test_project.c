#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run/project.h"
#include "unit/run/bench.h"

static void the_project_and_its_layers(void **state)
{
    struct terramis_options o = bench_options(*state);
    struct project p;
    assert_int_equal(project_open(&p, &o, false), TERRAMIS_OK);
    assert_int_equal(p.config.factors.count, 2);
    assert_int_equal(p.plan.layer_count, 0); /* not read */
    project_release(&p);
    o.resolution = 20;
    assert_int_equal(project_open(&p, &o, true), TERRAMIS_OK);
    assert_int_equal(p.plan.layer_count, 8);
    assert_true(p.plan.resolution == 20);
    project_release(&p);
    project_release(&p);
}

static void one_territory_of_several(void **state)
{
    struct terramis_options o = bench_options(*state);
    struct project p;
    assert_int_equal(project_open(&p, &o, true), TERRAMIS_OK);
    assert_true(project_wants(&p, &o, 0));
    o.territory = "T"; /* any case */
    assert_true(project_wants(&p, &o, 0));
    o.territory = "x";
    assert_false(project_wants(&p, &o, 0));
    project_release(&p);
    o.territory = "tt";
    assert_int_equal(project_open(&p, &o, false), TERRAMIS_USAGE);
    assert_string_equal(terramis_message(),
                        "--territory tt: no such territory; did you mean 't'? "
                        "There are: t");
    project_release(&p);
    o.territory = "lisieux";
    assert_int_equal(project_open(&p, &o, false), TERRAMIS_USAGE);
    assert_string_equal(terramis_message(),
                        "--territory lisieux: no such territory. There are: t");
    project_release(&p);
}

static void no_project(void **state)
{
    struct terramis_options o = bench_options(*state);
    struct project p;
    o.project = "nowhere.yaml";
    assert_int_equal(project_open(&p, &o, true), TERRAMIS_PROJECT);
    assert_true(has(terramis_message(), "nowhere.yaml"));
    project_release(&p);
}

static void the_date(void **state)
{
    (void)state;
    char date[16];
    setenv("SOURCE_DATE_EPOCH", "1795500000", 1);
    run_date(date);
    assert_string_equal(date, "2026-11-24");
    setenv("SOURCE_DATE_EPOCH", "0", 1);
    run_date(date);
    assert_string_equal(date, "1970-01-01");
    setenv("SOURCE_DATE_EPOCH", "yesterday", 1); /* no number: now */
    run_date(date);
    assert_true(strcmp(date, "2026") > 0);
    unsetenv("SOURCE_DATE_EPOCH");
    run_date(date);
    assert_int_equal(strlen(date), 10);
    assert_true(strcmp(date, "2026") > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_project_and_its_layers),
        cmocka_unit_test(one_territory_of_several),
        cmocka_unit_test(no_project),
        cmocka_unit_test(the_date),
    };
    return cmocka_run_group_tests(tests, project_set_up, bench_tear_down);
}
