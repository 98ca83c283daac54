/* terramis weights: how the factors' weights came about, whether the judgements
 * behind them agree, and how the factors are combined. */
#include <stdlib.h>

#include "param/json.h"
#include "run/project.h"
#include "score/order.h"

static void add_text(json_object *o, const char *key, const char *text)
{
    json_object_object_add(o, key, text ? json_object_new_string(text) : NULL);
}

static void add_real(json_object *o, const char *key, double value)
{
    json_object_object_add(o, key, json_object_new_double(value));
}

static void print_factors(const struct config *config, FILE *stream)
{
    const struct factor_config *f = config->factors.items;
    fprintf(stream, "%-24s %-16s %10s\n", _("factor"), _("group"), _("weight"));
    for (size_t i = 0; i < config->factors.count; i++)
        fprintf(stream, "%-24s %-16s %10.4f\n", f[i].id,
                f[i].group ? f[i].group : "", f[i].weight);
}

static void print_judgements(const struct weights_set *set, FILE *stream)
{
    for (size_t i = 0; i < set->completed_count; i++) {
        const struct weights_judgement *j = &set->completed[i];
        fprintf(stream, _("    completed: %s / %s = %s\n"), j->a, j->b,
                weights_ratio(j->value).text);
    }
    for (size_t i = 0; i < set->worst_count; i++) {
        const struct weights_judgement *j = &set->worst[i];
        fprintf(stream,
                _("    least consistent: %s / %s = %s; with %s CR would be "
                  "%.3f\n"),
                j->a, j->b, weights_ratio(j->value).text,
                weights_ratio(j->better).text, j->cr);
    }
}

static void print_set(const struct weights_report *report,
                      const struct weights_set *set, FILE *stream)
{
    if (set->count < 2)
        return;
    fprintf(stream,
            _("\n%s: %zu elements, lambda_max %.4f, CI %.4f, RI %.4g (%s), CR "
              "%.3f (%.2f at most)\n"),
            set->group ? set->group : _("top"), set->count, set->lambda_max,
            set->ci, set->ri, report->random_index, set->cr, report->max_cr);
    for (size_t i = 0; i < set->count; i++)
        fprintf(stream, "    %-36s %10.4f\n", set->ids[i], set->weight[i]);
    print_judgements(set, stream);
}

static bool weights_differ(const struct config *config)
{
    const struct factor_config *f = config->factors.items;
    for (size_t i = 1; i < config->factors.count; i++)
        if (f[i].weight != f[0].weight)
            return true;
    return false;
}

static void print_rule(const struct combiner_bound *rule, FILE *stream)
{
    if (!rule->op->order)
        return;
    const double *order = rule->op->order(rule->params);
    fputs(_("    order weights, the least membership first:"), stream);
    for (size_t i = 0; i < rule->inputs; i++)
        fprintf(stream, " %.4f", order[i]);
    fprintf(stream,
            _("\n    andness %.4f, orness (risk) %.4f, trade-off %.4f\n"),
            order_andness(order, rule->inputs),
            1 - order_andness(order, rule->inputs),
            order_trade_off(order, rule->inputs));
}

static void print_combination(const struct config *config,
                              const struct combination *c, FILE *stream)
{
    const struct combiner_op *op = c->rule.op;
    const struct factor_config *f = config->factors.items;
    fprintf(stream, _("\ncombination: %s. %s\n"), op->op.name,
            _(op->op.summary));
    fprintf(stream, _("source: %s\n"), op->op.source);
    print_rule(&c->rule, stream);
    if (!op->monotone && weights_differ(config))
        fputs(_("    with different weights a score can fall when a membership "
                "rises past another; wowa does not\n"),
              stream);
    if (op->unweighted && weights_differ(config))
        fputs(_("    this rule does not use the weights\n"), stream);
    for (size_t g = 0; g < c->group_count; g++) {
        const struct combination_group *group = &c->groups[g];
        fprintf(stream, _("inside %s: %s\n"), f[group->factors[0]].group,
                group->rule.op->op.name);
        print_rule(&group->rule, stream);
    }
}

static void print_text(const struct config *config,
                       const struct combination *combination, FILE *stream)
{
    const struct operator* op = config->weights.op;
    const struct weights_report *report = &config->report;
    fprintf(stream, _("method: %s. %s\n"), op->name, _(op->summary));
    fprintf(stream, _("source: %s\n\n"), op->source);
    print_factors(config, stream);
    for (size_t i = 0; i < report->count; i++)
        print_set(report, &report->sets[i], stream);
    print_combination(config, combination, stream);
}

