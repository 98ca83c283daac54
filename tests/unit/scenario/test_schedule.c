#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "scenario/schedule.h"

enum {
    HORIZON = 10
};

static const int64_t ha = 100000000;

static struct schedule run(const struct schedule_land *lands, size_t count,
                           double rate, const struct list *outlets)
{
    static const struct list none = {NULL, 0};
    struct schedule schedule = {0};
    const struct schedule_rules rules = {HORIZON, rate,
                                         outlets ? outlets : &none};
    assert_int_equal(schedule_run(&schedule, lands, count, &rules),
                     TERRAMIS_OK);
    return schedule;
}

static void is_tranche(const struct schedule *s, size_t i, size_t land,
                       int year, double hectares)
{
    assert_true(i < s->count);
    assert_int_equal(s->items[i].land, land);
    assert_int_equal(s->items[i].year, year);
    assert_true(s->items[i].area == llround(hectares * (double)ha));
}

static int64_t planted_by(const struct schedule *s, int year)
{
    int64_t sum = 0;
    for (size_t i = 0; i < s->count; i++)
        sum += s->items[i].year <= year ? s->items[i].area : 0;
    return sum;
}

/* 3, 5 and 1 ha at 4 ha a year: 3 + 1, then 4, then the last. */
static void worked_example(void **state)
{
    (void)state;
    const struct schedule_land lands[] = {{0, 3 * ha, 15, USE_ANY},
                                          {1, 5 * ha, 12, USE_ANY},
                                          {2, ha, 8, USE_ANY}};
    struct schedule s = run(lands, 3, 4, NULL);
    assert_int_equal(s.count, 4);
    is_tranche(&s, 0, 0, 1, 3);
    is_tranche(&s, 1, 1, 1, 1);
    is_tranche(&s, 2, 1, 2, 4);
    is_tranche(&s, 3, 2, 3, 1);
    schedule_release(&s);
    s = run(lands, 3, NAN, NULL); /* no limit */
    assert_int_equal(s.count, 3);
    assert_true(planted_by(&s, 1) == 9 * ha);
    schedule_release(&s);
    s = run(lands, 3, 0, NULL);
    assert_int_equal(s.count, 0);
    schedule_release(&s);
    s = run(lands, 3, 0.25, NULL); /* the first one takes longer than all */
    assert_int_equal(s.count, HORIZON);
    assert_true(planted_by(&s, HORIZON) == 5 * ha / 2);
    schedule_release(&s);
}

/* Bedding wants 30 t a year of clean crop, boards 60 t of any. By hand: the
 * polluted 2 ha x 15 t go to the boards; of the clean 4 ha x 12 t, 2.5 ha to
 * the bedding and 1.5 ha to the boards, which then want 12 t: 1.5 ha x 8 t. */
static void outlets_take_what_they_may(void **state)
{
    (void)state;
    struct outlet_config outlets[] = {{.id = "bedding", .demand = 30, .use = 1},
                                      {.id = "boards", .demand = 60, .use = 0}};
    const struct list list = {outlets, 2};
    const struct schedule_land lands[] = {{0, 2 * ha, 15, USE_MATERIAL},
                                          {1, 4 * ha, 12, USE_ANY},
                                          {2, 9 * ha, 8, USE_MATERIAL},
                                          {3, 9 * ha, 8, USE_ANY}};
    struct schedule s = run(lands, 4, NAN, &list);
    assert_int_equal(s.count, 3);
    is_tranche(&s, 0, 0, 1, 2);
    is_tranche(&s, 1, 1, 1, 4);
    is_tranche(&s, 2, 2, 1, 1.5);
    schedule_release(&s);
    s = run(lands, 4, 3, &list); /* the same land, year by year */
    assert_true(planted_by(&s, HORIZON) == 15 * ha / 2);
    assert_true(planted_by(&s, 1) == 3 * ha);
    schedule_release(&s);
    outlets[1].demand = NAN; /* no limit: all of the rest */
    s = run(lands, 4, NAN, &list);
    assert_true(planted_by(&s, HORIZON) == 24 * ha);
    schedule_release(&s);
    outlets[0].demand = outlets[1].demand = 0;
    s = run(lands, 4, NAN, &list);
    assert_int_equal(s.count, 0);
    schedule_release(&s);
}

static size_t random_lands(struct schedule_land *lands, size_t most)
{
    size_t count = (size_t)rand() % most;
    for (size_t i = 0; i < count; i++)
        lands[i] = (struct schedule_land){i, 1 + rand() % (3 * ha),
                                          5 + rand() % 100 * 0.1,
                                          rand() % 2 ? USE_ANY : USE_MATERIAL};
    return count;
}

/* A higher rate never plants less by any year; half of it needs twice the
 * years for the very same land. */
static void rates_compare(void **state)
{
    (void)state;
    struct schedule_land lands[40];
    srand(3);
    for (int round = 0; round < 300; round++) {
        struct outlet_config outlets[] = {
            {.demand = rand() % 200, .use = 1},
            {.demand = rand() % 4 ? rand() % 300 : (double)NAN,
             .use = rand() % 2}};
        const struct list list = {outlets, (size_t)(rand() % 3)};
        size_t count = random_lands(lands, 40);
        double rate = rand() % 80 * 0.125;
        struct schedule slow = run(lands, count, rate / 2, &list);
        struct schedule fast = run(lands, count, rate, &list);
        struct schedule more = run(lands, count, rate + 1, &list);
        for (int year = 1; year <= HORIZON; year++)
            assert_true(planted_by(&more, year) >= planted_by(&fast, year));
        /* a demand is met to the unit, wherever a year cuts it: 1 cm2 each */
        for (int year = 1; 2 * year <= HORIZON; year++)
            assert_true(llabs(planted_by(&fast, year) -
                              planted_by(&slow, 2 * year)) <= 2);
        schedule_release(&slow);
        schedule_release(&fast);
        schedule_release(&more);
    }
}

/* Nothing is planted twice, beyond a year's rate or out of order. */
static void never_more_than_there_is(void **state)
{
    (void)state;
    struct schedule_land lands[40];
    srand(4);
    for (int round = 0; round < 300; round++) {
        size_t count = random_lands(lands, 40);
        int64_t of_land[40] = {0}, of_year[HORIZON + 1] = {0};
        struct schedule s = run(lands, count, 2.5, NULL);
        for (size_t i = 0; i < s.count; i++) {
            assert_true(s.items[i].area > 0);
            of_land[s.items[i].land] += s.items[i].area;
            of_year[s.items[i].year] += s.items[i].area;
            assert_true(i == 0 || (s.items[i].land >= s.items[i - 1].land &&
                                   s.items[i].year >= s.items[i - 1].year));
        }
        for (size_t i = 0; i < count; i++)
            assert_true(of_land[i] <= lands[i].area);
        for (int year = 1; year <= HORIZON; year++)
            assert_true(of_year[year] <= 5 * ha / 2);
        schedule_release(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_example),
        cmocka_unit_test(outlets_take_what_they_may),
        cmocka_unit_test(rates_compare),
        cmocka_unit_test(never_more_than_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
