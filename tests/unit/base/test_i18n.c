#include <errno.h>
#include <locale.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "terramis.h"

static void a_language_is_a_locale_without_its_encoding(void **state)
{
    (void)state;
    char language[8];
    i18n_language("fr_FR.UTF-8", language, sizeof language);
    assert_string_equal(language, "fr_FR");
    i18n_language("fr_BE@euro", language, sizeof language);
    assert_string_equal(language, "fr_BE");
    i18n_language("fr", language, sizeof language);
    assert_string_equal(language, "fr");
    i18n_language("", language, sizeof language);
    assert_string_equal(language, "");
    i18n_language("a_very_long_name", language, sizeof language);
    assert_string_equal(language, "a_very_");
}

static void make_folders(const char *top, const char *below)
{
    char path[256];
    snprintf(path, sizeof path, "%s%s", top, below);
    for (char *c = path + strlen(top) + 1; *c; c++)
        if (*c == '/') {
            *c = '\0';
            assert_true(mkdir(path, 0777) == 0 || errno == EEXIST);
            *c = '/';
        }
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fclose(file);
}

static void remove_all(const char *top, const char *below)
{
    char path[256];
    snprintf(path, sizeof path, "%s%s", top, below);
    for (char *end = path + strlen(path); end > path + strlen(top);
         end = strrchr(path, '/')) {
        *end = '\0';
        remove(path);
    }
}

static void catalogues_are_found_from_the_program(void **state)
{
    (void)state;
    static const char file[] = "/fr/LC_MESSAGES/terramis.mo";
    static const struct {
        const char *catalogues, *program, *found;
    } rows[] = {{"/locale", "/terramis", "/locale"},
                {"/locale", "/asan/terramis", "/asan/../locale"},
                {"/share/locale", "/bin/terramis", "/bin/../share/locale"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char top[] = "/tmp/terramis-test-XXXXXX", below[128], program[128];
        char wanted[128], found[128];
        assert_non_null(mkdtemp(top));
        snprintf(below, sizeof below, "%s%s", rows[i].catalogues, file);
        snprintf(program, sizeof program, "%s%s", top, rows[i].program);
        snprintf(wanted, sizeof wanted, "%s%s", top, rows[i].found);
        make_folders(top, rows[i].program);
        assert_false(i18n_find(program, found, sizeof found));
        make_folders(top, below);
        assert_true(i18n_find(program, found, sizeof found));
        assert_string_equal(found, wanted);
        assert_false(i18n_find(program, found, strlen(wanted)));
        remove_all(top, below);
        remove_all(top, rows[i].program);
        assert_int_equal(rmdir(top), 0);
    }
}

static void a_program_without_a_path_has_none(void **state)
{
    (void)state;
    char found[64];
    assert_false(i18n_find("terramis", found, sizeof found));
    assert_false(i18n_find("", found, sizeof found));
}

/* Whatever the environment asks for, numbers keep their points. */
static void numbers_do_not_change(void **state)
{
    (void)state;
    setenv("LC_ALL", "fr_FR.UTF-8", 1);
    unsetenv("LANGUAGE");
    terramis_setup_language();
    assert_string_equal(setlocale(LC_NUMERIC, NULL), "C");
    assert_string_not_equal(setlocale(LC_MESSAGES, NULL), "C");
    char text[8];
    snprintf(text, sizeof text, "%.1f", 0.5);
    assert_string_equal(text, "0.5");
    assert_string_equal(_("no catalogue has this"), "no catalogue has this");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_language_is_a_locale_without_its_encoding),
        cmocka_unit_test(catalogues_are_found_from_the_program),
        cmocka_unit_test(a_program_without_a_path_has_none),
        cmocka_unit_test(numbers_do_not_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
