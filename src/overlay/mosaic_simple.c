/* Cells whose areas follow from their edges alone, without sweeping: most. */
#include <math.h>

#include "overlay/mosaic_cell.h"

/* Area with one turn more than at the north-west corner: what lies to the south
 * of a crossing of the west side, */
static double south_of(const struct cell_crossing *c)
{
    return c->turn * (1 - c->at);
}

/* and, at its heights, to the east of an edge. */
static double east_of(const struct cell_edge *e)
{
    return e->turn * ((e->y1 - e->y0) * (1 - (e->x0 + e->x1) / 2));
}

enum terramis_status cell_sweep_parcels(struct cell_sweep *s, uint16_t kinds,
                                        int16_t constraint)
{
    s->part_count = 0;
    for (size_t i = 0; i < s->winding->parcel_count; i++) {
        const struct parcel_winding *p = &s->winding->parcels[i];
        TRY(cell_add_area(s, p->parcel, kinds, constraint, p->count));
    }
    for (size_t i = 0; i < s->west_count; i++)
        TRY(cell_add_area(s, s->west[i].label - MOSAIC_SETS, kinds, constraint,
                          south_of(&s->west[i])));
    for (size_t i = 0; i < s->edge_count; i++)
        TRY(cell_add_area(s, s->edges[i].label - MOSAIC_SETS, kinds, constraint,
                          east_of(&s->edges[i])));
    for (size_t i = 0; i < s->part_count; i++)
        s->parts[i].area = fabs(s->parts[i].area);
    return TERRAMIS_OK;
}

enum terramis_status cell_sweep_area(struct cell_sweep *s)
{
    int label = s->edge_count ? s->edges[0].label : s->west[0].label;
    double turned = 0;
    for (size_t i = 0; i < s->west_count; i++)
        turned += south_of(&s->west[i]);
    for (size_t i = 0; i < s->edge_count; i++)
        turned += east_of(&s->edges[i]);
    int turn = turned < 0 ? -1 : 1;
    s->part_count = 0;
    TRY(cell_add_land(s, 1 - fabs(turned)));
    TRY(winding_turn(s->winding, label, turn));
    TRY(cell_add_land(s, fabs(turned)));
    return winding_turn(s->winding, label, -turn);
}
