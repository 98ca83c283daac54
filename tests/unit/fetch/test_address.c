#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fetch/address.h"

static void only_the_web(void **state)
{
    (void)state;
    assert_true(address_is_web("https://data.geopf.fr/wfs/ows"));
    assert_true(address_is_web("http://127.0.0.1:8080/a?b=c"));
    assert_true(address_is_web("HTTPS://DATA.GEOPF.FR"));
    static const char *const others[] = {"file:///etc/passwd",
                                         "ftp://a.fr/b",
                                         "/vsicurl/http://a.fr",
                                         "a.fr/b",
                                         "",
                                         "https://user:word@a.fr/",
                                         "gopher://a.fr",
                                         "javascript:1"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(address_is_web(others[i]));
}

static void redirects_stay_at_home(void **state)
{
    (void)state;
    const char *listed[] = {"cdn.fr"};
    struct texts hosts = {.items = listed, .count = 1};
    static const struct {
        const char *from, *to;
        bool fine;
    } cases[] = {
        {"https://a.fr/1", "https://a.fr/2", true},
        {"https://a.fr/1", "https://A.FR:443/2", true},
        {"http://a.fr/1", "https://a.fr/2", true},
        {"https://a.fr/1", "http://a.fr/2", false}, /* not encrypted */
        {"https://a.fr/1", "https://b.a.fr/2", false},
        {"https://a.fr/1", "https://a.fr.evil.com/2", false},
        {"https://a.fr/1", "https://a.fr@evil.com/2", false},
        {"http://a.fr:8000/1", "http://a.fr:22/2", false},
        {"https://a.fr/1", "file:///etc/passwd", false},
        {"https://a.fr/1", "https://cdn.fr/2", true},
        {"https://a.fr/1", "http://cdn.fr/2", false},
        {"https://a.fr/1", "not an address", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum terramis_status status =
            address_may_follow("wfs", cases[i].from, cases[i].to, &hosts);
        assert_int_equal(status, cases[i].fine ? TERRAMIS_OK : TERRAMIS_INPUT);
    }
    assert_int_equal(
        address_may_follow("wfs", "https://a.fr/1", "https://cdn.fr/2", NULL),
        TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "hosts: [cdn.fr]"));
    assert_int_equal(address_may_follow("wfs", "https://a.fr/1",
                                        "https://me:secret@a.fr/@2", NULL),
                     TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), " https://...@a.fr/@2,"));
}

static void values_are_escaped(void **state)
{
    (void)state;
    struct text text = {0};
    text_add(&text, "https://a.fr/wfs");
    address_add(&text, "TYPENAMES", "BDTOPO_V3:batiment");
    address_addf(&text, "q", "%d & é='x'", 5);
    assert_string_equal(text_get(&text),
                        "https://a.fr/wfs?TYPENAMES=BDTOPO_V3:batiment"
                        "&q=5%20%26%20%C3%A9%3D%27x%27");
    text_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_web),
        cmocka_unit_test(redirects_stay_at_home),
        cmocka_unit_test(values_are_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
