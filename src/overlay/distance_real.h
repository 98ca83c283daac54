/**
 * @file distance_real.h
 * @brief The body of distance_block.c, included there once per precision with
 * REAL (the type), REAL_SQRT and NAME(x) defined; no include guard.
 *
 * Branch and bound over the quarters of the block: for the centre of a square
 * find the nearest of the segments still in question, drop those that cannot
 * be nearest anywhere in the square (the bound of segments_near.c), split.
 */

/** Segments in question, each an array; metres, relative to the block. */
struct NAME(list) {
    REAL *ax, *ay; /**< first end */
    REAL *ux, *uy; /**< to the other end */
    REAL *vx, *vy; /**< u / length^2 */
    size_t count;
};

/** What the recursion over one block shares. */
struct NAME(work) {
    REAL *numbers; /**< unused lists start at an offset into this */
    unsigned *kept;
    unsigned squares;         /**< that are asked for */
    REAL centre[BLOCK];       /**< x of columns; y of rows from the south */
    REAL best[BLOCK * BLOCK]; /**< squared distances */
    REAL cell;
};

/** The list of up to `count` segments at numbers[offset]; *end: behind it. */
static struct NAME(list)
    NAME(list_at)(REAL *numbers, size_t offset, size_t count, size_t *end)
{
    size_t room = round_up(count);
    REAL *p = numbers + offset;
    *end = offset + LIST_ARRAYS * room;
    return (struct NAME(list)){
        p, p + room, p + 2 * room, p + 3 * room, p + 4 * room, p + 5 * room, 0};
}

/** Squared distance of segment i to a point. */
static REAL NAME(distance2)(const struct NAME(list) * l, size_t i, REAL x,
                            REAL y)
{
    REAL rx = x - l->ax[i], ry = y - l->ay[i];
    REAL t = rx * l->vx[i] + ry * l->vy[i];
    t = t < 0 ? 0 : t;
    t = t > 1 ? 1 : t;
    REAL ex = rx - t * l->ux[i], ey = ry - t * l->uy[i];
    return ex * ex + ey * ey;
}

/** Nearest points (fx, fy) of all segments to (x, y), relative to it, and
 * their squared distances; returns the least of these. */
CLONES static REAL NAME(feet)(const struct NAME(list) * l, REAL x, REAL y,
                              REAL *restrict fx, REAL *restrict fy,
                              REAL *restrict d2)
{
    const REAL *ax = l->ax, *ay = l->ay, *ux = l->ux, *uy = l->uy;
    const REAL *vx = l->vx, *vy = l->vy;
    REAL least = REAL_LARGE;
    for (size_t i = 0; i < l->count; i++) {
        REAL rx = x - ax[i], ry = y - ay[i];
        REAL t = rx * vx[i] + ry * vy[i];
        t = t < 0 ? 0 : t;
        t = t > 1 ? 1 : t;
        REAL ex = t * ux[i] - rx, ey = t * uy[i] - ry;
        REAL d = ex * ex + ey * ey;
        fx[i] = ex;
        fy[i] = ey;
        d2[i] = d;
        least = d < least ? d : least;
    }
    return least;
}

/** The bound: d2[i] becomes negative where segment i is nowhere the nearest in
 * the square of `half`; reach: distances of the nearest segment to the corners
 * north-east, south-west, south-east, north-west. */
CLONES static void NAME(test)(size_t count, const REAL reach[4], REAL half,
                              const REAL *restrict fx, const REAL *restrict fy,
                              REAL *restrict d2)
{
    REAL r0 = reach[0], r1 = reach[1], r2 = reach[2], r3 = reach[3];
    for (size_t i = 0; i < count; i++) {
        REAL d = REAL_SQRT(d2[i]);
        REAL s = half * (fx[i] + fy[i]), e = half * (fx[i] - fy[i]);
        REAL m1 = r0 * d + s, m2 = r1 * d - s;
        REAL m3 = r2 * d + e, m4 = r3 * d - e;
        m1 = m1 > m2 ? m1 : m2;
        m3 = m3 > m4 ? m3 : m4;
        m1 = m1 > m3 ? m1 : m3;
        d2[i] = m1 - d2[i];
    }
}

/** Copies to `to` the segments of `from` that may be nearest somewhere in the
 * square of `half` around (x, y). */
static void NAME(prune)(struct NAME(work) * w, const struct NAME(list) * from,
                        REAL x, REAL y, REAL half, struct NAME(list) * to)
{
    // the arrays of `to` are its scratch until they are filled
    REAL *fx = to->ax, *fy = to->ay, *d2 = to->ux, reach[4];
    REAL least = NAME(feet)(from, x, y, fx, fy, d2);
    size_t nearest = 0, count = 0;
    while (d2[nearest] != least)
        nearest++;
    const REAL sx[] = {half, -half, half, -half};
    const REAL sy[] = {half, -half, -half, half};
    for (int i = 0; i < 4; i++)
        reach[i] =
            REAL_SQRT(NAME(distance2)(from, nearest, x + sx[i], y + sy[i])) *
                (1 + REAL_SLACK) +
            half * REAL_SLACK;
    NAME(test)(from->count, reach, half, fx, fy, d2);
    for (size_t i = 0; i < from->count; i++) {
        w->kept[count] = (unsigned)i;
        count += d2[i] >= 0;
    }
    for (size_t i = 0; i < count; i++) {
        unsigned k = w->kept[i];
        to->ax[i] = from->ax[k];
        to->ay[i] = from->ay[k];
        to->ux[i] = from->ux[k];
        to->uy[i] = from->uy[k];
        to->vx[i] = from->vx[k];
        to->vy[i] = from->vy[k];
    }
    to->count = count;
}

