#include "uncertainty/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clones.h"
#include "base/mem.h"

/* Kinds of streams; the second set of draws has others. */
enum {
    STREAM_WEIGHT,
    STREAM_POINTS,
    STREAM_VALUE,
    STREAM_MEMBERSHIP,
    STREAM_KINDS
};

/* Normals that leave a table's range are rarer than 1 in 10,000. */
#define REACH 3.8

static size_t count_scored(const struct parcels *parcels)
{
    size_t count = 0;
    for (size_t i = 0; i < parcels->count; i++)
        count += isnan(parcels->items[i].score) ? 0 : 1;
    return count;
}

/* All rows: memberships, values and their memberships per factor, two scores,
 * tables. Rows have room for whole blocks. */
static enum terramis_status make_rows(struct model *model)
{
    size_t factors = model->plan->factor_count;
    size_t row = model_blocks(model) * MODEL_BLOCK;
    TRY(mem_new(&model->m, factors, sizeof(float *)));
    TRY(mem_new(&model->factors, factors, sizeof *model->factors));
    TRY(mem_new(&model->floats,
                (3 * factors + 2) * row + factors * (MODEL_TABLE + 2),
                sizeof(float)));
    float *next = model->floats;
    model->score = next;
    model->offset = next + row;
    next += 2 * row;
    for (size_t f = 0; f < factors; f++) {
        model->m[f] = next;
        model->factors[f] = (struct model_factor){
            .certain = true, .raw = next + row, .base = next + 2 * row};
        next += 3 * row;
    }
    for (size_t f = 0; f < factors; f++, next += MODEL_TABLE + 2)
        model->factors[f].table = next;
    return TERRAMIS_OK;
}

static void take_parcels(struct model *model, const struct parcels *parcels,
                         size_t step)
{
    size_t scored = 0, at = 0;
    for (size_t i = 0; i < parcels->count && at < model->count; i++) {
        const struct parcel *p = &parcels->items[i];
        if (isnan(p->score) || scored++ % step)
            continue;
        model->item[at] = i;
        model->score[at] = (float)p->score;
        for (size_t f = 0; f < model->plan->factor_count; f++)
            model->m[f][at] = (float)parcel_membership(p, f);
        at++;
    }
}

/* Values and their range; those without data stand at the low end, their
 * membership is NaN in any case. */
static enum terramis_status take_values(struct model *model,
                                        const struct parcels *parcels, size_t f,
                                        double range[2])
{
    struct model_factor *to = &model->factors[f];
    range[0] = INFINITY, range[1] = -INFINITY;
    for (size_t i = 0; i < model->count; i++) {
        const struct parcel *p = &parcels->items[model->item[i]];
        double raw = parcel_raw(p, f);
        if (isnan(raw) && !isnan(model->m[f][i]))
            return status_set(
                TERRAMIS_PROJECT,
                _("uncertainty: parcel %s is too large for the mean of factor "
                  "%s. Use membership_error, or a larger resolution:"),
                p->id, model->plan->factors[f].config->id);
        to->raw[i] = (float)raw;
        range[0] = fmin(range[0], raw);
        range[1] = fmax(range[1], raw);
    }
    if (!(range[0] <= range[1]))
        range[0] = range[1] = 0;
    for (size_t i = 0; i < model->count; i++)
        if (isnan(to->raw[i]))
            to->raw[i] = (float)range[0];
    return TERRAMIS_OK;
}

static void tabulate(struct model_factor *to, const struct factor *factor,
                     const double range[2])
{
    float at[MODEL_TABLE + 2];
    double step = fmax(range[1] - range[0], 1e-6) / MODEL_TABLE;
    for (int i = 0; i < MODEL_TABLE + 2; i++)
        at[i] = (float)(range[0] + i * step);
    to->low = (float)range[0];
    to->per_step = (float)(1 / step);
    factor->membership->run(&factor->bound, at, MODEL_TABLE + 2, to->table);
}

/* Mean place of what the tabulated membership rises or falls. */
static double centre_of(const struct model_factor *to, const double range[2])
{
    double sum = 0, all = 0, step = 1 / (double)to->per_step;
    for (int i = 0; i < MODEL_TABLE; i++) {
        double slope = fabs((double)to->table[i + 1] - (double)to->table[i]);
        sum += slope * ((double)to->low + (i + 0.5) * step);
        all += slope;
    }
    return all > 0 ? sum / all : (range[0] + range[1]) / 2;
}

/* Where a draw finds the values of a block in the table, in steps: the points
 * have moved, so it is as if the values had moved the other way. */
CLONES static void place(const struct model_factor *f,
                         const float *restrict raw, const float *restrict z,
                         float error, float shift, float width, size_t n,
                         float *restrict t)
{
    float scale = f->per_step / width, far = (float)MODEL_TABLE;
    float from = f->centre + shift, start = (f->centre - f->low) * f->per_step;
    for (size_t i = 0; i < n; i++) {
        float at = start + (raw[i] - from + error * z[i]) * scale;
        at = at > 0 ? at : 0;
        t[i] = at < far ? at : far;
    }
}

