#include <math.h>

#include "parcel/parcel.h"

/* floor() of what is not negative, without the call. */
static inline double whole_of(double share)
{
    return (double)(int64_t)share;
}

/* Shares of the score in hundredths are not whole: the largest remainders are
 * rounded up, the first of equals first (Hamilton's method), so that the parts
 * add up to the whole. */
void parcel_contributions(const struct parcel *parcel, const double *weight,
                          size_t factors, double *out)
{
    double rest[FACTORS_MAX], sum = 0, score = round(100 * parcel->score);
    for (size_t f = 0; f < factors; f++) {
        out[f] = weight[f] * parcel_membership(parcel, f);
        sum += out[f] == out[f] ? out[f] : 0;
        out[f] = score == score ? out[f] : NAN;
    }
    score = score == score ? score : 0;
    double scale = sum > 0 ? score / sum : 0, left = sum > 0 ? score : 0;
    for (size_t f = 0; f < factors; f++) {
        double part = (out[f] == out[f] ? out[f] : 0) * scale;
        double whole = whole_of(part);
        rest[f] = part - whole;
        left -= whole;
        out[f] = out[f] == out[f] ? whole : NAN;
    }
    for (size_t f = 0; f < factors; f++) {
        int before = 0; /* factors with a larger remainder */
        for (size_t i = 0; i < f; i++)
            before += rest[i] >= rest[f];
        for (size_t i = f + 1; i < factors; i++)
            before += rest[i] > rest[f];
        out[f] = (out[f] + (before < left ? 1 : 0)) / 100;
    }
}
