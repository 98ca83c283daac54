#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "layer/profile.h"
#include "plan/internal.h"

/* The widest strip that any profile makes of a line: features that far outside
 * a territory still reach into it. */
static double widest(const struct right_of_way *rule)
{
    double most = 0;
    for (size_t i = 0; i < rule->corridor_count; i++) {
        const struct corridor *c = &rule->corridors[i];
        most = fmax(most, c->carriageway / 2 + fmax(c->verge, c->setback));
    }
    return 2 * most; /* the layer may give wider carriageways */
}

static void warn_unknown(const struct marginal_layer *m)
{
    if (m->rights.unknown > 0)
        log_line(LOG_NOTE,
                 _("%s: %lld of %zu lines are of a nature without a "
                   "right-of-way (tracks, paths, ...); %lld on bridges or in "
                   "tunnels"),
                 layer_title(m->config), m->rights.unknown, m->vector.count,
                 m->rights.tunnels_and_bridges);
}

static enum terramis_status read_network(struct plan *plan,
                                         struct marginal_layer *m,
                                         const struct profile *profile)
{
    const struct right_of_way *rule = profile->right_of_way;
    const char *fields[RIGHTS_OF_WAY_FIELDS + 1];
    size_t count;
    rights_of_way_fields(rule, fields, &count);
    fields[count++] = profile->label ? profile->label : "";
    struct vector_request request = plan_request(plan, m->config);
    request.reach = widest(rule);
    request.fields = fields;
    request.field_count = count;
    m->is_network = true;
    TRY(vector_read(&m->vector, &request));
    TRY(rights_of_way_build(&m->rights, rule, &m->vector, plan->threads));
    warn_unknown(m);
    return TERRAMIS_OK;
}

enum terramis_status plan_read_marginal(struct plan *plan, size_t i,
                                        struct plan_layer *layer)
{
    struct marginal_layer *m = &plan->marginal[i];
    const struct profile *profile = profile_of(&m->config->profile);
    bool network = m->kind == KIND_RIGHT_OF_WAY && profile &&
                   profile->right_of_way && m->config->buffer <= 0;
    if (network) {
        TRY(read_network(plan, m, profile));
    } else {
        const char *fields[EVIDENCE_FIELDS_MAX];
        size_t count;
        evidence_fields(m->config, m->kind, fields, &count);
        struct vector_request request = plan_request(plan, m->config);
        request.areas = true;
        request.fields = fields;
        request.field_count = count;
        TRY(vector_read(&m->vector, &request));
    }
    plan->evidence[i] = evidence_of(m->config, m->kind,
                                    network ? &m->rights.corridor : &m->vector);
    evidence_check(&plan->evidence[i]);
    *layer = (struct plan_layer){.role = marginal_kind_names[m->kind],
                                 .config = m->config,
                                 .vector = &m->vector,
                                 .rights = network ? &m->rights : NULL};
    return TERRAMIS_OK;
}

enum terramis_status plan_list_marginal(struct plan *plan, size_t *count)
{
    const struct marginal_config *config = &plan->config->marginal;
    const struct list *lists[KIND_COUNT] = {
        &config->polluted_soil, &config->catchment, &config->right_of_way};
    *count = 0;
    for (int kind = 0; kind < KIND_COUNT; kind++)
        *count += lists[kind]->count;
    TRY(mem_new(&plan->marginal, *count, sizeof *plan->marginal));
    TRY(mem_new(&plan->evidence, *count, sizeof *plan->evidence));
    for (int kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = 0; i < lists[kind]->count; i++) {
            const struct layer_config *layers = lists[kind]->items;
            struct marginal_layer *m = &plan->marginal[plan->marginal_count++];
            m->kind = (enum marginal_kind)kind;
            m->config = &layers[i];
        }
    return TERRAMIS_OK;
}

/* Once more, without setback and with names: what a map writes along a river
 * needs its line, and of the areas around it only the outline is left. */
static enum terramis_status read_named(const struct plan *plan,
                                       struct constraint *constraint,
                                       const struct layer_config *layer)
{
    const struct profile *profile = profile_of(&layer->profile);
    if (!profile || !profile->label)
        return TERRAMIS_OK;
    struct vector_request request = plan_request(plan, layer);
    request.again = true;
    request.fields = &profile->label;
    request.field_count = 1;
    return vector_read(&constraint->named, &request);
}

