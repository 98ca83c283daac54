/* Scenarios of the page: what each changes, and what a territory plants and
 * harvests year by year. */
#include <math.h>

#include "output/html_page.h"

/* Of the factors that the scenario names: number from 0, weight. */
static void put_weights(struct html_json *json,
                        const struct scenario_config *scenario,
                        const struct config *config)
{
    const struct factor_config *factors = config->factors.items;
    html_open(json, "weights", '[');
    for (size_t i = 0; i < scenario->weights.count; i++)
        for (size_t f = 0; f < config->factors.count; f++) {
            if (!text_same(factors[f].id, scenario->weights.items[i].key))
                continue;
            html_open(json, NULL, '[');
            html_integer(json, NULL, (long long)f);
            html_real(json, NULL, scenario->factor_weights[f], 4);
            html_close(json, ']');
        }
    html_close(json, ']');
}

static void put_outlets(struct html_json *json, const struct list *outlets)
{
    const struct outlet_config *items = outlets->items;
    html_open(json, "outlets", '[');
    for (size_t i = 0; i < outlets->count; i++) {
        html_open(json, NULL, '{');
        html_text(json, "id", items[i].id);
        html_real(json, "demand", items[i].demand, 2);
        html_integer(json, "use", items[i].use + USE_MATERIAL);
        html_close(json, '}');
    }
    html_close(json, ']');
}

static void put_limits(struct html_json *json, const struct class_config *c)
{
    const double limits[] = {c->s1, c->s2, c->s3, c->n1};
    html_open(json, "classes", '[');
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        html_real(json, NULL, limits[i], 4);
    html_close(json, ']');
}

void html_put_scenarios(struct html_json *json, const struct config *config)
{
    const struct scenario_config *items = config->scenarios.items;
    html_integer(json, "horizon", config->planting.horizon);
    html_open(json, "scenarios", '[');
    html_open(json, NULL, '{'); /* the project itself */
    html_real(json, "rate", config->planting.rate, 2);
    html_real(json, "min_ha", config->parcels.min_plantable, 4);
    put_limits(json, &config->classes);
    put_outlets(json, &config->planting.outlets);
    html_close(json, '}');
    for (size_t i = 0; i < config->scenarios.count; i++) {
        const struct scenario_config *s = &items[i];
        html_open(json, NULL, '{');
        html_text(json, "title", s->title ? s->title : s->id);
        html_real(json, "rate", s->rate, 2);
        html_real(json, "min_ha", s->min_plantable, 4);
        put_weights(json, s, config);
        put_limits(json, &s->classes);
        put_outlets(json, s->outlets.count > 0 ? &s->outlets
                                               : &config->planting.outlets);
        html_close(json, '}');
    }
    html_close(json, ']');
}

static void put_year(struct html_json *json, const struct scenario_year *year)
{
    html_open(json, NULL, '[');
    html_real(json, NULL, zonal_ha(year->planted), 2);
    html_real(json, NULL, zonal_ha(year->standing), 2);
    html_real(json, NULL, year->harvest, 1);
    html_real(json, NULL, year->low, 1);
    html_real(json, NULL, year->high, 1);
    html_close(json, ']');
}

/* Parcels by class, those without one left out. */
static void put_classes(struct html_json *json, const struct parcels *parcels,
                        const struct scenario *scenario)
{
    int64_t sums[CLASS_N2 + 1] = {0};
    for (size_t i = 0; i < parcels->count; i++)
        if (scenario->parcels[i].class != CLASS_NONE)
            sums[scenario->parcels[i].class] +=
                parcels->items[i].sums.plantable;
    html_open(json, "classes", '[');
    for (int c = CLASS_S1; c <= CLASS_N2; c++)
        html_real(json, NULL, zonal_ha(sums[c]), 2);
    html_close(json, ']');
}

void html_put_plans(struct html_json *json, const struct analysis *analysis)
{
    const struct scenarios *all = &analysis->scenarios;
    html_open(json, "plans", '[');
    for (size_t i = 0; i < all->count; i++) {
        const struct scenario *one = &all->items[i];
        long long planted = 0;
        for (size_t p = 0; p < analysis->parcels.count; p++)
            planted += one->parcels[p].year > 0;
        html_open(json, NULL, '{');
        html_integer(json, "parcels", planted);
        put_classes(json, &analysis->parcels, one);
        html_open(json, "years", '['); /* by kind, any kind last */
        for (int kind = 0; kind < SCENARIO_KINDS; kind++) {
            html_open(json, NULL, '[');
            for (int year = 1; year <= all->horizon; year++)
                put_year(json, scenario_year(all, one, kind, year));
            html_close(json, ']');
        }
        html_close(json, ']');
        html_close(json, '}');
    }
    html_close(json, ']');
}
