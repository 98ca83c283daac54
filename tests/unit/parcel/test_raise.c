#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parcel/raise.h"
#include "unit/settings.h"

enum {
    FACTORS = 3
};

/* Three factors, linear from 0 at 0 to 1 at 10. */
struct rules {
    struct arena arena;
    struct config config;
    struct factor_config factors[FACTORS];
    struct raises raises;
    struct raise out[FACTORS];
};

static const double membership[FACTORS] = {0.8, 0.5, 0.4};
static const double value[FACTORS] = {8, 5, 4};

static void begin(struct rules *r, const char *second)
{
    static const double weights[FACTORS] = {0.5, 0.3, 0.2};
    const char *why;
    *r = (struct rules){
        .config = {.path = "p.yaml", .classes = {75, 50, 25, 12.5}}};
    r->config.factors = (struct list){r->factors, FACTORS};
    r->config.combine.op = registry_find(&combiner_registry, "wlc");
    for (int f = 0; f < FACTORS; f++) {
        r->factors[f] = (struct factor_config){.id = "f",
                                               .weight = weights[f],
                                               .group_index = WEIGHTS_NO_GROUP,
                                               .caps = {NAN, NAN, NAN, NAN}};
        assert_true(read_use(&r->arena, &membership_registry,
                             f == 1 ? second
                                    : "kind: linear, points: [[0, 0], [10, 1]]",
                             &r->factors[f].membership, &why));
    }
    assert_int_equal(raises_open(&r->raises, &r->config), TERRAMIS_OK);
}

static void ask(struct rules *r, enum suitability_class class, double score)
{
    struct raise_parcel parcel = {class, score, membership, value};
    raises_of(&r->raises, &parcel, r->out);
}

static void end(struct rules *r)
{
    raises_close(&r->raises);
    arena_release(&r->arena);
}

/* 63 points, 12 more for S1: too much for the first; 0.4 of the second, 0.6 of
 * the third to the dot. One set of rules serves many parcels. */
static void parcels_one_after_another(void **state)
{
    (void)state;
    struct rules r;
    begin(&r, "kind: linear, points: [[0, 0], [10, 1]]");
    for (int again = 0; again < 2; again++) {
        ask(&r, CLASS_S2, 63);
        assert_false(r.out[0].enough);
        assert_true(isnan(r.out[0].membership) && isnan(r.out[0].value));
        assert_true(fabs(r.out[1].membership - 0.9) < 1.01e-4);
        assert_true(fabs(r.out[1].value - 9) < 2e-3);
        assert_true(fabs(r.out[2].membership - 1) < 1.01e-4);
        ask(&r, CLASS_S2, 69); /* uneven: its cells make 6 points more */
        assert_true(fabs(r.out[0].membership - 0.92) < 1.01e-4);
        ask(&r, CLASS_S1, 80);
        assert_false(r.out[0].enough || r.out[1].enough || r.out[2].enough);
    }
    end(&r);
}

static void classes_have_no_value(void **state)
{
    (void)state;
    struct rules r;
    begin(&r, "kind: table, table: {1: 1, 2: 0.5}");
    ask(&r, CLASS_S2, 63);
    assert_true(r.out[1].enough && isnan(r.out[1].value));
    assert_true(fabs(r.out[1].membership - 0.9) < 1.01e-4);
    end(&r);
}

static void next_better_class(void **state)
{
    (void)state;
    assert_int_equal(raise_next(CLASS_NONE), CLASS_NONE);
    assert_int_equal(raise_next(CLASS_S1), CLASS_NONE);
    assert_int_equal(raise_next(CLASS_S2), CLASS_S1);
    assert_int_equal(raise_next(CLASS_N2), CLASS_N1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parcels_one_after_another),
        cmocka_unit_test(classes_have_no_value),
        cmocka_unit_test(next_better_class),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
