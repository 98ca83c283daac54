/* terramis explain: why a parcel has its score, from the results of a run and
 * the project file; no layer is read. */
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "geo/gdal.h"
#include "run/explain.h"
#include "run/project.h"

const char *const explain_names[] = {
    "parcel_id",       "territory",     "area_ha",
    "double_ha",       "polluted_ha",   "catchment_ha",
    "right_of_way_ha", "marginal_ha",   "marginal_by",
    "excluded_ha",     "excluded_by",   "plantable_ha",
    "score",           "score_min",     "class",
    "subclass",        "limiting",      "nodata_pct",
    "yield_t_ha",      "yield_low",     "yield_high",
    "tonnage_t",       "use",           "use_basis",
    "arable_pct",      "nitrate_kg_ha", "nitrate_low",
    "nitrate_high",    "warnings",      "rank",
    "score_mean",      "score_sd",      "p_s1s2",
    "rank_low",        "rank_high"};

/* What is read from parcels.gpkg: names that the results have, and where in
 * these each wanted field is. */
struct reading {
    const struct config *config;
    struct arena arena;
    struct vector vector; /* one feature: the parcel; none: not found */
    const char **names;
    size_t name_count;
    size_t *at;     /* wanted field -> position in names + 1; 0: not there */
    size_t factors; /* first wanted field of factors: m_, v_, c_ of each */
};

static const char *text_at(const struct reading *r, size_t field)
{
    size_t at = r->at[field];
    return at ? r->vector.features[0].values[at - 1] : NULL;
}

