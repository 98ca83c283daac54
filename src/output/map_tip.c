#include "output/map_tip.h"

#include <ctype.h>
#include <string.h>

#include "output/labels.h"
#include "output/palette.h"

enum {
    TIP_BAR = 10 /* blocks of a full bar */
};

/* A text of the project, inert both as HTML and as part of an expression: in a
 * string of QGIS's expressions ' and \ are special, % could end the whole. */
static void add_inert(struct text *out, const char *text)
{
    for (; *text; text++) {
        const char c[2] = {*text, '\0'};
        if (*text == '%' || *text == '\\' || *text == '[')
            text_addf(out, "&#%d;", *text);
        else
            text_add_xml(out, c);
    }
}

/* Field names are plain words, see the project file's ids. */
static void add_escaped(struct text *out, const char *expression)
{
    text_addf(out,
              "replace(replace(replace(%s,'&','&amp;'),'<','&lt;'),'>','&gt;')",
              expression);
}

static const char *locale(int language)
{
    return language == LANGUAGE_EN ? "en" : "fr";
}

/* The expression of a field's value for people; NULL where it has none. */
static void add_value(struct text *out, const struct field *field, int decimals,
                      int language)
{
    struct text plain = {0};
    if (field->type != VECTOR_TEXT) {
        /* nothing of something is not worth a line */
        text_addf(out, "format_number(nullif(\"%s\",0),%d,'%s')", field->name,
                  decimals, locale(language));
        if (field->unit[0] && !isdigit((unsigned char)field->unit[0])) {
            text_add(out, "||' ");
            add_inert(out, field->unit);
            text_add(out, "'");
        }
        return;
    }
    /* a missing value is NULL only of the field, not of its label */
    text_addf(&plain,
              field->codes ? "if(\"%s\" IS NULL,NULL,represent_value(\"%s\"))"
                           : "\"%s\"",
              field->name, field->name);
    add_escaped(out, text_get(&plain));
    out->broken |= plain.broken;
    text_release(&plain);
}

/* A row of the table, left out where the value is NULL. */
static void add_row(struct text *out, const struct fields *fields,
                    const char *name, int decimals, int language)
{
    const struct field *field = fields_find(fields, name);
    if (!field)
        return;
    text_add(out, "[%coalesce('<tr><td>");
    add_inert(out, field->title);
    text_add(out, "</td><td><b>'||");
    add_value(out, field, decimals, language);
    text_add(out, "||'</b></td></tr>','')%]");
}

static void add_heading(struct text *out, const struct fields *fields,
                        const char *id, int language)
{
    const struct field *field = fields_find(fields, id);
    text_add(out, "<p><b>");
    add_inert(out, field->title);
    text_add(out, " [%");
    add_value(out, field, 0, language);
    text_add(out, "%]</b> – [%");
    add_value(out, fields_find(fields, "territory"), 0, language);
    text_add(out, "%]</p>\n");
}

/* The class on its colour, white on the dark ones; then the score. */
static void add_class(struct text *out, const struct fields *fields,
                      int language)
{
    const struct field *field = fields_find(fields, "class");
    text_add(out, "<p>[%if(\"class\" IS NULL,'");
    add_inert(out, label_text(LABEL_NOTHING_PLANTABLE, language));
    text_add(out, "','<span style=\"background-color:'||CASE");
    for (int c = 0; field->codes[c].code; c++)
        text_addf(out, " WHEN \"class\"='%s' THEN '#%06x;color:%s'",
                  field->codes[c].code, palette_class(c + 1),
                  c < 3 ? "#ffffff" : "#000000");
    text_add(out, " ELSE '#ffffff' END||'\">&nbsp;'||");
    add_value(out, field, 0, language);
    text_add(out, "||'&nbsp;</span>')%]</p>\n");
}

static bool starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* How well each factor is met, and the points it brings where they add up. */
static void add_factors(struct text *out, const struct fields *fields,
                        int language)
{
    text_addf(out,
              "[%%if(\"class\" IS NULL,'','<p>%s</p><table "
              "style=\"font-size:100%%\">')%%]",
              label_text(LABEL_ABOUT_FACTORS, language));
    for (size_t i = 0; i < fields->count; i++) {
        const struct field *field = &fields->items[i];
        if (!field->numbered || !starts(field->name, "m_"))
            continue;
        struct text points = {0};
        text_addf(&points, "c_%s", field->name + 2);
        const struct field *contribution =
            fields_find(fields, text_get(&points));
        text_add(out, "[%coalesce('<tr><td>");
        add_inert(out, field->title);
        text_addf(out,
                  "</td><td style=\"color:#%06x\">'||"
                  "rpad('',round(%d*\"%s\"),'█')||"
                  "rpad('',%d-round(%d*\"%s\"),'░')||'</td><td>'||",
                  palette_score(50), TIP_BAR, field->name, TIP_BAR, TIP_BAR,
                  field->name);
        if (contribution)
            text_addf(out, "format_number(\"%s\",1,'%s')", contribution->name,
                      locale(language));
        else
            text_addf(out, "format_number(\"%s\",2,'%s')", field->name,
                      locale(language));
        text_add(out, "||'</td></tr>','')%]");
        out->broken |= points.broken;
        text_release(&points);
    }
    text_add(out, "[%if(\"class\" IS NULL,'','</table>')%]");
}

/* One line each: they are joined by "; ". */
static void add_warnings(struct text *out, const struct fields *fields)
{
    const struct field *field = fields_find(fields, "warnings");
    text_add(out, "[%coalesce('<p><b>");
    add_inert(out, field->title);
    text_add(out, "</b><br/>• '||replace(");
    add_escaped(out, "replace(\"warnings\",'; ','\\n')");
    text_add(out, ",'\\n','<br/>• ')||'</p>','')%]");
}

void map_tip_parcel(struct text *out, const struct fields *fields, int language)
{
    static const struct {
        const char *name;
        int decimals;
    } rows[] = {{"score", 1},     {"subclass", 0},     {"rank", 0},
                {"site", 0},      {"area_ha", 2},      {"plantable_ha", 2},
                {"limiting", 0},  {"excluded_ha", 2},  {"excluded_by", 0},
                {"use", 0},       {"use_basis", 0},    {"yield_t_ha", 1},
                {"tonnage_t", 1}, {"nitrate_kg_ha", 0}};
    text_add(out, "<div style=\"font-family:sans-serif\">\n");
    add_heading(out, fields, "parcel_id", language);
    add_class(out, fields, language);
    text_add(out, "<table style=\"font-size:100%\">\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        add_row(out, fields, rows[i].name, rows[i].decimals, language);
    text_add(out, "</table>\n");
    add_factors(out, fields, language);
    add_warnings(out, fields);
    text_add(out, "</div>\n");
}

void map_tip_site(struct text *out, const struct fields *fields, int language)
{
    text_add(out, "<div style=\"font-family:sans-serif\">\n");
    add_heading(out, fields, "site_id", language);
    add_class(out, fields, language);
    text_add(out, "<table style=\"font-size:100%\">\n");
    add_row(out, fields, "rank", 0, language);
    add_row(out, fields, "score", 1, language);
    add_row(out, fields, "plantable_ha", 2, language);
    add_row(out, fields, "parcels", 0, language);
    add_row(out, fields, "tonnage_t", 1, language);
    text_add(out, "</table>\n</div>\n");
}
