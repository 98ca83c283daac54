#include "overlay/right_of_way.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "layer/shape.h"

enum field {
    FIELD_CLASS,
    FIELD_WIDTH,
    FIELD_LANES,
    FIELD_LEVEL,
    FIELD_FICTION,
    FIELD_COUNT
};

/* "" asks for no field. */
static const char *optional(const char *names)
{
    return names ? names : "";
}

void rights_of_way_fields(const struct right_of_way *rule,
                          const char *fields[6], size_t *count)
{
    fields[FIELD_CLASS] = optional(rule->class_field);
    fields[FIELD_WIDTH] = optional(rule->width_field);
    fields[FIELD_LANES] = optional(rule->lanes_field);
    fields[FIELD_LEVEL] = optional(rule->level_field);
    fields[FIELD_FICTION] = optional(rule->fiction_field);
    fields[FIELD_COUNT] = NULL;
    *count = FIELD_COUNT;
}

/* "63 kV" and "63kV" are class "63"; other texts compare without case. */
static bool is_class(const struct right_of_way *rule, const char *class,
                     const char *value)
{
    if (!class)
        return true;
    if (!value)
        return false;
    if (!rule->class_is_number)
        return text_same(class, value);
    while (isspace((unsigned char)*value))
        value++;
    size_t digits = strspn(value, "0123456789");
    return digits == strlen(class) && strncmp(value, class, digits) == 0;
}

static const struct corridor *find_corridor(const struct right_of_way *rule,
                                            const char *value)
{
    for (const struct corridor *c = rule->corridors; c->carriageway >= 0; c++)
        if (is_class(rule, c->class, value))
            return c;
    return NULL;
}

static double positive_number(const char *text)
{
    double value;
    return text && text_to_real(text, &value) && value > 0 ? value : 0;
}

/* Carriageway in metres: as measured, else by lanes, else the usual one. */
static double carriageway(const struct right_of_way *rule,
                          const struct corridor *corridor,
                          const char *const *values)
{
    double width = positive_number(values[FIELD_WIDTH]);
    double lanes = positive_number(values[FIELD_LANES]);
    if (width > 0)
        return width;
    if (lanes > 0 && rule->lane_width > 0)
        return lanes * rule->lane_width;
    return corridor->carriageway;
}

/* "1", "true", "Oui", "T". */
static bool says_yes(const char *text)
{
    return text && (text_same(text, "1") || text_same(text, "true") ||
                    text_same(text, "oui") || text_same(text, "t"));
}

/* "-1" and "2" are levels; "0", "Gué ou radier" and nothing are the ground. */
static bool off_the_ground(const char *text)
{
    double level;
    return text && text_to_real(text, &level) && level != 0;
}

static enum terramis_status add(struct vector *vector, size_t *capacity,
                                struct geos *geos, const struct feature *line,
                                double half_width)
{
    if (half_width <= 0)
        return TERRAMIS_OK;
    TRY(mem_grow(&vector->features, capacity, vector->count,
                 sizeof *vector->features));
    GEOSGeometry *area = shape_buffer(geos, line->geometry, half_width);
    TRY(geos_check(geos, area, N_("right-of-way")));
    vector->features[vector->count++] =
        (struct feature){.fid = line->fid, .geometry = area};
    return TERRAMIS_OK;
}

/* The corridor of a line, or NULL with the reason counted. */
static const struct corridor *corridor_of(struct rights_of_way *result,
                                          const struct right_of_way *rule,
                                          const struct feature *line)
{
    if (off_the_ground(line->values[FIELD_LEVEL])) {
        result->tunnels_and_bridges++;
        return NULL;
    }
    if (says_yes(line->values[FIELD_FICTION])) {
        result->fictitious++;
        return NULL;
    }
    const struct corridor *corridor =
        find_corridor(rule, line->values[FIELD_CLASS]);
    if (!corridor)
        result->unknown++;
    return corridor;
}

enum terramis_status rights_of_way_build(struct rights_of_way *result,
                                         struct geos *geos,
                                         const struct right_of_way *rule,
                                         const struct vector *lines)
{
    size_t corridor_room = 0, free_room = 0;
    *result = (struct rights_of_way){0};
    for (size_t i = 0; i < lines->count; i++) {
        const struct feature *line = &lines->features[i];
        const struct corridor *c = corridor_of(result, rule, line);
        if (!c)
            continue;
        double half = carriageway(rule, c, line->values) / 2;
        result->used++;
        TRY(add(&result->corridor, &corridor_room, geos, line,
                half + c->verge));
        TRY(add(&result->kept_free, &free_room, geos, line, half + c->setback));
    }
    TRY(vector_index(&result->corridor, geos));
    return vector_index(&result->kept_free, geos);
}

void rights_of_way_release(struct rights_of_way *rights, struct geos *geos)
{
    vector_release(&rights->corridor, geos);
    vector_release(&rights->kept_free, geos);
    *rights = (struct rights_of_way){0};
}
