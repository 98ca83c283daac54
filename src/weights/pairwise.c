#include "weights/pairwise.h"

#include <math.h>
#include <string.h>

const char *const random_index_names[] = {"saaty-1980", "saaty-2005",
                                          "donegan-dodd", NULL};

/* From n = 3 on. Saaty 1980, The Analytic Hierarchy Process; Saaty 2005, Theory
 * and Applications of the ANP, p. 31; Donegan & Dodd 1991, Mathl Comput.
 * Modelling 15(3). */
static const double random_indices[][PAIRWISE_MAX - 2] = {
    {.58, .90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57,
     1.59},
    {.52, .89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58,
     1.59},
    {.4914, .8286, 1.0591, 1.1797, 1.2519, 1.3171, 1.3733, 1.4055, 1.4213,
     1.4497, 1.4643, 1.4822, 1.4969}};

double random_index(enum random_index table, size_t n)
{
    return n < 3 || n > PAIRWISE_MAX ? 0 : random_indices[table][n - 3];
}

void pairwise_init(struct pairwise *m, size_t n)
{
    *m = (struct pairwise){.n = n};
    for (size_t i = 0; i < n; i++)
        m->a[i][i] = 1;
}

void pairwise_set(struct pairwise *m, size_t i, size_t j, double value)
{
    m->a[i][j] = value;
    m->a[j][i] = 1 / value;
}

bool pairwise_connected(const struct pairwise *m, size_t *apart)
{
    bool reached[PAIRWISE_MAX] = {true};
    for (size_t round = 1; round < m->n; round++)
        for (size_t i = 0; i < m->n; i++)
            for (size_t j = 0; reached[i] && j < m->n; j++)
                reached[j] = reached[j] || m->a[i][j] > 0;
    for (*apart = 0; *apart < m->n; ++*apart)
        if (!reached[*apart])
            return false;
    return true;
}

/* x = M x, of sum 1 again; returns the sum before, and in *change how much a
 * number of it changed at most. */
static double step(double m[PAIRWISE_MAX][PAIRWISE_MAX], size_t n, double *x,
                   double *change)
{
    double y[PAIRWISE_MAX], sum = 0;
    for (size_t i = 0; i < n; i++) {
        y[i] = 0;
        for (size_t j = 0; j < n; j++)
            y[i] += m[i][j] * x[j];
        sum += y[i];
    }
    *change = 0;
    for (size_t i = 0; i < n; i++) {
        y[i] /= sum;
        *change = fmax(*change, fabs(y[i] - x[i]) / y[i]);
        x[i] = y[i];
    }
    return sum;
}

/* M = M M, its sum 1. */
static void square(double m[PAIRWISE_MAX][PAIRWISE_MAX], size_t n)
{
    double old[PAIRWISE_MAX][PAIRWISE_MAX], sum = 0;
    memcpy(old, m, sizeof old);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            m[i][j] = 0;
            for (size_t k = 0; k < n; k++)
                m[i][j] += old[i][k] * old[k][j];
            sum += m[i][j];
        }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            m[i][j] /= sum;
}

/* Power iteration for the right eigenvector, or (`left`) that of the
 * transpose; starts from `x` and leaves its sum 1. The matrix is positive, so
 * it converges to Perron's vector: within 64 steps where judgements agree a
 * little. Where they do not it would take thousands, and a high power of the
 * matrix is used once. Returns the eigenvalue. */
static double iterate(const struct pairwise *m, bool left,
                      double x[PAIRWISE_MAX])
{
    enum {
        STEPS = 64,
        SQUARES = 16
    };
    double a[PAIRWISE_MAX][PAIRWISE_MAX], power[PAIRWISE_MAX][PAIRWISE_MAX];
    double lambda = 0, change = 1;
    for (size_t i = 0; i < m->n; i++)
        for (size_t j = 0; j < m->n; j++)
            a[i][j] = left ? m->a[j][i] : m->a[i][j];
    for (int round = 0; round < 2 * STEPS && change >= 4e-15; round++) {
        if (round == STEPS) {
            memcpy(power, a, sizeof power);
            for (int k = 0; k < SQUARES; k++)
                square(power, m->n);
            step(power, m->n, x, &change);
        }
        lambda = step(a, m->n, x, &change); /* x had sum 1 */
    }
    return lambda;
}

double pairwise_weights(const struct pairwise *m, double weight[PAIRWISE_MAX])
{
    for (size_t i = 0; i < m->n; i++)
        weight[i] = 1 / (double)m->n;
    return iterate(m, false, weight);
}

