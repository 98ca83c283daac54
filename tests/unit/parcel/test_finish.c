#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parcel/parcel.h"
#include "unit/yield/make.h"

enum {
    FACTORS = 2
};

static struct config config = {.classes = {75, 50, 25, 12.5},
                               .yields = {.spread = 0.25, .polluted = 1},
                               .parcels = {.min_plantable = 0.1}};
static struct yield_bound yield;
static const double weight[FACTORS] = {0.7, 0.3};

/* Square metres in the sums' unit: shares of cells of 10 m. */
static int64_t cells_of(double m2)
{
    return (int64_t)llround(m2 / 100 * MOSAIC_ONE);
}

/* A parcel with `m2` plantable, all scored. */
static struct parcel planted(const char *id, double m2, double score)
{
    struct parcel p = {.id = id};
    p.sums.plantable = p.sums.scored = cells_of(m2);
    p.sums.score = cells_of(m2 * score * (double)SCORE_STEPS);
    p.sums.score_min = (float)score;
    return p;
}

static struct parcels finish(struct parcel *items, size_t count)
{
    struct parcels parcels = {
        .items = items,
        .count = count,
        .factors = FACTORS,
        .factor_sums = calloc(2 * FACTORS * count + 1, sizeof(int64_t))};
    for (size_t i = 0; i < count; i++) {
        struct parcel *p = &items[i];
        p->factor_area = parcels.factor_sums + 2 * FACTORS * i;
        p->factor_sum = p->factor_area + FACTORS;
        for (int f = 0; f < FACTORS; f++) { /* memberships 0.9 and 0.2 */
            p->factor_area[f] = p->sums.plantable;
            p->factor_sum[f] = p->sums.plantable / 10 * (f ? 2 : 9) *
                               (int64_t)MEMBERSHIP_STEPS;
        }
    }
    assert_int_equal(parcels_finish(&parcels, &config, weight, &yield, 10),
                     TERRAMIS_OK);
    return parcels;
}

static void results_of_a_parcel(void **state)
{
    (void)state;
    struct parcel items[] = {planted("a", 20000, 60), planted("b", 10000, 80)};
    items[0].sums.plantable_kind[KIND_POLLUTED_SOIL] = 1;
    struct parcels p = finish(items, 2);
    assert_true(fabs(items[0].score - 60) < 1e-9);
    assert_true(fabs(items[1].score - 80) < 1e-9);
    assert_int_equal(items[0].class, CLASS_S2);
    assert_int_equal(items[1].class, CLASS_S1);
    assert_true(items[0].yield == 12);
    assert_true(items[0].yield_low == 9 && items[0].yield_high == 15);
    assert_true(fabs(items[0].tonnage - 24) < 1e-9); /* 2 ha x 12 t */
    assert_true(fabs(items[1].tonnage - 15) < 1e-9);
    /* costs 0.7 x 0.1 and 0.3 x 0.8 */
    assert_int_equal(items[0].limiting, 2);
    assert_true(items[0].nodata_pct == 0);
    assert_int_equal(items[0].use, USE_MATERIAL); /* some of it polluted */
    assert_int_equal(items[1].use, USE_ANY);
    assert_true(fabs(parcel_membership(&items[0], 0) - 0.9) < 1e-9);
    free(p.factor_sums);
}

static void nothing_plantable_or_nothing_known(void **state)
{
    (void)state;
    struct parcel items[] = {planted("none", 0, 0), planted("blind", 20000, 0),
                             planted("part", 20000, 50)};
    items[0].sums.excluded = 5;
    items[0].sums.kind[KIND_POLLUTED_SOIL] = 5;
    items[1].sums.scored = items[1].sums.score = 0;
    items[2].sums.scored /= 2; /* half has no score: the mean is of the rest */
    items[2].sums.score /= 2;
    struct parcels p = finish(items, 3);
    assert_true(isnan(items[0].score) && isnan(items[0].yield));
    assert_true(isnan(items[0].nodata_pct));
    assert_int_equal(items[0].class, CLASS_NONE);
    assert_int_equal(items[0].use, USE_NONE); /* its soil is not planted */
    assert_int_equal(items[0].rank, 0);
    assert_true(isnan(items[1].score));
    assert_int_equal(items[1].use, USE_ANY);
    assert_int_equal(items[1].rank, 0);
    assert_true(fabs(items[2].score - 50) < 1e-9);
    assert_int_equal(items[2].rank, 1);
    assert_true(items[0].tonnage == 0 && items[1].tonnage == 0);
    free(p.factor_sums);
}

