#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layer/profile.h"
#include "layer/source.h"
#include "unit/layers.h"

static void messages_name_the_place(void **state)
{
    (void)state;
    struct layer_config layer = layer_at("/data/bati.gpkg");
    assert_int_equal(
        layer_problem(&test_config, &layer, TERRAMIS_INPUT, "is %s", "odd"),
        TERRAMIS_INPUT);
    assert_string_equal(status_message(), "p.yaml:3:5: bati.gpkg: is odd");
    layer.layer = "batiment";
    layer_problem(&test_config, &layer, TERRAMIS_PROJECT, "x");
    assert_string_equal(status_message(),
                        "p.yaml:3:5: bati.gpkg, layer batiment: x");
}

static struct crs read_crs(const char *reference, const char *given,
                           enum terramis_status expected)
{
    struct layer_config layer = layer_at("a.shp");
    layer.crs = given;
    struct crs crs;
    OGRSpatialReferenceH r = reference_of(reference);
    assert_int_equal(layer_crs(&test_config, &layer, r, &crs), expected);
    OSRRelease(r);
    return crs;
}

static void where_the_crs_comes_from(void **state)
{
    (void)state;
    struct crs crs = read_crs("EPSG:27572", NULL, TERRAMIS_OK);
    assert_string_equal(crs.id, "EPSG:27572");
    crs_release(&crs);
    crs = read_crs(NULL, "EPSG:2154", TERRAMIS_OK);
    assert_string_equal(crs.id, "EPSG:2154");
    crs_release(&crs);
    crs = read_crs("EPSG:2154", "EPSG:2154", TERRAMIS_OK); /* harmless */
    crs_release(&crs);
    crs = read_crs(NULL, NULL, TERRAMIS_INPUT);
    assert_true(has(status_message(), "Give it with crs:"));
    crs_release(&crs);
    crs = read_crs("EPSG:27572", "EPSG:2154", TERRAMIS_INPUT);
    assert_true(has(status_message(), "crs: says EPSG:2154 but the file says "
                                      "NTF (Paris) / Lambert zone II"));
    crs_release(&crs);
    crs = read_crs(NULL, "EPSG:1", TERRAMIS_INPUT);
    assert_true(has(status_message(), "p.yaml:3:5: a.shp: CRS 'EPSG:1'"));
    crs_release(&crs);
}

/* A .prj names the same CRS in ESRI's words, without a code. */
static void a_prj_is_recognised(void **state)
{
    (void)state;
    struct crs crs = read_crs(
        "PROJCS[\"RGF93_Lambert_93\",GEOGCS[\"GCS_RGF_1993\",DATUM[\"D_RGF_"
        "1993\",SPHEROID[\"GRS_1980\",6378137.0,298.257222101]],PRIMEM["
        "\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION["
        "\"Lambert_Conformal_Conic\"],PARAMETER[\"False_Easting\",700000.0],"
        "PARAMETER[\"False_Northing\",6600000.0],PARAMETER[\"Central_"
        "Meridian\",3.0],PARAMETER[\"Standard_Parallel_1\",44.0],PARAMETER["
        "\"Standard_Parallel_2\",49.0],PARAMETER[\"Latitude_Of_Origin\",46.5],"
        "UNIT[\"Meter\",1.0]]",
        NULL, TERRAMIS_OK);
    struct crs lambert;
    assert_int_equal(crs_parse(&lambert, "EPSG:2154"), TERRAMIS_OK);
    assert_true(crs_same(&crs, &lambert));
    crs_release(&crs);
    /* EDIGEO sheets */
    crs = read_crs("IGNF:LAMB93", NULL, TERRAMIS_OK);
    assert_true(crs_same(&crs, &lambert));
    crs_release(&crs);
    crs_release(&lambert);
}

static void titles_and_licences(void **state)
{
    (void)state;
    struct layer_config layer = {.source = {.text = "a/b/sis.gpkg"}};
    assert_string_equal(layer_title(&layer), "sis.gpkg");
    assert_null(layer_licence(&layer));
    layer.source.text = "sis.gpkg";
    assert_string_equal(layer_title(&layer), "sis.gpkg");
    layer.profile.op = registry_find(&profile_registry, "osm-roads");
    assert_string_equal(layer_licence(&layer), "ODbL 1.0");
    layer.title = "Routes";
    layer.licence = "CC0";
    assert_string_equal(layer_title(&layer), "Routes");
    assert_string_equal(layer_licence(&layer), "CC0");
}

static void rectangles_in_words(void **state)
{
    (void)state;
    char text[96];
    assert_string_equal(rect_text((struct rect){1.4, -2.6, 3, 1e7}, text),
                        "1 -3 3 10000000");
    assert_string_equal(rect_text(rect_empty(), text), "(empty)");
    assert_true(
        strlen(rect_text((struct rect){-1e30, -1e30, 1e30, 1e30}, text)) < 96);
    struct rect a = {0, 0, 2, 2};
    assert_true(rect_gap(a, (struct rect){1, 1, 5, 5}) == 0);
    assert_true(rect_gap(a, (struct rect){2, 2, 5, 5}) == 0);
    assert_true(rect_gap(a, (struct rect){5, 0, 6, 1}) == 3);
    assert_true(rect_gap(a, (struct rect){0, -7, 1, -4}) == 4);
    assert_true(rect_gap(a, (struct rect){5, 6, 9, 9}) == 5);
    assert_true(rect_gap((struct rect){5, 6, 9, 9}, a) == 5);
}

int main(void)
{
    gdal_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_name_the_place),
        cmocka_unit_test(where_the_crs_comes_from),
        cmocka_unit_test(a_prj_is_recognised),
        cmocka_unit_test(titles_and_licences),
        cmocka_unit_test(rectangles_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
