/**
 * @file internal.h
 * @brief The steps of plan_open(), in their order.
 */
#ifndef PLAN_INTERNAL_H
#define PLAN_INTERNAL_H

#include "plan/plan.h"

enum terramis_status plan_read_territories(struct plan *plan);
/** After the territories: all other layers, beside one another. */
enum terramis_status plan_read_layers(struct plan *plan);
/** After marginal land and constraints: makes plan->overlay. */
enum terramis_status plan_make_overlay(struct plan *plan);
/** What concerns several factors. */
enum terramis_status plan_finish_factors(struct plan *plan);

/** What is wanted of every layer: in the project's CRS, around its territories,
 * by all threads. The caller adds the rest. */
struct vector_request plan_request(const struct plan *plan,
                                   const struct layer_config *layer);

/** Notes a layer for reports. */
enum terramis_status plan_note(struct plan *plan, struct plan_layer layer);

/** How many layers of a kind there are, with room for them in the plan. */
typedef enum terramis_status plan_list(struct plan *plan, size_t *count);
plan_list plan_list_parcels, plan_list_places, plan_list_marginal,
    plan_list_constraints, plan_list_covers, plan_list_factors;

/** Reads number i of them, in any thread; *layer: what to note of it, left as
 * it is where there is nothing. */
typedef enum terramis_status plan_read(struct plan *plan, size_t i,
                                       struct plan_layer *layer);
plan_read plan_read_parcels, plan_read_places, plan_read_marginal,
    plan_read_constraint, plan_read_cover, plan_read_factor;

#endif
