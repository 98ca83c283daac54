#include "demo/fabric.h"

#include <stdlib.h>

enum {
    DEPTH_MOST = 60
};
/* Square metres from which land is divided before its edges are looked at. */
static const double block_area = 250000;

/* What a parcel should measure here, square metres. */
static double wanted_area(const struct region *region, struct point p)
{
    const struct settlement *s =
        &region->settlements[region_commune(region, p)];
    uint64_t seed = region->pilot->seed + 90;
    double d = point_distance(p, s->at);
    bool town = s->size == SETTLEMENT_TOWN;
    double field = region->pilot->area / 575950000 *
                   (52000 + 30000 * noise_fbm(seed, p.x, p.y, 3000, 2));
    if (region->terrain.kind[terrain_cell(&region->terrain, p)] ==
        TERRAIN_PLAIN)
        field *= 0.8; /* meadows */
    double plot = region->small ? 6000 : town ? 800 : 1300;
    double reach = town ? 700 : 230;
    return plot + (field - plot) * noise_ramp(d, reach * 0.6, reach * 2.6);
}

static struct point middle_of(const struct points *ring)
{
    struct shape shape = {SHAPE_AREA, &(struct ring){ring->at, ring->count}, 1};
    return shape_middle(&shape);
}

static double area_of(const struct points *ring)
{
    return ring->count < 3 ? 0
                           : ring_area((struct ring){ring->at, ring->count});
}

/* A line across the longer way of the piece, square to its longest side. */
static struct cut across(const struct region *region, const struct points *ring)
{
    struct point u = {1, 0};
    double longest = 0, low[2] = {INFINITY, INFINITY},
           high[2] = {-INFINITY, -INFINITY};
    for (size_t i = 0; i < ring->count; i++) {
        struct point a = ring->at[i], b = ring->at[(i + 1) % ring->count];
        double d = point_distance(a, b);
        if (d > longest) {
            longest = d;
            u = (struct point){(b.x - a.x) / d, (b.y - a.y) / d};
        }
    }
    for (size_t i = 0; i < ring->count; i++) {
        struct point p = ring->at[i];
        double along[2] = {p.x * u.x + p.y * u.y, p.y * u.x - p.x * u.y};
        for (int k = 0; k < 2; k++) {
            low[k] = fmin(low[k], along[k]);
            high[k] = fmax(high[k], along[k]);
        }
    }
    int k = high[0] - low[0] >= high[1] - low[1] ? 0 : 1;
    struct point v = k == 0 ? u : (struct point){-u.y, u.x};
    struct point m = middle_of(ring);
    uint64_t seed = region->pilot->seed + 91;
    int64_t x = (int64_t)(m.x * 10), y = (int64_t)(m.y * 10);
    double share = 0.36 + 0.28 * noise_hash(seed, x, y);
    double tilt = 0.16 * (noise_hash(seed + 1, x, y) - 0.5);
    double at = low[k] + share * (high[k] - low[k]);
    double off = at - (m.x * v.x + m.y * v.y);
    struct point o = {m.x + off * v.x, m.y + off * v.y};
    struct point w = {-v.y + tilt * v.x, v.x + tilt * v.y};
    return (struct cut){o, {o.x + 100 * w.x, o.y + 100 * w.y}, false};
}

/* The longest cut of the kind, taken out of the list; false if none is as
 * long as `least`. */
static bool take_longest(struct cuts *cuts, bool hard, double least,
                         struct cut *taken)
{
    size_t best = cuts->count;
    for (size_t i = 0; i < cuts->count; i++) {
        double d = point_distance(cuts->at[i].a, cuts->at[i].b);
        if (cuts->at[i].hard == hard && d >= least) {
            least = d;
            best = i;
        }
    }
    if (best == cuts->count)
        return false;
    *taken = cuts->at[best];
    cuts->at[best] = cuts->at[--cuts->count];
    return true;
}

static bool has_hard(const struct cuts *cuts)
{
    for (size_t i = 0; i < cuts->count; i++)
        if (cuts->at[i].hard)
            return true;
    return false;
}

/* Which way to cut next; false when the piece is a parcel. */
static bool next_cut(const struct region *region, const struct points *ring,
                     struct cuts *cuts, double area, struct cut *cut)
{
    double wanted = wanted_area(region, middle_of(ring));
    double size = sqrt(area);
    if (area > block_area) {
        if (!take_longest(cuts, false, 0.3 * size, cut))
            *cut = across(region, ring);
        return true;
    }
    if (take_longest(cuts, true, 0, cut))
        return true;
    if (area > 1.3 * wanted && take_longest(cuts, false, 0.3 * size, cut))
        return true;
    *cut = across(region, ring);
    return area > 1.5 * wanted;
}

static bool is_ours(const struct region *region, struct point p)
{
    if (!shape_holds(&region->outline, p))
        return false;
    const struct feature_list *water = &region->features[FEATURE_WATER];
    for (size_t i = 0; i < water->count; i++)
        if (water->at[i].rank == 1 && shape_holds(&water->at[i].shape, p))
            return false;
    return true;
}

static enum terramis_status divide(struct region *region,
                                   const struct points *ring, struct cuts *cuts,
                                   int depth);

/* Cuts the piece in two, or goes on with it where the cut only grazes it.
 * NOLINTNEXTLINE(misc-no-recursion): DEPTH_MOST deep */
