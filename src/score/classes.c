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

const char *class_name(enum suitability_class class)
{
    static const char *const names[] = {"",   "S1", "S2",   "S3",
                                        "N1", "N2", "exclu"};
    return names[class];
}
