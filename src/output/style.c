#include "output/style.h"

#include <stdlib.h>
#include <string.h>

#include "output/difference.h"
#include "output/labels.h"
#include "output/palette.h"
#include "output/qml.h"
#include "output/rasters.h"

/* Colours of the outlines: 0xRRGGBB. */
enum {
    STYLE_BORDER = 0x595959, /* of parcels with something to plant */
    STYLE_FAINT = 0xa6a6a6,  /* of the others */
    STYLE_SITE = 0x1a1a1a,
    STYLE_HIGHLIGHT = 0xd40f5f,
    STYLE_FILL = 150 /* opacity of 255 */
};

/* A filled or, with fill < 0, an empty area. Fills let the map below through:
 * only a part of the parcel may be plantable, which class.tif shows. */
struct symbol {
    long fill;
    unsigned stroke;
    double width;    /* on the ground, metres ... */
    double width_mm; /* ... but on the screen at most */
};

static void add_property(struct text *out, const char *name, const char *value)
{
    text_addf(out, "<prop k=\"%s\" v=\"%s\"/>\n", name, value);
}

static void add_colour(struct text *out, const char *name, unsigned rgb)
{
    text_addf(out, "<prop k=\"%s\" v=\"%u,%u,%u,255\"/>\n", name,
              rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff);
}

/* A strong outline that only the page of an atlas draws, around the feature it
 * is about. */
static void add_highlight(struct text *out)
{
    text_add(out, "<layer class=\"SimpleLine\" enabled=\"1\" locked=\"0\" "
                  "pass=\"1\">\n");
    add_colour(out, "line_color", STYLE_HIGHLIGHT);
    add_property(out, "line_style", "no"); /* in legends, which ask nothing */
    add_property(out, "line_width", "0.9");
    add_property(out, "line_width_unit", "MM");
    add_property(out, "joinstyle", "round");
    text_add(out, "<data_defined_properties>\n");
    qml_property(out, "outlineStyle",
                 "if(coalesce($id=@atlas_featureid AND "
                 "@layer_id=@atlas_layerid AND "
                 "@legend_column_count IS NULL,false),'solid','no')");
    text_add(out, "</data_defined_properties>\n</layer>\n");
}

/* Outlines have a width on the ground, so that a whole territory is not black
 * with them, and stay thin when one zooms in.
 * <prop> is the form that every QGIS reads; <Option> only those since 3.18. */
static void add_symbol(struct text *out, size_t name, struct symbol symbol)
{
    text_addf(out,
              "<symbol type=\"fill\" name=\"%zu\" alpha=\"1\" "
              "clip_to_extent=\"1\" force_rhr=\"0\">\n"
              "<layer class=\"SimpleFill\" enabled=\"1\" locked=\"0\" "
              "pass=\"0\">\n",
              name);
    unsigned rgb = symbol.fill < 0 ? 0xffffff : (unsigned)symbol.fill;
    text_addf(out, "<prop k=\"color\" v=\"%u,%u,%u,%d\"/>\n", rgb >> 16 & 0xff,
              rgb >> 8 & 0xff, rgb & 0xff, STYLE_FILL);
    add_property(out, "style", symbol.fill < 0 ? "no" : "solid");
    add_colour(out, "outline_color", symbol.stroke);
    add_property(out, "outline_style", "solid");
    text_addf(out,
              "<prop k=\"outline_width\" v=\"%g\"/>\n"
              "<prop k=\"border_width_map_unit_scale\" "
              "v=\"3x:0,0,1,0.02,1,%g\"/>\n",
              symbol.width, symbol.width_mm);
    add_property(out, "outline_width_unit", "MapUnit");
    add_property(out, "joinstyle", "round");
    text_add(out, "</layer>\n");
    add_highlight(out);
    text_add(out, "</symbol>\n");
}

static void add_category(struct text *out, size_t symbol, const char *value,
                         const char *label)
{
    text_addf(out, "<category render=\"true\" symbol=\"%zu\" type=\"string\"",
              symbol);
    qml_attribute(out, "value", value);
    qml_attribute(out, "label", label);
    text_add(out, "/>\n");
}

