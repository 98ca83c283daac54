/**
 * @file gdd.h
 * @brief Growing degree days.
 */
#ifndef CRITERION_GDD_H
#define CRITERION_GDD_H

/** Degree days of one day with a minimum and a maximum, above `base`; the four
 * cases of MISCANMOD (Clifton-Brown et al. 2000, as BioCro writes them). */
double gdd_of_day(double minimum, double maximum, double base);

#endif
