#include "demo/write.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <gdal_alg.h>
#include <ogr_api.h>
#include <sys/stat.h>

#include "geo/gdal.h"
#include "unit/output/scratch.h"

/* The small version in a folder of its own, made once. */
struct made {
    struct scratch dir, rasters, vectors;
};

static const char *const raster_files[] = {"mnt.tif",
                                           "profondeur_sol.tif",
                                           "reserve_utile.tif",
                                           "drainage.tif",
                                           "pluie.tif",
                                           "temperature.tif",
                                           NULL};
static const char *const vector_files[] = {"territoires.gpkg",
                                           "communes.gpkg",
                                           "parcelles.gpkg",
                                           "sols_pollues.gpkg",
                                           "captages.gpkg",
                                           "bati.gpkg",
                                           "infrastructures.gpkg",
                                           "foret.gpkg",
                                           "eau.gpkg",
                                           "nature.gpkg",
                                           NULL};

static int make(void **state)
{
    struct made *made = calloc(1, sizeof *made);
    *state = made;
    if (!made)
        return 1;
    scratch_open(&made->dir);
    snprintf(made->rasters.dir, sizeof made->rasters.dir, "%.40s/rasters",
             made->dir.dir);
    snprintf(made->vectors.dir, sizeof made->vectors.dir, "%.40s/vectors",
             made->dir.dir);
    struct terramis_options options = {.quiet = true};
    return terramis_demo(&options, made->dir.dir, true) != TERRAMIS_OK;
}

static int unmake(void **state)
{
    struct made *made = *state;
    scratch_close(&made->rasters);
    scratch_close(&made->vectors);
    scratch_close(&made->dir);
    free(made);
    return 0;
}

static GDALDatasetH open_file(const char *path)
{
    GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_READONLY, NULL, NULL, NULL);
    assert_non_null(dataset);
    return dataset;
}

static void fits_the_budget(void **state)
{
    struct made *made = *state;
    struct scratch *const dirs[] = {&made->rasters, &made->vectors};
    long total = 0;
    for (int i = 0; i < 2; i++) {
        const char *const *files = i ? vector_files : raster_files;
        int count = 0;
        for (; files[count]; count++) {
            struct stat info;
            assert_int_equal(stat(scratch_path(dirs[i], files[count]), &info),
                             0);
            total += info.st_size;
        }
        /* and the README: nothing else, no part left behind */
        assert_int_equal(scratch_count(dirs[i]), count + 1);
    }
    assert_true(total < 6000000);
}

static void territories_are_as_large_as_the_real_ones(void **state)
{
    struct made *made = *state;
    GDALDatasetH dataset =
        open_file(scratch_path(&made->vectors, "territoires.gpkg"));
    OGRLayerH layer = GDALDatasetGetLayerByName(dataset, "epci");
    const char *const sirens[] = {"200010700", "200069532"};
    const double areas[] = {575950000, 959140000};
    /* west, east, south, north of the real ones, 1 km either way */
    const double boxes[][4] = {{509622, 541738, 6924941, 6957521},
                               {469373, 513226, 6871222, 6906768}};
    for (int i = 0; i < 2; i++) {
        OGRFeatureH f = OGR_L_GetNextFeature(layer);
        assert_string_equal(OGR_F_GetFieldAsString(f, 0), sirens[i]);
        OGRGeometryH g = OGR_F_GetGeometryRef(f);
        assert_true(OGR_G_IsValid(g));
        assert_true(fabs(OGR_G_Area(g) / areas[i] - 1) < 0.02);
        OGREnvelope e;
        OGR_G_GetEnvelope(g, &e);
        assert_true(fabs(e.MinX - boxes[i][0]) < 2000);
        assert_true(fabs(e.MaxX - boxes[i][1]) < 2000);
        assert_true(fabs(e.MinY - boxes[i][2]) < 2000);
        assert_true(fabs(e.MaxY - boxes[i][3]) < 2000);
        OGR_F_Destroy(f);
    }
    GDALClose(dataset);
}

/* The communes share the territories out, and every main road has a number,
 * the same for more than one of its lines. */
