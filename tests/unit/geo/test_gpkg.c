#include "geo/gpkg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "unit/layers.h"

static const struct wkt_row point = {"POINT (1 2)", {"a"}};
static const struct wkt_layer layer = {.driver = "GPKG",
                                       .name = "a",
                                       .crs = "EPSG:2154",
                                       .type = wkbPoint,
                                       .fields = {"f"},
                                       .rows = &point,
                                       .count = 1};

static void execute(sqlite3 *db, const char *sql)
{
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static bool is_there(const char *path, const char *ending)
{
    char full[512];
    snprintf(full, sizeof full, "%s%s", path, ending);
    return access(full, F_OK) == 0;
}

/* Features read through GDAL; -1: refused. */
static long long features(const char *path)
{
    GDALDatasetH dataset;
    if (gdal_open_vector(path, NULL, &dataset) != TERRAMIS_OK)
        return -1;
    long long count = 0;
    OGRFeatureH feature;
    OGRLayerH all = GDALDatasetGetLayer(dataset, 0);
    for (; (feature = OGR_L_GetNextFeature(all)); count++)
        OGR_F_Destroy(feature);
    GDALClose(dataset);
    return count;
}

static void others_are_none(void **state)
{
    struct scratch *s = *state;
    bool immutable = true;
    FILE *file = fopen(scratch_path(s, "x.csv"), "w");
    fputs("id,wkt\n", file);
    fclose(file);
    assert_int_equal(gpkg_check(s->path, &immutable), TERRAMIS_OK);
    assert_false(immutable);
}

/* SQLite's log beside it is left as it is, and nothing is put there. */
static void a_log_is_not_taken_in(void **state)
{
    struct scratch *s = *state;
    sqlite3 *db;
    bool immutable;
    write_layers(scratch_path(s, "wal.gpkg"), &layer, 1);
    assert_int_equal(sqlite3_open(s->path, &db), SQLITE_OK);
    execute(db, "PRAGMA journal_mode=WAL");
    sqlite3_close(db);
    assert_int_equal(gpkg_check(s->path, &immutable), TERRAMIS_OK);
    assert_true(immutable);
    assert_int_equal(features(s->path), 1);
    assert_false(is_there(s->path, "-wal"));
    assert_int_equal(sqlite3_open(s->path, &db), SQLITE_OK);
    execute(db, "CREATE TABLE other(a)");
    assert_true(is_there(s->path, "-wal"));
    assert_int_equal(features(s->path), -1);
    assert_non_null(strstr(status_message(), "beside it lies wal.gpkg-wal"));
    assert_true(is_there(s->path, "-wal"));
    sqlite3_close(db);
    assert_int_equal(features(s->path), 1);
}

static void a_journal_is_told(void **state)
{
    struct scratch *s = *state;
    sqlite3 *db;
    write_layers(scratch_path(s, "hot.gpkg"), &layer, 1);
    assert_int_equal(sqlite3_open(s->path, &db), SQLITE_OK);
    execute(db, "PRAGMA cache_size=1");
    execute(db, "PRAGMA journal_mode=PERSIST");
    execute(db, "BEGIN");
    execute(db, "CREATE TABLE other(a)");
    execute(db, "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM "
                "c LIMIT 99) INSERT INTO other SELECT zeroblob(5000) FROM c");
    assert_int_equal(features(s->path), -1);
    assert_non_null(strstr(status_message(), "lies hot.gpkg-journal"));
    execute(db, "COMMIT");
    sqlite3_close(db);
    assert_true(is_there(s->path, "-journal")); /* but done with */
    assert_int_equal(features(s->path), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(others_are_none),
        cmocka_unit_test(a_log_is_not_taken_in),
        cmocka_unit_test(a_journal_is_told),
    };
    return cmocka_run_group_tests(tests, scratch_set_up, scratch_tear_down);
}
