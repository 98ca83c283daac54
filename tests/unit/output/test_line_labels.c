#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "output/labels.h"
#include "output/line_labels.h"

/* A frame of 200 x 100 mm at one unit a millimetre; y grows to the north. */
struct sheet_of {
    cairo_surface_t *surface;
    cairo_t *cr;
    struct fonts *fonts;
    struct canvas canvas;
    struct layout layout;
    struct placement placement;
    struct map map;
};

static int set_up(void **state)
{
    struct sheet_of *s = calloc(1, sizeof *s);
    *state = s;
    if (!s || fonts_open(&s->fonts) != TERRAMIS_OK)
        return -1;
    s->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 800, 400);
    s->cr = cairo_create(s->surface);
    cairo_scale(s->cr, 4, 4);
    canvas_init(&s->canvas, s->cr, s->fonts, LANGUAGE_FR);
    s->layout.frame = (struct box){0, 0, 200, 100};
    s->layout.view = (struct rect){0, 0, 200, 100};
    s->layout.units_per_mm = 1;
    s->placement.frame = s->layout.frame;
    return 0;
}

static int tear_down(void **state)
{
    struct sheet_of *s = *state;
    canvas_release(&s->canvas);
    cairo_destroy(s->cr);
    cairo_surface_destroy(s->surface);
    fonts_free(s->fonts);
    placement_release(&s->placement);
    free(s);
    return 0;
}

/* Draws; returns how many boxes the names took. */
static size_t draw(struct sheet_of *s, const struct map_line *lines,
                   size_t count)
{
    size_t before = s->placement.count;
    s->map.lines = lines;
    s->map.line_count = count;
    assert_int_equal(
        line_labels_draw(&s->canvas, &s->map, &s->layout, &s->placement),
        TERRAMIS_OK);
    assert_int_equal(canvas_status(&s->canvas), TERRAMIS_OK);
    return s->placement.count - before;
}

static bool meet(struct box a, struct box b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h &&
           b.y < a.y + a.h;
}

static void assert_inside(const struct sheet_of *s)
{
    for (size_t i = 0; i < s->placement.count; i++) {
        struct box b = s->placement.taken[i];
        assert_true(b.x >= 0 && b.y >= 0 && b.x + b.w <= 200 &&
                    b.y + b.h <= 100);
    }
}

/* Slanting: as boxes along the line, above it; on it where it is an axis. */
static void test_along_the_line(void **state)
{
    struct sheet_of *s = *state;
    const double xy[] = {20, 20, 80, 80};
    struct map_line line = {xy, 2, "la Rivière", LINE_WATER, false};
    assert_true(draw(s, &line, 1) > 2);
    for (size_t i = 0; i < s->placement.count; i++) {
        struct box b = s->placement.taken[i];
        /* the line is x + y = 100 on the page: all boxes lie to its upper
         * left, not far */
        double middle = b.x + b.w / 2 + b.y + b.h / 2;
        assert_true(middle < 100 && middle > 92);
    }
    line.wide = true;
    s->placement.count = 0;
    assert_true(draw(s, &line, 1) > 2);
    struct box b = s->placement.taken[0];
    assert_true(fabs(b.x + b.w / 2 + b.y + b.h / 2 - 100) < 1e-9);
}

static void test_shield(void **state)
{
    struct sheet_of *s = *state;
    const double xy[] = {0, 50, 100, 50, 199, 50};
    const struct map_line line = {xy, 3, "D982", LINE_ROAD, false};
    assert_int_equal(draw(s, &line, 1), 2); /* 199 mm: twice */
    const struct box *b = s->placement.taken;
    assert_true(fabs(b[0].y + b[0].h / 2 - 50) < 1e-9 && b[0].w < 14);
    assert_true(b[1].x - b[0].x > 45);
}

