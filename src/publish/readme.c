/* README.md: French first, then English. Texts of projects are plain text
 * there: what Markdown and HTML would read as their own is escaped. */
#include <string.h>

#include "publish/publication.h"

static void add_plain(struct text *out, const char *text)
{
    for (const char *c = text; *c; c++)
        if (*c == '\n' || *c == '\r')
            text_add(out, " ");
        else if (strchr("\\`*_{}[]<>#!|", *c))
            text_addf(out, "\\%c", *c);
        else
            text_addf(out, "%c", *c);
}

static void add_files(struct text *out, const struct publication *p,
                      int language)
{
    text_add(out, language == IN_FRENCH
                      ? "\n| Fichier | Contenu | Octets |\n|---|---|---|\n"
                      : "\n| File | Content | Bytes |\n|---|---|---|\n");
    for (size_t i = 0; i < p->file_count; i++) {
        const struct published_file *f = &p->files[i];
        text_addf(out, "| `%s` | %s | %lld |\n", f->path, f->title[language],
                  (long long)f->digest.bytes);
    }
}

static void add_sources(struct text *out, const struct publication *p)
{
    struct json_object *list = json_get(p->manifest, "inputs");
    for (size_t i = 0; i < json_count(list); i++) {
        struct json_object *item = json_object_array_get_idx(list, i);
        const char *title = json_get_text(item, "title");
        const char *date = json_get_text(item, "date");
        const char *licence = json_get_text(item, "licence");
        text_add(out, "- ");
        add_plain(out, title ? title : "?");
        text_add(out, ", ");
        add_plain(out, date ? date : "?");
        text_add(out, ", ");
        add_plain(out, licence ? licence : "?");
        text_add(out, "\n");
    }
}

/* Share-alike, said so that nobody overlooks it. */
static const char *share_alike(const struct publication *p, int language)
{
    static const char *const odbl[LANGUAGES] = {
        "Cette base de données dérive de données sous ODbL (par exemple "
        "OpenStreetMap)\u00a0: elle est elle-même sous ODbL, et toute base qui "
        "en "
        "dérive et qui est diffusée doit l’être aussi.\n",
        "This database is derived from data under the ODbL (OpenStreetMap, for "
        "example): it is under the ODbL itself, and so must be every database "
        "that is derived from it and made public.\n"};
    static const char *const cc[LANGUAGES] = {
        "Ces données dérivent de données sous CC BY-SA\u00a0: elles sont sous "
        "la "
        "même licence, et ce qui en dérive doit l’être aussi.\n",
        "These data are derived from data under CC BY-SA: they are under the "
        "same licence, and so must be what is derived from them.\n"};
    if (p->licence->terms == TERMS_SHARE_ODBL)
        return odbl[language];
    return p->licence->terms == TERMS_SHARE_CC ? cc[language] : "";
}

static void add_part(struct text *out, const struct publication *p,
                     int language)
{
    static const char *const heads[LANGUAGES][7] = {
        {"Producteur\u00a0: ", "non renseigné", "Licence", "Sources",
         "Elles doivent être citées, avec leur date, par qui réutilise ces "
         "données.\n\n",
         "Données personnelles",
         "Seuls des champs calculés par Terramis sont publiés (liste dans "
         "`dictionary.csv`)\u00a0: aucun champ des couches d’entrée, donc ni "
         "nom, "
         "ni adresse, ni propriétaire. `parcel_id` est l’identifiant de la "
         "couche de parcelles choisi dans le projet\u00a0: celui du cadastre "
         "ne "
         "nomme personne\u00a0; s’assurer qu’un autre n’en nomme pas non "
         "plus.\n"},
        {"Producer: ", "not given", "Licence", "Sources",
         "Whoever uses these data again must name them, with their date.\n\n",
         "Personal data",
         "Only fields that Terramis computes are published (they are listed in "
         "`dictionary.csv`): no field of the input layers, so no name, no "
         "address, no owner. `parcel_id` is the identifier in the layer of "
         "parcels that the project chose: the cadastre's names nobody; make "
         "sure that another one does not either.\n"}};
    const char *const *head = heads[language];
    struct text about = {0};
    publish_abstract(&about, p, language);
    add_plain(out, text_get(&about));
    out->broken |= about.broken;
    text_release(&about);
    text_addf(out, "\n\n%s", head[0]);
    add_plain(out, p->organisation ? p->organisation : head[1]);
    text_add(out, language == IN_FRENCH ? "\n\nSystème de coordonnées\u00a0: "
                                        : "\n\nCoordinate system: ");
    add_plain(out, p->crs_name);
    text_add(out, ".\n");
    add_files(out, p, language);
    text_addf(out, "\n### %s\n\n[%s](%s)\n\n%s\n### %s\n\n%s", head[2],
              p->licence->title, p->licence->url, share_alike(p, language),
              head[3], head[4]);
    add_sources(out, p);
    text_addf(out, "\n### %s\n\n%s", head[5], head[6]);
    text_add(out,
             language == IN_FRENCH
                 ? "\n### Limites\n\nPrécautions et seuils sont des "
                   "propositions, pas des règles de droit\u00a0; l’absence "
                   "d’un captage ou d’une pollution dans les sources ne "
                   "prouve pas leur absence sur le terrain.\n"
                 : "\n### Limits\n\nPrecautions and thresholds are "
                   "proposals, not rules of law; that a catchment or "
                   "pollution is not in the sources does not prove that "
                   "there is none.\n");
}

enum terramis_status publish_readme(struct publication *p)
{
    struct text out = {0};
    text_add(&out, "# ");
    add_plain(&out, p->title);
    text_add(&out, "\n\n## Français\n\n");
    add_part(&out, p, IN_FRENCH);
    text_add(&out, "\n## English\n\n");
    add_part(&out, p, IN_ENGLISH);
    return publication_write(p, "README.md", &out);
}
