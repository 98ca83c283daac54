/* The maps of a territory as pictures, for reports and slides. */
#include <stdlib.h>

#include "output/difference.h"

static enum terramis_status write_map(const struct sheet *sheet,
                                      enum theme_kind kind)
{
    struct theme theme;
    struct text png = {0}, wld = {0};
    const char *dir = sheet->job->dir;
    const char *id = sheet->result->analysis.territory->config->id;
    text_addf(&png, "%s/%s/map-%s.png", dir, id, theme_names[kind]);
    text_addf(&wld, "%s/%s/map-%s.wld", dir, id, theme_names[kind]);
    enum terramis_status status = theme_open(&theme, sheet, kind);
    if (status == TERRAMIS_OK)
        status = text_status(&png);
    if (status == TERRAMIS_OK)
        status = text_status(&wld);
    if (status == TERRAMIS_OK)
        status = map_write_png(&theme.map, text_get(&png), text_get(&wld));
    theme_close(&theme);
    text_release(&png);
    text_release(&wld);
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
        status = job->part < THEME_COUNT
                     ? write_map(&sheet, (enum theme_kind)job->part)
                     : difference_maps(&sheet);
    sheet_close(&sheet);
    return status;
}

const struct output_op output_png = {
    .op = {.name = "png",
           .summary =
               N_("Maps of suitability, class, marginal land and limiting "
                  "factor, and of what scenarios with other weights change, "
                  "A3 at 200 dpi, with world files."),
           .source = "ISO/IEC 15948"},
    .files = "<territory>/map-suitability.png map-class.png map-marginal.png "
             "map-limiting.png map-scenario-<id>.png + .wld",
    .draws = true,
    .parts = THEME_COUNT + 1, /* differences come last */
    .territory = png_territory};
