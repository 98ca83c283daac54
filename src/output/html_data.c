#include <stdlib.h>

#include "output/context.h"
#include "output/credits.h"
#include "output/html_page.h"
#include "output/labels.h"
#include "output/palette.h"
#include "output/summary.h"

/* Parts of a territory that its context shows across the page. */
static const double context_parts = 1500;

static void put_classes(struct html_json *json, const struct plan *plan)
{
    const struct class_config *c = &plan->config->classes;
    const double limits[] = {c->s1, c->s2, c->s3, c->n1, 0};
    html_open(json, "classes", '[');
    for (int i = 0; i < CLASS_COUNT; i++) {
        int class = CLASS_S1 + i;
        html_open(json, NULL, '{');
        html_text(json, "name", class_name((enum suitability_class) class));
        html_text(json, "label",
                  label_text(label_class(class), plan->config->language));
        html_colour(json, "colour", palette_class(class));
        html_colour(json, "ink", palette_ink(palette_class(class)));
        html_real(json, "from", limits[i], 4);
        html_close(json, '}');
    }
    html_close(json, ']');
}

static void put_labels(struct html_json *json, const struct plan *plan)
{
    int language = plan->config->language;
    html_open(json, "kinds", '[');
    for (int k = 0; k < KIND_COUNT; k++) {
        html_open(json, NULL, '{');
        html_text(json, "label", label_text(label_kind(1 << k), language));
        html_colour(json, "colour", palette_marginal(1 << k));
        html_close(json, '}');
    }
    html_close(json, ']');
    html_open(json, "uses", '[');
    for (int use = USE_NONE; use < USE_COUNT; use++)
        html_text(json, NULL,
                  label_text((enum label)(LABEL_USE_NONE + use), language));
    html_close(json, ']');
    html_open(json, "bases", '[');
    for (int basis = BASIS_NONE; basis < BASIS_COUNT; basis++)
        html_text(json, NULL,
                  label_text((enum label)(LABEL_BASIS_NONE + basis), language));
    html_close(json, ']');
    html_open(json, "constraints", '[');
    for (size_t i = 0; i <= plan->constraint_count; i++)
        html_text(json, NULL, constraint_title(plan, i));
    html_close(json, ']');
    html_open(json, "layers", '[');
    for (size_t i = 0; i < plan->marginal_count; i++)
        html_text(json, NULL, layer_title(plan->marginal[i].config));
    html_close(json, ']');
    html_open(json, "warnings", '[');
    for (int w = 0; w < WARNING_COUNT; w++)
        html_text(json, NULL, warning_entries[w].text[language == LANGUAGE_EN]);
    html_close(json, ']');
}

static void put_factors(struct html_json *json, const struct plan *plan)
{
    html_open(json, "factors", '[');
    for (size_t f = 0; f < plan->factor_count; f++) {
        html_open(json, NULL, '{');
        html_text(json, "title", factor_title(&plan->factors[f]));
        html_real(json, "weight", plan->factors[f].weight, 6);
        html_text(json, "unit", factor_unit(plan->factors[f].config));
        html_close(json, '}');
    }
    html_close(json, ']');
}

/* A list per kind, any kind last: hectares by class, all classes last. */
static void put_summary(struct html_json *json, const struct analysis *analysis)
{
    struct summary_row rows[SUMMARY_ROWS];
    summary_of(&analysis->parcels, rows);
    html_open(json, "summary", '[');
    for (int i = 0; i < SUMMARY_ROWS; i++) {
        if (rows[i].class == 0)
            html_open(json, NULL, '[');
        html_real(json, NULL, zonal_ha(rows[i].plantable), 4);
        if (rows[i].class == SUMMARY_ALL)
            html_close(json, ']');
    }
    html_close(json, ']');
    const struct summary_row *all = &rows[SUMMARY_ROWS - 1];
    long long ranked = 0;
    for (size_t i = 0; i < analysis->parcels.count; i++)
        ranked += analysis->parcels.items[i].rank > 0;
    html_integer(json, "ranked", ranked); /* shown on the page or not */
    html_integer(json, "plantable_parcels", (long long)all->parcels);
    html_real(json, "marginal", zonal_ha(all->marginal), 4);
    html_real(json, "tonnage", all->tonnage, 2);
}

static int by_rank(const void *a, const void *b)
{
    const struct site *x = *(const struct site *const *)a;
    const struct site *y = *(const struct site *const *)b;
    return (x->rank > y->rank) - (x->rank < y->rank);
}

/* Rank, number, parcels, hectares, score, class, tonnes; best first. */
static enum terramis_status put_sites(struct html_json *json,
                                      const struct plan *plan,
                                      const struct sites *sites)
{
    const struct site **order = NULL;
    TRY(mem_new(&order, sites->count, sizeof(const struct site *)));
    for (size_t i = 0; i < sites->count; i++)
        order[i] = &sites->items[i];
    if (sites->count > 0)
        qsort(order, sites->count, sizeof(const struct site *), by_rank);
    html_open(json, "sites", '[');
    for (size_t i = 0; i < sites->count; i++) {
        const struct site *site = order[i];
        html_open(json, NULL, '[');
        html_integer(json, NULL, site->rank);
        html_integer(json, NULL, site->id);
        html_integer(json, NULL, (long long)site->parcels);
        html_real(json, NULL, site->plantable * 1e-4, 4);
        html_real(json, NULL, site->score, 2);
        html_integer(json, NULL,
                     (int)class_of(&plan->config->classes, site->score));
        html_real(json, NULL, site->tonnage, 2);
        html_close(json, ']');
    }
    html_close(json, ']');
    free(order);
    return TERRAMIS_OK;
}

