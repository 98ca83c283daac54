#include "publish/publication.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "output/file.h"
#include "output/file_list.h"
#include "output/manifest.h"
#include "publish/extent.h"

/* Suffixes of files and what they are; the first that fits. */
static const struct kind {
    const char *suffix, *media, *format, *title[LANGUAGES];
} kinds[] = {
    {"/parcels.gpkg",
     "application/geopackage+sqlite3",
     "GeoPackage",
     {"Parcelles et sites (GeoPackage)", "Parcels and sites (GeoPackage)"}},
    {"/parcels.geojson",
     "application/geo+json",
     "GeoJSON",
     {"Parcelles (GeoJSON)", "Parcels (GeoJSON)"}},
    {"/sites.geojson",
     "application/geo+json",
     "GeoJSON",
     {"Sites (GeoJSON)", "Sites (GeoJSON)"}},
    {"/shapefile.zip",
     "application/zip",
     "Shapefile",
     {"Parcelles et sites (Shapefile)", "Parcels and sites (Shapefile)"}},
    {"/parcels.csv", "text/csv", "CSV", {"Parcelles (CSV)", "Parcels (CSV)"}},
    {"suitability.tif",
     "image/tiff; application=geotiff; profile=cloud-optimized",
     "GeoTIFF",
     {"Score d’aptitude (COG)", "Suitability score (COG)"}},
    {"class.tif",
     "image/tiff; application=geotiff; profile=cloud-optimized",
     "GeoTIFF",
     {"Classes d’aptitude (COG)", "Suitability classes (COG)"}},
    {"limiting.tif",
     "image/tiff; application=geotiff; profile=cloud-optimized",
     "GeoTIFF",
     {"Facteur limitant (COG)", "Limiting factor (COG)"}},
    {"marginal.tif",
     "image/tiff; application=geotiff; profile=cloud-optimized",
     "GeoTIFF",
     {"Terres marginales (COG)", "Marginal land (COG)"}},
    {".qml", "application/xml", "QML", {"Style pour QGIS", "Style for QGIS"}},
    {".aux.xml",
     "application/xml",
     "XML",
     {"Noms des classes (GDAL)", "Names of the classes (GDAL)"}},
    {".png", "image/png", "PNG", {"Aperçu cartographique", "Map preview"}},
    {".wld",
     "text/plain",
     "WLD",
     {"Calage de l’aperçu", "Georeference of the preview"}},
    {"summary.csv", "text/csv", "CSV", {"Synthèse (CSV)", "Summary (CSV)"}},
    {"scenarios.csv",
     "text/csv",
     "CSV",
     {"Scénarios (CSV)", "Scenarios (CSV)"}},
    {"uncertainty.csv",
     "text/csv",
     "CSV",
     {"Incertitude (CSV)", "Uncertainty (CSV)"}},
    {"dictionary.csv",
     "text/csv",
     "CSV",
     {"Dictionnaire des champs", "Dictionary of the fields"}},
    {"stac-item.json",
     "application/geo+json",
     "STAC",
     {"Description STAC", "STAC description"}},
    {"README.md", "text/markdown", "Markdown", {"Lisez-moi", "Read me"}},
    {"iso19139.xml",
     "application/xml",
     "ISO 19139",
     {"Métadonnées ISO 19139", "ISO 19139 metadata"}},
    {"dcat.jsonld",
     "application/ld+json",
     "DCAT-AP",
     {"Métadonnées DCAT-AP", "DCAT-AP metadata"}},
    {"datapackage.json",
     "application/json",
     "Data Package",
     {"Description Data Package", "Data Package description"}}};

enum terramis_status publication_path(const char *folder, const char *name,
                                      char **path)
{
    struct text text = {0};
    text_addf(&text, "%s/%s", folder, name);
    return text_take(&text, path);
}

/* A name for files and addresses: small letters, digits and "-". Accents are
 * lost with their letters' first byte, so those of French are put back. */
