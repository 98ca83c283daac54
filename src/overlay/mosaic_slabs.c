/* Cells swept in horizontal slabs: those with too many chains of edges, labels
 * or crossings for mosaic_chains.c. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "overlay/mosaic_cell.h"

/* An edge in the current slab. */
struct active_edge {
    const struct cell_edge *edge;
    double top, bottom; /* x at the slab's borders */
    double slope;       /* of x, to the south */
};

/* In doubles, of lattice units like the edges. */
static const double side = CELL_SIDE;

static int compare(int32_t a, int32_t b)
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

static int by_number(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return p < q ? -1 : p > q;
}

static double edge_slope(const struct cell_edge *e)
{
    return (double)(e->x1 - e->x0) / (e->y1 - e->y0);
}

static double edge_x(const struct cell_edge *e, double y)
{
    if (y <= e->y0)
        return e->x0;
    if (y >= e->y1)
        return e->x1;
    return e->x0 + (y - e->y0) * edge_slope(e);
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
    if (y <= 0 || y >= side)
        return TERRAMIS_OK;
    TRY(mem_grow(&s->heights, &s->height_room, *count, sizeof *s->heights));
    s->heights[(*count)++] = y;
    return TERRAMIS_OK;
}

/* Heights inside the cell between which no edge begins, ends or crosses
 * another. Edges are sorted by their northern end, so that only those that
 * overlap in height are compared. */
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
    if (*count > 0)
        qsort(s->heights, *count, sizeof *s->heights, by_number);
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

static enum terramis_status add_trapezoid(struct cell_sweep *s, double area)
{
    return area > 0 ? cell_add_land(s, (uint64_t)llrint(area)) : TERRAMIS_OK;
}

static enum terramis_status sweep_slab(struct cell_sweep *s, size_t count,
                                       double height)
{
    double top = 0, bottom = 0;
    struct winding *w = s->winding;
    for (size_t i = 0; i < count; i++) {
        const struct active_edge *a = &s->active[i];
        TRY(add_trapezoid(s, (a->top - top + a->bottom - bottom) * height));
        TRY(winding_turn(w, a->edge->label, a->edge->turn));
        top = a->top;
        bottom = a->bottom;
    }
    TRY(add_trapezoid(s, (side - top + side - bottom) * height));
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
        double yb = h == heights ? side : s->heights[h];
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
            s->active[count++] = (struct active_edge){
                .edge = e, .top = e->x0, .slope = edge_slope(e)};
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

enum terramis_status cell_sweep_slabs(struct cell_sweep *sweep)
{
    size_t heights;
    sweep->part_count = 0;
    if (sweep->edge_count > 0)
        qsort(sweep->edges, sweep->edge_count, sizeof *sweep->edges, by_height);
    cell_sort_west(sweep);
    TRY(find_heights(sweep, &heights));
    return sweep_slabs(sweep, heights);
}
