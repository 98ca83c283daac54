#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <ogr_api.h>
#include <sqlite3.h>

#include "geo/gdal.h"
#include "unit/output/fake.h"

extern const struct output_op output_gpkg;

/* The first column of the first row, "NULL" or "none" where there is none. */
static const char *ask(const char *path, const char *sql)
{
    static char answer[20000];
    sqlite3 *db;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL),
                     SQLITE_OK);
    strcpy(answer, "none");
    if (sqlite3_step(statement) == SQLITE_ROW) {
        const unsigned char *text = sqlite3_column_text(statement, 0);
        snprintf(answer, sizeof answer, "%s",
                 text ? (const char *)text : "NULL");
    }
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return answer;
}

static const char *path_of(struct fake *f)
{
    return scratch_path(&f->scratch, "pilote/parcels.gpkg");
}

static void write_it(struct fake *f)
{
    assert_int_equal(output_gpkg.territory(&f->job, &f->result), TERRAMIS_OK);
}

static void layers_read_back(void **state)
{
    struct fake *f = *state;
    GDALDatasetH dataset;
    write_it(f);
    assert_int_equal(gdal_open_vector(path_of(f), NULL, &dataset), TERRAMIS_OK);
    OGRLayerH parcels = GDALDatasetGetLayerByName(dataset, "parcels");
    OGRLayerH sites = GDALDatasetGetLayerByName(dataset, "sites");
    assert_non_null(parcels);
    assert_non_null(sites);
    assert_int_equal(OGR_L_GetFeatureCount(parcels, 1), 4);
    assert_int_equal(OGR_L_GetFeatureCount(sites, 1), 2);
    assert_string_equal(GDALGetMetadataItem(parcels, "SYNTHETIC", NULL), "YES");
    assert_non_null(strstr(GDALGetMetadataItem(parcels, "DESCRIPTION", NULL),
                           "Données synthétiques"));
    OGRFeatureH first = OGR_L_GetNextFeature(parcels);
    assert_string_equal(
        OGR_F_GetFieldAsString(first, OGR_F_GetFieldIndex(first, "parcel_id")),
        "=1+\"1\"");
    OGRGeometryH geometry = OGR_F_GetGeometryRef(first);
    assert_int_equal(OGR_G_GetGeometryType(geometry), wkbMultiPolygon);
    assert_true(OGR_G_Area(geometry) == 10000);
    OGR_F_Destroy(first);
    GDALClose(dataset);
}

/* What QGIS compares to the letter. */
static void styles_as_qgis_wants(void **state)
{
    struct fake *f = *state;
    write_it(f);
    const char *path = path_of(f);
    assert_string_equal(
        ask(path, "SELECT count(*) FROM layer_styles WHERE f_table_catalog = "
                  "'' AND f_table_schema = '' AND f_geometry_column = 'geom' "
                  "AND update_time = '2026-11-24T00:00:00.000Z'"),
        "5");
    assert_string_equal(
        ask(path, "SELECT group_concat(f_table_name || ':' || styleName, '|') "
                  "FROM layer_styles WHERE useAsDefault"),
        "parcels:Classe d’aptitude|sites:Sites plantables");
    assert_string_equal(ask(path, "SELECT data_type FROM gpkg_contents WHERE "
                                  "table_name = 'layer_styles'"),
                        "attributes");
    const char *qml = ask(path, "SELECT styleQML FROM layer_styles WHERE id=2");
    assert_non_null(strstr(qml, "attr=\"limiting\""));
    assert_non_null(
        strstr(qml, "value=\"slope\" label=\"Pente &lt;douce&gt;\""));
    assert_non_null(strstr(qml, "field=\"score\" name=\"Score d’aptitude (0 à "
                                "100)\""));
    qml = ask(path, "SELECT styleQML FROM layer_styles WHERE id=4");
    assert_non_null(strstr(qml, "attr=\"diff_vite\""));
    assert_non_null(strstr(qml, "lower=\"-0.5\" upper=\"0.5\" label=\"−0,5 – "
                                "0,5\""));
    assert_string_equal(
        ask(path, "SELECT styleName FROM layer_styles WHERE id=4"),
        "Écart de score – Plus <vite>");
}

static void titles_and_descriptions(void **state)
{
    struct fake *f = *state;
    write_it(f);
    const char *path = path_of(f);
    assert_string_equal(
        ask(path, "SELECT title || '/' || constraint_name FROM "
                  "gpkg_data_columns WHERE table_name = 'parcels' AND "
                  "column_name = 'class'"),
        "Classe d’aptitude/parcels_class");
    assert_string_equal(
        ask(path, "SELECT count(*) FROM gpkg_data_columns WHERE name IS NULL"),
        "55");
    const char *qmd =
        ask(path, "SELECT metadata FROM gpkg_metadata m JOIN "
                  "gpkg_metadata_reference r ON r.md_file_id = m.id WHERE "
                  "md_standard_uri = 'http://mrcc.com/qgis.dtd' AND "
                  "reference_scope = 'table' AND table_name = 'sites'");
    assert_non_null(strstr(qmd, "<title>Sites plantables – Pilote "
                                "d&#39;été</title>"));
    assert_non_null(strstr(qmd, "L&#39;essai &lt;un&gt; &amp; deux"));
    assert_non_null(strstr(qmd, "<license>Licence Ouverte 2.0</license>"));
    /* both layers come from the same source: named once */
    assert_non_null(strstr(qmd, "\u00a0: Cadastre (2026-01, LO 2.0)."));
}

static void same_bytes_twice(void **state)
{
    struct fake *f = *state;
    char first[384];
    write_it(f);
    strcpy(first, scratch_path(&f->scratch, "first.gpkg"));
    assert_int_equal(rename(path_of(f), first), 0);
    write_it(f);
    assert_true(scratch_same(first, path_of(f)));
}

int main(void)
{
    static struct fake fake;
    gdal_setup();
    fake_open(&fake);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(layers_read_back, &fake),
        cmocka_unit_test_prestate(styles_as_qgis_wants, &fake),
        cmocka_unit_test_prestate(titles_and_descriptions, &fake),
        cmocka_unit_test_prestate(same_bytes_twice, &fake),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fake_close(&fake);
    return failed;
}
