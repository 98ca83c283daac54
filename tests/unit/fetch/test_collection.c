#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/log.h"
#include "fetch/collection.h"
#include "unit/output/scratch.h"

static struct scratch scratch;

static void begin(struct collection *c)
{
    *c = (struct collection){.wanted = "EPSG:2154",
                             .area = {520000, 6940000, 521000, 6941000},
                             .degrees = {0.5, 49.5, 0.6, 49.6}};
    assert_int_equal(collection_begin(c, scratch_path(&scratch, "c.geojson")),
                     TERRAMIS_OK);
}

static enum terramis_status add(struct collection *c, const char *features,
                                const char *key, const char *crs)
{
    struct json_object *list = json_tokener_parse(features);
    assert_non_null(list);
    enum terramis_status status = collection_add(c, "here", list, key, crs);
    json_object_put(list);
    return status;
}

/* Ends the collection; the file's text, caller frees. */
static char *finished(struct collection *c)
{
    long size = 0;
    assert_int_equal(collection_end(c), TERRAMIS_OK);
    char *bytes = scratch_bytes(scratch_path(&scratch, "c.geojson"), &size);
    assert_non_null(bytes);
    bytes[size] = '\0';
    return bytes;
}

#define AT(id, x, y)                                                           \
    "{\"id\":\"" id "\",\"properties\":{\"k\":\"" id                           \
    "\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[" #x "," #y "]}}"

static void features_of_pages_become_one_file(void **state)
{
    (void)state;
    struct collection c;
    begin(&c);
    assert_int_equal(
        add(&c, "[" AT("a", 520001, 6940001) "]", NULL, "EPSG:2154"),
        TERRAMIS_OK);
    assert_int_equal(add(&c, "[]", NULL, NULL), TERRAMIS_OK);
    assert_int_equal(add(&c, "[" AT("b", 520002, 6940002) "]", NULL, NULL),
                     TERRAMIS_OK);
    assert_int_equal(c.counts.written, 2);
    char *text = finished(&c);
    assert_string_equal(
        text, "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\","
              "\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::2154\"}},"
              "\"features\":[\n"
              "{\"type\":\"Feature\",\"properties\":{\"k\":\"a\"},\"geometry\":"
              "{\"type\":\"Point\",\"coordinates\":[520001,6940001]}},\n"
              "{\"type\":\"Feature\",\"properties\":{\"k\":\"b\"},\"geometry\":"
              "{\"type\":\"Point\",\"coordinates\":[520002,6940002]}}\n]}\n");
    free(text);
}

static void repeats_are_seen_and_left_out(void **state)
{
    (void)state;
    struct collection c;
    begin(&c);
    const char *both =
        "[" AT("a", 520001, 6940001) "," AT("b", 520002, 6940002) "]";
    assert_int_equal(add(&c, both, "k", NULL), TERRAMIS_OK);
    assert_int_equal(add(&c, "[" AT("a", 520001, 6940001) "]", "k", NULL),
                     TERRAMIS_OK);
    assert_int_equal(c.counts.repeated, 1);
    assert_int_equal(c.counts.again, 0);
    collection_next_part(&c); /* another extent that overlaps the first */
    assert_int_equal(add(&c, both, "k", NULL), TERRAMIS_OK);
    assert_int_equal(c.counts.again, 2);
    assert_int_equal(c.counts.written, 2);
    assert_int_equal(add(&c, "[{\"properties\":{}}]", "k", NULL),
                     TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "no field 'k'"));
    collection_cancel(&c);
    assert_int_equal(scratch_count(&scratch), 1); /* of the test before */
}

static void null_geometry_is_kept(void **state)
{
    (void)state;
    struct collection c;
    begin(&c);
    assert_int_equal(add(&c,
                         "[{\"properties\":{\"n\":1},\"geometry\":null},"
                         "{\"properties\":{\"n\":2}}]",
                         NULL, NULL),
                     TERRAMIS_OK);
    assert_int_equal(c.counts.without_geometry, 2);
    char *text = finished(&c);
    assert_non_null(strstr(text, "CRS84"));
    assert_non_null(strstr(text, "{\"n\":2},\"geometry\":null}"));
    free(text);
}

