#include "parcel/zonal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clones.h"
#include "base/mem.h"

enum {
    BLOCK = 8,   /* lanes that are summed together */
    FILLED = 256 /* cells that are converted together */
};

static enum terramis_status add_part(struct zonal_list *list, size_t parcel,
                                     size_t factors)
{
    TRY(mem_grow(&list->parts, &list->room, list->count, sizeof *list->parts));
    TRY(mem_grow(&list->factors, &list->factor_room,
                 3 * factors * (list->count + 1), sizeof *list->factors));
    list->parts[list->count] =
        (struct zonal_part){.parcel = parcel, .sums.score_min = INFINITY};
    for (size_t i = 0; i < 3 * factors; i++)
        list->factors[3 * factors * list->count + i] = 0;
    list->count++;
    return TERRAMIS_OK;
}

static void add_kinds(int64_t sums[KIND_COUNT], unsigned kinds, int64_t area)
{
    for (int k = 0; k < KIND_COUNT; k++)
        if (kinds & (1U << k))
            sums[k] += area;
}

/* Rounded steps of a value; 0 where there is none. */
static inline uint32_t steps_of(float value, float steps)
{
    return value >= 0 ? (uint32_t)(int32_t)(value * steps + 0.5F) : 0;
}

/* Steps of a row of values; false: some are missing. */
CLONES static bool convert_row(const float *restrict values, size_t n,
                               float steps, uint32_t *restrict to)
{
    int gaps = 0;
    for (size_t i = 0; i < n; i++) {
        float v = values[i];
        gaps |= v != v;
        to[i] = steps_of(v, steps);
    }
    return gaps == 0;
}

/* Copies one value of every cell of a row into the cells' records; true: some
 * are missing. */
static bool fill_lane(const float *values, size_t nx, size_t lanes, float steps,
                      uint32_t *to)
{
    uint32_t row[FILLED];
    bool whole = true;
    for (size_t done = 0, n; done < nx; done += n) {
        n = nx - done < FILLED ? nx - done : FILLED;
        whole &= convert_row(values + done, n, steps, row);
        for (size_t i = 0; i < n; i++)
            to[(done + i) * lanes] = row[i];
    }
    return !whole;
}

/* The records of a row of the tile: score, then memberships, in steps. A piece
 * then adds up all its values at once, lane by lane. */
static void fill_row(struct zonal_rows *rows, const struct zonal_cells *cells,
                     size_t row)
{
    size_t nx = (size_t)cells->grid.nx, at = row * nx;
    if (rows->row == row + 1)
        return;
    rows->row = row + 1;
    rows->gaps =
        fill_lane(cells->score + at, nx, rows->lanes, SCORE_STEPS, rows->steps);
    for (size_t f = 0; f < cells->factors; f++)
        rows->gaps |= fill_lane(cells->x[f] + at, nx, rows->lanes,
                                MEMBERSHIP_STEPS, rows->steps + 1 + f);
}

/* Sums of each lane over `n` records, and the least of the first lane. */
CLONES static uint32_t sum_lanes(const uint32_t *steps, size_t lanes, size_t n,
                                 uint32_t *sum)
{
    uint32_t least = UINT32_MAX;
    for (size_t c = 0; c < n; c++)
        least = steps[c * lanes] < least ? steps[c * lanes] : least;
    for (size_t block = 0; block < lanes; block += BLOCK) {
        uint32_t total[BLOCK] = {0};
        for (size_t c = 0; c < n; c++)
            for (size_t k = 0; k < BLOCK; k++)
                total[k] += steps[c * lanes + block + k];
        for (size_t k = 0; k < BLOCK; k++)
            sum[block + k] = total[k];
    }
    return least;
}

