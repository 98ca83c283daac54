#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layer/inspect_text.h"
#include "unit/layers.h"

static void broken_accents(void **state)
{
    (void)state;
    static const char *const broken[] = {
        "P\xc3\x83\xc2\xa9rim\xc3\x83\xc2\xa8tre",    /* PÃ©rimÃ¨tre */
        "l\xc3\xa2\xe2\x82\xac\xe2\x84\xa2\x65\x61u", /* lâ€™eau */
        "P\xef\xbf\xbdrim\xef\xbf\xbdtre",
        "P\xe9rim\xe8tre", /* Latin-1 */
        "20\xc3\x82\xc2\xa0m2",
        "\xc3"};
    static const char *const fine[] = {"Périmètre de protection",
                                       "Âge, où, çà, Ÿ, œuf, « Noël »",
                                       "",
                                       "A",
                                       "PÂTURE",
                                       "SÃO TOMÉ",
                                       "€ ’ –"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        if (!text_is_broken(broken[i]))
            fail_msg("%s", broken[i]);
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        if (text_is_broken(fine[i]))
            fail_msg("%s", fine[i]);
}

/* What is said of a field with the values: codes, separated by spaces. */
static void judged(const char *name, const char *const *values, bool is_text,
                   const char *expected)
{
    struct text_tally tally = {0};
    struct inspection inspection = {0};
    struct text codes = {0};
    for (; *values; values++)
        text_tally_add(&tally, *values);
    assert_int_equal(text_tally_judge(&tally, name, is_text, &inspection),
                     TERRAMIS_OK);
    for (size_t i = 0; i < inspection.count; i++)
        text_addf(&codes, "%s%s", i ? " " : "", inspection.suspicions[i].code);
    assert_string_equal(text_get(&codes), expected);
    text_release(&codes);
    inspection_release(&inspection);
}

#define VALUES(...) ((const char *const[]){__VA_ARGS__, NULL})

static void fields(void **state)
{
    (void)state;
    judged("code_insee", VALUES("08190", "14366"), true, "");
    judged("code_insee", VALUES("8190", "14366"), true, "insee-zero");
    judged("Code_INSEE", VALUES("8190"), false, "insee-zero");
    judged("numero", VALUES("8190"), true, "");
    judged("hauteur", VALUES("5,5", "12"), true, "text-numbers");
    judged("pente", VALUES("5.5", "12.25"), true, "text-numbers");
    judged("surface_m2", VALUES("20260"), true, "text-numbers");
    judged("surface_m2", VALUES("20260"), false, "");
    judged("surface_m2", VALUES("20260", "NC"), true, "");
    judged("importance", VALUES("1", "5"), true, "");
    judged("voltage", VALUES("63 kV"), true, "");
    judged("adresse_lieudit", VALUES("Centroïde de la commune", "Rue"), true,
           "commune-centre");
    judged("nom", VALUES("P\xc3\x83\xc2\xa9riers", "Le Centre"), true,
           "mojibake");
    judged("nom", VALUES(" ", ""), true, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(broken_accents),
        cmocka_unit_test(fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
