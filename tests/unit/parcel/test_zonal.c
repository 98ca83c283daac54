#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parcel/zonal.h"
#include "unit/geometry.h"

enum {
    N = 40, /* cells per side, of 2.5 m */
    FACTORS = 2,
    PARCELS = 30,
    REGIONS = 5
};

static const double cell = 2.5;

/* A tile's worth of everything, planar unless `scale` says otherwise. */
struct field {
    struct geos *geos;
    struct coverage *coverage;
    struct outline outline;
    struct vector vector;
    struct parcels parcels;
    struct regions regions;
    float score[N * N], x[FACTORS][N * N];
};

static struct areal_scale flat(double scale)
{
    return (struct areal_scale){.rect = {0, 0, N * cell, N * cell},
                                .sw = scale,
                                .se = scale,
                                .nw = scale,
                                .ne = scale};
}

static void begin(struct field *f, struct geos *g)
{
    *f = (struct field){.geos = g};
    assert_int_equal(coverage_new(&f->coverage, N, N), TERRAMIS_OK);
}

/* Makes parcels of all features; their sums begin at nothing. */
static void make_parcels(struct field *f)
{
    size_t count = f->vector.count;
    assert_int_equal(vector_index(&f->vector, f->geos), TERRAMIS_OK);
    f->parcels = (struct parcels){
        .vector = &f->vector,
        .items = calloc(count, sizeof *f->parcels.items),
        .count = count,
        .factors = FACTORS,
        .factor_sums = calloc(2 * FACTORS * count, sizeof(int64_t)),
        .position = calloc(count, sizeof(size_t))};
    for (size_t i = 0; i < count; i++) {
        struct parcel *p = &f->parcels.items[i];
        *p = (struct parcel){.feature = i, .sums.score_min = INFINITY};
        p->factor_area = f->parcels.factor_sums + 2 * FACTORS * i;
        p->factor_sum = p->factor_area + FACTORS;
        f->parcels.position[i] = i + 1;
    }
}

static void add_region(struct field *f, unsigned kinds, int constraint,
                       GEOSGeometry *geometry)
{
    assert_int_equal(mem_grow(&f->regions.items, &f->regions.capacity,
                              f->regions.count, sizeof(struct region)),
                     TERRAMIS_OK);
    f->regions.items[f->regions.count++] = (struct region){
        kinds, constraint, geometry, geos_extent(f->geos, geometry)};
}

static void end(struct field *f)
{
    coverage_free(f->coverage);
    outline_release(&f->outline);
    parcels_release(&f->parcels);
    vector_release(&f->vector, f->geos);
    regions_release(&f->regions, f->geos);
}

/* Measures the window `w` of the field and adds it up. */
static void measure(struct field *f, struct window w, double scale)
{
    struct grid whole = {0, N * cell, cell, N, N};
    struct zonal_list list = {0};
    struct zonal_tools tools = {f->geos, f->coverage, &f->outline};
    static float score[N * N], x[FACTORS][N * N];
    for (int row = 0; row < w.ny; row++)
        for (int col = 0; col < w.nx; col++) {
            int from = (w.row + row) * N + w.col + col, to = row * w.nx + col;
            score[to] = f->score[from];
            for (int k = 0; k < FACTORS; k++)
                x[k][to] = f->x[k][from];
        }
    const float *rows[FACTORS] = {x[0], x[1]};
    struct zonal_cells cells = {.grid = grid_part(&whole, w),
                                .scale = flat(scale),
                                .score = score,
                                .x = rows,
                                .factors = FACTORS};
    struct regions inside = {0}; /* the regions of this tile */
    for (size_t i = 0; i < f->regions.count; i++) {
        const struct region *r = &f->regions.items[i];
        GEOSGeometry *part;
        assert_int_equal(clip_to_rect(f->geos, r->geometry, r->extent,
                                      grid_rect(&cells.grid), &part),
                         TERRAMIS_OK);
        if (!part)
            continue;
        assert_int_equal(mem_grow(&inside.items, &inside.capacity, inside.count,
                                  sizeof(struct region)),
                         TERRAMIS_OK);
        inside.items[inside.count++] = (struct region){
            r->kinds, r->constraint, part, geos_extent(f->geos, part)};
    }
    assert_int_equal(zonal_run(&list, &tools, &f->parcels, &inside, &cells),
                     TERRAMIS_OK);
    zonal_commit(&list, &f->parcels);
    zonal_list_release(&list);
    regions_release(&inside, f->geos);
}

