#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/weights/solve.h"
#include "weights/ahp.h"

extern const struct weighting_op weighting_ahp;

static const size_t none = WEIGHTS_NO_GROUP;

static bool near(double a, double b)
{
    return fabs(a - b) < 1e-12;
}

/* Two groups and a factor alone: shares multiply down. */
static void hierarchies_multiply(void **state)
{
    (void)state;
    struct ahp_judgement judgements[] = {{{5, 1}, "soil", "slope", "2"},
                                         {{6, 1}, "soil", "access", "4"},
                                         {{7, 1}, "slope", "access", "2"},
                                         {{8, 1}, "water", "depth", "3"}};
    struct ahp ahp = {.judgements = {judgements, 4}, .max_cr = 0.1};
    const struct weights_group groups[] = {{"soil", (double)NAN, {1, 1}},
                                           {"access", (double)NAN, {1, 1}},
                                           {"empty", (double)NAN, {1, 1}}};
    struct weights_item items[] = {{.id = "depth", .group = 0},
                                   {.id = "slope", .group = none},
                                   {.id = "water", .group = 0},
                                   {.id = "road", .group = 1}};
    struct solve s = {.task = {.count = 0}};
    assert_string_equal(solve(&s, &weighting_ahp, &ahp, items, 4, groups, 3),
                        "");
    assert_true(near(items[0].weight, 4. / 7 / 4));
    assert_true(near(items[1].weight, 2. / 7));
    assert_true(near(items[2].weight, 4. / 7 * 3 / 4));
    assert_true(near(items[3].weight, 1. / 7));
    assert_int_equal(s.report.count, 4);
    assert_string_equal(s.report.random_index, "saaty-1980");
    const struct weights_set *top = &s.report.sets[3];
    assert_null(top->group);
    assert_int_equal(top->count, 3);
    assert_true(near(top->lambda_max, 3) && top->cr < 1e-12);
    solve_release(&s);
}

/* Bozoki, Fulop & Ronyai 2010. */
static void missing_judgements_are_completed(void **state)
{
    (void)state;
    struct ahp_judgement judgements[] = {{{5, 1}, "a", "b", "1"},
                                         {{5, 1}, "a", "c", "5"},
                                         {{5, 1}, "a", "d", "2"},
                                         {{5, 1}, "b", "c", "3"},
                                         {{5, 1}, "b", "d", "4"}};
    struct ahp ahp = {.judgements = {judgements, 5}, .max_cr = 0.1};
    struct weights_item items[] = {{.id = "a", .group = none},
                                   {.id = "b", .group = none},
                                   {.id = "c", .group = none},
                                   {.id = "d", .group = none}};
    struct solve s = {.task = {.count = 0}};
    assert_string_equal(solve(&s, &weighting_ahp, &ahp, items, 4, NULL, 0), "");
    const struct weights_set *set = &s.report.sets[0];
    assert_int_equal(set->completed_count, 1);
    assert_string_equal(set->completed[0].a, "c");
    assert_string_equal(set->completed[0].b, "d");
    assert_true(fabs(set->completed[0].value - sqrt(8. / 15)) < 1e-9);
    solve_release(&s);
}

static void contradictions_name_the_worst(void **state)
{
    (void)state;
    struct ahp_judgement judgements[] = {{{5, 1}, "a", "b", "3"},
                                         {{6, 1}, "b", "c", "3"},
                                         {{7, 3}, "a", "c", "1/5"}};
    struct ahp ahp = {.judgements = {judgements, 3}, .max_cr = 0.1};
    struct weights_item items[] = {{.id = "a", .group = none},
                                   {.id = "b", .group = none},
                                   {.id = "c", .group = none}};
    struct solve s = {.task = {.count = 0}};
    assert_string_equal(
        solve(&s, &weighting_ahp, &ahp, items, 3, NULL, 0),
        "p:7:3: ahp: the judgements contradict one another: CR 1.585, 0.10 at "
        "most. c / a = 5 hurts most; 1/9 would fit the others better (CR "
        "0.000)");
    solve_release(&s);
    /* who says so may go on */
    ahp.max_cr = 2;
    s = (struct solve){.task = {.count = 0}};
    assert_string_equal(solve(&s, &weighting_ahp, &ahp, items, 3, NULL, 0), "");
    solve_release(&s);
}

static void ratios_read_as_written(void **state)
{
    (void)state;
    assert_string_equal(weights_ratio(1. / 3).text, "1/3");
    assert_string_equal(weights_ratio(1. / 9).text, "1/9");
    assert_string_equal(weights_ratio(1).text, "1");
    assert_string_equal(weights_ratio(7).text, "7");
    assert_string_equal(weights_ratio(sqrt(8. / 15)).text, "0.7303");
}

/* More than the tables of the random index know. */
static void too_many_are_refused(void **state)
{
    (void)state;
    struct weights_item items[PAIRWISE_MAX + 1];
    struct ahp ahp = {.max_cr = 0.1};
    char ids[PAIRWISE_MAX + 1][2];
    for (int i = 0; i <= PAIRWISE_MAX; i++) {
        ids[i][0] = (char)('a' + i);
        ids[i][1] = '\0';
        items[i] = (struct weights_item){.id = ids[i], .group = none};
    }
    struct solve s = {.task = {.count = 0}};
    assert_non_null(strstr(
        solve(&s, &weighting_ahp, &ahp, items, PAIRWISE_MAX + 1, NULL, 0),
        "p:1:1: ahp: 16 elements"));
    solve_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hierarchies_multiply),
        cmocka_unit_test(missing_judgements_are_completed),
        cmocka_unit_test(contradictions_name_the_worst),
        cmocka_unit_test(ratios_read_as_written),
        cmocka_unit_test(too_many_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