/** Every cell of a square, `size` a multiple of 8, against every segment. */
CLONES static void NAME(solve)(struct NAME(work) * w,
                               const struct NAME(list) * l, int col0, int row0,
                               int size)
{
    int n = size / 8 * 8; // so that the vectors need no remainder
    const REAL *restrict px = w->centre + col0, *restrict py = w->centre + row0;
    REAL *restrict best = w->best + (size_t)row0 * BLOCK + col0;
    REAL rx[BLOCK], tx[BLOCK];
    for (int row = 0; row < n; row++)
        for (int col = 0; col < n; col++)
            best[row * BLOCK + col] = REAL_LARGE;
    for (size_t i = 0; i < l->count; i++) {
        REAL ax = l->ax[i], ay = l->ay[i], ux = l->ux[i], uy = l->uy[i];
        REAL vx = l->vx[i], vy = l->vy[i];
        for (int col = 0; col < n; col++) {
            rx[col] = px[col] - ax;
            tx[col] = rx[col] * vx;
        }
        for (int row = 0; row < n; row++) {
            REAL ry = -py[row] - ay, ty = ry * vy;
            REAL *restrict b = best + (size_t)row * BLOCK;
            for (int col = 0; col < n; col++) {
                REAL t = tx[col] + ty;
                t = t < 0 ? 0 : t;
                t = t > 1 ? 1 : t;
                REAL ex = rx[col] - t * ux, ey = ry - t * uy;
                REAL d = ex * ex + ey * ey;
                b[col] = d < b[col] ? d : b[col];
            }
        }
    }
}

/** Fills best[] for a square of cells that is asked for, in part; unused
 * numbers start at `offset`.
 * NOLINTNEXTLINE(misc-no-recursion): as deep as BLOCK can be halved */
static void NAME(descend)(struct NAME(work) * w, const struct NAME(list) * list,
                          size_t offset, int col, int row, int size)
{
    if (list->count <= enough_for(size)) {
        NAME(solve)(w, list, col, row, size);
        return;
    }
    int half = size / 2;
    for (int quarter = 0; quarter < 4; quarter++) {
        int c = col + (quarter & 1) * half, r = row + (quarter >> 1) * half;
        if ((w->squares & block_squares(c, r, half)) == 0)
            continue;
        size_t end;
        struct NAME(list) near =
            NAME(list_at)(w->numbers, offset, list->count, &end);
        REAL x = (w->centre[c] + w->centre[c + half - 1]) / 2;
        REAL y = -(w->centre[r] + w->centre[r + half - 1]) / 2;
        REAL reach = (REAL)(half - 1) / 2 * w->cell;
        NAME(prune)(w, list, x, y, reach, &near);
        NAME(descend)(w, &near, end, c, r, half);
    }
}

CLONES static void NAME(roots)(const REAL *restrict square, int count,
                               float *restrict out)
{
    for (int i = 0; i < count; i++)
        out[i] = (float)REAL_SQRT(square[i]);
}

static struct NAME(list)
    NAME(load)(REAL *numbers, const struct segments_near *near, size_t *end)
{
    struct NAME(list) l = NAME(list_at)(numbers, 0, near->count, end);
    for (size_t i = 0; i < near->count; i++) {
        double ux = near->ux[i], uy = near->uy[i];
        double length2 = ux * ux + uy * uy;
        double inv = length2 > 1e-20 ? 1 / length2 : 0;
        l.ax[i] = (REAL)near->ax[i];
        l.ay[i] = (REAL)near->ay[i];
        l.ux[i] = (REAL)ux;
        l.uy[i] = (REAL)uy;
        l.vx[i] = (REAL)(ux * inv);
        l.vy[i] = (REAL)(uy * inv);
    }
    l.count = near->count;
    return l;
}

enum terramis_status NAME(distance_block)(struct distance_scratch *scratch,
                                          const struct segments_near *near,
                                          double cell,
                                          const struct distance_part *part)
{
    struct NAME(work) w;
    struct window cells = part->cells;
    w.squares = part->squares;
    w.cell = (REAL)cell;
    TRY(scratch_grow(scratch, near->count, sizeof(REAL)));
    w.numbers = scratch->numbers;
    w.kept = scratch->kept;
    for (int i = 0; i < BLOCK; i++)
        w.centre[i] = (REAL)((i + 0.5 - BLOCK / 2.0) * cell);
    for (int i = 0; w.squares != BLOCK_ALL && i < BLOCK * BLOCK; i++)
        w.best[i] = INFINITY;
    size_t end;
    struct NAME(list) list = NAME(load)(w.numbers, near, &end);
    NAME(descend)(&w, &list, end, 0, 0, BLOCK);
    for (int row = 0; row < cells.ny; row++)
        NAME(roots)
    (w.best + (size_t)(cells.row + row) * BLOCK + cells.col, cells.nx,
     part->out + (size_t)row * part->stride);
    return TERRAMIS_OK;
}
