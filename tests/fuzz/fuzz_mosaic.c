/* The mosaic of a tile against GEOS: areas by kind and constraint, the whole
 * tile and each parcel; and the same bits when the tile is cut otherwise. */
#include "fuzz.h"

#include <math.h>

#include "geo/geos.h"
#include "overlay/mosaic.h"
#include "overlay/outline.h"

enum {
    SIDE = 16,
    TERRITORY = 0,
    KIND = 1, /* and the next: with holes */
    HOLES = 3,
    CONSTRAINT = 4,
    SETS = 5,
    PARCELS = 2,
    LABELS = SETS + PARCELS,
    AREAS = 8,
    PIECES = 60000
};

static const struct grid grid = {500000, 6930000, 5, SIDE, SIDE};
static const struct mosaic_rule rule = {.territory = 1U << TERRITORY,
                                        .kinds = {1U << KIND, 1U << (KIND + 1)},
                                        .holes = {0, 1U << HOLES},
                                        .kind_count = 2,
                                        .first_constraint = CONSTRAINT,
                                        .constraint_count = 1};

struct world {
    GEOSGeometry *areas[AREAS];
    int labels[AREAS];
    int count;
};

/* Around the tile, in steps of 2^-11 of a cell or, by `shift`, of whole ones;
 * `skew` puts the numbers off every lattice. */
static double place(struct bytes *bytes, int shift, double skew)
{
    int at = take_short(bytes);
    double steps = shift ? (double)(at >> shift) * (1 << shift) : at;
    return (steps / 2048 + SIDE / 2.0) * grid.cell * (1 + skew);
}

/* A polygon of the bytes' points, repaired; NULL where nothing is left. */
static GEOSGeometry *polygon_of(struct geos *geos, struct bytes *bytes)
{
    GEOSContextHandle_t c = geos->context;
    unsigned shape = take_byte(bytes), n = 3 + shape % 8;
    int shift = shape & 8 ? 11 : shape & 16 ? 9 : 0;
    double skew = shape & 32 ? 1e-9 : shape & 64 ? 1e-5 : 0;
    GEOSCoordSequence *points = GEOSCoordSeq_create_r(c, n + 1, 2);
    double x = 0, y = 0, x0 = 0, y0 = 0;
    for (unsigned i = 0; i <= n; i++) {
        if (i < n) {
            x = grid.xmin + place(bytes, shift, skew);
            y = grid.ymax - place(bytes, shift, skew);
        } else {
            x = x0;
            y = y0;
        }
        if (i == 0) {
            x0 = x;
            y0 = y;
        }
        GEOSCoordSeq_setXY_r(c, points, i, x, y);
    }
    GEOSGeometry *ring = GEOSGeom_createLinearRing_r(c, points);
    GEOSGeometry *raw =
        ring ? GEOSGeom_createPolygon_r(c, ring, NULL, 0) : NULL;
    return raw ? geos_repair(geos, raw, true) : NULL;
}

static void make_world(struct geos *geos, struct bytes bytes, struct world *w)
{
    unsigned used = 0;
    *w = (struct world){.count = 0};
    while (bytes.left > 0 && w->count < AREAS) {
        int label = (int)(take_byte(&bytes) % LABELS);
        GEOSGeometry *area = polygon_of(geos, &bytes);
        if (!area)
            continue;
        if (label >= SETS && used >> label & 1) {
            GEOSGeom_destroy_r(geos->context, area);
            continue; /* areas of one parcel do not overlap */
        }
        used |= 1U << label;
        w->areas[w->count] = area;
        w->labels[w->count++] = label;
    }
}

static void cut(struct geos *geos, struct mosaic *m, const struct world *w,
                const struct grid *tile, const struct piece_list **land,
                const struct piece_list **parcels)
{
    struct outline outline = {0};
    mosaic_begin(m, tile);
    for (int i = 0; i < w->count; i++) {
        int label = w->labels[i];
        outline_clear(&outline);
        if (outline_add(&outline, geos, w->areas[i]) != TERRAMIS_OK)
            abort();
        struct rings rings = outline_rings(&outline);
        if (mosaic_add(m, &rings,
                       label < SETS ? label : MOSAIC_SETS + label - SETS) !=
            TERRAMIS_OK)
            abort();
    }
    if (mosaic_cut(m, &rule, land, parcels) != TERRAMIS_OK)
        abort();
    outline_release(&outline);
}

/* ---- by GEOS */

/* All areas of a label as one; NULL after an error of GEOS. */
static GEOSGeometry *label_union(struct geos *geos, const struct world *w,
                                 int label)
{
    GEOSGeometry *parts[AREAS], *all = NULL;
    size_t count = 0;
    for (int i = 0; i < w->count; i++)
        if (w->labels[i] == label)
            parts[count++] = GEOSGeom_clone_r(geos->context, w->areas[i]);
    return geos_union(geos, parts, count, &all) == TERRAMIS_OK ? all : NULL;
}

static GEOSGeometry *combined(struct geos *geos, GEOSGeometry *g,
                              const GEOSGeometry *by, bool inside)
{
    GEOSContextHandle_t c = geos->context;
    GEOSGeometry *result = !g || !by ? NULL
                           : inside  ? GEOSIntersection_r(c, g, by)
                                     : GEOSDifference_r(c, g, by);
    GEOSGeom_destroy_r(c, g);
    return result;
}

