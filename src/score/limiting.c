#include "score/score.h"

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
