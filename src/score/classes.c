#include <stdio.h>

#include "base/clones.h"
#include "score/score.h"

enum suitability_class class_of(const struct class_config *limits, double score)
{
    if (score != score)
        return CLASS_NONE;
    if (score >= limits->s1)
        return CLASS_S1;
    if (score >= limits->s2)
        return CLASS_S2;
    if (score >= limits->s3)
        return CLASS_S3;
    return score >= limits->n1 ? CLASS_N1 : CLASS_N2;
}

CLONES static void classify(const double limits[4], const float *restrict score,
                            size_t n, unsigned char *restrict class)
{
    for (size_t i = 0; i < n; i++) {
        double s = (double)score[i];
        int worse = (s < limits[0]) + (s < limits[1]) + (s < limits[2]) +
                    (s < limits[3]);
        class[i] = (unsigned char)(s == s ? CLASS_S1 + worse : CLASS_NONE);
    }
}

void class_run(const struct class_config *limits, const float *score, size_t n,
               unsigned char *class)
{
    const double at[] = {limits->s1, limits->s2, limits->s3, limits->n1};
    classify(at, score, n, class);
}

/* Means over parcels are summed in steps of 1/262144 (parcel.h): a membership
 * of 0.2 everywhere must reach a cap at 0.2. */
#define ROUNDED 4e-6

enum suitability_class class_cap(const struct caps_config *caps,
                                 float membership)
{
    double x = (double)membership - ROUNDED;
    if (x <= caps->n2)
        return CLASS_N2;
    if (x <= caps->n1)
        return CLASS_N1;
    if (x <= caps->s3)
        return CLASS_S3;
    return x <= caps->s2 ? CLASS_S2 : CLASS_S1;
}

enum suitability_class class_capped(const struct config *config,
                                    enum suitability_class class,
                                    const float *x, size_t stride,
                                    int *limiting)
{
    const struct factor_config *factors = config->factors.items;
    if (!config->capped || class == CLASS_NONE)
        return class;
    for (size_t f = 0; f < config->factors.count; f++) {
        enum suitability_class cap = class_cap(&factors[f].caps, x[f * stride]);
        if (cap <= class)
            continue;
        class = cap;
        *limiting = (int)f + 1;
    }
    return class;
}

void class_subclass(const struct config *config, enum suitability_class class,
                    int limiting, char subclass[8])
{
    const struct factor_config *factors = config->factors.items;
    int letter = limiting > 0 && (size_t)limiting <= config->factors.count
                     ? factors[limiting - 1].limitation
                     : 0;
    bool lettered = class >= CLASS_S2 && class <= CLASS_N2 && letter > 0;
    snprintf(subclass, 8, "%s%s", class_name(class),
             lettered ? limitation_names[letter] : "");
}

const char *class_name(enum suitability_class class)
{
    static const char *const names[] = {"",   "S1", "S2",   "S3",
                                        "N1", "N2", "exclu"};
    return names[class];
}
