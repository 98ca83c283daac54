#include <math.h>

#include "parcel/parcel.h"

/* A factor's share of the score in hundredths, not yet whole; shares of all
 * factors add up to `score`. */
static double share_of(const struct parcel *parcel, const double *weight,
                       size_t f, double scale)
{
    double m = parcel_membership(parcel, f);
    return m == m ? scale * weight[f] * m : 0;
}

/* The largest remainders are rounded up, the first of equals first (Hamilton's
 * method), so that the parts add up to the whole. */
double parcel_contribution(const struct parcel *parcel, const double *weight,
                           size_t factors, size_t f)
{
    double sum = 0, score = round(100 * parcel->score);
    if (isnan(score) || isnan(parcel_membership(parcel, f)))
        return NAN;
    for (size_t i = 0; i < factors; i++)
        sum += share_of(parcel, weight, i, 1);
    double scale = sum > 0 ? score / sum : 0, left = sum > 0 ? score : 0;
    double own = share_of(parcel, weight, f, scale), whole = floor(own);
    size_t before = 0; /* factors with a larger remainder */
    for (size_t i = 0; i < factors; i++) {
        double share = share_of(parcel, weight, i, scale);
        double rest = share - floor(share);
        left -= floor(share);
        before += rest > own - whole || (rest == own - whole && i < f);
    }
    return (whole + ((double)before < left ? 1 : 0)) / 100;
}
