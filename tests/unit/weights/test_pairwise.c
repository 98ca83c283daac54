#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "weights/pairwise.h"

/* Row by row; 0: missing. */
static struct pairwise matrix_of(size_t n, const double *cells)
{
    struct pairwise m;
    pairwise_init(&m, n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            if (cells[i * n + j] > 0)
                pairwise_set(&m, i, j, cells[i * n + j]);
    return m;
}

/* Which drink is consumed more in the USA: coffee, wine, tea, beer, sodas,
 * milk, water (Saaty 2008, Int. J. Services Sciences 1(1)). */
static const double drinks[] = {
    1, 9, 5,      2,      1,      1,      0.5,    /**/
    0, 1, 1. / 3, 1. / 9, 1. / 9, 1. / 9, 1. / 9, /**/
    0, 0, 1,      1. / 3, 1. / 4, 1. / 3, 1. / 9, /**/
    0, 0, 0,      1,      0.5,    1,      1. / 3, /**/
    0, 0, 0,      0,      1,      2,      0.5,    /**/
    0, 0, 0,      0,      0,      1,      1. / 3, /**/
    0, 0, 0,      0,      0,      0,      1};

static void saaty_drinks_to_the_printed_digits(void **state)
{
    (void)state;
    static const double printed[] = {.177, .019, .042, .116, .190, .129, .327};
    struct pairwise m = matrix_of(7, drinks);
    double w[PAIRWISE_MAX];
    double lambda = pairwise_weights(&m, w);
    for (int i = 0; i < 7; i++)
        assert_true(round(w[i] * 1000) == round(printed[i] * 1000));
    double ci = pairwise_ci(lambda, 7);
    assert_true(round(ci / random_index(RANDOM_SAATY_2005, 7) * 1000) == 22);
    /* A w = lambda w */
    for (int i = 0; i < 7; i++) {
        double sum = 0;
        for (int j = 0; j < 7; j++)
            sum += m.a[i][j] * w[j];
        assert_true(fabs(sum - lambda * w[i]) < 1e-12);
    }
}

/* Buying a house: size, transport, neighbourhood, age, yard, modern facilities,
 * condition, financing (Saaty 1990, EJOR 48(1):9-26). */
static const double house[] = {
    1, 5, 3,      7, 6,      6,      1. / 3, 1. / 4, /**/
    0, 1, 1. / 3, 5, 3,      3,      1. / 5, 1. / 7, /**/
    0, 0, 1,      6, 3,      4,      6,      1. / 5, /**/
    0, 0, 0,      1, 1. / 3, 1. / 4, 1. / 7, 1. / 8, /**/
    0, 0, 0,      0, 1,      1. / 2, 1. / 5, 1. / 6, /**/
    0, 0, 0,      0, 0,      1,      1. / 5, 1. / 6, /**/
    0, 0, 0,      0, 0,      0,      1,      1. / 2, /**/
    0, 0, 0,      0, 0,      0,      0,      1};

/* Wealth of the USA, USSR, China, France, UK, Japan, West Germany (Saaty 1980,
 * The Analytic Hierarchy Process). */
static const double nations[] = {1, 4, 9, 6,      6,      5,      5,      /**/
                                 0, 1, 7, 5,      5,      3,      4,      /**/
                                 0, 0, 1, 1. / 5, 1. / 5, 1. / 7, 1. / 5, /**/
                                 0, 0, 0, 1,      1,      1. / 3, 1. / 3, /**/
                                 0, 0, 0, 0,      1,      1. / 3, 1. / 3, /**/
                                 0, 0, 0, 0,      0,      1,      2,      /**/
                                 0, 0, 0, 0,      0,      0,      1};

/* Weights to 3 digits, lambda_max to `digits`. */
static double prints(size_t n, const double *cells, const double *printed,
                     double lambda_printed, double digits)
{
    struct pairwise m = matrix_of(n, cells);
    double w[PAIRWISE_MAX];
    double lambda = pairwise_weights(&m, w);
    for (size_t i = 0; i < n; i++)
        assert_true(round(w[i] * 1000) == round(printed[i] * 1000));
    assert_true(round(lambda * digits) == round(lambda_printed * digits));
    return pairwise_ci(lambda, n);
}

static void saaty_house_and_nations(void **state)
{
    (void)state;
    static const double printed[] = {.173, .054, .188, .018,
                                     .031, .036, .167, .333};
    static const double wealth[] = {.427, .230, .021, .052, .052, .123, .094};
    double ci = prints(8, house, printed, 9.669, 1000);
    assert_true(round(ci * 1000) == 238);
    assert_true(round(ci / random_index(RANDOM_SAATY_1980, 8) * 1000) == 169);
    ci = prints(7, nations, wealth, 7.61, 100);
    assert_true(round(ci / random_index(RANDOM_SAATY_1980, 7) * 100) == 8);
}

/* Judgements that go round in a circle: powers of the matrix turn for thousands
 * of steps before they settle. */
static void contradictions_converge(void **state)
{
    (void)state;
    const double cells[] = {1, 1000, 1. / 900, 0, 1, 800, 0, 0, 1};
    struct pairwise m = matrix_of(3, cells);
    double w[PAIRWISE_MAX];
    double lambda = pairwise_weights(&m, w);
    for (int i = 0; i < 3; i++) {
        double sum = 0;
        for (int j = 0; j < 3; j++)
            sum += m.a[i][j] * w[j];
        assert_true(fabs(sum / (lambda * w[i]) - 1) < 1e-13);
    }
    assert_true(fabs(w[0] + w[1] + w[2] - 1) < 1e-15);
}

/* Bozoki, Fulop & Ronyai 2010: the missing judgement is sqrt(8 / 15). */
static void bozoki_incomplete(void **state)
{
    (void)state;
    const double cells[] = {1, 1, 5, 2, 0, 1, 3, 4, 0, 0, 1, 0, 0, 0, 0, 1};
    struct pairwise m = matrix_of(4, cells);
    pairwise_complete(&m);
    assert_true(fabs(m.a[2][3] - sqrt(8. / 15)) < 1e-9);
    assert_true(m.a[3][2] == 1 / m.a[2][3]);
}

/* Taken out of a consistent matrix, judgements come back. */
static void completion_finds_consistency(void **state)
{
    (void)state;
    srand(5);
    for (int round = 0; round < 50; round++) {
        size_t n = 3 + (size_t)rand() % 8;
        double w[PAIRWISE_MAX], found[PAIRWISE_MAX];
        struct pairwise m;
        size_t apart;
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += w[i] = 1 + rand() % 9;
        pairwise_init(&m, n);
        for (size_t i = 0; i < n; i++)
            for (size_t j = i + 1; j < n; j++)
                if (j == i + 1 || rand() % 3 == 0)
                    pairwise_set(&m, i, j, w[i] / w[j]);
        assert_true(pairwise_connected(&m, &apart));
        pairwise_complete(&m);
        double lambda = pairwise_weights(&m, found);
        assert_true(fabs(lambda - (double)n) < 1e-9);
        for (size_t i = 0; i < n; i++)
            assert_true(fabs(found[i] - w[i] / sum) < 1e-7);
    }
}

/* No other value of a missing judgement gives a smaller lambda_max. */
static void completion_is_least(void **state)
{
    (void)state;
    srand(6);
    for (int round = 0; round < 30; round++) {
        struct pairwise m;
        double w[PAIRWISE_MAX];
        bool missing[6][6] = {{false}};
        pairwise_init(&m, 6);
        for (size_t i = 0; i < 6; i++)
            for (size_t j = i + 1; j < 6; j++) {
                missing[i][j] = j > i + 1 && rand() % 2;
                if (!missing[i][j])
                    pairwise_set(&m, i, j,
                                 rand() % 2 ? 1 + rand() % 9
                                            : 1. / (1 + rand() % 9));
            }
        pairwise_complete(&m);
        double least = pairwise_weights(&m, w);
        for (size_t i = 0; i < 6; i++)
            for (size_t j = i + 1; j < 6; j++)
                for (int up = 0; missing[i][j] && up < 2; up++) {
                    struct pairwise other = m;
                    pairwise_set(&other, i, j,
                                 m.a[i][j] * (up ? 1.01 : 1 / 1.01));
                    assert_true(pairwise_weights(&other, w) > least - 1e-12);
                }
    }
}

static void small_and_apart(void **state)
{
    (void)state;
    struct pairwise m;
    double w[PAIRWISE_MAX];
    size_t apart;
    pairwise_init(&m, 1);
    assert_true(pairwise_weights(&m, w) == 1 && w[0] == 1);
    pairwise_init(&m, 2);
    assert_false(pairwise_connected(&m, &apart));
    assert_int_equal(apart, 1);
    pairwise_set(&m, 0, 1, 3);
    assert_true(pairwise_connected(&m, &apart));
    double lambda = pairwise_weights(&m, w);
    assert_true(fabs(w[0] - 0.75) < 1e-12 && pairwise_ci(lambda, 2) == 0);
}

/* Three elements: lambda_max = 1 + k + 1/k, k^3 = a12 a23 a31. */
static void lambda_of_three(void **state)
{
    (void)state;
    const double cells[] = {1, 3, 0.2, 0, 1, 3, 0, 0, 1};
    struct pairwise m = matrix_of(3, cells);
    double w[PAIRWISE_MAX], k = cbrt(45);
    assert_true(fabs(pairwise_weights(&m, w) - (1 + k + 1 / k)) < 1e-12);
    struct pairwise_advice advice[3];
    bool made[PAIRWISE_MAX][PAIRWISE_MAX] = {{false, true, true},
                                             {false, false, true}};
    assert_int_equal(pairwise_advise(&m, made, advice, 1), 1);
    assert_int_equal(advice[0].i, 2);
    assert_int_equal(advice[0].j, 0);
    assert_true(advice[0].better == 1. / 9 && fabs(advice[0].ci) < 1e-12);
}

/* One judgement turned round in a consistent matrix is the one found. */
static void advice_finds_the_slip(void **state)
{
    (void)state;
    static const double w[] = {1, 2, 3, 4, 6};
    bool made[PAIRWISE_MAX][PAIRWISE_MAX];
    struct pairwise_advice advice[3];
    for (size_t i = 0; i < 5; i++)
        for (size_t j = 0; j < 5; j++)
            made[i][j] = true;
    for (size_t a = 0; a < 5; a++)
        for (size_t b = a + 1; b < 5; b++) {
            struct pairwise m;
            pairwise_init(&m, 5);
            for (size_t i = 0; i < 5; i++)
                for (size_t j = i + 1; j < 5; j++)
                    pairwise_set(&m, i, j, w[i] / w[j]);
            pairwise_set(&m, a, b, 9 * w[b] / w[a]);
            size_t count = pairwise_advise(&m, made, advice, 3);
            assert_true(count >= 1 && count <= 3);
            assert_int_equal(advice[0].i, a);
            assert_int_equal(advice[0].j, b);
            for (size_t k = 1; k < count; k++)
                assert_true(advice[k].ci >= advice[k - 1].ci);
        }
}

static void tables_of_the_random_index(void **state)
{
    (void)state;
    assert_true(random_index(RANDOM_SAATY_1980, 2) == 0);
    assert_true(random_index(RANDOM_SAATY_1980, 3) == 0.58);
    assert_true(random_index(RANDOM_SAATY_2005, 4) == 0.89);
    assert_true(random_index(RANDOM_DONEGAN_DODD, 15) == 1.4969);
    assert_string_equal(random_index_names[RANDOM_DONEGAN_DODD],
                        "donegan-dodd");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(saaty_drinks_to_the_printed_digits),
        cmocka_unit_test(saaty_house_and_nations),
        cmocka_unit_test(contradictions_converge),
        cmocka_unit_test(bozoki_incomplete),
        cmocka_unit_test(completion_finds_consistency),
        cmocka_unit_test(completion_is_least),
        cmocka_unit_test(small_and_apart),
        cmocka_unit_test(lambda_of_three),
        cmocka_unit_test(advice_finds_the_slip),
        cmocka_unit_test(tables_of_the_random_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
