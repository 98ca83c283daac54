#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layer/inspect.h"
#include "layer/profile.h"
#include "unit/layers.h"

static const struct rect area = {0, 0, 1000, 1000};

/* Suspicions of a raster of 2 x 2 cells, as "code: text" lines. */
static void looks(struct scratch *s, const double values[4], double nodata,
                  const char *profile, double low, double high,
                  const char *code, const char *part)
{
    char path[400];
    snprintf(path, sizeof path, "%s", scratch_path(s, "dem.tif"));
    struct array a = {.nx = 2,
                      .ny = 2,
                      .transform = {0, 500, 0, 1000, 0, -500},
                      .crs = "EPSG:2154",
                      .type = GDT_Float32,
                      .nodata = nodata,
                      .has_nodata = nodata == nodata,
                      .values = values};
    write_array(path, &a);
    struct layer_config layer = layer_at(path);
    layer.profile.op =
        profile ? registry_find(&profile_registry, profile) : NULL;
    struct crs crs;
    struct raster raster;
    struct inspection inspection;
    assert_int_equal(crs_parse(&crs, "EPSG:2154"), TERRAMIS_OK);
    assert_int_equal(raster_open(&raster, &test_config, &layer, &crs, area),
                     TERRAMIS_OK);
    assert_int_equal(inspect_raster(&inspection, &raster, low, high),
                     TERRAMIS_OK);
    assert_int_equal(inspection.count, code != NULL);
    if (code) {
        assert_string_equal(inspection.suspicions[0].code, code);
        assert_true(has(inspection.suspicions[0].text, part));
    }
    inspection_release(&inspection);
    raster_release(&raster);
    crs_release(&crs);
    unlink(path);
}

static void cells(void **state)
{
    struct scratch *s = *state;
    static const double flat[] = {1, 2, 3, 4}, deep[] = {1, -17, 3, 4},
                        high[] = {1, 2, 3, 9000}, hole[] = {1, 2, -9999, 4},
                        none[] = {NAN, NAN, NAN, NAN};
    looks(s, flat, NAN, "srtm", 0, 0, NULL, NULL);
    looks(s, deep, NAN, "srtm", 0, 0, "implausible-values",
          "1 of 4 sampled cells are beyond -10 to 4850 (lowest -17");
    looks(s, high, NAN, "rge-alti", 0, 0, "implausible-values", "highest 9000");
    looks(s, deep, NAN, NULL, 0, 0, NULL, NULL);
    looks(s, deep, NAN, NULL, -10, 100, "implausible-values", "beyond -10");
    looks(s, hole, NAN, NULL, 0, 0, "nodata-undeclared",
          "1 sampled cells are -9999");
    looks(s, hole, -9999, "srtm", 0, 0, NULL, NULL);
    looks(s, none, 0, "srtm", 0, 0, "no-values", "no sampled cell");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells),
    };
    return cmocka_run_group_tests(tests, scratch_set_up, scratch_tear_down);
}
