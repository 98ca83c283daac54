#include "overlay/right_of_way.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/pool.h"
#include "layer/shape.h"
#include "layer/strip.h"

enum field {
    FIELD_CLASS,
    FIELD_RANK,
    FIELD_WIDTH,
    FIELD_LANES,
    FIELD_LEVEL,
    FIELD_BRIDGE,
    FIELD_TUNNEL,
    FIELD_FICTION,
    FIELD_COUNT
};
_Static_assert((int)FIELD_COUNT == RIGHTS_OF_WAY_FIELDS, "fields of a rule");

/* "" asks for no field. */
static const char *optional(const char *names)
{
    return names ? names : "";
}

void rights_of_way_fields(const struct right_of_way *rule,
                          const char *fields[RIGHTS_OF_WAY_FIELDS + 1],
                          size_t *count)
{
    fields[FIELD_CLASS] = optional(rule->class_field);
    fields[FIELD_RANK] = optional(rule->rank_field);
    fields[FIELD_WIDTH] = optional(rule->width_field);
    fields[FIELD_LANES] = optional(rule->lanes_field);
    fields[FIELD_LEVEL] = optional(rule->level_field);
    fields[FIELD_BRIDGE] = optional(rule->bridge_field);
    fields[FIELD_TUNNEL] = optional(rule->tunnel_field);
    fields[FIELD_FICTION] = optional(rule->fiction_field);
    fields[FIELD_COUNT] = NULL;
    *count = FIELD_COUNT;
}

/* Highest voltage in kV that a text names: "63 kV", "400kV", "<45kV" (at most
 * that), OSM's "225000;63000" in volts; 0: none. Nothing is meant in kV from
 * 1000 on, the highest line in Europe has 750. */
static double voltage(const char *text)
{
    double highest = 0;
    while (*text) {
        if (!isdigit((unsigned char)*text)) {
            text++;
            continue;
        }
        char *end;
        double value = strtod(text, &end);
        if (value >= 1000)
            value /= 1000;
        highest = fmax(highest, value);
        text = end;
    }
    return highest;
}

static bool is_class(const struct right_of_way *rule, const char *class,
                     const char *value)
{
    if (!class)
        return true;
    if (!value)
        return false;
    return rule->is_voltage ? voltage(value) == strtod(class, NULL)
                            : text_same(class, value);
}

/* The first corridor of this class and rank. */
static const struct corridor *find_corridor(const struct right_of_way *rule,
                                            const char *const *values)
{
    const char *class = values[FIELD_CLASS];
    if (profile_lists(rule->nulls, class))
        class = NULL;
    for (size_t i = 0; i < rule->corridor_count; i++) {
        const struct corridor *c = &rule->corridors[i];
        if (is_class(rule, c->class, class) &&
            (!c->ranks || profile_lists(c->ranks, values[FIELD_RANK])))
            return c;
    }
    return NULL;
}