static const struct window all = {0, 0, N, N};

static void is_near(int64_t sum, double expected)
{
    double found = (double)sum * ZONAL_UNIT;
    if (!(fabs(found - expected) < 0.002))
        print_error("%.6f is not %.6f\n", found, expected);
    assert_true(fabs(found - expected) < 0.002);
}

/* Cells of 2.5 m; a parcel of 5 x 5 m over four cells and its two regions. */
static void worked_by_hand(void **state)
{
    struct field f;
    begin(&f, *state);
    vector_add(&f.vector,
               geos_rectangle(f.geos, (struct rect){1.25, 96.25, 6.25, 98.75}));
    vector_add(&f.vector,
               geos_rectangle(f.geos, (struct rect){50, 50, 60, 60}));
    make_parcels(&f);
    add_region(&f, 1, PLANTABLE,
               geos_rectangle(f.geos, (struct rect){0, 90, 5, 100}));
    add_region(&f, 3, 0, geos_rectangle(f.geos, (struct rect){5, 90, 10, 100}));
    /* rows 0 and 1, columns 0 and 1 are plantable: 1.25, 2.5 m wide and 1.25 m
     * high each */
    const float score[4] = {80, 40, NAN, 20};
    const float first[4] = {1, 0.5F, 0.25F, NAN};
    for (int i = 0; i < N * N; i++)
        f.score[i] = f.x[0][i] = f.x[1][i] = 99; /* must not be seen */
    for (int i = 0; i < 4; i++) {
        int at = i / 2 * N + i % 2;
        f.score[at] = score[i];
        f.x[0][at] = first[i];
        f.x[1][at] = NAN;
    }
    measure(&f, all, 1);
    const struct parcel *p = &f.parcels.items[0];
    const double a = 1.25 * 1.25, b = 2.5 * 1.25; /* m2 of columns 0, 1 */
    is_near(p->sums.plantable, 2 * a + 2 * b);
    is_near(p->sums.excluded, 1.25 * 2.5);
    is_near(p->sums.kind[KIND_POLLUTED_SOIL], 12.5);
    is_near(p->sums.kind[KIND_CATCHMENT], 3.125);
    is_near(p->sums.kind[KIND_RIGHT_OF_WAY], 0);
    is_near(p->sums.plantable_kind[KIND_POLLUTED_SOIL], 9.375);
    is_near(p->sums.plantable_kind[KIND_CATCHMENT], 0);
    is_near(p->sums.scored, a + 2 * b);
    is_near(p->sums.score, 80 * a + 40 * b + 20 * b);
    assert_true(p->sums.score_min == 20);
    is_near(p->factor_area[0], 2 * a + b);
    is_near(p->factor_sum[0], a + 0.5 * b + 0.25 * a);
    is_near(p->factor_area[1], 0);
    is_near(p->factor_sum[1], 0);
    assert_true(zonal_marginal(&p->sums) ==
                p->sums.plantable + p->sums.excluded);
    const struct parcel *away = &f.parcels.items[1];
    assert_true(away->sums.plantable == 0 && isinf(away->sums.score_min));
    /* on the ellipsoid the same, a little smaller; again adds up */
    measure(&f, all, 0.999);
    is_near(p->sums.plantable, 9.375 * 1.999);
    is_near(p->sums.excluded, 3.125 * 1.999);
    end(&f);
}

