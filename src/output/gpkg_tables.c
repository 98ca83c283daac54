#include "output/gpkg_tables.h"

#include <string.h>

#include "output/labels.h"
#include "output/qml.h"
#include "output/style.h"

/* 'text', quoted for SQL. */
static void add_quoted(struct text *sql, const char *text)
{
    text_add(sql, "'");
    for (const char *quote; (quote = strchr(text, '\'')); text = quote + 1)
        text_addf(sql, "%.*s''", (int)(quote - text), text);
    text_addf(sql, "%s'", text);
}

/* The statement's values, quoted, up to the NULL: "(a, b, ...)". */
static void add_values(struct text *sql, const char *const *values)
{
    text_add(sql, "(");
    for (; *values; values++) {
        add_quoted(sql, *values);
        text_add(sql, values[1] ? ", " : ")");
    }
}

static enum terramis_status run(struct vector_file *file, struct text *sql)
{
    enum terramis_status status = text_status(sql);
    if (status == TERRAMIS_OK)
        status = vector_file_sql(file, text_get(sql));
    text_release(sql);
    return status;
}

/* Titles of fields, for what reads them from the schema extension: GDAL 3.7 and
 * QGIS 3.32. gpkg_data_columns is there, since some fields have codes; its
 * `name` must be unique over the file and stays NULL. */
enum terramis_status gpkg_add_titles(struct vector_file *file,
                                     const struct gpkg_layer *layer)
{
    struct text sql = {0};
    for (size_t i = 0; i < layer->fields.count; i++) {
        const struct field *field = &layer->fields.items[i];
        text_add(&sql, "INSERT INTO gpkg_data_columns (table_name, "
                       "column_name, title, description) VALUES ");
        add_values(&sql,
                   (const char *const[]){layer->name, field->name, field->alias,
                                         field->description, NULL});
        text_add(&sql, " ON CONFLICT (table_name, column_name) DO UPDATE SET "
                       "title = excluded.title, "
                       "description = excluded.description;\n");
    }
    return run(file, &sql);
}

/* QGIS reads title, abstract and licence from a QMD document; the tables are
 * there, since each layer has items of metadata. */
enum terramis_status gpkg_add_about(struct vector_file *file,
                                    const struct gpkg_layer *layer,
                                    const struct output_job *job)
{
    const struct config *config = job->plan->config;
    struct text sql = {0}, document = {0};
    qml_about(&document,
              &(struct qml_about){.title = text_get(&layer->title),
                                  .abstract = text_get(&layer->about),
                                  .licence = config->licence,
                                  .english = config->language == LANGUAGE_EN});
    text_add(&sql, "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, "
                   "mime_type, metadata) VALUES ");
    add_values(&sql,
               (const char *const[]){"dataset", "http://mrcc.com/qgis.dtd",
                                     "text/xml", text_get(&document), NULL});
    text_addf(&sql,
              ";\nINSERT INTO gpkg_metadata_reference (reference_scope, "
              "table_name, timestamp, md_file_id) VALUES ('table', '%s', "
              "'%sT00:00:00.000Z', last_insert_rowid())",
              layer->name, job->date);
    enum terramis_status status = text_status(&document);
    text_release(&document);
    if (status != TERRAMIS_OK)
        text_release(&sql);
    return status == TERRAMIS_OK ? run(file, &sql) : status;
}

static enum terramis_status create_styles(struct vector_file *file,
                                          const char *date)
{
    struct text sql = {0};
    text_addf(
        &sql,
        "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT "
        "NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256), "
        "f_table_name TEXT(256), f_geometry_column TEXT(256), styleName "
        "TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, "
        "description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME "
        "DEFAULT (strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ','now')));\n"
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, "
        "last_change, srs_id) VALUES ('layer_styles', 'attributes', "
        "'layer_styles', '%sT00:00:00.000Z', 0)",
        date);
    return run(file, &sql);
}

static enum terramis_status add_style(struct vector_file *file,
                                      const char *layer, const char *name,
                                      bool is_default, const char *date,
                                      const struct text *qml)
{
    struct text sql = {0};
    TRY(text_status(qml));
    text_add(&sql,
             "INSERT INTO layer_styles (f_table_catalog, f_table_schema, "
             "f_table_name, f_geometry_column, styleName, styleQML, styleSLD, "
             "useAsDefault, description, owner, update_time) SELECT '', '', "
             "column1, 'geom', column2, column3, '', column4 = 'yes', column2, "
             "'', column5 FROM (VALUES ");
    struct text time = {0};
    text_addf(&time, "%sT00:00:00.000Z", date);
    add_values(&sql, (const char *const[]){layer, name, text_get(qml),
                                           is_default ? "yes" : "no",
                                           text_get(&time), NULL});
    text_add(&sql, ")");
    text_release(&time);
    return run(file, &sql);
}

enum terramis_status gpkg_add_styles(struct vector_file *file,
                                     const struct gpkg_layer *parcels,
                                     const struct gpkg_layer *sites,
                                     const struct output_job *job)
{
    int language = job->plan->config->language;
    struct text qml = {0};
    enum terramis_status status;
    TRY(create_styles(file, job->date));
    for (int i = 0; i < STYLE_COUNT; i++) {
        enum parcel_style style = (enum parcel_style)i;
        text_release(&qml);
        qml_begin(&qml);
        style_parcels(&qml, &parcels->fields, style, language);
        qml_end(&qml);
        TRY_DONE(add_style(file, parcels->name,
                           style_name(&parcels->fields, style),
                           style == STYLE_CLASS, job->date, &qml));
    }
    const struct config *config = job->plan->config;
    for (size_t i = 0; i < config->scenarios.count; i++) {
        text_release(&qml);
        qml_begin(&qml);
        style_difference(&qml, &parcels->fields, config, i);
        qml_end(&qml);
        TRY_DONE(add_style(
            file, parcels->name,
            style_difference_field(&parcels->fields, config, i)->title, false,
            job->date, &qml));
    }
    text_release(&qml);
    qml_begin(&qml);
    style_sites(&qml, &sites->fields, language);
    qml_end(&qml);
    status = add_style(file, sites->name, label_text(LABEL_SITES, language),
                       true, job->date, &qml);
done:
    text_release(&qml);
    return status;
}
