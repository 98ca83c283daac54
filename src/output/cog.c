/* The four rasters as cloud-optimised GeoTIFFs. They are written while the
 * tiles come (rasters.c) whatever is asked for, since maps are drawn from them;
 * run.c removes them again where cog is not among the outputs. Here they get
 * the styles that QGIS loads with them. */
#include <stdlib.h>
#include <string.h>

#include "output/qml.h"
#include "output/rasters.h"
#include "output/style.h"

/* "class.tif" -> "class.qml": QGIS replaces the last suffix. */
static enum terramis_status write_style(const struct output_job *job,
                                        const struct territory_result *result,
                                        int raster)
{
    struct text name = {0}, document = {0};
    char *path = NULL;
    enum terramis_status status;
    text_addf(&name, "%.*s.qml", (int)strcspn(raster_names[raster], "."),
              raster_names[raster]);
    qml_begin(&document);
    TRY_DONE(style_raster(&document, job->plan, raster));
    qml_end(&document);
    TRY_DONE(text_status(&name));
    TRY_DONE(output_path(job, result, text_get(&name), &path));
    status = qml_write(path, &document);
done:
    free(path);
    text_release(&document);
    text_release(&name);
    return status;
}

static enum terramis_status write_styles(const struct output_job *job,
                                         const struct territory_result *result)
{
    for (int i = 0; i < RASTER_COUNT; i++)
        TRY(write_style(job, result, i));
    return TERRAMIS_OK;
}

const struct output_op output_cog = {
    .op = {.name = "cog",
           .summary =
               N_("Suitability, class, limiting factor and marginal kinds "
                  "as cloud-optimised GeoTIFF."),
           .source = "OGC 21-026"},
    .files = "<territory>/suitability.tif class.tif limiting.tif marginal.tif",
    .territory = write_styles};
