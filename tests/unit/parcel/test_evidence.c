#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layer/profile.h"
#include "parcel/evidence.h"

static struct layer_config layer_of(const char *profile)
{
    return (struct layer_config){.profile.op =
                                     registry_find(&profile_registry, profile)};
}

static void profiles_exist(void **state)
{
    (void)state;
    for (int i = 0; evidence_profiles[i]; i++)
        assert_non_null(registry_find(&profile_registry, evidence_profiles[i]));
}

static void roles_go_with_kinds(void **state)
{
    (void)state;
    struct layer_config sis = layer_of("georisques-sis");
    assert_int_equal(evidence_of(&sis, KIND_POLLUTED_SOIL, NULL).role,
                     EVIDENCE_STATE);
    assert_int_equal(evidence_of(&sis, KIND_CATCHMENT, NULL).role,
                     EVIDENCE_PLAIN);
    struct layer_config casias = layer_of("georisques-casias");
    assert_int_equal(evidence_of(&casias, KIND_POLLUTED_SOIL, NULL).role,
                     EVIDENCE_HISTORY);
    struct layer_config line = layer_of("bdtopo-ligne-electrique");
    struct evidence e = evidence_of(&line, KIND_RIGHT_OF_WAY, NULL);
    assert_int_equal(e.role, EVIDENCE_NETWORK);
    assert_int_equal(e.warning, WARN_POWER_LINE);
}

static void contents_as_laboratories_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double content;
    } cases[] = {{"3.5", 3.5}, {"0,45", 0.45}, {"< 0,4", 0.4},
                 {"0", 0},     {"-1", NAN},    {"n.d.", NAN},
                 {"", NAN},    {NULL, NAN},    {"1e3", 1000}};
    struct layer_config layer = {.metals = {[METAL_Zn] = "zn"}};
    const char *fields[EVIDENCE_FIELDS_MAX], *value[1];
    size_t count;
    evidence_fields(&layer, KIND_POLLUTED_SOIL, fields, &count);
    assert_int_equal(count, 1);
    assert_string_equal(fields[0], "zn");
    struct feature feature = {.values = value};
    struct vector vector = {.features = &feature, .count = 1};
    struct evidence e = evidence_of(&layer, KIND_POLLUTED_SOIL, &vector);
    assert_true(e.sampled);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        value[0] = cases[i].text;
        double content = evidence_content(&e, 0, METAL_Zn);
        assert_true(isnan(cases[i].content) ? isnan(content)
                                            : content == cases[i].content);
        assert_true(isnan(evidence_content(&e, 0, METAL_Cd)));
    }
}

/* The spellings of CNIG, of files that lost their accents, of the ARS. */
static void perimeters(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum perimeter perimeter;
    } cases[] = {{"Périmètre de protection immédiat", PERIMETER_IMMEDIATE},
                 {"PERIMETRE DE PROTECTION RAPPROCHEE", PERIMETER_CLOSE},
                 {"P\xef\xbf\xbdrim. rapproch\xef\xbf\xbd"
                  "e",
                  PERIMETER_CLOSE},
                 {"Périmètre de protection éloignée", PERIMETER_FAR},
                 {"21", PERIMETER_CLOSE},
                 {"1", PERIMETER_IMMEDIATE},
                 {"32", PERIMETER_FAR},
                 {"autre", PERIMETER_NONE},
                 {NULL, PERIMETER_NONE}};
    struct layer_config layer = layer_of("sup");
    const char *value[1];
    struct feature feature = {.values = value};
    struct vector vector = {.features = &feature, .count = 1};
    struct evidence e = evidence_of(&layer, KIND_CATCHMENT, &vector);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        value[0] = cases[i].text;
        assert_int_equal(evidence_perimeter(&e, 0), cases[i].perimeter);
    }
}

/* Layers are compared by what all their features say. */
static void layers_say_the_same_or_not(void **state)
{
    (void)state;
    static const struct evidence state_ = {.role = EVIDENCE_STATE},
                                 plain = {.role = EVIDENCE_PLAIN},
                                 history = {.role = EVIDENCE_HISTORY},
                                 perimeter = {.role = EVIDENCE_PERIMETER},
                                 sampled = {.role = EVIDENCE_STATE,
                                            .sampled = true},
                                 road = {.role = EVIDENCE_NETWORK,
                                         .warning = WARN_ROAD},
                                 rail = {.role = EVIDENCE_NETWORK,
                                         .warning = WARN_RAILWAY};
    assert_int_equal(evidence_saying(&state_), evidence_saying(&plain));
    assert_int_not_equal(evidence_saying(&state_), evidence_saying(&history));
    assert_int_not_equal(evidence_saying(&road), evidence_saying(&rail));
    assert_int_not_equal(evidence_saying(&road), evidence_saying(&plain));
    assert_int_equal(evidence_saying(&perimeter), -1);
    assert_int_equal(evidence_saying(&sampled), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(profiles_exist),
        cmocka_unit_test(roles_go_with_kinds),
        cmocka_unit_test(contents_as_laboratories_write_them),
        cmocka_unit_test(perimeters),
        cmocka_unit_test(layers_say_the_same_or_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
