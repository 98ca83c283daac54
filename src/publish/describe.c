/* Texts that several descriptions share. */
#include <string.h>

#include "publish/publication.h"

void publish_abstract(struct text *text, const struct publication *p,
                      int language)
{
    static const char *const parts[LANGUAGES][4] = {
        {"Terres marginales où planter du miscanthus\u00a0: parcelles, sites "
         "et "
         "rasters d’aptitude (score de 0 à 100, classes S1 à N2), surfaces "
         "plantables et tonnages. Territoires\u00a0: ",
         ". Calcul du ", " par Terramis ",
         " DONNÉES SYNTHÉTIQUES\u00a0: elles ne décrivent aucun lieu réel."},
        {"Marginal land for planting miscanthus: parcels, sites and rasters of "
         "suitability (score from 0 to 100, classes S1 to N2), plantable areas "
         "and tonnages. Territories: ",
         ". Computed on ", " by Terramis ",
         " SYNTHETIC DATA: they describe no real place."}};
    const char *version = json_get_text(p->manifest, "version");
    text_add(text, parts[language][0]);
    for (size_t i = 0; i < p->territory_count; i++)
        text_addf(text, "%s%s", i > 0 ? ", " : "", p->territories[i].name);
    text_addf(text, "%s%s%s%s.%s", parts[language][1], p->date,
              parts[language][2], version ? version : "",
              p->synthetic ? parts[language][3] : "");
}

static bool is_same(struct json_object *a, struct json_object *b,
                    const char *key)
{
    const char *x = json_get_text(a, key), *y = json_get_text(b, key);
    return strcmp(x ? x : "", y ? y : "") == 0;
}

/* The same layer in another role? */
static bool is_known(struct json_object *list, size_t i)
{
    struct json_object *item = json_object_array_get_idx(list, i);
    for (size_t j = 0; j < i; j++) {
        struct json_object *other = json_object_array_get_idx(list, j);
        if (is_same(item, other, "source") && is_same(item, other, "layer"))
            return true;
    }
    return false;
}

void publish_credits(struct text *text, const struct publication *p)
{
    struct json_object *list = json_get(p->manifest, "inputs");
    const char *separator = "";
    for (size_t i = 0; i < json_count(list); i++) {
        struct json_object *item = json_object_array_get_idx(list, i);
        const char *title = json_get_text(item, "title");
        const char *date = json_get_text(item, "date");
        const char *licence = json_get_text(item, "licence");
        if (is_known(list, i))
            continue;
        text_addf(text, "%s%s", separator, title ? title : "");
        if (date || licence)
            text_addf(text, " (%s%s%s)", date ? date : "",
                      date && licence ? ", " : "", licence ? licence : "");
        separator = "; ";
    }
}
