#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "run/batch.h"

enum {
    MOST = 8
};

/* The names that project files get, given one after the other. */
static void check(const char *const *projects, const char *const *names)
{
    struct batch_entry entries[MOST] = {{.name = NULL}};
    struct batch batch = {.out = "out", .entries = entries};
    for (; projects[batch.count]; batch.count++)
        entries[batch.count].project = projects[batch.count];
    assert_int_equal(batch_name(&batch), TERRAMIS_OK);
    for (size_t i = 0; i < batch.count; i++) {
        assert_string_equal(entries[i].name, names[i]);
        free(entries[i].name);
    }
}

static void names_are_those_of_the_files(void **state)
{
    (void)state;
    check((const char *const[]){"caux.yaml", "/data/été 2026.yml", "no-suffix",
                                "a.b.yaml", NULL},
          (const char *const[]){"caux", "été 2026", "no-suffix", "a.b"});
}

static void names_are_unique(void **state)
{
    (void)state;
    check((const char *const[]){"terramis.yaml", "caux/terramis.yaml",
                                "/d/lisieux/terramis.yaml", "terramis.yaml",
                                "x/caux/TERRAMIS.yaml", "../terramis.yml",
                                NULL},
          (const char *const[]){"terramis", "caux-terramis", "lisieux-terramis",
                                "terramis-2", "caux-TERRAMIS-2", "terramis-3"});
}

static void names_are_folders_that_are_seen(void **state)
{
    (void)state;
    check((const char *const[]){".yaml", "..yaml", "a/.hidden.yaml", NULL},
          (const char *const[]){"_.yaml", "_.", "_.hidden"});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_those_of_the_files),
        cmocka_unit_test(names_are_unique),
        cmocka_unit_test(names_are_folders_that_are_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
