#include <string.h>

#include "output/atlas.h"
#include "output/credits.h"
#include "output/fields.h"
#include "output/frame.h"
#include "output/labels.h"
#include "output/page_table.h"
#include "output/panel.h"

/* The page, A3 landscape, millimetres. On A4 it is drawn smaller, but for the
 * texts, which stay as large as those of its maps. */
static const double page_w = 420, page_h = 297, margin = 10;
static const double a4_scale = 210.0 / 297, a4_text = 0.82;

/* A value for people; the figures of a page are not those of a file. */
static void add_value(struct text *text, const struct field *field,
                      const struct field_row *row, int decimals, int language)
{
    struct vector_value value = fields_value(field, row);
    if (!value.set)
        return;
    if (field->type == VECTOR_TEXT)
        text_add(text, field_label(field, value.text));
    else if (field->type == VECTOR_INTEGER)
        text_add(text, number_text((double)value.integer, 0, language).text);
    else
        text_add(text, number_text(value.real, decimals, language).text);
}

/* What a parcel's plantable land is marginal for. */
static void add_kinds(struct text *text, const struct parcel *parcel,
                      int language)
{
    const char *separator = "";
    for (int k = 0; k < KIND_COUNT; k++)
        if (parcel->sums.plantable_kind[k] > 0) {
            text_addf(text, "%s%s", separator,
                      label_text(label_kind(1 << k), language));
            separator = ", ";
        }
}

enum {
    BEST_COLUMNS = 9,
    BEST_KINDS = 6 /* the column that is no field */
};

static const struct {
    const char *field;
    double width;
    int decimals;
    enum text_align align;
} best_columns[BEST_COLUMNS] = {{"rank", 10, 0, TEXT_RIGHT},
                                {"parcel_id", 28, 0, TEXT_LEFT},
                                {"score", 22, 1, TEXT_RIGHT},
                                {"class", 28, 0, TEXT_LEFT},
                                {"plantable_ha", 24, 2, TEXT_RIGHT},
                                {"tonnage_t", 23, 1, TEXT_RIGHT},
                                {"", 50, 0, TEXT_LEFT},
                                {"limiting", 34, 0, TEXT_LEFT},
                                {"use", 44, 0, TEXT_LEFT}};

static enum terramis_status fill_best(struct page_table *table,
                                      const struct fields *fields,
                                      const struct sheet *sheet)
{
    const struct analysis *a = &sheet->result->analysis;
    int language = sheet->job->plan->config->language;
    const struct parcel *best[SHEET_PLACES] = {NULL};
    for (size_t i = 0; i < a->parcels.count; i++) {
        int rank = a->parcels.items[i].rank;
        if (rank >= 1 && rank <= SHEET_PLACES)
            best[rank - 1] = &a->parcels.items[i];
    }
    for (size_t i = 0; i < SHEET_PLACES && best[i]; i++) {
        struct field_row row = {.analysis = a, .parcel = best[i]};
        struct text *cells = page_table_row(table);
        if (!cells)
            return status_no_memory();
        for (size_t c = 0; c < BEST_COLUMNS; c++)
            if (c == BEST_KINDS)
                add_kinds(&cells[c], best[i], language);
            else
                add_value(&cells[c], fields_find(fields, best_columns[c].field),
                          &row, best_columns[c].decimals, language);
    }
    return TERRAMIS_OK;
}

static enum terramis_status draw_best(struct canvas *canvas,
                                      const struct sheet *sheet, struct box box,
                                      double *used)
{
    const struct plan *plan = sheet->job->plan;
    int language = plan->config->language;
    struct page_column columns[BEST_COLUMNS];
    struct fields fields;
    struct page_table table = {.title = label_text(LABEL_BEST_TEN, language),
                               .columns = columns,
                               .column_count = BEST_COLUMNS};
    enum terramis_status status = fields_of_parcels(&fields, plan);
    for (size_t c = 0; c < BEST_COLUMNS && status == TERRAMIS_OK; c++)
        columns[c] = (struct page_column){
            c == BEST_KINDS
                ? label_text(LABEL_LEGEND_MARGINAL, language)
                : fields_find(&fields, best_columns[c].field)->alias,
            best_columns[c].width, best_columns[c].align};
    if (status == TERRAMIS_OK)
        status = fill_best(&table, &fields, sheet);
    if (status == TERRAMIS_OK)
        *used = page_table_draw(canvas, &table, box, language);
    page_table_release(&table);
    fields_release(&fields);
    return status;
}

