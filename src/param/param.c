#include "param/param.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "param/notation.h"
#include "param/phrase.h"
#include "param/read.h"

const struct operator*
    registry_find(const struct registry *registry, const char *name)
{
    for (size_t i = 0; registry && i < registry->count; i++)
        if (strcmp(registry->ops[i]->name, name) == 0)
            return registry->ops[i];
    return NULL;
}

const struct registry *read_registry(const struct param_reader *reader,
                                     const struct param *row)
{
    bool there =
        row->registry >= 0 && (size_t)row->registry < reader->registry_count;
    return there ? &reader->registries[row->registry] : NULL;
}

const struct param *read_find(const struct param *rows, const char *key)
{
    for (; *key && rows && rows->name; rows++)
        if (strcmp(rows->name, key) == 0)
            return rows;
    return NULL;
}

/* `best`: the nearest name there is, or NULL. */
static void unknown_operator(const struct param_reader *reader,
                             const struct registry *registry,
                             const struct setting *value, const char *best)
{
    const char *what = _(registry->what);
    struct phrase quoted = phrase_quote(value->text);
    struct text known = {0};
    for (size_t i = 0; i < registry->count; i++)
        text_addf(&known, "%s%s", i ? ", " : "", registry->ops[i]->name);
    if (best)
        problems_add(reader->problems, value->at,
                     _("unknown %s %s; did you mean '%s'?"), what, quoted.text,
                     best);
    else if (registry->count)
        problems_add(reader->problems, value->at, _("unknown %s %s. Known: %s"),
                     what, quoted.text, text_get(&known));
    else
        problems_add(reader->problems, value->at, _("unknown %s %s"), what,
                     quoted.text);
    text_release(&known);
}

const struct operator* read_operator(const struct param_reader *reader,
                                     const struct param *row,
                                     const struct setting *value)
{
    const struct registry *registry = read_registry(reader, row);
    const struct operator* op = registry_find(registry, value->text);
    if (op || !registry)
        return op;
    const char *best = NULL;
    for (size_t i = 0; i < registry->count; i++)
        text_offer(value->text, registry->ops[i]->name, &best);
    unknown_operator(reader, registry, value, best);
    return NULL;
}

static enum terramis_status use_operator(const struct param_reader *reader,
                                         const struct param *row,
                                         const struct setting *value,
                                         struct operator_use *use)
{
    if (setting_is_empty(value) || value->kind != SETTING_SCALAR) {
        const struct registry *registry = read_registry(reader, row);
        problems_add(reader->problems, value->at,
                     _("%s: expected the name of a %s, found %s"), row->name,
                     registry ? _(registry->what) : _("method"),
                     phrase_found(value).text);
        return TERRAMIS_OK;
    }
    const struct operator* op = read_operator(reader, row, value);
    if (op)
        *use = (struct operator_use){.op = op, .at = value->at};
    return TERRAMIS_OK;
}

static bool is_composite(enum param_type type)
{
    return type == PARAM_TEXTS || type == PARAM_NAMES ||
           type == PARAM_CHOICES || type == PARAM_POINTS ||
           type == PARAM_REALS || type == PARAM_TABLE || type == PARAM_GROUP ||
           type == PARAM_LIST;
}

static enum terramis_status read_value(const struct param_reader *reader,
                                       const struct param *row,
                                       const struct setting *value, void *field)
{
    if (row->type == PARAM_OPERATOR)
        return use_operator(reader, row, value, field);
    if (is_composite(row->type))
        return read_composite(reader, row, value, field);
    return read_scalar(reader, row, value, field);
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the rows are nested */
static enum terramis_status read_preset(const struct param_reader *reader,
                                        const struct param *row, void *field)
{
    if (row->type == PARAM_REAL && !row->preset)
        *(double *)field = NAN;
    if (row->type == PARAM_GROUP)
        return read_rows(reader, row->rows, NULL, field);
    if (!row->preset)
        return TERRAMIS_OK;
    struct setting preset;
    if (!notation_parse(reader->arena, row->preset, &preset))
        return status_no_memory();
    return read_value(reader, row, &preset, field);
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the rows are nested */
static enum terramis_status read_row(const struct param_reader *reader,
                                     const struct param *row,
                                     const struct setting *map, void *field)
{
    if (row->type == PARAM_PLACE) {
        *(struct place *)field = map ? map->at : (struct place){0};
        return TERRAMIS_OK;
    }
    TRY(read_preset(reader, row, field));
    const struct setting *value = setting_find(map, row->name);
    /* "constraints:" with nothing below, its items commented out, is the same
     * as no such line; "setback:" with nothing is a mistake */
    bool absent =
        !value || (is_composite(row->type) && setting_is_empty(value));
    if (!absent)
        TRY(read_value(reader, row, value, field));
    else if (map && row->required &&
             !(row->unless && setting_find(map, row->unless)))
        problems_add(reader->problems, value ? value->key_at : map->at,
                     value ? _("%s: empty. Write %s: %s")
                           : _("key '%s' is missing. Add %s: %s"),
                     row->name, phrase_wanted(row).text,
                     row->help ? _(row->help) : "");
    return TERRAMIS_OK;
}

/* The settings of an operator stand beside its name.
 * NOLINTNEXTLINE(misc-no-recursion): as deep as the rows are nested */
static enum terramis_status read_params(const struct param_reader *reader,
                                        const struct setting *map,
                                        struct operator_use *use)
{
    if (!use->op || use->op->params_size == 0)
        return TERRAMIS_OK;
    use->params = arena_alloc(reader->arena, 1, use->op->params_size);
    if (!use->params)
        return status_no_memory();
    size_t before = reader->problems->found;
    if (use->op->params)
        TRY(read_rows(reader, use->op->params, map, use->params));
    /* settings that are wrong one by one need no second complaint */
    if (map && use->op->check && reader->problems->found == before &&
        use->op->check(use->params) != TERRAMIS_OK)
        problems_add(reader->problems, use->at, "%s: %s", use->op->name,
                     status_message());
    return TERRAMIS_OK;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the rows are nested */
enum terramis_status read_rows(const struct param_reader *reader,
                               const struct param *rows,
                               const struct setting *map, void *target)
{
    for (const struct param *row = rows; row->name; row++) {
        void *field = (char *)target + row->offset;
        TRY(read_row(reader, row, map, field));
        if (row->type == PARAM_OPERATOR)
            TRY(read_params(reader, map, field));
    }
    return TERRAMIS_OK;
}
