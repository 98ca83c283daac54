#include "output/fields_numbered.h"

#include "output/labels.h"

const struct scenario_parcel *
fields_scenario_parcel(const struct field_row *row, size_t number)
{
    const struct analysis *a = row->analysis;
    return &a->scenarios.items[number].parcels[row->parcel - a->parcels.items];
}

static struct vector_value membership_value(const struct field_row *row,
                                            size_t factor)
{
    return vector_real(parcel_membership(row->parcel, factor));
}

static struct vector_value raw_value(const struct field_row *row, size_t factor)
{
    return vector_real(parcel_raw(row->parcel, factor));
}

static struct vector_value contribution_value(const struct field_row *row,
                                              size_t factor)
{
    const struct analysis *a = row->analysis;
    struct field_contributions own, *all = row->contributions;
    own.parcel = NULL; /* its values are not touched: they are 2 KB */
    all = all ? all : &own;
    if (all->parcel != row->parcel)
        parcel_contributions(row->parcel, a->weight, a->plan->factor_count,
                             all->values);
    all->parcel = row->parcel;
    return vector_real(all->values[factor]);
}

static struct vector_value score_value(const struct field_row *row,
                                       size_t scenario)
{
    return vector_real(fields_scenario_parcel(row, scenario)->score);
}

static struct vector_value difference_value(const struct field_row *row,
                                            size_t scenario)
{
    return vector_real(fields_scenario_parcel(row, scenario)->score -
                       row->parcel->score);
}

static struct vector_value class_value(const struct field_row *row,
                                       size_t scenario)
{
    enum suitability_class class = fields_scenario_parcel(row, scenario)->class;
    return class == CLASS_NONE ? vector_null() : vector_text(class_name(class));
}

static struct vector_value positive(int number)
{
    return number > 0 ? vector_integer(number) : vector_null();
}

static struct vector_value rank_value(const struct field_row *row,
                                      size_t scenario)
{
    return positive(fields_scenario_parcel(row, scenario)->rank);
}

static struct vector_value year_value(const struct field_row *row,
                                      size_t scenario)
{
    return positive(fields_scenario_parcel(row, scenario)->year);
}

/* A text made of up to four parts, kept as long as the fields. */
static enum terramis_status keep(struct fields *fields, const char **out,
                                 const char *const parts[4])
{
    struct text text = {0};
    for (int i = 0; i < 4 && parts[i]; i++)
        text_add(&text, parts[i]);
    enum terramis_status status = text_status(&text);
    if (status == TERRAMIS_OK) {
        *out = arena_text(&fields->arena, text_get(&text));
        status = *out ? TERRAMIS_OK : status_no_memory();
    }
    text_release(&text);
    return status;
}

enum terramis_status fields_alias(struct fields *fields, struct field *field)
{
    if (field->unit[0] == '\0') {
        field->alias = field->title;
        return TERRAMIS_OK;
    }
    return keep(fields, &field->alias,
                (const char *const[]){field->title, " (", field->unit, ")"});
}

/* A field that every factor or scenario has. */
struct kind {
    const char *before; /* of the id, in the name */
    enum vector_type type;
    int decimals;
    enum label title; /* LABEL_UNIT_NONE: that of the factor or scenario */
    enum label unit, about;
    struct vector_value (*value)(const struct field_row *row, size_t number);
};

static const struct kind factor_kind = {"m_",
                                        VECTOR_REAL,
                                        4,
                                        LABEL_UNIT_NONE,
                                        LABEL_UNIT_MEMBERSHIP,
                                        LABEL_ABOUT_MEMBERSHIP,
                                        membership_value};

static const struct kind raw_kind = {
    "v_",        VECTOR_REAL,       2,        LABEL_UNIT_NONE,
    LABEL_VALUE, LABEL_ABOUT_VALUE, raw_value};

static const struct kind contribution_kind = {"c_",
                                              VECTOR_REAL,
                                              2,
                                              LABEL_UNIT_NONE,
                                              LABEL_UNIT_POINTS,
                                              LABEL_ABOUT_CONTRIBUTION,
                                              contribution_value};

