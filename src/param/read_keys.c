#include <stdlib.h>
#include <string.h>

#include "param/phrase.h"
#include "param/read.h"

static int by_key(const void *a, const void *b)
{
    const struct setting *p = *(const struct setting *const *)a;
    const struct setting *q = *(const struct setting *const *)b;
    int order = strcmp(p->key, q->key);
    return order ? order : p < q ? -1 : p > q; /* else in file order */
}

enum terramis_status read_duplicates(const struct param_reader *reader,
                                     const struct setting *map)
{
    if (map->count < 2)
        return TERRAMIS_OK;
    const struct setting **sorted;
    TRY(mem_new(&sorted, map->count, sizeof *sorted));
    for (size_t i = 0; i < map->count; i++)
        sorted[i] = &map->items[i];
    qsort(sorted, map->count, sizeof *sorted, by_key);
    for (size_t i = 1; i < map->count; i++)
        if (strcmp(sorted[i]->key, sorted[i - 1]->key) == 0)
            problems_add(reader->problems, sorted[i]->key_at,
                         _("key %s stands twice (also in line %d). Delete one "
                           "of them"),
                         phrase_quote(sorted[i]->key).text,
                         sorted[i - 1]->key_at.line);
    free(sorted);
    return TERRAMIS_OK;
}

/* What is known about one map while its keys are looked at. */
struct keys {
    const struct param_reader *reader;
    const struct param *rows;
    const struct setting *map;
    const char *target; /**< the struct already read from `map` */
};

/* The operator that `row` chose; *lost: a name stands there that is none. */
static const struct operator*
    chosen(const struct keys *keys, const struct param *row, bool *lost)
{
    const struct operator_use *use =
        (const struct operator_use *)(const void *)(keys->target + row->offset);
    const struct setting *value = setting_find(keys->map, row->name);
    *lost = value && (value->kind != SETTING_SCALAR || !value->text ||
                      !use->op || strcmp(use->op->name, value->text) != 0);
    return use->op;
}

/* An operator of the row's registry that has a setting `key`. */
static const struct operator*
    owner_of(const struct keys *keys, const struct param *row, const char *key)
{
    const struct registry *registry = read_registry(keys->reader, row);
    for (size_t i = 0; registry && i < registry->count; i++)
        if (read_find(registry->ops[i]->params, key))
            return registry->ops[i];
    return NULL;
}

static bool is_known(const struct keys *keys, const char *key)
{
    if (read_find(keys->rows, key))
        return true;
    for (const struct param *row = keys->rows; row->name; row++) {
        if (row->type != PARAM_OPERATOR)
            continue;
        bool lost;
        const struct operator* op = chosen(keys, row, &lost);
        /* beside an unknown operator, any operator's setting may be right */
        if (lost ? owner_of(keys, row, key) != NULL
                 : op && read_find(op->params, key))
            return true;
    }
    return false;
}

/* "it belongs to membership 'linear'" for a setting of an operator that is
 * not the one chosen; false if it is nobody's. */
static bool blame_owner(const struct keys *keys, const struct setting *item)
{
    for (const struct param *row = keys->rows; row->name; row++) {
        if (row->type != PARAM_OPERATOR)
            continue;
        bool lost;
        const struct operator* op = chosen(keys, row, &lost);
        const struct operator* owner = owner_of(keys, row, item->key);
        if (!owner)
            continue;
        const char *what = _(read_registry(keys->reader, row)->what);
        if (op)
            problems_add(keys->reader->problems, item->key_at,
                         _("%s '%s' has no key '%s'; %s '%s' has"), what,
                         op->name, item->key, what, owner->name);
        else
            problems_add(keys->reader->problems, item->key_at,
                         _("key '%s' belongs to %s '%s'. Add '%s: %s'"),
                         item->key, what, owner->name, row->name, owner->name);
        return true;
    }
    return false;
}

/* Offers the rows' names for "did you mean" and adds them to `known`. */
static void offer_rows(const struct param *rows, const char *key,
                       const char **best, struct text *known)
{
    for (; rows && rows->name; rows++) {
        if (!*rows->name)
            continue;
        text_offer(key, rows->name, best);
        if (known)
            text_addf(known, "%s%s", known->length ? ", " : "", rows->name);
    }
}

static void offer_all(const struct keys *keys, const char *key,
                      const char **best, struct text *known)
{
    offer_rows(keys->rows, key, best, known);
    for (const struct param *row = keys->rows; row->name; row++) {
        if (row->type != PARAM_OPERATOR)
            continue;
        bool lost;
        const struct operator* op = chosen(keys, row, &lost);
        const struct registry *registry = read_registry(keys->reader, row);
        if (op)
            offer_rows(op->params, key, best, known);
        for (size_t i = 0; lost && registry && i < registry->count; i++)
            offer_rows(registry->ops[i]->params, key, best, NULL);
    }
}

/* "weight: 0,5" between braces is the weight 0 and a key 5. */
static bool is_decimal_comma(const struct setting *item)
{
    double number;
    return setting_is_empty(item) && text_to_real(item->key, &number);
}

static void unknown_key(const struct keys *keys, const struct setting *item)
{
    struct text known = {0};
    const char *best = NULL;
    offer_all(keys, item->key, &best, &known);
    struct phrase quoted = phrase_quote(item->key);
    if (is_decimal_comma(item))
        problems_add(keys->reader->problems, item->key_at,
                     _("unknown key %s. Write a decimal point, not a comma"),
                     quoted.text);
    else if (best)
        problems_add(keys->reader->problems, item->key_at,
                     _("unknown key %s; did you mean '%s'?"), quoted.text,
                     best);
    else if (!blame_owner(keys, item))
        problems_add(keys->reader->problems, item->key_at,
                     _("unknown key %s. Known here: %s"), quoted.text,
                     text_get(&known));
    text_release(&known);
}

enum terramis_status param_read(const struct param_reader *reader,
                                const struct param *rows,
                                const struct setting *map, void *target)
{
    TRY(read_rows(reader, rows, map, target));
    if (!map || map->kind != SETTING_MAP)
        return TERRAMIS_OK;
    TRY(read_duplicates(reader, map));
    struct keys keys = {reader, rows, map, target};
    for (size_t i = 0; i < map->count; i++)
        if (!is_known(&keys, map->items[i].key))
            unknown_key(&keys, &map->items[i]);
    return TERRAMIS_OK;
}
