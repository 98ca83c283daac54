#include "parcel/belongs.h"

#include <stdlib.h>

#include "base/mem.h"

/* Borders drawn at different precision overlap by slivers: a parcel is in the
 * territory for more than these. */
static const double sliver_m2 = 1, sliver_share = 0.001;

static void add_edges(struct border *border, const struct rings *rings,
                      size_t ring)
{
    const double *end = rings->xy + 2 * (rings->start[ring + 1] - 1);
    for (const double *p = rings->xy + 2 * rings->start[ring]; p < end;
         p += 2) {
        border->ends[border->count] = p;
        border->edges[border->count++] =
            (struct rect){fmin(p[0], p[2]), fmin(p[1], p[3]), fmax(p[0], p[2]),
                          fmax(p[1], p[3])};
    }
}

enum terramis_status border_open(struct border *border,
                                 struct path_range territory)
{
    *border = (struct border){.territory = territory,
                              .extent = paths_bounds(territory)};
    struct rings rings = paths_rings(territory);
    size_t most = rings.count ? rings.start[rings.count] - rings.start[0] : 0;
    TRY(mem_new(&border->edges, most, sizeof *border->edges));
    TRY(mem_new(&border->ends, most, sizeof *border->ends));
    for (size_t i = 0; i < rings.count; i++)
        add_edges(border, &rings, i);
    return box_tree_new(&border->tree, border->edges, sizeof *border->edges,
                        border->count);
}

void border_close(struct border *border)
{
    box_tree_free(border->tree);
    free(border->edges);
    free(border->ends);
    *border = (struct border){0};
}

enum terramis_status border_tools_open(struct border_tools *tools)
{
    *tools = (struct border_tools){.territory = NULL};
    return geos_open(&tools->geos);
}

void border_tools_close(struct border_tools *tools)
{
    if (tools->prepared)
        GEOSPreparedGeom_destroy_r(tools->geos.context, tools->prepared);
    if (tools->territory)
        GEOSGeom_destroy_r(tools->geos.context, tools->territory);
    geos_close(&tools->geos);
}

static void note_any(size_t index, void *data)
{
    (void)index;
    *(bool *)data = true;
}

struct crossing {
    const struct border *border;
    double x, y;
    bool inside;
};

/* Counts the edges that the ray to the east crosses. */
static void count_crossing(size_t index, void *data)
{
    struct crossing *c = data;
    const double *p = c->border->ends[index];
    if ((p[1] > c->y) != (p[3] > c->y))
        c->inside = !c->inside;
}

/* Is a corner of the extent inside? No edge's box meets the extent, so that an
 * edge which spans the corner's height lies wholly to its east or its west. */
static bool corner_inside(const struct border *border, struct rect extent)
{
    struct crossing c = {border, extent.xmax, extent.ymax, false};
    struct rect ray = {c.x, c.y, border->extent.xmax, c.y};
    box_tree_query(border->tree, ray, count_crossing, &c);
    return c.inside;
}

static enum terramis_status prepare(const struct border *border,
                                    struct border_tools *tools)
{
    if (tools->prepared)
        return TERRAMIS_OK;
    TRY(paths_geometry(border->territory, &tools->geos, &tools->territory));
    tools->prepared = GEOSPrepare_r(tools->geos.context, tools->territory);
    return geos_check(&tools->geos, tools->prepared, N_("territory"));
}

static enum terramis_status shares(struct border_tools *tools,
                                   const GEOSGeometry *parcel, bool *yes)
{
    GEOSContextHandle_t c = tools->geos.context;
    *yes = GEOSPreparedContains_r(c, tools->prepared, parcel) == 1;
    if (*yes || GEOSPreparedIntersects_r(c, tools->prepared, parcel) != 1)
        return TERRAMIS_OK;
    double shared = 0, whole = 0;
    GEOSGeometry *part = GEOSIntersection_r(c, tools->territory, parcel);
    TRY(geos_check(&tools->geos, part, N_("parcel and territory")));
    GEOSArea_r(c, part, &shared);
    GEOSArea_r(c, parcel, &whole);
    GEOSGeom_destroy_r(c, part);
    *yes = shared > sliver_m2 && shared > sliver_share * whole;
    return TERRAMIS_OK;
}

enum terramis_status border_belongs(const struct border *border,
                                    struct border_tools *tools,
                                    struct path_range parcel,
                                    struct rect extent, bool *yes)
{
    bool on_border = false;
    *yes = false;
    if (!rect_meets(extent, border->extent))
        return TERRAMIS_OK;
    box_tree_query(border->tree, extent, note_any, &on_border);
    if (!on_border) {
        *yes = corner_inside(border, extent);
        return TERRAMIS_OK;
    }
    GEOSGeometry *geometry;
    TRY(prepare(border, tools));
    TRY(paths_geometry(parcel, &tools->geos, &geometry));
    enum terramis_status status = shares(tools, geometry, yes);
    GEOSGeom_destroy_r(tools->geos.context, geometry);
    return status;
}
