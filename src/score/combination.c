#include "score/combination.h"

#include <stdlib.h>
#include <string.h>

enum {
    CHUNK = 256 /* cells at a time: the groups' scores stay in the cache */
};

static enum terramis_status bind(struct combiner_bound *bound,
                                 const struct operator_use *use, size_t inputs)
{
    *bound = (struct combiner_bound){.op = combiner_of(use), .inputs = inputs};
    if (use->op->params_size == 0)
        return TERRAMIS_OK;
    unsigned char *params;
    TRY(mem_new(&params, use->op->params_size, 1));
    memcpy(params, use->params, use->op->params_size);
    bound->params = params;
    return bound->op->bind ? bound->op->bind(params, inputs) : TERRAMIS_OK;
}

static enum terramis_status add_group(struct combination *c,
                                      const struct config *config, size_t group)
{
    const struct factor_config *factors = config->factors.items;
    const struct operator_use *use =
        config->combine_inside.op ? &config->combine_inside : &config->combine;
    struct combination_group *to = &c->groups[c->group_count++];
    size_t count = 0;
    TRY(mem_new(&to->factors, c->factors, sizeof *to->factors));
    for (size_t i = 0; i < c->factors; i++)
        if (factors[i].group_index == group)
            to->factors[count++] = i;
    return config_at_operator(config, use, bind(&to->rule, use, count));
}

static bool has_factors(const struct config *config, size_t group)
{
    const struct factor_config *factors = config->factors.items;
    for (size_t i = 0; i < config->factors.count; i++)
        if (factors[i].group_index == group)
            return true;
    return false;
}

static enum terramis_status check_counts(const struct config *config)
{
    const struct factor_config *factors = config->factors.items;
    struct place at = factors[0].layer.at;
    if (config->factors.count > FACTORS_MAX)
        return status_set(
            TERRAMIS_PROJECT,
            _("%s:%d:%d: factors: at most %d factors (%zu given)"),
            config->path, at.line, at.column, FACTORS_MAX,
            config->factors.count);
    if (config->groups.count > GROUPS_MAX)
        return status_set(TERRAMIS_PROJECT,
                          _("%s:%d:%d: groups: at most %d groups (%zu given)"),
                          config->path, at.line, at.column, GROUPS_MAX,
                          config->groups.count);
    return TERRAMIS_OK;
}

enum terramis_status combination_open(struct combination *c,
                                      const struct config *config)
{
    const struct factor_config *factors = config->factors.items;
    *c = (struct combination){.factors = config->factors.count};
    TRY(check_counts(config));
    TRY(mem_new(&c->alone, c->factors, sizeof *c->alone));
    for (size_t g = 0; g < config->groups.count; g++)
        if (has_factors(config, g))
            TRY(add_group(c, config, g));
    for (size_t i = 0; i < c->factors; i++)
        if (factors[i].group_index == WEIGHTS_NO_GROUP)
            c->alone[c->alone_count++] = i;
    return config_at_operator(
        config, &config->combine,
        bind(&c->rule, &config->combine, c->group_count + c->alone_count));
}

void combination_release(struct combination *c)
{
    for (size_t g = 0; g < c->group_count; g++) {
        free(c->groups[g].rule.params);
        free(c->groups[g].factors);
    }
    free(c->rule.params);
    free(c->alone);
    *c = (struct combination){.factors = 0};
}

/* Memberships (not scores) of a group, from cell `start` on; returns its
 * weight. */
static double run_group(const struct combination_group *g,
                        const float *const *x, const double *weight,
                        size_t start, size_t cells, float *membership)
{
    const float *rows[FACTORS_MAX];
    double own[FACTORS_MAX], sum = 0;
    for (size_t k = 0; k < g->rule.inputs; k++) {
        rows[k] = x[g->factors[k]] + start;
        sum += own[k] = weight[g->factors[k]];
    }
    g->rule.op->run(g->rule.params, rows, own, g->rule.inputs, cells,
                    membership);
    for (size_t i = 0; i < cells; i++)
        membership[i] /= 100;
    return sum;
}

static void run_chunk(const struct combination *c, const float *const *x,
                      const double *weight, size_t start, size_t cells,
                      float *score)
{
    float memberships[GROUPS_MAX][CHUNK];
    const float *rows[FACTORS_MAX + GROUPS_MAX];
    double own[FACTORS_MAX + GROUPS_MAX];
    size_t count = 0;
    for (size_t g = 0; g < c->group_count; g++) {
        own[count] =
            run_group(&c->groups[g], x, weight, start, cells, memberships[g]);
        rows[count++] = memberships[g];
    }
    for (size_t k = 0; k < c->alone_count; k++) {
        own[count] = weight[c->alone[k]];
        rows[count++] = x[c->alone[k]] + start;
    }
    c->rule.op->run(c->rule.params, rows, own, count, cells, score + start);
}

void combination_run(const struct combination *c, const float *const *x,
                     const double *weight, size_t cells, float *score)
{
    if (c->group_count == 0) {
        c->rule.op->run(c->rule.params, x, weight, c->factors, cells, score);
        return;
    }
    for (size_t start = 0; start < cells; start += CHUNK)
        run_chunk(c, x, weight, start,
                  cells - start < CHUNK ? cells - start : CHUNK, score);
}

bool combination_adds_up(const struct config *config)
{
    const struct operator* inside = config->combine_inside.op;
    bool groups = config->groups.count > 0;
    return text_same(config->combine.op->name, "wlc") &&
           (!groups || !inside || text_same(inside->name, "wlc"));
}
