#include "overlay/mosaic_cell.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
    FEW = 32 /* up to here insertion beats qsort() */
};

/* An edge in the current slab. */
struct active_edge {
    const struct cell_edge *edge;
    double top, bottom; /* x at the slab's borders */
    double slope;       /* of x, to the south */
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
    for (int k = 0; k < rule->kind_count; k++)
        if ((inside & rule->kinds[k]) && !(inside & rule->holes[k]))
            *kinds |= (uint16_t)(1U << k);
    for (int c = 0; *kinds && c < rule->constraint_count; c++)
        if (inside >> (rule->first_constraint + c) & 1) {
            *constraint = (int16_t)c;
            break;
        }
    return true;
}

enum terramis_status cell_add_area(struct cell_sweep *s, int parcel,
                                   uint16_t kinds, int16_t constraint,
                                   double area)
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

enum terramis_status cell_add_land(struct cell_sweep *s, double area)
{
    uint16_t kinds;
    int16_t constraint;
    if (area <= 0 || !winding_land(s->winding, s->rule, &kinds, &constraint))
        return TERRAMIS_OK;
    TRY(cell_add_area(s, MOSAIC_NO_PARCEL, kinds, constraint, area));
    for (size_t i = 0; kinds && i < s->winding->parcel_count; i++)
        TRY(cell_add_area(s, s->winding->parcels[i].parcel, kinds, constraint,
                          area));
    return TERRAMIS_OK;
}

static int compare(double a, double b)
{
    return a < b ? -1 : a > b;
}

/* By northern end first; then anything that is the same in every tile. */
static int by_height(const void *a, const void *b)
{
    const struct cell_edge *p = a, *q = b;
    if (p->y0 != q->y0)
        return p->y0 < q->y0 ? -1 : 1;
    int order = compare(p->x0, q->x0);
    order = order ? order : compare(p->x1, q->x1);
    order = order ? order : compare(p->y1, q->y1);
    order = order ? order : p->label - q->label;
    return order ? order : p->turn - q->turn;
}

static int by_position(const void *a, const void *b)
{
    const struct cell_crossing *p = a, *q = b;
    int order = compare(p->at, q->at);
    order = order ? order : p->label - q->label;
    return order ? order : p->turn - q->turn;
}

static int by_number(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return p < q ? -1 : p > q;
}

/* Most cells have few heights, for which a call of qsort() costs more than the
 * sorting. */
static void sort_heights(double *heights, size_t count)
{
    if (count > FEW) {
        qsort(heights, count, sizeof *heights, by_number);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        double h = heights[i];
        size_t j = i;
        for (; j > 0 && heights[j - 1] > h; j--)
            heights[j] = heights[j - 1];
        heights[j] = h;
    }
}

static double edge_x(const struct cell_edge *e, double y)
{
    if (y <= e->y0)
        return e->x0;
    if (y >= e->y1)
        return e->x1;
    return e->x0 + (y - e->y0) * ((e->x1 - e->x0) / (e->y1 - e->y0));
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static double smaller(double a, double b)
{
    return a < b ? a : b;
}

/* Height at which two edges cross strictly inside both; false: they do not. */
static bool crossing(const struct cell_edge *a, const struct cell_edge *b,
                     double *y)
{
    double top = larger(a->y0, b->y0), bottom = smaller(a->y1, b->y1);
    if (top >= bottom || larger(a->x0, a->x1) < smaller(b->x0, b->x1) ||
        larger(b->x0, b->x1) < smaller(a->x0, a->x1))
        return false;
    double above = edge_x(a, top) - edge_x(b, top);
    double below = edge_x(a, bottom) - edge_x(b, bottom);
    if (!((above < 0 && below > 0) || (above > 0 && below < 0)))
        return false;
    *y = top + (bottom - top) * (above / (above - below));
    return *y > top && *y < bottom;
}

/* The cell's own sides are known. */
static enum terramis_status add_height(struct cell_sweep *s, size_t *count,
                                       double y)
{
    if (y <= 0 || y >= 1)
        return TERRAMIS_OK;
    TRY(mem_grow(&s->heights, &s->height_room, *count, sizeof *s->heights));
    s->heights[(*count)++] = y;
    return TERRAMIS_OK;
}

/* Heights inside the cell between which no edge begins, ends or crosses
 * another. Edges are
 * sorted by their northern end, so that only those that overlap in height are
 * compared. */
static enum terramis_status find_heights(struct cell_sweep *s, size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < s->west_count; i++)
        TRY(add_height(s, count, s->west[i].at));
    for (size_t i = 0; i < s->edge_count; i++) {
        const struct cell_edge *e = &s->edges[i];
        TRY(add_height(s, count, e->y0));
        TRY(add_height(s, count, e->y1));
        for (size_t j = i + 1; j < s->edge_count && s->edges[j].y0 < e->y1;
             j++) {
            double y;
            if (crossing(e, &s->edges[j], &y))
                TRY(add_height(s, count, y));
        }
    }
    sort_heights(s->heights, *count);
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++)
        if (kept == 0 || s->heights[i] > s->heights[kept - 1])
            s->heights[kept++] = s->heights[i];
    *count = kept;
    return TERRAMIS_OK;
}

/* Edges of the slab from west to east; insertion, since they are few and
 * nearly in order from the slab above. */
