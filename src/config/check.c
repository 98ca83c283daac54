#include "config/check.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "param/phrase.h"

enum {
    FACTOR_ID_MAX = 40 /* "m_" + id is a field name in a GeoPackage */
};

/* Looks at the settings as written rather than at the structs where only the
 * text counts: all layers alike, and every place is known. */

static bool ends_with(const char *text, size_t length, const char *end)
{
    size_t n = strlen(end);
    return length >= n && memcmp(text + length - n, end, n) == 0;
}

/* Is `text` "EPSG:n" or WKT (PROJCS[...], PROJCRS[...])? Files and URLs,
 * which PROJ would read too, are neither. */
static bool is_crs(const char *text)
{
    if (strncmp(text, "EPSG:", 5) == 0) {
        size_t digits = strspn(text + 5, "0123456789");
        return digits > 0 && digits <= 7 && text[5 + digits] == '\0';
    }
    text += strspn(text, " \t\r\n");
    size_t word = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r\n", text[length - 1]))
        length--;
    return (ends_with(text, word, "CRS") || ends_with(text, word, "CS")) &&
           text[word] == '[' && text[length - 1] == ']';
}

static void check_crs(const struct setting *map, struct problems *problems)
{
    const struct setting *crs = setting_find(map, "crs");
    if (crs && crs->kind == SETTING_SCALAR && crs->text && !is_crs(crs->text))
        problems_add(problems, crs->at,
                     _("crs: expected EPSG:n, such as EPSG:2154, or WKT, found "
                       "%s"),
                     phrase_quote(crs->text).text);
}

static size_t list_count(const struct setting *list)
{
    return list && list->kind == SETTING_LIST ? list->count : 0;
}

static void check_all_crs(const struct setting *root, struct problems *problems)
{
    check_crs(root, problems);
    check_crs(setting_find(root, "parcels"), problems);
    check_crs(setting_find(root, "places"), problems);
    const struct setting *marginal = setting_find(root, "marginal");
    const struct setting *const lists[] = {
        setting_find(root, "territories"),
        setting_find(root, "constraints"),
        setting_find(root, "factors"),
        setting_find(root, "cover"),
        setting_find(marginal, "polluted_soil"),
        setting_find(marginal, "catchment"),
        setting_find(marginal, "right_of_way")};
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++)
        for (size_t i = 0; i < list_count(lists[l]); i++)
            check_crs(&lists[l]->items[i], problems);
}

/* Ids become folders and fields, and some file systems do not tell "A" from
 * "a": those are the same too. */
static int by_id(const void *a, const void *b)
{
    const struct setting *p = *(const struct setting *const *)a;
    const struct setting *q = *(const struct setting *const *)b;
    int order = strcasecmp(p->text, q->text);
    return order                         ? order
           : p->at.line != q->at.line    ? (p->at.line > q->at.line ? 1 : -1)
           : p->at.column > q->at.column ? 1
                                         : -1;
}

static enum terramis_status check_ids(const struct setting *list,
                                      const char *what,
                                      struct problems *problems)
{
    const struct setting **ids;
    size_t count = 0;
    TRY(mem_new(&ids, list_count(list), sizeof *ids));
    for (size_t i = 0; i < list_count(list); i++) {
        const struct setting *id = setting_find(&list->items[i], "id");
        if (id && id->kind == SETTING_SCALAR && id->text)
            ids[count++] = id;
    }
    if (count)
        qsort(ids, count, sizeof *ids, by_id);
    for (size_t i = 1; i < count; i++)
        if (text_same(ids[i]->text, ids[i - 1]->text))
            problems_add(problems, ids[i]->at,
                         _("id: two %s are called %s (also in line %d). Give "
                           "each an id of its own"),
                         _(what), phrase_quote(ids[i]->text).text,
                         ids[i - 1]->at.line);
    free(ids);
    return TERRAMIS_OK;
}

static void check_territories(struct config *config)
{
    struct territory_config *items = config->territories.items;
    for (size_t i = 0; i < config->territories.count; i++)
        if (!items[i].name)
            items[i].name = items[i].id;
}

static void check_marginal(const struct setting *root,
                           struct problems *problems)
{
    const struct setting *marginal = setting_find(root, "marginal");
    if (!marginal || marginal->kind != SETTING_MAP)
        return;
    for (size_t i = 0; i < marginal->count; i++) {
        const struct setting *kind = &marginal->items[i];
        bool empty = setting_is_empty(kind) ||
                     (kind->kind == SETTING_LIST && kind->count == 0);
        if (!empty) /* a layer, or something already complained about */
            return;
    }
    problems_add(problems, marginal->key_at,
                 _("marginal: no layer, so no land is marginal. Name one under "
                   "polluted_soil, catchment or right_of_way"));
}

