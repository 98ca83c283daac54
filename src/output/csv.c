/* Tables as RFC 4180: UTF-8 without byte order mark, comma, decimal point, a
 * head with the names of the fields. A text that begins with = + - @ tab or
 * carriage return gets a ' in front, so that a spreadsheet does not run it as a
 * formula. Numbers have a fixed count of decimals; an empty field is no value.
 */
#include <stdlib.h>
#include <string.h>

#include "base/pool.h"
#include "output/digest.h"
#include "output/fields.h"
#include "output/file.h"

enum {
    CHUNK = 256 /* parcels, whose lines one thread makes */
};

/* A file being written, and the lines that wait for it. */
struct csv {
    const struct output_job *job;
    const char *path;
    struct file file;
    struct digest_sum sum; /* of its bytes */
    struct text lines;
    const struct fields *fields;
};

static void end_field(struct text *line, const struct fields *fields, size_t i)
{
    if (i + 1 < fields->count)
        text_add_char(line, ',');
    else
        text_add_bytes(line, "\r\n", 2);
}

/* Would a spreadsheet run it? */
static bool is_formula(const char *text)
{
    return text[0] && strchr("=+-@\t\r", text[0]);
}

/* Length of what stands before a comma, quote or end of line. */
static size_t plain_length(const char *text)
{
    size_t i = 0;
    while (text[i] && text[i] != ',' && text[i] != '"' && text[i] != '\r' &&
           text[i] != '\n')
        i++;
    return i;
}

static void add_quoted(struct text *line, const char *text)
{
    for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
        text_add_bytes(line, text, (size_t)(quote - text));
        text_add_bytes(line, "\"\"", 2);
    }
    text_add(line, text);
}

static void add_text(struct text *line, const char *text)
{
    size_t plain = plain_length(text);
    bool quoted = text[plain] != '\0';
    if (quoted)
        text_add_char(line, '"');
    if (is_formula(text))
        text_add_char(line, '\'');
    if (!quoted) {
        text_add_bytes(line, text, plain);
        return;
    }
    add_quoted(line, text);
    text_add_char(line, '"');
}

static void add_value(struct text *line, const struct field *field,
                      const struct vector_value *value)
{
    if (!value->set)
        return;
    if (field->type == VECTOR_REAL)
        text_add_decimal(line, value->real, field->decimals);
    else if (field->type == VECTOR_INTEGER)
        text_add_integer(line, value->integer);
    else
        add_text(line, value->text);
}

static void add_line(struct text *lines, const struct fields *fields,
                     const struct field_row *row)
{
    for (size_t i = 0; i < fields->count; i++) {
        const struct field *field = &fields->items[i];
        struct vector_value value = fields_value(field, row);
        add_value(lines, field, &value);
        end_field(lines, fields, i);
    }
}

static void add_row(struct csv *csv, const struct field_row *row)
{
    add_line(&csv->lines, csv->fields, row);
}

/* What waits goes to the file; its memory is kept for more. */
static enum terramis_status write_lines(struct csv *csv, struct text *lines)
{
    TRY(text_status(lines));
    if (lines->length > 0) {
        file_write(&csv->file, text_get(lines), lines->length);
        digest_add(&csv->sum, text_get(lines), lines->length);
    }
    lines->length = 0;
    return TERRAMIS_OK;
}

static enum terramis_status begin(struct csv *csv, const struct output_job *job,
                                  const char *path, const struct fields *fields)
{
    *csv = (struct csv){.job = job, .path = path, .fields = fields};
    TRY(file_create(&csv->file, path));
    digest_begin(&csv->sum);
    for (size_t i = 0; i < fields->count; i++) {
        add_text(&csv->lines, fields->items[i].name);
        end_field(&csv->lines, fields, i);
    }
    return TERRAMIS_OK;
}

/* The file need not be read again to know what is in it. */
static enum terramis_status note_digest(struct csv *csv)
{
    struct digest digest;
    struct digests *outputs = csv->job->outputs;
    TRY(digest_end(&csv->sum, &digest));
    return outputs ? digests_put(outputs, csv->path, &digest) : TERRAMIS_OK;
}

/* The whole file, or none where something failed before. */
static enum terramis_status end(struct csv *csv, enum terramis_status status)
{
    if (status == TERRAMIS_OK)
        status = write_lines(csv, &csv->lines);
    if (status == TERRAMIS_OK)
        status = file_commit(&csv->file);
    if (status == TERRAMIS_OK)
        status = note_digest(csv);
    file_discard(&csv->file);
    digest_discard(&csv->sum);
    text_release(&csv->lines);
    return status;
}

/* The lines of a territory's parcels, made by several threads. */
struct listing {
    struct csv *csv;
    const struct analysis *analysis;
};

static enum terramis_status make_lines(void *data, void *worker, size_t chunk,
                                       void *result)
{
    const struct listing *listing = data;
    const struct parcels *parcels = &listing->analysis->parcels;
    struct field_contributions contributions = {NULL};
    size_t i = chunk * CHUNK, end = i + CHUNK;
    (void)worker;
    for (; i < end && i < parcels->count; i++)
        add_line(result, listing->csv->fields,
                 &(struct field_row){.analysis = listing->analysis,
                                     .parcel = &parcels->items[i],
                                     .contributions = &contributions});
    return text_status(result);
}

static enum terramis_status take_lines(void *data, size_t chunk, void *result)
{
    const struct listing *listing = data;
    (void)chunk;
    return write_lines(listing->csv, result);
}

static void release_lines(void *data, void *result)
{
    (void)data;
    text_release(result);
}

static enum terramis_status list_parcels(struct csv *csv,
                                         const struct analysis *analysis)
{
    struct listing listing = {csv, analysis};
    TRY(write_lines(csv, &csv->lines)); /* the head */
    return pool_run(&(struct pool_job){
        .tiles = (analysis->parcels.count + CHUNK - 1) / CHUNK,
        .threads = analysis->plan->threads,
        .result_size = sizeof(struct text),
        .data = &listing,
        .work = make_lines,
        .commit = take_lines,
        .release = release_lines});
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
    TRY_DONE(begin(&csv, job, path, &fields));
    status = end(&csv, list_parcels(&csv, &result->analysis));
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
    TRY_DONE(begin(&csv, job, text_get(&path), &fields));
    for (size_t i = 0; i < job->count; i++)
        if (job->results[i].done)
            (scenarios ? add_scenarios
                       : add_territory)(&csv, &job->results[i].analysis);
    status = end(&csv, TERRAMIS_OK);
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
    TRY_DONE(begin(&csv, job, text_get(&path), &fields));
    for (size_t i = 0; i < job->count; i++)
        for (size_t f = 0; job->results[i].done && f < job->plan->factor_count;
             f++)
            add_row(&csv,
                    &(struct field_row){.analysis = &job->results[i].analysis,
                                        .factor = f});
    status = end(&csv, TERRAMIS_OK);
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
