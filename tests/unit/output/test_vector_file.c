#include "output/vector_file.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <ogr_api.h>
#include <sqlite3.h>

#include "geo/gdal.h"
#include "unit/output/scratch.h"

static const char date[] = "2026-01-01T00:00:00.000Z";

static const struct vector_code kinds[] = {
    {"1", "Exclu"}, {"2", "Apt\"e' "}, {NULL, NULL}};
static const struct vector_field fields[] = {
    {"name", VECTOR_TEXT, NULL},     {"count", VECTOR_INTEGER, NULL},
    {"kind", VECTOR_INTEGER, kinds}, {"area", VECTOR_REAL, NULL},
    {"fine", VECTOR_BOOLEAN, NULL},  {"seen", VECTOR_DATE, NULL}};
static const struct gdal_item items[] = {{"SYNTHETIC", "YES"}, {NULL, NULL}};
static const struct vector_layer area_layer = {.name = "a\"b; DROP TABLE x;--'",
                                               .title = "L'essai \"un\"",
                                               .description = "données d'essai",
                                               .crs = "EPSG:2154",
                                               .geometry = VECTOR_MULTIPOLYGON,
                                               .fields = fields,
                                               .field_count = 6,
                                               .metadata = items,
                                               .spatial_index = true};
static const struct vector_layer point_layer = {.name = "points",
                                                .crs = "EPSG:4326",
                                                .geometry = VECTOR_POINT,
                                                .fields = fields,
                                                .field_count = 1};

/* The square with corner (x, y) and sides of 10 as WKB. */
static size_t square(unsigned char *wkb, double x, double y)
{
    unsigned char head[] = {1, 3, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0};
    double ring[] = {x, y, x + 10, y, x + 10, y + 10, x, y + 10, x, y};
    memcpy(wkb, head, sizeof head);
    memcpy(wkb + sizeof head, ring, sizeof ring);
    return sizeof head + sizeof ring;
}

static enum terramis_status fill(struct vector_file *file)
{
    unsigned char wkb[128];
    struct vector_value values[6] = {
        vector_text("l'été"), vector_integer(INT64_C(5000000000)),
        vector_integer(2),    vector_real(1.5),
        vector_integer(1),    vector_text("2026-02-28")};
    TRY(vector_file_layer(file, &area_layer));
    size_t size = square(wkb, 500000, 6900000);
    TRY(vector_file_add(file, wkb, size, values));
    struct vector_value none[6] = {{0}};
    none[3] = vector_real(NAN);
    TRY(vector_file_add(file, NULL, 0, none));
    TRY(vector_file_layer(file, &point_layer));
    unsigned char point[21] = {1, 1, 0, 0, 0};
    double xy[2] = {0.5, 49.5};
    memcpy(point + 5, xy, sizeof xy);
    TRY(vector_file_add(file, point, sizeof point, values));
    return vector_file_sql(file, "CREATE TABLE extra (t TEXT); "
                                 "INSERT INTO extra VALUES ('it''s')");
}

static enum terramis_status write_file(const char *path)
{
    struct vector_file *file;
    TRY(vector_file_new(path, date, &file));
    enum terramis_status status = fill(file);
    if (status == TERRAMIS_OK)
        return vector_file_finish(file);
    vector_file_cancel(file);
    return status;
}

