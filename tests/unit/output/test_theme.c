#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/theme.h"
#include "unit/output/atlas_case.h"

static struct atlas_case c;

static int open_case(void **state)
{
    (void)state;
    atlas_case_open(&c);
    return 0;
}

static int close_case(void **state)
{
    (void)state;
    atlas_case_close(&c);
    return 0;
}

static void open_theme(struct sheet *sheet, struct theme *theme,
                       enum theme_kind kind)
{
    assert_int_equal(sheet_open(sheet, &c.fake.job, &c.fake.result),
                     TERRAMIS_OK);
    assert_int_equal(theme_open(theme, sheet, kind), TERRAMIS_OK);
    assert_int_equal(theme->map.image_count, 1);
    assert_int_equal(theme->map.images->grid.nx, 40);
    assert_true(theme->map.synthetic);
    assert_string_equal(theme->map.date, "24 novembre 2026");
    assert_string_equal(theme->map.crs_name,
                        "RGF93 v1 / Lambert-93 (EPSG:2154)");
}

static void close_theme(struct sheet *sheet, struct theme *theme)
{
    theme_close(theme);
    sheet_close(sheet);
}

static void test_suitability(void **state)
{
    (void)state;
    struct sheet sheet;
    struct theme theme;
    open_theme(&sheet, &theme, THEME_SUITABILITY);
    assert_int_equal(theme.map.ramp_count, 101);
    /* hectares of each class under the ramp; what is excluded has no score */
    assert_int_equal(theme.map.row_count, 5);
    assert_true(theme.map.rows[1].area_ha == 2);
    assert_true(theme.map.legend_total);
    assert_int_equal(theme.colours[255] >> 24, 0); /* no data: transparent */
    assert_string_equal(
        theme.map.subtitle,
        "Pilote d'été – 3,0\u00a0ha de terres marginales plantables");
    assert_non_null(strstr(theme.map.method_note,
                           "pondérés\u00a0: Pente <douce> 62,5\u00a0%, road "
                           "37,5\u00a0%."));
    close_theme(&sheet, &theme);
}

static void test_class(void **state)
{
    (void)state;
    struct sheet sheet;
    struct theme theme;
    open_theme(&sheet, &theme, THEME_CLASS);
    assert_int_equal(theme.map.row_count, 6);
    assert_true(theme.map.rows[1].area_ha == 2 &&
                theme.map.rows[1].share == 0.5);
    assert_true(theme.map.rows[5].hatched && theme.map.rows[5].area_ha == 1);
    assert_true(theme.map.hatch[6] && theme.map.legend_total);
    assert_non_null(strstr(theme.map.method_note, "S1\u00a0≥\u00a080"));
    close_theme(&sheet, &theme);
}

/* Only the sets of kinds that occur. */
static void test_marginal(void **state)
{
    (void)state;
    struct sheet sheet;
    struct theme theme;
    open_theme(&sheet, &theme, THEME_MARGINAL);
    assert_int_equal(theme.map.row_count, 2);
    assert_string_equal(theme.map.rows[0].label, "Sol pollué");
    assert_true(theme.map.rows[0].area_ha == 3);
    assert_string_equal(theme.map.subtitle,
                        "Pilote d'été – 4,0\u00a0ha de terres marginales, "
                        "25,0\u00a0% du territoire");
    close_theme(&sheet, &theme);
}

static void test_limiting(void **state)
{
    (void)state;
    struct sheet sheet;
    struct theme theme;
    open_theme(&sheet, &theme, THEME_LIMITING);
    assert_int_equal(theme.map.row_count, 2);
    assert_true(theme.map.rows[0].area_ha == 1.5);
    assert_int_equal(theme.map.place_count, 0);
    close_theme(&sheet, &theme);
}

/* Territory below, water below, territory's line above. */
static void test_context(void **state)
{
    (void)state;
    struct sheet sheet;
    assert_int_equal(sheet_open(&sheet, &c.fake.job, &c.fake.result),
                     TERRAMIS_OK);
    assert_int_equal(sheet.context.count, 3);
    assert_true(sheet.context.layers[0].below &&
                sheet.context.layers[1].below &&
                !sheet.context.layers[2].below);
    assert_int_equal(sheet.context.layers[1].count, 1);
    assert_int_equal(sheet.place_count, 3);
    assert_string_equal(sheet.places[2].name, "3");
    sheet_close(&sheet);
}

/* Twice the same territory: sums double, names stand beside one another. */
static void test_all_together(void **state)
{
    (void)state;
    struct sheet sheet;
    struct theme theme;
    struct territory_result results[3] = {
        c.fake.result, {.done = false}, c.fake.result};
    struct output_job job = c.fake.job;
    job.results = results;
    job.count = 3;
    assert_int_equal(sheet_results(&job), 2);
    assert_int_equal(sheet_open(&sheet, &job, NULL), TERRAMIS_OK);
    assert_int_equal(theme_open(&theme, &sheet, THEME_CLASS), TERRAMIS_OK);
    assert_int_equal(theme.map.image_count, 2);
    assert_true(theme.map.rows[1].area_ha == 4 &&
                theme.map.rows[1].share == 0.5);
    assert_string_equal(theme.map.subtitle,
                        "Pilote d'été et Pilote d'été – 6,0\u00a0ha de terres "
                        "marginales plantables");
    assert_int_equal(sheet.place_count, 2);
    assert_int_equal(sheet.places[0].kind, PLACE_TITLE);
    assert_null(theme.map.inset);
    close_theme(&sheet, &theme);
}

static void test_missing_raster(void **state)
{
    (void)state;
    struct sheet sheet;
    struct theme theme;
    struct territory_config elsewhere = c.fake.territory_config;
    struct territory territory = c.fake.territory;
    struct territory_result result = c.fake.result;
    elsewhere.id = "absent";
    territory.config = &elsewhere;
    result.analysis.territory = &territory;
    assert_int_equal(sheet_open(&sheet, &c.fake.job, &result), TERRAMIS_OK);
    assert_int_equal(theme_open(&theme, &sheet, THEME_CLASS), TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "absent/class.tif"));
    close_theme(&sheet, &theme);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_suitability),
                                       cmocka_unit_test(test_class),
                                       cmocka_unit_test(test_marginal),
                                       cmocka_unit_test(test_limiting),
                                       cmocka_unit_test(test_context),
                                       cmocka_unit_test(test_all_together),
                                       cmocka_unit_test(test_missing_raster)};
    return cmocka_run_group_tests(tests, open_case, close_case);
}
