#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/log.h"
#include "fetch/answer.h"
#include "unit/fetch/server.h"
#include "unit/output/scratch.h"

static struct scratch scratch;

#define OK(body) "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" body

/* The status of an answer by a server with these replies; The server
 * counts. */
static enum terramis_status ask(struct server *s, struct json_object **json)
{
    struct cache *cache;
    struct cache_options options = {
        .folder = scratch.dir,
        .date = "2026-01-01",
        .limits = {
            .max_bytes = 10000, .timeout = 2, .wait = 0.01, .rate = 1000}};
    char address[96];
    server_start(s);
    snprintf(address, sizeof address, "%s/a", s->address);
    assert_int_equal(cache_open(&cache, &options), TERRAMIS_OK);
    struct answers answers = {.cache = cache, .max_bytes = 10000};
    enum terramis_status status = answer_json(&answers, address, "here", json);
    assert_int_equal(answers.count, status == TERRAMIS_OK);
    if (status == TERRAMIS_OK)
        assert_string_equal(answers.date, "2026-01-01");
    answer_forget(&answers);
    answers_release(&answers);
    cache_close(cache);
    server_stop(s);
    return status;
}

static void json_is_read(void **state)
{
    (void)state;
    struct json_object *json;
    struct server s = {
        .replies = {OK("\xEF\xBB\xBF {\"a\":[1,2],\"n\":7,\"t\":\"x\",\"u\":"
                       "\"unknown\",\"f\":\"12\"}")}};
    assert_int_equal(ask(&s, &json), TERRAMIS_OK);
    assert_int_equal(json_object_array_length(answer_array(json, "a")), 2);
    assert_null(answer_array(json, "n"));
    assert_null(answer_array(json, "none"));
    assert_int_equal(answer_count(json, "n"), 7);
    assert_int_equal(answer_count(json, "f"), 12);
    assert_int_equal(answer_count(json, "u"), -1);
    assert_int_equal(answer_count(json, "none"), -1);
    assert_string_equal(answer_text(json, "t"), "x");
    assert_null(answer_text(json, "none"));
    json_object_put(json);
}

static void cut_short_is_asked_for_again(void **state)
{
    (void)state;
    struct json_object *json;
    struct server s = {.replies = {OK("{\"a\":[1,"), OK("{\"a\":[1,2]}")}};
    assert_int_equal(ask(&s, &json), TERRAMIS_OK);
    json_object_put(json);
    struct server twice = {
        .replies = {OK("{\"a\":[1,"), OK("{\"a\":[1,"), OK("{\"a\":[1,2]}")}};
    assert_int_equal(ask(&twice, &json), TERRAMIS_INPUT);
    assert_int_equal(twice.count, 2);
    assert_null(json);
    assert_non_null(strstr(status_message(), "cut short"));
}

/* An exception after the features, as of a server that fails on the way. */
static void nothing_may_follow(void **state)
{
    (void)state;
    struct json_object *json;
    struct server s = {
        .replies = {OK("{\"a\":[1]}<?xml?>"), OK("{\"a\":[1]} \n")}};
    assert_int_equal(ask(&s, &json), TERRAMIS_OK);
    assert_int_equal(s.count, 2);
    json_object_put(json);
}

static void other_pages_are_quoted(void **state)
{
    (void)state;
    struct json_object *json;
    struct server s = {.replies = {OK("<?xml?><a>no <b>layer</b>\nx</a>"),
                                   OK("<?xml?><a>no <b>layer</b>\nx</a>")}};
    assert_int_equal(ask(&s, &json), TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "refuses: no layer x"));
    struct server number = {.replies = {OK("42"), OK("42")}};
    assert_int_equal(ask(&number, &json), TERRAMIS_INPUT);
    struct server more = {.replies = {OK("hello"), OK("hello")}};
    assert_int_equal(ask(&more, &json), TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "hello"));
}

static void names_of_crs(void **state)
{
    (void)state;
    static const struct {
        const char *name, *crs;
    } cases[] = {{"urn:ogc:def:crs:EPSG::2154", "EPSG:2154"},
                 {"urn:ogc:def:crs:EPSG:6.9:4326", "EPSG:4326"},
                 {"urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"},
                 {"EPSG:2154", "EPSG:2154"},
                 {"IGNF:LAMB93", NULL},
                 {"EPSG:x", NULL},
                 {"nothing", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char crs[64], text[256];
        snprintf(text, sizeof text,
                 "{\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"%s\"}"
                 "}}",
                 cases[i].name);
        struct json_object *json = json_tokener_parse(text);
        bool found = answer_crs(json, crs);
        assert_int_equal(found, cases[i].crs != NULL);
        if (found)
            assert_string_equal(crs, cases[i].crs);
        json_object_put(json);
    }
    char crs[64];
    struct json_object *json = json_tokener_parse("{\"crs\":null}");
    assert_false(answer_crs(json, crs));
    json_object_put(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_read),
        cmocka_unit_test(cut_short_is_asked_for_again),
        cmocka_unit_test(nothing_may_follow),
        cmocka_unit_test(other_pages_are_quoted),
        cmocka_unit_test(names_of_crs),
    };
    log_setup(true, false);
    setenv("no_proxy", "*", 1);
    scratch_open(&scratch);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_close(&scratch);
    return failed;
}