static double number_at(const struct reading *r, size_t field)
{
    double result;
    const char *text = text_at(r, field);
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

/* Asks for field number `field`, named prefix + name. */
static enum terramis_status want(struct reading *r, size_t field,
                                 const char *prefix, const char *name)
{
    struct text text = {0};
    text_addf(&text, "%s%s", prefix, name);
    r->names[r->name_count] = arena_text(&r->arena, text_get(&text));
    text_release(&text);
    if (!r->names[r->name_count])
        return status_no_memory();
    r->at[field] = ++r->name_count;
    return TERRAMIS_OK;
}

static enum terramis_status wanted_fields(struct reading *r)
{
    const struct factor_config *factors = r->config->factors.items;
    size_t count = EXPLAIN_FIELDS + 3 * r->config->factors.count;
    size_t known = r->config->uncertainty.on ? EXPLAIN_FIELDS : EXPLAIN_FIXED;
    r->factors = EXPLAIN_FIELDS;
    r->names = arena_alloc(&r->arena, count, sizeof *r->names);
    r->at = arena_alloc(&r->arena, count, sizeof *r->at);
    if (!r->names || !r->at)
        return status_no_memory();
    for (size_t i = 0; i < known; i++)
        TRY(want(r, i, "", explain_names[i]));
    for (size_t f = 0; f < r->config->factors.count; f++) {
        size_t first = r->factors + 3 * f;
        TRY(want(r, first, "m_", factors[f].id));
        if (!criterion_of(&factors[f].criterion)->classes)
            TRY(want(r, first + 1, "v_", factors[f].id));
        if (combination_adds_up(r->config))
            TRY(want(r, first + 2, "c_", factors[f].id));
    }
    return TERRAMIS_OK;
}

/* Looks the parcel up in one territory's parcels.gpkg. */
static enum terramis_status look_up(struct reading *r, const struct crs *crs,
                                    const char *path, const char *parcel)
{
    struct text where = {0};
    text_add(&where, "\"parcel_id\" = ");
    add_quoted(&where, parcel);
    struct layer_config layer = {.source = {.text = path, .full = path},
                                 .layer = "parcels",
                                 .where = text_get(&where),
                                 .nodata = NAN};
    struct vector_request request = {.config = r->config,
                                     .layer = &layer,
                                     .crs = crs,
                                     .reach = INFINITY,
                                     .areas = true,
                                     .fields = r->names,
                                     .field_count = r->name_count,
                                     .empty_is_fine = true};
    enum terramis_status status = vector_read(&r->vector, &request);
    text_release(&where);
    return status;
}

static enum terramis_status find(struct reading *r, const char *out,
                                 const char *parcel)
{
    const struct territory_config *t = r->config->territories.items;
    struct crs crs;
    bool any = false;
    TRY(crs_parse(&crs, r->config->crs));
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < r->config->territories.count &&
                       status == TERRAMIS_OK && r->vector.count == 0;
         i++) {
        struct text path = {0};
        text_addf(&path, "%s/%s/parcels.gpkg", out, t[i].id);
        if (access(text_get(&path), R_OK) == 0) {
            any = true;
            vector_release(&r->vector);
            status = look_up(r, &crs, text_get(&path), parcel);
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
    if (r->vector.count == 0)
        return status_set(TERRAMIS_INPUT,
                          _("parcel %s: not in the results of any territory in "
                            "%s"),
                          parcel, out);
    return TERRAMIS_OK;
}

static enum terramis_status take_factors(struct explained *e,
                                         const struct reading *r)
{
    const struct factor_config *factors = e->config->factors.items;
    TRY(mem_new(&e->factors, e->config->factors.count, sizeof *e->factors));
    e->count = e->config->factors.count;
    for (size_t f = 0; f < e->count; f++)
        e->factors[f] = (struct explained_factor){
            .config = &factors[f],
            .unit = factor_unit(&factors[f]),
            .membership = number_at(r, r->factors + 3 * f),
            .value = number_at(r, r->factors + 3 * f + 1),
            .contribution = number_at(r, r->factors + 3 * f + 2)};
    return TERRAMIS_OK;
}

/* Names what distances to a list of sites are to, from the parcel's middle. */
static enum terramis_status
find_nearest(struct explained *e, const struct crs *crs, struct rect parcel)
{
    for (size_t f = 0; f < e->count; f++) {
        const struct factor_config *config = e->factors[f].config;
        const struct criterion_op *op = criterion_of(&config->criterion);
        struct criterion_source source = {.params = config->criterion.params,
                                          .crs = crs,
                                          .own_crs = config->layer.crs,
                                          .area = parcel};
        if (!op->nearest)
            continue;
        enum terramis_status status = op->prepare(&source);
        if (status == TERRAMIS_OK)
            e->factors[f].nearest =
                op->nearest(&source, (parcel.xmin + parcel.xmax) / 2,
                            (parcel.ymin + parcel.ymax) / 2);
        criterion_source_release(&source);
        TRY(status);
    }
    return TERRAMIS_OK;
}

static enum terramis_status name_nearest(struct explained *e,
                                         const struct reading *r)
{
    struct crs crs;
    TRY(crs_parse(&crs, e->config->crs));
    enum terramis_status status =
        find_nearest(e, &crs, r->vector.features[0].extent);
    crs_release(&crs);
    return status;
}

static enum terramis_status explain(const struct project *project,
                                    struct reading *r, const char *out,
                                    const char *parcel, bool json, FILE *stream)
{
    struct explained e = {.config = &project->config};
    TRY(find(r, out, parcel));
    for (size_t i = 0; i < EXPLAIN_FIELDS; i++) {
        e.texts[i] = text_at(r, i);
        e.numbers[i] = number_at(r, i);
    }
    enum terramis_status status = take_factors(&e, r);
    if (status == TERRAMIS_OK)
        status = name_nearest(&e, r);
    if (status == TERRAMIS_OK)
        status = json ? explain_json(&e, stream) : explain_text(&e, stream);
    free(e.factors);
    return status;
}

enum terramis_status terramis_explain(const struct terramis_options *options,
                                      const char *parcel_id, FILE *stream)
{
    struct project project;
    struct reading r = {.config = &project.config};
    enum terramis_status status = project_open(&project, options, false);
    gdal_setup();
    if (status == TERRAMIS_OK)
        status = wanted_fields(&r);
    if (status == TERRAMIS_OK)
        status = explain(&project, &r, project_out(options), parcel_id,
                         options->json, stream);
    vector_release(&r.vector);
    arena_release(&r.arena);
    project_release(&project);
    return status_end(status);
}
