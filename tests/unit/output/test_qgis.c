#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "unit/output/fake.h"

extern const struct output_op output_qgis;

static const char *outputs[] = {"cog", "gpkg"};

/* The project that is written when `count` of the outputs are asked for. */
static char *project(struct fake *f, size_t first, size_t count)
{
    long size = 0;
    f->config.outputs =
        (struct texts){.items = outputs + first, .count = count};
    assert_int_equal(output_qgis.project(&f->job), TERRAMIS_OK);
    char *text =
        scratch_bytes(scratch_path(&f->scratch, "terramis.qgs"), &size);
    assert_non_null(text);
    text[size] = '\0';
    return text;
}

static size_t count(const char *text, const char *what)
{
    size_t n = 0;
    for (; (text = strstr(text, what)); text += strlen(what))
        n++;
    return n;
}

static void tree_resolves(void **state)
{
    static const char *const ids[] = {"sites",       "parcels",  "class",
                                      "suitability", "limiting", "marginal"};
    struct fake *f = *state;
    char *text = project(f, 0, 2), wanted[128];
    *strstr(text, "<Layouts>") = '\0'; /* legends name the layers again */
    assert_int_equal(count(text, "<maplayer "), 6);
    assert_int_equal(count(text, "<layer-tree-layer "), 6);
    for (int i = 0; i < 6; i++) {
        snprintf(wanted, sizeof wanted, "<id>terramis_pilote_%s</id>", ids[i]);
        assert_int_equal(count(text, wanted), 1);
        snprintf(wanted, sizeof wanted, " id=\"terramis_pilote_%s\"", ids[i]);
        assert_int_equal(count(text, wanted), 1);
    }
    assert_int_equal(count(text, "<layer-tree-group checked"), 1);
    assert_non_null(strstr(text, "name=\"Pilote d&#39;été\""));
    free(text);
}

static void paths_are_relative(void **state)
{
    struct fake *f = *state;
    char *text = project(f, 0, 2);
    assert_int_equal(count(text, "<datasource>"), 6);
    assert_int_equal(count(text, "<datasource>./pilote/"), 6);
    assert_null(strstr(text, f->scratch.dir));
    assert_non_null(strstr(text, "<Absolute type=\"bool\">false</Absolute>"));
    /* QGIS takes a CRS by its definition only */
    assert_non_null(strstr(text, "<wkt>PROJCRS["));
    assert_non_null(strstr(text, "DONNÉES SYNTHÉTIQUES</title>"));
    free(text);
}

static void only_what_was_written(void **state)
{
    struct fake *f = *state;
    char *text = project(f, 1, 1);
    assert_int_equal(count(text, "<maplayer type=\"vector\""), 2);
    assert_int_equal(count(text, "<maplayer "), 2);
    free(text);
    text = project(f, 0, 1);
    assert_int_equal(count(text, "<maplayer type=\"raster\""), 4);
    assert_int_equal(count(text, "<maplayer "), 4);
    free(text);
}

/* A page per kind of vector layer; what they name is there. */
static void pages_and_places(void **state)
{
    struct fake *f = *state;
    char *text = project(f, 0, 2);
    assert_int_equal(count(text, "<Layout "), 2);
    assert_int_equal(count(text, "<Atlas "), 2);
    assert_int_equal(count(text, "coverageLayer=\"terramis_pilote_parcels\""),
                     1);
    assert_int_equal(count(text, "<Layer>terramis_pilote_class</Layer>"), 4);
    assert_int_equal(count(text, "<Bookmark "), 1);
    assert_int_equal(count(text, "<resourceMetadata>"), 6);
    assert_int_equal(count(text, "<mapTip>"), 2);
    free(text);
    text = project(f, 0, 1); /* nothing that an atlas could run through */
    assert_int_equal(count(text, "<Layout "), 0);
    free(text);
}

int main(void)
{
    static struct fake fake;
    fake_open(&fake);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(tree_resolves, &fake),
        cmocka_unit_test_prestate(paths_are_relative, &fake),
        cmocka_unit_test_prestate(only_what_was_written, &fake),
        cmocka_unit_test_prestate(pages_and_places, &fake),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fake_close(&fake);
    return failed;
}
