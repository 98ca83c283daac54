#include "overlay/mosaic_cell.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
    FEW = 32 /* up to here insertion beats qsort() */
};

static enum terramis_status turn_parcel(struct winding *w, int parcel, int turn)
{
    for (size_t i = 0; i < w->parcel_count; i++)
        if (w->parcels[i].parcel == parcel) {
            w->parcels[i].count += turn;
            if (w->parcels[i].count == 0)
                w->parcels[i] = w->parcels[--w->parcel_count];
            return TERRAMIS_OK;
        }
    TRY(mem_grow(&w->parcels, &w->parcel_room, w->parcel_count,
                 sizeof *w->parcels));
    w->parcels[w->parcel_count++] = (struct parcel_winding){parcel, turn};
    return TERRAMIS_OK;
}

enum terramis_status winding_turn(struct winding *winding, int label, int turn)
{
    if (label >= MOSAIC_SETS)
        return turn_parcel(winding, label - MOSAIC_SETS, turn);
    uint64_t bit = (uint64_t)1 << label;
    winding->count[label] += turn;
    if (winding->count[label] != 0)
        winding->inside |= bit;
    else
        winding->inside &= ~bit;
    return TERRAMIS_OK;
}

bool winding_land(const struct winding *winding, const struct mosaic_rule *rule,
                  uint16_t *kinds, int16_t *constraint)
{
    uint64_t inside = winding->inside;
    *kinds = 0;
    *constraint = MOSAIC_NOT_EXCLUDED;
    if (!(inside & rule->territory))
        return false;
    for (int k = 0; k < rule->kind_count; k++) {
        bool is =
            ((inside & rule->kinds[k]) != 0) & ((inside & rule->holes[k]) == 0);
        *kinds |= (uint16_t)(is << k);
    }
    uint64_t mask = ((uint64_t)1 << rule->constraint_count) - 1;
    uint64_t excluded = inside >> rule->first_constraint & mask;
    if (*kinds && excluded)
        *constraint = (int16_t)__builtin_ctzll(excluded);
    return true;
}

enum terramis_status cell_add_area(struct cell_sweep *s, int parcel,
                                   uint16_t kinds, int16_t constraint,
                                   uint64_t area)
{
    for (size_t i = 0; i < s->part_count; i++) {
        struct cell_part *p = &s->parts[i];
        if (p->parcel == parcel && p->kinds == kinds &&
            p->constraint == constraint) {
            p->area += area;
            return TERRAMIS_OK;
        }
    }
    TRY(mem_grow(&s->parts, &s->part_room, s->part_count, sizeof *s->parts));
    s->parts[s->part_count++] =
        (struct cell_part){area, parcel, kinds, constraint};
    return TERRAMIS_OK;
}

enum terramis_status cell_add_land(struct cell_sweep *s, uint64_t area)
{
    uint16_t kinds;
    int16_t constraint;
    if (area == 0 || !winding_land(s->winding, s->rule, &kinds, &constraint))
        return TERRAMIS_OK;
    if (s->wanted != CELL_PARCELS)
        TRY(cell_add_area(s, MOSAIC_NO_PARCEL, kinds, constraint, area));
    if (s->wanted == CELL_LAND)
        return TERRAMIS_OK;
    for (size_t i = 0; kinds && i < s->winding->parcel_count; i++)
        TRY(cell_add_area(s, s->winding->parcels[i].parcel, kinds, constraint,
                          area));
    return TERRAMIS_OK;
}

/* Takes an edge and its crossing of the west side. An edge that goes east has
 * one turn less on its south side. */
static enum terramis_status load(struct cell_sweep *s,
                                 const struct cell_record *r, int label)
{
    int turn = record_turn(r);
    s->sets = s->sets || label < MOSAIC_SETS;
    s->parcels = s->parcels || label >= MOSAIC_SETS;
    if (record_crosses_west(r)) {
        bool enters = r->what & RECORD_ENTERS;
        TRY(mem_grow(&s->west, &s->west_room, s->west_count, sizeof *s->west));
        s->west[s->west_count++] = (struct cell_crossing){
            enters ? r->y0 : r->y1, label, enters ? -turn : turn};
    }
    if (!record_is_edge(r))
        return TERRAMIS_OK;
    TRY(mem_grow(&s->edges, &s->edge_room, s->edge_count, sizeof *s->edges));
    s->edges[s->edge_count++] =
        (struct cell_edge){r->x0, r->y0, r->x1, r->y1, label, turn};
    return TERRAMIS_OK;
}

enum terramis_status cell_sweep_load(struct cell_sweep *sweep,
                                     const struct cell_records *records,
                                     uint32_t first, uint32_t end,
                                     enum cell_wanted wanted)
{
    const uint32_t none = UINT32_MAX;
    const int labels = wanted == CELL_LAND ? MOSAIC_SETS : INT_MAX;
    uint32_t area = none;
    sweep->wanted = wanted;
    sweep->edge_count = sweep->west_count = 0;
    sweep->sets = sweep->parcels = false;
    sweep->alone = true;
    for (const struct cell_record *r = records->sorted + first;
         r < records->sorted + end; r++) {
        if (!record_is_edge(r) && !record_crosses_west(r))
            continue;
        int label = records->labels[record_area(r)];
        if (label >= labels)
            continue;
        sweep->alone &= area == none || area == record_area(r);
        area = record_area(r);
        TRY(load(sweep, r, label));
    }
    return TERRAMIS_OK;
}

static int by_position(const void *a, const void *b)
{
    const struct cell_crossing *p = a, *q = b;
    if (p->at != q->at)
        return p->at < q->at ? -1 : 1;
    int order = p->label - q->label;
    return order ? order : p->turn - q->turn;
}

void cell_sort_west(struct cell_sweep *sweep)
{
    struct cell_crossing *west = sweep->west;
    size_t count = sweep->west_count;
    if (count > FEW)
        qsort(west, count, sizeof *west, by_position);
    for (size_t i = 1; count <= FEW && i < count; i++) {
        struct cell_crossing c = west[i];
        size_t j = i;
        for (; j > 0 && by_position(&west[j - 1], &c) > 0; j--)
            west[j] = west[j - 1];
        west[j] = c;
    }
}

void cell_sweep_release(struct cell_sweep *sweep)
{
    free(sweep->edges);
    free(sweep->west);
    free(sweep->heights);
    free(sweep->active);
    free(sweep->parts);
    *sweep = (struct cell_sweep){0};
}
