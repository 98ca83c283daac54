/* terramis explain: why a parcel has its score, from the results of a run. The
 * contributions of weighted linear combination are weight x membership; they
 * add up to the score. Other rules have none that do. */
#include <json-c/json.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "geo/gdal.h"
#include "output/labels.h"
#include "param/json.h"
#include "run/project.h"

/* Fields read from parcels.gpkg, before those of the factors. */
static const char *const fixed_fields[] = {
    "parcel_id",    "territory",       "area_ha",     "polluted_ha",
    "catchment_ha", "right_of_way_ha", "marginal_ha", "excluded_ha",
    "plantable_ha", "score",           "class",       "subclass",
    "limiting",     "yield_t_ha",      "tonnage_t",   "rank"};

enum {
    FIXED_COUNT = sizeof fixed_fields / sizeof fixed_fields[0]
};

enum field {
    ID,
    TERRITORY,
    AREA,
    POLLUTED,
    CATCHMENT,
    RIGHT_OF_WAY,
    MARGINAL,
    EXCLUDED,
    PLANTABLE_HA,
    SCORE,
    CLASS,
    SUBCLASS,
    LIMITING,
    YIELD,
    TONNAGE,
    RANK
};

/* A parcel of a finished run, as texts. */
struct explained {
    const struct config *config;
    struct vector vector; /* one feature: the parcel; none: not found */
    const struct factor_config *factors;
    size_t factor_count;
};

static const char *value(const struct explained *e, size_t field)
{
    return e->vector.features[0].values[field];
}

static double number(const struct explained *e, size_t field)
{
    double result;
    const char *text = value(e, field);
    return text && text_to_real(text, &result) ? result : (double)NAN;
}

/* 'it''s' */
static void add_quoted(struct text *text, const char *word)
{
    text_add(text, "'");
    for (const char *c = word; *c; c++)
        text_addf(text, *c == '\'' ? "''" : "%c", *c);
    text_add(text, "'");
}

static enum terramis_status wanted_fields(const struct config *config,
                                          struct arena *arena,
                                          const char ***fields)
{
    const struct factor_config *factors = config->factors.items;
    size_t count = FIXED_COUNT + config->factors.count;
    *fields = arena_alloc(arena, count, sizeof **fields);
    if (!*fields)
        return status_no_memory();
    for (size_t i = 0; i < FIXED_COUNT; i++)
        (*fields)[i] = fixed_fields[i];
    for (size_t i = 0; i < config->factors.count; i++) {
        struct text name = {0};
        text_addf(&name, "m_%s", factors[i].id);
        (*fields)[FIXED_COUNT + i] = arena_text(arena, text_get(&name));
        text_release(&name);
        if (!(*fields)[FIXED_COUNT + i])
            return status_no_memory();
    }
    return TERRAMIS_OK;
}

/* Looks the parcel up in one territory's parcels.gpkg. */
static enum terramis_status look_up(struct explained *e, const struct crs *crs,
                                    const char *path, const char *parcel,
                                    struct arena *arena)
{
    struct text where = {0};
    const char **fields;
    text_add(&where, "\"parcel_id\" = ");
    add_quoted(&where, parcel);
    struct layer_config layer = {.source = {.text = path, .full = path},
                                 .layer = "parcels",
                                 .where = text_get(&where),
                                 .nodata = NAN};
    enum terramis_status status = wanted_fields(e->config, arena, &fields);
    struct vector_request request = {.config = e->config,
                                     .layer = &layer,
                                     .crs = crs,
                                     .reach = INFINITY,
                                     .areas = true,
                                     .fields = fields,
                                     .field_count =
                                         FIXED_COUNT + e->factor_count,
                                     .empty_is_fine = true};
    if (status == TERRAMIS_OK)
        status = vector_read(&e->vector, &request);
    text_release(&where);
    return status;
}

static enum terramis_status find(struct explained *e, const char *out,
                                 const char *parcel, struct arena *arena)
{
    const struct territory_config *t = e->config->territories.items;
    struct crs crs;
    bool any = false;
    TRY(crs_parse(&crs, e->config->crs));
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < e->config->territories.count &&
                       status == TERRAMIS_OK && e->vector.count == 0;
         i++) {
        struct text path = {0};
        text_addf(&path, "%s/%s/parcels.gpkg", out, t[i].id);
        if (access(text_get(&path), R_OK) == 0) {
            any = true;
            vector_release(&e->vector);
            status = look_up(e, &crs, text_get(&path), parcel, arena);
        }
        text_release(&path);
    }
    crs_release(&crs);
    TRY(status);
    if (!any)
        return status_set(TERRAMIS_INPUT,
                          _("%s: no results there (parcels.gpkg of a "
                            "territory). First: terramis run --out %s"),
                          out, out);
    if (e->vector.count == 0)
        return status_set(TERRAMIS_INPUT,
                          _("parcel %s: not in the results of any territory in "
                            "%s"),
                          parcel, out);
    return TERRAMIS_OK;
}

static void print_line(FILE *stream, const struct explained *e,
                       enum label label, const char *text)
{
    int language = e->config->language;
    fprintf(stream, "%s%s%s\n", label_text(label, language),
            label_text(LABEL_COLON, language), text);
}

