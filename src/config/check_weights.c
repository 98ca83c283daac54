#include <math.h>
#include <string.h>

#include "config/check.h"
#include "param/phrase.h"

static size_t find_group(const struct config *config, const char *id,
                         const char **near)
{
    const struct group_config *groups = config->groups.items;
    for (size_t g = 0; g < config->groups.count; g++) {
        if (text_same(groups[g].id, id))
            return g;
        if (groups[g].id && near)
            text_offer(id, groups[g].id, near);
    }
    return WEIGHTS_NO_GROUP;
}

/* Without groups: the groups are those that the factors name. */
static enum terramis_status derive_groups(struct config *config)
{
    const struct factor_config *factors = config->factors.items;
    struct group_config *groups =
        arena_alloc(&config->arena, config->factors.count, sizeof *groups);
    if (!groups)
        return status_no_memory();
    config->groups = (struct list){.items = groups};
    for (size_t i = 0; i < config->factors.count; i++)
        if (factors[i].group &&
            find_group(config, factors[i].group, NULL) == WEIGHTS_NO_GROUP)
            groups[config->groups.count++] =
                (struct group_config){.at = factors[i].layer.at,
                                      .id = factors[i].group,
                                      .weight = NAN};
    return TERRAMIS_OK;
}

/* Ids of groups and factors stand side by side in judgements and messages. */
static void check_group_ids(const struct config *config,
                            struct problems *problems)
{
    const struct factor_config *factors = config->factors.items;
    const struct group_config *groups = config->groups.items;
    for (size_t g = 0; g < config->groups.count; g++)
        for (size_t i = 0; i < config->factors.count; i++)
            if (text_same(groups[g].id, factors[i].id))
                problems_add(problems, groups[g].at,
                             _("group: %s is the id of a factor too. Give the "
                               "group another name"),
                             phrase_quote(groups[g].id).text);
}

static enum terramis_status find_groups(struct config *config,
                                        const struct setting *root,
                                        struct problems *problems)
{
    struct factor_config *factors = config->factors.items;
    const struct setting *list = setting_find(root, "factors");
    if (config->groups.count == 0)
        TRY(derive_groups(config));
    for (size_t i = 0; i < config->factors.count; i++) {
        const char *near = NULL;
        factors[i].group_index = WEIGHTS_NO_GROUP;
        if (!factors[i].group)
            continue;
        factors[i].group_index = find_group(config, factors[i].group, &near);
        if (factors[i].group_index != WEIGHTS_NO_GROUP)
            continue;
        struct place at = setting_find(&list->items[i], "group")->at;
        struct phrase quoted = phrase_quote(factors[i].group);
        if (near)
            problems_add(problems, at,
                         _("group: unknown group %s; did you mean '%s'?"),
                         quoted.text, near);
        else
            problems_add(problems, at,
                         _("group: unknown group %s. List it under groups:"),
                         quoted.text);
    }
    check_group_ids(config, problems);
    return TERRAMIS_OK;
}

/* What the weighting sees of the factors. */
static enum terramis_status make_task(struct config *config,
                                      const struct setting *root,
                                      struct weights_task *task)
{
    const struct factor_config *factors = config->factors.items;
    const struct group_config *groups = config->groups.items;
    const struct setting *list = setting_find(root, "factors");
    struct weights_item *items =
        arena_alloc(&config->arena, config->factors.count, sizeof *items);
    struct weights_group *to =
        arena_alloc(&config->arena, config->groups.count + 1, sizeof *to);
    if (!items || !to)
        return status_no_memory();
    for (size_t i = 0; i < config->factors.count; i++)
        items[i] = (struct weights_item){
            .id = factors[i].id,
            .group = factors[i].group_index,
            /* what is no map has been complained about */
            .given = list->items[i].kind != SETTING_MAP ||
                     setting_find(&list->items[i], "weight"),
            .weight = factors[i].weight,
            .at = list->items[i].at};
    for (size_t g = 0; g < config->groups.count; g++)
        to[g] = (struct weights_group){groups[g].id, groups[g].weight,
                                       groups[g].at};
    task->items = items;
    task->count = config->factors.count;
    task->groups = to;
    task->group_count = config->groups.count;
    return TERRAMIS_OK;
}

/* Weights in the file that the method does not read. */
static void refuse_given(const struct config *config,
                         const struct setting *root, const char *key,
                         struct problems *problems)
{
    const struct setting *list = setting_find(root, key);
    for (size_t i = 0; list && list->kind == SETTING_LIST && i < list->count;
         i++) {
        const struct setting *weight = setting_find(&list->items[i], "weight");
        if (weight)
            problems_add(problems, weight->key_at,
                         _("weight: the weights come from weights: {kind: %s}. "
                           "Delete this one"),
                         config->weights.op->name);
    }
}

enum terramis_status check_weights(struct config *config,
                                   const struct setting *root,
                                   struct problems *problems)
{
    struct factor_config *factors = config->factors.items;
    const struct setting *list = setting_find(root, "factors");
    if (config->factors.count == 0 || !config->weights.op)
        return TERRAMIS_OK;
    const struct weighting_op *op = weighting_of(&config->weights);
    struct weights_task task = {.params = config->weights.params,
                                .at = config->weights.at,
                                .arena = &config->arena,
                                .problems = problems,
                                .report = &config->report};
    size_t before = problems->found;
    TRY(find_groups(config, root, problems));
    TRY(make_task(config, root, &task));
    if (op->direct) {
        task.at = list->at;
    } else {
        refuse_given(config, root, "factors", problems);
        refuse_given(config, root, "groups", problems);
    }
    if (problems->found > before) /* else one mistake, many complaints */
        return TERRAMIS_OK;
    TRY(op->solve(&task));
    for (size_t i = 0; i < config->factors.count; i++)
        factors[i].weight = task.items[i].weight;
    return TERRAMIS_OK;
}
