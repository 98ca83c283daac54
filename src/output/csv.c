/* Tables as RFC 4180: UTF-8 without byte order mark, comma, decimal point, a
 * head with the names of the fields. A text that begins with = + - @ tab or
 * carriage return gets a ' in front, so that a spreadsheet does not run it as a
 * formula. Numbers have a fixed count of decimals; an empty field is no value.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "output/fields.h"
#include "output/file.h"

enum {
    CHUNK = 1 << 16 /* bytes written at once */
};

/* A file being written, and the lines that wait for it. */
struct csv {
    struct file file;
    struct text lines;
    const struct fields *fields;
};

static void end_field(struct csv *csv, size_t i)
{
    text_add(&csv->lines, i + 1 < csv->fields->count ? "," : "\r\n");
}

static void write_lines(struct csv *csv, size_t enough)
{
    if (csv->lines.length < enough)
        return;
    file_write(&csv->file, text_get(&csv->lines), csv->lines.length);
    csv->lines.length = 0; /* keep the memory for the next ones */
}

static void add_text(struct text *line, const char *text)
{
    const char *guard = text[0] && strchr("=+-@\t\r", text[0]) ? "'" : "";
    if (!strpbrk(text, ",\"\r\n")) {
        text_add(line, guard);
        text_add(line, text);
        return;
    }
    text_addf(line, "\"%s", guard);
    for (const char *quote; (quote = strchr(text, '"')); text = quote + 1)
        text_addf(line, "%.*s\"\"", (int)(quote - text), text);
    text_addf(line, "%s\"", text);
}

static void add_value(struct text *line, const struct field *field,
                      const struct vector_value *value)
{
    if (!value->set)
        return;
    if (field->type == VECTOR_REAL)
        text_add_decimal(line, value->real, field->decimals);
    else if (field->type == VECTOR_INTEGER)
        text_addf(line, "%" PRId64, value->integer);
    else
        add_text(line, value->text);
}

static void add_row(struct csv *csv, const struct field_row *row)
{
    for (size_t i = 0; i < csv->fields->count; i++) {
        const struct field *field = &csv->fields->items[i];
        struct vector_value value = fields_value(field, row);
        add_value(&csv->lines, field, &value);
        end_field(csv, i);
    }
    write_lines(csv, CHUNK);
}

static enum terramis_status begin(struct csv *csv, const char *path,
                                  const struct fields *fields)
{
    *csv = (struct csv){.fields = fields};
    TRY(file_create(&csv->file, path));
    for (size_t i = 0; i < fields->count; i++) {
        add_text(&csv->lines, fields->items[i].name);
        end_field(csv, i);
    }
    return TERRAMIS_OK;
}

static enum terramis_status end(struct csv *csv)
{
    write_lines(csv, 1);
    enum terramis_status status = text_status(&csv->lines);
    if (status == TERRAMIS_OK)
        status = file_commit(&csv->file);
    else
        file_discard(&csv->file);
    text_release(&csv->lines);
    return status;
}

static enum terramis_status write_parcels(const struct output_job *job,
                                          const struct territory_result *result)
{
    struct fields fields;
    struct csv csv;
    char *path = NULL;
    enum terramis_status status;
    TRY_DONE(fields_of_parcels(&fields, job->plan));
    TRY_DONE(output_path(job, result, "parcels.csv", &path));
    TRY_DONE(begin(&csv, path, &fields));
    const struct parcels *parcels = &result->analysis.parcels;
    struct field_contributions contributions = {NULL};
    for (size_t i = 0; i < parcels->count; i++)
        add_row(&csv, &(struct field_row){.analysis = &result->analysis,
                                          .parcel = &parcels->items[i],
                                          .contributions = &contributions});
    status = end(&csv);
done:
    free(path);
    fields_release(&fields);
    return status;
}

static void add_territory(struct csv *csv, const struct analysis *analysis)
{
    struct summary_row rows[SUMMARY_ROWS];
    summary_of(&analysis->parcels, rows);
    for (int i = 0; i < SUMMARY_ROWS; i++)
        add_row(csv,
                &(struct field_row){.analysis = analysis, .summary = &rows[i]});
}

static void add_scenarios(struct csv *csv, const struct analysis *analysis)
{
    struct field_row row = {.analysis = analysis};
    while (fields_next_year(&row))
        add_row(csv, &row);
}

/* Rows of all territories, as summary.csv or scenarios.csv. */
static enum terramis_status write_table(const struct output_job *job,
                                        const char *name, bool scenarios)
{
    struct fields fields;
    struct csv csv;
    struct text path = {0};
    enum terramis_status status;
    text_addf(&path, "%s/%s", job->dir, name);
    TRY_DONE(scenarios ? fields_of_scenarios(&fields, job->plan)
                       : fields_of_summary(&fields, job->plan));
    TRY_DONE(text_status(&path));
    TRY_DONE(begin(&csv, text_get(&path), &fields));
    for (size_t i = 0; i < job->count; i++)
        if (job->results[i].done)
            (scenarios ? add_scenarios
                       : add_territory)(&csv, &job->results[i].analysis);
    status = end(&csv);
done:
    text_release(&path);
    fields_release(&fields);
    return status;
}

static enum terramis_status write_sensitivity(const struct output_job *job)
{
    struct fields fields;
    struct csv csv;
    struct text path = {0};
    enum terramis_status status;
    text_addf(&path, "%s/uncertainty.csv", job->dir);
    TRY_DONE(fields_of_sensitivity(&fields, job->plan));
    TRY_DONE(text_status(&path));
    TRY_DONE(begin(&csv, text_get(&path), &fields));
    for (size_t i = 0; i < job->count; i++)
        for (size_t f = 0; job->results[i].done && f < job->plan->factor_count;
             f++)
            add_row(&csv,
                    &(struct field_row){.analysis = &job->results[i].analysis,
                                        .factor = f});
    status = end(&csv);
done:
    text_release(&path);
    fields_release(&fields);
    return status;
}

static enum terramis_status write_tables(const struct output_job *job)
{
    TRY(write_table(job, "summary.csv", false));
    TRY(write_table(job, "scenarios.csv", true));
    return job->plan->config->uncertainty.on ? write_sensitivity(job)
                                             : TERRAMIS_OK;
}

const struct output_op output_csv = {
    .op = {.name = "csv",
           .summary =
               N_("Parcels, and hectares and tonnes by territory, kind and "
                  "class, and by scenario and year, as comma-separated "
                  "values."),
           .source = "RFC 4180"},
    .files = "<territory>/parcels.csv summary.csv scenarios.csv "
             "uncertainty.csv",
    .territory = write_parcels,
    .project = write_tables};
