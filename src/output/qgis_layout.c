/* Page layouts: A4, a map of the page's feature, legend, scale, north, inset,
 * card, sources. QGIS fills in what an item leaves out. Identifiers have to be
 * unique within a layout only, and are the same in every run. */
#include "output/canvas.h"
#include "output/labels.h"
#include "output/qgis_parts.h"
#include "output/map_tip.h"
#include "output/qml.h"

/* Item types of QGIS (QgsLayoutItemRegistry). */
enum {
    ITEM_PAGE = 65638,
    ITEM_MAP = 65639,
    ITEM_PICTURE = 65640,
    ITEM_LABEL = 65641,
    ITEM_LEGEND = 65642,
    ITEM_SCALE_BAR = 65646
};

enum {
    ATLAS_PAGES = 50,  /* the best ones; more would take long to export */
    SHEET_WIDTH = 297, /* A4 landscape, mm */
    SHEET_HEIGHT = 210
};

static const struct box map_box = {10, 22, 150, 160};
static const struct box inset_box = {164, 22, 45, 45};
static const struct box legend_box = {164, 70, 45, 110};
static const struct box card_box = {213, 22, 77, 160};

struct layout_page {
    struct qgis *qgis;
    const struct analysis *analysis;
    int layer; /* that the atlas runs through */
};

/* Attributes that every item has; the element is left open. */
static void begin_item(struct text *out, int type, const char *id,
                       struct box box, bool framed)
{
    text_addf(out,
              "<LayoutItem type=\"%d\" id=\"%s\" uuid=\"{%s}\" "
              "templateUuid=\"{%s}\" position=\"%g,%g,mm\" "
              "positionOnPage=\"%g,%g,mm\" size=\"%g,%g,mm\" "
              "referencePoint=\"0\" visibility=\"1\" opacity=\"1\" "
              "blendMode=\"0\" frame=\"%s\" background=\"%s\" "
              "outlineWidthM=\"0.2,mm\"",
              type, id, id, id, box.x, box.y, box.x, box.y, box.w, box.h,
              framed ? "true" : "false", framed ? "true" : "false");
}

static void end_item(struct text *out)
{
    text_add(out, "<FrameColor red=\"90\" green=\"90\" blue=\"90\" "
                  "alpha=\"255\"/>\n"
                  "<BackgroundColor red=\"255\" green=\"255\" blue=\"255\" "
                  "alpha=\"255\"/>\n</LayoutItem>\n");
}

/* `text` may hold expressions in [% %]. */
static void add_label(struct text *out, const char *id, struct box box,
                      double points, bool bold, bool html, const char *text)
{
    begin_item(out, ITEM_LABEL, id, box, false);
    text_addf(out,
              " htmlState=\"%d\" halign=\"1\" valign=\"%d\" marginX=\"0\" "
              "marginY=\"0\"",
              html, html ? 32 : 128);
    qml_attribute(out, "labelText", text);
    text_addf(out,
              ">\n<LabelFont description=\"Arial,%g,-1,5,%d,0,0,0,0,0\" "
              "style=\"\"/>\n"
              "<FontColor red=\"20\" green=\"20\" blue=\"20\" "
              "alpha=\"255\"/>\n",
              points, bold ? 75 : 50);
    end_item(out);
}

/* The layers that maps and legend show, from top to bottom. The page's own
 * comes first. */
enum {
    SHOWN = 3
};

static int shown_layer(const struct layout_page *page, int i)
{
    const int layers[SHOWN] = {
        page->layer, page->layer == QGIS_SITES ? QGIS_PARCELS : QGIS_SITES,
        1 /* the class raster */};
    return layers[i];
}

