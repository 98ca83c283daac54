#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parcel/zonal.h"

enum {
    N = 64, /* cells per side */
    FACTORS = 2,
    PARCELS = 12
};

/* A tile with its cells, pieces of parcels and the sums of these. */
struct field {
    struct areal areal;
    double scales[16];
    struct zonal_cells cells;
    float score[N * N], x[FACTORS][N * N], raw[N * N];
    const float *rows[FACTORS], *raws[FACTORS];
    struct piece pieces[400];
    size_t count;
    struct parcel items[PARCELS];
    struct parcels parcels;
    int64_t factor_sums[3 * FACTORS * PARCELS];
    struct zonal_list list;
    uint32_t slot[PARCELS];
};

/* Blocks of 16 cells with scales of their own, or 1 everywhere. */
static void begin(struct field *f, bool scaled)
{
    memset(f, 0, sizeof *f);
    for (int i = 0; i < 16; i++)
        f->scales[i] = scaled ? 0.999 + i * 1e-4 : 1;
    f->areal = (struct areal){.shift = 4, .nx = 4, .scale = f->scales};
    for (int k = 0; k < FACTORS; k++)
        f->rows[k] = f->x[k];
    f->raws[0] = f->raw; /* the other's are codes */
    f->cells = (struct zonal_cells){.grid = {0, 0, 5, N, N},
                                    .areal = &f->areal,
                                    .score = f->score,
                                    .x = f->rows,
                                    .raw = f->raws,
                                    .factors = FACTORS};
    for (int i = 0; i < PARCELS; i++) {
        f->items[i] = (struct parcel){.id = "p", .sums.score_min = INFINITY};
        f->items[i].factor_area = f->factor_sums + 3 * FACTORS * i;
        f->items[i].factor_sum = f->items[i].factor_area + FACTORS;
        f->items[i].factor_raw = f->items[i].factor_sum + FACTORS;
    }
    f->parcels = (struct parcels){
        .items = f->items, .count = PARCELS, .factors = FACTORS};
}

static void add(struct field *f, int parcel, uint32_t cell, uint32_t run,
                double share, unsigned kinds, int constraint)
{
    f->pieces[f->count++] =
        (struct piece){.cell = cell,
                       .run = run,
                       .share = (uint32_t)lround(share * MOSAIC_ONE),
                       .parcel = parcel,
                       .kinds = (uint16_t)kinds,
                       .constraint = (int16_t)constraint};
}

/* Sums pieces first .. last - 1 and adds them to the parcels. */
static void measure(struct field *f, size_t first, size_t last)
{
    struct piece_list pieces = {f->pieces + first, last - first, 0};
    assert_int_equal(zonal_run(&f->list, f->slot, &pieces, &f->cells),
                     TERRAMIS_OK);
    for (int i = 0; i < PARCELS; i++)
        assert_int_equal(f->slot[i], 0); /* as it was lent */
    assert_int_equal(zonal_commit(&f->list, &f->parcels), TERRAMIS_OK);
}

static void end(struct field *f)
{
    zonal_list_release(&f->list);
    assert_null(f->list.parts);
}

/* A sum is `cells` cells, less rounding. */
static void is_near(int64_t sum, double cells)
{
    double found = (double)sum / MOSAIC_ONE;
    if (!(fabs(found - cells) < 1e-6 * (1 + cells)))
        print_error("%.9g is not %.9g\n", found, cells);
    assert_true(fabs(found - cells) < 1e-6 * (1 + cells));
}

