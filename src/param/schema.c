#include "param/schema_build.h"

#include <string.h>

#include "param/read.h"

/* A map with operators: its properties are all that any operator could have,
 * and for each operator an if/then describes its own settings and forbids
 * those that only the others have. */

static void put_rows(struct schema *s, struct json_object *properties,
                     const struct param *rows)
{
    for (; rows && rows->name; rows++)
        if (*rows->name)
            schema_put(s, properties, rows->name, schema_row(s, rows));
}

static struct json_object *required(struct schema *s, const struct param *rows)
{
    struct json_object *list = json_object_new_array();
    for (; rows && rows->name; rows++)
        if (rows->required && !rows->unless)
            schema_append(s, list, json_object_new_string(rows->name));
    return list;
}

/* Either the keys of the rows that are required unless there is another key,
 * or that one. */
static void put_alternative(struct schema *s, struct json_object *schema,
                            const struct param *rows)
{
    struct json_object *all = json_object_new_array();
    const char *unless = NULL;
    for (; rows && rows->name; rows++)
        if (rows->required && rows->unless) {
            schema_append(s, all, json_object_new_string(rows->name));
            unless = rows->unless;
        }
    if (!unless) {
        json_object_put(all);
        return;
    }
    struct json_object *other = json_object_new_array();
    struct json_object *list = json_object_new_array();
    struct json_object *choices[] = {json_object_new_object(),
                                     json_object_new_object()};
    schema_append(s, other, json_object_new_string(unless));
    schema_put(s, choices[0], "required", other);
    schema_put(s, choices[1], "required", all);
    schema_append(s, list, choices[0]);
    schema_append(s, list, choices[1]);
    schema_put(s, schema, "anyOf", list);
}

static void put_required(struct schema *s, struct json_object *schema,
                         const struct param *rows)
{
    struct json_object *list = required(s, rows);
    if (json_object_array_length(list) > 0)
        schema_put(s, schema, "required", list);
    else
        json_object_put(list);
}

/* Could `key` stand in the map whatever operator `choice` names: as a key of
 * the map itself, or of an operator that another row names? */
static bool is_common(const struct schema *s, const struct param *rows,
                      const struct param *choice, const char *key)
{
    if (read_find(rows, key))
        return true;
    for (const struct param *row = rows; row->name; row++) {
        if (row->type != PARAM_OPERATOR || row == choice)
            continue;
        const struct registry *registry = &s->registries[row->registry];
        for (size_t i = 0; i < registry->count; i++)
            if (read_find(registry->ops[i]->params, key))
                return true;
    }
    return false;
}

/* Puts `key`: false for the settings that only other operators than `op`
 * (NULL: no operator is named) have. */
static void forbid_others(struct schema *s, struct json_object *properties,
                          const struct param *rows, const struct param *choice,
                          const struct operator* op)
{
    const struct registry *registry = &s->registries[choice->registry];
    for (size_t i = 0; i < registry->count; i++) {
        const struct param *row = registry->ops[i]->params;
        for (; row && row->name; row++)
            if (*row->name && !is_common(s, rows, choice, row->name) &&
                !(op && read_find(op->params, row->name)))
                schema_put(s, properties, row->name,
                           json_object_new_boolean(0));
    }
}

/* {"properties": {choice: {"const": op}}}, and choice must be there unless
 * `op` is its default; without `op`: choice is not there. */
static struct json_object *condition(struct schema *s,
                                     const struct param *choice,
                                     const struct operator* op)
{
    struct json_object *schema = json_object_new_object();
    struct json_object *list = json_object_new_array();
    schema_append(s, list, json_object_new_string(choice->name));
    if (!op) {
        struct json_object *there = json_object_new_object();
        schema_put(s, there, "required", list);
        schema_put(s, schema, "not", there);
        return schema;
    }
    struct json_object *properties = json_object_new_object();
    struct json_object *constant = json_object_new_object();
    schema_put(s, constant, "const", json_object_new_string(op->name));
    schema_put(s, properties, choice->name, constant);
    schema_put(s, schema, "properties", properties);
    if (choice->preset && strcmp(choice->preset, op->name) == 0)
        json_object_put(list);
    else
        schema_put(s, schema, "required", list);
    return schema;
}

static void append_rule(struct schema *s, struct json_object *rules,
                        const struct param *rows, const struct param *choice,
                        const struct operator* op)
{
    struct json_object *properties = json_object_new_object();
    if (op)
        put_rows(s, properties, op->params);
    forbid_others(s, properties, rows, choice, op);
    if (json_object_object_length(properties) == 0) {
        json_object_put(properties);
        return;
    }
    struct json_object *then = json_object_new_object();
    schema_put(s, then, "properties", properties);
    put_required(s, then, op ? op->params : NULL);
    struct json_object *rule = json_object_new_object();
    schema_put(s, rule, "if", condition(s, choice, op));
    schema_put(s, rule, "then", then);
    schema_append(s, rules, rule);
}

/* All that operators could have, described by the rules. */
static void put_union(struct schema *s, struct json_object *properties,
                      const struct registry *registry)
{
    for (size_t i = 0; i < registry->count; i++) {
        const struct param *row = registry->ops[i]->params;
        for (; row && row->name; row++)
            if (*row->name &&
                !json_object_object_get_ex(properties, row->name, NULL))
                schema_put(s, properties, row->name,
                           json_object_new_boolean(1));
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the rows are nested */
struct json_object *schema_map(struct schema *s, const struct param *rows,
                               bool or_null)
{
    struct json_object *schema = json_object_new_object();
    struct json_object *properties = json_object_new_object();
    struct json_object *rules = json_object_new_array();
    put_rows(s, properties, rows);
    for (const struct param *row = rows; row->name; row++) {
        if (row->type != PARAM_OPERATOR)
            continue;
        const struct registry *registry = &s->registries[row->registry];
        put_union(s, properties, registry);
        for (size_t i = 0; i < registry->count; i++)
            append_rule(s, rules, rows, row, registry->ops[i]);
        if (!row->preset && !row->required)
            append_rule(s, rules, rows, row, NULL);
    }
    schema_put_type(s, schema, "object", or_null);
    schema_put(s, schema, "additionalProperties", json_object_new_boolean(0));
    schema_put(s, schema, "properties", properties);
    put_required(s, schema, rows);
    put_alternative(s, schema, rows);
    if (json_object_array_length(rules) > 0)
        schema_put(s, schema, "allOf", rules);
    else
        json_object_put(rules);
    return schema;
}

struct json_object *schema_of(const struct param *rows,
                              const struct registry *registries)
{
    struct schema s = {.registries = registries};
    struct json_object *schema = schema_map(&s, rows, false);
    schema_put(
        &s, schema, "$schema",
        json_object_new_string("http://json-schema.org/draft-07/schema#"));
    arena_release(&s.arena);
    if (!s.broken)
        return schema;
    json_object_put(schema);
    return NULL;
}
