#include "output/fields.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/fields_numbered.h"
#include "output/labels.h"

enum field_codes {
    CODES_NONE,
    CODES_TERRITORY,
    CODES_CLASS,
    CODES_USE,
    CODES_BASIS,
    CODES_LIMITING,
    CODES_KIND,
    CODES_SUMMARY_CLASS,
    CODES_SCENARIO
};

static const char *const use_names[USE_COUNT] = {"none", "material",
                                                 "combustion", "any"};
static const char *const basis_names[BASIS_COUNT] = {"none", "history", "state",
                                                     "sampled"};

static double finite_real(double value)
{
    return isfinite(value) ? value : (double)NAN;
}

/* Ranks and numbers count from 1; 0 is none. */
static struct vector_value number_value(int number)
{
    return number > 0 ? vector_integer(number) : vector_null();
}

static struct vector_value class_value(enum suitability_class class)
{
    return class == CLASS_NONE ? vector_null() : vector_text(class_name(class));
}

static struct vector_value subclass_value(const struct parcel *parcel)
{
    return parcel->class == CLASS_NONE ? vector_null()
                                       : vector_text(parcel->subclass);
}

static const char *class_code(int class)
{
    return class == SUMMARY_ALL
               ? "all"
               : class_name((enum suitability_class)(CLASS_S1 + class));
}

static struct vector_value optional_text(const char *text)
{
    return text ? vector_text(text) : vector_null();
}

static struct vector_value use_value(enum crop_use use)
{
    return vector_text(use_names[use]);
}

static struct vector_value limiting_value(const struct field_row *row)
{
    const struct factor *factors = row->analysis->plan->factors;
    int position = row->parcel->limiting;
    return position > 0 ? vector_text(factors[position - 1].config->id)
                        : vector_null();
}

static struct vector_value scenario_year_value(const struct field_row *row,
                                               size_t number)
{
    return number_value(fields_scenario_parcel(row, number)->year);
}

static const struct scenario_year *scenario_row(const struct field_row *row)
{
    return scenario_year(&row->analysis->scenarios, row->scenario, row->kind,
                         row->year);
}

/* fields.def is read five times: once for the functions that take the values,
 * once for each table. */
#define FIELD(table, name, value)                                              \
    static struct vector_value table##_##name(const struct field_row *row)     \
    {                                                                          \
        return value;                                                          \
    }
#define PARCEL(name, type, decimals, unit, codes, value, ...)                  \
    FIELD(parcel, name, value)
#define SITE(name, type, decimals, unit, codes, value, ...)                    \
    FIELD(site, name, value)
#define SUMMARY(name, type, decimals, unit, codes, value, ...)                 \
    FIELD(summary, name, value)
#define SCENARIO(name, type, decimals, unit, codes, value, ...)                \
    FIELD(planting, name, value)
#include "output/fields.def"
#undef PARCEL
#undef SITE
#undef SUMMARY
#undef SCENARIO

/* A line of fields.def; texts in French and English. */
struct entry {
    const char *name;
    enum vector_type type;
    int decimals;
    enum label unit;
    enum field_codes codes;
    struct vector_value (*value)(const struct field_row *row);
    const char *title[2];
    const char *description[2];
};

