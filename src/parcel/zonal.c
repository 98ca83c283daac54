#include "parcel/zonal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clones.h"
#include "base/mem.h"

enum {
    LANES = 4,           /* that are put beside one another at once */
    FILLED = 64,         /* cells that are converted together */
    RAW_BEYOND = 1 << 30 /* RAW_MOST in steps */
};

/* A cell's record: its score, memberships and values in steps, whole numbers
 * of 32 bits, so that a piece takes all of them in one loop. */
static size_t lane_of_raw(const struct zonal_cells *cells)
{
    return 1 + cells->factors;
}

static size_t lanes_of(const struct zonal_cells *cells)
{
    return (1 + 2 * cells->factors + LANES - 1) / LANES * LANES;
}

static enum terramis_status add_part(struct zonal_list *list, size_t parcel)
{
    size_t first = list->count * list->stride;
    TRY(mem_grow(&list->parts, &list->room, list->count, sizeof *list->parts));
    TRY(mem_grow(&list->sums, &list->sum_room, first + list->stride,
                 sizeof *list->sums));
    list->parts[list->count++] =
        (struct zonal_part){.parcel = parcel, .least = UINT32_MAX};
    memset(list->sums + first, 0, list->stride * sizeof *list->sums);
    return TERRAMIS_OK;
}

/* Rounded steps of scores or memberships, 0 where there is none; are some
 * missing? */
CLONES static bool convert_shares(const float *restrict values, size_t n,
                                  float steps, int32_t *restrict to)
{
    int gaps = 0;
    for (size_t i = 0; i < n; i++) {
        float v = values[i];
        gaps |= v != v;
        v = v > 0 ? v : 0; /* NaN, too */
        to[i] = (int32_t)(v * steps + 0.5F);
    }
    return gaps != 0;
}

/* The same of values of any kind; *most is the largest of them, either way. */
CLONES static void convert_raw(const float *restrict values, size_t n,
                               int32_t *restrict to, int32_t *most)
{
    int32_t largest = 0;
    for (size_t i = 0; i < n; i++) {
        float v = values[i] == values[i] ? values[i] : 0;
        v = v < RAW_MOST ? v : RAW_MOST; /* each one instruction, so written */
        v = v > -RAW_MOST ? v : -RAW_MOST;
        to[i] = (int32_t)(v * RAW_STEPS + copysignf(0.5F, v));
        int32_t size = to[i] < 0 ? -to[i] : to[i];
        largest = size > largest ? size : largest;
    }
    *most = largest > *most ? largest : *most;
}

/* Lane `lane` of `n` cells from `at` on. */
static void convert_lane(struct zonal_rows *rows,
                         const struct zonal_cells *cells, size_t lane,
                         size_t at, size_t n, int32_t *to)
{
    size_t raw = lane_of_raw(cells);
    if (lane < raw)
        rows->gaps |=
            convert_shares((lane == 0 ? cells->score : cells->x[lane - 1]) + at,
                           n, lane == 0 ? SCORE_STEPS : MEMBERSHIP_STEPS, to);
    else if (lane < raw + cells->factors && cells->raw[lane - raw])
        convert_raw(cells->raw[lane - raw] + at, n, to, &rows->most);
    else
        memset(to, 0, n * sizeof *to);
}

/* LANES rows of numbers become LANES neighbours in each cell's record; there is
 * room for cells up to a multiple of LANES. */
static void interleave(int32_t row[LANES][FILLED], size_t n, size_t lanes,
                       int32_t *to)
{
    typedef int32_t four __attribute__((vector_size(16)));
    for (size_t i = 0; i < n; i += LANES) {
        four a, b, c, d;
        memcpy(&a, &row[0][i], sizeof a);
        memcpy(&b, &row[1][i], sizeof b);
        memcpy(&c, &row[2][i], sizeof c);
        memcpy(&d, &row[3][i], sizeof d);
        four ac = __builtin_shufflevector(a, c, 0, 4, 1, 5);
        four bd = __builtin_shufflevector(b, d, 0, 4, 1, 5);
        four ac2 = __builtin_shufflevector(a, c, 2, 6, 3, 7);
        four bd2 = __builtin_shufflevector(b, d, 2, 6, 3, 7);
        four cell[LANES] = {__builtin_shufflevector(ac, bd, 0, 4, 1, 5),
                            __builtin_shufflevector(ac, bd, 2, 6, 3, 7),
                            __builtin_shufflevector(ac2, bd2, 0, 4, 1, 5),
                            __builtin_shufflevector(ac2, bd2, 2, 6, 3, 7)};
        for (size_t k = 0; k < LANES; k++)
            memcpy(to + (i + k) * lanes, &cell[k], sizeof cell[k]);
    }
}

