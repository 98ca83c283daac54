#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "publish/layer_file.h"

static void names_of_ten_characters(void **state)
{
    (void)state;
    static const char *const names[] = {
        "score",         "m_depth",       "score_scenario",
        "score_sceptic", "score_scenery", "SCORE_SCENE",
        "plantable_ha",  "plantable_",    "score_sce_1"};
    static const char *const wanted[] = {
        "score",      "m_depth",    "score_scen", "score_scep", "score_sc_1",
        "SCORE_SC_2", "plantable_", "plantabl_1", "score_sce_"};
    enum {
        COUNT = sizeof names / sizeof names[0]
    };
    char shorts[COUNT][SHAPE_NAME + 1];
    layer_file_shorten(names, COUNT, shorts);
    for (int i = 0; i < COUNT; i++)
        assert_string_equal(shorts[i], wanted[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_ten_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
