#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/pool.h"
#include "uncertainty/monte_carlo.h"

enum {
    TOGETHER = 16 /* draws in a piece of work */
};

struct sensitivities {
    const struct model *model;
    size_t draws, factors;
    double *sums; /* see struct part */
};

/* Sums over a piece's draws, per parcel: of the scores of both sets of draws
 * and of their squares; then per factor over all parcels: first order, total.
 */
struct part {
    double *sums;
};

static size_t sum_count(const struct sensitivities *s)
{
    return 2 * s->model->count + 2 * s->factors;
}

static enum terramis_status start(void *data, void **worker)
{
    const struct sensitivities *s = data;
    struct model_scratch *scratch = NULL;
    enum terramis_status status = model_scratch_new(s->model, &scratch);
    *worker = scratch;
    return status;
}

static void stop(void *data, void *worker)
{
    (void)data;
    model_scratch_free(worker);
}

/* Scores of a choice, less the parcels' own ones: the estimators vary less. */
static void scores_of(const struct model *model, struct model_choice choice,
                      struct model_scratch *scratch, double *y)
{
    struct model_draw draw;
    model_draw(model, choice, &draw);
    model_run(model, &draw, 0, scratch);
    for (size_t i = 0; i < model->count; i++)
        y[i] = (double)scratch->score[i] - (double)model->score[i];
}

/* Saltelli's scheme: scores of two independent sets of draws, a and b, then of
 * a with one factor from b. */
static void add_draw(const struct sensitivities *s, uint32_t number,
                     struct model_scratch *scratch, double *sums)
{
    double a[SENSITIVITY_PARCELS], b[SENSITIVITY_PARCELS];
    double mixed[SENSITIVITY_PARCELS];
    size_t n = s->model->count;
    scores_of(s->model, (struct model_choice){.draw = number}, scratch, a);
    scores_of(s->model, (struct model_choice){.draw = number, .second = true},
              scratch, b);
    for (size_t i = 0; i < n; i++) {
        sums[i] += a[i] + b[i];
        sums[n + i] += a[i] * a[i] + b[i] * b[i];
    }
    for (size_t f = 0; f < s->factors; f++) {
        double first = 0, total = 0;
        scores_of(s->model,
                  (struct model_choice){.draw = number, .other = f + 1},
                  scratch, mixed);
        for (size_t i = 0; i < n; i++) {
            first += b[i] * (mixed[i] - a[i]);
            total += (a[i] - mixed[i]) * (a[i] - mixed[i]) / 2;
        }
        sums[2 * n + f] += first;
        sums[2 * n + s->factors + f] += total;
    }
}

static enum terramis_status work(void *data, void *worker, size_t tile,
                                 void *result)
{
    const struct sensitivities *s = data;
    struct part *part = result;
    if (!part->sums)
        TRY(mem_new(&part->sums, sum_count(s), sizeof *part->sums));
    for (size_t i = 0; i < sum_count(s); i++)
        part->sums[i] = 0;
    size_t first = tile * TOGETHER;
    for (size_t d = first; d < first + TOGETHER && d < s->draws; d++)
        add_draw(s, (uint32_t)d, worker, part->sums);
    return TERRAMIS_OK;
}

static enum terramis_status commit(void *data, size_t tile, void *result)
{
    struct sensitivities *s = data;
    const struct part *part = result;
    (void)tile;
    for (size_t i = 0; i < sum_count(s); i++)
        s->sums[i] += part->sums[i];
    return TERRAMIS_OK;
}

static void release(void *data, void *result)
{
    struct part *part = result;
    (void)data;
    free(part->sums);
}

/* An estimate below 0 is 0 but for the draws. */
static double index_of(double part, double draws, double variance)
{
    return variance > 0 ? fmax(0, part / draws / variance) : (double)NAN;
}

static void finish(const struct sensitivities *s, struct sensitivity *indices)
{
    size_t n = s->model->count;
    double draws = (double)s->draws, variance = 0;
    const double *first = s->sums + 2 * n, *total = first + s->factors;
    for (size_t i = 0; i < n; i++)
        variance += (s->sums[n + i] - s->sums[i] * s->sums[i] / (2 * draws)) /
                    (2 * draws - 1);
    if (variance < 1e-9 * (double)n) /* rounding of floats */
        variance = 0;
    for (size_t f = 0; f < s->factors; f++)
        indices[f] = (struct sensitivity){index_of(first[f], draws, variance),
                                          index_of(total[f], draws, variance)};
}

enum terramis_status sensitivity_run(const struct model *model,
                                     struct sensitivity *indices, int threads)
{
    struct sensitivities s = {
        .model = model,
        .draws = (size_t)model->plan->config->uncertainty.draws,
        .factors = model->plan->factor_count};
    struct pool_job job = {.tiles = (s.draws + TOGETHER - 1) / TOGETHER,
                           .threads = threads,
                           .result_size = sizeof(struct part),
                           .data = &s,
                           .start = start,
                           .work = work,
                           .stop = stop,
                           .commit = commit,
                           .release = release};
    TRY(mem_new(&s.sums, sum_count(&s), sizeof *s.sums));
    enum terramis_status status = pool_run(&job);
    if (status == TERRAMIS_OK)
        finish(&s, indices);
    free(s.sums);
    return status;
}
