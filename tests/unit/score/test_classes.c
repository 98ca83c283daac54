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

/* Soil depth: not below S3 from 0.4 down, N2 at 0.1; slope: N1 at 0. */
static struct factor_config factors[] = {
    {.limitation = 9, .caps = {NAN, 0.4, NAN, 0.1}},
    {.limitation = 2, .caps = {NAN, NAN, 0, NAN}},
    {.limitation = 0, .caps = {NAN, NAN, NAN, NAN}}};
static const struct config capped = {.factors = {factors, 3}, .capped = true};

static void severe_limitations_cap(void **state)
{
    (void)state;
    static const struct {
        float x[3];
        enum suitability_class before, after;
        int limiting;
    } cases[] = {{{0.5F, 1, 0}, CLASS_S1, CLASS_S1, 3},
                 {{0.4F, 1, 0}, CLASS_S1, CLASS_S3, 1},
                 {{0.1F, 1, 0}, CLASS_S1, CLASS_N2, 1},
                 {{0.2F, 0, 0}, CLASS_S2, CLASS_N1, 2},
                 {{0.05F, 0, 0}, CLASS_S2, CLASS_N2, 1},
                 {{0.4F, 1, 0}, CLASS_N1, CLASS_N1, 3}, /* no better */
                 {{NAN, NAN, 0}, CLASS_S2, CLASS_S2, 3},
                 {{0, 0, 0}, CLASS_NONE, CLASS_NONE, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int limiting = 3;
        assert_int_equal(
            class_capped(&capped, cases[i].before, cases[i].x, 1, &limiting),
            cases[i].after);
        assert_int_equal(limiting, cases[i].limiting);
    }
    struct config free = capped;
    int limiting = 3;
    free.capped = false;
    assert_int_equal(
        class_capped(&free, CLASS_S1, (float[]){0, 0, 0}, 1, &limiting),
        CLASS_S1);
}

static void subclasses(void **state)
{
    (void)state;
    static const struct {
        enum suitability_class class;
        int limiting;
        const char *subclass;
    } cases[] = {{CLASS_S2, 1, "S2r"}, {CLASS_N1, 2, "N1t"},
                 {CLASS_S3, 3, "S3"},  {CLASS_S1, 1, "S1"},
                 {CLASS_S2, 0, "S2"},  {CLASS_NONE, 1, ""},
                 {CLASS_N2, 9, "N2"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char found[8];
        class_subclass(&capped, cases[i].class, cases[i].limiting, found);
        assert_string_equal(found, cases[i].subclass);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_belong_to_the_better_class),
        cmocka_unit_test(names),
        cmocka_unit_test(severe_limitations_cap),
        cmocka_unit_test(subclasses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
