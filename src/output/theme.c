#include "output/theme.h"

#include <stdlib.h>

#include "base/mem.h"
#include "output/credits.h"
#include "output/labels.h"
#include "output/palette.h"

/* Cells finer than the sheet's pixels would be dropped between them: strips of
 * a few metres stay visible where the overviews have widened them. */
enum {
    THEME_CELLS = 2400
};

const char *const theme_names[THEME_COUNT] = {"suitability", "class",
                                              "marginal", "limiting"};

static struct map_legend_row row_of(const char *label, unsigned rgb,
                                    int64_t sum, int64_t whole)
{
    return (struct map_legend_row){
        .label = label,
        .colour = palette_opaque(rgb),
        .area_ha = zonal_ha(sum),
        .share = whole > 0 ? (double)sum / (double)whole : (double)NAN};
}

static void add_row(struct theme *theme, struct map_legend_row row)
{
    theme->rows[theme->map.row_count++] = row;
}

/* The ramp, and how much land lies in each class of it. */
static void fill_suitability(struct theme *theme, const struct plan *plan,
                             const struct land_sums *land)
{
    const struct class_config *limits = &plan->config->classes;
    const double border[] = {100,        limits->s1, limits->s2,
                             limits->s3, limits->n1, 0};
    int language = plan->config->language;
    for (int score = 0; score <= 100; score++)
        theme->ramp[score] = theme->colours[score] =
            palette_opaque(palette_score(score));
    theme->map.ramp = theme->ramp;
    theme->map.ramp_count = 101;
    theme->map.ramp_low = label_text(LABEL_LEAST, language);
    theme->map.ramp_high = label_text(LABEL_MOST, language);
    for (int c = CLASS_S1; c <= CLASS_N2; c++) {
        int middle = (int)((border[c - CLASS_S1] + border[c]) / 2);
        add_row(theme, row_of(label_text(label_class(c), language),
                              palette_score(middle), land->class[c],
                              land -> plantable));
    }
    theme->map.legend_total = true;
}

static void fill_class(struct theme *theme, const struct plan *plan,
                       const struct land_sums *land)
{
    int language = plan->config->language;
    for (int c = CLASS_S1; c <= CLASS_EXCLUDED; c++) {
        unsigned rgb = palette_class(c);
        struct map_legend_row row =
            row_of(label_text(label_class(c), language), rgb, land->class[c],
                   land -> marginal);
        row.hatched = theme->map.hatch[c] = c == CLASS_EXCLUDED;
        theme->colours[c] = palette_opaque(rgb);
        add_row(theme, row);
    }
    if (land->class[CLASS_NONE] > 0)
        add_row(theme, row_of(label_text(LABEL_NODATA, language), 0xffffff,
                              land->class[CLASS_NONE], land -> marginal));
    theme->map.legend_total = true;
}

static void fill_marginal(struct theme *theme, const struct plan *plan,
                          const struct land_sums *land)
{
    for (int mask = 1; mask < 1 << KIND_COUNT; mask++) {
        unsigned rgb = palette_marginal(mask);
        theme->colours[mask] = palette_opaque(rgb);
        if (land->mask[mask] > 0)
            add_row(theme,
                    row_of(label_text(label_kind(mask), plan->config->language),
                           rgb, land->mask[mask], land->marginal));
    }
    theme->map.legend_total = true;
}

static int by_area(const void *a, const void *b)
{
    const struct map_legend_row *x = a, *y = b;
    return (x->area_ha < y->area_ha) - (x->area_ha > y->area_ha);
}

static void fill_limiting(struct theme *theme, const struct plan *plan,
                          const struct land_sums *land)
{
    for (size_t f = 0; f < plan->factor_count; f++) {
        unsigned rgb = palette_factor((int)f + 1);
        int64_t sum = land->limiting[f + 1];
        theme->colours[f + 1] = palette_opaque(rgb);
        if (sum > 0)
            add_row(theme, row_of(factor_title(&plan->factors[f]), rgb, sum,
                                  land->plantable));
    }
    qsort(theme->rows, theme->map.row_count, sizeof *theme->rows, by_area);
    if (land->limiting[LIMITING_NODATA] > 0)
        add_row(theme,
                row_of(label_text(LABEL_NO_LIMIT, plan->config->language),
                       0xffffff, land->limiting[LIMITING_NODATA],
                       land->plantable));
    theme->map.legend_total = true;
}

/* "Caux Seine Agglo – 4 386 ha de terres marginales plantables sur 4 787 ha" */
static void write_subtitle(struct theme *theme, const struct sheet *sheet,
                           enum theme_kind kind)
{
    const struct land_sums *land = &sheet->land;
    int language = sheet->job->plan->config->language;
    bool all = kind == THEME_MARGINAL;
    double ha = zonal_ha(all ? land->marginal : land->plantable);
    text_addf(&theme->subtitle, "%s – ", text_get(&sheet->name));
    if (land->marginal == 0) {
        text_add(&theme->subtitle,
                 label_text(LABEL_NOTHING_MARGINAL, language));
        return;
    }
    text_addf(
        &theme->subtitle, "%s %s", hectares_text(ha, ha < 100, language).text,
        label_text(all ? LABEL_OF_MARGINAL : LABEL_OF_PLANTABLE, language));
    if (all && land->territory > 0)
        text_addf(&theme->subtitle, ", %s %s",
                  percent_text((double)land->marginal / (double)land->territory,
                               1, language)
                      .text,
                  label_text(LABEL_OF_TERRITORY, language));
}

