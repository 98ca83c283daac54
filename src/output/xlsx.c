/* The tables for staff: one workbook with what it is, summary, scenarios,
 * sites, the parcels of each territory that can be planted (best first;
 * parcels.csv has all), and what the columns mean. Codes are written as words.
 */
#include <stdlib.h>
#include <string.h>

#include "output/credits.h"
#include "output/fields.h"
#include "output/labels.h"
#include "output/ranking.h"
#include "output/workbook.h"

struct tables {
    struct fields summary, scenarios, sites, parcels, sensitivity;
};

struct xlsx {
    const struct output_job *job;
    struct workbook *book;
    struct tables tables;
    int language;
    bool broken; /* no memory for a text */
};

/* Long enough for the words of codes, short enough for a screen. */
static int width_of(const struct field *field)
{
    if (field->codes)
        return 30;
    return field->type == VECTOR_TEXT ? 22 : 12;
}

static enum terramis_status begin_table(struct xlsx *xlsx, const char *name,
                                        const struct fields *fields,
                                        struct workbook_column **columns)
{
    TRY(mem_new(columns, fields->count, sizeof **columns));
    for (size_t i = 0; i < fields->count; i++)
        (*columns)[i] = (struct workbook_column){
            .title = fields->items[i].alias,
            .width = width_of(&fields->items[i]),
            .real = fields->items[i].type == VECTOR_REAL};
    workbook_sheet(xlsx->book, name, *columns, fields->count);
    return TERRAMIS_OK;
}

static void add_row(struct xlsx *xlsx, const struct fields *fields,
                    const struct field_row *row)
{
    for (size_t i = 0; i < fields->count; i++) {
        const struct field *field = &fields->items[i];
        struct vector_value value = fields_value(field, row);
        if (!value.set)
            workbook_text(xlsx->book, NULL);
        else if (field->type == VECTOR_TEXT)
            workbook_text(xlsx->book, field_label(field, value.text));
        else if (field->type == VECTOR_INTEGER)
            workbook_number(xlsx->book, (double)value.integer);
        else
            workbook_number(xlsx->book, value.real);
    }
    workbook_end_row(xlsx->book);
}

static void add_summary(struct xlsx *xlsx, const struct analysis *analysis)
{
    struct summary_row rows[SUMMARY_ROWS];
    summary_of(&analysis->parcels, rows);
    for (int i = 0; i < SUMMARY_ROWS; i++)
        add_row(xlsx, &xlsx->tables.summary,
                &(struct field_row){.analysis = analysis, .summary = &rows[i]});
}

static enum terramis_status add_parcels(struct xlsx *xlsx,
                                        const struct analysis *analysis)
{
    const struct parcel **order = NULL;
    struct field_contributions contributions = {NULL};
    size_t count;
    enum terramis_status status =
        ranking_of(&analysis->parcels, &order, &count);
    for (size_t i = 0; i < count && status == TERRAMIS_OK; i++) {
        add_row(xlsx, &xlsx->tables.parcels,
                &(struct field_row){.analysis = analysis,
                                    .parcel = order[i],
                                    .contributions = &contributions});
        status = status_go_on();
    }
    free(order);
    return status;
}

static void add_pair(struct xlsx *xlsx, enum label label, const char *text)
{
    if (!text)
        return;
    workbook_text(xlsx->book, label_text(label, xlsx->language));
    workbook_text(xlsx->book, text);
    workbook_end_row(xlsx->book);
}

/* A pair whose text is `made`, which is released. */
static void add_made(struct xlsx *xlsx, enum label label, struct text *made)
{
    xlsx->broken |= made->broken;
    add_pair(xlsx, label, text_get(made));
    text_release(made);
}

