#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layer/csv.h"
#include "unit/layers.h"

static void well_formed(void **state)
{
    (void)state;
    static const char *const good[] = {
        "POINT(1 2)",
        " POINT Z (1 2 3) ",
        "POINT EMPTY",
        "LINESTRING(1 2,3 4e-1)",
        "POLYGON((0 0, 1 0, 1 1, 0 0),(0 0,1 0,1 1,0 0))",
        "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((0 0,1 0,1 1,0 0)))",
        "GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(1 2,3 4))",
        "GEOMETRYCOLLECTION(POINT EMPTY,POINT(1 2))",
        "MULTIPOINT((1 2),(3 4))",
        "MULTIPOINT(1 2,3 4)",
        "CURVEPOLYGON(CIRCULARSTRING(0 0,1 1,2 0,1 -1,0 0))"};
    static const char *const bad[] = {"",
                                      "POINT",
                                      "POINT(1,5 48,5)",
                                      "POLYGON((1,5 2,5, 3,5 4,5, 1,5 2,5))",
                                      "POINT(1 2) foo",
                                      "POINT(1 2",
                                      "POINT(1 2))",
                                      "POLYGON((0 0,1 0,1 1,0 0)",
                                      "POINT(1)",
                                      "POINT(1 2 3 4 5)",
                                      "POINT(a b)",
                                      "SRID=4326;POINT(1 2)",
                                      "48.5"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!csv_is_wkt(good[i]))
            fail_msg("%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (bad[i][0] && csv_is_wkt(bad[i]))
            fail_msg("%s", bad[i]);
}

static enum terramis_status check(struct scratch *s, const char *content)
{
    FILE *file = fopen(scratch_path(s, "t.csv"), "w");
    fputs(content, file);
    fclose(file);
    struct layer_config layer = layer_at(scratch_path(s, "t.csv"));
    layer.crs = "EPSG:2154";
    struct layer_table table;
    gdal_setup();
    enum terramis_status status = table_open(&table, &test_config, &layer);
    table_close(&table);
    return status;
}

static void lines_are_named(void **state)
{
    struct scratch *s = *state;
    assert_int_equal(check(s, "id;WKT\n1;POINT(1 2)\n2;\n"), TERRAMIS_OK);
    assert_int_equal(check(s, "id;WKT\n1;POINT(1 2)\n2;\"POINT(1,5 2,5)\"\n"
                              "3;\"POLYGON((1,5 2,5, 3 4))\"\n"),
                     TERRAMIS_INPUT);
    assert_true(has(status_message(), "p.yaml:3:5: t.csv: line 3: "
                                      "\"POINT(1,5 2,5)\" is no geometry (2 "
                                      "such lines)"));
    assert_true(has(status_message(), "decimal points"));
    /* a text that goes on in the next line */
    assert_int_equal(check(s, "id;note;WKT\n1;\"a\nb\";POINT(1 2)\n"
                              "2;c;POINT(1)\n"),
                     TERRAMIS_INPUT);
    assert_true(has(status_message(), "line 4: \"POINT(1)\""));
}

static void separators(void **state)
{
    struct scratch *s = *state;
    static const char *const good[] = {",", ";", "\t"};
    static const char *const bad[] = {"|", ":", "/"};
    char text[64];
    for (size_t i = 0; i < 3; i++) {
        snprintf(text, sizeof text, "id%sWKT\n1%sPOINT(1 2)\n", good[i],
                 good[i]);
        assert_int_equal(check(s, text), TERRAMIS_OK);
        snprintf(text, sizeof text, "id%sWKT\n1%sPOINT(1 2)\n", bad[i], bad[i]);
        assert_int_equal(check(s, text), TERRAMIS_INPUT);
        assert_true(has(status_message(), "separated by , ; or tab"));
    }
}

/* ODRE writes GeoJSON into a column. */
static void geojson_in_a_column(void **state)
{
    struct scratch *s = *state;
    assert_int_equal(check(s, "id;Geo Shape\n1;\"{\"\"type\"\":\"\"Point\"\","
                              "\"\"coordinates\"\":[1,2]}\"\n"),
                     TERRAMIS_OK);
    assert_int_equal(
        check(s, "id;Geo Shape\n1;\"{\"\"type\"\":\"\"Pt\"\"}\"\n"),
        TERRAMIS_INPUT);
    assert_true(has(status_message(), "line 2"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed),
        cmocka_unit_test(lines_are_named),
        cmocka_unit_test(separators),
        cmocka_unit_test(geojson_in_a_column),
    };
    return cmocka_run_group_tests(tests, scratch_set_up, scratch_tear_down);
}