static void add_layer_set(const struct layout_page *page)
{
    struct text *out = &page->qgis->out;
    text_add(out, "<LayerSet>\n");
    for (int i = 0; i < SHOWN; i++) {
        int layer = shown_layer(page, i);
        if (!qgis_has_layer(page->qgis, layer))
            continue;
        text_add(out, "<Layer>");
        qgis_add_id(out, page->analysis, layer);
        text_add(out, "</Layer>\n");
    }
    text_add(out, "</LayerSet>\n");
}

/* The territory's extent, in the shape of the box. */
static struct rect fit(struct rect r, struct box box)
{
    double w = r.xmax - r.xmin, h = r.ymax - r.ymin;
    double scale = fmax(w / box.w, h / box.h) * 1.05 / 2;
    double x = (r.xmin + r.xmax) / 2, y = (r.ymin + r.ymax) / 2;
    return (struct rect){x - scale * box.w, y - scale * box.h,
                         x + scale * box.w, y + scale * box.h};
}

/* The largest round scale at which the page's feature fills three quarters of
 * the map at most. (The scales that QGIS itself would choose from are those of
 * its window, and missing without one.) */
static void add_map_scale(struct text *out)
{
    struct text scale = {0};
    text_addf(&scale,
              "coalesce(array_first(array_filter(array(500,1000,1500,2000,"
              "2500,5000,7500,10000,15000,20000,25000,50000,75000,100000,"
              "150000,200000,250000),@element>=1333*max("
              "bounds_width(@atlas_geometry)/%g,"
              "bounds_height(@atlas_geometry)/%g))),500000)",
              map_box.w, map_box.h);
    text_add(out, "<LayoutObject>\n<dataDefinedProperties>\n");
    qml_property(out, "dataDefinedMapScale", text_get(&scale));
    text_add(out, "</dataDefinedProperties>\n</LayoutObject>\n");
    out->broken |= scale.broken;
    text_release(&scale);
}

/* Where the map of the page lies; a strong outline, since that may be a dot. */
static void add_overview(struct text *out)
{
    text_add(out, "<ComposerMapOverview uuid=\"{view}\" name=\"\" show=\"1\" "
                  "blendMode=\"0\" inverted=\"0\" centered=\"0\" "
                  "frameMap=\"{map}\">\n<symbol type=\"fill\" name=\"\" "
                  "alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">\n"
                  "<layer class=\"SimpleFill\" enabled=\"1\" locked=\"0\" "
                  "pass=\"0\">\n<prop k=\"style\" v=\"no\"/>\n"
                  "<prop k=\"outline_color\" v=\"212,15,95,255\"/>\n"
                  "<prop k=\"outline_style\" v=\"solid\"/>\n"
                  "<prop k=\"outline_width\" v=\"1\"/>\n"
                  "<prop k=\"outline_width_unit\" v=\"MM\"/>\n"
                  "</layer>\n</symbol>\n</ComposerMapOverview>\n");
}

static void add_map(const struct layout_page *page, const char *id,
                    struct box box, bool driven)
{
    struct text *out = &page->qgis->out;
    struct rect r = fit(page->analysis->territory->extent, box);
    begin_item(out, ITEM_MAP, id, box, true);
    text_add(out, " keepLayerSet=\"true\" keepLayerStyles=\"false\" "
                  "followPreset=\"false\" drawCanvasItems=\"false\" "
                  "mapRotation=\"0\">\n");
    text_addf(out,
              "<Extent xmin=\"%.3f\" ymin=\"%.3f\" xmax=\"%.3f\" "
              "ymax=\"%.3f\"/>\n",
              r.xmin, r.ymin, r.xmax, r.ymax);
    add_layer_set(page);
    /* mode 0: moves to the feature; add_map_scale() chooses the scale */
    text_addf(out, "<AtlasMap atlasDriven=\"%d\" scalingMode=\"0\"/>\n",
              driven);
    if (driven)
        add_map_scale(out);
    else
        add_overview(out);
    end_item(out);
}

