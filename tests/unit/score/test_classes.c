#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "score/score.h"

/* A score at a limit has the better class. */
static void limits_belong_to_the_better_class(void **state)
{
    (void)state;
    const struct class_config limits = {75, 50, 25, 12.5};
    static const struct {
        double score;
        enum suitability_class class;
    } cases[] = {
        {100, CLASS_S1},    {75, CLASS_S1},           {74.999, CLASS_S2},
        {50, CLASS_S2},     {49.999, CLASS_S3},       {25, CLASS_S3},
        {24.999, CLASS_N1}, {12.5, CLASS_N1},         {12.499, CLASS_N2},
        {0, CLASS_N2},      {(double)NAN, CLASS_NONE}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(class_of(&limits, cases[i].score), cases[i].class);
    const struct class_config own = {90, 80, 70, 0};
    assert_int_equal(class_of(&own, 89), CLASS_S2);
    assert_int_equal(class_of(&own, 0), CLASS_N1); /* no N2 then */
}

static void names(void **state)
{
    (void)state;
    static const char *const expected[] = {"",   "S1", "S2",   "S3",
                                           "N1", "N2", "exclu"};
    for (int c = CLASS_NONE; c <= CLASS_EXCLUDED; c++)
        assert_string_equal(class_name((enum suitability_class)c), expected[c]);
    /* the numbers in class.tif are an interface */
    assert_true(CLASS_S1 == 1 && CLASS_N2 == 5 && CLASS_EXCLUDED == 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_belong_to_the_better_class),
        cmocka_unit_test(names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
