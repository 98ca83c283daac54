#include "layer/ascii_grid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/layers.h"

static const char head[] = "ncols 3\nNROWS 2\nxllcorner -5\nyllcorner 6e3\n"
                           "cellsize 5\nNODATA_value -9999\n";

/* `part` of the message; NULL: it is sound. */
static void says(struct scratch *s, const char *values, const char *part)
{
    FILE *file = fopen(scratch_path(s, "grid.asc"), "w");
    assert_non_null(file);
    fprintf(file, "%s%s", head, values);
    fclose(file);
    struct layer_config layer = layer_at(s->path);
    enum terramis_status status = ascii_grid_check(&test_config, &layer);
    assert_int_equal(status, part ? TERRAMIS_INPUT : TERRAMIS_OK);
    if (part)
        assert_true(has(status_message(), part));
    unlink(s->path);
}

static void numbers(void **state)
{
    struct scratch *s = *state;
    says(s, "1 2 3\n4 5 6\n", NULL);
    says(s, "1\t-2. .3\r\n+4 5e3 -6.7E-08", NULL);
    says(s, "1,5 2 3\n4 5 6", NULL);
    says(s, "1 nan -NaN\n4 -inf 1.#QNAN\n", NULL);
    says(s, "", NULL); /* GDAL says that they are missing */
}

static void what_is_none(void **state)
{
    struct scratch *s = *state;
    says(s, "1 2 3\n4 #N/A 6\n", "line 8: \"#N/A\" is no number");
    says(s, "1 8o 3\n4 5 6\n", "line 7: \"8o\" is no number");
    says(s, "1 2 3\n4 5 ---", "line 8: \"---\" is no number");
    says(s, "1 2 0x50\n4 5 6\n", "\"0x50\"");
    says(s, "1 2 1.5.2\n4 5 6\n", "\"1.5.2\"");
    says(s, "1 2 1e\n4 5 6\n", "\"1e\"");
    says(s, "1 2 .\n4 5 6\n", "\".\"");
    says(s, "1 2 x\n4 5 6\n", "\"x\"");
    says(s,
         "1 2 3\n"
         "44444444444444444444444444444444444444444444444444444444444444444"
         "444444444444444444444444444444x 5 6\n",
         NULL); /* no more than the beginning is looked at: GDAL refuses it */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(what_is_none),
    };
    return cmocka_run_group_tests(tests, scratch_set_up, scratch_tear_down);
}
