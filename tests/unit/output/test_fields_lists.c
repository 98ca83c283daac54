#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "output/fields_lists.h"

/* Three layers of marginal land, two constraints. */
static struct vector_value
value(struct vector_value (*list)(const struct field_row *row),
      uint64_t sources, uint64_t constraints)
{
    const struct layer_config layers[] = {
        {.title = "SIS, secteurs"},
        {.source = {.text = "vectors/aac.gpkg"}},
        {.title = "Emprises"}};
    struct evidence evidence[] = {
        {.layer = &layers[0]}, {.layer = &layers[1]}, {.layer = &layers[2]}};
    struct constraint excluding[] = {{.id = "bati"}, {.id = "foret"}};
    const struct plan plan = {.evidence = evidence,
                              .marginal_count = 3,
                              .constraints = excluding,
                              .constraint_count = 2};
    const struct analysis analysis = {.plan = &plan};
    const struct parcel parcel = {.sources = sources,
                                  .sums = {.constraints = constraints}};
    return list(&(struct field_row){.analysis = &analysis, .parcel = &parcel});
}

static void titles_or_files(void **state)
{
    (void)state;
    assert_string_equal(value(sources_value, 1, 0).text, "SIS, secteurs");
    assert_string_equal(value(sources_value, 6, 3).text,
                        "vectors/aac.gpkg, Emprises");
    assert_int_equal(value(sources_value, 0, 3).set, 0);
}

static void ids_of_constraints(void **state)
{
    (void)state;
    assert_string_equal(value(constraints_value, 7, 3).text, "bati foret");
    assert_string_equal(value(constraints_value, 0, 2).text, "foret");
    assert_int_equal(value(constraints_value, 7, 0).set, 0);
}

/* A list has room for 4095 bytes. */
static void a_long_list_is_cut(void **state)
{
    (void)state;
    static char id[3001];
    memset(id, 'x', 3000);
    struct constraint excluding[] = {{.id = id}, {.id = id}, {.id = "end"}};
    const struct plan plan = {.constraints = excluding, .constraint_count = 3};
    const struct analysis analysis = {.plan = &plan};
    const struct parcel parcel = {.sums = {.constraints = 7}};
    const char *text =
        constraints_value(
            &(struct field_row){.analysis = &analysis, .parcel = &parcel})
            .text;
    assert_int_equal(strlen(text), 4095);
    assert_int_equal(text[3000], ' ');
    assert_int_equal(text[4094], 'x');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles_or_files),
        cmocka_unit_test(ids_of_constraints),
        cmocka_unit_test(a_long_list_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
