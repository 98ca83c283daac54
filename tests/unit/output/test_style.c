#include "output/style.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "unit/output/fake.h"

static size_t count(const char *text, const char *what)
{
    size_t n = 0;
    for (; (text = strstr(text, what)); text += strlen(what))
        n++;
    return n;
}

static void every_class_has_a_symbol(void **state)
{
    struct fake *f = *state;
    struct fields fields;
    struct text xml = {0};
    assert_int_equal(fields_of_parcels(&fields, &f->plan), TERRAMIS_OK);
    style_parcels(&xml, &fields, STYLE_CLASS, LANGUAGE_FR);
    const char *text = text_get(&xml);
    assert_int_equal(count(text, "<category "), 6);
    assert_int_equal(count(text, "<symbol "), 6);
    assert_int_equal(count(text, "<alias "), fields.count);
    assert_non_null(strstr(text, "value=\"S1\" label=\"S1 – très favorable\""));
    assert_non_null(strstr(text, "value=\"\" label=\"Rien à planter\""));
    assert_non_null(strstr(text, "v=\"68,1,84,150\"")); /* S1: dark viridis */
    text_release(&xml);
    fields_release(&fields);
}

static void values_are_escaped(void **state)
{
    struct fake *f = *state;
    struct fields fields;
    struct text xml = {0};
    assert_int_equal(fields_of_parcels(&fields, &f->plan), TERRAMIS_OK);
    style_parcels(&xml, &fields, STYLE_LIMITING, LANGUAGE_FR);
    assert_null(strstr(text_get(&xml), "<douce>"));
    assert_int_equal(count(text_get(&xml), "<category "), FAKE_FACTORS + 1);
    text_release(&xml);
    fields_release(&fields);
}

static void sites_by_size(void **state)
{
    struct fake *f = *state;
    struct fields fields;
    struct text xml = {0};
    assert_int_equal(fields_of_sites(&fields, &f->plan), TERRAMIS_OK);
    style_sites(&xml, &fields, LANGUAGE_EN);
    assert_int_equal(count(text_get(&xml), "<range "), 3);
    assert_non_null(strstr(text_get(&xml), "lower=\"1\" upper=\"5\" "
                                           "label=\"1 to 5 ha\""));
    text_release(&xml);
    fields_release(&fields);
}

static void rasters_have_pipes(void **state)
{
    static const size_t entries[] = {0, 6, FAKE_FACTORS, 7};
    struct fake *f = *state;
    for (int raster = 0; raster < 4; raster++) {
        struct text xml = {0};
        assert_int_equal(style_raster(&xml, &f->plan, raster), TERRAMIS_OK);
        assert_int_equal(count(text_get(&xml), "<paletteEntry "),
                         entries[raster]);
        assert_int_equal(count(text_get(&xml), "name=\"[source]\""),
                         raster == 0);
        text_release(&xml);
    }
}

int main(void)
{
    static struct fake fake;
    fake_open(&fake);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(every_class_has_a_symbol, &fake),
        cmocka_unit_test_prestate(values_are_escaped, &fake),
        cmocka_unit_test_prestate(sites_by_size, &fake),
        cmocka_unit_test_prestate(rasters_have_pipes, &fake),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fake_close(&fake);
    return failed;
}
