/* Cells whose areas follow from their edges alone, without sweeping: most. */
#include <math.h>

#include "overlay/mosaic_cell.h"

/* What lies in the cell to the east of an edge, at its heights. */
static double east_of(const struct cell_edge *e)
{
    return (e->y1 - e->y0) * (1 - (e->x0 + e->x1) / 2);
}

enum terramis_status cell_sweep_parcels(struct cell_sweep *s, uint16_t kinds,
                                        int16_t constraint)
{
    s->part_count = 0;
    for (size_t i = 0; i < s->winding->parcel_count; i++) {
        const struct parcel_winding *p = &s->winding->parcels[i];
        TRY(cell_add_area(s, p->parcel, kinds, constraint, p->count));
    }
    for (size_t i = 0; i < s->west_count; i++) { /* the south of a crossing */
        const struct cell_crossing *c = &s->west[i];
        TRY(cell_add_area(s, c->label - MOSAIC_SETS, kinds, constraint,
                          c->turn * (1 - c->at)));
    }
    for (size_t i = 0; i < s->edge_count; i++) { /* the east of an edge */
        const struct cell_edge *e = &s->edges[i];
        TRY(cell_add_area(s, e->label - MOSAIC_SETS, kinds, constraint,
                          e->turn * east_of(e)));
    }
    for (size_t i = 0; i < s->part_count; i++)
        s->parts[i].area = fabs(s->parts[i].area);
    return TERRAMIS_OK;
}

enum terramis_status cell_sweep_edge(struct cell_sweep *s)
{
    const struct cell_edge *e = s->edges;
    double east = east_of(e);
    s->part_count = 0;
    TRY(cell_add_land(s, 1 - east));
    TRY(winding_turn(s->winding, e->label, e->turn));
    TRY(cell_add_land(s, east));
    return winding_turn(s->winding, e->label, -e->turn);
}