/* Membership 0.2 of the second factor caps the class; the rank follows. */
static void severe_limitations_cap_the_class(void **state)
{
    (void)state;
    struct factor_config factors[FACTORS] = {
        {.caps = {NAN, NAN, NAN, NAN}},
        {.limitation = 3, .caps = {NAN, 0.3, 0.1, NAN}}};
    struct config strict = config;
    strict.factors = (struct list){factors, FACTORS};
    strict.capped = true;
    struct parcel items[] = {planted("a", 20000, 90), planted("b", 20000, 20)};
    struct parcels p = finish(items, 2); /* without caps */
    assert_string_equal(items[0].subclass, "S1");
    free(p.factor_sums);
    struct parcel again[] = {planted("a", 20000, 90), planted("b", 20000, 20),
                             planted("c", 20000, 55)};
    int64_t areas[2 * 3][FACTORS];
    for (int i = 0; i < 3; i++) {
        int64_t area = again[i].sums.plantable;
        areas[2 * i][0] = areas[2 * i][1] = area;
        areas[2 * i + 1][0] = area * (int64_t)MEMBERSHIP_STEPS;
        areas[2 * i + 1][1] =
            i == 2 ? areas[2 * i + 1][0] : area / 5 * (int64_t)MEMBERSHIP_STEPS;
        again[i].factor_area = areas[2 * i];
        again[i].factor_sum = areas[2 * i + 1];
    }
    p = (struct parcels){.items = again, .count = 3, .factors = FACTORS};
    assert_int_equal(parcels_finish(&p, &strict, weight, &yield, 10),
                     TERRAMIS_OK);
    assert_true(fabs(again[0].score - 90) < 1e-9); /* the sum still says so */
    assert_int_equal(again[0].class, CLASS_S3);
    assert_string_equal(again[0].subclass, "S3w");
    assert_int_equal(again[0].limiting, 2);
    assert_true(again[0].yield == 8);
    assert_string_equal(again[1].subclass, "N1w");
    assert_string_equal(again[2].subclass, "S2");
    assert_int_equal(again[2].rank, 1); /* S2 before a capped S3 */
    assert_int_equal(again[0].rank, 2);
}

/* 30 % without the one, 10 % without the other: at least 30 %. */
static void land_without_a_factor(void **state)
{
    (void)state;
    for (int known = 7; known >= 0; known -= 7) {
        struct parcel one = planted("a", 10000, 50);
        int64_t area[FACTORS] = {one.sums.plantable / 10 * known,
                                 one.sums.plantable / 10 * 9};
        int64_t sum[FACTORS] = {0, area[1] / 2 * (int64_t)MEMBERSHIP_STEPS};
        one.factor_area = area;
        one.factor_sum = sum;
        struct parcels p = {.items = &one, .count = 1, .factors = FACTORS};
        assert_int_equal(parcels_finish(&p, &config, weight, &yield, 10),
                         TERRAMIS_OK);
        assert_true(fabs(one.nodata_pct - (100 - 10 * known)) < 1e-6);
        assert_true(fabs(parcel_membership(&one, 1) - 0.5) < 1e-9);
        if (known == 0) {
            assert_true(isnan(parcel_membership(&one, 0)));
            assert_int_equal(one.limiting, 2); /* the one that is known */
        } else {
            assert_int_equal(one.limiting, 1); /* worth nothing, weight 0.7 */
        }
    }
}

/* Sums of cells of any size become areas in ZONAL_UNIT. */
static void cells_become_areas(void **state)
{
    (void)state;
    assert_true(zonal_from_cells((int64_t)100 * MOSAIC_ONE, 10) == 100000000);
    assert_true(zonal_ha(zonal_from_cells((int64_t)400 * MOSAIC_ONE, 5)) == 1);
    assert_true(zonal_from_cells(MOSAIC_ONE / 2, 1) == 5000);
    assert_true(zonal_from_cells(0, 5) == 0);
    struct parcel one[] = {planted("a", 12345, 50)};
    one[0].sums.excluded = cells_of(500);
    one[0].sums.kind[KIND_CATCHMENT] = cells_of(12845);
    one[0].sums.plantable_kind[KIND_CATCHMENT] = cells_of(12345);
    struct parcels p = finish(one, 1);
    assert_true(fabs(zonal_area(one[0].sums.plantable) - 12345) < 1e-3);
    assert_true(fabs(zonal_area(one[0].sums.scored) - 12345) < 1e-3);
    assert_true(fabs(zonal_area(one[0].sums.excluded) - 500) < 1e-3);
    assert_true(fabs(zonal_area(zonal_marginal(&one[0].sums)) - 12845) < 1e-3);
    assert_true(fabs(zonal_area(one[0].sums.kind[KIND_CATCHMENT]) - 12845) <
                1e-3);
    assert_true(fabs(zonal_area(one[0].sums.plantable_kind[KIND_CATCHMENT]) -
                     12345) < 1e-3);
    free(p.factor_sums);
}

