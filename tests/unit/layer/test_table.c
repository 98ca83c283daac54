#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layer/profile.h"
#include "layer/table.h"
#include "unit/layers.h"

static const struct wkt_row squares[] = {
    {"POLYGON((0 0,1 0,1 1,0 1,0 0))", {"Bois", "1"}},
    {"POLYGON((2 0,3 0,3 1,2 1,2 0))", {"Haie", "2"}},
    {"POLYGON((4 0,5 0,5 1,4 1,4 0))", {"Bois", "3"}}};

static struct wkt_layer area_layer(const char *driver, const char *name)
{
    return (struct wkt_layer){.driver = driver,
                              .name = name,
                              .crs = "EPSG:2154",
                              .type = wkbPolygon,
                              .fields = {"Nature", "rang"},
                              .rows = squares,
                              .count = 3};
}

static struct layer_table opened(struct layer_config *layer)
{
    struct layer_table table;
    if (table_open(&table, &test_config, layer) != TERRAMIS_OK)
        print_error("%s\n", status_message());
    assert_non_null(table.crs.wkt);
    return table;
}

static void refused(struct layer_config *layer, enum terramis_status code,
                    const char *part)
{
    struct layer_table table;
    assert_int_equal(table_open(&table, &test_config, layer), code);
    assert_true(has(status_message(), part));
    assert_true(has(status_message(), "p.yaml:3:5: "));
    assert_true(has(status_message(), layer->source.text));
    table_close(&table);
    assert_null(table.dataset);
}

static void the_only_layer_needs_no_name(void **state)
{
    struct scratch *s = *state;
    struct wkt_layer one = area_layer("GPKG", "Bois et haies");
    write_layers(scratch_path(s, "one.gpkg"), &one, 1);
    struct layer_config layer = layer_at(s->path);
    struct layer_table table = opened(&layer);
    assert_string_equal(OGR_L_GetName(table.layer), "Bois et haies");
    assert_int_equal(table.total, 3);
    assert_string_equal(table.crs.id, "EPSG:2154");
    assert_false(table.synthetic);
    table_close(&table);
    layer.layer = "BOIS ET HAIES"; /* any case */
    table = opened(&layer);
    assert_int_equal(table.total, 3);
    table_close(&table);
}

static void several_layers_want_a_name(void **state)
{
    struct scratch *s = *state;
    struct wkt_layer layers[] = {area_layer("GPKG", "haies"),
                                 area_layer("GPKG", "forets"),
                                 area_layer("GPKG", "codes")};
    layers[2].type = wkbNone;
    layers[2].crs = NULL;
    layers[2].count = 0;
    write_layers(scratch_path(s, "many.gpkg"), layers, 3);
    struct layer_config layer = layer_at(s->path);
    refused(&layer, TERRAMIS_PROJECT, "several layers");
    refused(&layer, TERRAMIS_PROJECT, "haies, forets, codes");
    layer.layer = "foret";
    refused(&layer, TERRAMIS_PROJECT, "did you mean 'forets'?");
    refused(&layer, TERRAMIS_PROJECT, "It has: haies, forets, codes");
    refused(&layer, TERRAMIS_PROJECT, ", layer foret: ");
    layer.layer = "xyz";
    refused(&layer, TERRAMIS_PROJECT, "no such layer. It has");
    layer.layer = "codes";
    refused(&layer, TERRAMIS_INPUT, "no geometry");
    layer.layer = "haies";
    struct layer_table table = opened(&layer);
    assert_string_equal(OGR_L_GetName(table.layer), "haies");
    table_close(&table);
    /* tables without geometry do not make it ambiguous */
    write_layers(scratch_path(s, "two.gpkg"), layers + 1, 2);
    struct layer_config second = layer_at(s->path);
    table = opened(&second);
    assert_string_equal(OGR_L_GetName(table.layer), "forets");
    table_close(&table);
}

static void conditions(void **state)
{
    struct scratch *s = *state;
    static const char *const drivers[][2] = {{"GPKG", "w.gpkg"},
                                             {"ESRI Shapefile", "w.shp"},
                                             {"GeoJSON", "w.geojson"},
                                             {"FlatGeobuf", "w.fgb"}};
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++) {
        struct wkt_layer w = area_layer(drivers[i][0], "w");
        write_layers(scratch_path(s, drivers[i][1]), &w, 1);
        struct layer_config layer = layer_at(s->path);
        layer.where = "Nature = 'Bois'";
        struct layer_table table = opened(&layer);
        assert_int_equal(table.total, 3);
        assert_int_equal(OGR_L_GetFeatureCount(table.layer, 1), 2);
        table_close(&table);
        layer.where = "natur = 'Bois'";
        refused(&layer, TERRAMIS_PROJECT, "where: \"natur = 'Bois'\"");
        layer.where = "Nature = ";
        refused(&layer, TERRAMIS_PROJECT, "is not understood");
    }
}

