/* A membership for each class. A class that is not in the table is an error,
 * never 0: the caller sees MEMBERSHIP_UNKNOWN. */
#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#include "membership/membership.h"
#include "param/phrase.h"

enum {
    DIRECT_MAX = 4096 /* codes below this are looked up by position */
};

struct table_params {
    struct table table;
};

static const struct param table_rows[] = {
    {.name = "table",
     .type = PARAM_TABLE,
     .offset = offsetof(struct table_params, table),
     .min = 0,
     .max = 1,
     .required = true,
     .help = N_("Membership 0..1 of each class: {class: membership, ...}")},
    {.name = NULL}};

struct entry {
    double key;
    float value;
};

static int compare_entries(const void *a, const void *b)
{
    double x = ((const struct entry *)a)->key;
    double y = ((const struct entry *)b)->key;
    return (x > y) - (x < y);
}

static const struct table_row *find_row(const struct table *table,
                                        const char *class)
{
    for (size_t i = 0; i < table->count; i++)
        if (text_same(table->items[i].key, class))
            return &table->items[i];
    return NULL;
}

static enum terramis_status
add_unknown(struct text *unknown, const struct membership_classes *classes,
            size_t i)
{
    text_addf(unknown, "%s%s", unknown->length ? ", " : "",
              phrase_quote(classes->names[i]).text);
    if (classes->features)
        text_addf(unknown, _(" (%zu polygons)"), classes->features[i]);
    return text_status(unknown);
}

/* Polygons: code i is the text classes[i]. */
static enum terramis_status bind_texts(struct membership_bound *bound,
                                       const struct table *table,
                                       const struct membership_classes *classes)
{
    struct text unknown = {0};
    for (size_t i = 0; i < classes->count; i++) {
        const struct table_row *row = find_row(table, classes->names[i]);
        bound->keys[i] = (double)i;
        bound->values[i] = row ? (float)row->value : MEMBERSHIP_UNKNOWN;
        if (!row)
            TRY(add_unknown(&unknown, classes, i));
    }
    enum terramis_status status = TERRAMIS_OK;
    if (unknown.length)
        status =
            status_set(TERRAMIS_INPUT,
                       _("the layer has classes that table: lacks: %s. Add "
                         "them (an unknown class is never taken as 0)"),
                       text_get(&unknown));
    text_release(&unknown);
    return status;
}

/* A code of a raster as its cells have it, a float. Of whole numbers beyond
 * 24 bits, floats know but some: others would count as their neighbours. */
static enum terramis_status read_code(const char *key, double *code)
{
    const double most = 16777215;
    if (!text_to_real(key, code))
        return status_set(TERRAMIS_PROJECT,
                          _("table: '%s' is no number, but the classes of a "
                            "raster are numbers"),
                          key);
    if (fabs(*code) > most)
        return status_set(TERRAMIS_PROJECT,
                          _("table: class %s is beyond %.0f, where codes of a "
                            "raster cannot be told apart. Give the raster "
                            "smaller codes"),
                          key, most);
    *code = (double)(float)*code;
    return TERRAMIS_OK;
}

/* Rasters: the keys are numbers. */
static enum terramis_status bind_numbers(struct membership_bound *bound,
                                         const struct table *table)
{
    struct entry *entries = NULL;
    TRY(mem_new(&entries, table->count, sizeof *entries));
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < table->count && status == TERRAMIS_OK; i++) {
        entries[i].value = (float)table->items[i].value;
        status = read_code(table->items[i].key, &entries[i].key);
    }
    qsort(entries, table->count, sizeof *entries, compare_entries);
    for (size_t i = 0; i < table->count; i++) {
        bound->keys[i] = entries[i].key;
        bound->values[i] = entries[i].value;
        if (status == TERRAMIS_OK && i > 0 &&
            entries[i].key == entries[i - 1].key)
            status = status_set(TERRAMIS_PROJECT,
                                _("table: class %.15g stands twice"),
                                entries[i].key);
    }
    free(entries);
    return status;
}

/* Memberships of codes 0, 1, 2 ... where all codes are small whole numbers, as
 * they are in most rasters of classes: found without a search. */
static enum terramis_status make_direct(struct membership_bound *bound)
{
    const double *keys = bound->keys;
    size_t count = bound->count;
    float *direct;
    if (count == 0 || keys[0] < 0 || keys[count - 1] >= DIRECT_MAX)
        return TERRAMIS_OK;
    for (size_t i = 0; i < count; i++)
        if (keys[i] != floor(keys[i]))
            return TERRAMIS_OK;
    size_t room = (size_t)keys[count - 1] + 1;
    TRY(mem_new(&direct, room, sizeof *direct));
    for (size_t i = 0; i < room; i++)
        direct[i] = MEMBERSHIP_UNKNOWN;
    for (size_t i = 0; i < count; i++)
        direct[(size_t)keys[i]] = bound->values[i];
    bound->prepared = direct;
    bound->prepared_count = room;
    return TERRAMIS_OK;
}

static enum terramis_status table_bind(struct membership_bound *bound,
                                       const struct membership_classes *classes)
{
    const struct table_params *params = bound->params;
    bound->count = classes ? classes->count : params->table.count;
    TRY(mem_new(&bound->keys, bound->count, sizeof *bound->keys));
    TRY(mem_new(&bound->values, bound->count, sizeof *bound->values));
    TRY(classes ? bind_texts(bound, &params->table, classes)
                : bind_numbers(bound, &params->table));
    return make_direct(bound);
}

static float look_up(const struct membership_bound *bound, double key)
{
    size_t low = 0, high = bound->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (bound->keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < bound->count && bound->keys[low] == key ? bound->values[low]
                                                         : MEMBERSHIP_UNKNOWN;
}

static void table_run(const struct membership_bound *bound, const float *in,
                      size_t n, float *out)
{
    const float *direct = bound->prepared;
    float end = (float)bound->prepared_count; /* 0: no direct table */
    for (size_t i = 0; i < n; i++) {
        float x = in[i];
        if (x >= 0 && x < end && x == (float)(int)x)
            out[i] = direct[(int)x];
        else
            out[i] = x == x ? look_up(bound, (double)x) : x;
    }
}

const struct membership_op membership_table = {
    .op = {.name = "table",
           .summary = N_("A membership for each class."),
           .formula = "the membership that stands beside the class x",
           .source = "ArcGIS Weighted Overlay, remap table",
           .params = table_rows,
           .params_size = sizeof(struct table_params)},
    .classes = true,
    .example = "table: {1: 1, 2: 0.9, 3: 0.6, 4: 0.25, 5: 0}",
    .range = {1, 5},
    .bind = table_bind,
    .run = table_run};
