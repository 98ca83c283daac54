#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "output/map_tip.h"
#include "unit/output/fake.h"

static void parcels(struct fake *f, struct text *html)
{
    struct fields fields = {0};
    assert_int_equal(fields_of_parcels(&fields, &f->plan), TERRAMIS_OK);
    map_tip_parcel(html, &fields, LANGUAGE_FR);
    assert_int_equal(text_status(html), TERRAMIS_OK);
    fields_release(&fields);
}

/* Titles are the project's: they end neither a string nor an expression. */
static void titles_are_inert(void **state)
{
    struct fake *f = *state;
    struct text html = {0};
    f->factor_configs[1].title = "a'b\\ %] [% \"<i>&";
    parcels(f, &html);
    assert_non_null(strstr(text_get(&html), "<td>Pente &lt;douce&gt;</td>"));
    assert_non_null(
        strstr(text_get(&html),
               "<td>a&#39;b&#92; &#37;] &#91;&#37; &quot;&lt;i&gt;&amp;</td>"));
    f->factor_configs[1].title = NULL;
    text_release(&html);
}

/* Contributions where they add up, memberships where they do not. */
static void bars_have_a_number(void **state)
{
    struct fake *f = *state;
    struct text html = {0};
    parcels(f, &html);
    assert_non_null(
        strstr(text_get(&html), "format_number(\"c_slope\",1,'fr')"));
    text_release(&html);
    f->config.combine.op = registry_find(&combiner_registry, "limiting");
    parcels(f, &html);
    assert_null(strstr(text_get(&html), "c_slope"));
    assert_non_null(
        strstr(text_get(&html), "format_number(\"m_slope\",2,'fr')"));
    f->config.combine.op = registry_find(&combiner_registry, "wlc");
    text_release(&html);
}

static void sites_have_no_factors(void **state)
{
    struct fake *f = *state;
    struct fields fields = {0};
    struct text html = {0};
    assert_int_equal(fields_of_sites(&fields, &f->plan), TERRAMIS_OK);
    map_tip_site(&html, &fields, LANGUAGE_EN);
    assert_null(strstr(text_get(&html), "m_slope"));
    assert_non_null(
        strstr(text_get(&html), "nullif(\"plantable_ha\",0),2,'en'"));
    text_release(&html);
    fields_release(&fields);
}

int main(void)
{
    static struct fake fake;
    fake_open(&fake);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(titles_are_inert, &fake),
        cmocka_unit_test_prestate(bars_have_a_number, &fake),
        cmocka_unit_test_prestate(sites_have_no_factors, &fake),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fake_close(&fake);
    return failed;
}
