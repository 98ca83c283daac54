/* A CSV with WKT as a layer, read as a run reads it. The first byte chooses
 * whether only areas are of use and whether there is a buffer. */
#include "fuzz.h"

#include <math.h>

#include "config/config.h"
#include "geo/crs.h"
#include "geo/gdal.h"
#include "layer/vector.h"

static void check_feature(const struct vector *vector, size_t i)
{
    struct path_range range = vector_paths(vector, i);
    struct rect bounds = paths_bounds(range);
    found_unless(range.count > 0, "feature %zu is empty", i);
    found_unless(isfinite(bounds.xmin) && isfinite(bounds.xmax) &&
                     isfinite(bounds.ymin) && isfinite(bounds.ymax),
                 "feature %zu is not finite", i);
    for (size_t p = range.first; p < range.first + range.count; p++) {
        size_t first = vector->paths.start[p];
        size_t points = vector->paths.start[p + 1] - first;
        const double *xy = vector->paths.xy + 2 * first;
        enum path_kind kind = paths_kind(&vector->paths, p);
        if (kind == PATH_SHELL || kind == PATH_HOLE)
            found_unless(points >= 4 && memcmp(xy, xy + 2 * (points - 1),
                                               2 * sizeof *xy) == 0,
                         "feature %zu: ring of %zu points is open", i, points);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct config config = {.path = "p.yaml"};
    static struct crs crs;
    static const char *const fields[] = {"id", "?name|nom"};
    struct bytes bytes = {data, size};
    struct vector vector;
    unsigned mode = take_byte(&bytes);
    if (!fuzz_folder[0]) {
        enter_folder();
        gdal_setup();
        if (crs_parse(&crs, "EPSG:2154") != TERRAMIS_OK)
            abort();
    }
    write_file("a.csv", bytes.at, bytes.left);
    struct layer_config layer = {.source = {.text = "a.csv", .full = "a.csv"},
                                 .crs = mode & 4 ? "EPSG:4326" : "EPSG:2154",
                                 .buffer = mode & 2 ? 5 : 0,
                                 .nodata = (double)NAN};
    struct vector_request request = {.config = &config,
                                     .layer = &layer,
                                     .crs = &crs,
                                     .reach = INFINITY,
                                     .areas = mode & 1,
                                     .fields = mode & 8 ? fields : NULL,
                                     .field_count = mode & 8 ? 2 : 0,
                                     .empty_is_fine = true};
    enum terramis_status status = vector_read(&vector, &request);
    found_unless(status == TERRAMIS_OK || status == TERRAMIS_INPUT ||
                     status == TERRAMIS_PROJECT,
                 "status %d: %s", (int)status, status_message());
    found_unless(status == TERRAMIS_OK || strstr(status_message(), "a.csv"),
                 "message without the file: %s", status_message());
    for (size_t i = 0; status == TERRAMIS_OK && i < vector.count; i++)
        check_feature(&vector, i);
    vector_release(&vector);
    return 0;
}