/* By score, then by land, then by id; small ones get none. */
static void ranks(void **state)
{
    (void)state;
    struct parcel items[] = {planted("d", 5000, 70), planted("b", 5000, 80),
                             planted("a", 900, 99),  planted("e", 9000, 70),
                             planted("c", 5000, 70), planted("f", 1000, 10),
                             planted("g", 5000, 70), planted("0", 0, 0)};
    static const int expected[] = {4, 1, 0, 2, 3, 6, 5, 0};
    struct parcels p = finish(items, 8);
    for (int i = 0; i < 8; i++)
        assert_int_equal(items[i].rank, expected[i]);
    free(p.factor_sums);
}

/* The same ranks whatever the order in the file. */
static void ranks_do_not_depend_on_the_order(void **state)
{
    (void)state;
    enum {
        N = 300
    };
    static struct parcel items[N], turned[N];
    static char ids[N][16];
    srand(5);
    for (int i = 0; i < N; i++) {
        snprintf(ids[i], sizeof ids[i], "p%d", i);
        items[i] = planted(ids[i], 2000 + rand() % 3 * 500, rand() % 4 * 20);
    }
    for (int i = 0; i < N; i++)
        turned[i] = items[(i * 7 + 3) % N];
    struct parcels p = finish(items, N), q = finish(turned, N);
    for (int i = 0; i < N; i++)
        assert_int_equal(turned[i].rank, items[(i * 7 + 3) % N].rank);
    free(p.factor_sums);
    free(q.factor_sums);
    struct parcels none = finish(items, 0);
    free(none.factor_sums);
}

/* A model that wants the mean value: 120 mm on all of it, stored after the
 * memberships. */
static void the_mean_value_is_handed_on(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct config other = config;
    struct operator_use use = {.op =
                                   registry_find(&yield_registry, "miscanmod")};
    struct text settings = {0};
    text_addf(&settings, "kind: miscanmod, %s", yield_op_of(&use)->example);
    make_model(&arena, &other, text_get(&settings));
    struct yield_bound model;
    assert_int_equal(yield_bind(&model, &other, "a"), TERRAMIS_OK);
    struct parcel one = planted("a", 10000, 50);
    int64_t area[FACTORS], sum[FACTORS], raw[FACTORS];
    for (int f = 0; f < FACTORS; f++) {
        area[f] = one.sums.plantable;
        sum[f] = llround(0.5 * (double)MEMBERSHIP_STEPS * (double)area[f]);
        raw[f] =
            llround((f == 1 ? 120 : 7) * (double)RAW_STEPS * (double)area[f]);
    }
    one.factor_area = area;
    one.factor_sum = sum;
    one.factor_raw = raw;
    struct parcels p = {.items = &one, .count = 1, .factors = FACTORS};
    model.input[YIELD_AWC] = 2;
    assert_int_equal(parcels_finish(&p, &other, weight, &model, 10),
                     TERRAMIS_OK);
    struct yield_land land = make_land(CLASS_S2, 120);
    assert_true(fabs(one.yield - yield_of(&model, &land).mean) < 1e-4);
    assert_true(one.yield_low < one.yield && one.yield < one.yield_high);
    assert_true(one.nodata_pct == 0);
    raw[1] = RAW_UNKNOWN; /* not known: no yield, no harvest */
    one.sums = planted("a", 10000, 50).sums;
    assert_int_equal(parcels_finish(&p, &other, weight, &model, 10),
                     TERRAMIS_OK);
    assert_true(isnan(one.yield) && one.tonnage == 0 && one.score > 49);
    yield_release(&model);
    text_release(&settings);
    arena_release(&arena);
}

int main(void)
{
    struct arena arena = {0};
    make_model(&arena, &config, "kind: class, N1: 4, N2: 1");
    if (yield_bind(&yield, &config, "a") != TERRAMIS_OK)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_of_a_parcel),
        cmocka_unit_test(nothing_plantable_or_nothing_known),
        cmocka_unit_test(severe_limitations_cap_the_class),
        cmocka_unit_test(land_without_a_factor),
        cmocka_unit_test(cells_become_areas),
        cmocka_unit_test(ranks),
        cmocka_unit_test(ranks_do_not_depend_on_the_order),
        cmocka_unit_test(the_mean_value_is_handed_on),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    yield_release(&yield);
    arena_release(&arena);
    return failed;
}
