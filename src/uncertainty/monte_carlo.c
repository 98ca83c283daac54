/* Two passes over blocks of parcels. The first sums up scores and counts, for
 * each draw, how many parcels reach which level of suitability; the second
 * draws the same again and looks the ranks up. So no parcel's draws are kept,
 * and blocks go to any thread: counts are whole numbers, and each parcel's sums
 * are made in one place in the order of the draws. */
#include "uncertainty/monte_carlo.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/pool.h"

enum {
    LEVELS = 8008,       /* of suitability; 0 is the best */
    PER_POINT = 80,      /* levels in a point of 0..100 */
    CLASS_LEVELS = 1601, /* of each class, where severe limitations count */
    CLASS_PER_POINT = (CLASS_LEVELS - 1) / 100
};

/* One draw's suitability levels: first how many parcels have each, then how
 * many are better, doubled, plus those on it plus 1: twice the middle rank. */
typedef _Atomic uint32_t level_count;

struct monte_carlo {
    const struct model *model;
    const struct parcels *parcels;
    struct spread *spreads;
    size_t draws;
    struct model_draw *common; /* per draw */
    level_count *levels;       /* draws x LEVELS */
    bool *ranked;              /* per parcel of the model */
};

struct totals {
    double sum[MODEL_BLOCK], squares[MODEL_BLOCK];
    uint32_t good[MODEL_BLOCK];
};

struct rank_range {
    int low[MODEL_BLOCK], high[MODEL_BLOCK];
};

static size_t level_of(const struct monte_carlo *mc, float score, int class)
{
    if (!mc->model->plan->config->capped)
        return LEVELS - 1 - (size_t)(score * PER_POINT);
    return (size_t)(class - CLASS_S1) * CLASS_LEVELS + CLASS_LEVELS - 1 -
           (size_t)(score * CLASS_PER_POINT);
}

static enum terramis_status start(void *data, void **worker)
{
    const struct monte_carlo *mc = data;
    struct model_scratch *scratch = NULL;
    enum terramis_status status = model_scratch_new(mc->model, &scratch);
    *worker = scratch;
    return status;
}

static void stop(void *data, void *worker)
{
    (void)data;
    model_scratch_free(worker);
}

/* Scores less the parcel's own one: sums of squares lose nothing. */
static void add_scores(struct totals *t, const struct model_scratch *s,
                       const float *own, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double d = (double)s->score[i] - (double)own[i];
        t->sum[i] += d;
        t->squares[i] += d * d;
        t->good[i] += s->class[i] == CLASS_S1 || s->class[i] == CLASS_S2;
    }
}

static void count_levels(const struct monte_carlo *mc,
                         const struct model_scratch *s, size_t block, size_t n,
                         level_count *levels)
{
    for (size_t i = 0; i < n; i++)
        if (mc->ranked[block * MODEL_BLOCK + i] && s->class[i] != CLASS_NONE)
            atomic_fetch_add_explicit(
                &levels[level_of(mc, s->score[i], s->class[i])], 1,
                memory_order_relaxed);
}

static enum terramis_status sum_block(void *data, void *worker, size_t block,
                                      void *result)
{
    const struct monte_carlo *mc = data;
    struct model_scratch *s = worker;
    struct totals *t = result;
    size_t n = model_size(mc->model, block);
    *t = (struct totals){0};
    for (size_t d = 0; d < mc->draws; d++) {
        model_run(mc->model, &mc->common[d], block, s);
        model_classes(mc->model, block, s);
        add_scores(t, s, mc->model->score + block * MODEL_BLOCK, n);
        count_levels(mc, s, block, n, mc->levels + d * LEVELS);
    }
    return TERRAMIS_OK;
}

static enum terramis_status commit_totals(void *data, size_t block,
                                          void *result)
{
    struct monte_carlo *mc = data;
    const struct totals *t = result;
    double draws = (double)mc->draws;
    for (size_t i = 0; i < model_size(mc->model, block); i++) {
        size_t at = block * MODEL_BLOCK + i;
        double variance =
            (t->squares[i] - t->sum[i] * t->sum[i] / draws) / (draws - 1);
        struct spread *to = &mc->spreads[mc->model->item[at]];
        to->mean = (double)mc->model->score[at] + t->sum[i] / draws;
        to->sd = variance > 0 ? sqrt(variance) : 0;
        to->good = t->good[i] / draws;
    }
    return TERRAMIS_OK;
}

/* Counts become middle ranks, doubled. */
static void rank_levels(struct monte_carlo *mc)
{
    for (size_t d = 0; d < mc->draws; d++) {
        level_count *levels = mc->levels + d * LEVELS;
        uint32_t better = 0;
        for (size_t k = 0; k < LEVELS; k++) {
            uint32_t here =
                atomic_load_explicit(&levels[k], memory_order_relaxed);
            atomic_store_explicit(&levels[k], 2 * better + here + 1,
                                  memory_order_relaxed);
            better += here;
        }
    }
}