static void write_method(struct theme *theme, const struct sheet *sheet,
                         enum theme_kind kind)
{
    const struct plan *plan = sheet->job->plan;
    int language = plan->config->language;
    struct text *method = &theme->method;
    if (kind == THEME_MARGINAL) {
        text_add(method, label_text(LABEL_METHOD_MARGINAL, language));
    } else {
        if (kind == THEME_LIMITING)
            text_addf(method, "%s. ",
                      label_text(LABEL_METHOD_LIMITING, language));
        credits_score(method, plan);
        if (kind == THEME_CLASS) {
            text_add(method, " ");
            credits_classes(method, plan);
        }
    }
    text_addf(method, " %s", label_text(LABEL_METHOD_CAUTION, language));
    if (sheet->rank_count > 0 && kind != THEME_LIMITING)
        text_addf(method, " %s", label_text(LABEL_METHOD_NUMBERS, language));
    if (sheet->result && sheet->names.are_codes)
        text_addf(method, " %s", label_text(LABEL_METHOD_CODES, language));
}

static enum terramis_status read_image(const struct sheet *sheet, size_t i,
                                       const char *name,
                                       struct raster_image *image)
{
    char *path = NULL;
    enum terramis_status status =
        output_path(sheet->job, sheet->results[i], name, &path);
    if (status == TERRAMIS_OK)
        status = raster_image_read(path, NULL, THEME_CELLS, image);
    free(path);
    return status;
}

static enum terramis_status
read_cells(struct theme *theme, const struct sheet *sheet, enum theme_kind kind)
{
    struct text name = {0};
    text_addf(&name, "%s.tif", theme_names[kind]);
    enum terramis_status status = text_status(&name);
    if (status == TERRAMIS_OK)
        status = mem_new(&theme->images, sheet->count, sizeof *theme->images);
    for (; theme->image_count < sheet->count && status == TERRAMIS_OK;
         theme->image_count++)
        status = read_image(sheet, theme->image_count, text_get(&name),
                            &theme->images[theme->image_count]);
    text_release(&name);
    return status;
}

static void describe(struct theme *theme, const struct sheet *sheet,
                     enum theme_kind kind)
{
    static const enum label titles[THEME_COUNT] = {
        LABEL_MAP_SUITABILITY, LABEL_MAP_CLASS, LABEL_MAP_MARGINAL,
        LABEL_MAP_LIMITING};
    static const enum label legends[THEME_COUNT] = {
        LABEL_LEGEND_SCORE, LABEL_LEGEND_CLASS, LABEL_LEGEND_MARGINAL,
        LABEL_LEGEND_LIMITING};
    int language = sheet->job->plan->config->language;
    theme->map = sheet_map(sheet);
    theme->map.title = label_text(titles[kind], language);
    theme->map.legend_title = label_text(legends[kind], language);
    theme->map.extent = sheet->extent;
    theme->map.colours = theme->colours;
    theme->map.layers = sheet->context.layers;
    theme->map.layer_count = sheet->context.count;
    theme->map.rows = theme->rows;
    theme->map.land = sheet->context.layers;
    size_t ranks = kind == THEME_LIMITING ? sheet->rank_count : 0;
    theme->map.places = sheet->places + ranks;
    theme->map.place_count = sheet->place_count - ranks;
}

enum terramis_status theme_open(struct theme *theme, const struct sheet *sheet,
                                enum theme_kind kind)
{
    const struct plan *plan = sheet->job->plan;
    const struct land_sums *land = &sheet->land;
    *theme = (struct theme){.rows = NULL};
    TRY(mem_new(&theme->rows, plan->factor_count + 10, sizeof *theme->rows));
    describe(theme, sheet, kind);
    write_subtitle(theme, sheet, kind);
    write_method(theme, sheet, kind);
    TRY(text_status(&theme->subtitle));
    TRY(text_status(&theme->method));
    theme->map.subtitle = text_get(&theme->subtitle);
    theme->map.method_note = text_get(&theme->method);
    if (kind == THEME_SUITABILITY)
        fill_suitability(theme, plan, land);
    else if (kind == THEME_CLASS)
        fill_class(theme, plan, land);
    else if (kind == THEME_MARGINAL)
        fill_marginal(theme, plan, land);
    else
        fill_limiting(theme, plan, land);
    TRY(read_cells(theme, sheet, kind));
    theme->map.images = theme->images;
    theme->map.image_count = theme->image_count;
    return TERRAMIS_OK;
}

void theme_close(struct theme *theme)
{
    for (size_t i = 0; i < theme->image_count; i++)
        raster_image_release(&theme->images[i]);
    free(theme->images);
    text_release(&theme->subtitle);
    text_release(&theme->method);
    free(theme->rows);
    *theme = (struct theme){.rows = NULL};
}
