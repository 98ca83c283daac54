#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"
#include "cases.h"
#include "config/yaml.h"

static void dump(struct text *out, const struct setting *setting)
{
    bool map = setting->kind == SETTING_MAP;
    text_addf(out, "%d:%d", setting->at.line, setting->at.column);
    if (setting->kind == SETTING_SCALAR) {
        const char *quote = setting->quoted ? "\"" : "";
        text_addf(out, " %s", quote);
        const char *text = setting->text ? setting->text : "null";
        for (; *text; text++)
            text_addf(out, *text == '\n' ? "\\n" : "%c", *text);
        text_add(out, quote);
        return;
    }
    text_add(out, map ? "{" : "[");
    for (size_t i = 0; i < setting->count; i++) {
        const struct setting *item = &setting->items[i];
        text_add(out, i ? ", " : "");
        if (map)
            text_addf(out, "%d:%d %s = ", item->key_at.line,
                      item->key_at.column, item->key);
        else
            assert_null(item->key);
        dump(out, item);
    }
    text_add(out, map ? "}" : "]");
}

static enum terramis_status parse(const char *data, size_t size)
{
    struct arena arena = {0};
    struct setting root;
    enum terramis_status status =
        yaml_parse("p.yaml", data, size, &arena, &root);
    arena_release(&arena);
    return status;
}

static void assert_message(const char *data, const char *message)
{
    assert_int_equal(parse(data, strlen(data)), TERRAMIS_PROJECT);
    assert_string_equal(status_message(), message);
}

static void cases_have_their_trees(void **state)
{
    (void)state;
    FILE *file = fopen("tests/data/config/yaml.txt", "r");
    assert_non_null(file);
    static struct test_case c;
    static char line[1024];
    int wrong = 0, count = 0;
    for (line[0] = '\0'; cases_next(file, line, &c); count++) {
        struct arena arena = {0};
        struct setting root;
        struct text found = {0};
        /* exactly as long as the input, so that ASan sees one byte more */
        char *data = malloc(strlen(c.input) + 1);
        assert_non_null(data);
        memcpy(data, c.input, strlen(c.input));
        if (yaml_parse("p", data, strlen(c.input), &arena, &root))
            text_addf(&found, "%s\n", status_message());
        else
            dump(&found, &root), text_add(&found, "\n");
        free(data);
        if (strcmp(text_get(&found), c.expected) != 0) {
            printf("== %s\n%s-- expected\n%s-- found (0)\n%s", c.title, c.input,
                   c.expected, text_get(&found));
            wrong++;
        }
        text_release(&found);
        arena_release(&arena);
    }
    fclose(file);
    assert_true(count > 20);
    assert_int_equal(wrong, 0);
}