static void communes_and_roads_have_names(void **state)
{
    struct made *made = *state;
    GDALDatasetH dataset =
        open_file(scratch_path(&made->vectors, "communes.gpkg"));
    OGRLayerH layer = GDALDatasetGetLayerByName(dataset, "commune");
    double area = 0, towns = 0;
    for (OGRFeatureH f; (f = OGR_L_GetNextFeature(layer));) {
        area += OGR_G_Area(OGR_F_GetGeometryRef(f));
        towns += OGR_F_GetFieldAsInteger(f, 2) >= 3000;
        assert_memory_equal(OGR_F_GetFieldAsString(f, 1), "Commune fictive ",
                            16);
        OGR_F_Destroy(f);
    }
    assert_true(fabs(area / (575950000 + 959140000) - 1) < 0.001);
    assert_true(towns > 2 && towns < 13);
    GDALClose(dataset);
    dataset = open_file(scratch_path(&made->vectors, "infrastructures.gpkg"));
    layer = GDALDatasetGetLayerByName(dataset, "troncon_de_route");
    int lines = 0, first = 0;
    OGR_L_SetAttributeFilter(layer, "importance IN ('1', '2', '3')");
    for (OGRFeatureH f; (f = OGR_L_GetNextFeature(layer)); lines++) {
        int column = OGR_F_GetFieldIndex(f, "cpx_numero");
        const char *number = OGR_F_GetFieldAsString(f, column);
        assert_true(strchr("AD", number[0]) && atoi(number + 1) > 900);
        first += strcmp(number, "D902") == 0;
        OGR_F_Destroy(f);
    }
    assert_true(first > 1 && first < lines);
    GDALClose(dataset);
}

/* Valid geometries in every layer, all marked as synthetic. */
static void layers_are_valid_and_marked(void **state)
{
    struct made *made = *state;
    for (int i = 0; vector_files[i]; i++) {
        GDALDatasetH dataset =
            open_file(scratch_path(&made->vectors, vector_files[i]));
        assert_true(GDALDatasetGetLayerCount(dataset) > 0);
        for (int l = 0; l < GDALDatasetGetLayerCount(dataset); l++) {
            OGRLayerH layer = GDALDatasetGetLayer(dataset, l);
            const char *mark = GDALGetMetadataItem(layer, "SYNTHETIC", NULL);
            assert_non_null(mark);
            assert_string_equal(mark, "YES");
            assert_string_equal(GDALGetMetadataItem(layer, "DESCRIPTION", NULL),
                                WRITE_DESCRIPTION);
            assert_true(OGR_L_GetFeatureCount(layer, TRUE) > 0);
            for (OGRFeatureH f; (f = OGR_L_GetNextFeature(layer));) {
                OGRGeometryH g = OGR_F_GetGeometryRef(f);
                if (!OGR_G_IsValid(g))
                    print_error("%s %s %lld\n", vector_files[i],
                                OGR_L_GetName(layer),
                                (long long)OGR_F_GetFID(f));
                assert_true(OGR_G_IsValid(g));
                OGR_F_Destroy(f);
            }
        }
        GDALClose(dataset);
    }
}

static void layers_have_the_official_names(void **state)
{
    struct made *made = *state;
    static const char *const wanted[][3] = {
        {"parcelles.gpkg", "parcelles", "id"},
        {"parcelles.gpkg", "parcelles", "contenance"},
        {"sols_pollues.gpkg", "sis", "id_sis"},
        {"sols_pollues.gpkg", "casias", "identifiant_casias"},
        {"sols_pollues.gpkg", "instructions", "statut"},
        {"captages.gpkg", "aac", "NomAAC"},
        {"captages.gpkg", "perimetres", "TYPEASS"},
        {"captages.gpkg", "captages", "IDGEN"},
        {"infrastructures.gpkg", "troncon_de_route", "largeur_de_chaussee"},
        {"infrastructures.gpkg", "troncon_de_route", "nombre_de_voies"},
        {"infrastructures.gpkg", "troncon_de_voie_ferree", "nature"},
        {"infrastructures.gpkg", "ligne_electrique", "voltage"},
        {"infrastructures.gpkg", "canalisation", "nature"},
        {"infrastructures.gpkg", "troncon_hydrographique", "nature"},
        {"bati.gpkg", "batiment", "usage_1"},
        {"foret.gpkg", "zone_de_vegetation", "nature"},
        {"eau.gpkg", "troncon_hydrographique", "persistance"},
        {"eau.gpkg", "surface_hydrographique", "nature"},
        {"nature.gpkg", "natura2000", "sitecode"}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        GDALDatasetH dataset =
            open_file(scratch_path(&made->vectors, wanted[i][0]));
        OGRLayerH layer = GDALDatasetGetLayerByName(dataset, wanted[i][1]);
        assert_non_null(layer);
        assert_true(
            OGR_FD_GetFieldIndex(OGR_L_GetLayerDefn(layer), wanted[i][2]) >= 0);
        GDALClose(dataset);
    }
}

