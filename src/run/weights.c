/* terramis weights: how the factors' weights came about, and whether the
 * judgements behind them agree. */
#include <stdlib.h>

#include "param/json.h"
#include "run/project.h"

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

static void print_text(const struct config *config, FILE *stream)
{
    const struct operator* op = config->weights.op;
    const struct weights_report *report = &config->report;
    fprintf(stream, _("method: %s. %s\n"), op->name, _(op->summary));
    fprintf(stream, _("source: %s\n\n"), op->source);
    print_factors(config, stream);
    for (size_t i = 0; i < report->count; i++)
        print_set(report, &report->sets[i], stream);
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

static enum terramis_status print_json(const struct config *config,
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
    return json_print(root, stream);
}

enum terramis_status terramis_weights(const struct terramis_options *options,
                                      FILE *stream)
{
    struct project project;
    enum terramis_status status = project_open(&project, options, false);
    if (status == TERRAMIS_OK && options->json)
        status = print_json(&project.config, stream);
    else if (status == TERRAMIS_OK)
        print_text(&project.config, stream);
    project_release(&project);
    return status;
}
