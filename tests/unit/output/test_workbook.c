#include "output/workbook.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <ogr_api.h>

#include "geo/gdal.h"
#include "unit/output/scratch.h"

static const struct workbook_column columns[] = {
    {"Nom <&>", 20, false}, {"Surface (ha)", 12, true}, {"Texte", 80, false}};

static enum terramis_status write_book(const char *path)
{
    struct workbook *book;
    TRY(workbook_new(path, &book));
    workbook_sheet(book, "Un/deux:l'été", columns, 3);
    workbook_text(book, "=1+\"1\"");
    workbook_number(book, 1234.5);
    workbook_text(book, " é\x01 & ");
    workbook_end_row(book);
    workbook_text(book, NULL); /* the first cell is empty */
    workbook_number(book, 2);
    workbook_end_row(book);
    workbook_number(book, NAN);
    workbook_end_row(book); /* an empty row */
    workbook_text(book, "after");
    workbook_end_row(book);
    /* 31 units are allowed; the second is the same as the first there */
    workbook_sheet(book, "Un nom bien trop long pour une feuille", columns, 1);
    workbook_text(book, "x");
    workbook_end_row(book);
    workbook_sheet(book, "un nom bien trop long pour une FEUILLETER", columns,
                   1);
    workbook_text(book, "y");
    workbook_end_row(book);
    return workbook_finish(book);
}

static GDALDatasetH open_book(const char *path)
{
    static const char *const drivers[] = {"XLSX", NULL};
    GDALDatasetH dataset =
        GDALOpenEx(path, GDAL_OF_VECTOR, drivers, NULL, NULL);
    assert_non_null(dataset);
    return dataset;
}

static void assert_cell(OGRLayerH layer, long long row, int column,
                        const char *text)
{
    OGRFeatureH feature = OGR_L_GetFeature(layer, row);
    assert_non_null(feature);
    assert_string_equal(OGR_F_GetFieldAsString(feature, column), text);
    OGR_F_Destroy(feature);
}

static void reads_back(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "back.xlsx");
    assert_int_equal(write_book(path), TERRAMIS_OK);
    GDALDatasetH dataset = open_book(path);
    assert_int_equal(GDALDatasetGetLayerCount(dataset), 3);
    OGRLayerH layer = GDALDatasetGetLayer(dataset, 0);
    assert_string_equal(OGR_L_GetName(layer), "Un-deux-l-été");
    OGRFeatureDefnH defn = OGR_L_GetLayerDefn(layer);
    assert_string_equal(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(defn, 0)),
                        "Nom <&>");
    assert_int_equal(OGR_Fld_GetType(OGR_FD_GetFieldDefn(defn, 1)), OFTReal);
    assert_cell(layer, 2, 0, "=1+\"1\"");
    assert_cell(layer, 2, 1, "1234.5");
    assert_cell(layer, 2, 2, " é & ");
    assert_cell(layer, 3, 0, "");
    assert_cell(layer, 3, 1, "2");
    assert_cell(layer, 5, 0, "after");
    GDALClose(dataset);
}

static void sheet_names_as_excel_wants(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "names.xlsx");
    assert_int_equal(write_book(path), TERRAMIS_OK);
    GDALDatasetH dataset = open_book(path);
    assert_string_equal(OGR_L_GetName(GDALDatasetGetLayer(dataset, 1)),
                        "Un nom bien trop long pour une ");
    assert_string_equal(OGR_L_GetName(GDALDatasetGetLayer(dataset, 2)),
                        "un nom bien trop long pour  (2)");
    GDALClose(dataset);
}

static void same_bytes_twice(void **state)
{
    struct scratch *s = *state;
    char first[384];
    strcpy(first, scratch_path(s, "1.xlsx"));
    const char *second = scratch_path(s, "2.xlsx");
    assert_int_equal(write_book(first), TERRAMIS_OK);
    assert_int_equal(write_book(second), TERRAMIS_OK);
    assert_true(scratch_same(first, second));
}

static void folder_is_missing(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "none/x.xlsx");
    assert_int_equal(write_book(path), TERRAMIS_OUTPUT);
    assert_non_null(strstr(terramis_message(), path));
}

static void cancelled_leaves_nothing(void **state)
{
    struct scratch *s = *state;
    struct workbook *book;
    int before = scratch_count(s);
    assert_int_equal(workbook_new(scratch_path(s, "x.xlsx"), &book),
                     TERRAMIS_OK);
    workbook_sheet(book, "a", columns, 3);
    workbook_cancel(book);
    assert_int_equal(scratch_count(s), before);
}

int main(void)
{
    struct scratch scratch;
    struct scratch *s = &scratch;
    scratch_open(s);
    gdal_setup();
    GDALAllRegister(); /* XLSX, for reading back */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(reads_back, s),
        cmocka_unit_test_prestate(sheet_names_as_excel_wants, s),
        cmocka_unit_test_prestate(same_bytes_twice, s),
        cmocka_unit_test_prestate(folder_is_missing, s),
        cmocka_unit_test_prestate(cancelled_leaves_nothing, s),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_close(s);
    return failed;
}
