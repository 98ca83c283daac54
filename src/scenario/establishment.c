#include "scenario/establishment.h"

double establishment_share(const struct establishment_config *course, int age)
{
    if (age < 1 || age > course->lifespan)
        return 0;
    double share =
        (size_t)age <= course->share.count ? course->share.items[age - 1] : 1;
    int late = age - course->plateau;
    double left = late > 0 ? 1 - course->decline * late : 1;
    return left > 0 ? share * left : 0;
}
