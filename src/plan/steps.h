/**
 * @file steps.h
 * @brief What comes before a territory's tiles. Private to plan/.
 */
#ifndef PLAN_STEPS_H
#define PLAN_STEPS_H

#include "plan/analysis.h"

/** Everything but sums; the caller releases in either case. */
enum terramis_status analysis_prepare(struct analysis *a, struct plan *plan,
                                      const struct territory *territory,
                                      int threads, int tile);

#endif