static void worked_by_hand(void **state)
{
    (void)state;
    static struct field f;
    begin(&f, false);
    for (int i = 0; i < N * N; i++)
        f.score[i] = f.x[0][i] = f.x[1][i] = 99; /* must not be seen */
    static const float score[] = {80, 40, NAN, 20};
    static const float x[] = {1, 0.5F, 0.25F, NAN};
    static const float raw[] = {-3, 7.5F, 2, NAN};
    for (int i = 0; i < 4; i++) {
        f.score[10 + i] = score[i];
        f.x[0][10 + i] = x[i];
        f.x[1][10 + i] = NAN;
        f.raw[10 + i] = raw[i];
    }
    add(&f, 3, 10, 2, 1, 1, MOSAIC_NOT_EXCLUDED);   /* two whole cells */
    add(&f, 3, 12, 1, 0.5, 5, MOSAIC_NOT_EXCLUDED); /* no score */
    add(&f, 3, 13, 1, 0.25, 2, MOSAIC_NOT_EXCLUDED);
    add(&f, 3, 13, 1, 0.75, 3, 0); /* the rest, excluded */
    add(&f, 7, 20, 30, 1, 4, 1);   /* another, all excluded */
    measure(&f, 0, f.count);
    const struct zonal_sums *s = &f.items[3].sums;
    is_near(s->plantable, 2.75);
    is_near(s->excluded, 0.75);
    is_near(s->kind[KIND_POLLUTED_SOIL], 2 + 0.5 + 0.75);
    is_near(s->kind[KIND_CATCHMENT], 0.25 + 0.75);
    is_near(s->kind[KIND_RIGHT_OF_WAY], 0.5);
    is_near(s->plantable_kind[KIND_POLLUTED_SOIL], 2.5);
    is_near(s->plantable_kind[KIND_CATCHMENT], 0.25);
    is_near(s->plantable_kind[KIND_RIGHT_OF_WAY], 0.5);
    is_near(s->scored, 2.25);
    is_near(s->score, (80 + 40 + 0.25 * 20) * (double)SCORE_STEPS);
    assert_true(s->score_min == 20);
    is_near(f.items[3].factor_area[0], 2.5);
    is_near(f.items[3].factor_sum[0],
            (1 + 0.5 + 0.5 * 0.25) * (double)MEMBERSHIP_STEPS);
    is_near(f.items[3].factor_area[1], 0);
    assert_true(fabs(parcel_membership(&f.items[3], 0) - 0.65) < 1e-6);
    is_near(f.items[3].factor_raw[0], (-3 + 7.5 + 2 * 0.5) * 1024);
    assert_true(fabs(parcel_raw(&f.items[3], 0) - 2.2) < 1e-6);
    assert_true(isnan(parcel_raw(&f.items[3], 1)));
    const struct zonal_sums *other = &f.items[7].sums;
    is_near(other->excluded, 30);
    is_near(other->plantable, 0);
    assert_true(s->constraints == 1 && other->constraints == 2);
    assert_true(other->score == 0 && isinf(other->score_min));
    assert_true(f.items[0].sums.excluded == 0);
    measure(&f, 0, f.count); /* the next tile adds up */
    is_near(s->plantable, 5.5);
    is_near(other->excluded, 60);
    end(&f);
}

static void random_field(struct field *f, unsigned seed)
{
    srand(seed);
    begin(f, true);
    for (int i = 0; i < N * N; i++) {
        f->score[i] = rand() % 9 ? 100 * (float)rand() / (float)RAND_MAX : NAN;
        f->raw[i] = rand() % 7 ? (float)rand() / (float)RAND_MAX - 0.3F : NAN;
        for (int k = 0; k < FACTORS; k++)
            f->x[k][i] = rand() % 7 ? (float)rand() / (float)RAND_MAX : NAN;
    }
    for (int i = 0; i < 400; i++) {
        uint32_t cell = (uint32_t)(rand() % (N * N));
        uint32_t run = 1 + (uint32_t)rand() % (rand() % 8 ? 5 : 300);
        if (cell + run > N * N)
            run = N * N - cell;
        add(f, rand() % PARCELS, cell, run,
            rand() % 3 ? 1 : (double)rand() / RAND_MAX,
            1U + (unsigned)rand() % 7,
            rand() % 4 ? MOSAIC_NOT_EXCLUDED : rand() % 3);
    }
}

/* Cell by cell in doubles, the scale of each cell looked up. */
static void as_brute_force(void **state)
{
    (void)state;
    static struct field f;
    for (unsigned seed = 1; seed <= 20; seed++) {
        random_field(&f, seed);
        measure(&f, 0, f.count);
        double plantable[PARCELS] = {0}, excluded[PARCELS] = {0};
        double kind[PARCELS] = {0}, scored[PARCELS] = {0};
        double score[PARCELS] = {0}, area[PARCELS] = {0}, sum[PARCELS] = {0};
        double raw[PARCELS] = {0};
        float least[PARCELS];
        for (int i = 0; i < PARCELS; i++)
            least[i] = INFINITY;
        for (size_t i = 0; i < f.count; i++)
            for (uint32_t c = 0; c < f.pieces[i].run; c++) {
                const struct piece *p = &f.pieces[i];
                uint32_t at = p->cell + c;
                double a = (double)p->share / MOSAIC_ONE *
                           f.scales[at / N / 16 * 4 + at % N / 16];
                kind[p->parcel] += p->kinds & 2 ? a : 0;
                if (p->constraint != MOSAIC_NOT_EXCLUDED) {
                    excluded[p->parcel] += a;
                    continue;
                }
                plantable[p->parcel] += a;
                if (!isnan(f.score[at])) {
                    scored[p->parcel] += a;
                    score[p->parcel] += a * (double)f.score[at];
                    least[p->parcel] = fminf(least[p->parcel], f.score[at]);
                }
                raw[p->parcel] += isnan(f.raw[at]) ? 0 : a * (double)f.raw[at];
                if (!isnan(f.x[1][at])) {
                    area[p->parcel] += a;
                    sum[p->parcel] += a * (double)f.x[1][at];
                }
            }
        for (int i = 0; i < PARCELS; i++) {
            const struct parcel *p = &f.items[i];
            is_near(p->sums.plantable, plantable[i]);
            is_near(p->sums.excluded, excluded[i]);
            is_near(p->sums.kind[KIND_CATCHMENT], kind[i]);
            is_near(p->sums.scored, scored[i]);
            assert_true(p->sums.score_min == least[i] ||
                        fabsf(p->sums.score_min - least[i]) <=
                            0.5F / SCORE_STEPS);
            /* values in steps: half a step off at the most */
            assert_true(
                fabs((double)p->sums.score / MOSAIC_ONE / (double)SCORE_STEPS -
                     score[i]) <= 1.3e-4 * scored[i] + 1e-6);
            is_near(p->factor_area[1], area[i]);
            assert_true(fabs((double)p->factor_sum[1] / MOSAIC_ONE /
                                 (double)MEMBERSHIP_STEPS -
                             sum[i]) <= 2e-6 * area[i] + 1e-6);
            assert_true(
                fabs((double)p->factor_raw[0] / MOSAIC_ONE / (double)RAW_STEPS -
                     raw[i]) <= 0.5e-3 * plantable[i] + 1e-6);
            assert_true(p->factor_raw[1] == RAW_UNKNOWN || plantable[i] == 0);
        }
        end(&f);
    }
}

