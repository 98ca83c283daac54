#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <json-c/json.h>

#include "output/manifest.h"
#include "unit/output/atlas_case.h"

static struct atlas_case c;
static char project[384], source[384]; /* as scratch.path */

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    fputs(text, file);
    fclose(file);
}

/* The inputs lie beside the stage folder's files, which is of no matter. */
static int open_case(void **state)
{
    (void)state;
    atlas_case_open(&c);
    struct scratch *s = &c.fake.scratch;
    snprintf(project, sizeof project, "%s", scratch_path(s, "p.yaml"));
    snprintf(source, sizeof source, "%s", scratch_path(s, "a.shp"));
    write_text(project, "version: 1\n");
    write_text(source, "abc");
    write_text(scratch_path(s, "a.dbf"), "");
    c.fake.config.path = project;
    c.fake.layer.source = (struct path){.text = "v/a.shp", .full = source};
    return 0;
}

static int close_case(void **state)
{
    (void)state;
    atlas_case_close(&c);
    return 0;
}

static struct json_object *field(struct json_object *map, const char *key)
{
    struct json_object *value = NULL;
    assert_true(json_object_object_get_ex(map, key, &value));
    return value;
}

static const char *text_of(struct json_object *map, const char *key)
{
    return json_object_get_string(field(map, key));
}

static struct json_object *read_manifest(void)
{
    assert_int_equal(manifest_write(&c.fake.job), TERRAMIS_OK);
    return json_object_from_file(scratch_path(&c.fake.scratch, MANIFEST_NAME));
}

static void test_inputs(void **state)
{
    (void)state;
    struct json_object *root = read_manifest();
    struct json_object *inputs = field(root, "inputs");
    assert_int_equal(json_object_array_length(inputs), 2);
    struct json_object *input = json_object_array_get_idx(inputs, 1);
    assert_string_equal(text_of(input, "role"), "parcels");
    assert_string_equal(text_of(input, "source"), "v/a.shp");
    assert_string_equal(text_of(input, "title"), "Cadastre");
    assert_int_equal(json_object_get_int(field(input, "bytes")), 3);
    struct json_object *companions = field(input, "companions");
    assert_int_equal(json_object_array_length(companions), 1);
    assert_string_equal(
        text_of(json_object_array_get_idx(companions, 0), "source"), "v/a.dbf");
    /* the project's path is absolute here: only its name is told */
    assert_string_equal(text_of(field(root, "project"), "path"), "p.yaml");
    json_object_put(root);
}

static void test_areas(void **state)
{
    (void)state;
    struct json_object *root = read_manifest();
    struct json_object *t =
        json_object_array_get_idx(field(root, "territories"), 0);
    assert_string_equal(text_of(t, "status"), "done");
    assert_true(json_object_get_double(field(t, "marginal_ha")) == 4);
    assert_true(json_object_get_double(field(t, "plantable_ha")) == 3);
    struct json_object *excluded = field(t, "excluded_ha");
    assert_true(json_object_get_double(field(excluded, "eau")) == 0);
    assert_true(json_object_get_double(field(excluded, "emprise")) == 1);
    assert_int_equal(json_object_get_int(field(t, "parcels")), 4);
    assert_int_equal(json_object_get_int(field(t, "ranked")), 3);
    assert_true(json_object_get_double(
                    field(field(root, "weights"), "slope")) == 0.625);
    json_object_put(root);
}

static void test_outputs_are_sorted(void **state)
{
    (void)state;
    struct json_object *root = read_manifest();
    struct json_object *outputs = field(root, "outputs");
    const char *before = "";
    size_t count = json_object_array_length(outputs);
    assert_true(count >= 4);
    for (size_t i = 0; i < count; i++) {
        const char *path =
            text_of(json_object_array_get_idx(outputs, i), "path");
        assert_true(strcmp(before, path) < 0);
        assert_string_not_equal(path, MANIFEST_NAME);
        before = path;
    }
    json_object_put(root);
}

static void test_same_bytes_twice(void **state)
{
    (void)state;
    long a_size, b_size;
    const char *path = scratch_path(&c.fake.scratch, MANIFEST_NAME);
    assert_int_equal(manifest_write(&c.fake.job), TERRAMIS_OK);
    char *a = scratch_bytes(path, &a_size);
    assert_int_equal(manifest_write(&c.fake.job), TERRAMIS_OK);
    char *b = scratch_bytes(path, &b_size);
    assert_int_equal(a_size, b_size);
    assert_memory_equal(a, b, (size_t)a_size);
    assert_null(strstr(a, c.fake.scratch.dir));
    free(a);
    free(b);
}

static void test_failed_territory(void **state)
{
    (void)state;
    c.fake.result.done = false;
    struct json_object *root = read_manifest();
    struct json_object *t =
        json_object_array_get_idx(field(root, "territories"), 0);
    assert_string_equal(text_of(t, "status"), "failed");
    assert_string_equal(text_of(t, "id"), "pilote");
    assert_false(json_object_object_get_ex(t, "plantable_ha", NULL));
    json_object_put(root);
    c.fake.result.done = true;
}

static void test_lost_input(void **state)
{
    (void)state;
    c.fake.layer.source.full = "/nonexistent/a.shp";
    assert_int_equal(manifest_write(&c.fake.job), TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "/nonexistent/a.shp"));
    c.fake.layer.source.full = source;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inputs),
        cmocka_unit_test(test_areas),
        cmocka_unit_test(test_outputs_are_sorted),
        cmocka_unit_test(test_same_bytes_twice),
        cmocka_unit_test(test_failed_territory),
        cmocka_unit_test(test_lost_input)};
    return cmocka_run_group_tests(tests, open_case, close_case);
}
