#include "unit/run/files.h"

#include "run/swap.h"

static void fill(const char *folder, const char *text)
{
    char path[128];
    mkdir(folder, 0777);
    snprintf(path, sizeof path, "%s/file", folder);
    write_file(path, text);
}

static void takes_a_free_place(void **state)
{
    (void)state;
    fill("a", "new");
    assert_int_equal(swap_folders("a", "b", "c", true), 0);
    assert_true(holds("b/file", "new"));
    assert_false(exists("a"));
}

/* In one step, or in two where the file system knows no exchange. */
static void takes_the_place_of_another(void **state)
{
    (void)state;
    fill("new", "new");
    fill("out", "old");
    assert_int_equal(swap_folders("new", "out", "aside", true), 0);
    assert_true(holds("out/file", "new"));
    assert_true(holds("new/file", "old"));
    assert_int_equal(swap_folders("new", "out", "aside", false), 0);
    assert_true(holds("out/file", "old"));
    assert_true(holds("aside/file", "new"));
    assert_false(exists("new"));
}

static void a_failure_changes_nothing(void **state)
{
    (void)state;
    fill("place", "old");
    for (int exchange = 0; exchange < 2; exchange++) {
        assert_int_equal(swap_folders("missing", "place", "away", exchange),
                         TERRAMIS_OUTPUT);
        assert_non_null(strstr(status_message(), "place: cannot be replaced"));
        assert_true(holds("place/file", "old"));
        assert_false(exists("away"));
    }
}

static void what_was_put_aside_comes_back(void **state)
{
    (void)state;
    fill("put", "old");
    assert_int_equal(swap_repair("back", "put"), 0);
    assert_true(holds("back/file", "old"));
    fill("put", "older");
    assert_int_equal(swap_repair("back", "put"), 0); /* nothing to do */
    assert_true(holds("back/file", "old"));
    assert_int_equal(swap_repair("nothing", "at-all"), 0);
    assert_int_equal(swap_repair("no/where", "put"), TERRAMIS_OUTPUT);
}

static void obstacles(void **state)
{
    const char *dir = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/plain", dir);
    mkdir("plain", 0777);
    assert_null(swap_obstacle(path));
    assert_non_null(swap_obstacle(dir));
    assert_non_null(swap_obstacle("/tmp"));
    assert_non_null(swap_obstacle("/"));
    assert_non_null(swap_obstacle("/proc")); /* mounted */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_a_free_place),
        cmocka_unit_test(takes_the_place_of_another),
        cmocka_unit_test(a_failure_changes_nothing),
        cmocka_unit_test(what_was_put_aside_comes_back),
        cmocka_unit_test(obstacles),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