/* `n` cells with all values, each with `area` of plantable land. */
static void add_whole(struct zonal_sums *sums, int64_t *factors, size_t count,
                      struct zonal_rows *rows, size_t col, size_t n,
                      int64_t area)
{
    uint32_t *sum = rows->sum;
    uint32_t least =
        sum_lanes(rows->steps + col * rows->lanes, rows->lanes, n, sum);
    int64_t all = area * (int64_t)n;
    sums->scored += all;
    sums->score += area * sum[0];
    sums->score_min = fminf(sums->score_min, (float)least / SCORE_STEPS);
    for (size_t f = 0; f < count; f++) {
        factors[f] += all;
        factors[count + f] += area * sum[1 + f];
    }
}

/* A cell of which some value may be missing. */
static void add_cell(struct zonal_sums *sums, int64_t *factors,
                     const struct zonal_cells *cells, size_t at, int64_t area)
{
    float score = cells->score[at];
    if (score == score) {
        uint32_t steps = steps_of(score, SCORE_STEPS);
        sums->scored += area;
        sums->score += area * steps;
        sums->score_min = fminf(sums->score_min, (float)steps / SCORE_STEPS);
    }
    for (size_t f = 0; f < cells->factors; f++) {
        float x = cells->x[f][at];
        factors[f] += x == x ? area : 0;
        factors[cells->factors + f] += area * steps_of(x, MEMBERSHIP_STEPS);
    }
}

/* `n` cells of one row from `at` on, each with `area` of plantable land. */
static void add_scores(struct zonal_part *part, int64_t *factors,
                       const struct zonal_cells *cells, struct zonal_rows *rows,
                       size_t at, size_t n, int64_t area)
{
    size_t nx = (size_t)cells->grid.nx;
    fill_row(rows, cells, at / nx);
    if (!rows->gaps)
        add_whole(&part->sums, factors, cells->factors, rows, at % nx, n, area);
    else
        for (size_t i = at; i < at + n; i++)
            add_cell(&part->sums, factors, cells, i, area);
}

/* Sum of value steps; what has no data adds nothing. */
CLONES static int64_t sum_raw(const float *raw, size_t n)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        float v = raw[i] == raw[i] ? raw[i] : 0;
        v = v > RAW_MOST ? RAW_MOST : v < -RAW_MOST ? -RAW_MOST : v;
        sum += (int32_t)(v * RAW_STEPS + (v < 0 ? -0.5F : 0.5F));
    }
    return sum;
}

static void add_raw_sum(int64_t *to, int64_t from)
{
    if (*to == RAW_UNKNOWN || from == RAW_UNKNOWN ||
        __builtin_add_overflow(*to, from, to))
        *to = RAW_UNKNOWN;
}

/* The measured values of `n` cells of one row. */
static void add_raw(int64_t *raw, const struct zonal_cells *cells, size_t at,
                    size_t n, int64_t area)
{
    for (size_t f = 0; f < cells->factors; f++) {
        int64_t sum = RAW_UNKNOWN;
        if (cells->raw[f] &&
            __builtin_mul_overflow(area, sum_raw(cells->raw[f] + at, n), &sum))
            sum = RAW_UNKNOWN;
        add_raw_sum(&raw[f], sum);
    }
}

/* A piece of a parcel, in stretches that have one areal scale. */
static void add_piece(struct zonal_part *part, int64_t *factors,
                      const struct piece *piece,
                      const struct zonal_cells *cells, struct zonal_rows *rows)
{
    struct zonal_sums *sums = &part->sums;
    double scale;
    for (uint32_t done = 0, n; done < piece->run; done += n) {
        uint32_t at = piece->cell + done;
        n = areal_stretch(cells->areal, (uint32_t)cells->grid.nx, at,
                          piece->run - done, &scale);
        int64_t area = zonal_share(piece->share, scale);
        add_kinds(sums->kind, piece->kinds, area * n);
        if (piece->constraint == MOSAIC_NOT_EXCLUDED) {
            sums->plantable += area * n;
            add_kinds(sums->plantable_kind, piece->kinds, area * n);
            add_scores(part, factors, cells, rows, at, n, area);
            add_raw(factors + 2 * cells->factors, cells, at, n, area);
        } else {
            sums->excluded += area * n;
            if (piece->share > MOSAIC_ONE / 1000) /* no sliver */
                sums->constraints |= UINT64_C(1) << piece->constraint;
        }
    }
}

