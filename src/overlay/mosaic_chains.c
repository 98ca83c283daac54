/* Cells with few chains of edges: most of those that several areas share. Edges
 * that follow one another to the south (or north) are a chain. The land of a
 * cell is that of its north-west corner, changed by each chain in all that lies
 * to its east: from what is on its west side to what is on its east side. What
 * is on its west side changes only where another chain begins, ends or changes
 * sides. On which side of an edge a vertex lies is known exactly, and only
 * heights of crossings are rounded, to the lattice. */
#include <math.h>

#include "overlay/mosaic_cell.h"

enum {
    CHAINS = 16,  /* of a cell: few have more */
    LABELS = 8,   /* bytes of a state */
    CHANGES = 64, /* of sides */
    /* the corner's, one for each crossing of the west side, and two for each
     * stretch of a chain between changes */
    STATES = 1 + CHAINS + 2 * (CHAINS + CHANGES)
};

/* A monotone line of edges. */
struct chain {
    const struct cell_edge *north; /* first edge; the next one: + turn */
    int32_t y0, y1;
    int turn;
    int change;    /* the northernmost one; -1: none */
    uint64_t step; /* from the state on its west side to that on its east */
    uint64_t west; /* state on its west side at its northern end */
    uint64_t east; /* area to its east, at its heights */
};

/* Where the state on the west side of a chain changes. */
struct change {
    int32_t y;
    int next; /* one of the chain, to the south; -1: none */
    uint64_t step;
};

struct state_land {
    uint64_t state, area;
};

/* A state: winding numbers less those at the cell's north-west corner, the one
 * of labels[i] times 256^i, summed modulo 2^64. */
struct cell_chains {
    struct chain chains[CHAINS];
    struct change changes[CHANGES];
    struct state_land land[STATES];
    int labels[LABELS];
    int chain_count, change_count, land_count, label_count;
    bool too_many; /* for these arrays */
};

static uint64_t step_of(struct cell_chains *k, int label, int turn)
{
    int i = 0;
    while (i < k->label_count && k->labels[i] != label)
        i++;
    if (i == LABELS) {
        k->too_many = true;
        return 0;
    }
    k->labels[i] = label;
    k->label_count += i == k->label_count;
    return (uint64_t)turn << 8 * i;
}

/* Does the edge go on where the chain of the last one ends? */
static bool follows(const struct cell_edge *last, const struct cell_edge *e)
{
    if (last->label != e->label || last->turn != e->turn)
        return false;
    return e->turn > 0 ? last->x1 == e->x0 && last->y1 == e->y0
                       : last->x0 == e->x1 && last->y0 == e->y1;
}

/* Edges are in the order of their rings. */
static void find_chains(struct cell_chains *k, const struct cell_sweep *s)
{
    struct chain *c = NULL;
    for (const struct cell_edge *e = s->edges; e < s->edges + s->edge_count;
         e++) {
        if (!c || !follows(e - 1, e)) {
            if (k->chain_count == CHAINS) {
                k->too_many = true;
                return;
            }
            c = &k->chains[k->chain_count++];
            *c = (struct chain){.y0 = e->y0,
                                .y1 = e->y1,
                                .north = e,
                                .turn = e->turn,
                                .change = -1,
                                .step = step_of(k, e->label, e->turn)};
        }
        c->east += cell_east_of(e);
        if (e->turn > 0) {
            c->y1 = e->y1;
        } else {
            c->y0 = e->y0;
            c->north = e;
        }
    }
}

/* Notes that the state on a chain's west side changes at some height. */
static void change(struct cell_chains *k, struct chain *c, int32_t y,
                   uint64_t step)
{
    int *next = &c->change;
    if (y <= c->y0)
        c->west += step;
    if (y <= c->y0 || y >= c->y1)
        return;
    while (*next >= 0 && k->changes[*next].y < y)
        next = &k->changes[*next].next;
    if (*next >= 0 && k->changes[*next].y == y) {
        k->changes[*next].step += step;
    } else if (k->change_count == CHANGES) {
        k->too_many = true;
    } else {
        k->changes[k->change_count] = (struct change){y, *next, step};
        *next = k->change_count++;
    }
}

/* Two chains, and which of them is the western one. */
struct pair {
    struct chain *a, *b;
    int order; /* > 0: a, < 0: b, 0: they do not share heights */
};

/* From a height on the order is another one. */
static void reorder(struct cell_chains *k, struct pair *pair, int order,
                    int32_t y)
{
    if (order == pair->order)
        return;
    if (pair->order > 0 || order > 0)
        change(k, pair->b, y, order > 0 ? pair->a->step : -pair->a->step);
    if (pair->order < 0 || order < 0)
        change(k, pair->a, y, order < 0 ? pair->b->step : -pair->b->step);
    pair->order = order;
}

/* > 0: the point lies west of the edge; < 0: east; 0: on it. */
static int64_t side(int32_t x, int32_t y, const struct cell_edge *e)
{
    return (int64_t)(e->x1 - e->x0) * (y - e->y0) -
           (int64_t)(x - e->x0) * (e->y1 - e->y0);
}

static double x_at(const struct cell_edge *e, int32_t y)
{
    if (y == e->y1)
        return e->x1;
    return e->x0 + (y - e->y0) * ((double)(e->x1 - e->x0) / (e->y1 - e->y0));
}

/* Height where edges cross between two others; any if they are too near one
 * another to say. */