/* Rows: kinds; columns: classes and all of them. */
static enum terramis_status
draw_classes(struct canvas *canvas, const struct sheet *sheet, struct box box)
{
    int language = sheet->job->plan->config->language;
    struct summary_row rows[SUMMARY_ROWS];
    struct page_column columns[CLASS_COUNT + 2] = {
        {label_text(LABEL_LEGEND_MARGINAL, language), 30, TEXT_LEFT}};
    for (int c = 0; c <= CLASS_COUNT; c++)
        columns[c + 1] = (struct page_column){
            c < CLASS_COUNT ? class_name((enum suitability_class)(CLASS_S1 + c))
                            : label_text(LABEL_TOTAL, language),
            12, TEXT_RIGHT};
    struct page_table table = {
        .title = label_text(LABEL_PLANTABLE_BY_CLASS, language),
        .columns = columns,
        .column_count = CLASS_COUNT + 2,
        .total = true};
    summary_of(&sheet->result->analysis.parcels, rows);
    enum terramis_status status = TERRAMIS_OK;
    for (int kind = 0; kind <= SUMMARY_ANY && status == TERRAMIS_OK; kind++) {
        struct text *cells = page_table_row(&table);
        if (!cells)
            status = status_no_memory();
        if (cells)
            text_add(&cells[0],
                     label_text(kind == SUMMARY_ANY ? LABEL_ANY_KIND
                                                    : label_kind(1 << kind),
                                language));
        for (int i = 0; i < SUMMARY_ROWS && cells; i++)
            if (rows[i].kind == kind)
                text_add(
                    &cells[1 + rows[i].class],
                    number_text(zonal_ha(rows[i].plantable), 1, language).text);
    }
    if (status == TERRAMIS_OK)
        page_table_draw(canvas, &table, box, language);
    page_table_release(&table);
    return status;
}

static enum terramis_status draw_constraints(struct canvas *canvas,
                                             const struct sheet *sheet,
                                             struct box box)
{
    const struct plan *plan = sheet->job->plan;
    const struct analysis *a = &sheet->result->analysis;
    int language = plan->config->language;
    const struct page_column columns[] = {
        {label_text(LABEL_CONSTRAINT, language), 40, TEXT_LEFT},
        {label_text(LABEL_AREA_HA, language), 14, TEXT_RIGHT}};
    struct page_table table = {.title = label_text(LABEL_TAKEN_BY, language),
                               .columns = columns,
                               .column_count = 2,
                               .total = true};
    int64_t sum = 0;
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i <= a->overlay.constraint_count; i++) {
        bool last = i == a->overlay.constraint_count;
        int64_t area = last ? sum : a->land.excluded[i];
        if (area == 0 && !last)
            continue;
        struct text *cells = page_table_row(&table);
        if (!cells) {
            status = status_no_memory();
            break;
        }
        sum += area;
        text_add(&cells[0], last ? label_text(LABEL_TOTAL, language)
                                 : constraint_title(plan, i));
        text_add(&cells[1], number_text(zonal_ha(area), 1, language).text);
    }
    if (status == TERRAMIS_OK)
        page_table_draw(canvas, &table, box, language);
    page_table_release(&table);
    return status;
}

static enum terramis_status
draw_method(struct canvas *canvas, const struct sheet *sheet, struct box box)
{
    const struct plan *plan = sheet->job->plan;
    int language = plan->config->language;
    struct text method = {0};
    credits_score(&method, plan);
    text_add(&method, " ");
    credits_classes(&method, plan);
    text_addf(&method, " %s", label_text(LABEL_METHOD_CAUTION, language));
    enum terramis_status status = text_status(&method);
    const struct note notes[] = {
        {label_text(LABEL_METHOD, language), text_get(&method), true},
        {label_text(LABEL_SOURCES, language), text_get(&sheet->sources), true}};
    if (status == TERRAMIS_OK)
        notes_draw(canvas, notes, 2, box);
    text_release(&method);
    return status;
}

static enum terramis_status draw_figures(struct canvas *canvas,
                                         const struct sheet *sheet)
{
    const struct plan *plan = sheet->job->plan;
    int language = plan->config->language;
    const struct map heading = {
        .title = label_text(LABEL_KEY_FIGURES, language),
        .subtitle = sheet->result->analysis.territory->config->name,
        .organisation = plan->config->organisation,
        .date = text_get(&sheet->date)};
    const double w = page_w - 2 * margin, notes_h = 38, gap = 6;
    double y = margin + 20 + gap, used = 0;
    title_draw(canvas, &heading, (struct box){margin, margin, w, 20});
    if (plan->synthetic) {
        banner_draw(canvas, language, (struct box){margin, y, w, 8});
        y += 8 + gap;
    }
    double bottom = page_h - margin - notes_h;
    TRY(draw_best(canvas, sheet, (struct box){margin, y, w, bottom - y},
                  &used));
    y += used + gap;
    TRY(draw_classes(canvas, sheet,
                     (struct box){margin, y, 0.58 * w, bottom - y}));
    TRY(draw_constraints(
        canvas, sheet,
        (struct box){margin + 0.62 * w, y, 0.38 * w, bottom - y}));
    return draw_method(canvas, sheet,
                       (struct box){margin, bottom + gap, w, notes_h - gap});
}

enum terramis_status
atlas_add_figures(struct pdf *pdf, const struct sheet *sheet, enum paper paper)
{
    struct canvas canvas;
    int language = sheet->job->plan->config->language;
    double scale = paper == PAPER_A4 ? a4_scale : 1;
    pdf_page_begin(pdf, page_w * scale, page_h * scale,
                   label_text(LABEL_KEY_FIGURES, language), language, &canvas);
    cairo_scale(canvas.cr, scale, scale);
    canvas.paper = scale;
    if (paper == PAPER_A4)
        canvas.zoom = a4_text / scale;
    enum terramis_status status = draw_figures(&canvas, sheet);
    enum terramis_status ended = pdf_page_end(&canvas);
    return status == TERRAMIS_OK ? ended : status;
}
