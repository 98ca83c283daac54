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

const char *class_name(enum suitability_class class)
{
    static const char *const names[] = {"",   "S1", "S2",   "S3",
                                        "N1", "N2", "exclu"};
    return names[class];
}
