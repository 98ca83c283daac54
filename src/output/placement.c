#include "output/placement.h"

#include <stdlib.h>

#include "base/mem.h"

/* In steps of a name's width and height, the best first (after Imhof 1975, for
 * names of areas: in the middle, then close to it). */
static const double steps[][2] = {{0, 0},       {0, -0.7},   {0, 0.7},
                                  {0.35, 0},    {-0.35, 0},  {0.35, -0.7},
                                  {-0.35, 0.7}, {0.35, 0.7}, {-0.35, -0.7},
                                  {0, -1.2},    {0, 1.2}};

static bool meet(struct box a, struct box b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h &&
           b.y < a.y + a.h;
}

static bool inside(struct box a, struct box b)
{
    return a.x >= b.x && a.x + a.w <= b.x + b.w && a.y >= b.y &&
           a.y + a.h <= b.y + b.h;
}

static bool is_free(const struct placement *placement, struct box box)
{
    if (!inside(box, placement->frame))
        return false;
    for (size_t i = 0; i < placement->count; i++)
        if (meet(box, placement->taken[i]))
            return false;
    return true;
}

enum terramis_status placement_take(struct placement *placement, struct box box)
{
    TRY(mem_grow(&placement->taken, &placement->room, placement->count,
                 sizeof *placement->taken));
    placement->taken[placement->count++] = box;
    return TERRAMIS_OK;
}

enum terramis_status placement_find(struct placement *placement, double x,
                                    double y, double w, double h,
                                    struct box *box, bool *found)
{
    *found = false;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        *box = (struct box){x - w / 2 + steps[i][0] * w,
                            y - h / 2 + steps[i][1] * h, w, h};
        if (!is_free(placement, *box))
            continue;
        *found = true;
        return placement_take(placement, *box);
    }
    return TERRAMIS_OK;
}

enum terramis_status placement_try(struct placement *placement,
                                   const struct box *boxes, size_t count,
                                   bool *found)
{
    *found = true;
    for (size_t i = 0; i < count && *found; i++)
        *found = is_free(placement, boxes[i]);
    for (size_t i = 0; i < count && *found; i++)
        TRY(placement_take(placement, boxes[i]));
    return TERRAMIS_OK;
}

void placement_release(struct placement *placement)
{
    free(placement->taken);
    *placement = (struct placement){.taken = NULL};
}
