#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fetch/coordinates.h"

static struct rect extent(const char *geojson)
{
    struct rect rect = rect_empty();
    struct json_object *geometry = json_tokener_parse(geojson);
    coordinates_extend(&rect, geometry);
    json_object_put(geometry);
    return rect;
}

static void extents_of_all_depths(void **state)
{
    (void)state;
    struct rect r = extent("{\"coordinates\":[2,49,7]}");
    assert_true(r.xmin == 2 && r.xmax == 2 && r.ymin == 49 && r.ymax == 49);
    r = extent("{\"coordinates\":[[[[0,1],[2,3]],[[4,-5],[1,1]]],[]]}");
    assert_true(r.xmin == 0 && r.xmax == 4 && r.ymin == -5 && r.ymax == 3);
}

static void what_has_no_positions_is_empty(void **state)
{
    (void)state;
    assert_true(rect_is_empty(extent("{\"coordinates\":[]}")));
    assert_true(rect_is_empty(extent("{\"coordinates\":[1]}")));
    assert_true(rect_is_empty(extent("{\"coordinates\":7}")));
    assert_true(rect_is_empty(extent("{\"type\":\"Point\"}")));
    assert_true(rect_is_empty(extent("null")));
    assert_true(
        rect_is_empty(extent("{\"coordinates\":[[[[[[[[[[[[1,2]]]]]]]]]]]]}")));
}

static bool is(bool (*question)(struct json_object *), const char *geojson)
{
    struct json_object *geometry = json_tokener_parse(geojson);
    bool answer = question(geometry);
    json_object_put(geometry);
    return answer;
}

static void numbers_that_are_no_place(void **state)
{
    (void)state;
    assert_true(is(coordinates_are_sane, "{\"coordinates\":[[1,2],[3,-4]]}"));
    assert_false(is(coordinates_are_sane, "{\"coordinates\":[[1,NaN]]}"));
    assert_false(
        is(coordinates_are_sane, "{\"coordinates\":[[1,2],[1e999,2]]}"));
    assert_false(is(coordinates_are_sane, "{\"coordinates\":[1e300,2]}"));
    assert_true(is(coordinates_are_none, "{\"coordinates\":[[],[[]]]}"));
    assert_false(is(coordinates_are_none, "{\"coordinates\":[[],[1,2]]}"));
    assert_false(is(coordinates_are_none, "{\"geometries\":[]}"));
}

static void x_and_y_change_places(void **state)
{
    (void)state;
    struct json_object *geometry =
        json_tokener_parse("{\"coordinates\":[[49.5,0.5,7],[48,1]]}");
    coordinates_turn(geometry);
    assert_string_equal(
        json_object_to_json_string_ext(geometry, JSON_C_TO_STRING_PLAIN),
        "{\"coordinates\":[[0.5,49.5,7],[1,48]]}");
    json_object_put(geometry);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(extents_of_all_depths),
        cmocka_unit_test(what_has_no_positions_is_empty),
        cmocka_unit_test(numbers_that_are_no_place),
        cmocka_unit_test(x_and_y_change_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