static void reads_back(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "back.gpkg");
    assert_int_equal(write_file(path), TERRAMIS_OK);
    GDALDatasetH dataset;
    assert_int_equal(gdal_open_vector(path, NULL, &dataset), TERRAMIS_OK);
    OGRLayerH layer = GDALDatasetGetLayerByName(dataset, area_layer.name);
    assert_non_null(layer);
    assert_string_equal(GDALGetMetadataItem(layer, "IDENTIFIER", NULL),
                        area_layer.title);
    assert_string_equal(GDALGetMetadataItem(layer, "DESCRIPTION", NULL),
                        area_layer.description);
    assert_string_equal(GDALGetMetadataItem(layer, "SYNTHETIC", NULL), "YES");
    OGRFeatureH one = OGR_L_GetNextFeature(layer);
    OGRGeometryH geometry = OGR_F_GetGeometryRef(one);
    assert_int_equal(OGR_G_GetGeometryType(geometry), wkbMultiPolygon);
    assert_true(fabs(OGR_G_Area(geometry) - 100) < 1e-9);
    assert_string_equal(OGR_F_GetFieldAsString(one, 0), "l'été");
    assert_true(OGR_F_GetFieldAsInteger64(one, 1) == INT64_C(5000000000));
    assert_int_equal(OGR_F_GetFieldAsInteger(one, 2), 2);
    assert_true(OGR_F_GetFieldAsDouble(one, 3) == 1.5);
    assert_string_equal(OGR_F_GetFieldAsString(one, 5), "2026/02/28");
    OGRFeatureH two = OGR_L_GetNextFeature(layer);
    assert_null(OGR_F_GetGeometryRef(two));
    for (int i = 0; i < 6; i++)
        assert_true(OGR_F_IsFieldNull(two, i));
    OGR_F_Destroy(one);
    OGR_F_Destroy(two);
    GDALClose(dataset);
}

static void keeps_types_and_domains(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "types.gpkg");
    assert_int_equal(write_file(path), TERRAMIS_OK);
    GDALDatasetH dataset;
    assert_int_equal(gdal_open_vector(path, NULL, &dataset), TERRAMIS_OK);
    OGRLayerH layer = GDALDatasetGetLayerByName(dataset, area_layer.name);
    OGRFeatureDefnH defn = OGR_L_GetLayerDefn(layer);
    const OGRFieldType types[] = {OFTString, OFTInteger64, OFTInteger64,
                                  OFTReal,   OFTInteger,   OFTDate};
    assert_int_equal(OGR_FD_GetFieldCount(defn), 6);
    for (int i = 0; i < 6; i++)
        assert_int_equal(OGR_Fld_GetType(OGR_FD_GetFieldDefn(defn, i)),
                         types[i]);
    OGRFieldDefnH coded = OGR_FD_GetFieldDefn(defn, 2);
    OGRFieldDomainH domain =
        GDALDatasetGetFieldDomain(dataset, OGR_Fld_GetDomainName(coded));
    assert_non_null(domain);
    const OGRCodedValue *values = OGR_CodedFldDomain_GetEnumeration(domain);
    assert_string_equal(values[1].pszCode, "2");
    assert_string_equal(values[1].pszValue, kinds[1].label);
    layer = GDALDatasetGetLayerByName(dataset, "points");
    OGRFeatureH point = OGR_L_GetNextFeature(layer);
    OGRGeometryH geometry = OGR_F_GetGeometryRef(point);
    assert_true(OGR_G_GetX(geometry, 0) == 0.5);
    assert_true(OGR_G_GetY(geometry, 0) == 49.5);
    OGR_F_Destroy(point);
    GDALClose(dataset);
}

static void runs_the_sql(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "sql.gpkg");
    assert_int_equal(write_file(path), TERRAMIS_OK);
    sqlite3 *db;
    sqlite3_stmt *query;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT t FROM extra", -1, &query, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(query), SQLITE_ROW);
    assert_string_equal(sqlite3_column_text(query, 0), "it's");
    sqlite3_finalize(query);
    assert_int_equal(
        sqlite3_prepare_v2(db, "PRAGMA journal_mode", -1, &query, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(query), SQLITE_ROW);
    assert_string_equal(sqlite3_column_text(query, 0), "delete");
    sqlite3_finalize(query);
    sqlite3_close(db);
}

static int64_t number_of(const char *path, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *query;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &query, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(query), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(query, 0);
    sqlite3_finalize(query);
    sqlite3_close(db);
    return number;
}