static void add_range(struct text *out, size_t symbol, double lower,
                      double upper, const char *label)
{
    text_addf(out,
              "<range render=\"true\" symbol=\"%zu\" lower=\"%g\" "
              "upper=\"%g\"",
              symbol, lower, upper);
    qml_attribute(out, "label", label);
    text_add(out, "/>\n");
}

static const char *const style_fields[STYLE_COUNT] = {"class", "limiting",
                                                      "use"};

const char *style_name(const struct fields *fields, enum parcel_style style)
{
    return fields_find(fields, style_fields[style])->title;
}

static struct symbol category_symbol(enum parcel_style style, int number)
{
    static const unsigned uses[USE_COUNT] = {/* Okabe, Ito */
                                             [USE_MATERIAL] = 0xd55e00,
                                             [USE_COMBUSTION] = 0xe69f00,
                                             [USE_ANY] = 0x0072b2};
    unsigned fill = style == STYLE_CLASS      ? palette_class(number)
                    : style == STYLE_LIMITING ? palette_factor(number)
                                              : uses[number - 1];
    if (style == STYLE_USE && number - 1 == USE_NONE)
        return (struct symbol){-1, STYLE_FAINT, 1, 0.06};
    return (struct symbol){(long)fill, STYLE_BORDER, 1.5, 0.1};
}

void style_parcels(struct text *out, const struct fields *fields,
                   enum parcel_style style, int language)
{
    const struct vector_code *codes =
        fields_find(fields, style_fields[style])->codes;
    size_t count = 0;
    text_addf(out,
              "<renderer-v2 type=\"categorizedSymbol\" attr=\"%s\" "
              "forceraster=\"0\" symbollevels=\"1\" enableorderby=\"0\">\n"
              "<categories>\n",
              style_fields[style]);
    for (; codes[count].code; count++)
        add_category(out, count, codes[count].code, codes[count].label);
    /* "" takes every other value, NULL among them */
    add_category(out, count, "", label_text(LABEL_NOTHING_PLANTABLE, language));
    text_add(out, "</categories>\n<symbols>\n");
    for (size_t i = 0; i < count; i++)
        add_symbol(out, i, category_symbol(style, (int)i + 1));
    add_symbol(out, count, (struct symbol){-1, STYLE_FAINT, 1, 0.06});
    text_add(out, "</symbols>\n</renderer-v2>\n");
    style_form(out, fields, STYLE_PARCELS, language);
}

const struct field *style_difference_field(const struct fields *fields,
                                           const struct config *config,
                                           size_t number)
{
    const struct scenario_config *scenario =
        (const struct scenario_config *)config->scenarios.items + number;
    struct text name = {0};
    text_addf(&name, "diff_%s", scenario->id);
    const struct field *field = fields_find(fields, text_get(&name));
    text_release(&name);
    return field;
}

void style_difference(struct text *out, const struct fields *fields,
                      const struct config *config, size_t number)
{
    const struct field *field = style_difference_field(fields, config, number);
    text_addf(out,
              "<renderer-v2 type=\"graduatedSymbol\" attr=\"%s\" "
              "graduatedMethod=\"GraduatedColor\" forceraster=\"0\" "
              "symbollevels=\"1\" enableorderby=\"0\">\n<ranges>\n",
              field->name);
    for (int i = 0; i < DIFFERENCE_STEPS; i++) {
        const struct difference_step *step = &difference_steps[i];
        struct text label = {0};
        difference_label(&label, i, config->language);
        add_range(out, (size_t)i, step->low, step->high, text_get(&label));
        out->broken |= label.broken;
        text_release(&label);
    }
    text_add(out, "</ranges>\n<symbols>\n");
    for (int i = 0; i < DIFFERENCE_STEPS; i++)
        add_symbol(out, (size_t)i,
                   (struct symbol){(long)difference_steps[i].colour,
                                   STYLE_BORDER, 1.5, 0.1});
    text_add(out, "</symbols>\n</renderer-v2>\n");
    style_form(out, fields, STYLE_PARCELS, config->language);
}

