#include <string.h>

#include "param/phrase.h"
#include "param/read.h"

static enum terramis_status read_texts(const struct param_reader *reader,
                                       const struct param *row,
                                       const struct setting *value,
                                       struct texts *field)
{
    struct texts read = {
        .items = arena_alloc(reader->arena, value->count, sizeof *read.items),
        .at = arena_alloc(reader->arena, value->count, sizeof *read.at)};
    if (!read.items || !read.at)
        return status_no_memory();
    struct param one = {.name = row->name, .type = PARAM_TEXT};
    for (size_t i = 0; i < value->count; i++) {
        const struct setting *item = &value->items[i];
        const struct operator* op = NULL;
        if (item->kind != SETTING_SCALAR || !item->text)
            read_complain(reader, &one, item);
        else if (row->type == PARAM_TEXTS)
            read.items[read.count] = arena_text(reader->arena, item->text);
        else if ((op = read_operator(reader, row, item)))
            read.items[read.count] = op->name;
        if (read.items[read.count])
            read.at[read.count++] = item->at;
        else if (row->type == PARAM_TEXTS && item->text)
            return status_no_memory();
        for (size_t k = 0; op && k + 1 < read.count; k++)
            if (read.items[k] == op->name)
                problems_add(reader->problems, item->at,
                             _("%s: '%s' is listed twice. Delete one of them"),
                             row->name, op->name);
    }
    *field = read;
    return TERRAMIS_OK;
}

static void read_choices(const struct param_reader *reader,
                         const struct param *row, const struct setting *value,
                         unsigned *field)
{
    unsigned mask = 0;
    bool right = true;
    struct param one = *row;
    one.type = PARAM_CHOICE;
    for (size_t i = 0; i < value->count; i++) {
        int index = -1;
        if (setting_is_empty(&value->items[i]))
            read_complain(reader, &one, &value->items[i]);
        else /* a scalar needs no memory here */
            (void)read_scalar(reader, &one, &value->items[i], &index);
        if (index >= 0)
            mask |= 1u << index;
        else
            right = false;
    }
    if (right)
        *field = mask;
}

/* Is x in order after the points read so far? */
static bool is_sorted(const struct param_reader *reader,
                      const struct param *row, const struct setting *value,
                      const struct points *points, double x)
{
    size_t n = points->count;
    if (n > 0 && x < points->items[n - 1][0]) {
        problems_add(reader->problems, value->at,
                     _("%s: %.15g comes after %.15g. Sort the points by the "
                       "first number"),
                     row->name, x, points->items[n - 1][0]);
        return false;
    }
    if (n > 1 && !(x > points->items[n - 2][0])) {
        problems_add(reader->problems, value->at,
                     _("%s: more than two points at %.15g. A step needs two"),
                     row->name, x);
        return false;
    }
    return true;
}

/* Adds one [x, y] to the points. */
static void read_point(const struct param_reader *reader,
                       const struct param *row, const struct setting *value,
                       struct points *points)
{
    if (value->kind != SETTING_LIST || value->count != 2) {
        problems_add(reader->problems, value->at,
                     _("%s: expected a point [x, y], found %s"), row->name,
                     value->kind == SETTING_LIST ? _("a list of another length")
                                                 : phrase_found(value).text);
        return;
    }
    struct param x = {.name = row->name, .unit = row->unit};
    struct param y = {.name = row->name, .min = row->min, .max = row->max};
    double *point = points->items[points->count];
    if (read_number(reader, &x, &value->items[0], &point[0]) &&
        read_number(reader, &y, &value->items[1], &point[1]) &&
        is_sorted(reader, row, value, points, point[0]))
        points->count++;
}