enum terramis_status plan_list_constraints(struct plan *plan, size_t *count)
{
    const struct list *list = &plan->config->constraints;
    const struct constraint_config *configs = list->items;
    if (list->count >= LAND_CONSTRAINTS_MAX)
        return status_set(TERRAMIS_PROJECT,
                          _("%s:%d:%d: constraints: at most %d (%zu given). "
                            "Put layers with the same setback into one file"),
                          plan->config->path, configs[0].layer.at.line,
                          configs[0].layer.at.column, LAND_CONSTRAINTS_MAX - 1,
                          list->count);
    TRY(mem_new(&plan->constraints, list->count, sizeof *plan->constraints));
    for (size_t i = 0; i < list->count; i++)
        plan->constraints[i].id = configs[i].id;
    *count = plan->constraint_count = list->count;
    return TERRAMIS_OK;
}

enum terramis_status plan_read_constraint(struct plan *plan, size_t i,
                                          struct plan_layer *layer)
{
    const struct constraint_config *configs = plan->config->constraints.items;
    struct constraint *constraint = &plan->constraints[i];
    struct vector_request request = plan_request(plan, &configs[i].layer);
    request.buffer = configs[i].setback;
    request.areas = true;
    TRY(vector_read(&constraint->vector, &request));
    *layer = (struct plan_layer){.role = N_("constraint"),
                                 .id = constraint->id,
                                 .config = request.layer,
                                 .vector = &constraint->vector};
    return TERRAMIS_OK;
}

/* Adds a vector to a set; the sets lie one after the other in plan->sets. */
static void add(struct area_set *set, const struct vector **memory,
                size_t *used, const struct vector *vector)
{
    if (set->count == 0)
        set->vectors = memory + *used;
    memory[(*used)++] = vector;
    set->count++;
}

/* What the labels of land.h mean. The kept-free strips of networks are the
 * last constraint, and no right-of-way either. */
static struct mosaic_rule make_rule(size_t constraints)
{
    struct mosaic_rule rule = {.territory = (uint64_t)1 << LAND_TERRITORY,
                               .kind_count = KIND_COUNT,
                               .first_constraint = LAND_CONSTRAINTS,
                               .constraint_count = (int)constraints};
    for (int k = 0; k < KIND_COUNT; k++)
        rule.kinds[k] = (uint64_t)1 << (LAND_KINDS + k);
    rule.holes[KIND_RIGHT_OF_WAY] =
        (uint64_t)1 << (LAND_CONSTRAINTS + (int)constraints - 1);
    return rule;
}

enum terramis_status plan_make_overlay(struct plan *plan)
{
    struct overlay *overlay = &plan->overlay;
    size_t most = 2 * plan->marginal_count + plan->constraint_count, used = 0;
    size_t kept_free = plan->constraint_count;
    TRY(mem_new(&plan->sets, most, sizeof(const struct vector *)));
    for (size_t i = 0; i < plan->constraint_count; i++)
        add(&overlay->constraints[i], plan->sets, &used,
            &plan->constraints[i].vector);
    for (size_t i = 0; i < plan->marginal_count; i++)
        if (plan->marginal[i].is_network)
            add(&overlay->constraints[kept_free], plan->sets, &used,
                &plan->marginal[i].rights.kept_free);
    for (int kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = 0; i < plan->marginal_count; i++) {
            const struct marginal_layer *m = &plan->marginal[i];
            if ((int)m->kind == kind)
                add(&overlay->kinds[kind], plan->sets, &used,
                    m->is_network ? &m->rights.corridor : &m->vector);
        }
    overlay->constraint_count = plan->constraint_count + 1;
    overlay->rule = make_rule(overlay->constraint_count);
    return TERRAMIS_OK;
}

enum terramis_status plan_read_names(struct plan *plan)
{
    const struct constraint_config *configs = plan->config->constraints.items;
    for (size_t i = 0; i < plan->config->constraints.count; i++)
        TRY(read_named(plan, &plan->constraints[i], &configs[i].layer));
    return TERRAMIS_OK;
}