static enum terramis_status begin_rows(struct zonal_rows *rows,
                                       const struct zonal_cells *cells)
{
    size_t lanes = (cells->factors + 1 + BLOCK - 1) / BLOCK * BLOCK;
    size_t records = (size_t)cells->grid.nx;
    rows->row = 0;
    rows->lanes = lanes;
    TRY(mem_grow(&rows->sum, &rows->sum_room, lanes, sizeof *rows->sum));
    size_t room = rows->room;
    TRY(mem_grow(&rows->steps, &rows->room, lanes * records,
                 sizeof *rows->steps));
    if (rows->room > room) /* lanes that no factor fills stay 0 */
        memset(rows->steps, 0, rows->room * sizeof *rows->steps);
    return TERRAMIS_OK;
}

enum terramis_status zonal_run(struct zonal_list *list, uint32_t *slot,
                               const struct piece_list *pieces,
                               const struct zonal_cells *cells)
{
    enum terramis_status status = TERRAMIS_OK;
    list->count = 0;
    TRY(begin_rows(&list->rows, cells));
    for (size_t i = 0; i < pieces->count && status == TERRAMIS_OK; i++) {
        const struct piece *piece = &pieces->items[i];
        if (slot[piece->parcel] == 0) {
            status = add_part(list, (size_t)piece->parcel, cells->factors);
            slot[piece->parcel] = (uint32_t)list->count;
        }
        size_t part = slot[piece->parcel] - 1;
        if (status == TERRAMIS_OK)
            add_piece(&list->parts[part],
                      list->factors + 3 * cells->factors * part, piece, cells,
                      &list->rows);
    }
    for (size_t i = 0; i < list->count; i++)
        slot[list->parts[i].parcel] = 0;
    return status;
}

static bool add(int64_t *to, int64_t from)
{
    return !__builtin_add_overflow(*to, from, to);
}

static bool commit_part(struct parcel *parcel, const struct zonal_sums *from,
                        const int64_t *factors, size_t count)
{
    struct zonal_sums *to = &parcel->sums;
    bool fits = true;
    for (int k = 0; k < KIND_COUNT; k++) {
        fits = fits && add(&to->kind[k], from->kind[k]) &&
               add(&to->plantable_kind[k], from->plantable_kind[k]);
    }
    fits = fits && add(&to->excluded, from->excluded) &&
           add(&to->plantable, from->plantable) &&
           add(&to->scored, from->scored) && add(&to->score, from->score);
    to->constraints |= from->constraints;
    to->score_min = fminf(to->score_min, from->score_min);
    for (size_t f = 0; f < count; f++) {
        fits = fits && add(&parcel->factor_area[f], factors[f]) &&
               add(&parcel->factor_sum[f], factors[count + f]);
        add_raw_sum(&parcel->factor_raw[f], factors[2 * count + f]);
    }
    return fits;
}

enum terramis_status zonal_commit(const struct zonal_list *list,
                                  struct parcels *parcels)
{
    size_t factors = parcels->factors;
    for (size_t i = 0; i < list->count; i++) {
        struct parcel *parcel = &parcels->items[list->parts[i].parcel];
        if (!commit_part(parcel, &list->parts[i].sums,
                         list->factors + 3 * factors * i, factors))
            return status_set(TERRAMIS_PROJECT,
                              _("parcel %s has too many cells (more than 5 "
                                "million). Take a larger resolution:, or split "
                                "the parcel"),
                              parcel->id);
    }
    return TERRAMIS_OK;
}

void zonal_list_release(struct zonal_list *list)
{
    free(list->parts);
    free(list->factors);
    free(list->rows.steps);
    free(list->rows.sum);
    *list = (struct zonal_list){0};
}