// clang-format off
#define ENTRY(table, name, type, decimals, unit, codes, fr, en, fr2, en2)      \
    {#name, VECTOR_##type, decimals, LABEL_UNIT_##unit, CODES_##codes,         \
     table##_##name, {fr, en}, {fr2, en2}},
// clang-format on

static const struct entry parcel_entries[] = {
#define SITE(...)
#define SUMMARY(...)
#define SCENARIO(...)
#define PARCEL(name, type, decimals, unit, codes, value, ...)                  \
    ENTRY(parcel, name, type, decimals, unit, codes, __VA_ARGS__)
#include "output/fields.def"
#undef SITE
#undef PARCEL
};

static const struct entry site_entries[] = {
#define PARCEL(...)
#define SITE(name, type, decimals, unit, codes, value, ...)                    \
    ENTRY(site, name, type, decimals, unit, codes, __VA_ARGS__)
#include "output/fields.def"
#undef SITE
#undef SUMMARY
};

static const struct entry summary_entries[] = {
#define SITE(...)
#define SUMMARY(name, type, decimals, unit, codes, value, ...)                 \
    ENTRY(summary, name, type, decimals, unit, codes, __VA_ARGS__)
#include "output/fields.def"
#undef SUMMARY
#undef SCENARIO
};

static const struct entry planting_entries[] = {
#define SUMMARY(...)
#define SCENARIO(name, type, decimals, unit, codes, value, ...)                \
    ENTRY(planting, name, type, decimals, unit, codes, __VA_ARGS__)
#include "output/fields.def"
#undef PARCEL
#undef SITE
#undef SUMMARY
#undef SCENARIO
};

static size_t count_codes(const struct plan *plan, enum field_codes kind)
{
    const size_t counts[] = {
        [CODES_NONE] = 0,
        [CODES_TERRITORY] = plan->territory_count,
        [CODES_CLASS] = CLASS_COUNT,
        [CODES_USE] = USE_COUNT,
        [CODES_BASIS] = BASIS_COUNT,
        [CODES_LIMITING] = plan->factor_count,
        [CODES_KIND] = sizeof marginal_kind_names / sizeof *marginal_kind_names,
        [CODES_SUMMARY_CLASS] = CLASS_COUNT + 1,
        [CODES_SCENARIO] = plan->config->scenarios.count + 1};
    return counts[kind];
}

static struct vector_code code_of(const struct plan *plan,
                                  enum field_codes kind, size_t number)
{
    const char *code = NULL;
    enum label label = LABEL_UNIT_NONE;
    if (kind == CODES_TERRITORY)
        return (struct vector_code){plan->territories[number].config->id,
                                    plan->territories[number].config->name};
    if (kind == CODES_LIMITING) {
        const struct factor *factor = &plan->factors[number];
        return (struct vector_code){factor->config->id, factor_title(factor)};
    }
    if (kind == CODES_SCENARIO && number > 0) {
        const struct scenario_config *all = plan->config->scenarios.items;
        return (struct vector_code){all[number - 1].id, all[number - 1].title};
    }
    if (kind == CODES_SCENARIO) {
        code = SCENARIO_BASE;
        label = LABEL_BASE_SCENARIO;
    } else if (kind == CODES_USE) {
        code = use_names[number];
        label = (enum label)(LABEL_USE_NONE + number);
    } else if (kind == CODES_BASIS) {
        code = basis_names[number];
        label = (enum label)(LABEL_BASIS_NONE + number);
    } else if (kind == CODES_KIND) {
        code = marginal_kind_names[number];
        label =
            number == SUMMARY_ANY ? LABEL_ANY_KIND : label_kind(1 << number);
    } else {
        code = class_code((int)number);
        label = number == SUMMARY_ALL ? LABEL_ALL_CLASSES
                                      : label_class((int)number + 1);
    }
    return (struct vector_code){code,
                                label_text(label, plan->config->language)};
}

/* Codes with their labels, as many as the field's meaning has. */
static enum terramis_status add_codes(struct fields *fields,
                                      const struct plan *plan,
                                      enum field_codes kind,
                                      const struct vector_code **codes)
{
    size_t count = count_codes(plan, kind);
    if (kind == CODES_NONE)
        return TERRAMIS_OK;
    struct vector_code *rows =
        arena_alloc(&fields->arena, count + 1, sizeof *rows);
    if (!rows)
        return status_no_memory();
    for (size_t i = 0; i < count; i++)
        rows[i] = code_of(plan, kind, i);
    *codes = rows;
    return TERRAMIS_OK;
}

static enum terramis_status add_entries(struct fields *fields,
                                        const struct plan *plan,
                                        const struct entry *entries,
                                        size_t count, size_t more)
{
    bool english = plan->config->language == LANGUAGE_EN;
    *fields = (struct fields){0};
    TRY(mem_new(&fields->items, count + more, sizeof *fields->items));
    for (size_t i = 0; i < count; i++) {
        const struct entry *e = &entries[i];
        struct field *field = &fields->items[fields->count++];
        *field =
            (struct field){.name = e->name,
                           .title = e->title[english],
                           .unit = label_text(e->unit, plan->config->language),
                           .description = e->description[english],
                           .type = e->type,
                           .decimals = e->decimals,
                           .value = e->value};
        TRY(add_codes(fields, plan, e->codes, &field->codes));
        TRY(fields_alias(fields, field));
    }
    return TERRAMIS_OK;
}

enum terramis_status fields_of_parcels(struct fields *fields,
                                       const struct plan *plan)
{
    TRY(add_entries(fields, plan, parcel_entries,
                    sizeof parcel_entries / sizeof *parcel_entries,
                    fields_numbered(plan)));
    return fields_add_numbered(fields, plan);
}

enum terramis_status fields_of_sites(struct fields *fields,
                                     const struct plan *plan)
{
    return add_entries(fields, plan, site_entries,
                       sizeof site_entries / sizeof *site_entries, 0);
}

enum terramis_status fields_of_summary(struct fields *fields,
                                       const struct plan *plan)
{
    return add_entries(fields, plan, summary_entries,
                       sizeof summary_entries / sizeof *summary_entries, 0);
}

enum terramis_status fields_of_scenarios(struct fields *fields,
                                         const struct plan *plan)
{
    return add_entries(fields, plan, planting_entries,
                       sizeof planting_entries / sizeof *planting_entries, 0);
}

bool fields_next_year(struct field_row *row)
{
    const struct scenarios *all = &row->analysis->scenarios;
    if (!row->scenario)
        row->scenario = all->items;
    if (++row->year > all->horizon) {
        row->year = 1;
        row->kind++;
    }
    if (row->kind == SCENARIO_KINDS) {
        row->kind = 0;
        row->scenario++;
    }
    return row->scenario < all->items + all->count;
}

void fields_release(struct fields *fields)
{
    free(fields->items);
    arena_release(&fields->arena);
    *fields = (struct fields){0};
}

/* round() of libm without the call, for what has a fraction. */
static double rounded(double value)
{
    if (!(fabs(value) < 4503599627370496.0)) /* 2^52 */
        return value;
    double whole = (double)(int64_t)value, rest = value - whole;
    return whole + (rest >= 0.5 ? 1.0 : rest <= -0.5 ? -1.0 : 0.0);
}

struct vector_value fields_value(const struct field *field,
                                 const struct field_row *row)
{
    static const double powers[] = {1, 10, 100, 1e3, 1e4};
    struct vector_value value =
        field->value ? field->value(row) : field->numbered(row, field->number);
    if (field->type == VECTOR_REAL && value.set)
        value.real = rounded(value.real * powers[field->decimals]) /
                     powers[field->decimals];
    return value;
}

const struct field *fields_find(const struct fields *fields, const char *name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (strcmp(fields->items[i].name, name) == 0)
            return &fields->items[i];
    return NULL;
}

const char *field_label(const struct field *field, const char *code)
{
    for (const struct vector_code *c = field->codes; c && c->code; c++)
        if (strcmp(c->code, code) == 0)
            return c->label;
    return code;
}

enum terramis_status fields_columns(const struct fields *fields,
                                    struct vector_field **columns)
{
    TRY(mem_new(columns, fields->count, sizeof **columns));
    for (size_t i = 0; i < fields->count; i++)
        (*columns)[i] = (struct vector_field){.name = fields->items[i].name,
                                              .type = fields->items[i].type,
                                              .codes = fields->items[i].codes};
    return TERRAMIS_OK;
}