/* The records of the cells of a row from FILLED * part on. */
static void fill_part(struct zonal_rows *rows, const struct zonal_cells *cells,
                      size_t row, size_t part)
{
    size_t nx = (size_t)cells->grid.nx, lanes = lanes_of(cells);
    size_t first = part * FILLED;
    size_t n = nx - first < FILLED ? nx - first : FILLED;
    int32_t some[LANES][FILLED];
    for (size_t lane = 0; lane < lanes; lane += LANES) {
        for (size_t k = 0; k < LANES; k++)
            convert_lane(rows, cells, lane + k, row * nx + first, n, some[k]);
        interleave(some, n, lanes, rows->steps + first * lanes + lane);
    }
}

/* The records of `n` cells from `col` on, where they are not there yet: not
 * all cells of a row belong to parcels. */
static void fill_row(struct zonal_rows *rows, const struct zonal_cells *cells,
                     size_t row, size_t col, size_t n)
{
    if (rows->row != row + 1) {
        rows->row = row + 1;
        rows->filled = 0;
        rows->gaps = false;
    }
    for (size_t part = col / FILLED; part <= (col + n - 1) / FILLED; part++) {
        if (rows->filled >> part & 1)
            continue;
        fill_part(rows, cells, row, part);
        rows->filled |= UINT64_C(1) << part;
    }
}

/* Adds one cell's record, `area` times; `area` has 31 bits. */
CLONES static void add_record(int64_t *restrict sums,
                              const int32_t *restrict record, size_t lanes,
                              int64_t area)
{
    for (size_t k = 0; k < lanes; k++)
        sums[k] += (int64_t)(int32_t)area * record[k];
}

/* Sums of each lane over the records of `n` cells. */
CLONES static void sum_records(const int32_t *restrict records, size_t lanes,
                               size_t n, int64_t *restrict sum)
{
    for (size_t block = 0; block < lanes; block += LANES) {
        int64_t total[LANES] = {0};
        for (size_t c = 0; c < n; c++)
            for (size_t k = 0; k < LANES; k++)
                total[k] += records[c * lanes + block + k];
        for (size_t k = 0; k < LANES; k++)
            sum[block + k] = total[k];
    }
}

static void add_checked(int64_t *to, int64_t from)
{
    if (*to == RAW_UNKNOWN || from == RAW_UNKNOWN ||
        __builtin_add_overflow(*to, from, to))
        *to = RAW_UNKNOWN;
}

/* Is a value of the lane beyond what steps can say? */
static bool is_beyond(const int32_t *records, size_t lanes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (records[i * lanes] >= RAW_BEYOND ||
            records[i * lanes] <= -RAW_BEYOND)
            return true;
    return false;
}

/* Adds `area` times the sum of `n` records. Sums of values that might not fit
 * (`checked`) become RAW_UNKNOWN where they do not; the others always fit. */
static void add_records(int64_t *sums, const struct zonal_cells *cells,
                        struct zonal_rows *rows, size_t col, size_t n,
                        int64_t area, bool checked)
{
    size_t lanes = lanes_of(cells), safe = checked ? lane_of_raw(cells) : lanes;
    sum_records(rows->steps + col * lanes, lanes, n, rows->sum);
    for (size_t k = 0; k < safe; k++)
        sums[k] += area * rows->sum[k];
    for (size_t k = safe; k < lanes; k++) {
        int64_t sum;
        if (is_beyond(rows->steps + col * lanes + k, lanes, n) ||
            __builtin_mul_overflow(area, rows->sum[k], &sum))
            sum = RAW_UNKNOWN;
        add_checked(&sums[k], sum);
    }
}

/* Area without a score, then without each factor, in `n` cells of a row where
 * some value is missing. */
static void add_gaps(int64_t *gaps, const struct zonal_cells *cells, size_t at,
                     size_t n, int64_t area)
{
    for (size_t i = at; i < at + n; i++) {
        gaps[0] += cells->score[i] != cells->score[i] ? area : 0;
        for (size_t f = 0; f < cells->factors; f++)
            gaps[1 + f] += cells->x[f][i] != cells->x[f][i] ? area : 0;
    }
}

/* The least score of `n` cells of a row, in steps; UINT32_MAX: none has one. */
static uint32_t least_score(const struct zonal_cells *cells,
                            const struct zonal_rows *rows, size_t col, size_t n)
{
    size_t lanes = lanes_of(cells);
    const float *score =
        cells->score + (rows->row - 1) * (size_t)cells->grid.nx;
    uint32_t least = UINT32_MAX;
    for (size_t i = col; i < col + n; i++) {
        uint32_t steps = (uint32_t)rows->steps[i * lanes];
        if (steps < least && score[i] == score[i])
            least = steps;
    }
    return least;
}

/* `n` cells of one row from `at` on, each with `area` of plantable land, which
 * the part has counted already. */