/* Strips of random widths that leave nothing out: a partition. */
static void random_field(struct field *f, struct geos *g)
{
    begin(f, g);
    double x = 0;
    for (int i = 0; i < PARCELS; i++) {
        double next = i == PARCELS - 1 ? 100 : x + rand() % 66 / 10.0;
        double y = rand() % 1000 / 10.0;
        vector_add(&f->vector, geos_rectangle(g, (struct rect){x, 0, next, y}));
        vector_add(&f->vector,
                   geos_rectangle(g, (struct rect){x, y, next, 100}));
        x = next;
    }
    for (size_t i = 0; i < f->vector.count; i++) /* of no width: no parcel */
        if (geometry_area(g, f->vector.features[i].geometry) == 0) {
            GEOSGeom_destroy_r(g->context, f->vector.features[i].geometry);
            f->vector.features[i--] = f->vector.features[--f->vector.count];
        }
    make_parcels(f);
    /* regions: slanting bands */
    for (int i = 0; i < REGIONS; i++) {
        char text[160];
        double a = 20 * i, b = a + 12 + rand() % 8;
        snprintf(text, sizeof text, "POLYGON((%g 0,%g 0,%g 100,%g 100,%g 0))",
                 a, b, b - 7, a - 3, a);
        GEOSGeometry *band = wkt(g, text), *part;
        assert_int_equal(clip_to_rect(g, band, geos_extent(g, band),
                                      (struct rect){0, 0, 100, 100}, &part),
                         TERRAMIS_OK);
        GEOSGeom_destroy_r(g->context, band);
        add_region(f, 1U + (unsigned)rand() % 7, i % 2 ? i : PLANTABLE, part);
    }
    for (int i = 0; i < N * N; i++) {
        f->score[i] = rand() % 9 ? (float)(rand() % 101) : NAN;
        for (int k = 0; k < FACTORS; k++)
            f->x[k][i] = rand() % 7 ? (float)rand() / (float)RAND_MAX : NAN;
    }
}

/* Area of the parcel, the region and the cell together, by GEOS. */
static double shared(struct geos *g, const GEOSGeometry *parcel,
                     const GEOSGeometry *region, int col, int row)
{
    GEOSGeometry *piece = GEOSIntersection_r(g->context, parcel, region), *part;
    struct rect r = {col * cell, (N - 1 - row) * cell, (col + 1) * cell,
                     (N - row) * cell};
    assert_int_equal(clip_to_rect(g, piece, geos_extent(g, piece), r, &part),
                     TERRAMIS_OK);
    double area = geometry_area(g, part);
    GEOSGeom_destroy_r(g->context, part);
    GEOSGeom_destroy_r(g->context, piece);
    return area;
}

static void one_parcel_by_brute_force(struct field *f, size_t i)
{
    const struct parcel *p = &f->parcels.items[i];
    double scored = 0, score = 0, plantable = 0, excluded = 0;
    double area[FACTORS] = {0}, sum[FACTORS] = {0};
    float least = INFINITY;
    for (size_t k = 0; k < f->regions.count; k++)
        for (int c = 0; c < N * N; c++) {
            const struct region *r = &f->regions.items[k];
            double a = shared(f->geos, f->vector.features[i].geometry,
                              r->geometry, c % N, c / N);
            if (a <= 0)
                continue;
            *(r->constraint == PLANTABLE ? &plantable : &excluded) += a;
            if (r->constraint != PLANTABLE)
                continue;
            if (!isnan(f->score[c])) {
                scored += a;
                score += a * (double)f->score[c];
                if (a > 1e-6)
                    least = fminf(least, f->score[c]);
            }
            for (int x = 0; x < FACTORS; x++)
                if (!isnan(f->x[x][c])) {
                    area[x] += a;
                    sum[x] += a * (double)f->x[x][c];
                }
        }
    is_near(p->sums.plantable, plantable);
    is_near(p->sums.excluded, excluded);
    is_near(p->sums.scored, scored);
    is_near(p->sums.score, score);
    assert_true(p->sums.score_min <= least);
    for (int x = 0; x < FACTORS; x++) {
        is_near(p->factor_area[x], area[x]);
        is_near(p->factor_sum[x], sum[x]);
    }
}

