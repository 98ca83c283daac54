#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "output/html_page.h"

/* What people may want to open, and with what. */
static const struct known {
    const char *name;
    const char *about[2]; /* French, English */
} project_files[] =
    {{"summary.xlsx",
      {"Tableur\u00a0: synthèse, sites et parcelles (Excel, LibreOffice)",
       "Spreadsheet: summary, sites and parcels (Excel, LibreOffice)"}},
     {"terramis.qgs",
      {"Projet QGIS\u00a0: toutes les couches, déjà mises en forme",
       "QGIS project: every layer, already styled"}},
     {"maps.pdf",
      {"Cartes de tous les territoires ensemble (PDF)",
       "Maps of all territories together (PDF)"}},
     {"map-class.png",
      {"Carte des classes de tous les territoires (image A3)",
       "Map of the classes of all territories (A3 image)"}},
     {"maps-a4.pdf",
      {"Les mêmes cartes sur feuilles A4 (PDF)",
       "The same maps on A4 sheets (PDF)"}},
     {"summary.csv",
      {"Synthèse pour d’autres logiciels (CSV)",
       "Summary for other programs (CSV)"}},
     {"scenarios.csv",
      {"Scénarios\u00a0: hectares plantés et récolte par année (CSV)",
       "Scenarios: hectares planted and harvest by year (CSV)"}},
     {"uncertainty.csv",
      {"D’où vient l’incertitude, facteur par facteur (CSV)",
       "Where the uncertainty comes from, by factor (CSV)"}},
     {"manifest.json",
      {"Journal du calcul\u00a0: données d’entrée, réglages, empreintes",
       "Record of the run: inputs, settings, checksums"}}},
  territory_files[] = {
      {"atlas.pdf",
       {"Atlas à imprimer\u00a0: cartes et fiches des meilleurs sites (PDF)",
        "Atlas to print: maps and pages of the best sites (PDF)"}},
      {"maps-a4.pdf",
       {"Les cartes sur feuilles A4 (PDF)", "The maps on A4 sheets (PDF)"}},
      {"map-class.png",
       {"Carte des classes (image A3)", "Map of the classes (A3 image)"}},
      {"map-suitability.png",
       {"Carte du score (image A3)", "Map of the score (A3 image)"}},
      {"map-marginal.png",
       {"Carte des terres marginales (image A3)",
        "Map of marginal land (A3 image)"}},
      {"map-limiting.png",
       {"Carte du facteur limitant (image A3)",
        "Map of the limiting factor (A3 image)"}},
      {"parcels.gpkg",
       {"Parcelles et sites pour un SIG (GeoPackage)",
        "Parcels and sites for a GIS (GeoPackage)"}},
      {"parcels.csv",
       {"Toutes les parcelles pour d’autres logiciels (CSV)",
        "All parcels for other programs (CSV)"}},
      {"class.tif",
       {"Classes pour un SIG (GeoTIFF)", "Classes for a GIS (GeoTIFF)"}},
      {"suitability.tif",
       {"Score pour un SIG (GeoTIFF)", "Score for a GIS (GeoTIFF)"}},
      {"marginal.tif",
       {"Terres marginales pour un SIG (GeoTIFF)",
        "Marginal land for a GIS (GeoTIFF)"}},
      {"limiting.tif",
       {"Facteur limitant pour un SIG (GeoTIFF)",
        "Limiting factor for a GIS (GeoTIFF)"}}};

enum {
    PROJECT_FILES = sizeof project_files / sizeof *project_files,
    TERRITORY_FILES = sizeof territory_files / sizeof *territory_files
};

/* Files that belong to another one or are being written, by how their names
 * end; and the page. */
static const char *const companions[] = {".qml", ".wld", ".aux.xml", ".part",
                                         "index.html"};

/* A folder of the results. */
struct folder {
    struct html_json *json;
    const struct output_job *job;
    const char *path; /* "" or "<id>/" */
    const struct known *known;
    size_t known_count;
};

