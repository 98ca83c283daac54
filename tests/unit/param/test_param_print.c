#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "param/param.h"

static const char *const colours[] = {"red", "blue", NULL};

// clang-format off
static const struct param inner[] = {
    {"x", PARAM_REAL, 0, .unit = "ha", .help = "X."},
    {.name = NULL}
};

static const struct param rows[] = {
    {"", PARAM_PLACE, .offset = 0},
    {"size", PARAM_REAL, 0, "m", "5", 0.1, 10000, .help = "Size."},
    {"colour", PARAM_CHOICE, 0, .choices = colours, .required = true,
     .help = "Colour."},
    {"group", PARAM_GROUP, 0, .rows = inner, .help = "Group."},
    {.name = NULL}
};
// clang-format on

static void rows_are_printed_one_a_line(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    param_print(rows, 2, stream);
    param_print(NULL, 2, stream);
    fclose(stream);
    assert_string_equal(text,
                        "  size (number, 0.1..10000 m, default 5): Size.\n"
                        "  colour (one of red | blue, required): Colour.\n"
                        "  group (map): Group.\n"
                        "    x (number, ha): X.\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_printed_one_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
