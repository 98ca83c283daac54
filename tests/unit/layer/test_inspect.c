#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layer/inspect.h"
#include "layer/profile.h"
#include "unit/layers.h"

static struct inspection inspected(struct scratch *s, const char *name,
                                   const struct wkt_layer *l,
                                   const char *profile, const char *key)
{
    char path[400];
    snprintf(path, sizeof path, "%s", scratch_path(s, name));
    write_layers(path, l, 1);
    struct layer_config layer = layer_at(path);
    struct inspection inspection;
    layer.profile.op =
        profile ? registry_find(&profile_registry, profile) : NULL;
    assert_int_equal(inspect_vector(&inspection, &test_config, &layer, key),
                     TERRAMIS_OK);
    return inspection;
}

/* The text of the suspicion, or "". */
static const char *said(const struct inspection *inspection, const char *code)
{
    for (size_t i = 0; i < inspection->count; i++)
        if (strcmp(inspection->suspicions[i].code, code) == 0)
            return inspection->suspicions[i].text;
    return "";
}

static void fields_and_places(void **state)
{
    static const struct wkt_row rows[] = {{"POINT(1 1)", {"A", "14366", "Rue"}},
                                          {"POINT(1 1)", {"A", "", "Rue"}},
                                          {"POINT(1 1)", {"B", "8190", ""}},
                                          {"POINT(2 1)", {"C", "14366", ""}},
                                          {"POINT(2 1)", {"D", "14366", ""}},
                                          {NULL, {"E", "14366", ""}}};
    const struct wkt_layer l = {
        .driver = "GPKG",
        .name = "casias",
        .crs = "EPSG:2154",
        .type = wkbPoint,
        .fields = {"identifiant_casias", "code_insee", "adresse"},
        .rows = rows,
        .count = 6};
    struct inspection i = inspected(*state, "casias.gpkg", &l,
                                    "georisques-casias", "identifiant_casias");
    assert_string_equal(
        text_get(&i.found),
        "identifiant_casias, adresse (4 empty), code_insee (1 empty)");
    assert_true(has(text_get(&i.missing), "adresse_lieudit, nom_commune"));
    assert_string_equal(text_get(&i.types), "Point 5");
    assert_true(has(said(&i, "same-place"), "3 of 5 points stand in 1 places"));
    assert_true(has(said(&i, "duplicate-ids"), "1 features repeat the id of "
                                               "another, the first \"A\""));
    assert_true(has(said(&i, "insee-zero"), "1 of 5"));
    assert_int_equal(i.count, 3);
    inspection_release(&i);
}

/* One page of the table is zeros: what comes after it is not there for GDAL. */
static void a_damaged_table_is_no_short_one(void **state)
{
    enum {
        ROWS = 20,
        LONG = 3000,
        PAGE = 4096
    };
    static char texts[ROWS][LONG + 1], bytes[1 << 20];
    static struct wkt_row rows[ROWS];
    for (int i = 0; i < ROWS; i++) {
        memset(texts[i], 'a' + i, LONG);
        rows[i] = (struct wkt_row){"POINT(1 1)", {texts[i]}};
    }
    const struct wkt_layer l = {.driver = "GPKG",
                                .name = "a",
                                .crs = "EPSG:2154",
                                .type = wkbPoint,
                                .fields = {"f"},
                                .rows = rows,
                                .count = ROWS};
    struct inspection i = inspected(*state, "damaged.gpkg", &l, NULL, NULL);
    assert_string_equal(said(&i, "unreadable"), "");
    inspection_release(&i);
    const char *path = scratch_path(*state, "damaged.gpkg");
    FILE *file = fopen(path, "r+");
    size_t size = fread(bytes, 1, sizeof bytes, file), at = 0;
    while (at < size && memcmp(bytes + at, texts[ROWS / 2], LONG) != 0)
        at++;
    assert_true(at < size);
    memset(bytes, 0, PAGE);
    fseek(file, (long)(at / PAGE * PAGE), SEEK_SET);
    fwrite(bytes, 1, PAGE, file);
    fclose(file);
    struct layer_config layer = layer_at(path);
    assert_int_equal(inspect_vector(&i, &test_config, &layer, NULL),
                     TERRAMIS_OK);
    assert_true(has(said(&i, "unreadable"), "corruption"));
    inspection_release(&i);
}

static void kinds_of_geometry(void **state)
{
    static const struct wkt_row rows[] = {
        {"POINT(1 1)", {"a"}},
        {"POLYGON Z((0 0 1,1 0 1,1 1 1,0 0 1))", {"b"}},
        {"CURVEPOLYGON(CIRCULARSTRING(0 0,1 1,2 0,1 -1,0 0))", {"c"}},
        {"GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1))", {"d"}}};
    const struct wkt_layer l = {.driver = "GPKG",
                                .name = "mixed",
                                .crs = "EPSG:2154",
                                .fields = {"name"},
                                .rows = rows,
                                .count = 4};
    struct inspection i = inspected(*state, "mixed.gpkg", &l, NULL, NULL);
    assert_true(has(text_get(&i.types), "Point 1, "));
    assert_true(has(text_get(&i.types), "heights are not used"));
    assert_true(has(text_get(&i.types), "1 with curves"));
    assert_true(*said(&i, "mixed-geometry"));
    assert_true(has(said(&i, "collections"), "1 geometry collections"));
    assert_int_equal(i.count, 2);
    assert_string_equal(text_get(&i.found), "");
    inspection_release(&i);
}

/* 500 features are a page of API Carto, 499 are not. */
static void a_page_of_a_service(void **state)
{
    static struct wkt_row rows[500];
    for (size_t i = 0; i < 500; i++)
        rows[i].wkt = "POLYGON((0 0,1 0,1 1,0 0))";
    struct wkt_layer l = {.driver = "GPKG",
                          .name = "page",
                          .crs = "EPSG:2154",
                          .type = wkbPolygon,
                          .rows = rows,
                          .count = 500};
    struct inspection i = inspected(*state, "page.gpkg", &l, NULL, NULL);
    assert_true(has(said(&i, "page-limit"), "exactly 500 features"));
    inspection_release(&i);
    l.count = 499;
    i = inspected(*state, "less.gpkg", &l, NULL, NULL);
    assert_int_equal(i.count, 0);
    inspection_release(&i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_and_places),
        cmocka_unit_test(a_damaged_table_is_no_short_one),
        cmocka_unit_test(kinds_of_geometry),
        cmocka_unit_test(a_page_of_a_service),
    };
    return cmocka_run_group_tests(tests, scratch_set_up, scratch_tear_down);
}
