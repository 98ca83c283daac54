/* Pairwise judgements: complete, weigh, advise. The oracles: weights are
 * positive and sum to 1, lambda_max is at least n, judgements that people made
 * stay as they were, a matrix made of weights gives these back, and advice
 * lowers the inconsistency as it says. */
#include "fuzz.h"

#include <math.h>

#include "weights/pairwise.h"

/* 1/9 .. 9 on Saaty's scale, some further */
static double judgement(unsigned byte)
{
    static const double most[] = {9, 9, 9, 1000};
    double size = 1 + (byte >> 3) * (most[byte & 3] - 1) / 31;
    return byte & 4 ? 1 / size : size;
}

static void check_weights(const struct pairwise *m, const double *weight,
                          double lambda)
{
    double sum = 0;
    for (size_t i = 0; i < m->n; i++) {
        found_unless(weight[i] > 0 && weight[i] <= 1, "weight %zu: %g", i,
                     weight[i]);
        sum += weight[i];
    }
    found_unless(fabs(sum - 1) < 1e-9, "sum %.17g", sum);
    found_unless(lambda >= (double)m->n * (1 - 1e-9) && isfinite(lambda),
                 "lambda %.17g of %zu", lambda, m->n);
}

static void check_complete(const struct pairwise *before,
                           const struct pairwise *after)
{
    for (size_t i = 0; i < before->n; i++)
        for (size_t j = 0; j < before->n; j++) {
            found_unless(before->a[i][j] == 0 ||
                             before->a[i][j] == after->a[i][j],
                         "judgement %zu %zu has changed", i, j);
            found_unless(fabs(after->a[i][j] * after->a[j][i] - 1) < 1e-9,
                         "%zu %zu is not reciprocal: %g, %g", i, j,
                         after->a[i][j], after->a[j][i]);
        }
}

static void check_advice(const struct pairwise *m,
                         bool made[PAIRWISE_MAX][PAIRWISE_MAX], double ci)
{
    struct pairwise_advice advice[3];
    size_t count = pairwise_advise(m, made, advice, 3);
    for (size_t k = 0; k < count && k < 3; k++) {
        struct pairwise better = *m;
        double weight[PAIRWISE_MAX];
        pairwise_set(&better, advice[k].i, advice[k].j, advice[k].better);
        double found = pairwise_ci(pairwise_weights(&better, weight), better.n);
        found_unless(fabs(found - advice[k].ci) <= 1e-6 * (1 + found) &&
                         found < ci,
                     "advice %zu: CI %g promised, %g found, %g before", k,
                     advice[k].ci, found, ci);
    }
}

/* What is made of weights is consistent and gives them back. */
static void check_consistent(struct bytes bytes, size_t n)
{
    struct pairwise m;
    double wanted[PAIRWISE_MAX], weight[PAIRWISE_MAX], sum = 0;
    pairwise_init(&m, n);
    for (size_t i = 0; i < n; i++)
        sum += wanted[i] = 1 + take_byte(&bytes);
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            pairwise_set(&m, i, j, wanted[i] / wanted[j]);
    double lambda = pairwise_weights(&m, weight);
    found_unless(pairwise_ci(lambda, n) < 1e-9, "CI %g",
                 pairwise_ci(lambda, n));
    for (size_t i = 0; i < n; i++)
        found_unless(fabs(weight[i] - wanted[i] / sum) < 1e-9, "weight %zu", i);
}

/* Completion and advice take the fifth power of the size: what goes wrong does
 * so with few elements. */
enum {
    MOST = 6,
    ADVISED = 4
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes bytes = {data, size};
    bool made[PAIRWISE_MAX][PAIRWISE_MAX] = {{false}};
    size_t n = 1 + take_byte(&bytes) % MOST, apart;
    struct pairwise m, whole;
    double weight[PAIRWISE_MAX];
    pairwise_init(&m, n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n && bytes.left > 0; j++) {
            unsigned byte = take_byte(&bytes);
            if (byte == 0)
                continue;
            pairwise_set(&m, i, j, judgement(byte));
            made[i][j] = true;
        }
    check_consistent((struct bytes){data, size}, n);
    if (!pairwise_connected(&m, &apart)) {
        found_unless(apart > 0 && apart < n, "apart %zu of %zu", apart, n);
        return 0;
    }
    whole = m;
    pairwise_complete(&whole);
    check_complete(&m, &whole);
    double lambda = pairwise_weights(&whole, weight);
    check_weights(&whole, weight, lambda);
    if (n <= ADVISED)
        check_advice(&whole, made, pairwise_ci(lambda, n));
    return 0;
}