static void add_about(struct xlsx *xlsx)
{
    const struct plan *plan = xlsx->job->plan;
    const struct config *config = plan->config;
    const struct workbook_column columns[] = {
        {config->title, 26, false},
        {label_text(LABEL_ABOUT_PARCELS, xlsx->language), 100, false}};
    struct text text = {0};
    workbook_sheet(xlsx->book, label_text(LABEL_ABOUT, xlsx->language), columns,
                   2);
    if (plan->synthetic)
        add_pair(xlsx, LABEL_SYNTHETIC,
                 label_text(LABEL_SYNTHETIC_ABSTRACT, xlsx->language));
    add_pair(xlsx, LABEL_MADE_BY, config->organisation);
    credits_date(&text, xlsx->job->date, xlsx->language);
    add_made(xlsx, LABEL_DATE, &text);
    add_pair(xlsx, LABEL_SOFTWARE, "Terramis " TERRAMIS_VERSION);
    add_pair(xlsx, LABEL_LICENCE, config->licence);
    credits_sources(&text, plan);
    add_made(xlsx, LABEL_SOURCES, &text);
    credits_score(&text, plan);
    text_add(&text, " ");
    credits_classes(&text, plan);
    add_made(xlsx, LABEL_METHOD, &text);
    credits_crs(&text, plan);
    add_made(xlsx, LABEL_COORDINATES, &text);
    add_pair(xlsx, LABEL_PARCELS,
             label_text(LABEL_ABOUT_SHEETS, xlsx->language));
}

static void add_meanings(struct xlsx *xlsx, enum label table,
                         const struct fields *fields)
{
    const char *between = xlsx->language == LANGUAGE_EN ? "; " : "\u00a0; ";
    for (size_t i = 0; i < fields->count; i++) {
        const struct field *field = &fields->items[i];
        struct text codes = {0};
        for (const struct vector_code *c = field->codes; c && c->code; c++)
            text_addf(&codes, "%s%s = %s", c == field->codes ? "" : between,
                      c->code, c->label);
        workbook_text(xlsx->book, label_text(table, xlsx->language));
        workbook_text(xlsx->book, field->name);
        workbook_text(xlsx->book, field->title);
        workbook_text(xlsx->book, field->unit[0] ? field->unit : NULL);
        workbook_text(xlsx->book, field->description);
        workbook_text(xlsx->book, field->codes ? text_get(&codes) : NULL);
        workbook_end_row(xlsx->book);
        xlsx->broken |= codes.broken;
        text_release(&codes);
    }
}

static void add_dictionary(struct xlsx *xlsx)
{
    int language = xlsx->language;
    const struct workbook_column columns[] = {
        {label_text(LABEL_TABLE, language), 18, false},
        {label_text(LABEL_FIELD, language), 18, false},
        {label_text(LABEL_COLUMN, language), 28, false},
        {label_text(LABEL_UNIT, language), 14, false},
        {label_text(LABEL_MEANING, language), 70, false},
        {label_text(LABEL_CODES, language), 70, false}};
    workbook_sheet(xlsx->book, label_text(LABEL_FIELDS, language), columns, 6);
    add_meanings(xlsx, LABEL_SUMMARY, &xlsx->tables.summary);
    add_meanings(xlsx, LABEL_SCENARIOS, &xlsx->tables.scenarios);
    add_meanings(xlsx, LABEL_SITES, &xlsx->tables.sites);
    add_meanings(xlsx, LABEL_PARCELS, &xlsx->tables.parcels);
    add_meanings(xlsx, LABEL_UNCERTAINTY, &xlsx->tables.sensitivity);
}

static void add_scenarios(struct xlsx *xlsx, const struct analysis *analysis)
{
    struct field_row row = {.analysis = analysis};
    while (fields_next_year(&row))
        add_row(xlsx, &xlsx->tables.scenarios, &row);
}

static void add_sites(struct xlsx *xlsx, const struct territory_result *result)
{
    for (size_t s = 0; s < result->sites.count; s++)
        add_row(xlsx, &xlsx->tables.sites,
                &(struct field_row){.analysis = &result->analysis,
                                    .site = &result->sites.items[s]});
}

