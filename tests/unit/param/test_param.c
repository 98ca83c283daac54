#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "param/notation.h"
#include "param/param.h"

struct inner {
    struct place at;
    double share;
    const char *name;
};

struct square {
    double side;
};

struct every {
    struct place at;
    bool flag;
    int number;
    double real, other;
    const char *text, *id;
    struct path path;
    int choice;
    struct texts texts, names;
    unsigned mask;
    struct points points;
    struct reals reals, two;
    struct table table;
    struct inner group;
    struct list list;
    struct operator_use shape;
};

static const char *const colours[] = {"red", "green", "blue", NULL};

// clang-format off
static const struct param inner_rows[] = {
    {"", PARAM_PLACE, .offset = offsetof(struct inner, at)},
    {"share", PARAM_REAL, offsetof(struct inner, share), "%", "50",
     .max = INFINITY, .help = "Share."},
    {"name", PARAM_TEXT, offsetof(struct inner, name), .required = true,
     .help = "Name."},
    {.name = NULL}
};

static const struct param square_rows[] = {
    {"side", PARAM_REAL, offsetof(struct square, side), "m", "2",
     .min = 1, .max = 9, .help = "Side."},
    {.name = NULL}
};

static const struct operator circle = {
    .name = "circle", .summary = "Round."};
static const struct operator square = {
    .name = "square", .summary = "Four sides.", .params = square_rows,
    .params_size = sizeof(struct square)};
static const struct registry shapes = {
    "shape", (const struct operator *const[]){&circle, &square}, 2};

static const struct param rows[] = {
    {"", PARAM_PLACE, .offset = offsetof(struct every, at)},
    {"flag", PARAM_BOOL, offsetof(struct every, flag), .preset = "true"},
    {"number", PARAM_INT, offsetof(struct every, number), .preset = "7"},
    {"real", PARAM_REAL, offsetof(struct every, real), .preset = "-1.5"},
    {"other", PARAM_REAL, .offset = offsetof(struct every, other)},
    {"text", PARAM_TEXT, offsetof(struct every, text), .preset = "some text"},
    {"id", PARAM_ID, offsetof(struct every, id), .preset = "a-b_1"},
    {"path", PARAM_PATH, .offset = offsetof(struct every, path)},
    {"choice", PARAM_CHOICE, offsetof(struct every, choice),
     .preset = "green", .choices = colours},
    {"texts", PARAM_TEXTS, offsetof(struct every, texts), .preset = "[a, b c]"},
    {"names", PARAM_NAMES, offsetof(struct every, names),
     .preset = "[square]"},
    {"mask", PARAM_CHOICES, offsetof(struct every, mask),
     .preset = "[red, blue]", .choices = colours},
    {"points", PARAM_POINTS, offsetof(struct every, points),
     .preset = "[[0, 1], [10, 0]]"},
    {"reals", PARAM_REALS, offsetof(struct every, reals), .preset = "[1, 2]",
     .max = 9},
    {"two", PARAM_REALS, offsetof(struct every, two), .count = 2},
    {"table", PARAM_TABLE, offsetof(struct every, table),
     .preset = "{3: 0.5, Bois: 1}", .max = 1},
    {"group", PARAM_GROUP, offsetof(struct every, group), .rows = inner_rows},
    {"list", PARAM_LIST, offsetof(struct every, list), .rows = inner_rows,
     .size = sizeof(struct inner)},
    {"shape", PARAM_OPERATOR, offsetof(struct every, shape),
     .preset = "square"},
    {.name = NULL}
};
// clang-format on

struct fixture {
    struct arena arena;
    struct problems problems;
    struct every every;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    if (f)
        f->problems.file = "p";
    return f ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    problems_release(&f->problems);
    arena_release(&f->arena);
    free(f);
    return 0;
}

/* Reads the map `text` (notation of presets). */
static void read_text(struct fixture *f, const char *text)
{
    struct setting *map = arena_alloc(&f->arena, 1, sizeof *map);
    assert_non_null(map);
    assert_true(notation_parse(&f->arena, text, map));
    struct param_reader reader = {.arena = &f->arena,
                                  .dir = "tests",
                                  .registries = &shapes,
                                  .registry_count = 1,
                                  .problems = &f->problems};
    assert_int_equal(param_read(&reader, rows, map, &f->every), TERRAMIS_OK);
}

/* `text` has exactly these problems (all at 0:0). */
static void assert_problems(struct fixture *f, const char *text,
                            const char *messages)
{
    read_text(f, text);
    assert_int_equal(problems_status(&f->problems), TERRAMIS_PROJECT);
    assert_string_equal(status_message(), messages);
}

