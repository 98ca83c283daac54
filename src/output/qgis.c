/* A QGIS project of everything that was written, by hand: PyQGIS writes ten
 * times as much, with new identifiers each time. Styles are embedded, since
 * QGIS reads those of the files only when a layer is added; paths are relative,
 * so that the folder may move. Layer ids have more than ten characters: QGIS
 * replaces shorter ones, and the tree no longer finds them. */
#include <stdlib.h>
#include <string.h>

#include "output/labels.h"
#include "output/qgis_parts.h"
#include "output/qml.h"

/* From top to bottom. */
static const int drawing_order[QGIS_LAYERS] = {
    QGIS_SITES, QGIS_PARCELS, 1, 0, 2, 3};

bool qgis_has_layer(const struct qgis *qgis, int layer)
{
    return output_wanted(qgis->job->plan->config,
                         layer < RASTER_COUNT ? "cog" : "gpkg");
}

/* Opens on sites and parcels over the class of each place. */
static bool is_shown(int layer)
{
    return layer >= RASTER_COUNT || layer == 1;
}

const char *qgis_layer_name(const struct qgis *qgis, int layer)
{
    if (layer < RASTER_COUNT)
        return rasters_title(qgis->job->plan, layer);
    return label_text(layer == QGIS_SITES ? LABEL_SITES : LABEL_PARCELS,
                      qgis->language);
}

void qgis_add_id(struct text *out, const struct analysis *analysis, int layer)
{
    static const char *const names[QGIS_LAYERS] = {
        "suitability", "class", "limiting", "marginal", "sites", "parcels"};
    text_addf(out, "terramis_%s_%s", analysis->territory->config->id,
              names[layer]);
}

void qgis_add_source(struct text *out, const struct analysis *analysis,
                     int layer)
{
    const char *id = analysis->territory->config->id;
    if (layer < RASTER_COUNT)
        text_addf(out, "./%s/%s", id, raster_names[layer]);
    else
        text_addf(out, "./%s/parcels.gpkg|layername=%s", id,
                  layer == QGIS_SITES ? "sites" : "parcels");
}

void qgis_add_crs(struct qgis *qgis, const char *element)
{
    const struct crs *crs = &qgis->job->plan->crs;
    text_addf(&qgis->out, "<%s>\n<spatialrefsys>\n", element);
    qml_element(&qgis->out, "wkt", crs->wkt);
    qml_element(&qgis->out, "authid", crs->id);
    qml_element(&qgis->out, "description", crs->name);
    text_addf(&qgis->out, "</spatialrefsys>\n</%s>\n", element);
}

static void add_tree(struct qgis *qgis)
{
    struct text *out = &qgis->out;
    text_add(out, "<layer-tree-group>\n");
    for (size_t i = 0; i < qgis->job->count; i++) {
        const struct analysis *a = &qgis->job->results[i].analysis;
        if (!qgis->job->results[i].done)
            continue;
        text_add(out, "<layer-tree-group checked=\"Qt::Checked\" "
                      "expanded=\"1\" name=\"");
        text_add_xml(out, a->territory->config->name);
        text_add(out, "\">\n");
        for (int k = 0; k < QGIS_LAYERS; k++) {
            int layer = drawing_order[k];
            if (!qgis_has_layer(qgis, layer))
                continue;
            bool shown = is_shown(layer);
            text_addf(out,
                      "<layer-tree-layer checked=\"%s\" expanded=\"%d\" "
                      "providerKey=\"%s\" id=\"",
                      shown ? "Qt::Checked" : "Qt::Unchecked", shown,
                      layer < RASTER_COUNT ? "gdal" : "ogr");
            qgis_add_id(out, a, layer);
            text_add(out, "\" source=\"");
            qgis_add_source(out, a, layer);
            text_add(out, "\" name=\"");
            text_add_xml(out, qgis_layer_name(qgis, layer));
            text_add(out, "\"/>\n");
        }
        text_add(out, "</layer-tree-group>\n");
    }
    text_add(out, "</layer-tree-group>\n");
}

