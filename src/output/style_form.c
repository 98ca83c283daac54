/* What QGIS calls the fields, which codes it spells out, and what it shows of a
 * feature under the mouse. */
#include "output/map_tip.h"
#include "output/qml.h"
#include "output/style.h"

static void add_aliases(struct text *out, const struct fields *fields)
{
    text_add(out, "<aliases>\n");
    for (size_t i = 0; i < fields->count; i++) {
        text_addf(out, "<alias index=\"%zu\"", i + 1); /* 0 is the fid */
        qml_attribute(out, "field", fields->items[i].name);
        qml_attribute(out, "name", fields->items[i].alias);
        text_add(out, "/>\n");
    }
    text_add(out, "</aliases>\n");
}

/* A GeoPackage says them too, but only to GDAL 3.3 and newer. */
static void add_value_map(struct text *out, const struct field *field)
{
    text_add(out, "<field");
    qml_attribute(out, "name", field->name);
    text_add(out, " configurationFlags=\"None\"><editWidget type=\"ValueMap\">"
                  "<config><Option type=\"Map\">\n"
                  "<Option type=\"List\" name=\"map\">\n");
    for (const struct vector_code *code = field->codes; code->code; code++) {
        text_add(out, "<Option type=\"Map\"><Option type=\"QString\"");
        qml_attribute(out, "name", code->label);
        qml_attribute(out, "value", code->code);
        text_add(out, "/></Option>\n");
    }
    text_add(out, "</Option></Option></config></editWidget></field>\n");
}

static void add_map_tip(struct text *out, const struct fields *fields,
                        enum style_layer layer, int language)
{
    struct text html = {0};
    if (layer == STYLE_SITES)
        map_tip_site(&html, fields, language);
    else
        map_tip_parcel(&html, fields, language);
    qml_element(out, "mapTip", text_get(&html));
    out->broken |= html.broken;
    text_release(&html);
}

void style_form(struct text *out, const struct fields *fields,
                enum style_layer layer, int language)
{
    text_add(out, "<fieldConfiguration>\n");
    for (size_t i = 0; i < fields->count; i++)
        if (fields->items[i].codes)
            add_value_map(out, &fields->items[i]);
    text_add(out, "</fieldConfiguration>\n");
    add_aliases(out, fields);
    qml_element(out, "previewExpression",
                layer == STYLE_SITES ? "\"site_id\"" : "\"parcel_id\"");
    add_map_tip(out, fields, layer, language);
}
