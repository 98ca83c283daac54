/* Random cells, by chains of edges and in slabs: paths from side to side and
 * rings that cross, touch, coincide or nearly do, with vertices on borders and
 * corners of the cell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "overlay/mosaic_cell.h"
#include "unit/overlay/shapes.h"

enum {
    PATHS = 5,
    POINTS = 9, /* of a path */
    SETS = 7,
    PARCELS = 3,
    CASES = 100000 / SLOWER
};

static const int32_t far = 1 << 30; /* side of a cell */

static const struct mosaic_rule rule = {.territory = 1U << 0 | 1U << 6,
                                        .kinds = {1U << 1, 1U << 2},
                                        .holes = {0, 1U << 3},
                                        .kind_count = 2,
                                        .first_constraint = 4,
                                        .constraint_count = 2};

struct point {
    int32_t x, y;
};

/* From side to side of the cell, or a ring inside it. */
struct path {
    struct point points[POINTS + 1];
    int count, label;
};

struct world {
    struct path paths[PATHS];
    int count;
    int corner[SETS + PARCELS]; /* winding numbers at the north-west corner */
};

static int label_of(int i)
{
    return i < SETS ? i : MOSAIC_SETS + i - SETS;
}

static int32_t inside(int64_t x)
{
    return (int32_t)(x < 0 ? 0 : x > far ? far : x);
}

/* Anywhere, on a coarse lattice, or at or near a point that was there. */
static struct point random_point(const struct world *w, uint64_t *seed)
{
    struct point p = {below(seed, far), below(seed, far)};
    int how = below(seed, 6);
    if (how < 2)
        return p;
    if (how == 2 || w->count == 0)
        return (struct point){below(seed, 5) << 28, below(seed, 5) << 28};
    const struct path *other = &w->paths[below(seed, w->count)];
    int i = below(seed, other->count - 1);
    struct point a = other->points[i], b = other->points[i + 1];
    p = a;
    if (how == 3) { /* on, or nearly on an edge */
        double at = below(seed, 2) ? 0.5 : uniform(seed);
        p.x = (int32_t)(a.x + (b.x - a.x) * at);
        p.y = (int32_t)(a.y + (b.y - a.y) * at);
    }
    if (below(seed, 3) == 0) {
        p.x = inside(p.x + below(seed, 7) - 3);
        p.y = inside(p.y + below(seed, 7) - 3);
    }
    return p;
}

static struct point random_end(const struct world *w, uint64_t *seed)
{
    struct point p = random_point(w, seed);
    switch (below(seed, 5)) {
    case 0:
        p.y = 0;
        break;
    case 1:
        p.y = far;
        break;
    case 2:
        p.x = far;
        break;
    default: /* most: what enters from the west is the hardest */
        p.x = 0;
    }
    return p;
}

/* The way back along another path, or nearly. */
static void copy_path(struct path *path, const struct path *from,
                      uint64_t *seed)
{
    bool back = below(seed, 2), near = below(seed, 2);
    path->count = from->count;
    for (int i = 0; i < path->count; i++) {
        struct point p = from->points[back ? path->count - 1 - i : i];
        bool end = i == 0 || i == path->count - 1;
        if (near && !end && below(seed, 2))
            p.x = inside(p.x + below(seed, 5) - 2);
        path->points[i] = p;
    }
}

static void random_world(struct world *w, uint64_t *seed)
{
    int count = 1 + below(seed, PATHS);
    for (int i = 0; i < SETS + PARCELS; i++)
        w->corner[i] = below(seed, 3) == 0 ? 1 - 2 * below(seed, 2) : 0;
    w->corner[0] = below(seed, 8) > 0;
    for (w->count = 0; w->count < count; w->count++) {
        struct path *p = &w->paths[w->count];
        bool ring = below(seed, 3) == 0;
        p->label = label_of(below(seed, SETS + PARCELS));
        if (w->count > 0 && below(seed, 4) == 0) {
            copy_path(p, &w->paths[below(seed, w->count)], seed);
            continue;
        }
        p->count = 3 + below(seed, POINTS - 3);
        for (int i = 0; i < p->count; i++)
            p->points[i] = random_point(w, seed);
        if (ring) {
            p->points[p->count++] = p->points[0];
        } else {
            p->points[0] = random_end(w, seed);
            p->points[p->count - 1] = random_end(w, seed);
        }
    }
}

/* Does the path begin and end on a side, and at this end on the west one? */
static bool by_west(const struct path *p, int end)
{
    struct point a = p->points[0], b = p->points[p->count - 1];
    return (a.x != b.x || a.y != b.y) && p->points[end].x == 0;
}

/* The records that the mosaic would make of a piece. */
static struct cell_record record_of(const struct path *p, int i, uint32_t area)
{
    struct point a = p->points[i], b = p->points[i + 1];
    bool enters = i == 0 && by_west(p, 0);
    bool leaves = i == p->count - 2 && by_west(p, p->count - 1);
    uint32_t what = area << RECORD_FLAGS;
    if (a.y > b.y || (a.y == b.y && a.x > b.x)) {
        what |= (enters ? RECORD_LEAVES : 0) | (leaves ? RECORD_ENTERS : 0);
        return (struct cell_record){0, what, b.x, b.y, a.x, a.y};
    }
    what |= RECORD_TURN | (enters ? RECORD_ENTERS : 0) |
            (leaves ? RECORD_LEAVES : 0);
    return (struct cell_record){0, what, a.x, a.y, b.x, b.y};
}

