#include "parcel/zonal.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

static enum terramis_status add_part(struct zonal_list *list, size_t parcel,
                                     size_t factors)
{
    TRY(mem_grow(&list->parts, &list->room, list->count, sizeof *list->parts));
    TRY(mem_grow(&list->factors, &list->factor_room,
                 2 * factors * (list->count + 1), sizeof *list->factors));
    list->parts[list->count] =
        (struct zonal_part){.parcel = parcel, .sums.score_min = INFINITY};
    for (size_t i = 0; i < 2 * factors; i++)
        list->factors[2 * factors * list->count + i] = 0;
    list->count++;
    return TERRAMIS_OK;
}

static void add_kinds(int64_t sums[KIND_COUNT], unsigned kinds, int64_t area)
{
    for (int k = 0; k < KIND_COUNT; k++)
        if (kinds & (1U << k))
            sums[k] += area;
}

/* Sum of `n` values in steps, and how many there are (NaN counts not). */
static int64_t sum_steps(const float *values, size_t n, float steps,
                         int64_t *known)
{
    int64_t sum = 0, count = 0;
    for (size_t i = 0; i < n; i++) {
        float v = values[i];
        bool has = v == v;
        sum += has ? (int32_t)(v * steps + 0.5F) : 0;
        count += has;
    }
    *known = count;
    return sum;
}

static float lowest(const float *values, size_t n)
{
    float least = INFINITY;
    for (size_t i = 0; i < n; i++)
        least = values[i] < least ? values[i] : least; /* NaN is not less */
    return least;
}

/* `n` cells from `at` on, each with `area` of plantable land. */
static void add_scores(struct zonal_sums *sums, int64_t *factors,
                       const struct zonal_cells *cells, size_t at, size_t n,
                       int64_t area)
{
    int64_t known;
    int64_t steps = sum_steps(cells->score + at, n, SCORE_STEPS, &known);
    sums->scored += area * known;
    sums->score += area * steps;
    sums->score_min = fminf(sums->score_min, lowest(cells->score + at, n));
    for (size_t f = 0; f < cells->factors; f++) {
        steps = sum_steps(cells->x[f] + at, n, MEMBERSHIP_STEPS, &known);
        factors[f] += area * known;
        factors[cells->factors + f] += area * steps;
    }
}

/* A piece of a parcel, in stretches that have one areal scale. */
static void add_piece(struct zonal_part *part, int64_t *factors,
                      const struct piece *piece,
                      const struct zonal_cells *cells)
{
    struct zonal_sums *sums = &part->sums;
    uint32_t nx = (uint32_t)cells->grid.nx;
    for (uint32_t done = 0; done < piece->run;) {
        uint32_t at = piece->cell + done;
        int col = (int)(at % nx), row = (int)(at / nx);
        uint32_t n = (uint32_t)areal_same(cells->areal, col);
        n = n < piece->run - done ? n : piece->run - done;
        n = n < nx - (uint32_t)col ? n : nx - (uint32_t)col;
        int64_t area =
            zonal_share(piece->share, areal_at(cells->areal, col, row));
        add_kinds(sums->kind, piece->kinds, area * n);
        if (piece->constraint == MOSAIC_NOT_EXCLUDED) {
            sums->plantable += area * n;
            add_kinds(sums->plantable_kind, piece->kinds, area * n);
            add_scores(sums, factors, cells, at, n, area);
        } else {
            sums->excluded += area * n;
        }
        done += n;
    }
}

enum terramis_status zonal_run(struct zonal_list *list, uint32_t *slot,
                               const struct piece_list *pieces,
                               const struct zonal_cells *cells)
{
    enum terramis_status status = TERRAMIS_OK;
    list->count = 0;
    for (size_t i = 0; i < pieces->count && status == TERRAMIS_OK; i++) {
        const struct piece *piece = &pieces->items[i];
        if (slot[piece->parcel] == 0) {
            status = add_part(list, (size_t)piece->parcel, cells->factors);
            slot[piece->parcel] = (uint32_t)list->count;
        }
        size_t part = slot[piece->parcel] - 1;
        if (status == TERRAMIS_OK)
            add_piece(&list->parts[part],
                      list->factors + 2 * cells->factors * part, piece, cells);
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
    to->score_min = fminf(to->score_min, from->score_min);
    for (size_t f = 0; f < count; f++)
        fits = fits && add(&parcel->factor_area[f], factors[f]) &&
               add(&parcel->factor_sum[f], factors[count + f]);
    return fits;
}

enum terramis_status zonal_commit(const struct zonal_list *list,
                                  struct parcels *parcels)
{
    size_t factors = parcels->factors;
    for (size_t i = 0; i < list->count; i++) {
        struct parcel *parcel = &parcels->items[list->parts[i].parcel];
        if (!commit_part(parcel, &list->parts[i].sums,
                         list->factors + 2 * factors * i, factors))
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
    *list = (struct zonal_list){0};
}
