#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "param/schema.h"

static const char *const colours[] = {"red", "blue", NULL};

// clang-format off
static const struct param line_rows[] = {
    {"points", PARAM_POINTS, 0, .max = 1, .required = true, .help = "P."},
    {"shared", PARAM_REAL, 0, .help = "S."},
    {.name = NULL}
};

static const struct param bell_rows[] = {
    {"mean", PARAM_REAL, 0, .required = true, .help = "M."},
    {"shared", PARAM_INT, 0, .help = "S."},
    {.name = NULL}
};

static const struct operator line = {.name = "line", .summary = "A line.", .params = line_rows};
static const struct operator bell = {.name = "bell", .summary = "A bell.", .params = bell_rows};
static const struct operator flat = {.name = "flat", .summary = "Nothing."};
static const struct registry registries[] = {
    {"kind", (const struct operator *const[]){&line, &bell, &flat}, 3}};

static const struct param kind_rows[] = {
    {"kind", PARAM_OPERATOR, 0, .required = true, .help = "Kind."},
    {.name = NULL}
};

static const struct param maybe_rows[] = {
    {"kind", PARAM_OPERATOR, 0, .help = "Kind."},
    {.name = NULL}
};

static const struct param usual_rows[] = {
    {"kind", PARAM_OPERATOR, 0, .preset = "bell", .help = "Kind."},
    {.name = NULL}
};

static const struct param rows[] = {
    {"", PARAM_PLACE, .offset = 0},
    {"flag", PARAM_BOOL, 0, .preset = "true", .help = "F."},
    {"size", PARAM_REAL, 0, "m", "5", 0.1, 10000, true, .help = "Size."},
    {"least", PARAM_REAL, 0, .min = 1, .max = INFINITY, .help = "L."},
    {"count", PARAM_INT, 0, .min = 1, .max = 3, .help = "C."},
    {"id", PARAM_ID, 0, .help = "I."},
    {"path", PARAM_PATH, 0, .help = "P."},
    {"colour", PARAM_CHOICE, 0, .choices = colours, .preset = "red",
     .help = "C."},
    {"mask", PARAM_CHOICES, 0, .choices = colours, .help = "M."},
    {"names", PARAM_NAMES, 0, .help = "N."},
    {"texts", PARAM_TEXTS, 0, .preset = "[a, b]", .help = "T."},
    {"points", PARAM_POINTS, 0, .preset = "[[0, 1], [2.5, 0]]", .help = "P."},
    {"two", PARAM_REALS, 0, .count = 2, .help = "T."},
    {"table", PARAM_TABLE, 0, .max = 1, .preset = "{a: 1}", .help = "T."},
    {"group", PARAM_GROUP, 0, .rows = kind_rows, .help = "G."},
    {"list", PARAM_LIST, 0, .rows = maybe_rows, .required = true,
     .help = "L."},
    {"usual", PARAM_GROUP, 0, .rows = usual_rows, .help = "U."},
    {.name = NULL}
};
// clang-format on

static int set_up(void **state)
{
    *state = schema_of(rows, registries);
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    json_object_put(*state);
    return 0;
}

/* What stands at a JSON pointer of the schema, as text; "" if nothing. */
static const char *at(void **state, const char *pointer)
{
    struct json_object *found = NULL;
    if (json_pointer_get(*state, pointer, &found) != 0)
        return "";
    return json_object_to_json_string_ext(
        found, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
}

#define assert_at(pointer, text) assert_string_equal(at(state, pointer), text)

static void values_have_types_ranges_and_defaults(void **state)
{
    assert_at("/$schema", "\"http://json-schema.org/draft-07/schema#\"");
    assert_at("/type", "\"object\"");
    assert_at("/additionalProperties", "false");
    assert_at("/required", "[\"size\",\"list\"]");
    assert_at("/properties/flag",
              "{\"type\":\"boolean\",\"description\":\"F. Default: true.\","
              "\"default\":true}");
    assert_at("/properties/size",
              "{\"type\":\"number\",\"minimum\":0.1,\"maximum\":10000,"
              "\"description\":\"Size. Unit: m. Range: 0.1..10000 m. Default: "
              "5.\",\"default\":5}");
    assert_at("/properties/least",
              "{\"type\":\"number\",\"minimum\":1,\"description\":\"L. Range: "
              "at least 1.\"}");
    assert_at("/properties/count/type", "\"integer\"");
    assert_at("/properties/id/pattern", "\"^[A-Za-z0-9][A-Za-z0-9_-]*$\"");
    assert_at("/properties/id/maxLength", "100");
    assert_at("/properties/path/minLength", "1");
    assert_at("/properties/colour/enum", "[\"red\",\"blue\"]");
    assert_at("/properties/colour/default", "\"red\"");
}

static void lists_and_tables_describe_their_items(void **state)
{
    assert_at("/properties/mask/items", "{\"enum\":[\"red\",\"blue\"]}");
    assert_at("/properties/names/items",
              "{\"enum\":[\"line\",\"bell\",\"flat\"]}");
    assert_at("/properties/names/uniqueItems", "true");
    assert_at("/properties/texts/default", "[\"a\",\"b\"]");
    assert_at("/properties/points/minItems", "2");
    assert_at("/properties/points/default", "[[0,1],[2.5,0]]");
    assert_at("/properties/two/minItems", "2");
    assert_at("/properties/two/maxItems", "2");
    assert_at("/properties/table/additionalProperties",
              "{\"type\":\"number\",\"minimum\":0,\"maximum\":1}");
    assert_at("/properties/table/default", "{\"a\":1}");
    assert_at("/properties/list/type", "\"array\"");
    assert_at("/properties/list/minItems", "1");
    assert_at("/properties/group/type", "[\"object\",\"null\"]");
}

static void operators_bring_their_settings(void **state)
{
    assert_at("/properties/group/required", "[\"kind\"]");
    assert_at("/properties/group/properties/kind/enum",
              "[\"line\",\"bell\",\"flat\"]");
    assert_at("/properties/group/properties/kind/description",
              "\"Kind.\\nline: A line.\\nbell: A bell.\\nflat: Nothing.\"");
    assert_at("/properties/group/properties/mean", "true");
    assert_at("/properties/group/allOf/0/if",
              "{\"properties\":{\"kind\":{\"const\":\"line\"}},\"required\":["
              "\"kind\"]}");
    assert_at("/properties/group/allOf/0/then/required", "[\"points\"]");
    assert_at("/properties/group/allOf/0/then/properties/mean", "false");
    assert_at("/properties/group/allOf/0/then/properties/shared/type",
              "\"number\"");
    assert_at("/properties/group/allOf/1/then/properties/shared/type",
              "\"integer\"");
    assert_at("/properties/group/allOf/2/then/properties",
              "{\"points\":false,\"shared\":false,\"mean\":false}");
    assert_at("/properties/group/allOf/3", ""); /* kind is required */
}

static void operators_may_be_absent_or_preset(void **state)
{
    assert_at("/properties/list/items/allOf/3",
              "{\"if\":{\"not\":{\"required\":[\"kind\"]}},\"then\":{"
              "\"properties\":{\"points\":false,\"shared\":false,\"mean\":"
              "false}}}");
    assert_at("/properties/usual/allOf/1/if",
              "{\"properties\":{\"kind\":{\"const\":\"bell\"}}}");
    assert_at("/properties/usual/allOf/3", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_have_types_ranges_and_defaults),
        cmocka_unit_test(lists_and_tables_describe_their_items),
        cmocka_unit_test(operators_bring_their_settings),
        cmocka_unit_test(operators_may_be_absent_or_preset),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
