#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "membership/membership.h"
#include "run/plot.h"
#include "unit/run/bench.h"

/* A file for each membership; curves go through their example's values. */
static void every_membership_is_drawn(void **state)
{
    struct scratch *s = *state;
    char *printed_paths = NULL, dir[96], path[160];
    size_t size;
    snprintf(dir, sizeof dir, "%.63s/plots", s->dir);
    FILE *stream = open_memstream(&printed_paths, &size);
    assert_int_equal(plot_memberships(dir, stream), TERRAMIS_OK);
    fclose(stream);
    for (size_t i = 0; i < membership_registry.count; i++) {
        char svg[16384] = "";
        struct operator_use use = {.op = membership_registry.ops[i]};
        snprintf(path, sizeof path, "%s/%s.svg", dir, use.op->name);
        assert_true(has(printed_paths, path));
        FILE *file = fopen(path, "r");
        assert_non_null(file);
        size_t length = fread(svg, 1, sizeof svg - 1, file);
        fclose(file);
        assert_true(length > 500 && has(svg, "<svg") && has(svg, "</svg>\n"));
        assert_true(has(svg, membership_of(&use)->example));
        assert_null(strstr(svg, "nan"));
    }
    free(printed_paths);
}

/* A README that is not ours stays; one that is, is written again. */
static void not_over_somebody_s_page(void **state)
{
    struct scratch *s = *state;
    char dir[96], path[160], text[32] = "";
    FILE *nowhere = fopen("/dev/null", "w");
    snprintf(dir, sizeof dir, "%.63s/repository", s->dir);
    snprintf(path, sizeof path, "%s/README.md", dir);
    assert_int_equal(mkdir(dir, 0777), 0);
    FILE *file = fopen(path, "w");
    fputs("mine", file);
    fclose(file);
    assert_int_equal(plot_memberships(dir, nowhere), TERRAMIS_OUTPUT);
    assert_true(has(status_message(), path));
    file = fopen(path, "r");
    assert_non_null(fgets(text, sizeof text, file));
    fclose(file);
    assert_string_equal(text, "mine");
    unlink(path);
    for (int i = 0; i < 2; i++)
        assert_int_equal(plot_memberships(dir, nowhere), TERRAMIS_OK);
    fclose(nowhere);
}

static void a_folder_that_cannot_be(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    assert_int_equal(plot_memberships("/dev/null/plots", stream),
                     TERRAMIS_OUTPUT);
    fclose(stream);
    assert_string_equal(text, "");
    assert_true(has(status_message(), "/dev/null/plots"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_membership_is_drawn),
        cmocka_unit_test(not_over_somebody_s_page),
        cmocka_unit_test(a_folder_that_cannot_be),
    };
    return cmocka_run_group_tests(tests, project_set_up, bench_tear_down);
}
