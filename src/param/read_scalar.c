#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "param/phrase.h"
#include "param/read.h"

void read_complain(const struct param_reader *reader, const struct param *row,
                   const struct setting *value)
{
    bool number = row->type == PARAM_REAL || row->type == PARAM_INT ||
                  row->type == PARAM_REALS || row->type == PARAM_TABLE;
    problems_add(reader->problems, value->at, _("%s: expected %s, found %s%s"),
                 row->name, phrase_wanted(row).text, phrase_found(value).text,
                 number ? phrase_number_hint(value) : "");
}

static bool in_range(const struct param_reader *reader, const struct param *row,
                     const struct setting *value, double number)
{
    if (!phrase_has_range(row) || (number >= row->min && number <= row->max))
        return true;
    if (row->min == row->max)
        problems_add(reader->problems, value->at,
                     _("%s: must be %.15g, not %.15g"), row->name, row->min,
                     number);
    else if (isinf(row->min) || isinf(row->max))
        problems_add(reader->problems, value->at, _("%s: %.15g is not %s"),
                     row->name, number, phrase_range(row, false).text);
    else
        problems_add(reader->problems, value->at, _("%s: %.15g is outside %s"),
                     row->name, number, phrase_range(row, false).text);
    return false;
}

bool read_number(const struct param_reader *reader, const struct param *row,
                 const struct setting *value, double *number)
{
    double read;
    if (value->kind != SETTING_SCALAR || !value->text || value->quoted ||
        !text_to_real(value->text, &read)) {
        struct param one = {
            .name = row->name, .type = PARAM_REAL, .unit = row->unit};
        read_complain(reader, &one, value);
        return false;
    }
    if (!in_range(reader, row, value, read))
        return false;
    *number = read;
    return true;
}

static void read_int(const struct param_reader *reader, const struct param *row,
                     const struct setting *value, int *field)
{
    errno = 0;
    char *end;
    long read = strtol(value->text, &end, 10);
    if (value->quoted || end == value->text || *end)
        read_complain(reader, row, value);
    else if (errno || read < INT_MIN || read > INT_MAX)
        problems_add(reader->problems, value->at, _("%s: %s is too large"),
                     row->name, phrase_quote(value->text).text);
    else if (in_range(reader, row, value, (double)read))
        *field = (int)read;
}

static void read_bool(const struct param_reader *reader,
                      const struct param *row, const struct setting *value,
                      bool *field)
{
    bool yes = text_same(value->text, "true");
    if (value->quoted || (!yes && !text_same(value->text, "false")))
        read_complain(reader, row, value);
    else
        *field = yes;
}

static void read_choice(const struct param_reader *reader,
                        const struct param *row, const struct setting *value,
                        int *field)
{
    const char *best = NULL;
    for (int i = 0; row->choices[i]; i++) {
        if (strcmp(row->choices[i], value->text) == 0) {
            *field = i;
            return;
        }
        text_offer(value->text, row->choices[i], &best);
    }
    if (best)
        problems_add(reader->problems, value->at,
                     _("%s: unknown value %s; did you mean '%s'?"), row->name,
                     phrase_quote(value->text).text, best);
    else
        read_complain(reader, row, value);
}

static bool is_id(const char *text)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    return *text && *text != '-' && *text != '_' &&
           text[strspn(text, letters)] == '\0';
}

static enum terramis_status read_text(const struct param_reader *reader,
                                      const struct param *row,
                                      const struct setting *value,
                                      const char **field)
{
    if (row->type == PARAM_ID && !is_id(value->text)) {
        problems_add(reader->problems, value->at,
                     _("%s: %s is no identifier. Use letters (no accents), "
                       "digits, - and _, and begin with a letter or digit"),
                     row->name, phrase_quote(value->text).text);
        return TERRAMIS_OK;
    }
    if (row->type == PARAM_ID && strlen(value->text) > PARAM_ID_MAX) {
        problems_add(reader->problems, value->at,
                     _("%s: %s has %zu characters, more than %d"), row->name,
                     phrase_quote(value->text).text, strlen(value->text),
                     PARAM_ID_MAX);
        return TERRAMIS_OK;
    }
    const char *copy = arena_text(reader->arena, value->text);
    if (!copy)
        return status_no_memory();
    *field = copy;
    return TERRAMIS_OK;
}

enum terramis_status read_scalar(const struct param_reader *reader,
                                 const struct param *row,
                                 const struct setting *value, void *field)
{
    if (setting_is_empty(value)) {
        problems_add(reader->problems, value->key_at,
                     _("%s: no value. Write %s, or delete the line"), row->name,
                     phrase_wanted(row).text);
        return TERRAMIS_OK;
    }
    if (value->kind != SETTING_SCALAR) {
        read_complain(reader, row, value);
        return TERRAMIS_OK;
    }
    switch (row->type) {
    case PARAM_BOOL:
        read_bool(reader, row, value, field);
        return TERRAMIS_OK;
    case PARAM_INT:
        read_int(reader, row, value, field);
        return TERRAMIS_OK;
    case PARAM_REAL:
        read_number(reader, row, value, field);
        return TERRAMIS_OK;
    case PARAM_CHOICE:
        read_choice(reader, row, value, field);
        return TERRAMIS_OK;
    case PARAM_PATH:
        return read_path(reader, row, value, field);
    default:
        return read_text(reader, row, value, field);
    }
}