static const struct kind scenario_kinds[] = {
    {"score_", VECTOR_REAL, 2, LABEL_SCENARIO_SCORE, LABEL_UNIT_SCORE,
     LABEL_ABOUT_SCENARIO_SCORE, score_value},
    {"diff_", VECTOR_REAL, 2, LABEL_SCENARIO_DIFFERENCE, LABEL_UNIT_POINTS,
     LABEL_ABOUT_SCENARIO_DIFFERENCE, difference_value},
    {"class_", VECTOR_TEXT, 0, LABEL_SCENARIO_CLASS, LABEL_UNIT_NONE,
     LABEL_ABOUT_SCENARIO_CLASS, class_value},
    {"rank_", VECTOR_INTEGER, 0, LABEL_RANK, LABEL_UNIT_NONE,
     LABEL_ABOUT_SCENARIO_RANK, rank_value},
    {"year_", VECTOR_INTEGER, 0, LABEL_SCENARIO_YEAR, LABEL_UNIT_NONE,
     LABEL_ABOUT_SCENARIO_YEAR, year_value}};

enum {
    SCENARIO_FIELDS = sizeof scenario_kinds / sizeof *scenario_kinds
};

size_t fields_numbered(const struct plan *plan)
{
    return 3 * plan->factor_count +
           SCENARIO_FIELDS * plan->config->scenarios.count;
}

/* `id` and `title` are those of the factor or scenario. */
static enum terramis_status add(struct fields *fields, const struct kind *kind,
                                int language, const char *id, const char *title,
                                const char *unit, size_t number,
                                const struct place *at)
{
    struct field *field = &fields->items[fields->count++];
    *field = (struct field){.title = title,
                            .unit = unit,
                            .description = label_text(kind->about, language),
                            .type = kind->type,
                            .decimals = kind->decimals,
                            .numbered = kind->value,
                            .number = number,
                            .at = at};
    TRY(keep(fields, &field->name,
             (const char *const[]){kind->before, id, NULL, NULL}));
    if (kind->title != LABEL_UNIT_NONE)
        TRY(keep(fields, &field->title,
                 (const char *const[]){label_text(kind->title, language), " – ",
                                       title, NULL}));
    return fields_alias(fields, field);
}

static enum terramis_status add_factor(struct fields *fields,
                                       const struct plan *plan,
                                       const struct kind *kind, size_t f)
{
    const struct factor *factor = &plan->factors[f];
    int language = plan->config->language;
    const char *own = kind == &raw_kind ? factor_unit(factor->config) : "";
    return add(fields, kind, language, factor->config->id, factor_title(factor),
               *own ? own : label_text(kind->unit, language), f,
               &factor->config->layer.at);
}

/* Memberships, values where something is measured, contributions where they
 * add up. */
static enum terramis_status add_factors(struct fields *fields,
                                        const struct plan *plan)
{
    for (size_t f = 0; f < plan->factor_count; f++)
        TRY(add_factor(fields, plan, &factor_kind, f));
    for (size_t f = 0; f < plan->factor_count; f++)
        if (!plan->factors[f].criterion->classes)
            TRY(add_factor(fields, plan, &raw_kind, f));
    for (size_t f = 0; f < plan->factor_count; f++)
        if (combination_adds_up(plan->config))
            TRY(add_factor(fields, plan, &contribution_kind, f));
    return TERRAMIS_OK;
}

enum terramis_status fields_add_numbered(struct fields *fields,
                                         const struct plan *plan)
{
    const struct scenario_config *scenarios = plan->config->scenarios.items;
    int language = plan->config->language;
    TRY(add_factors(fields, plan));
    for (size_t s = 0; s < plan->config->scenarios.count; s++)
        for (size_t k = 0; k < SCENARIO_FIELDS; k++)
            TRY(add(fields, &scenario_kinds[k], language, scenarios[s].id,
                    scenarios[s].title,
                    label_text(scenario_kinds[k].unit, language), s + 1,
                    &scenarios[s].at));
    return TERRAMIS_OK;
}
