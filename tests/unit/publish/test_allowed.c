#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "publish/allowed.h"

static struct json_object *parameters(void)
{
    struct json_object *p = json_tokener_parse(
        "{\"factors\": [{\"id\": \"depth\"}], \"scenarios\": [{\"id\": "
        "\"water\"}]}");
    assert_non_null(p);
    return p;
}

static void only_ours(void **state)
{
    (void)state;
    struct json_object *p = parameters();
    struct allowed a;
    static const char *const good[] = {"parcel_id",   "plantable_ha", "score",
                                       "m_depth",     "v_depth",      "c_depth",
                                       "score_water", "year_water"};
    static const char *const bad[] = {"proprietaire", "m_",  "m_water",
                                      "score_depth",  "fid", "m_depth2",
                                      "SCORE",        "",    "tonnage"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(allowed_find(ALLOWED_PARCELS, good[i], p, &a));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(allowed_find(ALLOWED_PARCELS, bad[i], p, &a));
    assert_false(allowed_find(ALLOWED_SITES, "parcel_id", p, &a));
    assert_false(allowed_find(ALLOWED_SITES, "m_depth", p, &a));
    json_object_put(p);
}

static void types_and_texts(void **state)
{
    (void)state;
    struct json_object *p = parameters();
    struct allowed a;
    assert_true(allowed_find(ALLOWED_PARCELS, "plantable_ha", p, &a));
    assert_string_equal(a.type, "number");
    assert_string_equal(a.unit, "ha");
    assert_string_equal(a.title[0], "Surface plantable");
    assert_true(allowed_find(ALLOWED_PARCELS, "rank", p, &a));
    assert_string_equal(a.type, "integer");
    assert_true(allowed_find(ALLOWED_PARCELS, "class_water", p, &a));
    assert_string_equal(a.type, "string");
    json_object_put(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_ours),
        cmocka_unit_test(types_and_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
