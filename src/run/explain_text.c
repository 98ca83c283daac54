/* The explanation for people, in the project's language. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "output/fields.h"
#include "output/labels.h"
#include "run/explain.h"

enum {
    WIDTH = 12 /* characters of a column of numbers */
};

static void print_line(FILE *stream, const struct explained *e,
                       enum label label, const char *text)
{
    int language = e->config->language;
    fprintf(stream, "%s%s%s\n", label_text(label, language),
            label_text(LABEL_COLON, language), text);
}

/* The label of a list that follows: no space after its colon. */
static void print_heading(FILE *stream, const struct explained *e,
                          enum label label)
{
    int language = e->config->language;
    const char *colon = label_text(LABEL_COLON, language);
    size_t length = strlen(colon);
    while (length > 0 && colon[length - 1] == ' ')
        length--;
    fprintf(stream, "%s%.*s\n", label_text(label, language), (int)length,
            colon);
}

/* "12.0 t DM/ha/year (9.0 – 15.0)": fields with a mean, low and high value. */
static void print_range(FILE *stream, const struct explained *e,
                        enum label label, enum label unit, const size_t *fields)
{
    int language = e->config->language;
    const double *n = e->numbers;
    struct text text = {0};
    if (isnan(n[fields[0]]))
        return;
    text_add(&text, number_text(n[fields[0]], 1, language).text);
    text_addf(&text, " %s", label_text(unit, language));
    text_addf(&text, " (%s", number_text(n[fields[1]], 1, language).text);
    text_addf(&text, " – %s)", number_text(n[fields[2]], 1, language).text);
    print_line(stream, e, label, text_get(&text));
    text_release(&text);
}

static void print_yield(FILE *stream, const struct explained *e)
{
    static const size_t range[] = {EXPLAIN_YIELD, EXPLAIN_YIELD_LOW,
                                   EXPLAIN_YIELD_HIGH};
    print_range(stream, e, LABEL_YIELD, LABEL_UNIT_YIELD, range);
}

static void print_area(FILE *stream, const struct explained *e,
                       enum label label, size_t field)
{
    fputs("  ", stream);
    print_line(stream, e, label,
               hectares_text(e->numbers[field], 4, e->config->language).text);
}

/* The layers behind an area. */
static void print_layers(FILE *stream, const struct explained *e,
                         enum label label, size_t field)
{
    if (!e->texts[field])
        return;
    fputs("    ", stream);
    print_line(stream, e, label, e->texts[field]);
}

static void print_land(FILE *stream, const struct explained *e)
{
    print_line(stream, e, LABEL_PARCEL, e->texts[EXPLAIN_ID]);
    print_area(stream, e, LABEL_AREA, EXPLAIN_AREA);
    if (e->numbers[EXPLAIN_DOUBLE] > 0)
        print_area(stream, e, LABEL_COUNTED_ELSEWHERE, EXPLAIN_DOUBLE);
    print_area(stream, e, LABEL_KIND_1, EXPLAIN_POLLUTED);
    print_area(stream, e, LABEL_KIND_2, EXPLAIN_CATCHMENT);
    print_area(stream, e, LABEL_KIND_4, EXPLAIN_RIGHT_OF_WAY);
    print_area(stream, e, LABEL_MAP_MARGINAL, EXPLAIN_MARGINAL);
    print_layers(stream, e, LABEL_MARGINAL_BY, EXPLAIN_SOURCES);
    print_area(stream, e, LABEL_EXCLUDED, EXPLAIN_EXCLUDED);
    print_layers(stream, e, LABEL_EXCLUDED_BY, EXPLAIN_EXCLUDED_BY);
    print_area(stream, e, LABEL_PLANTABLE, EXPLAIN_PLANTABLE);
}

static void print_score(FILE *stream, const struct explained *e)
{
    int language = e->config->language;
    struct text text = {0};
    text_add(&text, number_text(e->numbers[EXPLAIN_SCORE], 2, language).text);
    text_addf(&text, " (%s%s%s)", label_text(LABEL_LOWEST, language),
              label_text(LABEL_COLON, language),
              number_text(e->numbers[EXPLAIN_SCORE_MIN], 2, language).text);
    print_line(stream, e, LABEL_LEGEND_SCORE, text_get(&text));
    print_line(stream, e, LABEL_LEGEND_CLASS, e->texts[EXPLAIN_SUBCLASS]);
    if (e->texts[EXPLAIN_RANK])
        print_line(stream, e, LABEL_RANK, e->texts[EXPLAIN_RANK]);
    else
        print_line(
            stream, e, LABEL_NO_RANK,
            hectares_text(e->config->parcels.min_plantable, 4, language).text);
    text_release(&text);
}

