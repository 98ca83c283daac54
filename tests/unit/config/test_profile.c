#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/profile.h"
#include "unit/contract.h"

static const struct profile known = {.op = {.name = "known"}};
static const struct operator* const known_ops[] = {&known.op};

static enum terramis_status read_yaml(const char *yaml, struct arena *arena,
                                      struct registry *registry)
{
    char path[] = "/tmp/terramis-test-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, yaml, strlen(yaml)), strlen(yaml));
    close(file);
    *registry = (struct registry){"profile", known_ops, 1};
    enum terramis_status status = profiles_read(path, arena, registry);
    unlink(path);
    return status;
}

static const struct profile *find(const struct registry *r, const char *name)
{
    struct operator_use use = {.op = registry_find(r, name)};
    return profile_of(&use);
}

static void all_keys(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct registry r;
    assert_int_equal(
        read_yaml(
            "profiles:\n"
            "  - name: my-roads\n"
            "    summary: Roads of the department.\n"
            "    licence: Licence Ouverte 2.0\n"
            "    source: its metadata\n"
            "    kind: lines\n"
            "    fields: [type|nature, ?larg]\n"
            "    key: num\n"
            "    skip_field: etat\n"
            "    skip_values: projet|ancien\n"
            "    nulls: NC\n"
            "    crs: EPSG:2154\n"
            "    note: Without private roads.\n"
            "    right_of_way:\n"
            "      class: type|nature\n"
            "      width: ?larg\n"
            "      corridors:\n"
            "        - {class: RD, ranks: '1|2', carriageway: 6, verge: 5, "
            "setback: 2, source: assumption}\n"
            "        - {verge: 3, source: assumption}\n"
            "  - {name: my-dem, summary: Terrain., licence: LO, kind: raster, "
            "unit: m, high: 300}\n",
            &arena, &r),
        TERRAMIS_OK);
    assert_int_equal(r.count, 3);
    assert_ptr_equal(r.ops[0], &known.op);
    const struct profile *p = find(&r, "my-roads");
    assert_string_equal(p->fields, "type|nature, ?larg");
    assert_int_equal(p->kind, PROFILE_LINES);
    assert_string_equal(p->skip_values, "projet|ancien");
    assert_string_equal(p->crs, "EPSG:2154");
    assert_non_null(p->right_of_way);
    assert_int_equal(p->right_of_way->corridor_count, 2);
    assert_string_equal(p->right_of_way->corridors[0].class, "RD");
    assert_true(p->right_of_way->corridors[0].setback == 2);
    assert_null(p->right_of_way->corridors[1].class);
    assert_true(p->right_of_way->corridors[1].carriageway == 0);
    assert_string_equal(p->right_of_way->nulls, "NC");
    p = find(&r, "my-dem");
    assert_null(p->right_of_way);
    assert_true(p->low == -(double)INFINITY && p->high == 300);
    arena_release(&arena);
}

static void what_is_wrong(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"profiles: [{name: known, summary: S., licence: L}]\n",
         ":1:12: name: there is a profile 'known' already"},
        {"profiles: [{name: a, summary: S.}]\n", "key 'licence' is missing"},
        {"profiles: [{name: a, summary: S., licence: L, fields: ['?']}]\n",
         "fields: expected \"name|other name\", found '?'"},
        {"profiles: [{name: a, summary: S., licence: L, kind: line}]\n",
         "did you mean 'lines'"},
        {"profiles: [{name: a, summary: S., licence: L, skip_field: x}]\n",
         "skip_field and skip_values: one without the other"},
        {"profiles: [{name: a, summary: S., licence: L, right_of_way: "
         "{corridors: [{class: A, verge: 2, setback: 3, source: x}]}}]\n",
         "corridor 1 keeps 3 m of a verge of 2 m free"},
        {"profiles: [{name: a, summary: S., licence: L, right_of_way: "
         "{corridors: [{class: A, verge: 2, source: x}]}}]\n",
         "corridor 1 has a class, but there is no class: field"},
        {"profiles: [{name: a, summary: S., licence: L, right_of_way: "
         "{class: x}}]\n",
         "key 'corridors' is missing"},
        {"profile: []\n", "did you mean 'profiles'"},
        {"- a\n", "map"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        struct registry r;
        assert_int_equal(read_yaml(cases[i][0], &arena, &r), TERRAMIS_PROJECT);
        if (!strstr(status_message(), cases[i][1]))
            print_error("%s lacks %s\n", status_message(), cases[i][1]);
        assert_non_null(strstr(status_message(), cases[i][1]));
        arena_release(&arena);
    }
}

static void lists(void **state)
{
    (void)state;
    assert_true(profile_lists("NC|NR", "nr"));
    assert_false(profile_lists("NC|NR", "N"));
    assert_false(profile_lists("NC|NR", "NRA"));
    assert_false(profile_lists("NC|NR", NULL));
    assert_false(profile_lists(NULL, "NC"));
}

static void rows_keep_their_contract(void **state)
{
    (void)state;
    const struct param *rows = profiles_rows[0].rows;
    for (const struct param *row = rows; row->name; row++)
        assert_true(row_keeps_contract("profiles", row, profiles_rows[0].size));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_keys),
        cmocka_unit_test(what_is_wrong),
        cmocka_unit_test(lists),
        cmocka_unit_test(rows_keep_their_contract),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
