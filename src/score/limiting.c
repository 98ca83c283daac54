#include <stdint.h>

#include "base/clones.h"
#include "score/score.h"

enum {
    STRETCH = 512 /* cells whose costs stay in cache */
};

int limiting_factor(const float *x, size_t stride, const double *weight,
                    size_t factors)
{
    int worst = 0;
    double most = 0;
    for (size_t f = 0; f < factors; f++) {
        float value = x[f * stride];
        double cost = value == value ? weight[f] * (1 - (double)value) : 0;
        if (cost > most) {
            most = cost;
            worst = (int)f + 1;
        }
    }
    return worst;
}

CLONES static void compare(const float *restrict x, double weight,
                           int64_t position, size_t n, double *restrict most,
                           int64_t *restrict worst)
{
    for (size_t i = 0; i < n; i++) {
        double cost = weight * (1 - (double)x[i]);
        bool more = cost > most[i]; /* NaN is not more */
        most[i] = more ? cost : most[i];
        worst[i] = more ? position : worst[i];
    }
}

void limiting_factors(const float *const *x, const double *weight,
                      size_t factors, size_t cells, unsigned char *limiting)
{
    double most[STRETCH];
    int64_t worst[STRETCH];
    for (size_t done = 0, n; done < cells; done += n) {
        n = cells - done < STRETCH ? cells - done : STRETCH;
        for (size_t i = 0; i < n; i++) {
            most[i] = 0;
            worst[i] = 0;
        }
        for (size_t f = 0; f < factors; f++)
            compare(x[f] + done, weight[f], (int64_t)f + 1, n, most, worst);
        for (size_t i = 0; i < n; i++)
            limiting[done + i] = (unsigned char)worst[i];
    }
}