/* Loads the paths, in their order or from the last one. */
static void load(struct cell_sweep *s, const struct world *w, bool backwards)
{
    struct cell_record sorted[PATHS * POINTS];
    int labels[PATHS];
    struct cell_records records = {.sorted = sorted, .labels = labels};
    uint32_t n = 0;
    for (int k = 0; k < w->count; k++) {
        const struct path *p = &w->paths[backwards ? w->count - 1 - k : k];
        labels[k] = p->label;
        for (int i = 0; i + 1 < p->count; i++)
            sorted[n++] = record_of(p, i, (uint32_t)k);
    }
    assert_int_equal(cell_sweep_load(s, &records, 0, n, CELL_ALL), TERRAMIS_OK);
}

static double area_of(const struct cell_part *parts, size_t count,
                      const struct cell_part *like)
{
    for (size_t i = 0; i < count; i++)
        if (parts[i].parcel == like->parcel && parts[i].kinds == like->kinds &&
            parts[i].constraint == like->constraint)
            return (double)(int64_t)parts[i].area / (double)CELL_AREA;
    return 0;
}

/* Largest difference of a part of one list from the same of the other. */
static double difference(const struct cell_part *a, size_t a_count,
                         const struct cell_part *b, size_t b_count)
{
    double worst = 0;
    for (size_t i = 0; i < a_count + b_count; i++) {
        const struct cell_part *p = i < a_count ? &a[i] : &b[i - a_count];
        worst =
            fmax(worst, fabs(area_of(a, a_count, p) - area_of(b, b_count, p)));
    }
    return worst;
}

/* The parts by chains, copied; false: too many for them. */
static bool by_chains(struct cell_sweep *s, struct cell_part *parts,
                      size_t *count)
{
    bool done;
    assert_int_equal(cell_sweep_chains(s, &done), TERRAMIS_OK);
    if (!done)
        return false;
    *count = s->part_count;
    assert_true(*count <= 64);
    for (size_t i = 0; i < *count; i++)
        parts[i] = s->parts[i];
    return true;
}

static void turn_corner(struct winding *winding, const struct world *w,
                        int sign)
{
    for (int i = 0; i < SETS + PARCELS; i++)
        if (w->corner[i])
            assert_int_equal(
                winding_turn(winding, label_of(i), sign * w->corner[i]),
                TERRAMIS_OK);
}

static void equals_slabs(void **state)
{
    (void)state;
    struct winding winding = {0};
    struct cell_sweep s = {.rule = &rule, .winding = &winding};
    uint64_t seed = 5;
    double worst = 0, order = 0; /* of the same areas */
    int compared = 0;
    for (int i = 0; i < CASES; i++) {
        struct world w;
        struct cell_part parts[64], others[64];
        size_t count = 0, other_count = 0;
        random_world(&w, &seed);
        turn_corner(&winding, &w, 1);
        load(&s, &w, false);
        if (by_chains(&s, parts, &count)) {
            assert_int_equal(cell_sweep_slabs(&s), TERRAMIS_OK);
            worst =
                fmax(worst, difference(parts, count, s.parts, s.part_count));
            load(&s, &w, true);
            if (by_chains(&s, others, &other_count))
                order =
                    fmax(order, difference(parts, count, others, other_count));
            compared++;
        }
        turn_corner(&winding, &w, -1);
        assert_true(winding.inside == 0 && winding.parcel_count == 0);
        assert_true(worst < 0.5 / MOSAIC_ONE && order < 0.1 / MOSAIC_ONE);
    }
    print_message("%d cells, largest difference %.2g, in other orders %.2g\n",
                  compared, worst, order);
    assert_true(compared > CASES / 2);
    free(winding.parcels);
    cell_sweep_release(&s);
}

/* More chains, labels or crossings than there is room for are left to slabs,
 * and nothing is changed. */
static void too_many(void **state)
{
    (void)state;
    enum {
        MANY = 20
    };
    struct winding winding = {0};
    struct cell_sweep s = {.rule = &rule, .winding = &winding};
    struct cell_record r[MANY];
    int labels[MANY];
    struct cell_records records = {.sorted = r, .labels = labels};
    assert_int_equal(winding_turn(&winding, 0, 1), TERRAMIS_OK);
    for (int what = 0; what < 3; what++)
        for (uint32_t n = 1; n <= MANY; n++) {
            bool done, few = n <= (what == 1 ? 8 : 16);
            for (uint32_t i = 0; i < n; i++) {
                int32_t x = (int32_t)(i + 1) << 20;
                uint32_t flags = i << RECORD_FLAGS | RECORD_TURN;
                labels[i] = what == 1 ? (int)i : 1;
                r[i] = what == 2
                           ? (struct cell_record){0, flags | RECORD_LEAVES,
                                                  0, x,
                                                  0, x}
                           : (struct cell_record){0, flags, x, 0, x, far};
            }
            assert_int_equal(cell_sweep_load(&s, &records, 0, n, CELL_ALL),
                             TERRAMIS_OK);
            assert_int_equal(cell_sweep_chains(&s, &done), TERRAMIS_OK);
            assert_int_equal(done, few);
            if (!done)
                assert_int_equal(cell_sweep_slabs(&s), TERRAMIS_OK);
            assert_true(winding.inside == 1 && winding.count[0] == 1);
        }
    free(winding.parcels);
    cell_sweep_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(equals_slabs),
                                       cmocka_unit_test(too_many)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
