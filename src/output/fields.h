/**
 * @file fields.h
 * @brief The fields of the layers `parcels` and `sites` and of the summary:
 * name, type, unit, title, codes and value. Every table, file and page reads
 * them here.
 *
 *     struct fields fields;
 *     TRY_DONE(fields_of_parcels(&fields, plan));
 *     struct field_row row = {.analysis = analysis, .parcel = parcel};
 *     struct vector_value score = fields_value(&fields.items[i], &row);
 *   done:
 *     fields_release(&fields);
 */
#ifndef OUTPUT_FIELDS_H
#define OUTPUT_FIELDS_H

#include "output/output.h"
#include "output/summary.h"
#include "output/vector_file.h"

/** Codes of the fields `use` and `use_basis`; LABEL_USE_NONE and
 * LABEL_BASIS_NONE start their labels. */
extern const char *const use_names[USE_COUNT];
extern const char *const basis_names[BASIS_COUNT];

/** Contributions of the factors to the score of one parcel. */
struct field_contributions {
    const struct parcel *parcel; /**< NULL: none yet */
    double values[FACTORS_MAX];
};

/** What a value is taken from: something of an analysis. */
struct field_row {
    const struct analysis *analysis;
    const struct parcel *parcel;
    const struct site *site;
    const struct summary_row *summary;
    const struct scenario *scenario;
    int kind, year; /**< of the scenario: enum marginal_kind or SCENARIO_ANY;
                         from 1 */
    size_t factor;  /**< of a row of the sensitivity table */
    /** Kept from field to field of a parcel; NULL: each makes its own. */
    struct field_contributions *contributions;
};

struct field {
    const char *name;        /**< in files: "plantable_ha" */
    const char *title;       /**< for people: "Surface plantable" */
    const char *alias;       /**< title and unit: "Surface plantable (ha)" */
    const char *unit;        /**< "" where it has none */
    const char *description; /**< one line */
    enum vector_type type;
    int decimals;                    /**< of a VECTOR_REAL */
    const struct vector_code *codes; /**< ended by code NULL; NULL: none */
    struct vector_value (*value)(const struct field_row *row);
    /** Instead of `value`: of factor or scenario `number`. */
    struct vector_value (*numbered)(const struct field_row *row, size_t number);
    size_t number;
    const struct place *at; /**< where that stands in the project file; NULL */
};

struct fields {
    struct field *items;
    size_t count;
    struct arena arena; /**< owns the texts */
};

/** The fields of a plan's parcels, those of factors (values where they are
 * measured, contributions where they add up) and scenarios included, and those
 * of uncertainty where the project asks for it; with texts in the project's
 * language. The caller releases in either case. */
enum terramis_status fields_of_parcels(struct fields *fields,
                                       const struct plan *plan);
/** The same for sites, and for the rows of the summary and of scenarios. */
enum terramis_status fields_of_sites(struct fields *fields,
                                     const struct plan *plan);
enum terramis_status fields_of_summary(struct fields *fields,
                                       const struct plan *plan);
enum terramis_status fields_of_scenarios(struct fields *fields,
                                         const struct plan *plan);
/** The same for the table of how much of the scores' variance is due to which
 * factor; its rows have `factor`. */
enum terramis_status fields_of_sensitivity(struct fields *fields,
                                           const struct plan *plan);
void fields_release(struct fields *fields);

/** TERRAMIS_PROJECT, with a place, where the id of a factor or scenario makes a
 * field of the parcels that there is already: "score_" + "min". */
enum terramis_status fields_check(const struct plan *plan);

/** Moves `row`, of which only the analysis is set at first, to the next year,
 * kind and scenario of its territory; false after the last. */
bool fields_next_year(struct field_row *row);

/** The value of a field, reals rounded to its decimals. */
struct vector_value fields_value(const struct field *field,
                                 const struct field_row *row);

/** The field `name`; NULL: there is none. */
const struct field *fields_find(const struct fields *fields, const char *name);

/** The label of a coded value; `code` itself where it has none. */
const char *field_label(const struct field *field, const char *code);

/** The columns for vector_file, as many as there are fields; caller frees. */
enum terramis_status fields_columns(const struct fields *fields,
                                    struct vector_field **columns);

#endif