static void add_values(struct zonal_list *list, size_t part,
                       const struct zonal_cells *cells, size_t at, size_t n,
                       int64_t area)
{
    struct zonal_rows *rows = &list->rows;
    struct zonal_part *p = &list->parts[part];
    int64_t *sums = list->sums + part * list->stride;
    size_t nx = (size_t)cells->grid.nx, lanes = lanes_of(cells), row = at / nx;
    size_t col = at - row * nx;
    fill_row(rows, cells, row, col, n);
    bool checked = rows->most >= RAW_BEYOND ||
                   (double)rows->most * (double)p->sums.plantable > 0x1p62;
    if (n == 1 && area <= INT32_MAX && !checked)
        add_record(sums, rows->steps + col * lanes, lanes, area);
    else
        add_records(sums, cells, rows, col, n, area, checked);
    if (rows->gaps)
        add_gaps(sums + lanes, cells, at, n, area);
    uint32_t least = least_score(cells, rows, col, n);
    p->least = least < p->least ? least : p->least;
}

static void add_kinds(int64_t sums[KIND_COUNT], unsigned kinds, int64_t area)
{
    for (int k = 0; k < KIND_COUNT; k++)
        sums[k] += kinds >> k & 1 ? area : 0;
}

/* A piece of a parcel, in stretches that have one areal scale. */
static void add_piece(struct zonal_list *list, size_t part,
                      const struct piece *piece,
                      const struct zonal_cells *cells)
{
    struct zonal_sums *sums = &list->parts[part].sums;
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
            add_values(list, part, cells, at, n, area);
        } else {
            sums->excluded += area * n;
            if (piece->share > MOSAIC_ONE / 1000) /* no sliver */
                sums->constraints |= UINT64_C(1) << piece->constraint;
        }
    }
}

static enum terramis_status begin(struct zonal_list *list,
                                  const struct zonal_cells *cells)
{
    struct zonal_rows *rows = &list->rows;
    size_t lanes = lanes_of(cells);
    size_t records = ((size_t)cells->grid.nx + LANES - 1) / LANES * LANES;
    list->count = 0;
    list->factors = cells->factors;
    list->stride = lanes + 1 + cells->factors;
    rows->row = 0;
    rows->most = 0;
    TRY(mem_grow(&rows->sum, &rows->sum_room, lanes, sizeof *rows->sum));
    return mem_grow(&rows->steps, &rows->room, lanes * records,
                    sizeof *rows->steps);
}

/* What a part's sums say about its parcel. */
static void finish_part(struct zonal_list *list, size_t part,
                        const struct zonal_cells *cells)
{
    struct zonal_part *p = &list->parts[part];
    int64_t *sums = list->sums + part * list->stride;
    int64_t *gaps = sums + lanes_of(cells);
    p->sums.score = sums[0];
    p->sums.scored = p->sums.plantable - gaps[0];
    p->sums.score_min =
        p->least == UINT32_MAX ? INFINITY : (float)p->least / SCORE_STEPS;
    for (size_t f = 0; f < cells->factors; f++) {
        gaps[1 + f] = p->sums.plantable - gaps[1 + f];
        if (!cells->raw[f])
            sums[lane_of_raw(cells) + f] = RAW_UNKNOWN;
    }
}

enum terramis_status zonal_run(struct zonal_list *list, uint32_t *slot,
                               const struct piece_list *pieces,
                               const struct zonal_cells *cells)
{
    enum terramis_status status = begin(list, cells);
    for (size_t i = 0; i < pieces->count && status == TERRAMIS_OK; i++) {
        const struct piece *piece = &pieces->items[i];
        if (slot[piece->parcel] == 0) {
            status = add_part(list, (size_t)piece->parcel);
            slot[piece->parcel] = (uint32_t)list->count;
        }
        if (status == TERRAMIS_OK)
            add_piece(list, slot[piece->parcel] - 1, piece, cells);
    }
    for (size_t i = 0; i < list->count; i++) {
        slot[list->parts[i].parcel] = 0;
        finish_part(list, i, cells);
    }
    return status;
}

static bool add(int64_t *to, int64_t from)
{
    return !__builtin_add_overflow(*to, from, to);
}

static bool commit_part(struct parcel *parcel, const struct zonal_list *list,
                        size_t part)
{
    const struct zonal_sums *from = &list->parts[part].sums;
    const int64_t *x = list->sums + part * list->stride + 1;
    const int64_t *raw = x + list->factors;
    const int64_t *area =
        list->sums + (part + 1) * list->stride - list->factors;
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
    for (size_t f = 0; f < list->factors; f++) {
        fits = fits && add(&parcel->factor_area[f], area[f]) &&
               add(&parcel->factor_sum[f], x[f]);
        add_checked(&parcel->factor_raw[f], raw[f]);
    }
    return fits;
}

enum terramis_status zonal_commit(const struct zonal_list *list,
                                  struct parcels *parcels)
{
    for (size_t i = 0; i < list->count; i++) {
        struct parcel *parcel = &parcels->items[list->parts[i].parcel];
        if (!commit_part(parcel, list, i))
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
    free(list->sums);
    free(list->rows.steps);
    free(list->rows.sum);
    *list = (struct zonal_list){0};
}