/* Too short, too crooked, outside, too long a name, all taken: left out. */
static void test_no_room(void **state)
{
    struct sheet_of *s = *state;
    const double brief[] = {50, 50, 55, 50}, far[] = {300, 50, 500, 50};
    const double straight[] = {10, 50, 190, 50};
    double zigzag[400];
    for (int i = 0; i < 200; i++) {
        zigzag[2 * i] = 10 + i * 0.9;
        zigzag[2 * i + 1] = 50 + (i % 4 < 2 ? 3 : -3);
    }
    const struct map_line lines[] = {
        {brief, 2, "la Rivière", LINE_WATER, false},
        {far, 2, "la Rivière", LINE_WATER, false},
        {zigzag, 200, "la Rivière", LINE_WATER, false},
        {straight, 2,
         "le Ruisseau au nom si long que nulle carte n’en voudrait jamais ici",
         LINE_WATER, false},
        {straight, 2, "D 1 2 3 4 5 6 7 8 9 0", LINE_ROAD, false},
        {straight, 2, "", LINE_WATER, false},
        {straight, 2, NULL, LINE_ROAD, false},
        {straight, 1, "A1", LINE_ROAD, false},
        {straight, 0, "A1", LINE_ROAD, false}};
    assert_int_equal(draw(s, lines, sizeof lines / sizeof *lines), 0);
    const struct map_line fine = {straight, 2, "A1", LINE_ROAD, false};
    assert_int_equal(placement_take(&s->placement, s->layout.frame),
                     TERRAMIS_OK);
    assert_int_equal(draw(s, &fine, 1), 0);
}

/* A line whose points all lie outside has its name where it crosses; one that
 * leaves and comes back, on each part. */
static void test_across_the_frame(void **state)
{
    struct sheet_of *s = *state;
    const double over[] = {-900, 50, 1100, 50}, past[] = {-50, 90, 90, 190};
    const double twice[] = {50, 90, 50, 130, 150, 130, 150, 10, -10, 10};
    const struct map_line lines[] = {{over, 2, "D982", LINE_ROAD, false},
                                     {past, 2, "D81", LINE_ROAD, false},
                                     {twice, 5, "D6", LINE_ROAD, false}};
    assert_int_equal(draw(s, lines, 1), 2); /* 200 mm */
    const struct box *b = s->placement.taken;
    assert_true(fabs(b[0].x + b[0].w / 2 - 50) < 1 &&
                fabs(b[1].x + b[1].w / 2 - 150) < 1);
    assert_int_equal(draw(s, lines + 1, 1), 0);
    s->placement.count = 0;
    /* 10 mm up to the edge; then 90 and 150 mm: two parts */
    assert_int_equal(draw(s, lines + 2, 1), 3);
    assert_inside(s);
}

/* Emoji, right to left, markup, broken UTF-8: drawn as far as the font goes,
 * within the frame, none over another. */
static void test_hostile_names(void **state)
{
    static const char *const names[] = {
        "🌾🌾🌾",          "نهر السين",    "\u202eenieS",
        "<b>Seine</b>", "\xff\xfe\x80", "נהר",
        "a\nb\tc",      "%s%n",         "é́́́́́́́́́́́́"};
    enum {
        NAMES = sizeof names / sizeof *names,
        LINES = 300
    };
    struct sheet_of *s = *state;
    static double xy[LINES][4];
    static struct map_line lines[LINES];
    for (int i = 0; i < LINES; i++) {
        double angle = i * 0.37, x = 20 + i * 37 % 160, y = 10 + i * 23 % 80;
        memcpy(xy[i],
               (double[]){x - 20 * cos(angle), y - 20 * sin(angle),
                          x + 20 * cos(angle), y + 20 * sin(angle)},
               sizeof xy[i]);
        lines[i] = (struct map_line){xy[i], 2, names[i % NAMES],
                                     i % 3 ? LINE_WATER : LINE_ROAD, false};
    }
    size_t taken = draw(s, lines, LINES);
    assert_true(taken > 20 && taken < 2000);
    assert_inside(s);
    /* boxes of one name touch; those of a shield meet no other */
    for (size_t i = 0; i < s->placement.count; i++)
        for (size_t k = i + 1; k < s->placement.count; k++) {
            struct box a = s->placement.taken[i], b = s->placement.taken[k];
            if (meet(a, b))
                assert_true(k - i < 40 && fabs(a.w - b.w) < 1e-9 &&
                            fabs(a.h - b.h) < 1e-9);
        }
}

/* The same number on two near lines is written once. */
static void test_not_twice(void **state)
{
    struct sheet_of *s = *state;
    const double a[] = {20, 50, 60, 50}, b[] = {20, 60, 60, 60};
    const struct map_line lines[] = {{a, 2, "N 31", LINE_ROAD, false},
                                     {b, 2, "N 31", LINE_ROAD, false},
                                     {b, 2, "N 15", LINE_ROAD, false}};
    assert_int_equal(draw(s, lines, 3), 2);
}

int main(void)
{
#define WITH_SHEET(test)                                                       \
    cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_SHEET(test_along_the_line), WITH_SHEET(test_shield),
        WITH_SHEET(test_no_room),        WITH_SHEET(test_across_the_frame),
        WITH_SHEET(test_hostile_names),  WITH_SHEET(test_not_twice)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