static long long count_where(const char *path, const char *layer,
                             const char *where)
{
    GDALDatasetH dataset = open_file(path);
    OGRLayerH l = GDALDatasetGetLayerByName(dataset, layer);
    assert_int_equal(OGR_L_SetAttributeFilter(l, where), OGRERR_NONE);
    long long count = OGR_L_GetFeatureCount(l, TRUE);
    GDALClose(dataset);
    return count;
}

/* What the readers must cope with is in there. */
static void holds_the_difficult_cases(void **state)
{
    struct made *made = *state;
    const char *path = scratch_path(&made->vectors, "infrastructures.gpkg");
    const char *roads = "troncon_de_route";
    assert_true(count_where(path, roads, "largeur_de_chaussee IS NULL") > 50);
    assert_true(count_where(path, roads, "importance = '1'") > 0);
    assert_true(count_where(path, roads,
                            "position_par_rapport_au_sol = "
                            "'Gué ou radier'") > 0);
    assert_true(count_where(path, roads, "position_par_rapport_au_sol = '1'") >
                0);
    assert_true(count_where(path, "canalisation", "nature = 'Gaz'") == 2);
    path = scratch_path(&made->vectors, "captages.gpkg");
    assert_true(count_where(path, "perimetres", "TYPEASS LIKE '%imm%'") > 10);
    assert_true(count_where(path, "perimetres", "TYPEASS LIKE '%rappro%'") >
                10);
    path = scratch_path(&made->vectors, "sols_pollues.gpkg");
    assert_true(count_where(path, "casias", "adresse_lieudit IS NULL") > 100);
    path = scratch_path(&made->vectors, "foret.gpkg");
    assert_true(count_where(path, "zone_de_vegetation", "nature = 'Haie'") >
                20);
}

static void parcel_ids_are_unique(void **state)
{
    struct made *made = *state;
    GDALDatasetH dataset =
        open_file(scratch_path(&made->vectors, "parcelles.gpkg"));
    OGRLayerH l = GDALDatasetExecuteSQL(
        dataset,
        "SELECT count(*), count(DISTINCT id), min(length(id)), "
        "max(length(id)) FROM parcelles",
        NULL, NULL);
    OGRFeatureH f = OGR_L_GetNextFeature(l);
    assert_int_equal(OGR_F_GetFieldAsInteger(f, 0), 8000);
    assert_int_equal(OGR_F_GetFieldAsInteger(f, 1), 8000);
    assert_int_equal(OGR_F_GetFieldAsInteger(f, 2), 14);
    assert_int_equal(OGR_F_GetFieldAsInteger(f, 3), 14);
    OGR_F_Destroy(f);
    GDALDatasetReleaseResultSet(dataset, l);
    GDALClose(dataset);
}

static void rasters_hold_what_they_say(void **state)
{
    struct made *made = *state;
    const double low[] = {-2, 20, 15, 1, 650, 9.5};
    const double high[] = {230, 160, 260, 5, 1100, 12};
    for (int i = 0; raster_files[i]; i++) {
        GDALDatasetH dataset =
            open_file(scratch_path(&made->rasters, raster_files[i]));
        assert_string_equal(GDALGetMetadataItem(dataset, "SYNTHETIC", NULL),
                            "YES");
        GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
        int declared;
        GDALGetRasterNoDataValue(band, &declared);
        assert_true(declared);
        double range[2];
        assert_int_equal(GDALComputeRasterMinMax(band, FALSE, range), CE_None);
        assert_true(range[0] >= low[i] && range[1] <= high[i]);
        assert_true(range[1] > range[0]);
        GDALClose(dataset);
    }
}

static void assert_same(OGRFeatureH a, OGRFeatureH b)
{
    assert_true(OGR_G_Equals(OGR_F_GetGeometryRef(a), OGR_F_GetGeometryRef(b)));
    assert_int_equal(OGR_F_GetFieldCount(a), OGR_F_GetFieldCount(b));
    for (int i = 0; i < OGR_F_GetFieldCount(a); i++) {
        char text[256];
        snprintf(text, sizeof text, "%s", OGR_F_GetFieldAsString(a, i));
        assert_string_equal(text, OGR_F_GetFieldAsString(b, i));
    }
}

/* The files kept in the repository are what the generator makes; compared by
 * content, as bytes may differ with the versions of SQLite and zlib. */