/* Any order, any cut of the pieces into tiles: the same bits. */
static void order_does_not_matter(void **state)
{
    (void)state;
    static struct field one, many;
    random_field(&one, 77);
    measure(&one, 0, one.count);
    random_field(&many, 77);
    for (size_t i = 0; i < many.count; i++) { /* long runs in two */
        struct piece *p = &many.pieces[i];
        if (p->run > 9 && many.count < 400) {
            struct piece rest = *p;
            rest.cell += 7;
            rest.run -= 7;
            p->run = 7;
            many.pieces[many.count++] = rest;
        }
    }
    for (size_t i = 0; i < many.count; i++) {
        size_t k = (i * 7 + 5) % many.count;
        struct piece swapped = many.pieces[i];
        many.pieces[i] = many.pieces[k];
        many.pieces[k] = swapped;
    }
    for (size_t i = 0; i < many.count; i += 13)
        measure(&many, i, i + 13 < many.count ? i + 13 : many.count);
    for (int i = 0; i < PARCELS; i++) {
        assert_memory_equal(&one.items[i].sums, &many.items[i].sums,
                            offsetof(struct zonal_sums, score_min));
        assert_true(one.items[i].sums.score_min ==
                    many.items[i].sums.score_min);
    }
    assert_memory_equal(one.factor_sums, many.factor_sums,
                        sizeof one.factor_sums);
    end(&one);
    end(&many);
}

static void sums_that_do_not_fit(void **state)
{
    (void)state;
    static struct field f;
    begin(&f, false);
    f.items[2].id = "76384000AB0001";
    f.items[2].sums.score = INT64_MAX - 5;
    add(&f, 2, 0, 1, 1, 1, MOSAIC_NOT_EXCLUDED);
    f.score[0] = 50;
    struct piece_list pieces = {f.pieces, 1, 0};
    assert_int_equal(zonal_run(&f.list, f.slot, &pieces, &f.cells),
                     TERRAMIS_OK);
    assert_int_equal(zonal_commit(&f.list, &f.parcels), TERRAMIS_PROJECT);
    assert_non_null(strstr(status_message(), "parcel 76384000AB0001"));
    assert_non_null(strstr(status_message(), "larger resolution"));
    end(&f);
}

/* A mean value that does not fit is none; the score is not affected. */
static void values_that_do_not_fit(void **state)
{
    (void)state;
    static struct field f;
    begin(&f, false);
    add(&f, 2, 0, 1, 1, 1, MOSAIC_NOT_EXCLUDED);
    f.score[0] = 50;
    f.raw[0] = -1e30F; /* beyond RAW_MOST */
    measure(&f, 0, 1);
    assert_true(f.items[2].factor_raw[0] == RAW_UNKNOWN);
    f.raw[0] = RAW_MOST - 1;
    f.items[2].factor_raw[0] = 0;
    measure(&f, 0, 1);
    assert_true(parcel_raw(&f.items[2], 0) == (double)RAW_MOST / 2 - 0.5);
    f.items[2].factor_raw[0] = INT64_MAX - 5;
    measure(&f, 0, 1);
    assert_true(f.items[2].factor_raw[0] == RAW_UNKNOWN);
    measure(&f, 0, 1);
    assert_true(isnan(parcel_raw(&f.items[2], 0)));
    is_near(f.items[2].sums.plantable, 4);
    end(&f);
}

static void no_pieces(void **state)
{
    (void)state;
    static struct field f;
    begin(&f, false);
    measure(&f, 0, 0);
    assert_int_equal(f.list.count, 0);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_by_hand),
        cmocka_unit_test(as_brute_force),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(sums_that_do_not_fit),
        cmocka_unit_test(values_that_do_not_fit),
        cmocka_unit_test(no_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
