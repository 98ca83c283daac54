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
double parcel_contribution(const struct parcel *parcel, const double *weight,
                           size_t factors, size_t f)
{
    double share[FACTORS_MAX], sum = 0, score = round(100 * parcel->score);
    double own = weight[f] * parcel_membership(parcel, f);
    if (isnan(score) || isnan(own))
        return NAN;
    for (size_t i = 0; i < factors; i++) {
        double m = parcel_membership(parcel, i);
        share[i] = m == m ? weight[i] * m : 0;
        sum += share[i];
    }
    double scale = sum > 0 ? score / sum : 0, left = sum > 0 ? score : 0;
    own *= scale;
    double rest = own - whole_of(own);
    size_t before = 0; /* factors with a larger remainder */
    for (size_t i = 0; i < factors; i++) {
        double part = share[i] * scale, whole = whole_of(part);
        left -= whole;
        before += part - whole > rest || (part - whole == rest && i < f);
    }
    return (whole_of(own) + ((double)before < left ? 1 : 0)) / 100;
}
