#include <string.h>
#include <sys/stat.h>

#include "output/file_list.h"
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
      {"atlas-a4.pdf",
       {"Le même atlas sur feuilles A4 (PDF)",
        "The same atlas on A4 sheets (PDF)"}},
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
    const struct file_list *all; /* below the folder of the results */
    const char *path;            /* "" or "<id>/" */
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
    if (!path.broken && is_wanted(folder, name) &&
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

/* What no line above names, under its own name. */
static void put_others(const struct folder *folder)
{
    size_t length = strlen(folder->path);
    for (size_t i = 0; i < folder->all->count; i++) {
        const char *path = folder->all->items[i];
        if (strncmp(path, folder->path, length) != 0)
            continue;
        const char *name = path + length;
        if (!strchr(name, '/') && !is_known(folder, name))
            put_file(folder, name, name);
    }
}

static void put_folder(const struct folder *folder, const char *title)
{
    bool english = folder->job->plan->config->language == LANGUAGE_EN;
    html_open(folder->json, NULL, '{');
    html_text(folder->json, "title", title);
    html_open(folder->json, "files", '[');
    for (size_t i = 0; i < folder->known_count; i++)
        put_file(folder, folder->known[i].name,
                 folder->known[i].about[english]);
    put_others(folder);
    html_close(folder->json, ']');
    html_close(folder->json, '}');
}

static void put_territory(struct folder folder,
                          const struct territory_config *territory)
{
    struct text path = {0};
    text_addf(&path, "%s/", territory->id);
    folder.path = text_get(&path);
    folder.known = territory_files;
    folder.known_count = TERRITORY_FILES;
    put_folder(&folder, territory->name);
    folder.json->out.broken |= path.broken;
    text_release(&path);
}

enum terramis_status html_put_files(struct html_json *json,
                                    const struct output_job *job)
{
    struct file_list all;
    struct folder whole = {json, job, &all, "", project_files, PROJECT_FILES};
    enum terramis_status status = file_list_read(job->dir, &all);
    html_open(json, "files", '[');
    if (status == TERRAMIS_OK)
        put_folder(&whole, NULL);
    for (size_t i = 0; i < job->count && status == TERRAMIS_OK; i++)
        if (job->results[i].done)
            put_territory(whole, job->results[i].analysis.territory->config);
    html_close(json, ']');
    file_list_release(&all);
    TRY(status);
    return text_status(&json->out);
}
