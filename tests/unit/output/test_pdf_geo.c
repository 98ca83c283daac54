#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gdal.h>
#include <ogr_srs_api.h>

#include "output/layout.h"
#include "output/pdf.h"
#include "output/pdf_geo.h"
#include "unit/output/folder.h"
#include "unit/output/sample_map.h"

/* Two pages of the sample map in the CRS `text`. */
static struct layout write_pdf(const char *path, const char *text)
{
    struct crs crs;
    struct layout layout;
    struct pdf *pdf;
    struct sample *sample = sample_new();
    assert_int_equal(crs_parse(&crs, text), TERRAMIS_OK);
    const struct pdf_info info = {.title = "Atlas",
                                  .created = "2026-07-14T09:00:00Z",
                                  .crs = &crs,
                                  .language = "fr"};
    assert_int_equal(pdf_open(path, &info, &pdf), TERRAMIS_OK);
    for (int i = 0; i < 2; i++)
        assert_int_equal(pdf_add_map(pdf, &sample->map, "Carte"), TERRAMIS_OK);
    assert_int_equal(pdf_close(pdf), TERRAMIS_OK);
    assert_int_equal(map_layout(&sample->map, &layout), TERRAMIS_OK);
    sample_release(sample);
    crs_release(&crs);
    return layout;
}

/* What GDAL makes of the page: the upper left corner of the sheet and the size
 * of a millimetre. */
static void check_page(const char *path, int page, const struct layout *layout,
                       const char *code)
{
    char name[256];
    double t[6];
    snprintf(name, sizeof name, "PDF:%d:%s", page, path);
    GDALAllRegister();
    GDALDatasetH d = GDALOpen(name, GA_ReadOnly);
    assert_non_null(d);
    assert_int_equal(GDALGetGeoTransform(d, t), CE_None);
    double mm = layout->units_per_mm;
    assert_true(fabs(t[0] - (layout->view.xmin - layout->frame.x * mm)) < 1e-3);
    assert_true(fabs(t[3] - (layout->view.ymax + layout->frame.y * mm)) < 1e-3);
    double right = t[0] + t[1] * GDALGetRasterXSize(d);
    double bottom = t[3] + t[5] * GDALGetRasterYSize(d);
    assert_true(fabs(right - (t[0] + layout->page_w * mm)) < 1e-3);
    assert_true(fabs(bottom - (t[3] - layout->page_h * mm)) < 1e-3);
    OGRSpatialReferenceH srs = GDALGetSpatialRef(d);
    assert_non_null(srs);
    if (code)
        assert_string_equal(OSRGetAuthorityCode(srs, NULL), code);
    assert_non_null(strstr(OSRGetName(srs), "Lambert"));
    GDALClose(d);
}

static void gdal_reads_the_place(void **state)
{
    (void)state;
    struct folder folder = folder_new();
    const char *path = folder_file(&folder, "a.pdf");
    struct layout layout = write_pdf(path, "EPSG:2154");
    check_page(path, 1, &layout, "2154");
    check_page(path, 2, &layout, "2154");
    assert_int_equal(folder_remove(&folder, "a.pdf", NULL), 0);
}

/* A CRS without a code goes in as ESRI's WKT. */
static void without_a_code(void **state)
{
    (void)state;
    struct folder folder = folder_new();
    const char *path = folder_file(&folder, "a.pdf");
    struct layout layout = write_pdf(
        path,
        "PROJCS[\"Lambert (essai)\",GEOGCS[\"RGF93\",DATUM[\"RGF93\","
        "SPHEROID[\"GRS 1980\",6378137,298.257222101]],PRIMEM[\"Greenwich\",0],"
        "UNIT[\"degree\",0.0174532925199433]],PROJECTION["
        "\"Lambert_Conformal_Conic_2SP\"],PARAMETER[\"latitude_of_origin\",46],"
        "PARAMETER[\"central_meridian\",3],PARAMETER[\"standard_parallel_1\","
        "49]"
        ",PARAMETER[\"standard_parallel_2\",44],PARAMETER[\"false_easting\","
        "700000],PARAMETER[\"false_northing\",6600000],UNIT[\"metre\",1]]");
    check_page(path, 1, &layout, NULL);
    assert_int_equal(folder_remove(&folder, "a.pdf", NULL), 0);
}

/* No cut of the file makes more of it than an error. */
static void not_cairos(void **state)
{
    (void)state;
    struct folder folder = folder_new();
    struct layout layout =
        write_pdf(folder_file(&folder, "a.pdf"), "EPSG:2154");
    struct pdf_view view = {1, layout.page_h, layout.frame, layout.view};
    struct text update = {0};
    struct crs crs;
    size_t size;
    char *all = read_all(folder.file, &size);
    assert_int_equal(crs_parse(&crs, "EPSG:2154"), TERRAMIS_OK);
    for (size_t cut = 1; cut < 3000; cut++) {
        char *bytes = calloc(size - cut + 1, 1);
        memcpy(bytes, all, size - cut);
        enum terramis_status status =
            pdf_geo_update(bytes, size - cut, &view, 1, &crs, "fr", &update);
        /* where the first part of the file ends, it is one of cairo's */
        assert_true(status == TERRAMIS_INTERNAL || status == TERRAMIS_OK);
        text_release(&update);
        free(bytes);
    }
    assert_int_equal(pdf_geo_update("%PDF", 4, &view, 1, &crs, "fr", &update),
                     TERRAMIS_INTERNAL);
    assert_int_equal(pdf_geo_update("%PDF", 4, NULL, 0, &crs, "fr", &update),
                     TERRAMIS_OK);
    assert_int_equal(update.length, 0);
    free(all);
    crs_release(&crs);
    assert_int_equal(folder_remove(&folder, "a.pdf", NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gdal_reads_the_place),
        cmocka_unit_test(without_a_code),
        cmocka_unit_test(not_cairos),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
