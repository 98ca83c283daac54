#include "param/schema_build.h"

#include <math.h>
#include <string.h>

#include "param/json.h"
#include "param/notation.h"
#include "param/phrase.h"

void schema_put(struct schema *s, struct json_object *map, const char *key,
                struct json_object *value)
{
    json_put(map, key, value, &s->broken);
}

void schema_append(struct schema *s, struct json_object *list,
                   struct json_object *value)
{
    json_append(list, value, &s->broken);
}

static struct json_object *string(const char *text)
{
    return json_object_new_string(text);
}

static struct json_object *strings(struct schema *s, const char *const *texts)
{
    struct json_object *list = json_object_new_array();
    for (; *texts; texts++)
        schema_append(s, list, string(*texts));
    return list;
}

void schema_put_type(struct schema *s, struct json_object *map,
                     const char *type, bool or_null)
{
    const char *const both[] = {type, "null", NULL};
    schema_put(s, map, "type", or_null ? strings(s, both) : string(type));
}

static void put_range(struct schema *s, struct json_object *map,
                      const struct param *row)
{
    if (!phrase_has_range(row))
        return;
    if (!isinf(row->min))
        schema_put(s, map, "minimum", json_number(row->min));
    if (!isinf(row->max))
        schema_put(s, map, "maximum", json_number(row->max));
}

static struct json_object *number_schema(struct schema *s,
                                         const struct param *row)
{
    struct json_object *schema = json_object_new_object();
    schema_put(s, schema, "type", string("number"));
    put_range(s, schema, row);
    return schema;
}

/* Texts may be written without quotes, so that YAML takes them for numbers. */
static void put_scalar(struct schema *s, struct json_object *schema,
                       const struct param *row)
{
    static const char *const any[] = {"string", "number", "boolean", NULL};
    schema_put(s, schema, "type", strings(s, any));
    if (row->type == PARAM_ID) {
        schema_put(s, schema, "pattern", string("^[A-Za-z0-9][A-Za-z0-9_-]*$"));
        schema_put(s, schema, "maxLength", json_number(PARAM_ID_MAX));
        schema_put(s, schema, "minimum", json_number(0)); /* no "-" in front */
        schema_put(s, schema, "multipleOf",
                   json_number(1)); /* no point in it */
    }
    if (row->type == PARAM_PATH)
        schema_put(s, schema, "minLength", json_number(1));
}

static struct json_object *names(struct schema *s, const struct param *row)
{
    const struct registry *registry = &s->registries[row->registry];
    struct json_object *list = json_object_new_array();
    for (size_t i = 0; i < registry->count; i++)
        schema_append(s, list, string(registry->ops[i]->name));
    return list;
}

static struct json_object *point_schema(struct schema *s,
                                        const struct param *row)
{
    struct param any = {0};
    struct json_object *schema = json_object_new_object();
    struct json_object *pair = json_object_new_array();
    schema_append(s, pair, number_schema(s, &any));
    schema_append(s, pair, number_schema(s, row));
    schema_put(s, schema, "type", string("array"));
    schema_put(s, schema, "items", pair);
    schema_put(s, schema, "minItems", json_number(2));
    schema_put(s, schema, "maxItems", json_number(2));
    return schema;
}

static struct json_object *item_schema(struct schema *s,
                                       const struct param *row)
{
    if (row->type == PARAM_LIST)
        return schema_map(s, row->rows, false);
    if (row->type == PARAM_POINTS)
        return point_schema(s, row);
    if (row->type == PARAM_REALS)
        return number_schema(s, row);
    struct json_object *schema = json_object_new_object();
    if (row->type == PARAM_NAMES)
        schema_put(s, schema, "enum", names(s, row));
    else if (row->type == PARAM_CHOICES)
        schema_put(s, schema, "enum", strings(s, row->choices));
    else
        put_scalar(s, schema, row);
    return schema;
}