static void presets_are_filled_in(void **state)
{
    struct fixture *f = *state;
    read_text(f, "{}");
    assert_int_equal(problems_status(&f->problems), TERRAMIS_OK);
    const struct every *e = &f->every;
    assert_true(e->flag);
    assert_int_equal(e->number, 7);
    assert_true(e->real == -1.5 && isnan(e->other));
    assert_string_equal(e->text, "some text");
    assert_string_equal(e->id, "a-b_1");
    assert_null(e->path.text);
    assert_int_equal(e->choice, 1);
    assert_int_equal(e->texts.count, 2);
    assert_string_equal(e->texts.items[1], "b c");
    assert_int_equal(e->names.count, 1);
    assert_int_equal(e->mask, 5);
    assert_int_equal(e->points.count, 2);
    assert_true(e->points.items[1][0] == 10 && e->points.items[1][1] == 0);
    assert_int_equal(e->reals.count, 2);
    assert_int_equal(e->two.count, 0);
    assert_int_equal(e->table.count, 2);
    assert_string_equal(e->table.items[1].key, "Bois");
    assert_true(e->group.share == 50);
    assert_null(e->group.name); /* required only where the map is given */
    assert_int_equal(e->list.count, 0);
    assert_ptr_equal(e->shape.op, &square);
    assert_true(((const struct square *)e->shape.params)->side == 2);
}

static void values_replace_presets(void **state)
{
    struct fixture *f = *state;
    read_text(
        f, "{flag: False, number: -3, real: 2e3, other: 0, text: 5, id: 9, "
           "path: run, choice: blue, texts: [], names: [circle, square], "
           "mask: [green], points: [[1, 2], [1, 3], [4, 5]], reals: [9], "
           "two: [-1, 1], table: {a: 1}, group: {name: x, share: 70}, "
           "list: [{name: a}, {name: b, share: 0}], shape: square, side: 3}");
    assert_int_equal(problems_status(&f->problems), TERRAMIS_OK);
    const struct every *e = &f->every;
    assert_false(e->flag);
    assert_int_equal(e->number, -3);
    assert_true(e->real == 2000 && e->other == 0);
    assert_string_equal(e->text, "5");
    assert_string_equal(e->id, "9");
    assert_string_equal(e->path.text, "run");
    assert_string_equal(e->path.full, "tests/run");
    assert_int_equal(e->choice, 2);
    assert_int_equal(e->texts.count, 0);
    assert_int_equal(e->names.count, 2);
    assert_int_equal(e->mask, 2);
    assert_int_equal(e->points.count, 3);
    assert_true(e->reals.count == 1 && e->reals.items[0] == 9);
    assert_true(e->two.count == 2 && e->two.items[0] == -1);
    assert_int_equal(e->table.count, 1);
    assert_true(e->group.share == 70);
    assert_int_equal(e->list.count, 2);
    const struct inner *items = e->list.items;
    assert_true(items[0].share == 50 && items[1].share == 0);
    assert_string_equal(items[1].name, "b");
    assert_true(((const struct square *)e->shape.params)->side == 3);
}

static void presets_stay_where_values_are_wrong(void **state)
{
    struct fixture *f = *state;
    assert_problems(
        f,
        "{flag: yes, number: 1.5, real: [1], id: a b, choice: pink, "
        "texts: a, names: [oval], mask: [red, pink], points: [[1, 1]], "
        "reals: [1, 10], two: [1], table: {a: 2}, group: 5, list: [5], "
        "shape: sqare, side: 3}",
        "p:0:0: choice: expected one of red, green, blue, found text 'pink'\n"
        "p:0:0: flag: expected true or false, found text 'yes'\n"
        "p:0:0: group: expected a map of settings, such as {share: ...}, found "
        "5\n"
        "p:0:0: id: 'a b' is no identifier. Use letters (no accents), digits, "
        "- and _, and begin with a letter or digit\n"
        "p:0:0: list: expected a map of settings, such as {share: ...}, found "
        "5\n"
        "p:0:0: mask: expected one of red, green, blue, found text 'pink'\n"
        "p:0:0: number: expected a whole number, found 1.5\n"
        "p:0:0: points: expected at least two points, such as [[0, 1], [10, "
        "0]]\n"
        "p:0:0: real: expected a number, found a list\n"
        "p:0:0: reals: 10 is outside 0..9\n"
        "p:0:0: table: 2 is outside 0..1\n"
        "p:0:0: texts: expected a list of texts, such as [a, b], found text "
        "'a'\n"
        "p:0:0: two: expected 2 numbers, found 1\n"
        "p:0:0: unknown shape 'oval'. Known: circle, square\n"
        "p:0:0: unknown shape 'sqare'; did you mean 'square'?");
    const struct every *e = &f->every;
    assert_true(e->flag && e->number == 7 && e->real == -1.5);
    assert_int_equal(e->choice, 1);
    assert_int_equal(e->mask, 5);
    assert_int_equal(e->points.count, 2);
    assert_int_equal(e->reals.count, 2);
    assert_int_equal(e->table.count, 2);
    assert_ptr_equal(e->shape.op, &square);
}

