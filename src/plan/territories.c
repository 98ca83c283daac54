#include <math.h>
#include <stdlib.h>

#include "base/log.h"
#include "plan/internal.h"

/* Union of the features of one territory's layer. */
static enum terramis_status
unite(struct geos *geos, const struct vector *vector, GEOSGeometry **result)
{
    GEOSGeometry **parts = NULL;
    TRY(mem_new(&parts, vector->count, sizeof(GEOSGeometry *)));
    for (size_t i = 0; i < vector->count; i++)
        parts[i] =
            GEOSGeom_clone_r(geos->context, vector->features[i].geometry);
    enum terramis_status status =
        geos_union(geos, parts, vector->count, result);
    free(parts);
    return status;
}

static enum terramis_status read_territory(struct plan *plan,
                                           struct territory *territory)
{
    struct geos *geos = &plan->geos;
    struct vector *vector = &territory->vector;
    struct vector_request request = {.config = plan->config,
                                     .layer = &territory->config->layer,
                                     .crs = &plan->crs,
                                     .reach = INFINITY,
                                     .areas = true,
                                     .needed = true};
    enum terramis_status status = vector_read(vector, geos, &request);
    if (status == TERRAMIS_OK)
        status = unite(geos, vector, &territory->geometry);
    TRY(status);
    geos_freeze(geos, territory->geometry);
    territory->extent = geos_extent(geos, territory->geometry);
    plan->area = rect_union(plan->area, territory->extent);
    return plan_note(plan, (struct plan_layer){.role = N_("territory"),
                                               .id = territory->config->id,
                                               .config = request.layer,
                                               .vector = vector});
}

enum terramis_status plan_read_territories(struct plan *plan)
{
    const struct list *list = &plan->config->territories;
    const struct territory_config *configs = list->items;
    plan->area = rect_empty();
    TRY(mem_new(&plan->territories, list->count, sizeof *plan->territories));
    for (size_t i = 0; i < list->count; i++) {
        plan->territories[i].config = &configs[i];
        plan->territory_count = i + 1;
        TRY(read_territory(plan, &plan->territories[i]));
    }
    return TERRAMIS_OK;
}