/* Index, extent and count are there, and the triggers that keep them so. */
static void lives_on_in_other_hands(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "on.gpkg");
    static const char index[] =
        "SELECT sum(minx <= 500000 AND maxx >= 500010 AND miny <= 6900000 AND "
        "maxy >= 6900010) FROM \"rtree_a\"\"b; DROP TABLE x;--'_geom\"";
    assert_int_equal(write_file(path), TERRAMIS_OK);
    assert_int_equal(number_of(path, index), 1);
    assert_int_equal(number_of(path, "SELECT min_x = 500000 AND min_y = "
                                     "6900000 AND max_x = 500010 AND max_y = "
                                     "6900010 FROM gpkg_contents"),
                     1);
    assert_int_equal(
        number_of(path, "SELECT sum(feature_count) FROM gpkg_ogr_contents"), 3);
    GDALDatasetH dataset =
        GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);
    OGRLayerH layer = GDALDatasetGetLayerByName(dataset, area_layer.name);
    OGRFeatureH feature = OGR_L_GetFeature(layer, 1);
    OGR_F_SetFID(feature, OGRNullFID);
    assert_int_equal(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
    OGR_F_Destroy(feature);
    GDALClose(dataset);
    assert_int_equal(number_of(path, index), 2);
    assert_int_equal(
        number_of(path, "SELECT sum(feature_count) FROM gpkg_ogr_contents"), 4);
}

static void same_bytes_twice(void **state)
{
    struct scratch *s = *state;
    char first[384];
    strcpy(first, scratch_path(s, "one.gpkg"));
    assert_int_equal(write_file(first), TERRAMIS_OK);
    const char *second = scratch_path(s, "two.gpkg");
    assert_int_equal(write_file(second), TERRAMIS_OK);
    assert_true(scratch_same(first, second));
    /* over itself as well */
    assert_int_equal(write_file(second), TERRAMIS_OK);
    assert_true(scratch_same(first, second));
}

static void folder_is_missing(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "none/x.gpkg");
    assert_int_equal(write_file(path), TERRAMIS_OUTPUT);
    assert_non_null(strstr(terramis_message(), path));
}

static void bad_sql_leaves_nothing(void **state)
{
    struct scratch *s = *state;
    int before = scratch_count(s);
    const char *path = scratch_path(s, "bad.gpkg");
    struct vector_file *file;
    assert_int_equal(vector_file_new(path, date, &file), TERRAMIS_OK);
    assert_int_equal(fill(file), TERRAMIS_OK);
    assert_int_equal(vector_file_sql(file, "SELECT * FROM nowhere"),
                     TERRAMIS_OK);
    assert_int_equal(vector_file_finish(file), TERRAMIS_OUTPUT);
    assert_non_null(strstr(terramis_message(), "nowhere"));
    assert_int_equal(scratch_count(s), before);
}

static void bad_input_is_told(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "input.gpkg");
    struct vector_layer layer = point_layer;
    struct vector_file *file;
    assert_int_equal(vector_file_new(path, date, &file), TERRAMIS_OK);
    layer.crs = "/etc/passwd";
    assert_int_equal(vector_file_layer(file, &layer), TERRAMIS_OUTPUT);
    layer.crs = "EPSG:999999";
    assert_int_equal(vector_file_layer(file, &layer), TERRAMIS_OUTPUT);
    assert_int_equal(vector_file_layer(file, &point_layer), TERRAMIS_OK);
    struct vector_value value = vector_text("x");
    assert_int_equal(vector_file_add(file, "\1\7", 2, &value), TERRAMIS_OUTPUT);
    vector_file_cancel(file);
    assert_int_not_equal(access(path, F_OK), 0);
}

static void full_disk_is_told(void **state)
{
    (void)state;
    struct vector_file *file;
    /* a device instead of a folder: SQLite cannot make a file there */
    assert_int_equal(vector_file_new("/dev/full/x.gpkg", date, &file),
                     TERRAMIS_OUTPUT);
    assert_null(file);
}

int main(void)
{
    struct scratch scratch;
    struct scratch *s = &scratch;
    scratch_open(s);
    gdal_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(reads_back, s),
        cmocka_unit_test_prestate(keeps_types_and_domains, s),
        cmocka_unit_test_prestate(runs_the_sql, s),
        cmocka_unit_test_prestate(lives_on_in_other_hands, s),
        cmocka_unit_test_prestate(same_bytes_twice, s),
        cmocka_unit_test_prestate(folder_is_missing, s),
        cmocka_unit_test_prestate(bad_sql_leaves_nothing, s),
        cmocka_unit_test_prestate(bad_input_is_told, s),
        cmocka_unit_test_prestate(full_disk_is_told, s),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_close(s);
    return failed;
}
