#include <json-c/json.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "param/json.h"
#include "run/explain.h"

static json_object *number_or_null(double number)
{
    return isnan(number) ? NULL : json_object_new_double(number);
}

static bool is_text(size_t field)
{
    return field == EXPLAIN_ID || field == EXPLAIN_TERRITORY ||
           field == EXPLAIN_SOURCES || field == EXPLAIN_EXCLUDED_BY ||
           field == EXPLAIN_CLASS || field == EXPLAIN_SUBCLASS ||
           field == EXPLAIN_LIMITING || field == EXPLAIN_USE ||
           field == EXPLAIN_BASIS || field == EXPLAIN_WARNINGS;
}

static bool is_whole(size_t field)
{
    return field == EXPLAIN_RANK || field == EXPLAIN_RANK_LOW ||
           field == EXPLAIN_RANK_HIGH;
}

static json_object *field_of(const struct explained *e, size_t field)
{
    if (!e->texts[field])
        return NULL;
    if (is_text(field))
        return json_object_new_string(e->texts[field]);
    if (is_whole(field))
        return json_object_new_int((int)e->numbers[field]);
    return json_object_new_double(e->numbers[field]);
}

static json_object *factor_of(const struct explained_factor *factor,
                              const struct raise *raise)
{
    json_object *o = json_object_new_object();
    json_object_object_add(o, "id", json_object_new_string(factor->config->id));
    json_object_object_add(o, "weight",
                           json_object_new_double(factor->config->weight));
    json_object_object_add(o, "value", number_or_null(factor->value));
    json_object_object_add(o, "unit", json_object_new_string(factor->unit));
    json_object_object_add(o, "membership", number_or_null(factor->membership));
    if (factor->nearest)
        json_object_object_add(o, "nearest",
                               json_object_new_string(factor->nearest));
    json_object_object_add(o, "contribution",
                           number_or_null(factor->contribution));
    json_object_object_add(o, "membership_for_next_class",
                           number_or_null(raise->membership));
    json_object_object_add(o, "value_for_next_class",
                           number_or_null(raise->value));
    return o;
}

enum terramis_status explain_json(const struct explained *e, FILE *stream)
{
    struct raise *raises;
    enum suitability_class next = explain_next(e);
    TRY(mem_new(&raises, e->count, sizeof *raises));
    enum terramis_status status = explain_raises(e, raises);
    if (status != TERRAMIS_OK) {
        free(raises);
        return status;
    }
    json_object *root = json_object_new_object();
    json_object *list = json_object_new_array();
    size_t fields =
        e->config->uncertainty.on ? EXPLAIN_FIELDS : (size_t)EXPLAIN_FIXED;
    for (size_t i = 0; i < fields; i++)
        json_object_object_add(root, explain_names[i], field_of(e, i));
    json_object_object_add(
        root, "next_class",
        next == CLASS_NONE ? NULL : json_object_new_string(class_name(next)));
    for (size_t f = 0; f < e->count; f++)
        json_object_array_add(list, factor_of(&e->factors[f], &raises[f]));
    json_object_object_add(root, "factors", list);
    free(raises);
    return json_print(root, stream);
}