/* Texts of French tables have a decimal comma: "5,5". */
static double positive_number(const char *text)
{
    char point[32];
    double value;
    if (!text || strlen(text) >= sizeof point)
        return 0;
    snprintf(point, sizeof point, "%s", text);
    char *comma = strchr(point, ',');
    if (comma)
        *comma = '.';
    return text_to_real(point, &value) && value > 0 ? value : 0;
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

/* "1", "true", "Oui", "T"; OSM's bridge=viaduct and tunnel=culvert are
 * answers too. */
static bool says_yes(const char *text)
{
    return profile_lists("1|true|oui|t|yes|viaduct|building_passage|culvert",
                         text);
}

/* "-1" and "2" are levels; "0", "Gué ou radier" and nothing are the ground. */
static bool off_the_ground(const char *const *values)
{
    double level;
    const char *text = values[FIELD_LEVEL];
    return (text && text_to_real(text, &level) && level != 0) ||
           says_yes(values[FIELD_BRIDGE]) || says_yes(values[FIELD_TUNNEL]);
}

enum {
    CHUNK_LINES = 128
};

/* What all chunks share. */
struct building {
    struct rights_of_way *result;
    const struct right_of_way *rule;
    const struct vector *lines;
};

/* Strips of some lines; `result` counts and has no features. */
struct strips {
    struct rights_of_way result;
    struct strip {
        int64_t fid;
        bool corridor; /* else kept free */
        size_t first, count;
    } items[2 * CHUNK_LINES];
    size_t count;
    struct paths paths;
};

/* A line on its way to strips. */
struct source {
    struct path_range paths;
    const struct strip_line *simple; /* NULL: a case for GEOS */
    GEOSGeometry *geometry;          /* NULL until GEOS needs it */
};

static enum terramis_status add_buffer(struct paths *to, struct geos *geos,
                                       struct source *line, double half_width)
{
    if (!line->geometry)
        TRY(paths_geometry(line->paths, geos, &line->geometry));
    GEOSGeometry *area = shape_buffer(geos, line->geometry, half_width);
    TRY(geos_check(geos, area, N_("right-of-way")));
    enum terramis_status status = paths_add_geometry(to, geos, area);
    GEOSGeom_destroy_r(geos->context, area);
    return status;
}

static enum terramis_status add(struct strips *strips, struct geos *geos,
                                struct source *line, int64_t fid,
                                double half_width, bool corridor)
{
    if (half_width <= 0)
        return TERRAMIS_OK;
    struct paths *paths = &strips->paths;
    size_t first = paths->count;
    TRY(line->simple && strip_fits(line->simple, half_width)
            ? strip_add(line->simple, half_width, paths)
            : add_buffer(paths, geos, line, half_width));
    strips->items[strips->count++] =
        (struct strip){fid, corridor, first, paths->count - first};
    return TERRAMIS_OK;
}

/* The corridor of a line, or NULL with the reason counted. */
static const struct corridor *corridor_of(struct rights_of_way *result,
                                          const struct right_of_way *rule,
                                          const struct feature *line)
{
    if (off_the_ground(line->values)) {
        result->tunnels_and_bridges++;
        return NULL;
    }
    if (says_yes(line->values[FIELD_FICTION])) {
        result->fictitious++;
        return NULL;
    }
    const struct corridor *corridor = find_corridor(rule, line->values);
    if (!corridor)
        result->unknown++;
    return corridor;
}

static enum terramis_status buffer_line(const struct building *b,
                                        struct geos *geos, size_t index,
                                        struct strips *strips)
{
    const struct feature *line = &b->lines->features[index];
    const struct corridor *c = corridor_of(&strips->result, b->rule, line);
    if (!c)
        return TERRAMIS_OK;
    double half = carriageway(b->rule, c, line->values) / 2;
    strips->result.used++;
    struct strip_line simple;
    struct source source = {.paths = vector_paths(b->lines, index)};
    if (strip_line_set(&simple, source.paths))
        source.simple = &simple;
    enum terramis_status status =
        add(strips, geos, &source, line->fid, half + c->verge, true);
    if (status == TERRAMIS_OK)
        status =
            add(strips, geos, &source, line->fid, half + c->setback, false);
    GEOSGeom_destroy_r(geos->context, source.geometry);
    return status;
}

static enum terramis_status work(void *data, void *worker, size_t chunk,
                                 void *result)
{
    const struct building *b = data;
    struct strips *strips = result;
    size_t i = chunk * CHUNK_LINES, end = i + CHUNK_LINES;
    paths_clear(&strips->paths);
    strips->count = 0;
    strips->result = (struct rights_of_way){0};
    for (; i < end && i < b->lines->count; i++)
        TRY(buffer_line(b, worker, i, strips));
    return TERRAMIS_OK;
}

static enum terramis_status commit(void *data, size_t chunk, void *result)
{
    const struct building *b = data;
    const struct strips *strips = result;
    (void)chunk;
    for (size_t i = 0; i < strips->count; i++) {
        const struct strip *s = &strips->items[i];
        struct path_range range = {&strips->paths, s->first, s->count};
        if (s->count > 0)
            TRY(vector_append(s->corridor ? &b->result->corridor
                                          : &b->result->kept_free,
                              s->fid, range));
    }
    b->result->used += strips->result.used;
    b->result->tunnels_and_bridges += strips->result.tunnels_and_bridges;
    b->result->fictitious += strips->result.fictitious;
    b->result->unknown += strips->result.unknown;
    return TERRAMIS_OK;
}

static void release(void *data, void *result)
{
    struct strips *strips = result;
    (void)data;
    paths_release(&strips->paths);
}

enum terramis_status rights_of_way_build(struct rights_of_way *result,
                                         const struct right_of_way *rule,
                                         const struct vector *lines,
                                         int threads)
{
    struct building building = {result, rule, lines};
    struct pool_job job = {.tiles =
                               (lines->count + CHUNK_LINES - 1) / CHUNK_LINES,
                           .threads = threads > 0 ? threads : 1,
                           .result_size = sizeof(struct strips),
                           .data = &building,
                           .start = geos_worker_start,
                           .work = work,
                           .stop = geos_worker_stop,
                           .commit = commit,
                           .release = release};
    *result = (struct rights_of_way){0};
    if (lines->count > 0)
        TRY(pool_run(&job));
    TRY(vector_index(&result->corridor));
    return vector_index(&result->kept_free);
}

void rights_of_way_release(struct rights_of_way *rights)
{
    vector_release(&rights->corridor);
    vector_release(&rights->kept_free);
    *rights = (struct rights_of_way){0};
}
