#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "config/yaml.h"
#include "plan/plan.h"
#include "unit/contract.h"

static const struct param *factor_rows(void)
{
    const struct param *row = config_rows;
    while (strcmp(row->name, "factors") != 0)
        row++;
    return row->rows;
}

/* Reads the first factor of `text` with its preset; the status is that of its
 * problems. The file of a source need not be there. */
static enum terramis_status read_factor(const char *text, struct arena *arena,
                                        struct factor_config *factor)
{
    static const struct registry none = {"output", NULL, 0};
    struct registry registries[CONFIG_REGISTRY_COUNT];
    struct problems problems = {.file = "p"};
    struct setting root;
    plan_registries(registries, &none);
    struct param_reader reader = {.arena = arena,
                                  .dir = ".",
                                  .registries = registries,
                                  .registry_count = CONFIG_REGISTRY_COUNT,
                                  .problems = &problems,
                                  .may_miss = true};
    memset(factor, 0, sizeof *factor);
    assert_int_equal(yaml_parse("p", text, strlen(text), arena, &root),
                     TERRAMIS_OK);
    assert_int_equal(presets_expand(&root, arena), TERRAMIS_OK);
    assert_int_equal(param_read(&reader, factor_rows(),
                                &setting_find(&root, "factors")->items[0],
                                factor),
                     TERRAMIS_OK);
    enum terramis_status status = problems_status(&problems);
    problems_release(&problems);
    return status;
}

/* Each gives a whole factor, of its criterion's unit, with bounds from 0 to 1
 * somewhere, and says where it comes from. */
static void every_preset_is_a_factor(void **state)
{
    (void)state;
    assert_true(registry_keeps_contract(&preset_registry));
    assert_true(registry_cites(&preset_registry));
    for (size_t i = 0; i < preset_registry.count; i++) {
        const struct preset *p = (const struct preset *)preset_registry.ops[i];
        struct arena arena = {0};
        struct factor_config f;
        char text[256];
        snprintf(text, sizeof text,
                 "factors:\n  - {id: a, preset: %s, source: none.tif}\n",
                 p->op.name);
        assert_int_equal(read_factor(text, &arena, &f), TERRAMIS_OK);
        assert_ptr_equal(f.preset.op, &p->op);
        assert_non_null(f.criterion.op);
        assert_non_null(f.membership.op);
        assert_string_equal(f.title, p->title[0]);
        assert_string_equal(limitation_names[f.limitation], p->limitation);
        assert_true(f.limitation > 0);
        const struct criterion_op *op = criterion_of(&f.criterion);
        if (*op->unit)
            assert_string_equal(op->unit, p->unit);
        assert_int_equal(op->classes, membership_of(&f.membership)->classes);
        assert_true(strstr(p->verified, "[U]") || strstr(p->verified, "[V]"));
        arena_release(&arena);
    }
}

/* Memberships at values whose rating method.md gives. */
static void published_points(void **state)
{
    (void)state;
    static const struct {
        const char *preset;
        float value, membership;
    } cases[] = {{"gdd", 500, 0},
                 {"gdd", 700, 0.5F},
                 {"gdd", 900, 1},
                 {"temperature", 9, 1},
                 {"rain", 450, 0},
                 {"rain", 700, 1},
                 {"awc", 40, 0},
                 {"awc", 150, 1},
                 {"rooting-depth", 25, 0},
                 {"rooting-depth", 100, 1},
                 {"ph", 5, 0.5F},
                 {"ph", 6.5F, 1},
                 {"ph", 8, 0.5F},
                 {"slope", 8, 1},
                 {"slope", 14, 0.5F},
                 {"slope", 20, 0},
                 {"coarse-fragments", 25, 0.5F},
                 {"frost", -3.5F, 0.5F},
                 {"access", 525, 0.5F},
                 {"compactness", 0.1F, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        struct factor_config f;
        struct membership_bound bound;
        char text[256];
        float x = -1;
        snprintf(text, sizeof text,
                 "factors:\n  - {id: a, preset: %s, source: none.tif}\n",
                 cases[i].preset);
        assert_int_equal(read_factor(text, &arena, &f), TERRAMIS_OK);
        assert_int_equal(membership_bind(&bound, &f.membership, NULL),
                         TERRAMIS_OK);
        membership_of(&f.membership)->run(&bound, &cases[i].value, 1, &x);
        assert_true(fabsf(x - cases[i].membership) < 1e-6F);
        membership_release(&bound);
        arena_release(&arena);
    }
}

static void own_settings_win(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct factor_config f;
    assert_int_equal(
        read_factor("language: en\nfactors:\n  - {id: a, preset: slope, "
                    "source: x.tif, unit: degree, membership: {kind: linear, "
                    "points: [[1, 1], [2, 0]]}, limitation: e}\n",
                    &arena, &f),
        TERRAMIS_OK);
    assert_string_equal(f.title, "Slope");
    assert_string_equal(limitation_names[f.limitation], "e");
    assert_int_equal(*(const int *)f.criterion.params, 1); /* degree */
    arena_release(&arena);
}

static void unknown_presets_are_named(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct factor_config f;
    assert_int_equal(
        read_factor("factors:\n  - {id: a, preset: slop, source: x.tif}\n",
                    &arena, &f),
        TERRAMIS_PROJECT);
    assert_string_equal(status_message(),
                        "p:2:21: unknown preset 'slop'; did you mean "
                        "'slope'?");
    assert_int_equal(
        read_factor("factors:\n  - {id: a, source: x.tif}\n", &arena, &f),
        TERRAMIS_PROJECT);
    assert_non_null(strstr(status_message(), "key 'criterion' is missing"));
    assert_non_null(strstr(status_message(), "key 'membership' is missing"));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_preset_is_a_factor),
        cmocka_unit_test(published_points),
        cmocka_unit_test(own_settings_win),
        cmocka_unit_test(unknown_presets_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
