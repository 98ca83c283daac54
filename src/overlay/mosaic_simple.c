/* Cells whose areas follow from their edges alone, without sweeping: most. */
#include "overlay/mosaic_cell.h"

/* Area with one turn more than at the north-west corner. */
static uint64_t south_of(const struct cell_crossing *c)
{
    return (uint64_t)c->turn * cell_south_of(c);
}

static uint64_t east_of(const struct cell_edge *e)
{
    return (uint64_t)e->turn * cell_east_of(e);
}

/* Its size, once all is summed. */
static uint64_t size_of(uint64_t area)
{
    return area >> 63 ? -area : area;
}

enum terramis_status cell_sweep_parcels(struct cell_sweep *s, uint16_t kinds,
                                        int16_t constraint)
{
    s->part_count = 0;
    for (size_t i = 0; i < s->winding->parcel_count; i++) {
        const struct parcel_winding *p = &s->winding->parcels[i];
        TRY(cell_add_area(s, p->parcel, kinds, constraint,
                          (uint64_t)p->count * CELL_AREA));
    }
    for (size_t i = 0; i < s->west_count; i++)
        TRY(cell_add_area(s, s->west[i].label - MOSAIC_SETS, kinds, constraint,
                          south_of(&s->west[i])));
    for (size_t i = 0; i < s->edge_count; i++)
        TRY(cell_add_area(s, s->edges[i].label - MOSAIC_SETS, kinds, constraint,
                          east_of(&s->edges[i])));
    for (size_t i = 0; i < s->part_count; i++)
        s->parts[i].area = size_of(s->parts[i].area);
    return TERRAMIS_OK;
}

enum terramis_status cell_sweep_area(struct cell_sweep *s)
{
    int label = s->edge_count ? s->edges[0].label : s->west[0].label;
    uint64_t turned = 0;
    for (size_t i = 0; i < s->west_count; i++)
        turned += south_of(&s->west[i]);
    for (size_t i = 0; i < s->edge_count; i++)
        turned += east_of(&s->edges[i]);
    int turn = turned >> 63 ? -1 : 1;
    s->part_count = 0;
    TRY(cell_add_land(s, CELL_AREA - size_of(turned)));
    TRY(winding_turn(s->winding, label, turn));
    TRY(cell_add_land(s, size_of(turned)));
    return winding_turn(s->winding, label, -turn);
}