static void print_spread(FILE *stream, const struct explained *e)
{
    int language = e->config->language;
    const double *n = e->numbers;
    struct text text = {0};
    if (isnan(n[EXPLAIN_SD]))
        return;
    text_add(&text, number_text(n[EXPLAIN_MEAN], 2, language).text);
    text_addf(&text, " ± %s", number_text(n[EXPLAIN_SD], 2, language).text);
    print_line(stream, e, LABEL_DRAWN_SCORE, text_get(&text));
    print_line(stream, e, LABEL_DRAWN_CLASS,
               percent_text(n[EXPLAIN_GOOD], 1, language).text);
    text_release(&text);
    if (!e->texts[EXPLAIN_RANK_LOW])
        return;
    text_addf(&text, "%s – %s", e->texts[EXPLAIN_RANK_LOW],
              e->texts[EXPLAIN_RANK_HIGH]);
    print_line(stream, e, LABEL_DRAWN_RANK, text_get(&text));
    text_release(&text);
}

/* Characters, not bytes. */
static int characters(const char *text)
{
    int count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

static void print_cell(FILE *stream, const char *text, int width)
{
    int gap = width - characters(text);
    fprintf(stream, "%*s%s", gap > 1 ? gap : 1, "", text);
}

static void print_name(FILE *stream, const char *name)
{
    fprintf(stream, "  %s%*s", name,
            characters(name) < 24 ? 24 - characters(name) : 0, "");
}

static void print_value(FILE *stream, const struct explained_factor *factor,
                        double value, int language)
{
    struct text text = {0};
    if (!isnan(value)) {
        text_add(&text, number_text(value, 2, language).text);
        text_addf(&text, "%s%s", factor->unit[0] ? " " : "", factor->unit);
    }
    print_cell(stream, text_get(&text), WIDTH);
    text_release(&text);
}

static void print_factor(FILE *stream, const struct explained_factor *factor,
                         int language)
{
    print_name(stream, factor->config->id);
    print_cell(stream, number_text(factor->config->weight, 3, language).text,
               WIDTH);
    print_value(stream, factor, factor->value, language);
    print_cell(stream, number_text(factor->membership, 4, language).text,
               WIDTH);
    if (!isnan(factor->contribution))
        print_cell(stream, number_text(factor->contribution, 2, language).text,
                   WIDTH + 2);
    if (factor->nearest)
        fprintf(stream, "\n    %s%s%s", label_text(LABEL_NEAREST, language),
                label_text(LABEL_COLON, language), factor->nearest);
    fputs("\n", stream);
}

static void print_factors(FILE *stream, const struct explained *e)
{
    int language = e->config->language;
    bool adds_up = combination_adds_up(e->config);
    double sum = 0;
    print_name(stream, label_text(LABEL_FACTOR, language));
    print_cell(stream, label_text(LABEL_WEIGHT, language), WIDTH);
    print_cell(stream, label_text(LABEL_VALUES, language), WIDTH);
    print_cell(stream, label_text(LABEL_MEMBERSHIP, language), WIDTH);
    if (adds_up)
        print_cell(stream, label_text(LABEL_CONTRIBUTION, language), WIDTH + 2);
    fputs("\n", stream);
    for (size_t f = 0; f < e->count; f++) {
        double part = e->factors[f].contribution;
        print_factor(stream, &e->factors[f], language);
        sum += isnan(part) ? 0 : part;
    }
    if (!adds_up)
        return;
    print_name(stream, label_text(LABEL_TOTAL, language));
    print_cell(stream, number_text(sum, 2, language).text, 3 * WIDTH + 14);
    fputs("\n", stream);
}

/* One line per factor that can lift the class by itself. */
static void print_raises(FILE *stream, const struct explained *e,
                         const struct raise *raises)
{
    int language = e->config->language;
    const char *next = class_name(explain_next(e));
    bool any = false;
    for (size_t f = 0; f < e->count; f++)
        any |= raises[f].enough;
    if (!*next)
        return;
    print_line(stream, e, any ? LABEL_TO_REACH : LABEL_NONE_ALONE, next);
    for (size_t f = 0; f < e->count; f++) {
        const struct explained_factor *factor = &e->factors[f];
        if (!raises[f].enough)
            continue;
        print_name(stream, factor->config->id);
        print_cell(stream, number_text(factor->membership, 4, language).text,
                   WIDTH);
        fputs(" →", stream);
        print_cell(stream, number_text(raises[f].membership, 4, language).text,
                   7);
        if (!isnan(raises[f].value)) {
            print_value(stream, factor, factor->value, language);
            fputs(" →", stream);
            print_value(stream, factor, raises[f].value, language);
        }
        fputs("\n", stream);
    }
}

/* The label of a code; the code itself where it is not known. */
static const char *code_text(const struct explained *e, size_t field,
                             const char *const *codes, size_t count,
                             enum label first)
{
    const char *code = e->texts[field];
    for (size_t i = 0; code && i < count; i++)
        if (strcmp(code, codes[i]) == 0)
            return label_text((enum label)(first + i), e->config->language);
    return code;
}

static void print_use(FILE *stream, const struct explained *e)
{
    const char *use =
        code_text(e, EXPLAIN_USE, use_names, USE_COUNT, LABEL_USE_NONE);
    const char *basis =
        code_text(e, EXPLAIN_BASIS, basis_names, BASIS_COUNT, LABEL_BASIS_NONE);
    struct text text = {0};
    if (!use)
        return;
    text_add(&text, use);
    if (basis)
        text_addf(&text, " (%s)", basis);
    print_line(stream, e, LABEL_USE, text_get(&text));
    text_release(&text);
}

/* "21.0 kg N/ha/year (9.0 – 34.0)": of a parcel in a catchment. */
static void print_nitrate(FILE *stream, const struct explained *e)
{
    static const size_t range[] = {EXPLAIN_NITRATE, EXPLAIN_NITRATE_LOW,
                                   EXPLAIN_NITRATE_HIGH};
    print_range(stream, e, LABEL_NITRATE, LABEL_UNIT_NITROGEN, range);
}

static void print_harvest(FILE *stream, const struct explained *e)
{
    if (e->texts[EXPLAIN_LIMITING])
        print_line(stream, e, LABEL_LEGEND_LIMITING,
                   e->texts[EXPLAIN_LIMITING]);
    print_use(stream, e);
    print_nitrate(stream, e);
    print_yield(stream, e);
    print_line(
        stream, e, LABEL_TONNAGE,
        number_text(e->numbers[EXPLAIN_TONNAGE], 1, e->config->language).text);
    if (e->numbers[EXPLAIN_NODATA] > 0)
        print_line(stream, e, LABEL_NODATA_SHARE,
                   percent_text(e->numbers[EXPLAIN_NODATA] / 100, 1,
                                e->config->language)
                       .text);
}

/* One line each: the field has them between "; ". */
static void print_warnings(FILE *stream, const struct explained *e)
{
    const char *warning = e->texts[EXPLAIN_WARNINGS];
    if (warning)
        print_heading(stream, e, LABEL_WARNINGS);
    while (warning) {
        const char *end = strstr(warning, "; ");
        int bytes = end ? (int)(end - warning) : (int)strlen(warning);
        fprintf(stream, "  - %.*s\n", bytes, warning);
        warning = end ? end + 2 : NULL;
    }
}

enum terramis_status explain_text(const struct explained *e, FILE *stream)
{
    struct raise *raises;
    print_land(stream, e);
    if (isnan(e->numbers[EXPLAIN_SCORE])) {
        fprintf(stream, "%s\n",
                label_text(LABEL_NOTHING_PLANTABLE, e->config->language));
        print_warnings(stream, e);
        return TERRAMIS_OK;
    }
    TRY(mem_new(&raises, e->count, sizeof *raises));
    enum terramis_status status = explain_raises(e, raises);
    if (status == TERRAMIS_OK) {
        print_score(stream, e);
        print_spread(stream, e);
        print_factors(stream, e);
        print_raises(stream, e, raises);
        print_harvest(stream, e);
        print_warnings(stream, e);
    }
    free(raises);
    return status;
}