/* Cells of one combination inside `within`; NAN where GEOS fails. */
static double geos_cells(struct geos *geos, GEOSGeometry *const sets[SETS],
                         const GEOSGeometry *within, unsigned kinds,
                         bool excluded)
{
    GEOSContextHandle_t c = geos->context;
    GEOSGeometry *holed = combined(
        geos, sets[KIND + 1] ? GEOSGeom_clone_r(c, sets[KIND + 1]) : NULL,
        sets[HOLES], false);
    GEOSGeometry *g =
        combined(geos, within ? GEOSGeom_clone_r(c, within) : NULL,
                 sets[TERRITORY], true);
    g = combined(geos, g, sets[KIND], kinds & 1);
    g = combined(geos, g, holed, kinds >> 1 & 1);
    if (kinds != 0)
        g = combined(geos, g, sets[CONSTRAINT], excluded);
    double area = 0;
    bool fine = g && GEOSArea_r(c, g, &area) == 1;
    GEOSGeom_destroy_r(c, g);
    GEOSGeom_destroy_r(c, holed);
    return fine ? area / (grid.cell * grid.cell) : (double)NAN;
}

static double sum_of(const struct piece_list *list, int parcel, unsigned kinds,
                     bool excluded)
{
    double sum = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct piece *p = &list->items[i];
        if (p->parcel == parcel && p->kinds == kinds &&
            (p->constraint >= 0) == excluded)
            sum += (double)p->share * p->run / MOSAIC_ONE;
    }
    return sum;
}

static void compare(struct geos *geos, const struct world *w,
                    const struct piece_list *land,
                    const struct piece_list *parcels)
{
    GEOSGeometry *sets[LABELS];
    GEOSGeometry *tile = geos_rectangle(geos, grid_rect(&grid));
    for (int s = 0; s < LABELS; s++)
        sets[s] = label_union(geos, w, s);
    for (unsigned k = 0; k < 8; k++) {
        unsigned kinds = k & 3;
        bool excluded = k & 4;
        if (kinds == 0 && excluded)
            continue;
        for (int p = -1; p < PARCELS && (p < 0 || kinds != 0); p++) {
            const GEOSGeometry *parcel = p < 0 ? NULL : sets[SETS + p];
            GEOSGeometry *within = GEOSGeom_clone_r(geos->context, tile);
            if (p >= 0)
                within = combined(geos, within, parcel, true);
            double wanted = geos_cells(geos, sets, within, kinds, excluded);
            double found = p < 0
                               ? sum_of(land, MOSAIC_NO_PARCEL, kinds, excluded)
                               : sum_of(parcels, p, kinds, excluded);
            GEOSGeom_destroy_r(geos->context, within);
            /* each piece of a cell is rounded to 2^-22; GEOS snaps where it
             * cannot do otherwise */
            found_unless(isnan(wanted) || fabs(wanted - found) < 1e-3,
                         "parcel %d, kinds %u, excluded %d: %.9g cells, GEOS "
                         "has %.9g",
                         p, kinds, excluded, found, wanted);
        }
    }
    for (int s = 0; s < LABELS; s++)
        GEOSGeom_destroy_r(geos->context, sets[s]);
    GEOSGeom_destroy_r(geos->context, tile);
}

/* ---- by another tiling */

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(int32_t) * 5);
}

static size_t unroll(const struct piece_list *list, const struct grid *tile,
                     struct window at, int32_t (*out)[5])
{
    size_t n = 0;
    for (size_t i = 0; i < list->count; i++)
        for (uint32_t k = 0; k < list->items[i].run; k++, n++) {
            const struct piece *p = &list->items[i];
            int32_t cell = (int32_t)(p->cell + k);
            out[n][0] =
                (cell / tile->nx + at.row) * SIDE + cell % tile->nx + at.col;
            out[n][1] = (int32_t)p->share;
            out[n][2] = p->parcel;
            out[n][3] = p->kinds;
            out[n][4] = p->constraint;
        }
    return n;
}

static void check_tiling(struct geos *geos, struct mosaic *m,
                         const struct world *w)
{
    static int32_t whole[PIECES][5], parts[PIECES][5];
    const struct piece_list *land, *parcels;
    const struct window all = {0, 0, SIDE, SIDE};
    cut(geos, m, w, &grid, &land, &parcels);
    size_t n = unroll(land, &grid, all, whole), k = 0;
    n += unroll(parcels, &grid, all, whole + n);
    for (int t = 0; t < 4; t++) {
        struct window at = {t % 2 * 5, t / 2 * 9, t % 2 ? SIDE - 5 : 5,
                            t / 2 ? SIDE - 9 : 9};
        struct grid tile = grid_part(&grid, at);
        cut(geos, m, w, &tile, &land, &parcels);
        k += unroll(land, &tile, at, parts + k);
        k += unroll(parcels, &tile, at, parts + k);
    }
    found_unless(n == k, "%zu pieces in one tile, %zu in four", n, k);
    qsort(whole, n, sizeof *whole, by_bytes);
    qsort(parts, n, sizeof *parts, by_bytes);
    found_unless(memcmp(whole, parts, n * sizeof *whole) == 0,
                 "other bits in another tiling");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct geos geos;
    static struct mosaic *m;
    const struct piece_list *land, *parcels;
    struct world w;
    if (!m && (geos_open(&geos) != TERRAMIS_OK ||
               mosaic_new(&m, SIDE) != TERRAMIS_OK))
        abort();
    make_world(&geos, (struct bytes){data, size}, &w);
    cut(&geos, m, &w, &grid, &land, &parcels);
    compare(&geos, &w, land, parcels);
    check_tiling(&geos, m, &w);
    for (int i = 0; i < w.count; i++)
        GEOSGeom_destroy_r(geos.context, w.areas[i]);
    return 0;
}