/* Memberships there less those of the values themselves, added to m. */
CLONES static void move(const float *restrict table, const float *restrict m,
                        const float *restrict base, const float *restrict t,
                        size_t n, float *restrict x)
{
    for (size_t i = 0; i < n; i++) {
        int k = (int)t[i];
        float low = table[k], high = table[k + 1];
        float moved = m[i] - base[i] + low + (t[i] - (float)k) * (high - low);
        moved = moved < 0 ? 0 : moved;
        x[i] = moved > 1 ? 1 : moved;
    }
}

/* Adds what all share and errors; the result stays in 0..1, NaN stays NaN. */
CLONES static void add_errors(const float *restrict m, const float *restrict z,
                              float common, float error, size_t n,
                              float *restrict x)
{
    for (size_t i = 0; i < n; i++) {
        float moved = m[i] + common + error * z[i];
        x[i] = moved < 0 ? 0 : moved > 1 ? 1 : moved;
    }
}

/* The table reaches as far as any draw. */
static enum terramis_status prepare_factor(struct model *model,
                                           const struct parcels *parcels,
                                           const struct uncertainty_factor *u)
{
    const struct factor *factor = &model->plan->factors[u->index];
    struct model_factor *to = &model->factors[u->index];
    double range[2], reach = REACH * (u->shift + u->error);
    to->shift = u->shift;
    to->spread = u->spread / 100;
    to->error = u->error;
    to->membership = u->membership;
    to->common = u->common;
    to->certain = false;
    if (!(to->shift > 0 || to->spread > 0 || to->error > 0))
        return TERRAMIS_OK;
    TRY(take_values(model, parcels, u->index, range));
    range[0] -= reach, range[1] += reach;
    tabulate(to, factor, range);
    double centre = centre_of(to, range), far = exp(REACH * to->spread);
    range[0] = fmin(range[0], centre + (range[0] - centre) * far);
    range[1] = fmax(range[1], centre + (range[1] - centre) * far);
    tabulate(to, factor, range);
    to->centre = (float)centre;
    const float none[MODEL_BLOCK] = {0};
    float t[MODEL_BLOCK];
    for (size_t b = 0; b < model_blocks(model); b++) {
        size_t at = b * MODEL_BLOCK;
        place(to, to->raw + at, none, 0, 0, 1, MODEL_BLOCK, t);
        move(to->table, none, none, t, MODEL_BLOCK, to->base + at);
    }
    return TERRAMIS_OK;
}

static enum terramis_status prepare_all(struct model *model,
                                        const struct analysis *analysis)
{
    const struct uncertainty_config *c = &model->plan->config->uncertainty;
    const struct uncertainty_factor *u = c->factors.items;
    for (size_t i = 0; i < c->factors.count; i++)
        TRY(prepare_factor(model, &analysis->parcels, &u[i]));
    combination_run(&model->plan->combination, (const float *const *)model->m,
                    analysis->weight, model->count, model->offset);
    for (size_t i = 0; i < model->count; i++) {
        float d = model->score[i] - model->offset[i];
        model->offset[i] = d == d ? d : 0;
    }
    return TERRAMIS_OK;
}

enum terramis_status model_open(struct model *model,
                                const struct analysis *analysis, size_t step)
{
    *model = (struct model){
        .plan = analysis->plan,
        .territory =
            (uint32_t)(analysis->territory - analysis->plan->territories),
        .count = (count_scored(&analysis->parcels) + step - 1) / step};
    random_make_quantiles(model->quantiles);
    TRY(mem_new(&model->item, model->count, sizeof *model->item));
    TRY(make_rows(model));
    take_parcels(model, &analysis->parcels, step);
    return prepare_all(model, analysis);
}

void model_close(struct model *model)
{
    free(model->item);
    free(model->m);
    free(model->factors);
    free(model->floats);
    *model = (struct model){0};
}

enum terramis_status model_scratch_new(const struct model *model,
                                       struct model_scratch **scratch)
{
    TRY(mem_new(scratch, 1, sizeof **scratch));
    return mem_new(&(*scratch)->x, model->plan->factor_count * MODEL_BLOCK,
                   sizeof(float));
}

void model_scratch_free(struct model_scratch *scratch)
{
    if (scratch)
        free(scratch->x);
    free(scratch);
}

static struct random_stream stream_of(const struct model *model,
                                      struct model_choice choice, uint32_t kind,
                                      size_t factor)
{
    bool second = choice.second != (choice.other == factor + 1);
    return (struct random_stream){
        .seed = (uint32_t)model->plan->config->uncertainty.seed,
        .kind = kind + (second ? STREAM_KINDS : 0),
        .draw = choice.draw,
        .factor = (uint32_t)factor};
}

/* Not yet scaled: independent from factor to factor. Gamma variates with
 * shape concentration x weight, scaled to sum 1, have the Dirichlet
 * distribution. */