static void as_brute_force(void **state)
{
    struct field f;
    srand(41);
    random_field(&f, *state);
    measure(&f, all, 1);
    for (size_t i = 0; i < 4; i++)
        one_parcel_by_brute_force(&f, (size_t)rand() % f.parcels.count);
    end(&f);
}

static struct zonal_sums total(const struct parcels *parcels)
{
    struct zonal_sums t = {.score_min = INFINITY};
    for (size_t i = 0; i < parcels->count; i++) {
        const struct zonal_sums *s = &parcels->items[i].sums;
        t.plantable += s->plantable;
        t.excluded += s->excluded;
        t.scored += s->scored;
        t.score += s->score;
        t.score_min = fminf(t.score_min, s->score_min);
        for (int k = 0; k < KIND_COUNT; k++)
            t.kind[k] += s->kind[k];
    }
    return t;
}

/* Parcels that share out the land share out the regions. */
static void partitions_add_up(void **state)
{
    srand(42);
    for (int round = 0; round < 10; round++) {
        struct field f;
        random_field(&f, *state);
        measure(&f, all, 1);
        struct zonal_sums t = total(&f.parcels);
        double plantable = 0, excluded = 0, kind[KIND_COUNT] = {0};
        for (size_t i = 0; i < f.regions.count; i++) {
            const struct region *r = &f.regions.items[i];
            double a = geometry_area(f.geos, r->geometry);
            *(r->constraint == PLANTABLE ? &plantable : &excluded) += a;
            for (int k = 0; k < KIND_COUNT; k++)
                kind[k] += r->kinds & 1U << k ? a : 0;
        }
        is_near(t.plantable, plantable);
        is_near(t.excluded, excluded);
        for (int k = 0; k < KIND_COUNT; k++)
            is_near(t.kind[k], kind[k]);
        assert_true(t.scored < t.plantable && t.score < 100 * t.scored);
        end(&f);
    }
}

/* Tiles in any order give the same bits, and what one tile gives up to the
 * rounding of each part to 1e-4 m2. */
static void tiles_in_any_order(void **state)
{
    enum {
        SIZE = 16,
        ACROSS = 3
    };
    struct field f, g;
    srand(43);
    random_field(&f, *state);
    srand(43);
    random_field(&g, *state);
    for (int t = 0; t < ACROSS * ACROSS; t++) {
        int u = (t * 4 + 2) % (ACROSS * ACROSS);
        struct window w = {t % ACROSS * SIZE, t / ACROSS * SIZE, SIZE, SIZE};
        struct window v = {u % ACROSS * SIZE, u / ACROSS * SIZE, SIZE, SIZE};
        w.nx = w.col + SIZE > N ? N - w.col : SIZE;
        w.ny = w.row + SIZE > N ? N - w.row : SIZE;
        v.nx = v.col + SIZE > N ? N - v.col : SIZE;
        v.ny = v.row + SIZE > N ? N - v.row : SIZE;
        measure(&f, w, 1);
        measure(&g, v, 1);
    }
    for (size_t i = 0; i < f.parcels.count; i++)
        assert_memory_equal(&f.parcels.items[i].sums, &g.parcels.items[i].sums,
                            offsetof(struct zonal_sums, score_min));
    assert_memory_equal(f.parcels.factor_sums, g.parcels.factor_sums,
                        2 * FACTORS * f.parcels.count * sizeof(int64_t));
    struct zonal_sums tiles = total(&f.parcels);
    end(&f);
    end(&g);
    srand(43);
    random_field(&f, *state);
    measure(&f, all, 1);
    struct zonal_sums one = total(&f.parcels);
    is_near(tiles.plantable, (double)one.plantable * ZONAL_UNIT);
    is_near(tiles.excluded, (double)one.excluded * ZONAL_UNIT);
    assert_true(llabs(tiles.score - one.score) < 500); /* 0.05 of 100,000 */
    assert_true(tiles.score_min == one.score_min);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_by_hand),
        cmocka_unit_test(as_brute_force),
        cmocka_unit_test(partitions_add_up),
        cmocka_unit_test(tiles_in_any_order),
    };
    return cmocka_run_group_tests(tests, geos_set_up, geos_tear_down);
}
