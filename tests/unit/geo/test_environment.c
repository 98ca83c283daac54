#include "geo/environment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

static void options_go_and_the_rest_stays(void **state)
{
    static const char *const go[] = {"GDAL_PAM_ENABLED", "GDAL_DATASET_LIMIT",
                                     "OGR_SQLITE_PRAGMA", "CPL_DEBUGGER",
                                     "GTIFF_IGNORE_READ_ERRORS"};
    static const char *const stay[] = {"GDAL_DATA", "GDAL_CACHEMAX",
                                       "CPL_DEBUG", "PROJ_DATA", "HOME_GDAL_"};
    (void)state;
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(setenv(go[i], "x", 1), 0);
        assert_int_equal(setenv(stay[i], "y", 1), 0);
    }
    environment_clear();
    for (size_t i = 0; i < 5; i++) {
        assert_null(getenv(go[i]));
        assert_string_equal(getenv(stay[i]), "y");
    }
    environment_clear();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_go_and_the_rest_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
