/* The maps of a territory as pictures, for reports and slides. */
#include <stdlib.h>

#include "output/difference.h"

/* "map-class-a4.png" in the folder of the sheet's results. */
static enum terramis_status path_of(const struct sheet *sheet, const char *name,
                                    enum paper paper, const char *suffix,
                                    char **path)
{
    struct text file = {0};
    text_addf(&file, "map-%s%s%s", name, paper_suffix(paper), suffix);
    enum terramis_status status = text_status(&file);
    if (status == TERRAMIS_OK)
        status = output_path(sheet->job, sheet->result, text_get(&file), path);
    text_release(&file);
    return status;
}

static enum terramis_status write_sheet(const struct sheet *sheet,
                                        struct map *map, const char *name,
                                        enum paper paper)
{
    char *png = NULL, *wld = NULL;
    map->paper = paper;
    enum terramis_status status = path_of(sheet, name, paper, ".png", &png);
    if (status == TERRAMIS_OK)
        status = path_of(sheet, name, paper, ".wld", &wld);
    if (status == TERRAMIS_OK)
        status = map_write_png(map, png, wld);
    free(png);
    free(wld);
    return status;
}

/* On every paper that the project wants. */
static enum terramis_status write_papers(const struct sheet *sheet,
                                         struct map *map, const char *name)
{
    const struct config *config = sheet->job->plan->config;
    enum terramis_status status = TERRAMIS_OK;
    for (int paper = 0; paper < PAPER_COUNT && status == TERRAMIS_OK; paper++)
        if (paper_wanted(config->papers, (enum paper)paper))
            status = write_sheet(sheet, map, name, (enum paper)paper);
    return status;
}

static enum terramis_status write_map(const struct sheet *sheet,
                                      enum theme_kind kind)
{
    struct theme theme;
    enum terramis_status status = theme_open(&theme, sheet, kind);
    if (status == TERRAMIS_OK)
        status = write_papers(sheet, &theme.map, theme_names[kind]);
    theme_close(&theme);
    return status;
}

static enum terramis_status write_difference(const struct sheet *sheet,
                                             const struct scenario *scenario)
{
    struct difference difference;
    struct text name = {0};
    text_addf(&name, "scenario-%s", scenario->config->id);
    enum terramis_status status = difference_open(&difference, sheet, scenario);
    if (status == TERRAMIS_OK)
        status = text_status(&name);
    if (status == TERRAMIS_OK)
        status = write_papers(sheet, &difference.map, text_get(&name));
    difference_close(&difference);
    text_release(&name);
    return status;
}

/* Scenarios without weights of their own change no score. */
static bool changes_scores(const struct scenario *scenario)
{
    return scenario->config && scenario->config->weights.count > 0;
}

static bool any_changes(const struct scenarios *all)
{
    for (size_t i = 0; i < all->count; i++)
        if (changes_scores(&all->items[i]))
            return true;
    return false;
}

static enum terramis_status write_differences(const struct sheet *sheet)
{
    const struct scenarios *all = &sheet->result->analysis.scenarios;
    for (size_t i = 0; i < all->count; i++)
        if (changes_scores(&all->items[i]))
            TRY(write_difference(sheet, &all->items[i]));
    return TERRAMIS_OK;
}

/* One map is one part: the same sheet is made for each, which is cheap beside
 * drawing and compressing. */
static enum terramis_status png_territory(const struct output_job *job,
                                          const struct territory_result *result)
{
    struct sheet sheet;
    bool differences = job->part == THEME_COUNT;
    /* all together have no scenarios */
    if (differences && !(result && any_changes(&result->analysis.scenarios)))
        return TERRAMIS_OK;
    enum terramis_status status = sheet_open(&sheet, job, result);
    if (status == TERRAMIS_OK)
        status = differences ? write_differences(&sheet)
                             : write_map(&sheet, (enum theme_kind)job->part);
    sheet_close(&sheet);
    return status;
}

/* All territories on one sheet, where there are several. */
static enum terramis_status png_project(const struct output_job *job)
{
    return sheet_results(job) > 1 ? png_territory(job, NULL) : TERRAMIS_OK;
}

const struct output_op output_png = {
    .op = {.name = "png",
           .summary =
               N_("Maps of suitability, class, marginal land and limiting "
                  "factor, and of what scenarios with other weights change, A3 "
                  "or A4 (paper:) at 200 dpi, with world files; of each "
                  "territory and, but for scenarios, of all together."),
           .source = "ISO/IEC 15948"},
    .files = "<territory>/map-suitability.png map-class.png map-marginal.png "
             "map-limiting.png map-scenario-<id>.png + .wld, the same for all "
             "territories together",
    .draws = true,
    .parts = THEME_COUNT + 1, /* scenarios come last */
    .territory = png_territory,
    .project = png_project};
