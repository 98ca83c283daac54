#include "output/html_communes.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/measure.h"
#include "output/commune.h"
#include "plan/plan.h"

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* The last one first: neighbours in the list often share their commune. */
static int look_up(const struct html_communes *communes,
                   const struct html_commune *wanted)
{
    for (size_t i = communes->count; i > 0; i--)
        if (same(communes->items[i - 1].code, wanted->code) &&
            same(communes->items[i - 1].name, wanted->name))
            return (int)i - 1;
    return -1;
}

static enum terramis_status add(struct html_communes *communes,
                                const struct html_commune *commune)
{
    TRY(mem_grow(&communes->items, &communes->room, communes->count,
                 sizeof *communes->items));
    struct html_commune *new = &communes->items[communes->count++];
    *new = (struct html_commune){NULL, NULL};
    if (commune->code)
        new->code = arena_text(&communes->arena, commune->code);
    if (commune->name)
        new->name = arena_text(&communes->arena, commune->name);
    return (commune->code && !new->code) || (commune->name && !new->name)
               ? status_no_memory()
               : TERRAMIS_OK;
}

/* The place around the middle of a parcel. */
struct around {
    const struct vector *places;
    double x, y;
    size_t found; /* the first in the layer's order; SIZE_MAX: none */
};

static void look_around(size_t index, void *data)
{
    struct around *a = data;
    if (index < a->found &&
        measure_contains(vector_paths(a->places, index), a->x, a->y))
        a->found = index;
}

static const char *place_around(const struct vector *places, struct rect e)
{
    struct around a = {places, (e.xmin + e.xmax) / 2, (e.ymin + e.ymax) / 2,
                       SIZE_MAX};
    if (!places || places->count == 0)
        return NULL;
    vector_query(places, (struct rect){a.x, a.y, a.x, a.y}, look_around, &a);
    return a.found < SIZE_MAX ? places->features[a.found].values[0] : NULL;
}

enum terramis_status html_communes_find(struct html_communes *communes,
                                        const struct feature *feature,
                                        const char *id, int *number)
{
    char code[COMMUNE_CODE];
    struct html_commune commune = {NULL, NULL};
    if (feature->values) {
        commune.name = feature->values[PARCEL_COMMUNE_NAME];
        commune.code = feature->values[PARCEL_COMMUNE_CODE];
    }
    if (commune_code(id, code))
        commune.code = code;
    if (commune.name && !*commune.name)
        commune.name = NULL; /* a text field left empty */
    if (commune.code && !*commune.code)
        commune.code = NULL;
    if (!commune.name)
        commune.name = place_around(communes->places, feature->extent);
    *number = -1;
    if (!commune.code && !commune.name)
        return TERRAMIS_OK;
    *number = look_up(communes, &commune);
    if (*number >= 0)
        return TERRAMIS_OK;
    *number = (int)communes->count;
    return add(communes, &commune);
}

void html_put_communes(struct html_json *json,
                       const struct html_communes *communes)
{
    html_open(json, "communes", '[');
    for (size_t i = 0; i < communes->count; i++) {
        html_open(json, NULL, '[');
        html_text(json, NULL, communes->items[i].code);
        html_text(json, NULL, communes->items[i].name);
        html_close(json, ']');
    }
    html_close(json, ']');
}

void html_communes_release(struct html_communes *communes)
{
    arena_release(&communes->arena);
    free(communes->items);
    *communes = (struct html_communes){.items = NULL};
}
