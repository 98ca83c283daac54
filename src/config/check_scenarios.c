#include <string.h>
#include <strings.h>

#include "config/check.h"
#include "param/phrase.h"

enum {
    ID_MAX = 40 /* "score_" + id is a field name in a GeoPackage */
};

static size_t find_factor(const struct config *config, const char *id,
                          const char **near)
{
    const struct factor_config *factors = config->factors.items;
    for (size_t f = 0; f < config->factors.count; f++) {
        if (text_same(factors[f].id, id))
            return f;
        if (factors[f].id)
            text_offer(id, factors[f].id, near);
    }
    return config->factors.count;
}

static void unknown_factor(const char *key, const char *id, const char *near,
                           struct place at, struct problems *problems)
{
    struct phrase quoted = phrase_quote(id);
    if (near)
        problems_add(problems, at, _("%s: no factor %s; did you mean '%s'?"),
                     key, quoted.text, near);
    else
        problems_add(problems, at, _("%s: no factor %s"), key, quoted.text);
}

static void check_id(const struct scenario_config *scenario,
                     const struct setting *map, struct problems *problems)
{
    if (!scenario->id)
        return;
    struct place at = setting_find(map, "id")->at;
    if (strcasecmp(scenario->id, SCENARIO_BASE) == 0)
        problems_add(problems, at,
                     _("id: 'base' is the project itself. Give the scenario "
                       "another name"));
    if (strlen(scenario->id) > ID_MAX)
        problems_add(problems, at,
                     _("id: %s has %zu characters; a scenario's id has 40 at "
                       "most"),
                     phrase_quote(scenario->id).text, strlen(scenario->id));
}

/* What the scenario's own weights leave for the other factors. */
struct rest {
    double given; /* sum of its own weights */
    double other; /* sum of the project's weights of the other factors */
};

static bool sum_weights(const struct config *config,
                        const struct scenario_config *scenario,
                        const struct setting *map, struct problems *problems,
                        struct rest *rest)
{
    const struct factor_config *factors = config->factors.items;
    const struct setting *weights = setting_find(map, "weights");
    bool fine = true;
    *rest = (struct rest){0, 0};
    for (size_t f = 0; f < config->factors.count; f++)
        rest->other += factors[f].weight;
    for (size_t i = 0; i < scenario->weights.count; i++) {
        const struct table_row *row = &scenario->weights.items[i];
        const char *near = NULL;
        size_t f = find_factor(config, row->key, &near);
        if (f < config->factors.count) {
            scenario->factor_weights[f] = row->value;
            rest->given += row->value;
            rest->other -= factors[f].weight;
            continue;
        }
        fine = false;
        unknown_factor("weights", row->key, near,
                       setting_find(weights, row->key)->key_at, problems);
    }
    return fine;
}

/* Fills in the weights that are not given, and scales all to sum 1. */
static void share_rest(const struct config *config,
                       struct scenario_config *scenario, struct place at,
                       struct rest rest, struct problems *problems)
{
    const struct factor_config *factors = config->factors.items;
    double left = 1 - rest.given, sum = 0;
    bool all = scenario->weights.count == config->factors.count;
    if (left < -1e-9 && !all)
        problems_add(problems, at,
                     _("weights: they sum to %.15g, which leaves nothing for "
                       "the other factors. Let the sum be 1 at most, or name "
                       "every factor"),
                     rest.given);
    for (size_t f = 0; f < config->factors.count; f++) {
        double *weight = &scenario->factor_weights[f];
        if (*weight < 0)
            *weight = left > 0 && rest.other > 1e-12
                          ? factors[f].weight * left / rest.other
                          : 0;
        sum += *weight;
    }
    if (!(sum > 0))
        problems_add(problems, at,
                     _("weights: they sum to 0. Give some factor a weight"));
    for (size_t f = 0; sum > 0 && f < config->factors.count; f++)
        scenario->factor_weights[f] /= sum;
}

static enum terramis_status check_weights_of(struct config *config,
                                             struct scenario_config *scenario,
                                             const struct setting *map,
                                             struct problems *problems)
{
    struct rest rest;
    if (scenario->weights.count == 0)
        return TERRAMIS_OK;
    scenario->factor_weights =
        arena_alloc(&config->arena, config->factors.count, sizeof(double));
    if (!scenario->factor_weights)
        return status_no_memory();
    for (size_t f = 0; f < config->factors.count; f++)
        scenario->factor_weights[f] = -1; /* not given */
    if (sum_weights(config, scenario, map, problems, &rest))
        share_rest(config, scenario, setting_find(map, "weights")->at, rest,
                   problems);
    return TERRAMIS_OK;
}

static double or_else(double own, double project)
{
    return own == own ? own : project;
}

static void fill_in(const struct config *config,
                    struct scenario_config *scenario)
{
    struct class_config *own = &scenario->classes;
    const struct class_config *given = &config->classes;
    own->s1 = or_else(own->s1, given->s1);
    own->s2 = or_else(own->s2, given->s2);
    own->s3 = or_else(own->s3, given->s3);
    own->n1 = or_else(own->n1, given->n1);
    scenario->rate = or_else(scenario->rate, config->planting.rate);
    scenario->min_plantable =
        or_else(scenario->min_plantable, config->parcels.min_plantable);
    if (scenario->outlets.count == 0)
        scenario->outlets = config->planting.outlets;
    if (!scenario->title)
        scenario->title = scenario->id;
}

enum terramis_status check_scenarios(struct config *config,
                                     const struct setting *root,
                                     struct problems *problems)
{
    struct scenario_config *scenarios = config->scenarios.items;
    const struct setting *list = setting_find(root, "scenarios");
    for (size_t i = 0; i < config->scenarios.count; i++) {
        const struct setting *map = &list->items[i];
        fill_in(config, &scenarios[i]);
        check_id(&scenarios[i], map, problems);
        check_class_limits(&scenarios[i].classes, map, problems);
        TRY(check_weights_of(config, &scenarios[i], map, problems));
    }
    return TERRAMIS_OK;
}

void check_penalties(struct config *config, const struct setting *root,
                     struct problems *problems)
{
    struct penalty_config *penalties = config->yields.penalties.items;
    const struct setting *list =
        setting_find(setting_find(root, "yield"), "penalties");
    for (size_t i = 0; i < config->yields.penalties.count; i++) {
        const char *near = NULL;
        if (!penalties[i].factor)
            continue;
        penalties[i].position = find_factor(config, penalties[i].factor, &near);
        if (penalties[i].position == config->factors.count)
            unknown_factor("factor", penalties[i].factor, near,
                           setting_find(&list->items[i], "factor")->at,
                           problems);
    }
}
