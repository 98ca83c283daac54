#include <unistd.h>

#include "output/html_page.h"

/* What people may want to open, and with what. */
static const struct {
    const char *name;
    const char *about[2]; /* French, English */
} project_files[] =
    {{"summary.xlsx",
      {"Tableur : synthèse, sites et parcelles (Excel, LibreOffice)",
       "Spreadsheet: summary, sites and parcels (Excel, LibreOffice)"}},
     {"terramis.qgs",
      {"Projet QGIS : toutes les couches, déjà mises en forme",
       "QGIS project: every layer, already styled"}},
     {"maps.pdf",
      {"Cartes de tous les territoires ensemble (PDF)",
       "Maps of all territories together (PDF)"}},
     {"map-class.png",
      {"Carte des classes de tous les territoires (image A3)",
       "Map of the classes of all territories (A3 image)"}},
     {"summary.csv",
      {"Synthèse pour d’autres logiciels (CSV)",
       "Summary for other programs (CSV)"}},
     {"scenarios.csv",
      {"Scénarios : hectares plantés et récolte par année (CSV)",
       "Scenarios: hectares planted and harvest by year (CSV)"}},
     {"manifest.json",
      {"Journal du calcul : données d’entrée, réglages, empreintes",
       "Record of the run: inputs, settings, checksums"}}},
  territory_files[] = {
      {"atlas.pdf",
       {"Atlas à imprimer : cartes et fiches des meilleurs sites (PDF)",
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
        "All parcels for other programs (CSV)"}}};

/* The manifest is written after all else: nobody can look whether it is there.
 */
static bool is_there(const struct output_job *job, const char *path)
{
    struct text full = {0};
    if (text_same(path, "manifest.json"))
        return true;
    text_addf(&full, "%s/%s", job->dir, path);
    bool there = access(text_get(&full), F_OK) == 0;
    text_release(&full);
    return there;
}

static void put_file(struct html_json *json, const struct output_job *job,
                     const char *folder, const char *name,
                     const char *const about[2])
{
    bool english = job->plan->config->language == LANGUAGE_EN;
    struct text path = {0};
    text_addf(&path, "%s%s", folder, name);
    if (is_there(job, text_get(&path))) {
        html_open(json, NULL, '{');
        html_text(json, "href", text_get(&path));
        html_text(json, "about", about[english]);
        html_close(json, '}');
    }
    json->out.broken |= path.broken;
    text_release(&path);
}

static void put_group(struct html_json *json, const struct output_job *job,
                      const struct territory_config *territory)
{
    struct text folder = {0};
    html_open(json, NULL, '{');
    html_text(json, "title", territory ? territory->name : NULL);
    html_open(json, "files", '[');
    if (territory)
        text_addf(&folder, "%s/", territory->id);
    for (size_t i = 0;
         territory && i < sizeof territory_files / sizeof *territory_files; i++)
        put_file(json, job, text_get(&folder), territory_files[i].name,
                 territory_files[i].about);
    for (size_t i = 0;
         !territory && i < sizeof project_files / sizeof *project_files; i++)
        put_file(json, job, "", project_files[i].name, project_files[i].about);
    html_close(json, ']');
    html_close(json, '}');
    json->out.broken |= folder.broken;
    text_release(&folder);
}

enum terramis_status html_put_files(struct html_json *json,
                                    const struct output_job *job)
{
    html_open(json, "files", '[');
    put_group(json, job, NULL);
    for (size_t i = 0; i < job->count; i++)
        if (job->results[i].done)
            put_group(json, job, job->results[i].analysis.territory->config);
    html_close(json, ']');
    return text_status(&json->out);
}
