#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/log.h"
#include "publish/licence.h"

static void names_in_any_spelling(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Licence Ouverte 2.0", "etalab-2.0"},
        {"lov2", "etalab-2.0"},
        {"Open Licence (Etalab)", "etalab-2.0"},
        {"ODbL 1.0", "ODbL-1.0"},
        {"Open Data Commons Open Database License", "ODbL-1.0"},
        {"CC-BY-4.0", "CC-BY-4.0"},
        {"CC BY-SA 4.0", "CC-BY-SA-4.0"},
        {"CC BY-NC-SA 4.0", "CC-BY-NC-4.0"},
        {"CC BY-ND 3.0 FR", "CC-BY-ND-4.0"},
        {"CC0-1.0", "CC0-1.0"},
        {"Domaine public", "CC0-1.0"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct licence *licence = licence_find(cases[i][0]);
        assert_non_null(licence);
        assert_string_equal(licence->id, cases[i][1]);
    }
    assert_null(licence_find(NULL));
    assert_null(licence_find(""));
    assert_null(licence_find("GPL-3"));
}

/* What becomes of a project's licence beside two inputs; "": none. */
static void check(const char *project, const char *a, const char *b,
                  const char *chosen, const char *message)
{
    const struct licence_input inputs[] = {{"roads", *a ? a : NULL},
                                           {"climate", *b ? b : NULL}};
    const struct licence *licence = NULL;
    enum terramis_status status =
        licence_choose(&licence, *project ? project : NULL, inputs, 2);
    assert_int_equal(status, chosen ? TERRAMIS_OK : TERRAMIS_PROJECT);
    if (chosen)
        assert_string_equal(licence->id, chosen);
    else
        assert_non_null(strstr(status_message(), message));
}

static void the_licence_of_results(void **state)
{
    (void)state;
    log_setup(true, false);
    check("etalab-2.0", "Licence Ouverte 2.0", "CC0", "etalab-2.0", NULL);
    check("etalab-2.0", "ODbL", "CC0", NULL, "'roads' is under ODbL 1.0");
    check("CC-BY-4.0", "CC0", "CC BY-SA 4.0", NULL, "'climate' is under CC");
    check("ODbL-1.0", "CC0", "CC BY-SA 4.0", NULL, "'climate' is under CC");
    check("ODbL-1.0", "ODbL", "Licence Ouverte", "ODbL-1.0", NULL);
    check("", "ODbL", "CC0", "ODbL-1.0", NULL);
    check("", "CC0", "CC BY-SA", "CC-BY-SA-4.0", NULL);
    check("", "CC0", "CC0", NULL, "the project has none");
    check("", "ODbL", "CC BY-SA", NULL, "each demand");
    check("mine", "CC0", "CC0", NULL, "'mine' is not known");
    check("CC BY-NC 4.0", "CC0", "CC0", NULL, "no licence of open data");
    check("CC0-1.0", "CC BY-NC 4.0", "CC0", NULL, "may not be published");
    check("CC0-1.0", "", "whatever", "CC0-1.0", NULL); /* with warnings */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_in_any_spelling),
        cmocka_unit_test(the_licence_of_results),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