static void add_legend(const struct layout_page *page, struct box box)
{
    static const struct {
        const char *name;
        int points;
    } styles[] = {{"title", 10},
                  {"group", 9},
                  {"subgroup", 9},
                  {"symbol", 8},
                  {"symbolLabel", 8}};
    struct text *out = &page->qgis->out;
    begin_item(out, ITEM_LEGEND, "legend", box, false);
    qml_attribute(out, "title", label_text(LABEL_LEGEND, page->qgis->language));
    text_add(out, " map_uuid=\"{map}\" legendFilterByMap=\"1\" "
                  "resizeToContents=\"1\" columnCount=\"1\" "
                  "symbolWidth=\"6\" symbolHeight=\"3\" "
                  "boxSpace=\"0\">\n<styles>\n");
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
        text_addf(out,
                  "<style name=\"%s\" marginTop=\"1.5\" marginLeft=\"%d\">"
                  "<styleFont "
                  "description=\"Arial,%d,-1,5,%d,0,0,0,0,0\" style=\"\"/>"
                  "</style>\n",
                  styles[i].name, i == 4 ? 2 : 0, styles[i].points,
                  i < 3 ? 75 : 50);
    text_add(out, "</styles>\n<layer-tree-group>\n");
    for (int i = 0; i < SHOWN; i++) {
        int layer = shown_layer(page, i);
        if (!qgis_has_layer(page->qgis, layer))
            continue;
        text_add(out, "<layer-tree-layer checked=\"Qt::Checked\" "
                      "expanded=\"1\" id=\"");
        qgis_add_id(out, page->analysis, layer);
        text_add(out, "\"");
        qml_attribute(out, "name", qgis_layer_name(page->qgis, layer));
        text_add(out, ">\n");
        if (layer < RASTER_COUNT) /* without the name of the band */
            text_add(out, "<customproperties>\n<Option type=\"Map\">\n"
                          "<Option type=\"QString\" "
                          "name=\"legend/node-order\" "
                          "value=\"1,2,3,4,5,6\"/>\n</Option>\n"
                          "</customproperties>\n");
        text_add(out, "</layer-tree-layer>\n");
    }
    text_add(out, "</layer-tree-group>\n");
    end_item(out);
}

static void add_scale_and_north(struct text *out)
{
    begin_item(out, ITEM_SCALE_BAR, "scale",
               (struct box){map_box.x, 184, 80, 12}, false);
    text_add(out,
             " style=\"Single Box\" mapUuid=\"{map}\" segmentSizeMode=\"1\" "
             "minBarWidth=\"25\" maxBarWidth=\"60\" numSegments=\"2\" "
             "numSegmentsLeft=\"0\" height=\"1.5\" labelBarSpace=\"1\" "
             "boxContentSpace=\"0\" unitType=\"meters\" unitLabel=\"m\" "
             "numMapUnitsPerScaleBarUnit=\"1\" numUnitsPerSegment=\"500\" "
             "alignment=\"0\">\n"
             "<text-style fontFamily=\"Arial\" fontSize=\"8\" "
             "fontSizeUnit=\"Point\" textColor=\"20,20,20,255\"/>\n"
             "<fillColor red=\"20\" green=\"20\" blue=\"20\" "
             "alpha=\"255\"/>\n<fillColor2 red=\"255\" green=\"255\" "
             "blue=\"255\" alpha=\"255\"/>\n");
    end_item(out);
    begin_item(out, ITEM_PICTURE, "north", (struct box){148, 24, 10, 12},
               false);
    text_add(out, " file=\":/images/north_arrows/"
                  "layout_default_north_arrow.svg\" mode=\"0\" "
                  "resizeMode=\"0\" northMode=\"0\" mapUuid=\"{map}\" "
                  "svgFillColor=\"20,20,20,255\" "
                  "svgBorderColor=\"20,20,20,255\" svgBorderWidth=\"0.2\" "
                  "anchorPoint=\"4\">\n");
    end_item(out);
}