static void columns_are_found_in_any_case(void **state)
{
    struct scratch *s = *state;
    struct wkt_layer w = area_layer("GPKG", "w");
    write_layers(scratch_path(s, "columns.gpkg"), &w, 1);
    struct layer_config layer = layer_at(s->path);
    struct layer_table table = opened(&layer);
    int *columns;
    const char *const fields[] = {"NATURE", "?absent", "", "rank|RANG",
                                  "?nature|rang"};
    assert_int_equal(table_columns(&table, fields, 5, &columns), TERRAMIS_OK);
    const int expected[] = {0, -1, -1, 1, 0};
    assert_memory_equal(columns, expected, sizeof expected);
    free(columns);
    const char *const wrong[] = {"natur"};
    assert_int_equal(table_columns(&table, wrong, 1, &columns),
                     TERRAMIS_PROJECT);
    assert_true(has(status_message(), "no field 'natur'; did you mean "
                                      "'Nature'? It has: Nature, rang"));
    free(columns);
    const char *const far[] = {"largeur|width"};
    assert_int_equal(table_columns(&table, far, 1, &columns), TERRAMIS_PROJECT);
    assert_true(has(status_message(), "no field 'largeur|width'. It has"));
    free(columns);
    assert_int_equal(table_columns(&table, NULL, 0, &columns), TERRAMIS_OK);
    free(columns);
    table_close(&table);
}

static void a_csv_with_wkt(void **state)
{
    struct scratch *s = *state;
    static const char *const heads[] = {"WKT", "geometrie", "the_geom"};
    for (int i = 0; i < 3; i++) {
        FILE *file = fopen(scratch_path(s, "perimetres.csv"), "w");
        fprintf(file, "code,%s\nPPI,\"POLYGON((0 0,1 0,1 1,0 1,0 0))\"\n",
                heads[i]);
        fclose(file);
        struct layer_config layer = layer_at(s->path);
        refused(&layer, TERRAMIS_INPUT, "no coordinate reference system");
        layer.crs = "EPSG:4326";
        struct layer_table table = opened(&layer);
        OGRFeatureH f = OGR_L_GetNextFeature(table.layer);
        assert_non_null(OGR_F_GetGeometryRef(f));
        OGR_F_Destroy(f);
        int *columns;
        const char *const fields[] = {"CODE"};
        assert_int_equal(table_columns(&table, fields, 1, &columns),
                         TERRAMIS_OK);
        free(columns);
        table_close(&table);
    }
    FILE *file = fopen(scratch_path(s, "flat.csv"), "w");
    fputs("code,x,y\nA,1,2\n", file);
    fclose(file);
    struct layer_config layer = layer_at(s->path);
    layer.crs = "EPSG:2154";
    refused(&layer, TERRAMIS_INPUT, "a CSV needs a column WKT");
}

static void files_that_cannot_be_read(void **state)
{
    struct scratch *s = *state;
    struct layer_config layer = layer_at(scratch_path(s, "nowhere.gpkg"));
    refused(&layer, TERRAMIS_INPUT, "no such file");
    struct wkt_layer w = area_layer("GPKG", "w");
    write_layers(scratch_path(s, "cut.gpkg"), &w, 1);
    assert_int_equal(truncate(s->path, 5000), 0);
    refused(&layer, TERRAMIS_INPUT, "");
}

static void synthetic_layers_are_marked(void **state)
{
    struct scratch *s = *state;
    struct wkt_layer w = area_layer("GPKG", "w");
    write_layers(scratch_path(s, "made.gpkg"), &w, 1);
    GDALDatasetH dataset =
        GDALOpenEx(s->path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);
    GDALSetMetadataItem(GDALDatasetGetLayer(dataset, 0), "SYNTHETIC", "YES",
                        NULL);
    GDALClose(dataset);
    struct layer_config layer = layer_at(s->path);
    struct layer_table table = opened(&layer);
    assert_true(table.synthetic);
    table_close(&table);
}

static struct wkt_layer roads(const struct wkt_row *rows, size_t count)
{
    return (struct wkt_layer){
        .driver = "GPKG",
        .name = "roads",
        .crs = "EPSG:2154",
        .type = wkbLineString,
        .fields = {"nature", "importance", "ETAT", "cleabs"},
        .rows = rows,
        .count = count};
}