static void exchanged_axes_are_turned(void **state)
{
    (void)state;
    struct collection c;
    begin(&c);
    assert_int_equal(add(&c, "[" AT("a", 49.55, 0.55) "]", NULL, "EPSG:4326"),
                     TERRAMIS_OK);
    assert_int_equal(c.counts.turned, 1);
    char *text = finished(&c);
    assert_non_null(strstr(text, "[0.55,49.55]"));
    free(text);
    begin(&c);
    assert_int_equal(
        add(&c, "[" AT("a", 6940001, 520001) "]", NULL, "EPSG:2154"),
        TERRAMIS_OK);
    assert_int_equal(c.counts.turned, 1);
    collection_cancel(&c);
}

static void objects_of_elsewhere_are_refused(void **state)
{
    (void)state;
    struct collection c;
    begin(&c);
    assert_int_equal(add(&c, "[" AT("a", 2.5, 48.5) "]", NULL, "EPSG:4326"),
                     TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "lie elsewhere"));
    collection_cancel(&c);
    begin(&c);
    assert_int_equal(add(&c, "[" AT("a", 0.55, 49.55) "]", NULL, NULL),
                     TERRAMIS_OK);
    assert_string_equal(c.crs, "EPSG:4326"); /* by its numbers */
    assert_int_equal(
        add(&c, "[" AT("b", 520001, 6940001) "]", NULL, "EPSG:2154"),
        TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "EPSG:4326 and in EPSG:2154"));
    assert_int_equal(add(&c, "[7]", NULL, NULL), TERRAMIS_INPUT);
    collection_cancel(&c);
}

static void by_code_elsewhere_is_a_warning(void **state)
{
    (void)state;
    struct collection c;
    begin(&c);
    c.lenient = true;
    assert_int_equal(add(&c, "[" AT("a", 2.5, 48.5) "]", NULL, "EPSG:4326"),
                     TERRAMIS_OK);
    assert_int_equal(c.counts.written, 1);
    assert_int_equal(add(&c, "[{\"properties\":{}}]", NULL, NULL), TERRAMIS_OK);
    assert_int_equal(c.counts.nameless, 1);
    collection_cancel(&c);
}

/* Of a service that has one more page, always. */
static void a_layer_does_not_grow_for_ever(void **state)
{
    (void)state;
    struct collection c;
    begin(&c);
    c.max_bytes = 400;
    assert_int_equal(add(&c, "[" AT("a", 520001, 6940001) "]", NULL, NULL),
                     TERRAMIS_OK);
    enum terramis_status status = TERRAMIS_OK;
    for (int i = 0; i < 9 && status == TERRAMIS_OK; i++)
        status = add(&c, "[{\"properties\":{},\"geometry\":null}]", NULL, NULL);
    assert_int_equal(status, TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "max_size"));
    collection_cancel(&c);
}

static void places_that_are_none(void **state)
{
    (void)state;
    struct collection c;
    begin(&c);
    assert_int_equal(add(&c, "[" AT("a", 520001, 6940001) "]", NULL, NULL),
                     TERRAMIS_OK);
    assert_int_equal(add(&c, "[" AT("b", NaN, 6940001) "]", NULL, NULL),
                     TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "coordinates that are none"));
    assert_int_equal(add(&c,
                         "[{\"properties\":{},\"geometry\":{\"type\":"
                         "\"LineString\",\"coordinates\":[]}}]",
                         NULL, "EPSG:2154"),
                     TERRAMIS_OK);
    assert_int_equal(c.counts.without_geometry, 1);
    collection_cancel(&c);
}

static void nothing_is_a_collection_too(void **state)
{
    (void)state;
    struct collection c;
    begin(&c);
    char *text = finished(&c);
    assert_non_null(strstr(text, "EPSG::2154"));
    assert_non_null(strstr(text, "\"features\":[\n\n]}"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(features_of_pages_become_one_file),
        cmocka_unit_test(repeats_are_seen_and_left_out),
        cmocka_unit_test(null_geometry_is_kept),
        cmocka_unit_test(exchanged_axes_are_turned),
        cmocka_unit_test(objects_of_elsewhere_are_refused),
        cmocka_unit_test(by_code_elsewhere_is_a_warning),
        cmocka_unit_test(a_layer_does_not_grow_for_ever),
        cmocka_unit_test(places_that_are_none),
        cmocka_unit_test(nothing_is_a_collection_too),
    };
    log_setup(true, false);
    scratch_open(&scratch);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_close(&scratch);
    return failed;
}
