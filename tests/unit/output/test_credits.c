#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/credits.h"

enum {
    LAYERS = 5
};

static struct layer_config layer(const char *file, const char *name,
                                 const char *title, const char *date)
{
    return (struct layer_config){.source = {.text = file, .full = file},
                                 .layer = name,
                                 .title = title,
                                 .date = date,
                                 .licence = date ? "LO 2.0" : NULL};
}

/* Layers of the same file and layer count once; those of the same date and
 * licence stand together. */
static void test_sources(void **state)
{
    (void)state;
    struct config config = {.language = LANGUAGE_FR};
    struct layer_config configs[LAYERS] = {
        layer("v/a.gpkg", "routes", "Routes", "2024-06"),
        layer("v/mine.gpkg", NULL, NULL, NULL),
        layer("v/a.gpkg", "eau", "Eau", "2024-06"),
        layer("v/a.gpkg", "routes", NULL, "2024-06"),
        layer("v/b.gpkg", "routes", "Autres", "2025-01")};
    struct plan_layer layers[LAYERS];
    for (int i = 0; i < LAYERS; i++)
        layers[i] = (struct plan_layer){.config = &configs[i]};
    struct plan plan = {
        .config = &config, .layers = layers, .layer_count = LAYERS};
    struct text text = {0};
    credits_sources(&text, &plan);
    assert_string_equal(text_get(&text),
                        "Routes, Eau (2024-06, LO 2.0)\u00a0; mine.gpkg\u00a0; "
                        "Autres (2025-01, LO 2.0)");
    text_release(&text);
}

static void test_date(void **state)
{
    (void)state;
    struct text text = {0};
    credits_date(&text, "2026-06-01", LANGUAGE_FR);
    text_add(&text, "|");
    credits_date(&text, "2026-06-01", LANGUAGE_EN);
    text_add(&text, "|");
    credits_date(&text, "soon", LANGUAGE_EN);
    assert_string_equal(text_get(&text), "1er juin 2026|1 June 2026|soon");
    text_release(&text);
}

static void test_classes(void **state)
{
    (void)state;
    struct config config = {.language = LANGUAGE_EN,
                            .classes = {75, 50, 25, 12.5}};
    struct plan plan = {.config = &config};
    struct text text = {0};
    credits_classes(&text, &plan);
    assert_string_equal(
        text_get(&text),
        "Classes by score: S1\u00a0≥\u00a075, S2\u00a0≥\u00a050, "
        "S3\u00a0≥\u00a025, N1\u00a0≥\u00a012.5, N2 below.");
    text_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sources),
                                       cmocka_unit_test(test_date),
                                       cmocka_unit_test(test_classes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