/* Roads that are only planned are left out, and counted apart from where:. */
static void what_a_profile_leaves_out(void **state)
{
    struct scratch *s = *state;
    static const struct wkt_row rows[] = {
        {"LINESTRING(0 0,1 0)", {"Chemin", "5", "En projet", "a"}},
        {"LINESTRING(0 0,1 0)", {"Chemin", "5", "En service", "b"}},
        {"LINESTRING(0 0,1 0)", {"Chemin", "1", "En construction", "c"}},
        {"LINESTRING(0 0,1 0)", {"Chemin", "5", "", "d"}}};
    struct wkt_layer l = roads(rows, 4);
    write_layers(scratch_path(s, "skip.gpkg"), &l, 1);
    struct layer_config layer = layer_at(scratch_path(s, "skip.gpkg"));
    layer.profile.op = registry_find(&profile_registry, "bdtopo-route");
    struct layer_table t = opened(&layer);
    assert_int_equal(t.total, 4);
    assert_int_equal(t.skipped, 2);
    assert_int_equal(OGR_L_GetFeatureCount(t.layer, 1), 2);
    table_close(&t);
    layer.where = "importance = '5' OR importance = '9'";
    t = opened(&layer);
    assert_int_equal(t.total, 4);
    assert_int_equal(t.skipped, 1);
    assert_int_equal(OGR_L_GetFeatureCount(t.layer, 1), 2);
    table_close(&t);
}

static void the_wrong_profile(void **state)
{
    struct scratch *s = *state;
    static const struct {
        const char *profile, *message;
    } cases[] = {
        {"bdtopo-ligne-electrique",
         "profile bdtopo-ligne-electrique does not fit: there is no field "
         "voltage. Its fields are those of profile bdtopo-route"},
        {"cadastre-etalab", "is for a layer of areas, this one has lines. Its "
                            "fields are those of profile bdtopo-route"},
        {"srtm", "is for a raster, this is a vector layer"}};
    struct wkt_layer l = roads(NULL, 0);
    write_layers(scratch_path(s, "wrong.gpkg"), &l, 1);
    struct layer_config layer = layer_at(scratch_path(s, "wrong.gpkg"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        layer.profile.op = registry_find(&profile_registry, cases[i].profile);
        refused(&layer, TERRAMIS_PROJECT, cases[i].message);
    }
    layer.profile.op = registry_find(&profile_registry, "bdtopo-route");
    struct layer_table t = opened(&layer);
    table_close(&t);
}

static void parts_of_a_shapefile(void **state)
{
    struct scratch *s = *state;
    struct wkt_layer l = area_layer("ESRI Shapefile", "part");
    write_layers(scratch_path(s, "part.shp"), &l, 1);
    char path[400];
    snprintf(path, sizeof path, "%s", scratch_path(s, "part.shp"));
    struct layer_config layer;
    layer = layer_at(path);
    assert_int_equal(unlink(scratch_path(s, "part.prj")), 0);
    refused(&layer, TERRAMIS_INPUT, "its .prj is missing");
    layer.crs = "EPSG:2154";
    assert_int_equal(unlink(scratch_path(s, "part.dbf")), 0);
    struct layer_table t = opened(&layer); /* with a warning */
    const char *const fields[] = {"nature"};
    int *columns = NULL;
    assert_int_equal(table_columns(&t, fields, 1, &columns), TERRAMIS_PROJECT);
    free(columns);
    table_close(&t);
}

static void an_archive(void **state)
{
    struct scratch *s = *state;
    fclose(fopen(scratch_path(s, "BDTOPO.7z"), "w"));
    struct layer_config layer = layer_at(scratch_path(s, "BDTOPO.7z"));
    refused(&layer, TERRAMIS_INPUT, "an archive: unpack it first (7z x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_only_layer_needs_no_name),
        cmocka_unit_test(several_layers_want_a_name),
        cmocka_unit_test(conditions),
        cmocka_unit_test(columns_are_found_in_any_case),
        cmocka_unit_test(a_csv_with_wkt),
        cmocka_unit_test(what_a_profile_leaves_out),
        cmocka_unit_test(the_wrong_profile),
        cmocka_unit_test(parts_of_a_shapefile),
        cmocka_unit_test(an_archive),
        cmocka_unit_test(files_that_cannot_be_read),
        cmocka_unit_test(synthetic_layers_are_marked),
    };
    return cmocka_run_group_tests(tests, scratch_set_up, scratch_tear_down);
}