static void print_area(FILE *stream, const struct explained *e,
                       enum label label, enum field field)
{
    fputs("  ", stream);
    print_line(stream, e, label,
               hectares_text(number(e, field), 4, e->config->language).text);
}

static void print_factors(FILE *stream, const struct explained *e)
{
    int language = e->config->language;
    bool adds_up = combination_adds_up(e->config);
    double sum = 0;
    fprintf(stream, "  %-24s %10s %10s %14s\n",
            label_text(LABEL_FACTOR, language),
            label_text(LABEL_WEIGHT, language),
            label_text(LABEL_MEMBERSHIP, language),
            adds_up ? label_text(LABEL_CONTRIBUTION, language) : "");
    for (size_t i = 0; i < e->factor_count; i++) {
        double m = number(e, FIXED_COUNT + i), w = e->factors[i].weight;
        double part = isnan(m) ? 0 : 100 * w * m;
        sum += part;
        fprintf(stream, "  %-24s %10s %10s %14s\n", e->factors[i].id,
                number_text(w, 3, language).text,
                number_text(m, 4, language).text,
                adds_up ? number_text(part, 2, language).text : "");
    }
    if (adds_up)
        fprintf(stream, "  %-24s %10s %10s %14s\n",
                label_text(LABEL_TOTAL, language), "", "",
                number_text(sum, 2, language).text);
}

static void print_text(FILE *stream, const struct explained *e)
{
    int language = e->config->language;
    const char *limiting = value(e, LIMITING);
    print_line(stream, e, LABEL_PARCEL, value(e, ID));
    print_area(stream, e, LABEL_AREA, AREA);
    print_area(stream, e, LABEL_KIND_1, POLLUTED);
    print_area(stream, e, LABEL_KIND_2, CATCHMENT);
    print_area(stream, e, LABEL_KIND_4, RIGHT_OF_WAY);
    print_area(stream, e, LABEL_MAP_MARGINAL, MARGINAL);
    print_area(stream, e, LABEL_EXCLUDED, EXCLUDED);
    print_area(stream, e, LABEL_PLANTABLE, PLANTABLE_HA);
    if (isnan(number(e, SCORE))) {
        fprintf(stream, "%s\n", label_text(LABEL_NOTHING_PLANTABLE, language));
        return;
    }
    print_line(stream, e, LABEL_LEGEND_SCORE,
               number_text(number(e, SCORE), 2, language).text);
    print_line(stream, e, LABEL_LEGEND_CLASS, value(e, SUBCLASS));
    if (value(e, RANK))
        print_line(stream, e, LABEL_RANK, value(e, RANK));
    print_factors(stream, e);
    if (limiting)
        print_line(stream, e, LABEL_LEGEND_LIMITING, limiting);
    print_line(stream, e, LABEL_TONNAGE,
               number_text(number(e, TONNAGE), 1, language).text);
}

static enum terramis_status print_json(FILE *stream, const struct explained *e)
{
    json_object *root = json_object_new_object();
    json_object *list = json_object_new_array();
    bool adds_up = combination_adds_up(e->config);
    for (size_t i = 0; i < FIXED_COUNT; i++) {
        double n = number(e, i);
        bool text = i == ID || i == TERRITORY || i == CLASS || i == SUBCLASS ||
                    i == LIMITING;
        const char *v = value(e, i);
        json_object_object_add(root, fixed_fields[i],
                               !v          ? NULL
                               : text      ? json_object_new_string(v)
                               : i == RANK ? json_object_new_int((int)n)
                                           : json_object_new_double(n));
    }
    for (size_t i = 0; i < e->factor_count; i++) {
        double m = number(e, FIXED_COUNT + i), w = e->factors[i].weight;
        json_object *o = json_object_new_object();
        json_object_object_add(o, "id",
                               json_object_new_string(e->factors[i].id));
        json_object_object_add(o, "weight", json_object_new_double(w));
        json_object_object_add(o, "membership",
                               isnan(m) ? NULL : json_object_new_double(m));
        json_object_object_add(
            o, "contribution",
            isnan(m) || !adds_up ? NULL : json_object_new_double(100 * w * m));
        json_object_array_add(list, o);
    }
    json_object_object_add(root, "factors", list);
    return json_print(root, stream);
}

enum terramis_status terramis_explain(const struct terramis_options *options,
                                      const char *parcel_id, FILE *stream)
{
    struct project project;
    struct arena arena = {0};
    struct explained e = {0};
    enum terramis_status status = project_open(&project, options, false);
    gdal_setup();
    if (status == TERRAMIS_OK) {
        e.config = &project.config;
        e.factors = project.config.factors.items;
        e.factor_count = project.config.factors.count;
        status =
            find(&e, options->out ? options->out : "out", parcel_id, &arena);
    }
    if (status == TERRAMIS_OK && options->json)
        status = print_json(stream, &e);
    else if (status == TERRAMIS_OK)
        print_text(stream, &e);
    vector_release(&e.vector);
    arena_release(&arena);
    project_release(&project);
    return status;
}
