/* The page over several projects: plain HTML without scripts, for people. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output/credits.h"
#include "output/file.h"
#include "output/labels.h"
#include "output/manifest.h"
#include "param/json.h"
#include "run/batch.h"

/* Texts of the page: French, English. */
static const struct {
    const char *title, *done, *partial, *failed, *date;
    const char *head[6];
    const char *caption, *scenarios;
} texts[] = {{"Résultats de plusieurs projets",
              "terminé",
              "en partie",
              "échec",
              "Calculé le",
              {"Projet", "État", "Territoire", "Terres marginales (ha)",
               "Plantable (ha)", "dont S1 et S2 (ha)"},
              "Un lien par projet, une ligne par territoire",
              "Scénarios"},
             {"Results of several projects",
              "done",
              "in part",
              "failed",
              "Computed on",
              {"Project", "State", "Territory", "Marginal land (ha)",
               "Plantable (ha)", "of which S1 and S2 (ha)"},
              "A link for each project, a row for each territory",
              "Scenarios"}};

/* What people may open of a project. */
static const struct {
    const char *file;
    const char *name[2];
} links[] = {{"index.html", {"carte et classement", "map and ranking"}},
             {"summary.xlsx", {"tableur", "spreadsheet"}},
             {"terramis.qgs", {"projet QGIS", "QGIS project"}},
             {"scenarios.csv", {"scénarios (CSV)", "scenarios (CSV)"}}};

static const char head[] =
    "<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
    "'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<style>\n"
    "body{font:16px/1.5 \"Segoe UI\",\"DejaVu Sans\",Arial,sans-serif;"
    "color:#1c2622;max-width:1100px;margin:0 auto;padding:24px}\n"
    "h1{color:#0a3531}table{border-collapse:collapse;width:100%}\n"
    "caption{text-align:left;color:#50605a;padding-bottom:8px}\n"
    "tbody th{width:35%}th,td{border:1px solid #c9d2cd;padding:8px "
    "12px;text-align:left;"
    "vertical-align:top}\n"
    "thead th{background:#0f4a44;color:#fff}td.n{text-align:right;"
    "white-space:nowrap}\n"
    "a{color:#0b5c9c}.bad{color:#9c1b1b;font-weight:600}"
    ".small{color:#50605a;font-size:.9rem}\n"
    "</style>\n";

struct page {
    struct text out;
    const struct batch *batch;
    int language; /* 0 French, 1 English: index of the texts */
};

/* The manifest of a project; NULL where it has no results of this batch. */
static struct json_object *manifest_of(const struct batch *batch,
                                       const struct batch_entry *entry)
{
    struct json_object *root = NULL;
    struct text path = {0};
    if (entry->code != TERRAMIS_OK && entry->code != TERRAMIS_PARTIAL)
        return NULL;
    text_addf(&path, "%s/%s/%s", batch->out, entry->name, MANIFEST_NAME);
    if (text_status(&path) == TERRAMIS_OK)
        (void)json_read(text_get(&path), TERRAMIS_OUTPUT, TERRAMIS_OUTPUT,
                        &root);
    text_release(&path);
    return root;
}

static bool is_english(struct json_object *manifest)
{
    const char *language =
        json_get_text(json_get(manifest, "parameters"), "language");
    return language && strcmp(language, "en") == 0;
}

static void add_cell(struct page *page, double hectares)
{
    int language = page->language ? LANGUAGE_EN : LANGUAGE_FR;
    text_addf(&page->out, "<td class=\"n\">%s</td>",
              isnan(hectares) ? "" : number_text(hectares, 1, language).text);
}

static void add_territory(struct page *page, struct json_object *t)
{
    struct json_object *classes = json_get(t, "plantable_by_class_ha");
    const char *name = json_get_text(t, "name");
    const char *state = json_get_text(t, "status");
    text_add(&page->out, "<td>");
    text_add_xml(&page->out, name ? name : "");
    if (state && strcmp(state, "failed") == 0)
        text_addf(&page->out, " <span class=\"bad\">(%s)</span>",
                  texts[page->language].failed);
    text_add(&page->out, "</td>");
    add_cell(page, json_get_number(t, "marginal_ha"));
    add_cell(page, json_get_number(t, "plantable_ha"));
    add_cell(page,
             json_get_number(classes, "S1") + json_get_number(classes, "S2"));
}

/* Folder names go into addresses: all but plain characters as %XX. */
static void add_address(struct text *out, const char *name)
{
    for (const char *c = name; *c; c++)
        if ((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
            (*c >= '0' && *c <= '9') || strchr("-._", *c))
            text_addf(out, "%c", *c);
        else
            text_addf(out, "%%%02X", (unsigned char)*c);
}

static void add_links(struct page *page, const struct batch_entry *entry)
{
    const char *separator = "<br>";
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        struct text path = {0};
        text_addf(&path, "%s/%s/%s", page->batch->out, entry->name,
                  links[i].file);
        if (access(text_get(&path), F_OK) == 0) {
            text_addf(&page->out, "%s<a href=\"", separator);
            add_address(&page->out, entry->name);
            text_addf(&page->out, "/%s\">%s</a>", links[i].file,
                      links[i].name[page->language]);
            separator = ", ";
        }
        page->out.broken |= path.broken;
        text_release(&path);
    }
}

