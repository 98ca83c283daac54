/**
 * @file context.h
 * @brief What a map shows around its subject: the territories' outlines, water,
 * main networks and borders of communes, from layers that the plan has in
 * memory anyway.
 */
#ifndef OUTPUT_CONTEXT_H
#define OUTPUT_CONTEXT_H

#include "output/map.h"
#include "overlay/outline.h"
#include "plan/plan.h"

enum {
    CONTEXT_GROUPS = 6, /**< territory, water, roads, railways, places, all
                             territories */
    CONTEXT_LAYERS = CONTEXT_GROUPS /**< the territory twice, not the last */
};

struct context {
    struct map_layer layers[CONTEXT_LAYERS];
    size_t count;
    struct map_layer all; /**< see context_add_all(); count 0: none */
    struct outline groups[CONTEXT_GROUPS]; /**< memory behind the layers */
};

/** What lies in `extent`, for a sheet on which a detail of `detail` CRS units
 * cannot be seen. The first layer is the land of the territories, `count` of
 * them. `unite`: areas of water become one, which costs time, instead of
 * overlapping. The caller releases in either case. */
enum terramis_status context_make(struct context *context, struct plan *plan,
                                  const struct territory *const *territories,
                                  size_t count, struct rect extent,
                                  double detail, bool unite);

/** Is the layer's profile one of surface water? */
bool context_is_water_layer(const struct layer_config *layer);

/** A layer of surface water, by its profile or its id ("eau", "river", ...). */
bool context_is_water(const struct constraint_config *constraint);

/** Does a line of this network belong to the roads that link towns, given the
 * values that it was read with? */
bool context_is_main_road(const struct layer_config *network,
                          const char *const *values);

/** Sets `all` to every territory of the project, no finer than an inset can
 * show; to none where there is only one. */
enum terramis_status context_add_all(struct context *context,
                                     const struct plan *plan);
void context_release(struct context *context);

#endif