void style_sites(struct text *out, const struct fields *fields, int language)
{
    static const double limits[] = {0, 1, 5, 1e9}, widths[] = {0.3, 0.6, 1};
    text_add(out, "<renderer-v2 type=\"graduatedSymbol\" "
                  "attr=\"plantable_ha\" graduatedMethod=\"GraduatedColor\" "
                  "forceraster=\"0\" symbollevels=\"1\" "
                  "enableorderby=\"0\">\n<ranges>\n");
    for (size_t i = 0; i < 3; i++)
        add_range(out, i, limits[i], limits[i + 1],
                  label_text((enum label)(LABEL_SITE_SMALL + i), language));
    text_add(out, "</ranges>\n<symbols>\n");
    for (size_t i = 0; i < 3; i++)
        add_symbol(out, i,
                   (struct symbol){-1, STYLE_SITE, 15 * widths[i], widths[i]});
    text_add(out, "</symbols>\n</renderer-v2>\n");
    style_form(out, fields, STYLE_SITES, language);
}

static void add_paletted(struct text *out, const struct raster_class *rows,
                         size_t count)
{
    text_add(out, "<rasterrenderer type=\"paletted\" band=\"1\" "
                  "opacity=\"1\" alphaBand=\"-1\" nodataColor=\"\">\n"
                  "<rasterTransparency/>\n<colorPalette>\n");
    for (size_t i = 0; i < count; i++) {
        text_addf(out,
                  "<paletteEntry value=\"%d\" color=\"#%02x%02x%02x\" "
                  "alpha=\"%u\"",
                  rows[i].value, rows[i].red, rows[i].green, rows[i].blue,
                  rows[i].alpha);
        qml_attribute(out, "label", rows[i].name);
        text_add(out, "/>\n");
    }
    text_add(out, "</colorPalette>\n</rasterrenderer>\n");
}

/* "0.25;r,g,b,a:0.5;..." as QGIS writes the inner stops of a ramp; scores are
 * whole numbers, so that a stop at every tenth is exact enough. */
static void add_ramp(struct text *out)
{
    text_add(out, "<colorramp type=\"gradient\" name=\"[source]\">\n");
    add_colour(out, "color1", palette_score(0));
    add_colour(out, "color2", palette_score(100));
    add_property(out, "discrete", "0");
    add_property(out, "rampType", "gradient");
    text_add(out, "<prop k=\"stops\" v=\"");
    for (int score = 10; score < 100; score += 10) {
        unsigned rgb = palette_score(score);
        text_addf(out, "%s0.%d;%u,%u,%u,255", score > 10 ? ":" : "", score / 10,
                  rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff);
    }
    text_add(out, "\"/>\n</colorramp>\n");
}

/* Without the ramp called [source], QGIS's dialog puts its own in place. */
static void add_pseudocolor(struct text *out)
{
    text_add(out, "<rasterrenderer type=\"singlebandpseudocolor\" band=\"1\" "
                  "opacity=\"1\" alphaBand=\"-1\" nodataColor=\"\" "
                  "classificationMin=\"0\" classificationMax=\"100\">\n"
                  "<rasterTransparency/>\n<minMaxOrigin><limits>None</limits>"
                  "<extent>WholeRaster</extent>"
                  "<statAccuracy>Estimated</statAccuracy></minMaxOrigin>\n"
                  "<rastershader>\n<colorrampshader "
                  "colorRampType=\"INTERPOLATED\" classificationMode=\"1\" "
                  "minimumValue=\"0\" maximumValue=\"100\" clip=\"0\" "
                  "labelPrecision=\"0\">\n");
    add_ramp(out);
    for (int score = 0; score <= 100; score += 10)
        text_addf(out,
                  "<item value=\"%d\" label=\"%d\" color=\"#%06x\" "
                  "alpha=\"255\"/>\n",
                  score, score, palette_score(score));
    text_add(out, "</colorrampshader>\n</rastershader>\n</rasterrenderer>\n");
}

enum terramis_status style_raster(struct text *out, const struct plan *plan,
                                  int raster)
{
    struct raster_class *rows;
    TRY(mem_new(&rows, RASTER_CLASSES, sizeof *rows));
    size_t count = rasters_classes(plan, raster, rows);
    text_add(out, "<pipe>\n");
    if (count)
        add_paletted(out, rows, count);
    else
        add_pseudocolor(out);
    text_add(out, "<brightnesscontrast brightness=\"0\" contrast=\"0\"/>\n"
                  "<huesaturation saturation=\"0\"/>\n"
                  "<rasterresampler maxOversampling=\"2\"/>\n</pipe>\n");
    free(rows);
    return TERRAMIS_OK;
}