static void add_scenarios(struct page *page, struct json_object *parameters)
{
    struct json_object *list = json_get(parameters, "scenarios");
    const char *separator = page->language ? ": " : "\u00a0: ";
    if (json_count(list) > 0)
        text_addf(&page->out, "<br><span class=\"small\">%s",
                  texts[page->language].scenarios);
    for (size_t i = 0; i < json_count(list); i++) {
        struct json_object *scenario = json_object_array_get_idx(list, i);
        const char *title = json_get_text(scenario, "title");
        const char *id = json_get_text(scenario, "id");
        text_add(&page->out, separator);
        text_add_xml(&page->out, title ? title : id ? id : "");
        separator = ", ";
    }
    if (json_count(list) > 0)
        text_add(&page->out, "</span>");
}

static void add_project(struct page *page, const struct batch_entry *entry,
                        struct json_object *manifest, size_t rows)
{
    struct json_object *parameters = json_get(manifest, "parameters");
    const char *title = json_get_text(parameters, "title");
    text_addf(&page->out, "<th scope=\"rowgroup\" rowspan=\"%zu\">", rows);
    text_add_xml(&page->out, title ? title : entry->name);
    text_add(&page->out, "<br><span class=\"small\">");
    text_add_xml(&page->out, entry->name);
    text_add(&page->out, "</span>");
    if (manifest) {
        add_links(page, entry);
        add_scenarios(page, parameters);
    }
    text_addf(&page->out, "</th><td rowspan=\"%zu\"%s%s>%s", rows,
              manifest ? "" : " colspan=\"5\"",
              entry->code == TERRAMIS_OK ? "" : " class=\"bad\"",
              entry->code == TERRAMIS_OK        ? texts[page->language].done
              : entry->code == TERRAMIS_PARTIAL ? texts[page->language].partial
                                                : texts[page->language].failed);
    if (entry->message) {
        text_add(&page->out, "<br><span class=\"small\">");
        text_add_xml(&page->out, entry->message);
        text_add(&page->out, "</span>");
    }
    text_add(&page->out, "</td>");
}

static void add_entry(struct page *page, const struct batch_entry *entry)
{
    struct json_object *manifest = manifest_of(page->batch, entry);
    struct json_object *list = json_get(manifest, "territories");
    size_t count = json_count(list), rows = count > 0 ? count : 1;
    text_add(&page->out, "<tbody>\n");
    for (size_t i = 0; i < rows; i++) {
        text_add(&page->out, "<tr>");
        if (i == 0)
            add_project(page, entry, manifest, rows);
        if (count > 0) /* else the reason takes the row */
            add_territory(page, json_object_array_get_idx(list, i));
        text_add(&page->out, "</tr>\n");
    }
    text_add(&page->out, "</tbody>\n");
    json_object_put(manifest);
}

static void add_page(struct page *page)
{
    const struct batch *batch = page->batch;
    int l = page->language;
    text_addf(&page->out,
              "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n%s"
              "<title>%s</title>\n</head>\n<body>\n<main>\n<h1>%s</h1>\n"
              "<p>%s ",
              l ? "en" : "fr", head, texts[l].title, texts[l].title,
              texts[l].date);
    credits_date(&page->out, batch->date, l ? LANGUAGE_EN : LANGUAGE_FR);
    text_addf(&page->out, ".</p>\n<table>\n<caption>%s</caption>\n<thead><tr>",
              texts[l].caption);
    for (size_t i = 0; i < sizeof texts[l].head / sizeof *texts[l].head; i++)
        text_addf(&page->out, "<th scope=\"col\">%s</th>", texts[l].head[i]);
    text_add(&page->out, "</tr></thead>\n");
    for (size_t i = 0; i < batch->count; i++)
        add_entry(page, &batch->entries[i]);
    text_add(&page->out, "</table>\n</main>\n</body>\n</html>\n");
}

/* English only where every project with results is. */
static int language_of(const struct batch *batch)
{
    size_t english = 0, known = 0;
    for (size_t i = 0; i < batch->count; i++) {
        struct json_object *manifest = manifest_of(batch, &batch->entries[i]);
        known += manifest != NULL;
        english += manifest && is_english(manifest);
        json_object_put(manifest);
    }
    return known > 0 && english == known;
}

enum terramis_status batch_write_index(const struct batch *batch)
{
    struct page page = {.batch = batch, .language = language_of(batch)};
    struct text path = {0};
    add_page(&page);
    text_addf(&path, "%s/index.html", batch->out);
    enum terramis_status status = text_status(&path);
    if (status == TERRAMIS_OK)
        status = file_save(text_get(&path), &page.out);
    text_release(&path);
    text_release(&page.out);
    return status;
}
