/* The maps of a territory as pictures, for reports and slides. */
#include <stdlib.h>

#include "output/theme.h"

static enum terramis_status write_sheet(const struct sheet *sheet,
                                        struct map *map, const char *name,
                                        enum paper paper)
{
    struct text png = {0}, wld = {0};
    char *png_path = NULL, *wld_path = NULL;
    map->paper = paper;
    text_addf(&png, "map-%s%s.png", name, paper_suffix(paper));
    text_addf(&wld, "map-%s%s.wld", name, paper_suffix(paper));
    enum terramis_status status = text_status(&png);
    if (status == TERRAMIS_OK)
        status = text_status(&wld);
    if (status == TERRAMIS_OK)
        status =
            output_path(sheet->job, sheet->result, text_get(&png), &png_path);
    if (status == TERRAMIS_OK)
        status =
            output_path(sheet->job, sheet->result, text_get(&wld), &wld_path);
    if (status == TERRAMIS_OK)
        status = map_write_png(map, png_path, wld_path);
    free(png_path);
    free(wld_path);
    text_release(&png);
    text_release(&wld);
    return status;
}

static enum terramis_status write_map(const struct sheet *sheet,
                                      enum theme_kind kind)
{
    struct theme theme;
    const struct config *config = sheet->job->plan->config;
    enum terramis_status status = theme_open(&theme, sheet, kind);
    for (int paper = 0; paper < PAPER_COUNT && status == TERRAMIS_OK; paper++)
        if (paper_wanted(config->papers, (enum paper)paper))
            status = write_sheet(sheet, &theme.map, theme_names[kind],
                                 (enum paper)paper);
    theme_close(&theme);
    return status;
}

/* One map is one part: the same sheet is made for each, which is cheap beside
 * drawing and compressing. */
static enum terramis_status png_territory(const struct output_job *job,
                                          const struct territory_result *result)
{
    struct sheet sheet;
    enum terramis_status status = sheet_open(&sheet, job, result);
    if (status == TERRAMIS_OK)
        status = write_map(&sheet, (enum theme_kind)job->part);
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
                  "factor, A3 or A4 (paper:) at 200 dpi, with world files; of "
                  "each territory and of all together."),
           .source = "ISO/IEC 15948"},
    .files = "<territory>/map-suitability.png map-class.png map-marginal.png "
             "map-limiting.png + .wld, the same for all territories together",
    .draws = true,
    .parts = THEME_COUNT,
    .territory = png_territory,
    .project = png_project};