static void make_name(char *name, size_t size, const char *title)
{
    static const char *const accents[][2] = {
        {"é", "e"}, {"è", "e"}, {"ê", "e"},  {"ë", "e"}, {"à", "a"},
        {"â", "a"}, {"î", "i"}, {"ï", "i"},  {"ô", "o"}, {"û", "u"},
        {"ù", "u"}, {"ç", "c"}, {"œ", "oe"}, {"É", "e"}, {"È", "e"},
        {"À", "a"}, {"Ç", "c"}, {"Ê", "e"},  {"Î", "i"}, {"Ô", "o"}};
    size_t used = 0;
    while (*title && used + 3 < size) {
        const char *plain = NULL;
        size_t step = 1;
        for (size_t i = 0; i < sizeof accents / sizeof *accents; i++)
            if (strncmp(title, accents[i][0], strlen(accents[i][0])) == 0) {
                plain = accents[i][1];
                step = strlen(accents[i][0]);
            }
        if (plain) {
            for (; *plain; plain++)
                name[used++] = *plain;
        } else if (isalnum((unsigned char)*title) &&
                   !((unsigned char)*title & 0x80)) {
            name[used++] = (char)tolower((unsigned char)*title);
        } else if (used > 0 && name[used - 1] != '-') {
            name[used++] = '-';
        }
        title += step;
    }
    while (used > 0 && name[used - 1] == '-')
        used--;
    memcpy(name + used, "", 1);
    if (used == 0)
        memcpy(name, "terramis", 9);
}

enum terramis_status publication_same(const struct publication *p,
                                      const struct manifest_file *written,
                                      const struct digest *found)
{
    if (digest_same(found, &written->digest))
        return TERRAMIS_OK;
    return status_set(TERRAMIS_INPUT,
                      _("%s/%s: was changed since the run wrote it, so "
                        "it is not published. Run again"),
                      p->run, written->path);
}

/* Every file as the run wrote it? */
static enum terramis_status check_files(struct publication *p)
{
    for (size_t i = 0; i < p->outputs.count; i++) {
        const struct manifest_file *file = &p->outputs.items[i];
        struct digest digest;
        char *full = NULL;
        if (!file_list_regular(p->run, file->path))
            return status_set(TERRAMIS_INPUT,
                              _("%s/%s: is missing, or no regular file. Run "
                                "again"),
                              p->run, file->path);
        TRY(publication_path(p->run, file->path, &full));
        enum terramis_status status = digest_file(full, &digest);
        free(full);
        if (status == TERRAMIS_OUTPUT)
            status = TERRAMIS_INPUT; /* it is read here, not written */
        TRY(status);
        TRY(publication_same(p, file, &digest));
    }
    return TERRAMIS_OK;
}

static enum terramis_status read_territories(struct publication *p)
{
    struct json_object *list = json_get(p->manifest, "territories");
    TRY(mem_new(&p->territories, json_count(list), sizeof *p->territories));
    for (size_t i = 0; i < json_count(list); i++) {
        struct json_object *item = json_object_array_get_idx(list, i);
        struct published_territory *t = &p->territories[p->territory_count];
        const char *state = json_get_text(item, "status");
        t->id = json_get_text(item, "id");
        t->name = json_get_text(item, "name");
        if (!state || strcmp(state, "done") != 0 || !t->id || !t->name)
            continue;
        TRY(extent_read(p, t));
        p->territory_count++;
    }
    if (p->territory_count == 0)
        return status_set(TERRAMIS_INPUT,
                          _("%s: no territory has results to publish"), p->run);
    extent_join(p);
    return TERRAMIS_OK;
}

static enum terramis_status choose_licence(struct publication *p)
{
    struct json_object *list = json_get(p->manifest, "inputs");
    struct licence_input *inputs = NULL;
    size_t count = json_count(list);
    TRY(mem_new(&inputs, count, sizeof *inputs));
    for (size_t i = 0; i < count; i++) {
        struct json_object *item = json_object_array_get_idx(list, i);
        const char *title = json_get_text(item, "title");
        inputs[i].title = title ? title : "";
        inputs[i].licence = json_get_text(item, "licence");
    }
    enum terramis_status status = licence_choose(
        &p->licence, json_get_text(p->parameters, "licence"), inputs, count);
    free(inputs);
    return status;
}

