/**
 * @file qml.h
 * @brief QML and QMD documents: the style and the description of a layer, as
 * files beside it or inside a GeoPackage.
 */
#ifndef OUTPUT_QML_H
#define OUTPUT_QML_H

#include "base/text.h"

/** The QGIS that the documents are written for; newer ones read them. */
#define QML_VERSION "3.22.16"

/** Begins and ends a QML document; between them come style_*() elements. */
void qml_begin(struct text *out);
void qml_end(struct text *out);

/** <name>value</name>, escaped; NULL: empty. */
void qml_element(struct text *out, const char *name, const char *value);

/** ` name="value"`, escaped. */
void qml_attribute(struct text *out, const char *name, const char *value);

/** The <Option> of a collection whose property `name` follows an expression; it
 * belongs into <data_defined_properties> of a symbol's layer and into
 * <dataDefinedProperties> of an item of a page. */
void qml_property(struct text *out, const char *name, const char *expression);

/** What a layer says of itself; NULL: nothing. */
struct qml_about {
    const char *title, *abstract, *licence;
    bool english; /**< language of the texts; false: French */
};

/** The elements of a QMD document, and of <resourceMetadata> in a project. */
void qml_about_elements(struct text *out, const struct qml_about *about);

/** A QMD document. */
void qml_about(struct text *out, const struct qml_about *about);

/** Writes a finished document. */
enum terramis_status qml_write(const char *path, const struct text *document);

#endif
