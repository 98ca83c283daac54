#include "overlay/segments.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "geo/rect.h"
#include "overlay/segments_tree.h"

/** Larger numbers (metres) are no coordinates. */
#define SEGMENTS_LARGEST 1e15
/** Shorter segments are points: their 1 / length^2 would not fit a float. */
#define SEGMENTS_SHORTEST 1e-10

struct item {
    uint64_t key; /**< position along the Hilbert curve */
    double end[4];
};

/** Position of (x, y), 0 .. 2^16 - 1 each, along the Hilbert curve. */
static uint64_t hilbert(uint32_t x, uint32_t y)
{
    uint64_t key = 0;
    for (uint32_t side = 1U << 15; side > 0; side /= 2) {
        uint32_t east = (x & side) != 0, north = (y & side) != 0;
        key = key * 4 + ((3 * east) ^ north);
        if (!north) {
            uint32_t flip = east ? 0xFFFFU : 0, old = x;
            x = y ^ flip;
            y = old ^ flip;
        }
    }
    return key;
}

static int compare_items(const void *a, const void *b)
{
    const struct item *p = a, *q = b;
    if (p->key != q->key)
        return p->key < q->key ? -1 : 1;
    for (int i = 0; i < 4; i++)
        if (p->end[i] != q->end[i])
            return p->end[i] < q->end[i] ? -1 : 1;
    return 0;
}

/** Copies the segments in a direction of their own and in an order of their
 * own, without duplicates, so that nothing later depends on the input's. */
static enum terramis_status sort_items(struct item *items, const double *ends,
                                       size_t *n)
{
    struct rect r = rect_empty();
    for (size_t i = 0; i < *n; i++) {
        const double *e = ends + 4 * i;
        for (int k = 0; k < 4; k++)
            if (!(fabs(e[k]) < SEGMENTS_LARGEST))
                return status_set(TERRAMIS_INPUT,
                                  "a line has a coordinate that is no number "
                                  "of metres (%g)",
                                  e[k]);
        bool swap = e[0] > e[2] || (e[0] == e[2] && e[1] > e[3]);
        memcpy(items[i].end, e + (swap ? 2 : 0), 2 * sizeof(double));
        memcpy(items[i].end + 2, e + (swap ? 0 : 2), 2 * sizeof(double));
        double x = (e[0] + e[2]) / 2, y = (e[1] + e[3]) / 2;
        r = rect_union(r, (struct rect){x, y, x, y});
    }
    double extent = fmax(r.xmax - r.xmin, r.ymax - r.ymin);
    double scale = extent > 0 ? 65535 / extent : 0;
    for (size_t i = 0; i < *n; i++) {
        const double *e = items[i].end;
        double x = ((e[0] + e[2]) / 2 - r.xmin) * scale;
        double y = ((e[1] + e[3]) / 2 - r.ymin) * scale;
        items[i].key = hilbert((uint32_t)x, (uint32_t)y);
    }
    qsort(items, *n, sizeof *items, compare_items);
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++)
        if (kept == 0 || compare_items(&items[kept - 1], &items[i]) != 0)
            items[kept++] = items[i];
    *n = kept;
    return TERRAMIS_OK;
}

static void fill_groups(struct segments *s, const struct item *items)
{
    for (size_t i = 0; i < s->below[0] * FANOUT; i++) {
        const double *e = items[i < s->count ? i : s->count - 1].end;
        struct group *g = &s->groups[i / FANOUT];
        size_t k = i % FANOUT;
        double ux = e[2] - e[0], uy = e[3] - e[1];
        double length2 = ux * ux + uy * uy;
        bool point = !(length2 > SEGMENTS_SHORTEST * SEGMENTS_SHORTEST);
        g->x[k] = e[0];
        g->y[k] = e[1];
        g->ux[k] = point ? 0 : ux;
        g->uy[k] = point ? 0 : uy;
        g->inv[k] = point ? 0 : 1 / length2;
    }
}

static struct rect group_box(const struct group *g)
{
    struct rect r = rect_empty();
    for (int k = 0; k < FANOUT; k++) {
        double x2 = g->x[k] + g->ux[k], y2 = g->y[k] + g->uy[k];
        r = rect_union(r, (struct rect){fmin(g->x[k], x2), fmin(g->y[k], y2),
                                        fmax(g->x[k], x2), fmax(g->y[k], y2)});
    }
    return r;
}

static struct rect node_box(const struct node *node)
{
    struct rect r = rect_empty();
    for (int k = 0; k < FANOUT; k++)
        r = rect_union(r, (struct rect){node->xmin[k], node->ymin[k],
                                        node->xmax[k], node->ymax[k]});
    return r;
}

/** Fills the levels from the groups up; the last node of a level repeats its
 * last child as padding. */
static void fill_nodes(struct segments *s)
{
    for (int level = 0; level < s->levels; level++) {
        size_t below = s->below[level];
        size_t count = (below + FANOUT - 1) / FANOUT;
        for (size_t i = 0; i < count * FANOUT; i++) {
            size_t child = i < below ? i : below - 1;
            struct rect r =
                level == 0 ? group_box(&s->groups[child])
                           : node_box(&s->nodes[s->start[level - 1] + child]);
            struct node *node = &s->nodes[s->start[level] + i / FANOUT];
            node->xmin[i % FANOUT] = r.xmin;
            node->ymin[i % FANOUT] = r.ymin;
            node->xmax[i % FANOUT] = r.xmax;
            node->ymax[i % FANOUT] = r.ymax;
        }
    }
}

static enum terramis_status build(struct segments *s, const struct item *items)
{
    size_t nodes = 0, below = (s->count + FANOUT - 1) / FANOUT;
    TRY(mem_new(&s->groups, below, sizeof *s->groups));
    while (s->count > 0) {
        s->start[s->levels] = nodes;
        s->below[s->levels++] = below;
        below = (below + FANOUT - 1) / FANOUT;
        nodes += below;
        if (below == 1)
            break;
    }
    TRY(mem_new(&s->nodes, nodes, sizeof *s->nodes));
    if (s->count > 0) {
        fill_groups(s, items);
        fill_nodes(s);
    }
    return TERRAMIS_OK;
}

enum terramis_status segments_new(struct segments **out, const double *ends,
                                  size_t n)
{
    enum terramis_status status;
    struct segments *s = NULL;
    struct item *items = NULL;
    TRY_DONE(mem_new(&s, 1, sizeof *s));
    TRY_DONE(mem_new(&items, n, sizeof *items));
    TRY_DONE(sort_items(items, ends, &n));
    s->count = n;
    TRY_DONE(build(s, items));
    *out = s;
    s = NULL;
done:
    free(items);
    segments_free(s);
    return status;
}

void segments_free(struct segments *segments)
{
    if (!segments)
        return;
    free(segments->groups);
    free(segments->nodes);
    free(segments);
}

size_t segments_count(const struct segments *segments)
{
    return segments->count;
}