static void sort_active(struct active_edge *active, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct active_edge a = active[i];
        size_t j = i;
        for (; j > 0 &&
               active[j - 1].top + active[j - 1].bottom > a.top + a.bottom;
             j--)
            active[j] = active[j - 1];
        active[j] = a;
    }
}

static enum terramis_status sweep_slab(struct cell_sweep *s, size_t count,
                                       double height)
{
    double top = 0, bottom = 0;
    struct winding *w = s->winding;
    for (size_t i = 0; i < count; i++) {
        const struct active_edge *a = &s->active[i];
        TRY(cell_add_land(s, (a->top - top + a->bottom - bottom) / 2 * height));
        TRY(winding_turn(w, a->edge->label, a->edge->turn));
        top = a->top;
        bottom = a->bottom;
    }
    TRY(cell_add_land(s, (1 - top + 1 - bottom) / 2 * height));
    for (size_t i = 0; i < count; i++)
        TRY(winding_turn(w, s->active[i].edge->label,
                         -s->active[i].edge->turn));
    return TERRAMIS_OK;
}

static enum terramis_status sweep_slabs(struct cell_sweep *s, size_t heights)
{
    size_t next = 0, count = 0, west = 0;
    for (size_t h = 0; h <= heights; h++) {
        double ya = h == 0 ? 0 : s->heights[h - 1];
        double yb = h == heights ? 1 : s->heights[h];
        for (; west < s->west_count && s->west[west].at <= ya; west++)
            TRY(winding_turn(s->winding, s->west[west].label,
                             s->west[west].turn));
        size_t kept = 0;
        for (size_t i = 0; i < count; i++)
            if (s->active[i].edge->y1 > ya) {
                s->active[kept] = s->active[i];
                s->active[kept++].top = s->active[i].bottom;
            }
        count = kept;
        for (; next < s->edge_count && s->edges[next].y0 <= ya; next++) {
            const struct cell_edge *e = &s->edges[next];
            TRY(mem_grow(&s->active, &s->active_room, count,
                         sizeof *s->active));
            s->active[count++] = (struct active_edge){.edge = e,
                                                      .top = e->x0,
                                                      .slope = (e->x1 - e->x0) /
                                                               (e->y1 - e->y0)};
        }
        for (size_t i = 0; i < count; i++) {
            const struct cell_edge *e = s->active[i].edge;
            s->active[i].bottom =
                yb >= e->y1 ? e->x1 : e->x0 + (yb - e->y0) * s->active[i].slope;
        }
        sort_active(s->active, count);
        TRY(sweep_slab(s, count, yb - ya));
    }
    for (size_t i = 0; i < west; i++)
        TRY(winding_turn(s->winding, s->west[i].label, -s->west[i].turn));
    return TERRAMIS_OK;
}

/* As with heights: qsort() is for many. */
static void sort_edges(struct cell_edge *edges, size_t count)
{
    if (count > FEW)
        qsort(edges, count, sizeof *edges, by_height);
    for (size_t i = 1; count <= FEW && i < count; i++) {
        struct cell_edge e = edges[i];
        size_t j = i;
        for (; j > 0 && by_height(&edges[j - 1], &e) > 0; j--)
            edges[j] = edges[j - 1];
        edges[j] = e;
    }
}

static void sort_west(struct cell_crossing *west, size_t count)
{
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

/* Takes an edge and its crossing of the west side. An edge that goes east has
 * one turn less on its south side. */
static enum terramis_status load(struct cell_sweep *s,
                                 const struct cell_record *r, int label)
{
    int turn = record_turn(r);
    s->sets = s->sets || label < MOSAIC_SETS;
    if (record_crosses_west(r)) {
        bool enters = r->what & RECORD_ENTERS;
        TRY(mem_grow(&s->west, &s->west_room, s->west_count, sizeof *s->west));
        s->west[s->west_count++] = (struct cell_crossing){
            record_cells(enters ? r->y0 : r->y1), label, enters ? -turn : turn};
    }
    if (!record_is_edge(r))
        return TERRAMIS_OK;
    TRY(mem_grow(&s->edges, &s->edge_room, s->edge_count, sizeof *s->edges));
    s->edges[s->edge_count++] = (struct cell_edge){record_cells(r->x0),
                                                   record_cells(r->y0),
                                                   record_cells(r->x1),
                                                   record_cells(r->y1),
                                                   label,
                                                   turn};
    return TERRAMIS_OK;
}

enum terramis_status cell_sweep_load(struct cell_sweep *sweep,
                                     const struct cell_records *records,
                                     uint32_t first, uint32_t end)
{
    const uint32_t none = UINT32_MAX;
    uint32_t area = none;
    sweep->edge_count = sweep->west_count = 0;
    sweep->sets = false;
    sweep->alone = true;
    for (const struct cell_record *r = records->sorted + first;
         r < records->sorted + end; r++) {
        if (!record_is_edge(r) && !record_crosses_west(r))
            continue;
        sweep->alone &= area == none || area == record_area(r);
        area = record_area(r);
        TRY(load(sweep, r, records->labels[area]));
    }
    return TERRAMIS_OK;
}

enum terramis_status cell_sweep_run(struct cell_sweep *sweep)
{
    size_t heights;
    sweep->part_count = 0;
    sort_edges(sweep->edges, sweep->edge_count);
    sort_west(sweep->west, sweep->west_count);
    TRY(find_heights(sweep, &heights));
    return sweep_slabs(sweep, heights);
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