double pairwise_ci(double lambda_max, size_t n)
{
    return n < 3 ? 0 : fmax(0, (lambda_max - (double)n) / (double)(n - 1));
}

/* The missing judgements while they are sought. */
struct completion {
    struct pairwise *m;
    size_t i[PAIRWISE_MAX * PAIRWISE_MAX], j[PAIRWISE_MAX * PAIRWISE_MAX];
    size_t count;
    double right[PAIRWISE_MAX], left[PAIRWISE_MAX];
    double step[PAIRWISE_MAX * PAIRWISE_MAX]; /* of the logarithms */
    double lambda;
};

static void start(struct completion *c, struct pairwise *m)
{
    *c = (struct completion){.m = m};
    for (size_t i = 0; i < m->n; i++) {
        c->right[i] = c->left[i] = 1 / (double)m->n;
        for (size_t j = i + 1; j < m->n; j++)
            if (m->a[i][j] == 0) {
                c->i[c->count] = i;
                c->j[c->count++] = j;
                pairwise_set(m, i, j, 1);
            }
    }
}

/* With eigenvectors x and y (left) held, y_i a x_j + y_j x_i / a is least at a
 * = sqrt(y_j x_i / (y_i x_j)), and d lambda / d log a has the sign of the way
 * from there: the steps go downhill. Returns the longest. */
static double find_steps(struct completion *c)
{
    double longest = 0;
    c->lambda = iterate(c->m, false, c->right);
    iterate(c->m, true, c->left);
    for (size_t k = 0; k < c->count; k++) {
        size_t i = c->i[k], j = c->j[k];
        double best = sqrt(c->left[j] * c->right[i] / c->left[i] / c->right[j]);
        c->step[k] = log(best / c->m->a[i][j]);
        longest = fmax(longest, fabs(c->step[k]));
    }
    return longest;
}

static void move(struct completion *c, double length)
{
    for (size_t k = 0; k < c->count; k++) {
        size_t i = c->i[k], j = c->j[k];
        pairwise_set(c->m, i, j, c->m->a[i][j] * exp(length * c->step[k]));
    }
}

void pairwise_complete(struct pairwise *m)
{
    struct completion c;
    start(&c, m);
    if (c.count == 0)
        return;
    /* lambda_max is convex in the logarithms, so that downhill leads to the
     * least; a step that goes too far is halved */
    for (int round = 0; round < 500 && find_steps(&c) > 1e-12; round++) {
        double length = 1, x[PAIRWISE_MAX];
        for (size_t i = 0; i < m->n; i++)
            x[i] = c.right[i];
        move(&c, 1);
        while (length > 1e-3 && iterate(m, false, x) > c.lambda) {
            move(&c, -length / 2);
            length /= 2;
        }
    }
}

/* The value on Saaty's scale that is nearest by ratio. */
static double on_scale(double value)
{
    double larger = value < 1 ? 1 / value : value, best = 1;
    for (int k = 2; k <= 9; k++)
        if (fabs(log(larger / k)) < fabs(log(larger / best)))
            best = k;
    return value < 1 ? 1 / best : best;
}

static struct pairwise_advice advise(const struct pairwise *m, size_t i,
                                     size_t j)
{
    struct pairwise_advice advice = {.i = i, .j = j};
    struct pairwise other = *m;
    double weight[PAIRWISE_MAX];
    if (m->a[i][j] < 1) {
        advice.i = j;
        advice.j = i;
    }
    other.a[i][j] = other.a[j][i] = 0;
    pairwise_complete(&other);
    advice.better = on_scale(other.a[advice.i][advice.j]);
    pairwise_set(&other, advice.i, advice.j, advice.better);
    advice.ci = pairwise_ci(pairwise_weights(&other, weight), m->n);
    return advice;
}

size_t pairwise_advise(const struct pairwise *m,
                       bool made[PAIRWISE_MAX][PAIRWISE_MAX],
                       struct pairwise_advice *advice, size_t most)
{
    double weight[PAIRWISE_MAX];
    double now = pairwise_ci(pairwise_weights(m, weight), m->n);
    size_t count = 0;
    for (size_t i = 0; m->n > 2 && i < m->n; i++)
        for (size_t j = i + 1; j < m->n; j++) {
            if (!made[i][j])
                continue;
            struct pairwise_advice one = advise(m, i, j);
            size_t k = count;
            if (!(one.ci < now - 1e-9))
                continue;
            while (k > 0 && advice[k - 1].ci > one.ci) {
                if (k < most)
                    advice[k] = advice[k - 1];
                k--;
            }
            if (k < most)
                advice[k] = one;
            count += count < most;
        }
    return count;
}
