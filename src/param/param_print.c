#include "param/param.h"
#include "param/phrase.h"

static const char *type_name(enum param_type type)
{
    static const char *const names[] = {
        [PARAM_PLACE] = "",
        [PARAM_BOOL] = "true or false",
        [PARAM_INT] = "whole number",
        [PARAM_REAL] = "number",
        [PARAM_TEXT] = "text",
        [PARAM_ID] = "identifier",
        [PARAM_PATH] = "file",
        [PARAM_CHOICE] = "one of",
        [PARAM_TEXTS] = "list of texts",
        [PARAM_NAMES] = "list of names",
        [PARAM_CHOICES] = "list of",
        [PARAM_POINTS] = "list of [x, y]",
        [PARAM_REALS] = "list of numbers",
        [PARAM_TABLE] = "map of class to number",
        [PARAM_GROUP] = "map",
        [PARAM_LIST] = "list of maps",
        [PARAM_OPERATOR] = "name",
    };
    return names[type];
}

static void print_type(const struct param *row, FILE *stream)
{
    fputs(type_name(row->type), stream);
    for (const char *const *c = row->choices; c && *c; c++)
        fprintf(stream, "%s%s", c == row->choices ? " " : " | ", *c);
    bool range = phrase_has_range(row);
    if (range) /* has the unit */
        fprintf(stream, ", %s", phrase_range(row).text);
    else if (row->unit)
        fprintf(stream, ", %s", row->unit);
    if (row->preset)
        fprintf(stream, ", default %s", row->preset);
    else if (row->required)
        fputs(", required", stream);
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the rows are nested */
void param_print(const struct param *rows, int indent, FILE *stream)
{
    for (const struct param *row = rows; row && row->name; row++) {
        if (!*row->name)
            continue;
        fprintf(stream, "%*s%s (", indent, "", row->name);
        print_type(row, stream);
        fprintf(stream, "): %s\n", row->help ? row->help : "");
        if (row->type == PARAM_GROUP || row->type == PARAM_LIST)
            param_print(row->rows, indent + 2, stream);
    }
}
