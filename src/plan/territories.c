#include <math.h>
#include <stdlib.h>

#include "base/log.h"
#include "plan/internal.h"

/* Union of the features of one territory's layer. */
static enum terramis_status
unite(struct geos *geos, const struct vector *vector, struct paths *paths)
{
    GEOSGeometry **parts = NULL, *all = NULL;
    TRY(mem_new(&parts, vector->count, sizeof(GEOSGeometry *)));
    enum terramis_status status = TERRAMIS_OK;
    size_t count = 0;
    for (; count < vector->count && status == TERRAMIS_OK; count++)
        status =
            paths_geometry(vector_paths(vector, count), geos, &parts[count]);
    if (status == TERRAMIS_OK)
        status = geos_union(geos, parts, count, &all);
    else
        while (count > 0)
            GEOSGeom_destroy_r(geos->context, parts[--count]);
    if (status == TERRAMIS_OK)
        status = paths_add_geometry(paths, geos, all);
    GEOSGeom_destroy_r(geos->context, all);
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
                                     .needed = true,
                                     .threads = plan->threads};
    enum terramis_status status = vector_read(vector, &request);
    if (status == TERRAMIS_OK)
        status = unite(geos, vector, &territory->paths);
    TRY(status);
    territory->extent = paths_bounds(territory_range(territory));
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
