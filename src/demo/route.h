/**
 * @file route.h
 * @brief A network on the cells of the terrain: cheapest ways between places,
 * sharing what is built already, and the lines that come of it.
 */
#ifndef DEMO_ROUTE_H
#define DEMO_ROUTE_H

#include "demo/region.h"

struct route_rules {
    double steep;      /**< slope (ratio) that doubles the cost of a cell */
    double reuse;      /**< cost of an existing link, share of a new one */
    double wander;     /**< share of cost that is noise, 0..1 */
    double straighten; /**< metres of detail dropped before smoothing */
    double detail;     /**< metres of detail dropped after smoothing */
};

struct route_net {
    const struct terrain *terrain;
    struct route_rules rules;
    uint8_t *links; /**< rank of the link to directions 0..3 of each cell */
    double *cost;   /**< per cell, of crossing it */
    double *spent;
    int32_t *from;
};

/** Release in either case. */
enum terramis_status route_init(struct route_net *net,
                                const struct terrain *terrain,
                                struct route_rules rules);
void route_release(struct route_net *net);

/** Links two points by the cheapest way; `rank` 1 (main) .. 6. Existing links
 * keep the lower rank. Nothing happens if there is no way. */
enum terramis_status route_link(struct route_net *net, struct point a,
                                struct point b, int rank);

/** Where the network runs in a cell: not at its centre, for looks. */
struct point route_point(const struct terrain *terrain, int32_t cell);

/** Called for each line between two junctions. */
typedef enum terramis_status route_emit(void *context,
                                        const struct points *line, int rank);
enum terramis_status route_trace(struct route_net *net, route_emit *emit,
                                 void *context);

#endif
