#include "parcel/cover.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"

static const struct {
    const char *code;
    enum cover_kind kind;
} covers[] = {
#define COVER(code, kind) {code, COVER_##kind},
#include "parcel/covers.def"
#undef COVER
};

enum terramis_status cover_fields(const struct cover_config *config,
                                  struct arena *arena, const char *fields[2])
{
    const char *const names[] = {config->group, config->crop};
    for (int i = 0; i < 2; i++) {
        size_t size = strlen(names[i]) + 2;
        char *field = arena_alloc(arena, size, 1);
        if (!field)
            return status_no_memory();
        snprintf(field, size, "?%s", names[i]);
        fields[i] = field;
    }
    return TERRAMIS_OK;
}

static enum cover_kind find(const char *code)
{
    for (size_t i = 0; code && i < sizeof covers / sizeof *covers; i++)
        if (text_same(covers[i].code, code))
            return covers[i].kind;
    return COVER_UNKNOWN;
}

enum cover_kind cover_kind_of(const char *group, const char *crop)
{
    enum cover_kind kind = find(group);
    /* miscanthus lies in the group of other industrial crops */
    if (crop && text_same(crop, "MCT"))
        return COVER_LASTING;
    return kind == COVER_UNKNOWN ? find(crop) : kind;
}

/* Codes that are not known, as "XYZ (12), ABC (1)". */
struct strangers {
    struct {
        const char *code;
        size_t count;
    } items[10];
    size_t count, more;
};

static void add(struct strangers *s, const char *code)
{
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->items[i].code, code) == 0) {
            s->items[i].count++;
            return;
        }
    if (s->count == sizeof s->items / sizeof *s->items) {
        s->more++;
        return;
    }
    s->items[s->count].code = code;
    s->items[s->count++].count = 1;
}

static void warn(const struct cover_layer *layer, const struct strangers *s)
{
    struct text list = {0};
    for (size_t i = 0; i < s->count; i++)
        text_addf(&list, "%s%s (%zu)", i ? ", " : "", s->items[i].code,
                  s->items[i].count);
    if (s->more > 0)
        text_addf(&list, ", ... (%zu)", s->more);
    if (s->count > 0)
        log_line(LOG_WARNING,
                 _("%s: crops that are not known, with their counts: %s. They "
                   "count as land without gain for the water"),
                 layer_title(&layer->config->layer), text_get(&list));
    text_release(&list);
}

enum terramis_status cover_check(const struct config *config,
                                 const struct cover_layer *layer)
{
    const struct vector *v = &layer->vector;
    struct strangers strangers = {.count = 0};
    size_t coded = 0;
    for (size_t i = 0; i < v->count; i++) {
        const char **values = v->features[i].values;
        const char *code = values[1] ? values[1] : values[0];
        coded += code != NULL;
        if (code && cover_kind_of(values[0], values[1]) == COVER_UNKNOWN)
            add(&strangers, code);
    }
    if (v->count > 0 && coded == 0)
        return status_set(
            TERRAMIS_PROJECT,
            _("%s:%d:%d: cover: no feature has a code in field %s or %s. Name "
              "the fields with crop: and group:"),
            config->path, layer->config->layer.at.line,
            layer->config->layer.at.column, layer->config->crop,
            layer->config->group);
    warn(layer, &strangers);
    return TERRAMIS_OK;
}

void cover_nitrate(const struct nitrate_config *config, double arable,
                   double nitrate[3])
{
    nitrate[0] = nitrate[1] = nitrate[2] = NAN;
    if (isnan(arable) || config->arable.count != 3 ||
        config->miscanthus.count != 3)
        return;
    /* the least is avoided where arable land leaches little and miscanthus
     * much */
    for (int i = 0; i < 3; i++)
        nitrate[i] = arable * fmax(0, config->arable.items[i] -
                                          config->miscanthus.items[2 - i]);
}