/* One table over all territories: summary, scenarios or sites. */
static enum terramis_status add_table(struct xlsx *xlsx, enum label name,
                                      const struct fields *fields)
{
    struct workbook_column *columns;
    TRY(begin_table(xlsx, label_text(name, xlsx->language), fields, &columns));
    for (size_t i = 0; i < xlsx->job->count; i++) {
        const struct territory_result *result = &xlsx->job->results[i];
        if (!result->done)
            continue;
        if (name == LABEL_SUMMARY)
            add_summary(xlsx, &result->analysis);
        else if (name == LABEL_SCENARIOS)
            add_scenarios(xlsx, &result->analysis);
        else
            add_sites(xlsx, result);
    }
    free(columns);
    return TERRAMIS_OK;
}

/* How much of the scores' variance is due to which factor. */
static enum terramis_status add_sensitivity(struct xlsx *xlsx)
{
    const struct fields *fields = &xlsx->tables.sensitivity;
    struct workbook_column *columns;
    TRY(fields_of_sensitivity(&xlsx->tables.sensitivity, xlsx->job->plan));
    TRY(begin_table(xlsx, label_text(LABEL_UNCERTAINTY, xlsx->language), fields,
                    &columns));
    for (size_t i = 0; i < xlsx->job->count; i++)
        for (size_t f = 0;
             xlsx->job->results[i].done && f < xlsx->job->plan->factor_count;
             f++)
            add_row(
                xlsx, fields,
                &(struct field_row){.analysis = &xlsx->job->results[i].analysis,
                                    .factor = f});
    free(columns);
    return TERRAMIS_OK;
}

static enum terramis_status fill(struct xlsx *xlsx)
{
    const struct plan *plan = xlsx->job->plan;
    TRY(fields_of_summary(&xlsx->tables.summary, plan));
    TRY(fields_of_scenarios(&xlsx->tables.scenarios, plan));
    TRY(fields_of_sites(&xlsx->tables.sites, plan));
    TRY(fields_of_parcels(&xlsx->tables.parcels, plan));
    add_about(xlsx);
    TRY(add_table(xlsx, LABEL_SUMMARY, &xlsx->tables.summary));
    TRY(add_table(xlsx, LABEL_SCENARIOS, &xlsx->tables.scenarios));
    TRY(add_table(xlsx, LABEL_SITES, &xlsx->tables.sites));
    if (plan->config->uncertainty.on)
        TRY(add_sensitivity(xlsx));
    for (size_t i = 0; i < xlsx->job->count; i++) {
        const struct territory_result *result = &xlsx->job->results[i];
        struct workbook_column *columns;
        if (!result->done)
            continue;
        TRY(begin_table(xlsx, result->analysis.territory->config->name,
                        &xlsx->tables.parcels, &columns));
        enum terramis_status status = add_parcels(xlsx, &result->analysis);
        free(columns);
        TRY(status);
    }
    add_dictionary(xlsx);
    return xlsx->broken ? status_no_memory() : TERRAMIS_OK;
}

static enum terramis_status write_xlsx(const struct output_job *job)
{
    struct xlsx xlsx = {.job = job, .language = job->plan->config->language};
    struct text path = {0};
    text_addf(&path, "%s/summary.xlsx", job->dir);
    enum terramis_status status = text_status(&path);
    if (status == TERRAMIS_OK)
        status = workbook_new(text_get(&path), &xlsx.book);
    if (status == TERRAMIS_OK) {
        status = fill(&xlsx);
        if (status == TERRAMIS_OK)
            status = workbook_finish(xlsx.book);
        else
            workbook_cancel(xlsx.book);
    }
    fields_release(&xlsx.tables.summary);
    fields_release(&xlsx.tables.scenarios);
    fields_release(&xlsx.tables.sites);
    fields_release(&xlsx.tables.parcels);
    fields_release(&xlsx.tables.sensitivity);
    text_release(&path);
    return status;
}

const struct output_op output_xlsx = {
    .op = {.name = "xlsx",
           .summary =
               N_("Summary, scenarios, sites, plantable parcels and what the "
                  "columns mean, as one Excel workbook."),
           .source = "ECMA-376"},
    .files = "summary.xlsx",
    .project = write_xlsx};
