#include "output/qml.h"

#include "output/file.h"

static const char doctype[] =
    "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    "<qgis version=\"" QML_VERSION "\"";

void qml_begin(struct text *out)
{
    text_add(out, doctype);
    text_add(out, " styleCategories=\"AllStyleCategories\">\n");
}

void qml_end(struct text *out)
{
    text_add(out, "</qgis>\n");
}

void qml_element(struct text *out, const char *name, const char *value)
{
    text_addf(out, "<%s>", name);
    text_add_xml(out, value ? value : "");
    text_addf(out, "</%s>\n", name);
}

void qml_attribute(struct text *out, const char *name, const char *value)
{
    text_addf(out, " %s=\"", name);
    text_add_xml(out, value);
    text_add(out, "\"");
}

void qml_property(struct text *out, const char *name, const char *expression)
{
    text_add(out, "<Option type=\"Map\">\n");
    text_add(out, "<Option type=\"QString\" name=\"name\" value=\"\"/>\n");
    text_addf(out,
              "<Option type=\"Map\" name=\"properties\">\n"
              "<Option type=\"Map\" name=\"%s\">\n"
              "<Option type=\"bool\" name=\"active\" value=\"true\"/>\n"
              "<Option type=\"QString\" name=\"expression\"",
              name);
    qml_attribute(out, "value", expression);
    text_add(out,
             "/>\n<Option type=\"int\" name=\"type\" value=\"3\"/>\n"
             "</Option>\n</Option>\n"
             "<Option type=\"QString\" name=\"type\" value=\"collection\"/>\n"
             "</Option>\n");
}

void qml_about_elements(struct text *out, const struct qml_about *about)
{
    qml_element(out, "language", about->english ? "ENG" : "FRE");
    qml_element(out, "type", "dataset");
    qml_element(out, "title", about->title);
    qml_element(out, "abstract", about->abstract);
    if (about->licence)
        qml_element(out, "license", about->licence);
}

void qml_about(struct text *out, const struct qml_about *about)
{
    text_add(out, doctype);
    text_add(out, ">\n");
    qml_about_elements(out, about);
    qml_end(out);
}

enum terramis_status qml_write(const char *path, const struct text *document)
{
    struct file file;
    TRY(text_status(document));
    TRY(file_create(&file, path));
    file_write(&file, text_get(document), document->length);
    return file_commit(&file);
}