static void put_layer(struct html_json *json, const struct map_layer *layer)
{
    html_open(json, NULL, '{');
    html_text(json, "label", layer->label);
    html_flag(json, "closed", layer->closed);
    html_flag(json, "below", layer->below);
    if (layer->fill)
        html_colour(json, "fill", layer->fill);
    if (layer->stroke)
        html_colour(json, "stroke", layer->stroke);
    html_real(json, "width", layer->width_mm, 2);
    html_real(json, "dash", layer->dash_mm, 2);
    html_put_rings(json, "rings", layer->xy, layer->start, layer->count,
                   layer->closed);
    html_close(json, '}');
}

static enum terramis_status put_context(struct html_json *json,
                                        struct plan *plan,
                                        const struct territory *territory)
{
    struct context context;
    struct rect e = territory->extent;
    double side = fmax(e.xmax - e.xmin, e.ymax - e.ymin);
    enum terramis_status status = context_make(&context, plan, &territory, 1, e,
                                               side / context_parts, true);
    html_open(json, "context", '[');
    for (size_t i = 0; i < context.count && status == TERRAMIS_OK; i++)
        put_layer(json, &context.layers[i]);
    html_close(json, ']');
    context_release(&context);
    return status;
}

/* Share of the scores' variance by factor: by itself, with interactions. */
static void put_sensitivity(struct html_json *json,
                            const struct analysis *analysis)
{
    html_open(json, "sensitivity", '[');
    for (size_t f = 0;
         analysis->sensitivity && f < analysis->plan->factor_count; f++) {
        html_open(json, NULL, '[');
        html_real(json, NULL, analysis->sensitivity[f].first, 3);
        html_real(json, NULL, analysis->sensitivity[f].total, 3);
        html_close(json, ']');
    }
    html_close(json, ']');
}

static enum terramis_status put_territory(struct html_json *json,
                                          struct plan *plan,
                                          const struct territory_result *result,
                                          struct html_communes *communes,
                                          size_t limit)
{
    const struct analysis *analysis = &result->analysis;
    const struct territory *territory = analysis->territory;
    struct rect e = territory->extent;
    html_open(json, NULL, '{');
    html_text(json, "name", territory->config->name);
    html_open(json, "extent", '[');
    html_real(json, NULL, e.xmin, 1);
    html_real(json, NULL, e.ymin, 1);
    html_real(json, NULL, e.xmax, 1);
    html_real(json, NULL, e.ymax, 1);
    html_close(json, ']');
    put_summary(json, analysis);
    TRY(put_sites(json, plan, &result->sites));
    TRY(put_context(json, plan, territory));
    html_put_plans(json, analysis);
    put_sensitivity(json, analysis);
    TRY(html_put_parcels(json, analysis, &plan->geos, communes, limit));
    html_close(json, '}');
    return TERRAMIS_OK;
}

/* Parcels that are drawn when each territory shows its best `limit`. */
static size_t shown_parcels(const struct output_job *job, size_t limit)
{
    size_t sum = 0;
    for (size_t i = 0; i < job->count; i++) {
        const struct parcels *parcels = &job->results[i].analysis.parcels;
        size_t plantable = 0;
        for (size_t p = 0; job->results[i].done && p < parcels->count; p++)
            plantable += parcels->items[p].sums.plantable > 0;
        sum += plantable < limit ? plantable : limit;
    }
    return sum;
}

/* The largest number per territory that stays within `most` for all. */
static size_t find_limit(const struct output_job *job, size_t most)
{
    size_t low = 0, high = most;
    while (low < high) {
        size_t middle = (low + high + 1) / 2;
        if (shown_parcels(job, middle) <= most)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* What holds for all territories. */
static enum terramis_status put_project(struct html_json *json,
                                        const struct output_job *job)
{
    const struct plan *plan = job->plan;
    const struct config *config = plan->config;
    html_text(json, "lang", config->language == LANGUAGE_EN ? "en" : "fr");
    html_flag(json, "synthetic", plan->synthetic);
    html_flag(json, "adds_up", combination_adds_up(config));
    html_real(json, "min_ha", config->parcels.min_plantable, 4);
    put_classes(json, plan);
    put_labels(json, plan);
    put_factors(json, plan);
    html_put_scenarios(json, config);
    html_put_texts(json, config->language);
    return html_put_files(json, job);
}

enum terramis_status html_put_data(struct html_json *json,
                                   const struct output_job *job, size_t most)
{
    size_t limit = find_limit(job, most);
    struct html_communes communes = {.places = &job->plan->places};
    enum terramis_status status;
    html_open(json, NULL, '{');
    TRY_DONE(put_project(json, job));
    html_integer(json, "shown", (long long)shown_parcels(job, limit));
    html_open(json, "territories", '[');
    for (size_t i = 0; i < job->count; i++)
        if (job->results[i].done)
            TRY_DONE(put_territory(json, job->plan, &job->results[i], &communes,
                                   limit));
    html_close(json, ']');
    html_put_communes(json, &communes);
    html_close(json, '}');
    status = text_status(&json->out);
done:
    html_communes_release(&communes);
    return status;
}