static void other_encodings_are_refused(void **state)
{
    (void)state;
    assert_message("a: 1\nb: \xE9t\xE9\n",
                   "p.yaml:2:4: not UTF-8 text. Save the file with the "
                   "encoding UTF-8");
    static const char *const wrong[] = {"a: \xC0\xAF",
                                        "a: \xE0\x80\xAF",
                                        "a: \xED\xA0\x80",
                                        "a: \xF4\x90\x80\x80",
                                        "a: \xF0\x80\x80\xAF",
                                        "a: \xE2\x82",
                                        "a: \x80",
                                        "a: \xF5\x80\x80\x80",
                                        "a: \xC3"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(parse(wrong[i], strlen(wrong[i])), TERRAMIS_PROJECT);
    assert_int_equal(parse("a: \xE2\x82\xAC \xF0\x9F\x8C\xBE", 11),
                     TERRAMIS_OK);
    assert_int_equal(parse("\xEF\xBB\xBF"
                           "a: 1\r\nb: 2\r\n",
                           15),
                     TERRAMIS_OK);
}

static void nul_bytes_are_refused(void **state)
{
    (void)state;
    assert_int_equal(parse("a: 1\nb\0: 2", 10), TERRAMIS_PROJECT);
    assert_string_equal(status_message(),
                        "p.yaml:2:2: a NUL byte: this is no text file, or one "
                        "in UTF-16. Save it with the encoding UTF-8");
}

/* Ten anchors of ten aliases each: 10^10 settings from 500 bytes. */
static void anchor_bombs_are_refused(void **state)
{
    (void)state;
    struct text bomb = {0};
    text_add(&bomb, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
        text_addf(&bomb, "a%d: &a%d [", i, i);
        for (int k = 0; k < 10; k++)
            text_addf(&bomb, "%s*a%d", k ? ", " : "", i - 1);
        text_add(&bomb, "]\n");
    }
    assert_message(text_get(&bomb),
                   "p.yaml:5:45: more than 100000 settings, counting an alias "
                   "(*name) as all that it stands for. Use fewer");
    text_release(&bomb);
}

static void depth_is_limited(void **state)
{
    (void)state;
    struct text deep = {0};
    text_add(&deep, "a: ");
    for (int i = 0; i < 63; i++)
        text_add(&deep, "[");
    for (int i = 0; i < 63; i++)
        text_add(&deep, "]");
    assert_int_equal(parse(text_get(&deep), deep.length), TERRAMIS_OK);
    text_release(&deep);
    text_add(&deep, "a: ");
    for (int i = 0; i < 5000; i++)
        text_add(&deep, "[");
    assert_message(text_get(&deep),
                   "p.yaml:1:67: maps and lists inside one another deeper than "
                   "64 levels");
    text_release(&deep);
    /* each line is one level, but stands for all of those before */
    text_add(&deep, "a0: &a0 [1]\n");
    for (int i = 1; i < 100; i++)
        text_addf(&deep, "a%d: &a%d [*a%d]\n", i, i, i - 1);
    assert_message(
        text_get(&deep),
        "p.yaml:64:12: maps and lists inside one another deeper than "
        "64 levels");
    text_release(&deep);
}

static void nodes_and_anchors_are_limited(void **state)
{
    (void)state;
    struct text many = {0};
    for (int i = 0; i < 1001; i++)
        text_addf(&many, "k%d: &a%d 1\n", i, i);
    assert_message(text_get(&many), "p.yaml:1001:15: more than 1000 anchors "
                                    "(&name). Use fewer");
    text_release(&many);
    text_add(&many, "a: [");
    for (int i = 0; i < 100000; i++)
        text_add(&many, "1,");
    text_add(&many, "1]");
    assert_int_equal(parse(text_get(&many), many.length), TERRAMIS_PROJECT);
    text_release(&many);
}

static enum terramis_status read_file(const char *path)
{
    struct arena arena = {0};
    struct setting root;
    enum terramis_status status = yaml_read(path, &arena, &root);
    arena_release(&arena);
    return status;
}

static void files_that_cannot_be_read(void **state)
{
    (void)state;
    char path[] = "/tmp/terramis-test-XXXXXX", message[256];
    int handle = mkstemp(path);
    assert_true(handle >= 0);
    assert_int_equal(write(handle, "a: 1\n", 5), 5);
    assert_int_equal(read_file(path), TERRAMIS_OK);

    assert_int_equal(ftruncate(handle, YAML_SIZE_MAX + 1), 0);
    assert_int_equal(read_file(path), TERRAMIS_PROJECT);
    snprintf(message, sizeof message,
             "%s is larger than 16 MB: no project file", path);
    assert_string_equal(status_message(), message);

    if (geteuid() != 0) { /* root may read everything */
        assert_int_equal(chmod(path, 0), 0);
        assert_int_equal(read_file(path), TERRAMIS_PROJECT);
        assert_non_null(strstr(status_message(), "Permission denied"));
    }
    close(handle);
    unlink(path);
    assert_int_equal(read_file(path), TERRAMIS_PROJECT);
    snprintf(message, sizeof message,
             "cannot open project file %s: No such file or directory", path);
    assert_string_equal(status_message(), message);
    assert_int_equal(read_file("tests"), TERRAMIS_PROJECT);
    assert_string_equal(status_message(),
                        "tests is a folder. Name the project file in it");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_have_their_trees),
        cmocka_unit_test(other_encodings_are_refused),
        cmocka_unit_test(nul_bytes_are_refused),
        cmocka_unit_test(anchor_bombs_are_refused),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(nodes_and_anchors_are_limited),
        cmocka_unit_test(files_that_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
