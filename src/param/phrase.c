#include "param/phrase.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    QUOTE_MAX = 60 /* bytes of a value repeated in a message */
};

struct phrase phrase_quote(const char *text)
{
    struct phrase phrase;
    size_t length = strnlen(text, QUOTE_MAX + 1);
    bool cut = length > QUOTE_MAX;
    if (cut) {
        length = QUOTE_MAX;
        /* not inside a UTF-8 character */
        while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
            length--;
    }
    snprintf(phrase.text, sizeof phrase.text, _("'%.*s%s'"), (int)length, text,
             cut ? "..." : "");
    for (char *c = phrase.text; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            *c = ' ';
    return phrase;
}

static bool speaks_for_itself(const char *text)
{
    double number;
    return text_to_real(text, &number) || strcmp(text, "true") == 0 ||
           strcmp(text, "false") == 0;
}

struct phrase phrase_found(const struct setting *value)
{
    struct phrase phrase;
    if (value->kind == SETTING_LIST)
        snprintf(phrase.text, sizeof phrase.text, "%s", _("a list"));
    else if (value->kind == SETTING_MAP)
        snprintf(phrase.text, sizeof phrase.text, "%s", _("a map"));
    else if (!value->text)
        snprintf(phrase.text, sizeof phrase.text, "%s", _("nothing"));
    else if (!value->quoted && speaks_for_itself(value->text))
        snprintf(phrase.text, sizeof phrase.text, "%.*s", QUOTE_MAX,
                 value->text);
    else
        snprintf(phrase.text, sizeof phrase.text, _("text %.180s"),
                 phrase_quote(value->text).text);
    return phrase;
}

/* Units as words: "a number (metres)" reads better than "a number (m)". */
static const char *unit_word(const char *unit)
{
    static const char *const words[][2] = {
        {"m", N_("metres")}, {"ha", N_("hectares")}, {"%", N_("percent")}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(unit, words[i][0]) == 0)
            return _(words[i][1]);
    return unit;
}

static void add_choices(struct phrase *phrase, const struct param *row)
{
    for (const char *const *choice = row->choices; *choice; choice++) {
        size_t used = strlen(phrase->text);
        snprintf(phrase->text + used, sizeof phrase->text - used, "%s%s",
                 choice == row->choices ? "" : ", ", *choice);
    }
}

static const char *type_wanted(enum param_type type)
{
    switch (type) {
    case PARAM_PLACE: /* has no key, so it wants nothing */
        return _("nothing");
    case PARAM_BOOL:
        return _("true or false");
    case PARAM_INT:
        return _("a whole number");
    case PARAM_REAL:
        return _("a number");
    case PARAM_TEXT:
        return _("text");
    case PARAM_ID:
        return _("an identifier (letters, digits, - and _)");
    case PARAM_PATH:
        return _("a file name");
    case PARAM_CHOICE:
        return _("one of ");
    case PARAM_TEXTS:
        return _("a list of texts, such as [a, b]");
    case PARAM_NAMES:
        return _("a list of names, such as [a, b]");
    case PARAM_CHOICES:
        return _("a list of ");
    case PARAM_POINTS:
        return _("a list of points, such as [[0, 1], [10, 0]]");
    case PARAM_REALS:
        return _("a list of numbers, such as [1, 2]");
    case PARAM_TABLE:
        return _("a map of classes to numbers, such as {a: 1, b: 2}");
    case PARAM_GROUP:
        return _("a map of settings");
    case PARAM_LIST:
        return _("a list of maps, each starting with '- '");
    case PARAM_OPERATOR:
        return _("a name");
    }
    return "";
}

struct phrase phrase_wanted(const struct param *row)
{
    struct phrase phrase;
    snprintf(phrase.text, sizeof phrase.text, "%s", type_wanted(row->type));
    size_t used = strlen(phrase.text);
    bool number = row->type == PARAM_REAL || row->type == PARAM_INT;
    if (row->choices)
        add_choices(&phrase, row);
    else if (number && row->unit)
        snprintf(phrase.text + used, sizeof phrase.text - used, " (%s)",
                 unit_word(row->unit));
    else if (row->type == PARAM_GROUP && row->rows->name)
        for (const struct param *inner = row->rows; inner->name; inner++)
            if (*inner->name) {
                snprintf(phrase.text + used, sizeof phrase.text - used,
                         _(", such as {%s: ...}"), inner->name);
                break;
            }
    return phrase;
}

bool phrase_has_range(const struct param *row)
{
    return row->min != 0 || row->max != 0;
}

struct phrase phrase_range(const struct param *row, bool english)
{
    struct phrase phrase = {""};
    if (!phrase_has_range(row))
        return phrase;
    const char *space = row->unit ? " " : "";
    const char *unit = row->unit ? row->unit : "";
    if (isinf(row->max))
        snprintf(phrase.text, sizeof phrase.text,
                 english ? "at least %.15g%s%s" : _("at least %.15g%s%s"),
                 row->min, space, unit);
    else if (isinf(row->min))
        snprintf(phrase.text, sizeof phrase.text,
                 english ? "at most %.15g%s%s" : _("at most %.15g%s%s"),
                 row->max, space, unit);
    else
        snprintf(phrase.text, sizeof phrase.text, "%.15g..%.15g%s%s", row->min,
                 row->max, space, unit);
    return phrase;
}

const char *phrase_number_hint(const struct setting *value)
{
    double number;
    if (value->kind != SETTING_SCALAR || !value->text)
        return "";
    if (value->quoted)
        return text_to_real(value->text, &number) ? _(". Remove the quotes")
                                                  : "";
    char copy[QUOTE_MAX + 1];
    snprintf(copy, sizeof copy, "%s", value->text);
    char *comma = strchr(copy, ',');
    if (comma) {
        *comma = '.';
        if (text_to_real(copy, &number))
            return _(". Write a decimal point, not a comma");
    }
    char *end;
    (void)strtod(value->text, &end);
    if (end != value->text && *end == ' ')
        return _(". Write the number alone, without a unit");
    return "";
}
