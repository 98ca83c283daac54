/* The data files: copies of the run's, and other formats of its layers. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "output/file.h"
#include "publish/columns.h"
#include "publish/layer_file.h"
#include "publish/publication.h"

/* What is copied as it is; NULL table: no table. Not among them: the page, the
 * atlas and the workbook, which portals cannot show, and the QGIS project,
 * whose paths are those of the run's folder. */
static const struct {
    const char *name;
    bool table;
    enum allowed_table kind;
} of_territory[] = {{"parcels.csv", true, ALLOWED_PARCELS},
                    {"suitability.tif", false, 0},
                    {"suitability.qml", false, 0},
                    {"class.tif", false, 0},
                    {"class.qml", false, 0},
                    {"class.tif.aux.xml", false, 0},
                    {"limiting.tif", false, 0},
                    {"limiting.qml", false, 0},
                    {"limiting.tif.aux.xml", false, 0},
                    {"marginal.tif", false, 0},
                    {"marginal.qml", false, 0},
                    {"marginal.tif.aux.xml", false, 0},
                    {"map-suitability.png", false, 0},
                    {"map-suitability.wld", false, 0},
                    {"map-class.png", false, 0},
                    {"map-class.wld", false, 0},
                    {"map-limiting.png", false, 0},
                    {"map-limiting.wld", false, 0},
                    {"map-marginal.png", false, 0},
                    {"map-marginal.wld", false, 0}},
  of_run[] = {{"summary.csv", true, ALLOWED_SUMMARY},
              {"scenarios.csv", true, ALLOWED_SCENARIOS},
              {"uncertainty.csv", true, ALLOWED_UNCERTAINTY}};

/* Are all columns ours? */
static enum terramis_status check_table(const struct publication *p,
                                        const char *path,
                                        enum allowed_table kind)
{
    struct columns columns;
    struct allowed allowed;
    const char *name;
    enum terramis_status status = columns_open(&columns, path, TERRAMIS_INPUT);
    while (status == TERRAMIS_OK && (name = columns_next(&columns)))
        if (!allowed_find(kind, name, p->parameters, &allowed))
            status = layer_file_refuse(path, name);
    columns_close(&columns);
    return status;
}

static enum terramis_status copy(struct publication *p, const char *path,
                                 const struct published_territory *territory,
                                 const enum allowed_table *kind)
{
    char *from = NULL, *to = NULL;
    const struct manifest_file *written = manifest_find(&p->outputs, path);
    if (!written)
        return TERRAMIS_OK; /* an output that the project does not ask for */
    enum terramis_status status = publication_path(p->run, path, &from);
    if (status == TERRAMIS_OK)
        status = publication_path(p->dir, path, &to);
    if (status == TERRAMIS_OK && kind)
        status = check_table(p, from, *kind);
    if (status == TERRAMIS_OK)
        status = file_copy(from, to, TERRAMIS_INPUT);
    if (status == TERRAMIS_OK)
        status = publication_add(p, path, territory);
    if (status == TERRAMIS_OK)
        status =
            publication_same(p, written, &p->files[p->file_count - 1].digest);
    free(from);
    free(to);
    return status;
}

static enum terramis_status
copy_of_territory(struct publication *p,
                  const struct published_territory *territory)
{
    for (size_t i = 0; i < sizeof of_territory / sizeof *of_territory; i++) {
        char *path = NULL;
        TRY(publication_path(territory->id, of_territory[i].name, &path));
        enum terramis_status status =
            copy(p, path, territory,
                 of_territory[i].table ? &of_territory[i].kind : NULL);
        free(path);
        TRY(status);
    }
    return TERRAMIS_OK;
}

/* The GeoPackage as it is, styles and all, once its fields are known to be
 * ours; the other formats from it. */
static enum terramis_status convert(struct publication *p,
                                    const struct published_territory *territory)
{
    struct layer_file file;
    char *path = NULL;
    TRY(publication_path(territory->id, "parcels.gpkg", &path));
    bool there = manifest_find(&p->outputs, path) != NULL;
    enum terramis_status status = TERRAMIS_OK;
    if (there) {
        status = layer_file_open(&file, p, territory);
        if (status == TERRAMIS_OK)
            status = copy(p, path, territory, NULL);
        if (status == TERRAMIS_OK)
            status = layer_file_geojson(&file, p, ALLOWED_PARCELS);
        if (status == TERRAMIS_OK)
            status = layer_file_geojson(&file, p, ALLOWED_SITES);
        if (status == TERRAMIS_OK)
            status = layer_file_shapes(&file, p);
        layer_file_close(&file);
    }
    free(path);
    return status;
}

enum terramis_status publish_data(struct publication *p)
{
    for (size_t i = 0; i < p->territory_count; i++) {
        const struct published_territory *t = &p->territories[i];
        char *folder = NULL;
        TRY(publication_path(p->dir, t->id, &folder));
        bool made = mkdir(folder, 0777) == 0;
        free(folder);
        if (!made)
            return status_set(TERRAMIS_OUTPUT, _("cannot make the folder %s"),
                              t->id);
        TRY(convert(p, t));
        TRY(copy_of_territory(p, t));
    }
    for (size_t i = 0; i < sizeof of_run / sizeof *of_run; i++)
        TRY(copy(p, of_run[i].name, NULL, &of_run[i].kind));
    return TERRAMIS_OK;
}
