/**
 * @file context.h
 * @brief What a map shows around its subject: the territory's outline, water
 * and main networks, from layers that the plan has in memory anyway.
 */
#ifndef OUTPUT_CONTEXT_H
#define OUTPUT_CONTEXT_H

#include "output/map.h"
#include "overlay/outline.h"
#include "plan/plan.h"

enum {
    CONTEXT_GROUPS = 4, /**< territory, water, roads, railways */
    CONTEXT_LAYERS = CONTEXT_GROUPS + 1 /**< the territory twice */
};

struct context {
    struct map_layer layers[CONTEXT_LAYERS];
    size_t count;
    struct outline groups[CONTEXT_GROUPS]; /**< memory behind the layers */
};

/** What lies in `extent`, for a sheet on which a detail of `detail` CRS units
 * cannot be seen. The caller releases in either case. */
enum terramis_status context_make(struct context *context, struct plan *plan,
                                  const struct territory *territory,
                                  struct rect extent, double detail);
void context_release(struct context *context);

#endif
