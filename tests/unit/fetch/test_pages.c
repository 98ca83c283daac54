#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fetch/pages.h"

static enum terramis_status check(const struct pages *pages, long long repeated,
                                  const char *key)
{
    struct collection collection = {.counts.repeated = repeated};
    return pages_check(pages, "here", &collection, key);
}

static void all_have_come(void **state)
{
    (void)state;
    struct pages pages = {0};
    assert_int_equal(pages_note(&pages, "here", 2500, 1000), TERRAMIS_OK);
    assert_true(pages_go_on(&pages, 1000));
    assert_int_equal(pages_note(&pages, "here", 2500, 1000), TERRAMIS_OK);
    assert_true(pages_go_on(&pages, 1000));
    assert_int_equal(pages_note(&pages, "here", 2500, 500), TERRAMIS_OK);
    assert_false(pages_go_on(&pages, 1000));
    assert_int_equal(check(&pages, 0, NULL), TERRAMIS_OK);
    assert_int_equal(check(&pages, 1, NULL), TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "does not sort"));
    assert_int_equal(check(&pages, 1, "gid"), TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "'gid'"));
    pages.repeated = 1; /* by an earlier question */
    assert_int_equal(check(&pages, 1, NULL), TERRAMIS_OK);
}

static void pages_smaller_than_asked_go_on(void **state)
{
    (void)state;
    struct pages pages = {0};
    assert_int_equal(pages_note(&pages, "here", 700, 500), TERRAMIS_OK);
    assert_true(pages_go_on(&pages, 1000));
    assert_int_equal(pages_note(&pages, "here", 700, 0), TERRAMIS_OK);
    assert_false(pages_go_on(&pages, 1000)); /* or for ever */
    assert_int_equal(check(&pages, 0, NULL), TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "500 objects came of 700"));
}

static void without_a_total_the_limit_is_suspicious(void **state)
{
    (void)state;
    struct pages pages = {0};
    assert_int_equal(pages_note(&pages, "here", -1, PAGES_LIMIT), TERRAMIS_OK);
    assert_true(pages_go_on(&pages, 10000));
    assert_int_equal(pages_note(&pages, "here", -1, 0), TERRAMIS_OK);
    assert_false(pages_go_on(&pages, 10000));
    assert_int_equal(check(&pages, 0, NULL), TERRAMIS_INPUT);
    struct pages few = {0};
    assert_int_equal(pages_note(&few, "here", -1, 12), TERRAMIS_OK);
    assert_false(pages_go_on(&few, 1000));
    assert_int_equal(check(&few, 0, NULL), TERRAMIS_OK);
    struct pages none = {0};
    assert_int_equal(pages_note(&none, "here", 0, 0), TERRAMIS_OK);
    assert_false(pages_go_on(&none, 1000));
    assert_int_equal(check(&none, 0, NULL), TERRAMIS_OK);
}

static void a_total_that_changes_is_refused(void **state)
{
    (void)state;
    struct pages pages = {0};
    assert_int_equal(pages_note(&pages, "here", 10, 5), TERRAMIS_OK);
    assert_int_equal(pages_note(&pages, "here", 11, 5), TERRAMIS_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_have_come),
        cmocka_unit_test(pages_smaller_than_asked_go_on),
        cmocka_unit_test(without_a_total_the_limit_is_suspicious),
        cmocka_unit_test(a_total_that_changes_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
