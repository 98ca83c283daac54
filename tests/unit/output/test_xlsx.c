#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <ogr_api.h>

#include "geo/gdal.h"
#include "unit/output/fake.h"

extern const struct output_op output_xlsx;

static const char *text_at(GDALDatasetH dataset, int sheet, long long row,
                           int column)
{
    static char text[512];
    OGRFeatureH feature =
        OGR_L_GetFeature(GDALDatasetGetLayer(dataset, sheet), row);
    assert_non_null(feature);
    snprintf(text, sizeof text, "%s", OGR_F_GetFieldAsString(feature, column));
    OGR_F_Destroy(feature);
    return text;
}

static void sheets_for_staff(void **state)
{
    static const char *const names[] = {"À propos",     "Synthèse",
                                        "Scénarios",    "Sites plantables",
                                        "Pilote d-été", "Colonnes"};
    static const long long rows[] = {9, 24, 16, 2, 3, 76};
    /* GDAL takes the head of a sheet of texts for a row */
    struct fake *f = *state;
    assert_int_equal(output_xlsx.project(&f->job), TERRAMIS_OK);
    GDALDatasetH dataset = GDALOpenEx(scratch_path(&f->scratch, "summary.xlsx"),
                                      GDAL_OF_VECTOR, NULL, NULL, NULL);
    assert_non_null(dataset);
    assert_int_equal(GDALDatasetGetLayerCount(dataset), 6);
    for (int i = 0; i < 6; i++) {
        OGRLayerH layer = GDALDatasetGetLayer(dataset, i);
        assert_string_equal(OGR_L_GetName(layer), names[i]);
        assert_int_equal(OGR_L_GetFeatureCount(layer, 1), rows[i]);
    }
    /* best parcel first, codes in words */
    assert_string_equal(text_at(dataset, 4, 2, 0), "=1+\"1\"");
    assert_string_equal(text_at(dataset, 4, 2, 1), "Pilote d'été");
    assert_string_equal(text_at(dataset, 4, 2, 14), "S1 – très favorable");
    assert_string_equal(text_at(dataset, 4, 2, 22), "matériaux, composites");
    assert_string_equal(text_at(dataset, 4, 4, 0), "d");
    assert_string_equal(text_at(dataset, 5, 2, 1), "territory");
    GDALClose(dataset);
}

/* One sheet more, and its columns explained. */
static void sheet_of_uncertainty(void **state)
{
    struct fake *f = *state;
    struct spread spreads[FAKE_PARCELS] = {{90, 3, 0.9, 1, 2}};
    struct sensitivity shares[] = {{0.25, 0.5}, {0.5, 0.75}};
    f->config.uncertainty.on = true;
    f->result.analysis.sensitivity = shares;
    f->result.analysis.parcels.spreads = spreads;
    assert_int_equal(output_xlsx.project(&f->job), TERRAMIS_OK);
    f->config.uncertainty.on = false;
    f->result.analysis.sensitivity = NULL;
    f->result.analysis.parcels.spreads = NULL;
    GDALDatasetH dataset = GDALOpenEx(scratch_path(&f->scratch, "summary.xlsx"),
                                      GDAL_OF_VECTOR, NULL, NULL, NULL);
    assert_non_null(dataset);
    OGRLayerH layer = GDALDatasetGetLayer(dataset, 4);
    assert_string_equal(OGR_L_GetName(layer), "Incertitude");
    assert_int_equal(OGR_L_GetFeatureCount(layer, 1), FAKE_FACTORS);
    layer = GDALDatasetGetLayer(dataset, 6);
    assert_int_equal(OGR_L_GetFeatureCount(layer, 1), 76 + 5 + 5);
    GDALClose(dataset);
}

int main(void)
{
    static struct fake fake;
    gdal_setup();
    GDALAllRegister(); /* XLSX, for reading back */
    fake_open(&fake);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(sheets_for_staff, &fake),
        cmocka_unit_test_prestate(sheet_of_uncertainty, &fake)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fake_close(&fake);
    return failed;
}