static double draw_weight(const struct uncertainty_config *c, double weight,
                          const struct random_stream *stream)
{
    if (!(weight > 0))
        return 0;
    if (c->concentration == c->concentration)
        return random_gamma(stream, c->concentration * weight);
    if (c->percent == c->percent)
        return weight *
               (1 + c->percent / 100 * (2 * random_uniform(stream, 0) - 1));
    return weight;
}

void model_draw(const struct model *model, struct model_choice choice,
                struct model_draw *draw)
{
    const struct plan *plan = model->plan;
    double sum = 0;
    draw->choice = choice;
    for (size_t f = 0; f < plan->factor_count; f++) {
        const struct model_factor *factor = &model->factors[f];
        struct random_stream weights =
            stream_of(model, choice, STREAM_WEIGHT, f);
        struct random_stream points =
            stream_of(model, choice, STREAM_POINTS, f);
        draw->weight[f] = draw_weight(&plan->config->uncertainty,
                                      plan->factors[f].weight, &weights);
        sum += draw->weight[f];
        draw->shift[f] = draw->width[f] = draw->common[f] = 0;
        if (factor->certain)
            continue;
        double far = fmax(-REACH, fmin(REACH, random_normal(&points, 1)));
        draw->shift[f] = (float)(factor->shift * random_normal(&points, 0));
        draw->width[f] = (float)exp(factor->spread * far);
        draw->common[f] = (float)(factor->common * random_normal(&points, 2));
    }
    for (size_t f = 0; f < plan->factor_count; f++) /* all 0: as they are */
        draw->weight[f] =
            sum > 0 ? draw->weight[f] / sum : plan->factors[f].weight;
}

/* m with what is not certain about memberships themselves, in x. */
static void add_to_memberships(const struct model *model,
                               const struct model_draw *draw, size_t f,
                               size_t block, struct model_scratch *scratch,
                               const float *m, float *x)
{
    const struct model_factor *factor = &model->factors[f];
    size_t n = model_size(model, block);
    float before[MODEL_BLOCK];
    struct random_stream errors =
        stream_of(model, draw->choice, STREAM_MEMBERSHIP, f);
    errors.place = model->territory;
    if (factor->membership > 0)
        random_normals(&errors, model->quantiles, (uint32_t)block, scratch->z);
    else
        memset(scratch->z, 0, sizeof scratch->z);
    if (m == x) /* the two rows must not overlap */
        m = memcpy(before, x, n * sizeof *x);
    add_errors(m, scratch->z, draw->common[f], (float)factor->membership, n, x);
}

/* Memberships of one factor in a block; those of a certain one stay. */
static const float *run_factor(const struct model *model,
                               const struct model_draw *draw, size_t f,
                               size_t block, struct model_scratch *scratch)
{
    const struct model_factor *factor = &model->factors[f];
    size_t at = block * MODEL_BLOCK, n = model_size(model, block);
    const float *m = model->m[f] + at;
    float *x = scratch->x + f * MODEL_BLOCK;
    if (factor->certain)
        return m;
    if (factor->shift > 0 || factor->spread > 0 || factor->error > 0) {
        struct random_stream values =
            stream_of(model, draw->choice, STREAM_VALUE, f);
        values.place = model->territory;
        if (factor->error > 0)
            random_normals(&values, model->quantiles, (uint32_t)block,
                           scratch->z);
        else
            memset(scratch->z, 0, sizeof scratch->z);
        place(factor, factor->raw + at, scratch->z, (float)factor->error,
              draw->shift[f], draw->width[f], n, scratch->t);
        move(factor->table, m, factor->base + at, scratch->t, n, x);
        m = x;
    }
    if (factor->membership > 0 || factor->common > 0)
        add_to_memberships(model, draw, f, block, scratch, m, x);
    return x;
}

CLONES static void add_offset(const float *restrict offset, size_t n,
                              float *restrict score)
{
    for (size_t i = 0; i < n; i++) {
        float s = score[i] + offset[i];
        score[i] = s < 0 ? 0 : s > 100 ? 100 : s;
    }
}

void model_run(const struct model *model, const struct model_draw *draw,
               size_t block, struct model_scratch *scratch)
{
    size_t n = model_size(model, block);
    for (size_t f = 0; f < model->plan->factor_count; f++)
        scratch->rows[f] = run_factor(model, draw, f, block, scratch);
    combination_run(&model->plan->combination, scratch->rows, draw->weight, n,
                    scratch->score);
    add_offset(model->offset + block * MODEL_BLOCK, n, scratch->score);
}

void model_classes(const struct model *model, size_t block,
                   struct model_scratch *scratch)
{
    const struct config *config = model->plan->config;
    const struct factor_config *factors = config->factors.items;
    size_t n = model_size(model, block);
    class_run(&config->classes, scratch->score, n, scratch->class);
    for (size_t f = 0; config->capped && f < config->factors.count; f++)
        for (size_t i = 0; i < n; i++) {
            enum suitability_class cap =
                class_cap(&factors[f].caps, scratch->rows[f][i]);
            if (scratch->class[i] != CLASS_NONE && cap > scratch->class[i])
                scratch->class[i] = (unsigned char)cap;
        }
}