static bool ends(const char *text, const char *end)
{
    size_t length = strlen(text), wanted = strlen(end);
    return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

/* Is something people may open? Rasters that nobody asked for are taken away
 * after all else. */
static bool is_wanted(const struct folder *folder, const char *name)
{
    if (name[0] == '.' || (ends(name, ".tif") &&
                           !output_wanted(folder->job->plan->config, "cog")))
        return false;
    for (size_t i = 0; i < sizeof companions / sizeof *companions; i++)
        if (ends(name, companions[i]))
            return false;
    return true;
}

static bool is_known(const struct folder *folder, const char *name)
{
    for (size_t i = 0; i < folder->known_count; i++)
        if (text_same(folder->known[i].name, name))
            return true;
    return false;
}

/* The manifest is written after all else: nobody can look whether it is there,
 * nor how large it is. */
static void put_file(const struct folder *folder, const char *name,
                     const char *about)
{
    struct html_json *json = folder->json;
    struct text path = {0};
    struct stat info;
    text_addf(&path, "%s/%s%s", folder->job->dir, folder->path, name);
    bool there = stat(text_get(&path), &info) == 0 && S_ISREG(info.st_mode);
    if (is_wanted(folder, name) &&
        (there || text_same(name, "manifest.json"))) {
        const char *href = text_get(&path) + strlen(folder->job->dir) + 1;
        html_open(json, NULL, '{');
        html_text(json, "href", href);
        html_text(json, "about", about);
        if (there)
            html_integer(json, "bytes", (long long)info.st_size);
        html_close(json, '}');
    }
    json->out.broken |= path.broken;
    text_release(&path);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* What no line above names, under its own name. */
static enum terramis_status put_others(const struct folder *folder)
{
    struct dirent **entries;
    struct text path = {0};
    text_addf(&path, "%s/%s", folder->job->dir, folder->path);
    TRY(text_status(&path));
    int count = scandir(text_get(&path), &entries, NULL, by_name);
    text_release(&path);
    for (int i = 0; i < count; i++) {
        if (!is_known(folder, entries[i]->d_name))
            put_file(folder, entries[i]->d_name, entries[i]->d_name);
        free(entries[i]);
    }
    if (count < 0)
        return status_set(TERRAMIS_OUTPUT,
                          _("the folder of the results cannot be read"));
    free(entries);
    return TERRAMIS_OK;
}

static enum terramis_status put_folder(const struct folder *folder,
                                       const char *title)
{
    bool english = folder->job->plan->config->language == LANGUAGE_EN;
    html_open(folder->json, NULL, '{');
    html_text(folder->json, "title", title);
    html_open(folder->json, "files", '[');
    for (size_t i = 0; i < folder->known_count; i++)
        put_file(folder, folder->known[i].name,
                 folder->known[i].about[english]);
    TRY(put_others(folder));
    html_close(folder->json, ']');
    html_close(folder->json, '}');
    return TERRAMIS_OK;
}

static enum terramis_status put_territory(struct html_json *json,
                                          const struct output_job *job,
                                          const struct territory_config *t)
{
    struct text path = {0};
    text_addf(&path, "%s/", t->id);
    TRY(text_status(&path));
    struct folder folder = {json, job, text_get(&path), territory_files,
                            TERRITORY_FILES};
    enum terramis_status status = put_folder(&folder, t->name);
    text_release(&path);
    return status;
}

enum terramis_status html_put_files(struct html_json *json,
                                    const struct output_job *job)
{
    struct folder whole = {json, job, "", project_files, PROJECT_FILES};
    html_open(json, "files", '[');
    TRY(put_folder(&whole, NULL));
    for (size_t i = 0; i < job->count; i++)
        if (job->results[i].done)
            TRY(put_territory(json, job,
                              job->results[i].analysis.territory->config));
    html_close(json, ']');
    return text_status(&json->out);
}
