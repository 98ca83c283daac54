/* The rasters of the project worked out by hand in unit/plan/project.h, read
 * back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/run/bench.h"

static char folder[420]; /* of the territory's results */

struct bytes {
    int nx, ny;
    unsigned char *cells;
    GDALDatasetH dataset;
};

static struct bytes opened(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    struct bytes b = {.dataset = GDALOpen(path, GA_ReadOnly)};
    die_unless(b.dataset != NULL, path);
    b.nx = GDALGetRasterXSize(b.dataset);
    b.ny = GDALGetRasterYSize(b.dataset);
    b.cells = malloc((size_t)b.nx * (size_t)b.ny);
    die_unless(GDALRasterIO(GDALGetRasterBand(b.dataset, 1), GF_Read, 0, 0,
                            b.nx, b.ny, b.cells, b.nx, b.ny, GDT_Byte, 0,
                            0) == CE_None,
               path);
    return b;
}

static size_t count(const struct bytes *b, int value)
{
    size_t found = 0;
    for (int i = 0; i < b->nx * b->ny; i++)
        found += b->cells[i] == value;
    return found;
}

static void closed(struct bytes *b)
{
    free(b->cells);
    GDALClose(b->dataset);
}

static void cells_by_hand(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int value;
        size_t cells;
    } expected[] = {{"suitability.tif", 92, 2400 - 80 - 32},
                    {"suitability.tif", 67, 480},
                    {"class.tif", 1, 2400 - 80 - 32},
                    {"class.tif", 2, 480},
                    {"class.tif", 6, 80 + 32},
                    {"class.tif", 0, 1920},
                    {"limiting.tif", 1, 2400 - 80 - 32},
                    {"limiting.tif", 2, 480},
                    {"marginal.tif", 1, 2400 - 400 - 80},
                    {"marginal.tif", 3, 400},
                    {"marginal.tif", 2, 400},
                    {"marginal.tif", 4, 80},
                    {"marginal.tif", 5, 80}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct bytes b = opened(expected[i].name);
        size_t found = count(&b, expected[i].value);
        if (found != expected[i].cells)
            print_error("%s: %d\n", expected[i].name, expected[i].value);
        assert_int_equal(found, expected[i].cells);
        closed(&b);
    }
}

static void where_they_lie_and_what_they_mean(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double nodata;
        bool colours;
    } files[] = {{"suitability.tif", 255, false},
                 {"class.tif", 0, true},
                 {"limiting.tif", 0, true},
                 {"marginal.tif", 0, true}};
    for (size_t i = 0; i < 4; i++) {
        struct bytes b = opened(files[i].name);
        double t[6];
        int has_nodata;
        assert_true(b.nx == 80 && b.ny == 60);
        assert_int_equal(GDALGetGeoTransform(b.dataset, t), CE_None);
        assert_true(t[0] == PROJECT_X && t[3] == PROJECT_Y + 300);
        assert_true(t[1] == 5 && t[5] == -5 && t[2] == 0 && t[4] == 0);
        const char *layout =
            GDALGetMetadataItem(b.dataset, "LAYOUT", "IMAGE_STRUCTURE");
        assert_non_null(layout);
        assert_string_equal(layout, "COG");
        OGRSpatialReferenceH crs = GDALGetSpatialRef(b.dataset);
        assert_non_null(crs);
        assert_string_equal(OSRGetAuthorityCode(crs, NULL), "2154");
        GDALRasterBandH band = GDALGetRasterBand(b.dataset, 1);
        assert_int_equal(GDALGetRasterDataType(band), GDT_Byte);
        assert_true(GDALGetRasterNoDataValue(band, &has_nodata) ==
                        files[i].nodata &&
                    has_nodata);
        assert_int_equal(GDALGetRasterColorTable(band) != NULL,
                         files[i].colours);
        closed(&b);
    }
}

static void styles_beside_them(void **state)
{
    (void)state;
    static const char *const styles[] = {"suitability.qml", "class.qml",
                                         "limiting.qml", "marginal.qml"};
    for (int i = 0; i < 4; i++) {
        char path[512];
        long size = 0;
        snprintf(path, sizeof path, "%s/%s", folder, styles[i]);
        char *text = scratch_bytes(path, &size);
        assert_non_null(text);
        text[size] = '\0';
        assert_true(has(text, "<qgis"));
        assert_true(has(text, "rasterrenderer"));
        free(text);
    }
}

/* The same bytes in one thread and in four, and with tiles of 256 at 0.4 m. */
static void threads_change_no_byte(void **state)
{
    struct scratch *s = *state;
    struct terramis_options o = bench_options(s);
    char *text, outs[2][400];
    setenv("SOURCE_DATE_EPOCH", "1795500000", 1);
    o.resolution = 0.4;
    for (int i = 0; i < 2; i++) {
        snprintf(outs[i], sizeof outs[i], "%s/threads%d", s->dir, i);
        o.out = outs[i];
        o.threads = i ? 4 : 1;
        assert_int_equal(printed(terramis_run, &o, &text), TERRAMIS_OK);
        free(text);
    }
    static const char *const files[] = {"suitability.tif", "class.tif",
                                        "limiting.tif", "marginal.tif",
                                        "parcels.gpkg"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char a[512], b[512];
        snprintf(a, sizeof a, "%s/t/%s", outs[0], files[i]);
        snprintf(b, sizeof b, "%s/t/%s", outs[1], files[i]);
        assert_true(scratch_same(a, b));
    }
}

static int run_once(void **state)
{
    char *text;
    if (project_set_up(state) != 0)
        return -1;
    struct terramis_options o = bench_options(*state);
    snprintf(folder, sizeof folder, "%s/t", o.out);
    enum terramis_status status = printed(terramis_run, &o, &text);
    free(text);
    return status;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_by_hand),
        cmocka_unit_test(where_they_lie_and_what_they_mean),
        cmocka_unit_test(styles_beside_them),
        cmocka_unit_test(threads_change_no_byte),
    };
    return cmocka_run_group_tests(tests, run_once, bench_tear_down);
}
