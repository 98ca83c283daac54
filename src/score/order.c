#include "score/order.h"

#include <math.h>
#include <string.h>

/* What a message prints with three digits may be asked for. */
#define ROUNDED 6e-4

double order_andness(const double *order, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (double)(count - 1 - i) * order[i];
    return count > 1 ? sum / (double)(count - 1) : 0.5;
}

double order_trade_off(const double *order, size_t count)
{
    double sum = 0, n = (double)count;
    for (size_t i = 0; i < count; i++)
        sum += (order[i] - 1 / n) * (order[i] - 1 / n);
    return count > 1 ? 1 - sqrt(n * sum / (n - 1)) : 1;
}

enum terramis_status order_check(const struct order_params *params)
{
    bool risk = params->risk == params->risk;
    bool trade_off = params->trade_off == params->trade_off;
    double sum = 0;
    for (size_t i = 0; i < params->order_weights.count; i++)
        sum += params->order_weights.items[i];
    if (params->order_weights.items ? risk || trade_off : !(risk && trade_off))
        return status_set(TERRAMIS_PROJECT,
                          _("give order_weights:, or risk: and trade_off:, not "
                            "both"));
    if (params->order_weights.items && sum == 0)
        return status_set(TERRAMIS_PROJECT, _("order_weights: all are 0"));
    return TERRAMIS_OK;
}

/* Normal curves over the ranks (Lenormand 2018): v_i ~ exp(a u - c u^2), u from
 * 0 to 1. For each c one a gives the risk wanted, as risk rises with a. */
static void bell(double a, double c, size_t n, double *v)
{
    double most = -INFINITY, sum = 0;
    for (size_t i = 0; i < n; i++) {
        double u = (double)i / (double)(n - 1);
        v[i] = a * u - c * u * u;
        most = fmax(most, v[i]);
    }
    for (size_t i = 0; i < n; i++)
        sum += v[i] = exp(v[i] - most);
    for (size_t i = 0; i < n; i++)
        v[i] /= sum;
}

/* The curve of that risk and curvature; returns its trade-off. */
static double bell_of(double risk, double c, size_t n, double *v)
{
    double low = -1e5, high = 2 * c + 1e5;
    for (int round = 0; round < 100; round++) {
        double a = (low + high) / 2;
        bell(a, c, n, v);
        if (1 - order_andness(v, n) < risk)
            low = a;
        else
            high = a;
    }
    return order_trade_off(v, n);
}

/* log c of the curve with the most trade-off (a single peak). */
static double widest(double risk, size_t n, double *v)
{
    double low = -12, high = 12;
    while (high - low > 1e-9) {
        double a = low + (high - low) / 3, b = high - (high - low) / 3;
        if (bell_of(risk, exp(a), n, v) < bell_of(risk, exp(b), n, v))
            low = a;
        else
            high = b;
    }
    return (low + high) / 2;
}

static enum terramis_status infeasible(const struct order_params *params,
                                       double least, double most)
{
    return status_set(TERRAMIS_PROJECT,
                      _("trade_off: %g is not possible at risk %g with that "
                        "many factors; it can be %.3f to %.3f there"),
                      params->trade_off, params->risk, least, most);
}

/* Order weights of a risk and a trade-off. */
static enum terramis_status solve(struct order_params *params)
{
    size_t n = params->count;
    double *v = params->order, risk = params->risk, wanted = params->trade_off;
    for (size_t i = 0; i < n; i++)
        v[i] = 1 / (double)n;
    if (n == 1 || (risk == 0.5 && wanted == 1))
        return TERRAMIS_OK;
    if (risk == 0 || risk == 1) {
        for (size_t i = 0; i < n; i++)
            v[i] = i == (risk == 0 ? 0 : n - 1);
        return wanted < ROUNDED ? TERRAMIS_OK : infeasible(params, 0, 0);
    }
    double low = widest(risk, n, v), high = 14;
    double most = bell_of(risk, exp(low), n, v);
    double least = bell_of(risk, exp(high), n, v);
    if (wanted > most + ROUNDED || wanted < least - ROUNDED)
        return infeasible(params, least, most);
    for (int round = 0; round < 60; round++) {
        double middle = (low + high) / 2;
        if (bell_of(risk, exp(middle), n, v) > wanted)
            low = middle;
        else
            high = middle;
    }
    return TERRAMIS_OK;
}

enum terramis_status order_bind(struct order_params *params, size_t inputs)
{
    const struct reals *given = &params->order_weights;
    double sum = 0;
    params->count = inputs;
    if (!given->items) {
        TRY(solve(params));
    } else if (given->count != inputs) {
        return status_set(TERRAMIS_PROJECT,
                          _("order_weights: %zu given, but %zu factors or "
                            "groups are combined. Give one for each"),
                          given->count, inputs);
    } else {
        for (size_t i = 0; i < inputs; i++)
            sum += given->items[i];
        for (size_t i = 0; i < inputs; i++)
            params->order[i] = given->items[i] / sum;
    }
    params->equal = true;
    for (size_t i = 1; i < inputs; i++)
        params->equal &= params->order[i] == params->order[0];
    return TERRAMIS_OK;
}

double order_share(const struct order_params *params, double part)
{
    double rank = part * (double)params->count, share = 0;
    size_t whole = (size_t)rank;
    if (whole >= params->count)
        return 1;
    for (size_t i = 0; i < whole; i++)
        share += params->order[i];
    return share + (rank - (double)whole) * params->order[whole];
}

size_t order_rank(const float *const *x, const double *weight, size_t factors,
                  size_t cell, struct ranked *ranked)
{
    size_t count = 0;
    for (size_t f = 0; f < factors; f++) {
        double value = (double)x[f][cell];
        if (value != value || weight[f] == 0)
            continue;
        size_t k = count++;
        for (; k > 0 && ranked[k - 1].x > value; k--)
            ranked[k] = ranked[k - 1];
        ranked[k] = (struct ranked){value, weight[f]};
    }
    return count;
}
