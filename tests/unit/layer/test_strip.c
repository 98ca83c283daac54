#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layer/shape.h"
#include "layer/strip.h"
#include "unit/geometry.h"

#ifdef __OPTIMIZE__
enum {
    LINES = 400
};
#else
enum {
    LINES = 40
};
#endif

static double uniform(uint64_t *state)
{
    *state ^= *state << 13; /* xorshift64 (Marsaglia 2003) */
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (double)(*state >> 11) * 0x1p-53;
}

static double between(uint64_t *state, double low, double high)
{
    return low + (high - low) * uniform(state);
}

/* What is set where the line fits: its strip. */
struct drawn {
    struct strip_line line;
    struct paths line_path, outline;
    bool is_set, fits;
};

static struct path_range all(const struct paths *paths)
{
    return (struct path_range){paths, 0, paths->count};
}

/* Draws the line in d->line_path if it can be drawn. */
static void draw_path(struct drawn *d, double half)
{
    d->is_set = strip_line_set(&d->line, all(&d->line_path));
    d->fits = d->is_set && strip_fits(&d->line, half);
    if (!d->fits)
        return;
    assert_int_equal(strip_add(&d->line, half, &d->outline), TERRAMIS_OK);
    assert_int_equal(d->outline.count, 1);
    assert_int_equal(paths_kind(&d->outline, 0), PATH_SHELL);
    /* as promised: so many points, closed, simple, turned */
    size_t points = paths_points(&d->outline);
    double *xy = d->outline.xy;
    assert_int_equal(points, d->line.points);
    assert_true(xy[0] == xy[2 * points - 2] && xy[1] == xy[2 * points - 1]);
    assert_true(rings_surely_simple(xy, points));
    assert_false(rings_orient(xy, points, true));
}

static struct drawn draw(struct geos *g, const char *text, double half)
{
    struct drawn d = {.fits = false};
    GEOSGeometry *line = wkt(g, text);
    assert_int_equal(paths_add_geometry(&d.line_path, g, line), TERRAMIS_OK);
    GEOSGeom_destroy_r(g->context, line);
    draw_path(&d, half);
    return d;
}

static void release(struct drawn *d)
{
    paths_release(&d->line_path);
    paths_release(&d->outline);
}

/* Area of the strip; -1: the line does not fit, -2: is not even prepared. */
static double area(struct geos *g, const char *text, double half)
{
    struct drawn d = draw(g, text, half);
    double found = d.fits ? paths_area(g, all(&d.outline)) : d.is_set ? -1 : -2;
    release(&d);
    return found;
}

/* Symmetric difference to GEOS's buffer. */
static double difference(struct geos *g, const struct drawn *d, double half)
{
    GEOSGeometry *line = geometry_of(g, all(&d->line_path));
    GEOSGeometry *expected = shape_buffer(g, line, half);
    GEOSGeometry *strip = geometry_of(g, all(&d->outline));
    GEOSGeometry *rest = GEOSSymDifference_r(g->context, strip, expected);
    assert_non_null(rest);
    double found = geometry_area(g, rest);
    GEOSGeom_destroy_r(g->context, rest);
    GEOSGeom_destroy_r(g->context, strip);
    GEOSGeom_destroy_r(g->context, expected);
    GEOSGeom_destroy_r(g->context, line);
    return found;
}

/* Of a circle sector with n chords, each of a 64th of a turn. */
static double sector(double n, double half)
{
    return n * half * half / 2 * sin(2 * M_PI / 64);
}

static void is_near(double found, double expected)
{
    if (!(fabs(found - expected) < 1e-6))
        print_error("%.9g, not %.9g\n", found, expected);
    assert_true(fabs(found - expected) < 1e-6);
}

static void one_segment(void **state)
{
    is_near(area(*state, "LINESTRING(0 0,100 0)", 8), 1600 + sector(64, 8));
    is_near(area(*state, "LINESTRING(9 9,9 8)", 50), 100 + sector(64, 50));
    is_near(area(*state, "LINESTRING(0 0,0 0,30 40,30 40)", 8),
            800 + sector(64, 8));
    /* where coordinates are large */
    is_near(area(*state, "LINESTRING(500000 6900000,500100 6900000)", 8),
            1600 + sector(64, 8));
}

/* Two rectangles that share a square of half x half inside the corner, a
 * quarter of a circle outside, and the ends. */
static void right_angle(void **state)
{
    double expected = 3200 - 64 + sector(64 + 16, 8);
    is_near(area(*state, "LINESTRING(0 0,100 0,100 100)", 8), expected);
    is_near(area(*state, "LINESTRING(0 0,100 0,100 -100)", 8), expected);
    is_near(area(*state, "LINESTRING(0 0,50 0,100 0,100 60,100 100)", 8),
            expected);
}

