#include "output/fields.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "output/fields_lists.h"
#include "output/fields_numbered.h"
#include "output/labels.h"
#include "output/output.h"

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

enum {
    FIELDS_MAX = 1998 /* columns of a table in SQLite; two are taken */
};

const char *const use_names[USE_COUNT] = {"none", "material", "combustion",
                                          "any"};
const char *const basis_names[BASIS_COUNT] = {"none", "history", "state",
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

/* The spread of the row's parcel; there is one. */
static const struct spread *spread_of(const struct field_row *row)
{
    const struct parcels *parcels = &row->analysis->parcels;
    return &parcels->spreads[row->parcel - parcels->items];
}

static const struct factor *factor_of(const struct field_row *row)
{
    return &row->analysis->plan->factors[row->factor];
}

/* fields.def is read several times: once for the functions that take the
 * values, once for each table. */
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
#define SPREAD(name, type, decimals, unit, codes, value, ...)                  \
    FIELD(spread, name, value)
#define SENSITIVITY(name, type, decimals, unit, codes, value, ...)             \
    FIELD(sensitivity, name, value)
#include "output/fields.def"
#undef PARCEL
#undef SITE
#undef SUMMARY
#undef SCENARIO
#undef SPREAD
#undef SENSITIVITY

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

#define PARCEL(...)
#define SITE(...)
#define SUMMARY(...)
#define SCENARIO(...)
#define SPREAD(...)
#define SENSITIVITY(...)

#undef PARCEL
#define PARCEL(name, type, decimals, unit, codes, value, ...)                  \
    ENTRY(parcel, name, type, decimals, unit, codes, __VA_ARGS__)
static const struct entry parcel_entries[] = {
#include "output/fields.def"
};
#undef PARCEL
#define PARCEL(...)

#undef SITE
#define SITE(name, type, decimals, unit, codes, value, ...)                    \
    ENTRY(site, name, type, decimals, unit, codes, __VA_ARGS__)
static const struct entry site_entries[] = {
#include "output/fields.def"
};
#undef SITE
#define SITE(...)

#undef SUMMARY
#define SUMMARY(name, type, decimals, unit, codes, value, ...)                 \
    ENTRY(summary, name, type, decimals, unit, codes, __VA_ARGS__)
static const struct entry summary_entries[] = {
#include "output/fields.def"
};
#undef SUMMARY
#define SUMMARY(...)

#undef SCENARIO
#define SCENARIO(name, type, decimals, unit, codes, value, ...)                \
    ENTRY(planting, name, type, decimals, unit, codes, __VA_ARGS__)
static const struct entry planting_entries[] = {
#include "output/fields.def"
};
#undef SCENARIO
#define SCENARIO(...)

#undef SPREAD
#define SPREAD(name, type, decimals, unit, codes, value, ...)                  \
    ENTRY(spread, name, type, decimals, unit, codes, __VA_ARGS__)
static const struct entry spread_entries[] = {
#include "output/fields.def"
};
#undef SPREAD
#define SPREAD(...)

#undef SENSITIVITY
#define SENSITIVITY(name, type, decimals, unit, codes, value, ...)             \
    ENTRY(sensitivity, name, type, decimals, unit, codes, __VA_ARGS__)
static const struct entry sensitivity_entries[] = {
#include "output/fields.def"
};
#undef SENSITIVITY
#define SENSITIVITY(...)

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

/* Makes room for fields and adds nothing yet. */
static enum terramis_status begin(struct fields *fields, size_t count)
{
    *fields = (struct fields){0};
    return mem_new(&fields->items, count, sizeof *fields->items);
}

static enum terramis_status add_entries(struct fields *fields,
                                        const struct plan *plan,
                                        const struct entry *entries,
                                        size_t count)
{
    bool english = plan->config->language == LANGUAGE_EN;
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

#define COUNT(entries) (sizeof(entries) / sizeof *(entries))

enum terramis_status fields_of_parcels(struct fields *fields,
                                       const struct plan *plan)
{
    TRY(begin(fields, COUNT(parcel_entries) + COUNT(spread_entries) +
                          fields_numbered(plan)));
    TRY(add_entries(fields, plan, parcel_entries, COUNT(parcel_entries)));
    if (plan->config->uncertainty.on)
        TRY(add_entries(fields, plan, spread_entries, COUNT(spread_entries)));
    return fields_add_numbered(fields, plan);
}

/* The first field of the same name, "A" and "a" being one in a GeoPackage. */
static const struct field *find_same(const struct fields *fields, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcasecmp(fields->items[k].name, fields->items[i].name) == 0)
            return &fields->items[k];
    return NULL;
}

static enum terramis_status check_count(const struct plan *plan, size_t count)
{
    if (count <= FIELDS_MAX || !output_wanted(plan->config, "gpkg"))
        return TERRAMIS_OK;
    return status_set(
        TERRAMIS_PROJECT,
        _("%s: parcels would have %zu fields, more than the %d that a "
          "GeoPackage holds. Name fewer factors or scenarios"),
        plan->config->path, count, FIELDS_MAX);
}

enum terramis_status fields_check(const struct plan *plan)
{
    struct fields fields;
    enum terramis_status status = fields_of_parcels(&fields, plan);
    if (status == TERRAMIS_OK)
        status = check_count(plan, fields.count);
    for (size_t i = 0; status == TERRAMIS_OK && i < fields.count; i++)
        if (fields.items[i].at && find_same(&fields, i))
            status = status_set(
                TERRAMIS_PROJECT,
                _("%s:%d:%d: parcels have a field %s already. Give the "
                  "scenario or factor another id"),
                plan->config->path, fields.items[i].at->line,
                fields.items[i].at->column, fields.items[i].name);
    fields_release(&fields);
    return status;
}

#define FIELDS_OF(name, entries)                                               \
    enum terramis_status name(struct fields *fields, const struct plan *plan)  \
    {                                                                          \
        TRY(begin(fields, COUNT(entries)));                                    \
        return add_entries(fields, plan, entries, COUNT(entries));             \
    }

FIELDS_OF(fields_of_sites, site_entries)
FIELDS_OF(fields_of_summary, summary_entries)
FIELDS_OF(fields_of_scenarios, planting_entries)
FIELDS_OF(fields_of_sensitivity, sensitivity_entries)

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
