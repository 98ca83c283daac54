#include "overlay/segments.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "geo/hilbert.h"
#include "geo/rect.h"
#include "overlay/segments_tree.h"

/** Larger numbers (metres) are no coordinates. */
#define SEGMENTS_LARGEST 1e15
/** Shorter segments are points: their 1 / length^2 would not fit a float. */
#define SEGMENTS_SHORTEST 1e-10

static enum terramis_status check_ends(const double *ends, size_t n)
{
    for (size_t i = 0; i < 4 * n; i++)
        if (!(fabs(ends[i]) < SEGMENTS_LARGEST))
            return status_set(TERRAMIS_INPUT,
                              _("a line has a coordinate that is no number of "
                                "metres (%g)"),
                              ends[i]);
    return TERRAMIS_OK;
}

static inline struct rect rect_extend(struct rect r, double x, double y)
{
    r.xmin = x < r.xmin ? x : r.xmin;
    r.ymin = y < r.ymin ? y : r.ymin;
    r.xmax = x > r.xmax ? x : r.xmax;
    r.ymax = y > r.ymax ? y : r.ymax;
    return r;
}

static void set_keys(struct hilbert_item *items, const double *ends, size_t n)
{
    struct rect r = rect_empty();
    for (const double *e = ends; e < ends + 4 * n; e += 4)
        r = rect_extend(r, e[0] + e[2], e[1] + e[3]);
    double extent = fmax(r.xmax - r.xmin, r.ymax - r.ymin);
    double scale = extent > 0 ? 65535 / extent : 0;
    for (size_t i = 0; i < n; i++) {
        const double *e = ends + 4 * i;
        double x = (e[0] + e[2] - r.xmin) * scale;
        double y = (e[1] + e[3] - r.ymin) * scale;
        items[i].key = hilbert_key((uint32_t)x, (uint32_t)y);
        items[i].index = (uint32_t)i;
    }
}

/** Copies a segment from its western end (southern, if it runs north). */
static void copy_directed(double *to, const double *from)
{
    bool turn = from[0] > from[2] || (from[0] == from[2] && from[1] > from[3]);
    memcpy(to, from + (turn ? 2 : 0), 2 * sizeof *to);
    memcpy(to + 2, from + (turn ? 0 : 2), 2 * sizeof *to);
}

static int compare_ends(const void *a, const void *b)
{
    const double *p = a, *q = b;
    for (int i = 0; i < 4; i++)
        if (p[i] != q[i])
            return p[i] < q[i] ? -1 : 1;
    return 0;
}

/** Puts the segments into `sorted` in an order of their own (along the curve,
 * then by coordinates) without duplicates; returns how many are left. */
static size_t sort_ends(double *sorted, const double *ends,
                        const struct hilbert_item *items, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0, end; i < n; i = end) {
        double *run = sorted + 4 * kept;
        for (end = i; end < n && items[end].key == items[i].key; end++)
            copy_directed(run + 4 * (end - i),
                          ends + 4 * (size_t)items[end].index);
        if (end - i > 1)
            qsort(run, end - i, 4 * sizeof *run, compare_ends);
        for (size_t k = 0; k < end - i; k++)
            if (k == 0 ||
                compare_ends(sorted + 4 * (kept - 1), run + 4 * k) != 0)
                memmove(sorted + 4 * kept++, run + 4 * k, 4 * sizeof *run);
    }
    return kept;
}

/** A sorted copy of the segments; the caller frees. */
static enum terramis_status sorted_copy(double **sorted, const double *ends,
                                        size_t *n)
{
    enum terramis_status status;
    struct hilbert_item *items = NULL;
    if (*n > UINT32_MAX)
        return status_set(TERRAMIS_INPUT, _("more than 2^32 lines"));
    TRY_DONE(check_ends(ends, *n));
    TRY_DONE(mem_new(&items, 2 * *n, sizeof *items));
    TRY_DONE(mem_new(sorted, *n, 4 * sizeof **sorted));
    set_keys(items, ends, *n);
    hilbert_sort(items, items + *n, *n);
    *n = sort_ends(*sorted, ends, items, *n);
done:
    free(items);
    return status;
}

static void fill_groups(struct segments *s, const double *ends)
{
    for (size_t i = 0; i < s->below[0] * FANOUT; i++) {
        const double *e = ends + 4 * (i < s->count ? i : s->count - 1);
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
        r = rect_extend(r, g->x[k], g->y[k]);
        r = rect_extend(r, g->x[k] + g->ux[k], g->y[k] + g->uy[k]);
    }
    return r;
}

static struct rect node_box(const struct node *node)
{
    struct rect r = rect_empty();
    for (int k = 0; k < FANOUT; k++) {
        r = rect_extend(r, node->xmin[k], node->ymin[k]);
        r = rect_extend(r, node->xmax[k], node->ymax[k]);
    }
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

static enum terramis_status build(struct segments *s, const double *ends)
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
        fill_groups(s, ends);
        fill_nodes(s);
    }
    return TERRAMIS_OK;
}

enum terramis_status segments_new(struct segments **out, const double *ends,
                                  size_t n)
{
    enum terramis_status status;
    struct segments *s = NULL;
    double *sorted = NULL;
    TRY_DONE(mem_new(&s, 1, sizeof *s));
    TRY_DONE(sorted_copy(&sorted, ends, &n));
    s->count = n;
    TRY_DONE(build(s, sorted));
    *out = s;
    s = NULL;
done:
    free(sorted);
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