static enum terramis_status divide_at(struct region *region,
                                      const struct points *ring,
                                      struct cuts *cuts, struct cut cut,
                                      double area, int depth)
{
    struct points left = {0}, right = {0};
    struct cuts to_left = {0}, to_right = {0};
    enum terramis_status status;
    TRY_DONE(fabric_part(ring, cut.a, cut.b, 1, &left));
    TRY_DONE(fabric_part(ring, cut.a, cut.b, -1, &right));
    double least = cut.hard ? 0.5 : fmin(0.1 * area, 3000);
    if (area_of(&left) < least || area_of(&right) < least) {
        status = divide(region, ring, cuts, depth + 1);
        goto done;
    }
    TRY_DONE(cuts_split(cuts, cut.a, cut.b, &to_left, &to_right));
    TRY_DONE(divide(region, &left, &to_left, depth + 1));
    status = divide(region, &right, &to_right, depth + 1);
done:
    free(left.at);
    free(right.at);
    free(to_left.at);
    free(to_right.at);
    return status;
}

/* NOLINTNEXTLINE(misc-no-recursion): DEPTH_MOST deep */
static enum terramis_status divide(struct region *region,
                                   const struct points *ring, struct cuts *cuts,
                                   int depth)
{
    double area = area_of(ring);
    struct point middle = middle_of(ring);
    struct cut cut;
    if (area < 60 || (!has_hard(cuts) && !is_ours(region, middle)))
        return TERRAMIS_OK;
    if (depth < DEPTH_MOST && next_cut(region, ring, cuts, area, &cut))
        return divide_at(region, ring, cuts, cut, area, depth);
    if (!is_ours(region, middle))
        return TERRAMIS_OK;
    return region_add(region, FEATURE_PARCEL, SHAPE_AREA, ring, 0,
                      region_commune(region, middle), area);
}

static enum terramis_status add_shape(struct cuts *cuts,
                                      const struct shape *shape, bool hard)
{
    const struct ring *ring = &shape->rings[0];
    size_t start = shape->type == SHAPE_AREA ? 0 : 1;
    for (size_t i = start; i < ring->count; i++) {
        struct point a = ring->at[(i + ring->count - 1) % ring->count];
        TRY(cuts_add(cuts, (struct cut){a, ring->at[i], hard}));
    }
    return TERRAMIS_OK;
}

static enum terramis_status all_cuts(const struct region *region,
                                     struct cuts *cuts)
{
    static const enum feature_kind soft[] = {FEATURE_ROAD, FEATURE_RAIL,
                                             FEATURE_CANAL, FEATURE_BROOK};
    TRY(add_shape(cuts, &region->outline, true));
    const struct feature_list *water = &region->features[FEATURE_WATER];
    for (size_t i = 0; i < water->count; i++)
        if (water->at[i].rank == 1)
            TRY(add_shape(cuts, &water->at[i].shape, true));
    for (size_t k = 0; k < sizeof soft / sizeof *soft; k++)
        for (size_t i = 0; i < region->features[soft[k]].count; i++)
            TRY(add_shape(cuts, &region->features[soft[k]].at[i].shape, false));
    return TERRAMIS_OK;
}

/* The land nearer to village `i` than to any other (Voronoi), with its cuts. */
static enum terramis_status divide_commune(struct region *region, size_t i,
                                           const struct cuts *all)
{
    struct rect r = rect_grow(shape_rect(&region->outline), 100);
    struct points ring = {0}, left = {0};
    struct cuts cuts = {0}, in = {0}, out = {0};
    struct point o = region->settlements[i].at;
    enum terramis_status status;
    TRY_DONE(points_add(&ring, r.xmin, r.ymin));
    TRY_DONE(points_add(&ring, r.xmax, r.ymin));
    TRY_DONE(points_add(&ring, r.xmax, r.ymax));
    TRY_DONE(points_add(&ring, r.xmin, r.ymax));
    for (size_t k = 0; k < all->count; k++)
        TRY_DONE(cuts_add(&cuts, all->at[k]));
    for (size_t k = 0; k < region->commune_count; k++) {
        struct point p = region->settlements[k].at;
        struct point m = {(o.x + p.x) / 2, (o.y + p.y) / 2};
        struct point end = {m.x - (p.y - o.y), m.y + (p.x - o.x)};
        if (k == i)
            continue;
        TRY_DONE(fabric_part(&ring, m, end, 1, &left));
        struct points swap = ring;
        ring = left;
        left = swap;
        in.count = out.count = 0;
        TRY_DONE(cuts_split(&cuts, m, end, &in, &out));
        struct cuts kept = cuts;
        cuts = in;
        in = kept;
    }
    status = divide(region, &ring, &cuts, 0);
done:
    free(ring.at);
    free(left.at);
    free(cuts.at);
    free(in.at);
    free(out.at);
    return status;
}

enum terramis_status fabric_build(struct region *region)
{
    struct cuts cuts = {0};
    enum terramis_status status = all_cuts(region, &cuts);
    for (size_t i = 0; i < region->commune_count && status == TERRAMIS_OK; i++)
        status = divide_commune(region, i, &cuts);
    free(cuts.at);
    return status == TERRAMIS_OK ? fabric_finish(region) : status;
}