/* A line that goes straight on, or nearly so. */
static void straight_on(void **state)
{
    struct drawn d = draw(*state, "LINESTRING(0 0,10 0,20 0.001,30 0,40 0)", 8);
    assert_true(d.fits);
    assert_int_equal(d.line.points, 1 + 2 * 33 + 3 * 2);
    assert_true(difference(*state, &d, 8) < 1e-6 * 8 * 48);
    release(&d);
}

static void left_to_geos(void **state)
{
    static const struct {
        const char *line;
        double half, expected;
    } cases[] = {
        /* not one open line */
        {"LINESTRING(0 0,100 0,100 100,0 0)", 8, -2},
        {"LINESTRING(5 5,5 5)", 8, -2},
        {"MULTILINESTRING((0 0,100 0),(0 50,100 50))", 8, -2},
        {"POINT(0 0)", 8, -2},
        {"POLYGON((0 0,90 0,90 90,0 0),(50 10,50 20,60 20,50 10))", 8, -2},
        {"LINESTRING(0 0,100 0,0 0)", 8, -2},
        /* turns back, on itself or nearly so */
        {"LINESTRING(0 0,100 0,0 0.1)", 8, -2},
        {"LINESTRING(0 0,100 0,50 0)", 8, -2},
        {"LINESTRING(7 9,9 7,8 8)", 0.5, -2},
        {"LINESTRING(4 10,4 5,10 7,7 6)", 0.6, -2},
        {"LINESTRING(0 0,100 0,20 50)", 8, -2},
        /* crosses or touches itself */
        {"LINESTRING(0 0,100 0,100 50,50 50,50 -50)", 8, -1},
        {"LINESTRING(0 0,100 0,100 50,50 50,50 0)", 8, -1},
        {"LINESTRING(0 0,1000 0,1000 500,500 500,500 -500)", 8, -1},
        /* a corner does not fit into a segment, or two do not */
        {"LINESTRING(0 0,100 0,100 7.9)", 8, -1},
        {"LINESTRING(0 0,100 0,100 15.9,0 15.9)", 8, -1},
        {"LINESTRING(0 0,100 0,103 5,103 100)", 8, -1},
        /* two parts, or an end and a part, come near each other */
        {"LINESTRING(0 0,100 0,120 20,100 40,50 40,50 15.9)", 8, -1},
        {"LINESTRING(0 0,100 0,150 50,100 100,0 100,-50 50,-15 5)", 8, -1},
        {"LINESTRING(0 0,99 0,120 -10,150 8,120 26,99 15.9,0 15.9)", 8, -1},
        /* a polygon's corner, narrow bay */
        {"POLYGON((0 0,28 0,28 8,20.1 8,20.1 50,0 50,0 0))", 8, -1},
        {"POLYGON((0 0,50 0,50 50,36 50,36 10,20.1 10,20.1 50,0 50,0 0))", 8,
         -1},
        {"POLYGON((0 0,900 0,50 1,0 1,0 0))", 8, -2},
        {"POLYGON((0 0,90 0,90 50,45 0.1,40 50,0 50,0 0))", 8, -2},
        /* too fine for the coordinates */
        {"LINESTRING(500000 6900000,500100 6900000)", 0.06, -1},
        {"LINESTRING(0 0,1e200 0)", 8, -2},
        {"LINESTRING(0 0,1e-9 0)", 8, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double found = area(*state, cases[i].line, cases[i].half);
        if (found != cases[i].expected)
            print_error("%s: %g\n", cases[i].line, found);
        assert_true(found == cases[i].expected);
    }
}

static void polygons(void **state)
{
    /* what is straight grows by its length, all corners make up a circle */
    is_near(area(*state, "POLYGON((0 0,9 0,9 4,0 4,0 0))", 10),
            36 + 26 * 10 + sector(64, 10));
    is_near(area(*state, "POLYGON((0 0,0 4,9 4,9 0,0 0))", 10),
            36 + 26 * 10 + sector(64, 10));
    is_near(area(*state, "POLYGON((0 0,9 0,9 4,5 4,0 4,0 0))", 10),
            36 + 26 * 10 + sector(64, 10));
    /* an inner corner: two sides share a square, there is a corner more */
    is_near(area(*state, "POLYGON((0 0,50 0,50 20,20 20,20 50,0 50,0 0))", 10),
            1600 + 200 * 10 - 100 + sector(5 * 16, 10));
}

/* Point by point GEOS's outline? */
static void is_that_of_geos(struct geos *g, const char *text, double half)
{
    struct drawn d = draw(g, text, half);
    struct paths expected = {0};
    GEOSGeometry *line = wkt(g, text);
    GEOSGeometry *buffer = shape_buffer(g, line, half);
    assert_int_equal(paths_add_geometry(&expected, g, buffer), TERRAMIS_OK);
    assert_true(d.fits);
    size_t points = paths_points(&expected);
    assert_int_equal(paths_points(&d.outline), points);
    for (size_t i = 0; i < 2 * points; i++) {
        double off = fabs(d.outline.xy[i] - expected.xy[i]);
        if (!(off < 1e-9 * half))
            print_error("%s: point %zu of %zu, off by %g\n", text, i / 2,
                        points, off);
        assert_true(off < 1e-9 * half);
    }
    GEOSGeom_destroy_r(g->context, buffer);
    GEOSGeom_destroy_r(g->context, line);
    paths_release(&expected);
    release(&d);
}

static void same_points(void **state)
{
    static const char *const texts[] = {
        "LINESTRING(0 0,100 0)",
        "LINESTRING(0 0,100 0,150 50,250 60,200 150)",
        "LINESTRING(0 0,100 0,150 -50,250 -60,200 -150)",
        "POLYGON((0 0,0 90,90 90,90 0,0 0))",
        "POLYGON((0 0,90 0,90 90,0 90,0 0))",
        "POLYGON((0 0,90 0,90 50,50 50,50 20,0 20,0 0))",
        "POLYGON((0 0,0 20,50 20,50 50,90 50,90 0,0 0))",
        "POLYGON((50 20,50 50,90 50,90 0,0 0,0 20,50 20))",
        "POLYGON((50 20,0 20,0 0,90 0,90 50,50 50,50 20))",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        is_that_of_geos(*state, texts[i], 8);
}

/* The same with a little more room. */
static void just_fits(void **state)
{
    static const char *const lines[] = {
        "LINESTRING(0 0,100 0,100 8.1)",
        "LINESTRING(0 0,100 0,100 16.1,0 16.1)",
        "LINESTRING(0 0,100 0,120 20,100 40,50 40,50 16.1)",
        "LINESTRING(0 0,100 0,150 50,100 100,0 100,-50 50,-15 15)",
        "LINESTRING(0 0,100 0,140 30,100 60,0 60)",
        "LINESTRING(0 0,99 0,120 -10,150 8,120 26,99 16.1,0 16.1)",
        "POLYGON((0 0,28 0,28 8,19.9 8,19.9 50,0 50,0 0))",
        "POLYGON((0 0,60 0,60 50,36 50,36 10,19.9 10,19.9 50,0 50,0 0))",
        "POLYGON((0 0,90 0,50 1,0 1,0 0))",
        /* round two corners, round a spiral */
        "LINESTRING(0 0,100 0,100 20,200 20,200 0,300 0)",
        "LINESTRING(0 0,40 0,40 40,-40 40,-40 -40,80 -40,80 80)",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct drawn d = draw(*state, lines[i], 8);
        if (!d.fits)
            print_error("%s\n", lines[i]);
        assert_true(d.fits);
        assert_true(difference(*state, &d, 8) < 1e-6);
        release(&d);
    }
}

/* A number that is none never gets into an outline. */
static void not_finite(void **state)
{
    static const double wrong[] = {NAN, INFINITY, -INFINITY};
    (void)state;
    for (size_t i = 0; i < 12; i++) {
        struct drawn d = {.fits = false};
        double *xy;
        assert_int_equal(paths_add(&d.line_path, PATH_LINE, 2, &xy),
                         TERRAMIS_OK);
        xy[0] = xy[1] = 0;
        xy[2] = xy[3] = 100;
        xy[i % 4] = wrong[i / 4];
        draw_path(&d, 8);
        assert_false(d.fits);
        xy[i % 4] = 50;
        draw_path(&d, wrong[i / 4]);
        assert_false(d.fits);
        release(&d);
    }
}

static void many_points(void **state)
{
    (void)state;
    for (size_t points = STRIP_POINTS; points <= STRIP_POINTS + 1; points++) {
        struct drawn d = {.fits = false};
        double *xy;
        assert_int_equal(paths_add(&d.line_path, PATH_LINE, points, &xy),
                         TERRAMIS_OK);
        for (size_t i = 0; i < points; i++) {
            xy[2 * i] = 10 * (double)i;
            xy[2 * i + 1] = (double)(i % 2);
        }
        draw_path(&d, 8);
        assert_int_equal(d.fits, points == STRIP_POINTS);
        release(&d);
    }
}

/* Random lines and polygons. */
struct family {
    const char *name;
    int points;            /* at most */
    double turn;           /* radians, at most; 0: a polygon */
    double shortest, more; /* segments or radii, metres */
    double half, wider;    /* metres */
    double repeats;        /* probability */
    double least;          /* share that must be drawn */
    double bound; /* of the difference to GEOS, by half x (length + half) */
};

static void random_line(const struct family *f, uint64_t *seed,
                        struct paths *paths)
{
    size_t points = 2 + (size_t)(uniform(seed) * (f->points - 1));
    double *xy, x = 500000, y = 6900000;
    double heading = between(seed, 0, 2 * M_PI);
    assert_int_equal(paths_add(paths, PATH_LINE, points, &xy), TERRAMIS_OK);
    for (size_t i = 0; i < points; i++) {
        *xy++ = x;
        *xy++ = y;
        if (uniform(seed) < f->repeats)
            continue;
        double length = f->shortest + between(seed, 0, f->more);
        x += length * cos(heading);
        y += length * sin(heading);
        heading += between(seed, -f->turn, f->turn);
    }
}

/* Around a place inside: never crosses itself. */
static void random_star(const struct family *f, uint64_t *seed,
                        struct paths *paths)
{
    size_t points = 3 + (size_t)(uniform(seed) * (f->points - 2));
    double *xy, first = between(seed, 0, 2 * M_PI);
    assert_int_equal(paths_add(paths, PATH_SHELL, points + 1, &xy),
                     TERRAMIS_OK);
    for (size_t i = 0; i < points; i++) {
        double angle = first + 2 * M_PI * ((double)i + 0.4 * uniform(seed)) /
                                   (double)points;
        double radius = f->shortest + between(seed, 0, f->more);
        xy[2 * i] = 500000 + radius * cos(angle);
        xy[2 * i + 1] = 6900000 + radius * sin(angle);
    }
    xy[2 * points] = xy[0];
    xy[2 * points + 1] = xy[1];
    paths_orient(paths, 0);
}

/* Where no segment is shorter than a hundredth of `half`, GEOS simplifies
 * nothing; where a turn is below 0.001 rad it puts the corner beside its place
 * by at most half x 0.001^2 / 2, which moves the side after it by as much at
 * one end, on either side: below one millionth of half x length. Shorter
 * segments are taken out where the line turns by at most 0.02 rad (else two
 * sides would not fit), which moves the side by at most 0.0002 half, and the
 * vertices of the arcs next to it along the circle: 0.0008 half^2 per radian
 * of turn, at most, between two ways of drawing one. */
static void as_geos_does(void **state)
{
    static const struct family families[] = {
        {"roads", 20, 0.5, 25, 0, 4, 5, 0, 0.9, 1e-6},
        {"winding", 40, 1, 5, 20, 3, 6, 0, 0.1, 1e-6},
        {"sharp", 6, 2.5, 10, 90, 3, 12, 0, 0.1, 1e-6},
        {"tight", 8, 1.6, 1, 40, 2, 20, 0, 0.05, 1e-6},
        {"nearly straight", 30, 0.002, 1, 50, 3, 10, 0, 0.99, 1e-6},
        {"repeated", 20, 0.4, 20, 10, 3, 6, 0.3, 0.8, 1e-6},
        {"fine", 60, 0.1, 0.1, 2, 3, 6, 0, 0.01, 1e-6},
        {"buildings", 6, 0, 8, 4, 10, 0, 0, 0.9, 1e-6},
        {"stars", 40, 0, 60, 10, 1, 10, 0, 0.8, 1e-6},
        {"jagged", 12, 0, 10, 50, 1, 10, 0, 0.8, 1e-6},
        {"tiny segments", 30, 0.001, 0.0001, 0.2, 3, 6, 0, 0.2, 2.5e-4},
    };
    for (size_t k = 0; k < sizeof families / sizeof *families; k++) {
        const struct family *f = &families[k];
        uint64_t seed = 20261130 + k;
        double worst = 0;
        int drawn = 0;
        for (int i = 0; i < LINES; i++) {
            struct drawn d = {.fits = false};
            double half = between(&seed, f->half, f->half + f->wider);
            (f->turn > 0 ? random_line : random_star)(f, &seed, &d.line_path);
            draw_path(&d, half);
            if (d.fits) {
                double length = d.line.nodes[d.line.segments].at;
                double found =
                    difference(*state, &d, half) / (half * (length + half));
                worst = fmax(worst, found);
                drawn++;
            }
            release(&d);
        }
        print_message("%s: %d of %d lines drawn, differing by %.2g\n", f->name,
                      drawn, LINES, worst);
        assert_true(drawn >= f->least * LINES);
        assert_true(worst < f->bound);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_segment), cmocka_unit_test(right_angle),
        cmocka_unit_test(straight_on), cmocka_unit_test(left_to_geos),
        cmocka_unit_test(polygons),    cmocka_unit_test(same_points),
        cmocka_unit_test(just_fits),   cmocka_unit_test(not_finite),
        cmocka_unit_test(many_points), cmocka_unit_test(as_geos_does),
    };
    return cmocka_run_group_tests(tests, geos_set_up, geos_tear_down);
}
