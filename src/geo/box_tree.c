#include "geo/box_tree.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "geo/hilbert.h"

enum {
    FANOUT = 16,
    LEVELS_MAX = 9 /* 16^8 = 2^32 rectangles */
};

struct box_tree {
    size_t count;
    uint32_t *order;          /* indices of rectangles along the curve */
    struct rect *boxes;       /* in that order: what is near lies near */
    struct rect *nodes;       /* level by level, the root last */
    size_t first[LEVELS_MAX]; /* node of each level */
    size_t size[LEVELS_MAX];  /* nodes of each level */
    int levels;
};

/* Rectangles as the caller has them. */
struct boxes {
    const char *first;
    size_t stride;
};

static const struct rect *box_at(struct boxes boxes, size_t index)
{
    return (const struct rect *)(const void *)(boxes.first +
                                               index * boxes.stride);
}

static uint32_t step_of(double at, double from, double scale)
{
    double step = (at - from) * scale;
    return step < 0 ? 0 : step > 65535 ? 65535 : (uint32_t)step;
}

static enum terramis_status sort_boxes(struct box_tree *tree,
                                       struct boxes boxes)
{
    struct rect all = rect_empty();
    struct hilbert_item *items;
    TRY(mem_new(&items, 2 * tree->count, sizeof *items));
    for (size_t i = 0; i < tree->count; i++)
        all = rect_union(all, *box_at(boxes, i));
    double extent = fmax(all.xmax - all.xmin, all.ymax - all.ymin);
    double scale = extent > 0 ? 65535 / extent : 0;
    for (size_t i = 0; i < tree->count; i++) {
        const struct rect *r = box_at(boxes, i);
        uint32_t x = step_of((r->xmin + r->xmax) / 2, all.xmin, scale);
        uint32_t y = step_of((r->ymin + r->ymax) / 2, all.ymin, scale);
        items[i] = (struct hilbert_item){hilbert_key(x, y), (uint32_t)i};
    }
    hilbert_sort(items, items + tree->count, tree->count);
    for (size_t i = 0; i < tree->count; i++) {
        tree->order[i] = items[i].index;
        tree->boxes[i] = *box_at(boxes, items[i].index);
    }
    free(items);
    return TERRAMIS_OK;
}

/* Child `i` of the nodes of `level`: a rectangle, or a node below. */
static const struct rect *child(const struct box_tree *tree, int level,
                                size_t i)
{
    return level == 0 ? &tree->boxes[i]
                      : &tree->nodes[tree->first[level - 1] + i];
}

static size_t children(const struct box_tree *tree, int level)
{
    return level == 0 ? tree->count : tree->size[level - 1];
}

static enum terramis_status build(struct box_tree *tree)
{
    size_t total = 0, below = tree->count;
    do {
        below = (below + FANOUT - 1) / FANOUT;
        tree->first[tree->levels] = total;
        tree->size[tree->levels++] = below;
        total += below;
    } while (below > 1);
    TRY(mem_new(&tree->nodes, total, sizeof *tree->nodes));
    for (size_t i = 0; i < total; i++)
        tree->nodes[i] = rect_empty();
    for (int level = 0; level < tree->levels; level++)
        for (size_t i = 0; i < children(tree, level); i++) {
            struct rect *node = &tree->nodes[tree->first[level] + i / FANOUT];
            *node = rect_union(*node, *child(tree, level, i));
        }
    return TERRAMIS_OK;
}

enum terramis_status box_tree_new(struct box_tree **out,
                                  const struct rect *boxes, size_t stride,
                                  size_t count)
{
    enum terramis_status status;
    struct box_tree *tree = NULL;
    if (count > UINT32_MAX)
        return status_set(TERRAMIS_INPUT, _("more than 2^32 features"));
    TRY_DONE(mem_new(&tree, 1, sizeof *tree));
    tree->count = count;
    if (count > 0) {
        struct boxes given = {(const char *)boxes, stride};
        TRY_DONE(mem_new(&tree->order, count, sizeof *tree->order));
        TRY_DONE(mem_new(&tree->boxes, count, sizeof *tree->boxes));
        TRY_DONE(sort_boxes(tree, given));
        TRY_DONE(build(tree));
    }
    *out = tree;
    return TERRAMIS_OK;
done:
    box_tree_free(tree);
    return status;
}

void box_tree_free(struct box_tree *tree)
{
    if (!tree)
        return;
    free(tree->order);
    free(tree->boxes);
    free(tree->nodes);
    free(tree);
}

/* What a query looks for. */
struct search {
    const struct box_tree *tree;
    struct rect rect;
    void (*found)(size_t index, void *data);
    void *data;
};

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the tree has levels */
static void visit(const struct search *s, int level, size_t node)
{
    const struct box_tree *tree = s->tree;
    size_t end = FANOUT * (node + 1), most = children(tree, level);
    for (size_t i = FANOUT * node; i < end && i < most; i++) {
        if (!rect_meets(*child(tree, level, i), s->rect))
            continue;
        if (level == 0)
            s->found(tree->order[i], s->data);
        else
            visit(s, level - 1, i);
    }
}

void box_tree_query(const struct box_tree *tree, struct rect rect,
                    void (*found)(size_t index, void *data), void *data)
{
    struct search search = {tree, rect, found, data};
    if (tree->levels > 0)
        visit(&search, tree->levels - 1, 0);
}