/* The k-th least, from 0, of `n` numbers, which it sorts in part (Hoare 1961).
 */
static uint32_t select_least(uint32_t *v, size_t n, size_t k)
{
    for (size_t low = 0, high = n - 1; low < high;) {
        uint32_t pivot = v[low + (high - low) / 2];
        size_t i = low, j = high;
        while (i <= j) {
            while (v[i] < pivot)
                i++;
            while (v[j] > pivot)
                j--;
            if (i > j)
                break;
            uint32_t t = v[i];
            v[i++] = v[j], v[j] = t;
            if (j == 0)
                break;
            j--;
        }
        if (k <= j)
            high = j;
        else if (k >= i)
            low = i;
        else
            break;
    }
    return v[k];
}

/* Percentiles as ranks that occur: the least with that share at or below. */
static int percentile(uint32_t *ranks, size_t n, double share)
{
    size_t k = (size_t)ceil(share * (double)n) - 1;
    return (int)((select_least(ranks, n, k) + 1) / 2);
}

static void look_up(const struct monte_carlo *mc, const struct model_scratch *s,
                    size_t n, size_t draw, uint32_t *ranks)
{
    const level_count *levels = mc->levels + draw * LEVELS;
    for (size_t i = 0; i < n; i++)
        ranks[i * mc->draws + draw] =
            s->class[i] == CLASS_NONE
                ? 0
                : atomic_load_explicit(
                      &levels[level_of(mc, s->score[i], s->class[i])],
                      memory_order_relaxed);
}

static enum terramis_status rank_block(void *data, void *worker, size_t block,
                                       void *result)
{
    const struct monte_carlo *mc = data;
    struct model_scratch *s = worker;
    struct rank_range *r = result;
    size_t n = model_size(mc->model, block);
    uint32_t *ranks;
    TRY(mem_new(&ranks, n * mc->draws, sizeof *ranks));
    for (size_t d = 0; d < mc->draws; d++) {
        model_run(mc->model, &mc->common[d], block, s);
        model_classes(mc->model, block, s);
        look_up(mc, s, n, d, ranks);
    }
    for (size_t i = 0; i < n; i++) {
        bool ranked = mc->ranked[block * MODEL_BLOCK + i];
        uint32_t *own = ranks + i * mc->draws;
        r->low[i] = ranked ? percentile(own, mc->draws, 0.05) : 0;
        r->high[i] = ranked ? percentile(own, mc->draws, 0.95) : 0;
    }
    free(ranks);
    return TERRAMIS_OK;
}

static enum terramis_status commit_ranks(void *data, size_t block, void *result)
{
    struct monte_carlo *mc = data;
    const struct rank_range *r = result;
    for (size_t i = 0; i < model_size(mc->model, block); i++) {
        size_t at = block * MODEL_BLOCK + i;
        struct spread *to = &mc->spreads[mc->model->item[at]];
        to->rank_low = r->low[i];
        to->rank_high = r->high[i];
    }
    return TERRAMIS_OK;
}

static void release_nothing(void *data, void *result)
{
    (void)data;
    (void)result;
}

static enum terramis_status prepare(struct monte_carlo *mc)
{
    TRY(mem_new(&mc->common, mc->draws, sizeof *mc->common));
    TRY(mem_new(&mc->levels, mc->draws * LEVELS, sizeof *mc->levels));
    TRY(mem_new(&mc->ranked, mc->model->count, sizeof *mc->ranked));
    for (size_t d = 0; d < mc->draws; d++)
        model_draw(mc->model, (struct model_choice){.draw = (uint32_t)d},
                   &mc->common[d]);
    for (size_t i = 0; i < mc->model->count; i++)
        mc->ranked[i] = mc->parcels->items[mc->model->item[i]].rank > 0;
    return TERRAMIS_OK;
}

enum terramis_status monte_carlo_run(const struct model *model,
                                     const struct parcels *parcels,
                                     struct spread *spreads, int threads)
{
    struct monte_carlo mc = {
        .model = model,
        .parcels = parcels,
        .spreads = spreads,
        .draws = (size_t)model->plan->config->uncertainty.draws};
    struct pool_job job = {.tiles = model_blocks(model),
                           .threads = threads,
                           .result_size = sizeof(struct totals),
                           .data = &mc,
                           .start = start,
                           .work = sum_block,
                           .stop = stop,
                           .commit = commit_totals,
                           .release = release_nothing};
    enum terramis_status status = prepare(&mc);
    if (status == TERRAMIS_OK)
        status = pool_run(&job);
    if (status == TERRAMIS_OK) {
        rank_levels(&mc);
        job.result_size = sizeof(struct rank_range);
        job.work = rank_block;
        job.commit = commit_ranks;
        status = pool_run(&job);
    }
    free(mc.common);
    free(mc.levels);
    free(mc.ranked);
    return status;
}