static void add_labels(const struct layout_page *page)
{
    struct qgis *qgis = page->qgis;
    struct text *out = &qgis->out;
    struct text text = {0};
    add_label(out, "title", (struct box){10, 6, 277, 8}, 15, true, false,
              "[%@project_title%]");
    text_addf(&text,
              "[%%@layout_name%%] – [%%@atlas_pagename%%] – 1:[%%format_number("
              "item_variables('map')['map_scale'],0,'%s')%%]",
              qgis->language == LANGUAGE_EN ? "en" : "fr");
    add_label(out, "subtitle", (struct box){10, 14, 277, 6}, 11, false, false,
              text_get(&text));
    out->broken |= text.broken;
    text_release(&text);
    if (page->layer == QGIS_SITES)
        map_tip_site(&text, &qgis->sites, qgis->language);
    else
        map_tip_parcel(&text, &qgis->parcels, qgis->language);
    add_label(out, "card", card_box, 7, false, true, text_get(&text));
    out->broken |= text.broken;
    text_release(&text);
    add_label(out, "sources", (struct box){95, 184, 192, 22}, 6, false, false,
              "[%@project_abstract%] – [%@project_author%]");
}

static void add_atlas(const struct layout_page *page)
{
    struct text *out = &page->qgis->out;
    bool sites = page->layer == QGIS_SITES;
    const struct field *field =
        sites ? fields_find(&page->qgis->sites, "site_id")
              : fields_find(&page->qgis->parcels, "parcel_id");
    text_add(out, "<Atlas enabled=\"1\" hideCoverage=\"0\" sortFeatures=\"1\" "
                  "sortAscending=\"1\" sortKey=\"&quot;rank&quot;\" "
                  "filterFeatures=\"1\" coverageLayer=\"");
    qgis_add_id(out, page->analysis, page->layer);
    text_addf(out,
              "\" featureFilter=\"&quot;rank&quot; &lt;= %d\" "
              "filenamePattern=\"'%s-'||lpad(&quot;rank&quot;,3,'0')\" "
              "pageNameExpression=\"'%s '||&quot;%s&quot;\"/>\n",
              ATLAS_PAGES, sites ? "site" : "parcel", field->title,
              field->name);
}

static void add_layout(const struct layout_page *page)
{
    struct text *out = &page->qgis->out;
    struct text name = {0};
    text_addf(&name, "%s – %s",
              label_text(page->layer == QGIS_SITES ? LABEL_ATLAS_SITES
                                                   : LABEL_ATLAS_PARCELS,
                         page->qgis->language),
              page->analysis->territory->config->name);
    text_add(out, "<Layout units=\"mm\" printResolution=\"200\" "
                  "worldFileMap=\"{map}\"");
    qml_attribute(out, "name", text_get(&name));
    text_add(out, ">\n<PageCollection>\n");
    begin_item(out, ITEM_PAGE, "page",
               (struct box){0, 0, SHEET_WIDTH, SHEET_HEIGHT}, false);
    text_add(out, ">\n");
    end_item(out);
    text_add(out, "</PageCollection>\n");
    /* the last is drawn first */
    add_scale_and_north(out);
    add_labels(page);
    add_legend(page, legend_box);
    add_map(page, "inset", inset_box, false);
    add_map(page, "map", map_box, true);
    add_atlas(page);
    text_add(out, "</Layout>\n");
    out->broken |= name.broken;
    text_release(&name);
}

void qgis_add_layouts(struct qgis *qgis)
{
    text_add(&qgis->out, "<Layouts>\n");
    for (size_t i = 0; i < qgis->job->count; i++)
        for (int layer = QGIS_SITES; layer <= QGIS_PARCELS; layer++)
            if (qgis->job->results[i].done && qgis_has_layer(qgis, layer))
                add_layout(&(struct layout_page){
                    qgis, &qgis->job->results[i].analysis, layer});
    text_add(&qgis->out, "</Layouts>\n");
}