static void put_list(struct schema *s, struct json_object *schema,
                     const struct param *row)
{
    size_t least = row->type == PARAM_POINTS ? 2
                   : row->count              ? row->count
                   : row->required           ? 1
                                             : 0;
    schema_put_type(s, schema, "array", !row->required);
    schema_put(s, schema, "items", item_schema(s, row));
    if (least)
        schema_put(s, schema, "minItems", json_number((double)least));
    if (row->count)
        schema_put(s, schema, "maxItems", json_number((double)row->count));
    if (row->type == PARAM_NAMES)
        schema_put(s, schema, "uniqueItems", json_object_new_boolean(1));
}

static struct json_object *type_schema(struct schema *s,
                                       const struct param *row)
{
    if (row->type == PARAM_GROUP)
        return schema_map(s, row->rows, !row->required);
    struct json_object *schema = json_object_new_object();
    switch (row->type) {
    case PARAM_BOOL:
        schema_put(s, schema, "type", string("boolean"));
        break;
    case PARAM_INT:
    case PARAM_REAL:
        schema_put(s, schema, "type",
                   string(row->type == PARAM_INT ? "integer" : "number"));
        put_range(s, schema, row);
        break;
    case PARAM_CHOICE:
        schema_put(s, schema, "enum", strings(s, row->choices));
        break;
    case PARAM_OPERATOR:
        schema_put(s, schema, "enum", names(s, row));
        break;
    case PARAM_TABLE:
        schema_put_type(s, schema, "object", !row->required);
        schema_put(s, schema, "additionalProperties", number_schema(s, row));
        if (row->required)
            schema_put(s, schema, "minProperties", json_number(1));
        break;
    case PARAM_TEXT:
    case PARAM_ID:
    case PARAM_PATH:
        put_scalar(s, schema, row);
        break;
    default:
        put_list(s, schema, row);
    }
    return schema;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the preset's brackets */
static struct json_object *value_of(struct schema *s, const struct param *row,
                                    const struct setting *setting)
{
    bool numbers = row->type == PARAM_INT || row->type == PARAM_REAL ||
                   row->type == PARAM_POINTS || row->type == PARAM_REALS ||
                   row->type == PARAM_TABLE;
    double value;
    if (setting->kind == SETTING_SCALAR && row->type == PARAM_BOOL)
        return json_object_new_boolean(text_same(setting->text, "true"));
    if (setting->kind == SETTING_SCALAR)
        return numbers && text_to_real(setting->text, &value)
                   ? json_number(value)
                   : string(setting->text);
    bool map = setting->kind == SETTING_MAP;
    struct json_object *all =
        map ? json_object_new_object() : json_object_new_array();
    for (size_t i = 0; i < setting->count; i++) {
        const struct setting *item = &setting->items[i];
        if (map)
            schema_put(s, all, item->key, value_of(s, row, item));
        else
            schema_append(s, all, value_of(s, row, item));
    }
    return all;
}

static void put_description(struct schema *s, struct json_object *schema,
                            const struct param *row)
{
    struct text text = {0};
    text_add(&text, row->help ? row->help : "");
    if (row->unit)
        text_addf(&text, " Unit: %s.", row->unit);
    if (phrase_has_range(row))
        text_addf(&text, " Range: %s.", phrase_range(row, true).text);
    if (row->preset)
        text_addf(&text, " Default: %s.", row->preset);
    const struct registry *registry =
        row->type == PARAM_OPERATOR ? &s->registries[row->registry] : NULL;
    for (size_t i = 0; registry && i < registry->count; i++)
        text_addf(&text, "\n%s: %s", registry->ops[i]->name,
                  registry->ops[i]->summary ? registry->ops[i]->summary : "");
    s->broken |= text.broken;
    schema_put(s, schema, "description", string(text_get(&text)));
    text_release(&text);
}

struct json_object *schema_row(struct schema *s, const struct param *row)
{
    struct json_object *schema = type_schema(s, row);
    put_description(s, schema, row);
    struct setting preset;
    if (row->preset) {
        if (notation_parse(&s->arena, row->preset, &preset))
            schema_put(s, schema, "default", value_of(s, row, &preset));
        else
            s->broken = true;
    }
    return schema;
}
