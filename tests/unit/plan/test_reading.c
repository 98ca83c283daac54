#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/caught.h"
#include "unit/plan/project.h"

/* What reading the project's layers says, and how it ends. */
struct said {
    enum terramis_status status;
    char message[512];
    char lines[2048];
};

static struct said read_with(struct scratch *s, const char *from,
                             const char *to, int threads)
{
    struct small_project p;
    struct said said = {.status = TERRAMIS_OK};
    struct caught caught;
    assert_int_equal(project_read(&p, s, from, to), TERRAMIS_OK);
    caught_begin(&caught);
    status_clear();
    said.status = plan_open(&p.plan, &p.config, 0, threads);
    caught_end(&caught, said.lines, sizeof said.lines);
    snprintf(said.message, sizeof said.message, "%s", status_message());
    project_close(&p);
    return said;
}

/* The same in whatever number of threads: what one of them says. */
static struct said always(struct scratch *s, const char *from, const char *to)
{
    struct said first = read_with(s, from, to, 1);
    for (int i = 0; i < 12; i++) {
        struct said again = read_with(s, from, to, 2 + i % 7);
        assert_int_equal(again.status, first.status);
        assert_string_equal(again.message, first.message);
        assert_string_equal(again.lines, first.lines);
    }
    return first;
}

static const char *at(const struct said *said, const char *part)
{
    const char *found = strstr(said->lines, part);
    assert_non_null(found);
    return found;
}

/* Each layer says its own things after those before it. */
static void messages_keep_the_order_of_the_layers(void **state)
{
    struct said said = always(*state, "layer: polluted}",
                              "layer: polluted, where: \"id='none'\"}");
    assert_int_equal(said.status, TERRAMIS_OK);
    assert_true(at(&said, "v.gpkg, layer polluted: has no usable feature") <
                at(&said, "1 of 2 lines are of a nature without"));
}

/* Of several layers that cannot be read the first is named, and those after it
 * say nothing. */
static void the_first_failure_is_the_answer(void **state)
{
    struct said said = always(
        *state, "layer: catchment}",
        "layer: nowhere}, {source: v.gpkg, layer: catchment, where: \"x\"}");
    assert_int_equal(said.status, TERRAMIS_PROJECT);
    assert_non_null(strstr(said.message, "nowhere"));
    assert_null(strstr(said.lines, "lines are of a nature"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_keep_the_order_of_the_layers),
        cmocka_unit_test(the_first_failure_is_the_answer),
    };
    return cmocka_run_group_tests(tests, project_set_up, project_tear_down);
}
