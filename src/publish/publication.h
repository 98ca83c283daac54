/**
 * @file publication.h
 * @brief A finished run made ready for an open-data portal: what its files and
 * descriptions are made of. Nothing is computed anew.
 */
#ifndef PUBLISH_PUBLICATION_H
#define PUBLISH_PUBLICATION_H

#include "base/mem.h"
#include "output/manifest_read.h"
#include "param/json.h"
#include "publish/licence.h"

enum {
    IN_FRENCH,
    IN_ENGLISH,
    LANGUAGES
};

/** A territory with results; texts belong to the manifest. */
struct published_territory {
    const char *id, *name;
    double bbox[4];      /**< west, south, east, north, degrees */
    int shape[2];        /**< rows and columns of its rasters; 0: it has none */
    double transform[6]; /**< column, row to x, y of the project's CRS, in the
                              order of STAC */
};

struct published_file {
    char *path;         /**< below the folder */
    const char *media;  /**< media type */
    const char *format; /**< "GeoJSON" */
    const char *title[LANGUAGES];
    const struct published_territory *territory; /**< NULL: of all */
    struct digest digest;
};

struct publication {
    const char *run;              /**< folder of the run */
    const char *dir;              /**< folder to write to */
    struct json_object *manifest; /**< of the run */
    struct manifest_list outputs; /**< what it lists */
    struct json_object *parameters;
    const char *title, *organisation; /**< organisation: NULL where unknown */
    const char *date;                 /**< of the run */
    const char *crs, *crs_name;       /**< "EPSG:2154"; "" without a code */
    const char *crs_given;            /**< as in the project: code or WKT */
    char name[64];                    /**< "miscanthus-estuaire-de-la-seine" */
    bool synthetic;
    const struct licence *licence;
    struct published_territory *territories;
    size_t territory_count;
    double bbox[4];
    struct published_file *files;
    size_t file_count, file_room;
};

/** Reads and checks the run: that it is one, finished, and that all its files
 * are as it wrote them (TERRAMIS_INPUT). The caller closes in either case. */
enum terramis_status publication_open(struct publication *p, const char *run);
void publication_close(struct publication *p);

/** Path of a file of the run or of the publication; caller frees. */
enum terramis_status publication_path(const char *folder, const char *name,
                                      char **path);

/** Refuses (TERRAMIS_INPUT) a file of the run that is not as it was written. */
enum terramis_status publication_same(const struct publication *p,
                                      const struct manifest_file *written,
                                      const struct digest *found);

/** Enters dir/path, which is complete, into the list. */
enum terramis_status
publication_add(struct publication *p, const char *path,
                const struct published_territory *territory);

/** Writes a text as dir/path and enters it. Releases the text. */
enum terramis_status publication_write(struct publication *p, const char *path,
                                       struct text *text);

/** The same of a JSON tree, which it puts; NULL is a lack of memory. */
enum terramis_status publication_write_json(struct publication *p,
                                            const char *path,
                                            struct json_object *root);

/** Data: copies, and parcels and sites in other formats. */
enum terramis_status publish_data(struct publication *p);
enum terramis_status
publish_shapes(struct publication *p,
               const struct published_territory *territory);

/** dictionary.csv: every field of every table. */
enum terramis_status publish_dictionary(struct publication *p);

/** Descriptions of the data; after it. */
enum terramis_status publish_stac(struct publication *p);
enum terramis_status publish_readme(struct publication *p);
enum terramis_status publish_iso(struct publication *p);
enum terramis_status publish_dcat(struct publication *p);
enum terramis_status publish_package(struct publication *p);

/** manifest.json: the list of files, then dir/<name>.zip of all of them. */
enum terramis_status publish_list(struct publication *p);

/** What the data are, in a few sentences. */
void publish_abstract(struct text *text, const struct publication *p,
                      int language);

/** The sources, as their licences want them named: "title (date, licence)". */
void publish_credits(struct text *text, const struct publication *p);

#endif
