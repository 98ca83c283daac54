#include <string.h>
#include <strings.h>

#include "config/check.h"
#include "param/phrase.h"

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n > m && strcasecmp(text + n - m, end) == 0;
}

static bool is_address(const char *text)
{
    size_t skip = strncmp(text, "https://", 8) == 0  ? 8
                  : strncmp(text, "http://", 7) == 0 ? 7
                                                     : 0;
    return skip > 0 && text[skip] != '\0' && text[skip] != '/' &&
           strcspn(text, " \t\r\n") == strlen(text);
}

/* What is downloaded stays beside the project. */
static bool is_inside(const char *path)
{
    for (const char *part = path;; part++) {
        size_t n = strcspn(part, "/");
        if (n == 2 && part[0] == '.' && part[1] == '.')
            return false;
        part += n;
        if (*part == '\0')
            return *path != '/' && *path != '\0';
    }
}

static void check_to(const struct fetch_config *entry, struct place at,
                     struct problems *problems)
{
    const char *to = entry->to;
    bool raster = ends_with(to, ".tif");
    if (!is_inside(to))
        problems_add(problems, at,
                     _("to: %s is not below the project's folder. Name a file "
                       "such as vectors/eau.gpkg"),
                     phrase_quote(to).text);
    else if (!raster && !ends_with(to, ".gpkg"))
        problems_add(problems, at,
                     _("to: %s ends neither in .gpkg (vectors) nor in .tif "
                       "(rasters)"),
                     phrase_quote(to).text);
    else if (raster && entry->service.op &&
             strcmp(entry->service.op->name, "url") != 0)
        problems_add(problems, at,
                     _("to: the service %s has vectors only. Name a .gpkg"),
                     entry->service.op->name);
}

/* Without `layer` a layer is called as its file. */
static void name_layer(struct config *config, struct fetch_config *entry)
{
    if (entry->layer)
        return;
    const char *slash = strrchr(entry->to, '/');
    char *name = arena_text(&config->arena, slash ? slash + 1 : entry->to);
    char *dot = name ? strrchr(name, '.') : NULL;
    if (dot)
        *dot = '\0';
    entry->layer = name ? name : entry->to;
}

static void check_twice(const struct fetch_config *entries, size_t i,
                        struct problems *problems)
{
    for (size_t j = 0; j < i; j++)
        if (entries[j].to && strcmp(entries[j].to, entries[i].to) == 0 &&
            (ends_with(entries[i].to, ".tif") ||
             text_same(entries[j].layer, entries[i].layer)))
            problems_add(problems, entries[i].at,
                         _("layer: %s is written twice (also in line %d). Give "
                           "each its own layer: or to:"),
                         phrase_quote(entries[i].layer).text,
                         entries[j].at.line);
}

static void check_codes(const struct texts *codes, const char *name,
                        size_t length, struct problems *problems)
{
    for (size_t i = 0; i < codes->count; i++) {
        const char *code = codes->items[i];
        /* Corsica: 2A004, 2B033 */
        bool right =
            strlen(code) == length && strspn(code, "0123456789AB") == length;
        if (!right)
            problems_add(problems, codes->at[i],
                         _("%s: expected codes of %zu digits, found %s"), name,
                         length, phrase_quote(code).text);
    }
}

static void check_bbox(const struct fetching_config *fetch,
                       const struct setting *map, struct problems *problems)
{
    const double *b = fetch->bbox.items;
    if (fetch->bbox.count == 4 && !(b[0] < b[2] && b[1] < b[3]))
        problems_add(problems, setting_find(map, "bbox")->at,
                     _("bbox: expected xmin, ymin, xmax, ymax with xmin below "
                       "xmax and ymin below ymax"));
    else if (fetch->bbox.count == 4 && b[0] >= -180 && b[2] <= 180 &&
             b[1] >= -90 && b[3] <= 90)
        problems_add(problems, setting_find(map, "bbox")->at,
                     _("bbox: these are degrees. Give metres, in the project's "
                       "coordinates"));
}

static void check_services(const struct services_config *services,
                           const struct setting *map, struct problems *problems)
{
    static const char *const names[] = {
#define SERVICE(id, name, address, licence, source) name,
#include "config/services.def"
    };
    for (size_t i = 0; i < SERVICE_COUNT; i++) {
        const struct setting *value = setting_find(map, names[i]);
        if (value && services->address[i] && !is_address(services->address[i]))
            problems_add(problems, value->at,
                         _("%s: expected an address http://... or https://..., "
                           "found %s"),
                         names[i], phrase_quote(services->address[i]).text);
    }
}

void check_fetch(struct config *config, const struct setting *root,
                 struct problems *problems)
{
    struct fetching_config *fetch = &config->fetch;
    const struct setting *map = setting_find(root, "fetch");
    const struct setting *list = setting_find(map, "layers");
    struct fetch_config *entries = fetch->layers.items;
    for (size_t i = 0; i < fetch->layers.count; i++) {
        const struct setting *to = setting_find(&list->items[i], "to");
        if (!entries[i].to || !to)
            continue;
        entries[i].to_at = to->at;
        name_layer(config, &entries[i]);
        check_to(&entries[i], to->at, problems);
        check_twice(entries, i, problems);
    }
    check_codes(&fetch->siren, "siren", 9, problems);
    check_codes(&fetch->communes, "communes", 5, problems);
    check_bbox(fetch, map, problems);
    if (fetch->cache && !is_inside(fetch->cache))
        problems_add(problems, setting_find(map, "cache")->at,
                     _("cache: %s is not below the project's folder"),
                     phrase_quote(fetch->cache).text);
    check_services(&config->services, setting_find(root, "services"), problems);
}