static int32_t crossing(const struct cell_edge *p, const struct cell_edge *q,
                        int32_t top, int32_t bottom)
{
    double above = fabs(x_at(p, top) - x_at(q, top));
    double both = above + fabs(x_at(p, bottom) - x_at(q, bottom));
    return both > 0 ? top + (int32_t)lrint((bottom - top) * (above / both))
                    : top;
}

/* Compares two chains at each vertex of either. Where they coincide the first
 * one counts as the western one: no land lies between. */
static void relate(struct cell_chains *k, struct pair pair)
{
    const struct chain *a = pair.a, *b = pair.b;
    const struct cell_edge *p = a->north, *q = b->north;
    int32_t y = a->y0 > b->y0 ? a->y0 : b->y0;
    int32_t bottom = a->y1 < b->y1 ? a->y1 : b->y1;
    if (y >= bottom)
        return;
    while (p->y1 <= y)
        p += a->turn;
    while (q->y1 <= y)
        q += b->turn;
    int64_t above = a->y0 == y ? side(p->x0, y, q) : -side(q->x0, y, p);
    while (y < bottom) {
        int32_t next = p->y1 < q->y1 ? p->y1 : q->y1;
        bool p_ends = p->y1 == next, q_ends = q->y1 == next;
        int64_t below = p_ends ? side(p->x1, next, q) : -side(q->x1, next, p);
        if ((above < 0 && below > 0) || (above > 0 && below < 0)) {
            reorder(k, &pair, above > 0 ? 1 : -1, y);
            reorder(k, &pair, below > 0 ? 1 : -1, crossing(p, q, y, next));
        } else {
            reorder(k, &pair, above + below >= 0 ? 1 : -1, y);
        }
        p += p_ends ? a->turn : 0;
        q += q_ends ? b->turn : 0;
        above = below;
        y = next;
    }
    reorder(k, &pair, 0, y);
}

static void add_land(struct cell_chains *k, uint64_t state, uint64_t area)
{
    for (int i = 0; i < k->land_count; i++)
        if (k->land[i].state == state) {
            k->land[i].area += area;
            return;
        }
    k->land[k->land_count++] = (struct state_land){state, area};
}

static void step_over(struct cell_chains *k, uint64_t state, uint64_t step,
                      uint64_t area)
{
    add_land(k, state, -area);
    add_land(k, state + step, area);
}

/* Adds what a chain changes. */
static void add_chain(struct cell_chains *k, const struct chain *c)
{
    const struct cell_edge *e = c->north;
    uint64_t state = c->west, passed = 0, added = 0;
    for (int i = c->change; i >= 0; i = k->changes[i].next) {
        int32_t y = k->changes[i].y;
        if (k->changes[i].step == 0)
            continue;
        for (; e->y1 <= y; e += c->turn)
            passed += cell_east_of(e);
        struct cell_edge part = *e;
        part.x1 = (int32_t)lrint(x_at(e, y));
        part.y1 = y;
        uint64_t above = passed + cell_east_of(&part);
        step_over(k, state, c->step, above - added);
        added = above;
        state += k->changes[i].step;
    }
    step_over(k, state, c->step, c->east - added);
}

/* A crossing of the west side changes all to its south, like a chain changes
 * all to its east. */
static void add_west(struct cell_chains *k, const struct cell_sweep *s)
{
    uint64_t state = 0;
    for (size_t i = 0; i < s->west_count; i++) {
        uint64_t step = step_of(k, s->west[i].label, s->west[i].turn);
        step_over(k, state, step, cell_south_of(&s->west[i]));
        state += step;
        for (int c = 0; c < k->chain_count; c++)
            change(k, &k->chains[c], s->west[i].at, step);
    }
}

/* Turns from one state to another. */
static enum terramis_status turn_by(struct cell_sweep *s,
                                    const struct cell_chains *k, uint64_t step)
{
    int64_t rest = (int64_t)step;
    for (int i = 0; rest != 0; i++) {
        int turn = (int)((rest + 128) & 255) - 128;
        if (turn != 0)
            TRY(winding_turn(s->winding, k->labels[i], turn));
        rest = (rest - turn) / 256;
    }
    return TERRAMIS_OK;
}

static enum terramis_status add_parts(struct cell_sweep *s,
                                      const struct cell_chains *k)
{
    uint64_t state = 0;
    s->part_count = 0;
    for (const struct state_land *l = k->land; l < k->land + k->land_count;
         l++) {
        if (l->area == 0)
            continue;
        TRY(turn_by(s, k, l->state - state));
        TRY(cell_add_land(s, l->area));
        state = l->state;
    }
    return turn_by(s, k, -state);
}

enum terramis_status cell_sweep_chains(struct cell_sweep *s, bool *done)
{
    struct cell_chains k;
    k.chain_count = k.change_count = k.label_count = 0;
    k.land[0] = (struct state_land){0, CELL_AREA};
    k.land_count = 1;
    k.too_many = s->west_count > CHAINS;
    *done = false;
    if (k.too_many)
        return TERRAMIS_OK;
    find_chains(&k, s);
    for (int b = 1; b < k.chain_count && !k.too_many; b++)
        for (int a = 0; a < b; a++)
            relate(&k, (struct pair){&k.chains[a], &k.chains[b], 0});
    cell_sort_west(s);
    add_west(&k, s);
    if (k.too_many)
        return TERRAMIS_OK;
    *done = true;
    for (int i = 0; i < k.chain_count; i++)
        add_chain(&k, &k.chains[i]);
    return add_parts(s, &k);
}