static json_object *judgements_json(const struct weights_judgement *items,
                                    size_t count, bool advice)
{
    json_object *list = json_object_new_array();
    for (size_t i = 0; i < count; i++) {
        json_object *o = json_object_new_object();
        add_text(o, "a", items[i].a);
        add_text(o, "b", items[i].b);
        add_real(o, "value", items[i].value);
        if (advice) {
            add_real(o, "better", items[i].better);
            add_real(o, "cr", items[i].cr);
        }
        json_object_array_add(list, o);
    }
    return list;
}

static json_object *set_json(const struct weights_set *set)
{
    json_object *o = json_object_new_object();
    json_object *elements = json_object_new_object();
    for (size_t i = 0; i < set->count; i++)
        add_real(elements, set->ids[i], set->weight[i]);
    add_text(o, "group", set->group);
    json_object_object_add(o, "weights", elements);
    add_real(o, "lambda_max", set->lambda_max);
    add_real(o, "ci", set->ci);
    add_real(o, "ri", set->ri);
    add_real(o, "cr", set->cr);
    json_object_object_add(
        o, "completed",
        judgements_json(set->completed, set->completed_count, false));
    json_object_object_add(o, "least_consistent",
                           judgements_json(set->worst, set->worst_count, true));
    return o;
}

static json_object *factors_json(const struct config *config)
{
    const struct factor_config *f = config->factors.items;
    json_object *list = json_object_new_array();
    for (size_t i = 0; i < config->factors.count; i++) {
        json_object *o = json_object_new_object();
        add_text(o, "id", f[i].id);
        add_text(o, "group", f[i].group);
        add_real(o, "weight", f[i].weight);
        json_object_array_add(list, o);
    }
    return list;
}

static json_object *rule_json(const struct combiner_bound *rule)
{
    json_object *o = json_object_new_object();
    add_text(o, "kind", rule->op->op.name);
    if (!rule->op->order)
        return o;
    const double *order = rule->op->order(rule->params);
    json_object *list = json_object_new_array();
    for (size_t i = 0; i < rule->inputs; i++)
        json_object_array_add(list, json_object_new_double(order[i]));
    json_object_object_add(o, "order_weights", list);
    add_real(o, "andness", order_andness(order, rule->inputs));
    add_real(o, "orness", 1 - order_andness(order, rule->inputs));
    add_real(o, "trade_off", order_trade_off(order, rule->inputs));
    return o;
}

static json_object *combination_json(const struct config *config,
                                     const struct combination *c)
{
    const struct factor_config *f = config->factors.items;
    json_object *o = rule_json(&c->rule), *groups = json_object_new_object();
    for (size_t g = 0; g < c->group_count; g++)
        json_object_object_add(groups, f[c->groups[g].factors[0]].group,
                               rule_json(&c->groups[g].rule));
    json_object_object_add(o, "inside", groups);
    return o;
}

static enum terramis_status print_json(const struct config *config,
                                       const struct combination *combination,
                                       FILE *stream)
{
    const struct weights_report *report = &config->report;
    json_object *root = json_object_new_object();
    add_text(root, "method", config->weights.op->name);
    add_text(root, "source", config->weights.op->source);
    json_object_object_add(root, "factors", factors_json(config));
    if (report->random_index) {
        json_object *sets = json_object_new_array();
        for (size_t i = 0; i < report->count; i++)
            if (report->sets[i].count > 0)
                json_object_array_add(sets, set_json(&report->sets[i]));
        add_text(root, "random_index", report->random_index);
        add_real(root, "max_cr", report->max_cr);
        json_object_object_add(root, "sets", sets);
    }
    json_object_object_add(root, "combination",
                           combination_json(config, combination));
    return json_print(root, stream);
}

enum terramis_status terramis_weights(const struct terramis_options *options,
                                      FILE *stream)
{
    struct project project;
    struct combination combination = {.factors = 0};
    enum terramis_status status = project_open(&project, options, false);
    if (status == TERRAMIS_OK)
        status = combination_open(&combination, &project.config);
    if (status == TERRAMIS_OK && options->json)
        status = print_json(&project.config, &combination, stream);
    else if (status == TERRAMIS_OK)
        print_text(&project.config, &combination, stream);
    combination_release(&combination);
    project_release(&project);
    return status_end(status);
}