static void kept_files_are_current(void **state)
{
    struct made *made = *state;
    struct scratch here = {.dir = "vectors"};
    if (access("vectors/parcelles.gpkg", F_OK) != 0)
        skip();
    for (int i = 0; vector_files[i]; i++) {
        GDALDatasetH a =
            open_file(scratch_path(&made->vectors, vector_files[i]));
        GDALDatasetH b = open_file(scratch_path(&here, vector_files[i]));
        for (int l = 0; l < GDALDatasetGetLayerCount(a); l++) {
            OGRLayerH p = GDALDatasetGetLayer(a, l);
            OGRLayerH q = GDALDatasetGetLayer(b, l);
            OGRFeatureH f, g;
            while ((f = OGR_L_GetNextFeature(p))) {
                g = OGR_L_GetNextFeature(q);
                assert_non_null(g);
                assert_same(f, g);
                OGR_F_Destroy(f);
                OGR_F_Destroy(g);
            }
            assert_null(OGR_L_GetNextFeature(q));
        }
        GDALClose(a);
        GDALClose(b);
    }
    strcpy(here.dir, "rasters");
    for (int i = 0; raster_files[i]; i++) {
        int sums[2];
        for (int k = 0; k < 2; k++) {
            GDALDatasetH dataset = open_file(
                scratch_path(k ? &here : &made->rasters, raster_files[i]));
            sums[k] = GDALChecksumImage(GDALGetRasterBand(dataset, 1), 0, 0,
                                        GDALGetRasterXSize(dataset),
                                        GDALGetRasterYSize(dataset));
            GDALClose(dataset);
        }
        assert_int_equal(sums[0], sums[1]);
    }
}

static void texts_are_the_repository_s(void **state)
{
    struct made *made = *state;
    if (access("terramis.yaml", F_OK) != 0)
        skip();
    assert_true(scratch_same(scratch_path(&made->dir, "terramis.yaml"),
                             "terramis.yaml"));
    assert_true(scratch_same(scratch_path(&made->rasters, "README.md"),
                             "rasters/README.md"));
    assert_true(scratch_same(scratch_path(&made->vectors, "README.md"),
                             "vectors/README.md"));
}

static void refuses_a_folder_in_use(void **state)
{
    struct made *made = *state;
    struct terramis_options options = {.quiet = true};
    assert_int_equal(terramis_demo(&options, made->dir.dir, true),
                     TERRAMIS_OUTPUT);
    assert_non_null(strstr(terramis_message(), "not empty"));
    assert_int_equal(terramis_demo(&options, "/dev/null/x", true),
                     TERRAMIS_OUTPUT);
}

static void same_bytes_twice(void **state)
{
#ifdef __SANITIZE_ADDRESS__
    (void)state;
    skip(); /* slow, and the release build does it */
#else
    struct made *made = *state;
    struct terramis_options options = {.quiet = true, .overwrite = true};
    for (int i = 0; i < 2; i++) {
        struct scratch *dir = i ? &made->vectors : &made->rasters;
        const char *const *files = i ? vector_files : raster_files;
        for (int k = 0; files[k]; k++) {
            char from[384];
            strcpy(from, scratch_path(dir, files[k]));
            char name[96];
            snprintf(name, sizeof name, "%d-%s", i, files[k]);
            assert_int_equal(rename(from, scratch_path(&made->dir, name)), 0);
        }
    }
    assert_int_equal(terramis_demo(&options, made->dir.dir, true), TERRAMIS_OK);
    for (int i = 0; i < 2; i++) {
        struct scratch *dir = i ? &made->vectors : &made->rasters;
        const char *const *files = i ? vector_files : raster_files;
        for (int k = 0; files[k]; k++) {
            char name[96];
            snprintf(name, sizeof name, "%d-%s", i, files[k]);
            assert_true(scratch_same(scratch_path(dir, files[k]),
                                     scratch_path(&made->dir, name)));
        }
    }
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fits_the_budget),
        cmocka_unit_test(territories_are_as_large_as_the_real_ones),
        cmocka_unit_test(communes_and_roads_have_names),
        cmocka_unit_test(layers_are_valid_and_marked),
        cmocka_unit_test(layers_have_the_official_names),
        cmocka_unit_test(holds_the_difficult_cases),
        cmocka_unit_test(parcel_ids_are_unique),
        cmocka_unit_test(rasters_hold_what_they_say),
        cmocka_unit_test(kept_files_are_current),
        cmocka_unit_test(texts_are_the_repository_s),
        cmocka_unit_test(refuses_a_folder_in_use),
        cmocka_unit_test(same_bytes_twice),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}
