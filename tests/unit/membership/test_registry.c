#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cases.h"
#include "unit/contract.h"
#include "unit/membership/make.h"

enum {
    N = 500
};

static void the_table_is_complete(void **state)
{
    (void)state;
    assert_true(registry_keeps_contract(&membership_registry));
    assert_true(registry_cites(&membership_registry));
    for (size_t i = 0; i < membership_registry.count; i++) {
        struct operator_use use = {.op = membership_registry.ops[i]};
        const struct membership_op *op = membership_of(&use);
        assert_non_null(op->run);
        assert_non_null(op->op.formula);
        assert_non_null(op->example);
        assert_true(!op->classes || op->bind); /* codes want matching */
        /* no setting lets a membership leave 0..1 */
        for (const struct param *r = op->op.params; r && r->name; r++)
            if (r->type == PARAM_POINTS || r->type == PARAM_TABLE)
                assert_true(r->min == 0 && r->max == 1);
    }
}

static void between_0_and_1_and_nan_stays(void **state)
{
    (void)state;
    struct arena arena = {0};
    float in[N], same[N], out[N + 2];
    srand(3);
    for (int round = 0; round < 100; round++)
        for (size_t k = 0; k < membership_registry.count; k++) {
            const struct operator* op = membership_registry.ops[k];
            struct operator_use use = make_use(&arena, op);
            bool classes = membership_of(&use)->classes;
            struct membership_bound bound;
            assert_int_equal(membership_bind(&bound, &use, NULL), TERRAMIS_OK);
            for (int i = 0; i < N; i++)
                in[i] = i % 7 == 0
                            ? NAN
                            : (float)(classes ? rand() % 15 - 3
                                              : random_between(-200, 200));
            in[1] = INFINITY;
            in[2] = -INFINITY;
            memcpy(same, in, sizeof in);
            out[0] = out[N + 1] = 9;
            membership_of(&use)->run(&bound, in, N, out + 1);
            assert_true(out[0] == 9 && out[N + 1] == 9);
            assert_memory_equal(in, same, sizeof in);
            for (int i = 0; i < N; i++) {
                float x = out[i + 1];
                if (isnan(in[i]))
                    assert_true(isnan(x));
                else if (!classes || x != MEMBERSHIP_UNKNOWN)
                    assert_true(x >= 0 && x <= 1);
            }
            /* a row of n gives what n rows of one give */
            for (int i = 0; i < N; i += 41) {
                float one;
                membership_of(&use)->run(&bound, &in[i], 1, &one);
                assert_memory_equal(&one, &out[i + 1], sizeof one);
            }
            membership_release(&bound);
            assert_null(bound.keys);
        }
    arena_release(&arena);
}

/* Membership of one value under settings already read. */
static double value_at(const struct operator_use *use, double x)
{
    struct membership_bound bound;
    float in = (float)x, out;
    assert_int_equal(membership_bind(&bound, use, NULL), TERRAMIS_OK);
    membership_of(use)->run(&bound, &in, 1, &out);
    membership_release(&bound);
    return (double)out;
}

/* Does the curve only rise, only fall, or rise and then fall, as `trend`
 * says? */
static bool keeps_trend(const struct operator_use *use, const char *trend)
{
    double before = value_at(use, -300);
    bool fell = false, rose = false, again = false;
    for (double x = -300; x < 300; x += 0.37) {
        double y = value_at(use, x);
        again |= fell && y > before;
        fell |= y < before;
        rose |= y > before;
        before = y;
    }
    if (strcmp(trend, "rises") == 0)
        return rose && !fell;
    if (strcmp(trend, "falls") == 0)
        return fell && !rose;
    return strcmp(trend, "any") == 0 || !again;
}

static void check_case(const struct test_case *c, struct arena *arena)
{
    struct operator_use use;
    const char *problem;
    char settings[256];
    snprintf(settings, sizeof settings, "%.*s", (int)strcspn(c->input, "\n"),
             c->input);
    if (!read_use(arena, &membership_registry, settings, &use, &problem))
        fail_msg("%s: %s", c->title, problem);
    for (const char *line = c->expected; *line; line = strchr(line, '\n') + 1) {
        double x, y;
        char trend[32];
        if (sscanf(line, "trend %31[^\n]", trend) == 1) {
            if (!keeps_trend(&use, trend))
                fail_msg("%s: not: %s", c->title, trend);
            continue;
        }
        assert_int_equal(sscanf(line, "%lf %lf", &x, &y), 2);
        if (!(fabs(value_at(&use, x) - y) < 2e-7))
            fail_msg("%s: at %g %.9g, not %g", c->title, x, value_at(&use, x),
                     y);
    }
}

static void table_of_cases(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct test_case c;
    char line[1024] = "";
    bool seen[64] = {false};
    FILE *file = fopen("tests/data/membership/cases.txt", "r");
    assert_non_null(file);
    while (cases_next(file, line, &c)) {
        check_case(&c, &arena);
        for (size_t k = 0; k < membership_registry.count; k++) {
            const char *name = membership_registry.ops[k]->name;
            size_t n = strlen(name);
            seen[k] |= strncmp(c.input + 6, name, n) == 0 &&
                       strchr(",\n", c.input[6 + n]);
        }
    }
    for (size_t k = 0; k < membership_registry.count; k++)
        if (!seen[k])
            fail_msg("%s: no case", membership_registry.ops[k]->name);
    fclose(file);
    arena_release(&arena);
}

static void wrong_settings_say_what_is_wrong(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct test_case c;
    char line[1024] = "";
    int count = 0;
    FILE *file = fopen("tests/data/membership/bad.txt", "r");
    assert_non_null(file);
    for (; cases_next(file, line, &c); count++) {
        struct operator_use use;
        const char *problem;
        c.input[strcspn(c.input, "\n")] = '\0';
        c.expected[strcspn(c.expected, "\n")] = '\0';
        if (read_use(&arena, &membership_registry, c.input, &use, &problem))
            fail_msg("%s: accepted", c.title);
        if (!strstr(problem, c.expected))
            fail_msg("%s: %s", c.title, problem);
    }
    assert_true(count > 10);
    fclose(file);
    arena_release(&arena);
}

static void examples_can_be_read(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t k = 0; k < membership_registry.count; k++) {
        const struct operator* op = membership_registry.ops[k];
        struct operator_use use = {.op = op};
        char settings[256];
        const char *problem;
        snprintf(settings, sizeof settings, "kind: %s, %s", op->name,
                 membership_of(&use)->example);
        if (!read_use(&arena, &membership_registry, settings, &use, &problem))
            fail_msg("%s: %s", settings, problem);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_complete),
        cmocka_unit_test(between_0_and_1_and_nan_stays),
        cmocka_unit_test(table_of_cases),
        cmocka_unit_test(wrong_settings_say_what_is_wrong),
        cmocka_unit_test(examples_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
