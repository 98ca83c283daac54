/**
 * @file internal.h
 * @brief The steps of plan_open(), in their order.
 */
#ifndef PLAN_INTERNAL_H
#define PLAN_INTERNAL_H

#include "plan/plan.h"

enum terramis_status plan_read_territories(struct plan *plan);
enum terramis_status plan_read_marginal(struct plan *plan);
enum terramis_status plan_read_constraints(struct plan *plan);
/** After marginal land and constraints: makes plan->overlay. */
enum terramis_status plan_make_overlay(struct plan *plan);
/** After marginal land: what its layers say, and those of today's crops. */
enum terramis_status plan_read_knowledge(struct plan *plan);
enum terramis_status plan_read_factors(struct plan *plan);

/** Notes a layer for reports. */
enum terramis_status plan_note(struct plan *plan, struct plan_layer layer);

#endif