static enum terramis_status no_run(const struct publication *p)
{
    return status_set(TERRAMIS_INPUT,
                      _("%s/manifest.json: is none of a run of terramis"),
                      p->run);
}

static enum terramis_status read_manifest(struct publication *p)
{
    char *path = NULL;
    TRY(publication_path(p->run, MANIFEST_NAME, &path));
    enum terramis_status status =
        manifest_read_file(path, &p->outputs, &p->manifest);
    free(path);
    if (status == TERRAMIS_INPUT && !p->manifest)
        return status_set(TERRAMIS_INPUT,
                          _("%s: holds no finished run (no manifest.json that "
                            "can be read). First: terramis run"),
                          p->run);
    if (status != TERRAMIS_OK && status != TERRAMIS_INPUT)
        return status;
    const char *program = json_get_text(p->manifest, "program");
    if (!program || strcmp(program, "terramis") != 0 ||
        !json_get(p->manifest, "parameters") ||
        (status == TERRAMIS_OK && p->outputs.count == 0))
        return no_run(p);
    return status;
}

enum terramis_status publication_open(struct publication *p, const char *run)
{
    *p = (struct publication){.run = run};
    TRY(read_manifest(p));
    p->parameters = json_get(p->manifest, "parameters");
    p->title = json_get_text(p->parameters, "title");
    p->organisation = json_get_text(p->parameters, "organisation");
    p->date = json_get_text(p->manifest, "date");
    p->crs = json_get_text(json_get(p->manifest, "crs"), "id");
    p->crs_name = json_get_text(json_get(p->manifest, "crs"), "name");
    p->crs_given = json_get_text(p->parameters, "crs");
    p->synthetic =
        json_object_get_boolean(json_get(p->manifest, "synthetic")) != 0;
    if (!p->date || !p->crs_name || !p->crs_given)
        return no_run(p);
    p->title = p->title ? p->title : "Terramis";
    p->crs = p->crs ? p->crs : "";
    make_name(p->name, sizeof p->name, p->title);
    TRY(check_files(p));
    TRY(choose_licence(p));
    return read_territories(p);
}

void publication_close(struct publication *p)
{
    for (size_t i = 0; i < p->file_count; i++)
        free(p->files[i].path);
    free(p->files);
    free(p->territories);
    manifest_list_release(&p->outputs);
    json_object_put(p->manifest);
    *p = (struct publication){0};
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), part = strlen(end);
    return length >= part && strcmp(text + length - part, end) == 0;
}

enum terramis_status
publication_add(struct publication *p, const char *path,
                const struct published_territory *territory)
{
    char *full = NULL;
    TRY(mem_grow(&p->files, &p->file_room, p->file_count, sizeof *p->files));
    struct published_file *file = &p->files[p->file_count];
    *file = (struct published_file){.media = "application/octet-stream",
                                    .format = "",
                                    .territory = territory};
    TRY(mem_copy_text(&file->path, path));
    p->file_count++;
    file->title[IN_FRENCH] = file->title[IN_ENGLISH] = file->path;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (ends_with(path, kinds[i].suffix)) {
            file->media = kinds[i].media;
            file->format = kinds[i].format;
            memcpy(file->title, kinds[i].title, sizeof file->title);
            break;
        }
    TRY(publication_path(p->dir, path, &full));
    enum terramis_status status = digest_file(full, &file->digest);
    free(full);
    return status;
}

enum terramis_status publication_write(struct publication *p, const char *path,
                                       struct text *text)
{
    char *full = NULL;
    enum terramis_status status = publication_path(p->dir, path, &full);
    if (status == TERRAMIS_OK)
        status = file_save(full, text);
    if (status == TERRAMIS_OK)
        status = publication_add(p, path, NULL);
    free(full);
    text_release(text);
    return status;
}

enum terramis_status publication_write_json(struct publication *p,
                                            const char *path,
                                            struct json_object *root)
{
    struct text text = {0};
    const char *json =
        root ? json_object_to_json_string_ext(
                   root, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED |
                             JSON_C_TO_STRING_NOSLASHESCAPE)
             : NULL;
    if (json)
        text_addf(&text, "%s\n", json);
    else
        text.broken = true;
    json_object_put(root);
    return publication_write(p, path, &text);
}