static void check_factor_ids(const struct config *config,
                             const struct setting *factors,
                             struct problems *problems)
{
    const struct factor_config *items = config->factors.items;
    for (size_t i = 0; i < config->factors.count; i++)
        if (items[i].id && strlen(items[i].id) > FACTOR_ID_MAX)
            problems_add(problems, setting_find(&factors->items[i], "id")->at,
                         _("id: %s has %zu characters; a factor's id has 40 at "
                           "most"),
                         phrase_quote(items[i].id).text, strlen(items[i].id));
}

/* A layer where the criterion takes one, none where not. */
static void check_sources(const struct config *config,
                          const struct setting *factors,
                          struct problems *problems)
{
    const struct factor_config *items = config->factors.items;
    for (size_t i = 0; i < config->factors.count; i++) {
        const struct operator* op = items[i].criterion.op;
        const struct setting *source =
            setting_find(&factors->items[i], "source");
        if (!op || (op->alone ? !source : source != NULL))
            continue;
        problems_add(problems, source ? source->key_at : factors->items[i].at,
                     source ? _("source: criterion %s takes no layer. Delete "
                                "it")
                            : _("key 'source' is missing: criterion %s needs "
                                "a layer"),
                     op->name);
    }
}

void check_class_limits(const struct class_config *classes,
                        const struct setting *owner, struct problems *problems)
{
    const char *const names[] = {"S1", "S2", "S3", "N1"};
    const double limits[] = {classes->s1, classes->s2, classes->s3,
                             classes->n1};
    const struct setting *map = setting_find(owner, "classes");
    for (size_t i = 1; map && i < 4; i++) {
        const struct setting *value = setting_find(map, names[i]);
        const struct setting *other = setting_find(map, names[i - 1]);
        if (limits[i] < limits[i - 1])
            continue;
        problems_add(problems,
                     value   ? value->at
                     : other ? other->at
                             : map->at,
                     _("classes: %s (%.15g) is not above %s (%.15g). Let the "
                       "limits fall from S1 to N1"),
                     names[i - 1], limits[i - 1], names[i], limits[i]);
    }
}

/* Worse classes are reached at lower memberships. */
static void check_caps(struct config *config, const struct setting *list,
                       struct problems *problems)
{
    static const char *const names[] = {"S2", "S3", "N1", "N2"};
    const struct factor_config *factors = config->factors.items;
    for (size_t i = 0; i < config->factors.count; i++) {
        const struct caps_config *c = &factors[i].caps;
        const double caps[] = {c->s2, c->s3, c->n1, c->n2};
        const struct setting *map = setting_find(&list->items[i], "caps");
        int before = -1;
        for (int k = 0; map && k < 4; k++) {
            if (caps[k] != caps[k])
                continue;
            config->capped = true;
            if (before >= 0 && caps[k] > caps[before])
                problems_add(problems, setting_find(map, names[k])->at,
                             _("caps: %s (%.15g) is above %s (%.15g). Let them "
                               "fall from S2 to N2"),
                             names[k], caps[k], names[before], caps[before]);
            before = k;
        }
    }
}

enum terramis_status check_config(struct config *config,
                                  const struct setting *root,
                                  struct problems *problems)
{
    const struct setting *factors = setting_find(root, "factors");
    check_all_crs(root, problems);
    TRY(check_ids(setting_find(root, "territories"), N_("territories"),
                  problems));
    TRY(check_ids(setting_find(root, "constraints"), N_("constraints"),
                  problems));
    TRY(check_ids(factors, N_("factors"), problems));
    check_territories(config);
    check_marginal(root, problems);
    TRY(check_ids(setting_find(root, "groups"), N_("groups"), problems));
    check_factor_ids(config, factors, problems);
    check_sources(config, factors, problems);
    check_caps(config, factors, problems);
    check_class_limits(&config->classes, root, problems);
    check_penalties(config, root, problems);
    check_pollution(&config->pollution, &config->nitrate, root, problems);
    check_fetch(config, root, problems);
    check_uncertainty(config, root, problems);
    TRY(check_weights(config, root, problems));
    TRY(check_ids(setting_find(root, "scenarios"), N_("scenarios"), problems));
    return check_scenarios(config, root, problems);
}
