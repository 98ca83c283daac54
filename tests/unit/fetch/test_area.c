#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/log.h"
#include "fetch/area.h"

static double box[4] = {520000, 6940000, 521000, 6941000};

static void a_rectangle_with_its_margin(void **state)
{
    (void)state;
    struct area area;
    struct config config = {.crs = "EPSG:2154",
                            .fetch = {.bbox = {box, 4}, .margin = 100}};
    assert_int_equal(area_open(&area, &config, NULL), TERRAMIS_OK);
    assert_int_equal(area.extent_count, 1);
    assert_string_equal(area.crs, "EPSG:2154");
    struct extent e = area.extents[0];
    assert_true(e.metres.xmin == 519900 && e.metres.ymax == 6941100);
    /* cs2cs EPSG:2154 EPSG:4326: 520000 6940000 is 0.512 49.536 */
    assert_true(fabs(e.degrees.xmin - 0.512) < 0.01);
    assert_true(fabs(e.degrees.ymin - 49.534) < 0.01);
    /* the rectangle in degrees holds the other one */
    assert_true(e.degrees.xmax - e.degrees.xmin > 1200 / 72500.0);
    assert_true(e.degrees.ymax - e.degrees.ymin > 1200 / 111300.0);
    assert_true(area.degrees.xmin == e.degrees.xmin);
    area_release(&area);
}

static void communes_have_to_be_named(void **state)
{
    (void)state;
    struct operator op = {.name = "cadastre"};
    struct fetch_config entry = {.at = {4, 7}, .service = {.op = &op}};
    struct area area = {0};
    struct config config = {.path = "p.yaml"};
    assert_int_equal(area_need_communes(&area, &config, &entry),
                     TERRAMIS_PROJECT);
    assert_non_null(strstr(status_message(), "p.yaml:4:7: "));
    area.commune_count = 1;
    assert_int_equal(area_need_communes(&area, &config, &entry), TERRAMIS_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rectangle_with_its_margin),
        cmocka_unit_test(communes_have_to_be_named),
    };
    log_setup(true, false);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
