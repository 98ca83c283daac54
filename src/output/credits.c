#include "output/credits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output/labels.h"
#include "output/output.h"

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* Of the same file and layer as an earlier one? */
static bool is_known(const struct plan *plan, size_t i)
{
    const struct layer_config *a = plan->layers[i].config;
    for (size_t j = 0; j < i; j++) {
        const struct layer_config *b = plan->layers[j].config;
        if (strcmp(a->source.full, b->source.full) == 0 &&
            strcmp(or_empty(a->layer), or_empty(b->layer)) == 0)
            return true;
    }
    return false;
}

/* The layer of a factor has no title of its own: the factor's serves. */
static const char *source_title(const struct plan *plan,
                                const struct plan_layer *layer)
{
    for (size_t f = 0; !layer->config->title && f < plan->factor_count; f++)
        if (layer->config == &plan->factors[f].config->layer &&
            plan->factors[f].config->title)
            return plan->factors[f].config->title;
    return layer_title(layer->config);
}

/* Of the same date and licence? */
static bool is_alike(const struct layer_config *a, const struct layer_config *b)
{
    return strcmp(or_empty(a->date), or_empty(b->date)) == 0 &&
           strcmp(or_empty(layer_licence(a)), or_empty(layer_licence(b))) == 0;
}

static void add_terms(struct text *text, const struct layer_config *layer)
{
    const char *licence = layer_licence(layer);
    if (layer->date && licence)
        text_addf(text, " (%s, %s)", layer->date, licence);
    else if (layer->date || licence)
        text_addf(text, " (%s)", layer->date ? layer->date : licence);
}

static bool is_first_alike(const struct plan *plan, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (!is_known(plan, j) &&
            is_alike(plan->layers[i].config, plan->layers[j].config))
            return false;
    return true;
}

void credits_sources(struct text *text, const struct plan *plan)
{
    bool french = plan->config->language != LANGUAGE_EN;
    size_t groups = 0;
    for (size_t i = 0; i < plan->layer_count; i++) {
        if (is_known(plan, i) || !is_first_alike(plan, i))
            continue;
        text_add(text, groups++ == 0 ? "" : french ? "\u00a0; " : "; ");
        for (size_t j = i, n = 0; j < plan->layer_count; j++)
            if (!is_known(plan, j) &&
                is_alike(plan->layers[i].config, plan->layers[j].config))
                text_addf(text, "%s%s", n++ == 0 ? "" : ", ",
                          source_title(plan, &plan->layers[j]));
        add_terms(text, plan->layers[i].config);
    }
}

static int by_weight(const void *a, const void *b)
{
    const struct factor *x = *(const struct factor *const *)a;
    const struct factor *y = *(const struct factor *const *)b;
    int order = (x->weight < y->weight) - (x->weight > y->weight);
    return order ? order : (x > y) - (x < y);
}

void credits_score(struct text *text, const struct plan *plan)
{
    int language = plan->config->language;
    bool wlc = combination_adds_up(plan->config);
    const struct factor **order = NULL;
    if (mem_new(&order, plan->factor_count, sizeof *order) != TERRAMIS_OK) {
        text->broken = true;
        return;
    }
    for (size_t f = 0; f < plan->factor_count; f++)
        order[f] = &plan->factors[f];
    qsort(order, plan->factor_count, sizeof *order, by_weight);
    text_add(text,
             label_text(wlc ? LABEL_METHOD_WLC : LABEL_METHOD_OTHER, language));
    for (size_t f = 0; f < plan->factor_count; f++) {
        int decimals = order[f]->weight * 100 == rint(order[f]->weight * 100);
        text_addf(text, "%s%s %s",
                  f == 0 ? label_text(LABEL_COLON, language) : ", ",
                  factor_title(order[f]),
                  percent_text(order[f]->weight, !decimals, language).text);
    }
    text_add(text, ".");
    free(order);
}

void credits_classes(struct text *text, const struct plan *plan)
{
    int language = plan->config->language;
    const struct class_config *c = &plan->config->classes;
    const double limits[] = {c->s1, c->s2, c->s3, c->n1};
    text_add(text, label_text(LABEL_METHOD_CLASSES, language));
    for (int i = 0; i < 4; i++)
        text_addf(text, "%s%s\u00a0≥\u00a0%s",
                  i == 0 ? label_text(LABEL_COLON, language) : ", ",
                  class_name((enum suitability_class)(CLASS_S1 + i)),
                  number_text(limits[i], limits[i] != rint(limits[i]), language)
                      .text);
    text_addf(text, ", %s.", label_text(LABEL_METHOD_BELOW, language));
}

void credits_crs(struct text *text, const struct plan *plan)
{
    text_add(text, plan->crs.name);
    if (*plan->crs.id)
        text_addf(text, " (%s)", plan->crs.id);
}

void credits_date(struct text *text, const char *date, int language)
{
    long d[3];
    if (text_scan(date, "#4-#2-#2", d))
        text_add(text,
                 date_text((int)d[0], (int)d[1], (int)d[2], language).text);
    else
        text_add(text, date);
}

const char *constraint_title(const struct plan *plan, size_t i)
{
    if (i >= plan->constraint_count)
        return label_text(LABEL_KEPT_FREE, plan->config->language);
    const struct constraint_config *configs = plan->config->constraints.items;
    return configs[i].layer.title ? configs[i].layer.title : configs[i].id;
}
