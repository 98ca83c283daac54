/* What the project and its layers say of themselves, and where to go in it. */
#include "output/credits.h"
#include "output/labels.h"
#include "output/qgis_parts.h"
#include "output/qml.h"

/* Sources, licence and program; false data say so first. */
static void write_abstract(const struct qgis *qgis, struct text *text)
{
    const struct plan *plan = qgis->job->plan;
    const char *colon = label_text(LABEL_COLON, qgis->language);
    if (plan->synthetic)
        text_addf(text, "%s\n",
                  label_text(LABEL_SYNTHETIC_ABSTRACT, qgis->language));
    text_addf(text, "%s%s", label_text(LABEL_SOURCES, qgis->language), colon);
    credits_sources(text, plan);
    if (plan->config->licence)
        text_addf(text, "\n%s%s%s", label_text(LABEL_LICENCE, qgis->language),
                  colon, plan->config->licence);
    text_addf(text, "\nTerramis %s, %s", TERRAMIS_VERSION, qgis->job->date);
}

static void add_title(struct qgis *qgis)
{
    const struct plan *plan = qgis->job->plan;
    struct text title = {0};
    text_add(&title, plan->config->title);
    if (plan->synthetic)
        text_addf(&title, " – %s", label_text(LABEL_SYNTHETIC, qgis->language));
    qml_element(&qgis->out, "title", text_get(&title));
    qgis->out.broken |= title.broken;
    text_release(&title);
}

void qgis_add_about(struct qgis *qgis)
{
    struct text abstract = {0};
    write_abstract(qgis, &abstract);
    add_title(qgis);
    text_add(&qgis->out, "<projectMetadata>\n");
    add_title(qgis);
    qml_element(&qgis->out, "language",
                qgis->language == LANGUAGE_EN ? "ENG" : "FRE");
    qml_element(&qgis->out, "abstract", text_get(&abstract));
    qml_element(&qgis->out, "author", qgis->job->plan->config->organisation);
    text_addf(&qgis->out, "<creation>%sT00:00:00</creation>\n",
              qgis->job->date);
    text_add(&qgis->out, "</projectMetadata>\n");
    qgis->out.broken |= abstract.broken;
    text_release(&abstract);
}

void qgis_add_layer_about(struct qgis *qgis, const struct analysis *analysis,
                          int layer)
{
    struct text *out = &qgis->out;
    struct text title = {0}, abstract = {0};
    text_addf(&title, "%s – %s", qgis_layer_name(qgis, layer),
              analysis->territory->config->name);
    write_abstract(qgis, &abstract);
    text_add(out, "<resourceMetadata>\n");
    qml_about_elements(
        out, &(struct qml_about){.title = text_get(&title),
                                 .abstract = text_get(&abstract),
                                 .licence = qgis->job->plan->config->licence,
                                 .english = qgis->language == LANGUAGE_EN});
    qgis_add_crs(qgis, "crs");
    text_add(out, "</resourceMetadata>\n");
    out->broken |= title.broken || abstract.broken;
    text_release(&title);
    text_release(&abstract);
}

void qgis_add_bookmarks(struct qgis *qgis)
{
    struct text *out = &qgis->out;
    text_add(out, "<Bookmarks>\n");
    for (size_t i = 0; i < qgis->job->count; i++) {
        const struct territory *t = qgis->job->results[i].analysis.territory;
        if (!qgis->job->results[i].done)
            continue;
        struct rect r = t->extent;
        text_add(out, "<Bookmark");
        qml_attribute(out, "id", t->config->id);
        qml_attribute(out, "name", t->config->name);
        qml_attribute(out, "group",
                      label_text(LABEL_TERRITORIES, qgis->language));
        text_addf(out,
                  " extent=\"POLYGON((%.3f %.3f,%.3f %.3f,%.3f %.3f,"
                  "%.3f %.3f,%.3f %.3f))\">\n",
                  r.xmin, r.ymin, r.xmax, r.ymin, r.xmax, r.ymax, r.xmin,
                  r.ymax, r.xmin, r.ymin);
        /* the definition without the element around it */
        text_add(out, "<spatialrefsys>\n");
        qml_element(out, "wkt", qgis->job->plan->crs.wkt);
        qml_element(out, "authid", qgis->job->plan->crs.id);
        text_add(out, "</spatialrefsys>\n</Bookmark>\n");
    }
    text_add(out, "</Bookmarks>\n");
}