static enum terramis_status
add_layer(struct qgis *qgis, const struct analysis *analysis, int layer)
{
    struct text *out = &qgis->out;
    bool raster = layer < RASTER_COUNT;
    text_add(out, raster ? "<maplayer type=\"raster\">\n"
                         : "<maplayer type=\"vector\" geometry=\"Polygon\">\n");
    text_add(out, "<id>");
    qgis_add_id(out, analysis, layer);
    text_add(out, "</id>\n<datasource>");
    qgis_add_source(out, analysis, layer);
    text_add(out, "</datasource>\n");
    qml_element(out, "layername", qgis_layer_name(qgis, layer));
    qgis_add_crs(qgis, "srs");
    qgis_add_layer_about(qgis, analysis, layer);
    text_addf(out, "<provider encoding=\"UTF-8\">%s</provider>\n",
              raster ? "gdal" : "ogr");
    if (raster)
        TRY(style_raster(out, qgis->job->plan, layer));
    else if (layer == QGIS_SITES)
        style_sites(out, &qgis->sites, qgis->language);
    else
        style_parcels(out, &qgis->parcels, STYLE_CLASS, qgis->language);
    text_add(out, "</maplayer>\n");
    return TERRAMIS_OK;
}

static enum terramis_status add_layers(struct qgis *qgis)
{
    text_add(&qgis->out, "<projectlayers>\n");
    for (size_t i = 0; i < qgis->job->count; i++)
        for (int layer = 0; layer < QGIS_LAYERS; layer++)
            if (qgis->job->results[i].done && qgis_has_layer(qgis, layer))
                TRY(add_layer(qgis, &qgis->job->results[i].analysis, layer));
    text_add(&qgis->out, "</projectlayers>\n");
    return TERRAMIS_OK;
}

/* The view at opening: all territories, and a little around. */
static void add_view(struct qgis *qgis)
{
    struct rect view = rect_empty();
    for (size_t i = 0; i < qgis->job->count; i++)
        if (qgis->job->results[i].done)
            view = rect_union(view,
                              qgis->job->results[i].analysis.territory->extent);
    if (rect_is_empty(view))
        return;
    view = rect_grow(view,
                     0.03 * fmax(view.xmax - view.xmin, view.ymax - view.ymin));
    text_addf(&qgis->out,
              "<ProjectViewSettings "
              "UseProjectScales=\"1\">\n<DefaultViewExtent xmin=\"%.3f\" "
              "ymin=\"%.3f\" xmax=\"%.3f\" ymax=\"%.3f\">\n",
              view.xmin, view.ymin, view.xmax, view.ymax);
    qgis_add_crs(qgis, "srs");
    text_add(&qgis->out, "</DefaultViewExtent>\n</ProjectViewSettings>\n");
}

static enum terramis_status fill(struct qgis *qgis)
{
    const struct plan *plan = qgis->job->plan;
    struct text *out = &qgis->out;
    TRY(fields_of_parcels(&qgis->parcels, plan));
    TRY(fields_of_sites(&qgis->sites, plan));
    qml_begin(out);
    qgis_add_about(qgis);
    qgis_add_crs(qgis, "projectCrs");
    add_tree(qgis);
    add_view(qgis);
    TRY(add_layers(qgis));
    qgis_add_layouts(qgis);
    qgis_add_bookmarks(qgis);
    text_add(out,
             "<properties>\n<Paths>\n<Absolute type=\"bool\">false</Absolute>\n"
             "</Paths>\n<SpatialRefSys>\n<ProjectionsEnabled "
             "type=\"int\">1</ProjectionsEnabled>\n</SpatialRefSys>\n"
             "</properties>\n");
    qml_end(out);
    return text_status(out);
}

static enum terramis_status write_project(const struct output_job *job)
{
    struct qgis qgis = {.job = job, .language = job->plan->config->language};
    struct text path = {0};
    text_addf(&path, "%s/terramis.qgs", job->dir);
    enum terramis_status status = text_status(&path);
    if (status == TERRAMIS_OK)
        status = fill(&qgis);
    if (status == TERRAMIS_OK)
        status = qml_write(text_get(&path), &qgis.out);
    fields_release(&qgis.parcels);
    fields_release(&qgis.sites);
    text_release(&qgis.out);
    text_release(&path);
    return status;
}

const struct output_op output_qgis = {
    .op = {.name = "qgis",
           .summary =
               N_("A QGIS project of the GeoPackages and rasters, styled."),
           .source = "QGIS 3.22"},
    .files = "terramis.qgs",
    .project = write_project};
