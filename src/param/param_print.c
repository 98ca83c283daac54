#include "param/param.h"
#include "param/phrase.h"

static const char *type_name(enum param_type type)
{
    static const char *const names[] = {
        [PARAM_PLACE] = "",
        [PARAM_BOOL] = N_("true or false"),
        [PARAM_INT] = N_("whole number"),
        [PARAM_REAL] = N_("number"),
        [PARAM_TEXT] = N_("text"),
        [PARAM_ID] = N_("identifier"),
        [PARAM_PATH] = N_("file"),
        [PARAM_CHOICE] = N_("one of"),
        [PARAM_TEXTS] = N_("list of texts"),
        [PARAM_NAMES] = N_("list of names"),
        [PARAM_CHOICES] = N_("list of"),
        [PARAM_POINTS] = N_("list of [x, y]"),
        [PARAM_REALS] = N_("list of numbers"),
        [PARAM_TABLE] = N_("map of class to number"),
        [PARAM_GROUP] = N_("map"),
        [PARAM_LIST] = N_("list of maps"),
        [PARAM_OPERATOR] = N_("name"),
    };
    return names[type];
}

static void print_type(const struct param *row, FILE *stream)
{
    fputs(_(type_name(row->type)), stream);
    for (const char *const *c = row->choices; c && *c; c++)
        fprintf(stream, "%s%s", c == row->choices ? " " : " | ", *c);
    bool range = phrase_has_range(row);
    if (range) /* has the unit */
        fprintf(stream, ", %s", phrase_range(row, false).text);
    else if (row->unit)
        fprintf(stream, ", %s", row->unit);
    if (row->preset)
        fprintf(stream, _(", default %s"), row->preset);
    else if (row->required)
        fputs(_(", required"), stream);
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the rows are nested */
void param_print(const struct param *rows, int indent, FILE *stream)
{
    for (const struct param *row = rows; row && row->name; row++) {
        if (!*row->name)
            continue;
        fprintf(stream, "%*s%s (", indent, "", row->name);
        print_type(row, stream);
        fprintf(stream, "): %s\n", row->help ? _(row->help) : "");
        if (row->type == PARAM_GROUP || row->type == PARAM_LIST)
            param_print(row->rows, indent + 2, stream);
    }
}