static enum terramis_status read_points(const struct param_reader *reader,
                                        const struct param *row,
                                        const struct setting *value,
                                        struct points *field)
{
    if (value->count < 2) {
        problems_add(reader->problems, value->at,
                     _("%s: expected at least two points, such as [[0, 1], "
                       "[10, 0]]"),
                     row->name);
        return TERRAMIS_OK;
    }
    struct points read = {
        .items = arena_alloc(reader->arena, value->count, sizeof *read.items)};
    if (!read.items)
        return status_no_memory();
    for (size_t i = 0; i < value->count; i++)
        read_point(reader, row, &value->items[i], &read);
    if (read.count == value->count)
        *field = read;
    return TERRAMIS_OK;
}

static enum terramis_status read_reals(const struct param_reader *reader,
                                       const struct param *row,
                                       const struct setting *value,
                                       struct reals *field)
{
    if (row->count && value->count != row->count) {
        problems_add(reader->problems, value->at,
                     _("%s: expected %zu numbers, found %zu"), row->name,
                     row->count, value->count);
        return TERRAMIS_OK;
    }
    struct reals read = {
        .items = arena_alloc(reader->arena, value->count, sizeof *read.items)};
    if (!read.items)
        return status_no_memory();
    for (size_t i = 0; i < value->count; i++)
        if (read_number(reader, row, &value->items[i], &read.items[read.count]))
            read.count++;
    if (read.count == value->count)
        *field = read;
    return TERRAMIS_OK;
}

static enum terramis_status read_table(const struct param_reader *reader,
                                       const struct param *row,
                                       const struct setting *value,
                                       struct table *field)
{
    TRY(read_duplicates(reader, value));
    struct table read = {
        .items = arena_alloc(reader->arena, value->count, sizeof *read.items)};
    if (!read.items)
        return status_no_memory();
    for (size_t i = 0; i < value->count; i++) {
        const struct setting *item = &value->items[i];
        struct table_row *next = &read.items[read.count];
        if (!read_number(reader, row, item, &next->value))
            continue;
        next->key = arena_text(reader->arena, item->key);
        if (!next->key)
            return status_no_memory();
        read.count++;
    }
    if (read.count == value->count)
        *field = read;
    return TERRAMIS_OK;
}

static enum terramis_status read_list(const struct param_reader *reader,
                                      const struct param *row,
                                      const struct setting *value,
                                      struct list *field)
{
    struct list read = {
        .items = arena_alloc(reader->arena, value->count, row->size)};
    if (!read.items)
        return status_no_memory();
    struct param one = {
        .name = row->name, .type = PARAM_GROUP, .rows = row->rows};
    for (size_t i = 0; i < value->count; i++) {
        const struct setting *item = &value->items[i];
        bool map = item->kind == SETTING_MAP;
        if (!map)
            read_complain(reader, &one, item);
        /* item i of the list is item i of the file, even when it is wrong */
        char *target = (char *)read.items + read.count++ * row->size;
        TRY(param_read(reader, row->rows, map ? item : NULL, target));
    }
    *field = read;
    return TERRAMIS_OK;
}

enum terramis_status read_composite(const struct param_reader *reader,
                                    const struct param *row,
                                    const struct setting *value, void *field)
{
    bool map = row->type == PARAM_TABLE || row->type == PARAM_GROUP;
    if (value->kind != (map ? SETTING_MAP : SETTING_LIST)) {
        read_complain(reader, row, value);
        return TERRAMIS_OK;
    }
    if (row->type != PARAM_GROUP && row->required && value->count == 0) {
        problems_add(reader->problems, value->at,
                     _("%s: empty. At least one is needed: %s"), row->name,
                     row->help ? _(row->help) : "");
        return TERRAMIS_OK;
    }
    switch (row->type) {
    case PARAM_TEXTS:
    case PARAM_NAMES:
        return read_texts(reader, row, value, field);
    case PARAM_CHOICES:
        read_choices(reader, row, value, field);
        return TERRAMIS_OK;
    case PARAM_POINTS:
        return read_points(reader, row, value, field);
    case PARAM_REALS:
        return read_reals(reader, row, value, field);
    case PARAM_TABLE:
        return read_table(reader, row, value, field);
    case PARAM_LIST:
        return read_list(reader, row, value, field);
    default:
        return param_read(reader, row->rows, value, field);
    }
}