static void numbers_out_of_range(void **state)
{
    struct fixture *f = *state;
    assert_problems(f,
                    "{number: 99999999999999999999, group: {name: a, "
                    "share: -1}, shape: square, side: 0.5}",
                    "p:0:0: number: '99999999999999999999' is too large\n"
                    "p:0:0: share: -1 is not at least 0 %\n"
                    "p:0:0: side: 0.5 is outside 1..9 m");
}

static void no_number_is_infinite(void **state)
{
    struct fixture *f = *state;
    assert_problems(f, "{real: inf, other: nan, reals: [1e999, 0x10]}",
                    "p:0:0: other: expected a number, found text 'nan'\n"
                    "p:0:0: real: expected a number, found text 'inf'\n"
                    "p:0:0: reals: expected a number, found text '0x10'\n"
                    "p:0:0: reals: expected a number, found text '1e999'");
}

static void operators_have_settings_of_their_own(void **state)
{
    struct fixture *f = *state;
    assert_problems(f, "{shape: circle, side: 3, sid: 1}",
                    "p:0:0: shape 'circle' has no key 'side'; shape 'square' "
                    "has\n"
                    "p:0:0: unknown key 'sid'; did you mean 'id'?");
    assert_ptr_equal(f->every.shape.op, &circle);
    assert_null(f->every.shape.params);
}

static void duplicates_are_found_in_tables_and_groups(void **state)
{
    struct fixture *f = *state;
    assert_problems(
        f,
        "{table: {a: 1, b: 0, a: 0}, group: {name: x, name: y}, real: 1, "
        "real: 2}",
        "p:0:0: key 'a' stands twice (also in line 0). Delete one of them\n"
        "p:0:0: key 'name' stands twice (also in line 0). Delete one of them\n"
        "p:0:0: key 'real' stands twice (also in line 0). Delete one of them");
}

static void paths_are_local_files(void **state)
{
    struct fixture *f = *state;
    assert_problems(f, "{path: /VSIMEM/x}",
                    "p:0:0: path: only local files are read, not '/VSIMEM/x'. "
                    "Download it and name the file");
    assert_null(f->every.path.text);
    problems_release(&f->problems);
    assert_problems(f, "{path: unit/parm/test_param.c}",
                    "p:0:0: path: no such folder: 'unit/parm'; did you mean "
                    "'unit/param'?");
    problems_release(&f->problems);
    assert_problems(f, "{path: unit/param/tets_param.c}",
                    "p:0:0: path: no such file: 'unit/param/tets_param.c'; did "
                    "you mean 'unit/param/test_param.c'?");
    problems_release(&f->problems);
    read_text(f, "{path: /dev/null}");
    assert_int_equal(problems_status(&f->problems), TERRAMIS_PROJECT);
    assert_string_equal(status_message(), "p:0:0: path: '/dev/null' is no "
                                          "regular file. Name a file");
}

static void operators_are_found_by_name(void **state)
{
    (void)state;
    assert_ptr_equal(registry_find(&shapes, "circle"), &circle);
    assert_null(registry_find(&shapes, "Circle"));
    assert_null(registry_find(NULL, "circle"));
}

int main(void)
{
#define WITH_FIXTURE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_FIXTURE(presets_are_filled_in),
        WITH_FIXTURE(values_replace_presets),
        WITH_FIXTURE(presets_stay_where_values_are_wrong),
        WITH_FIXTURE(numbers_out_of_range),
        WITH_FIXTURE(no_number_is_infinite),
        WITH_FIXTURE(operators_have_settings_of_their_own),
        WITH_FIXTURE(duplicates_are_found_in_tables_and_groups),
        WITH_FIXTURE(paths_are_local_files),
        cmocka_unit_test(operators_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
