#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "overlay/region.h"
#include "unit/geometry.h"

enum {
    CONSTRAINTS = 3,
    SETS = KIND_COUNT + 1 + CONSTRAINTS
};

/* A territory of 100 x 100 m with kinds, holes of the rights-of-way and
 * constraints. */
struct scene {
    struct geos *g;
    GEOSGeometry *territory;
    struct vector vectors[SETS];
    const struct vector *pointers[SETS];
    struct area_set constraints[CONSTRAINTS];
    struct overlay overlay;
};

static void begin(struct scene *s, struct geos *g, const char *territory)
{
    *s = (struct scene){.g = g, .territory = wkt(g, territory)};
    geos_freeze(g, s->territory);
}

/* Once all vectors are filled. */
static void finish(struct scene *s)
{
    s->overlay.territory = s->territory;
    for (int i = 0; i < SETS; i++) {
        assert_int_equal(vector_index(&s->vectors[i], s->g), TERRAMIS_OK);
        s->pointers[i] = &s->vectors[i];
        struct area_set set = {&s->pointers[i], 1};
        if (i < KIND_COUNT)
            s->overlay.kinds[i] = set;
        else if (i == KIND_COUNT)
            s->overlay.holes[KIND_RIGHT_OF_WAY] = set;
        else
            s->constraints[i - KIND_COUNT - 1] = set;
    }
    s->overlay.constraints = s->constraints;
    s->overlay.constraint_count = CONSTRAINTS;
}

static void end(struct scene *s)
{
    for (int i = 0; i < SETS; i++)
        vector_release(&s->vectors[i], s->g);
    GEOSGeom_destroy_r(s->g->context, s->territory);
}

/* Areas by kinds mask (0..7) and constraint (0: plantable, 1: ...). */
struct areas {
    double by[1 << KIND_COUNT][CONSTRAINTS + 1];
    double total, land;
};

static void add_areas(struct areas *areas, struct geos *g,
                      const struct regions *regions)
{
    areas->land += regions->land;
    for (size_t i = 0; i < regions->count; i++) {
        const struct region *r = &regions->items[i];
        double area = geometry_area(g, r->geometry);
        assert_true(area > 0);
        assert_true(r->kinds > 0 && r->kinds < 1U << KIND_COUNT);
        assert_true(r->constraint >= PLANTABLE && r->constraint < CONSTRAINTS);
        assert_true(GEOSisValid_r(g->context, r->geometry) == 1);
        struct rect extent = geos_extent(g, r->geometry);
        assert_memory_equal(&extent, &r->extent, sizeof extent);
        areas->by[r->kinds][r->constraint + 1] += area;
        areas->total += area;
    }
}

static struct areas build(struct scene *s, struct rect rect)
{
    struct regions regions = {0};
    struct areas areas = {.total = 0};
    assert_int_equal(regions_build(&regions, s->g, &s->overlay, rect),
                     TERRAMIS_OK);
    add_areas(&areas, s->g, &regions);
    regions_release(&regions, s->g);
    return areas;
}

static void is_near(double a, double b)
{
    if (!(fabs(a - b) < 1e-6))
        print_error("%.9g is not %.9g\n", a, b);
    assert_true(fabs(a - b) < 1e-6);
}

static void box(struct scene *s, int set, double x0, double y0, double x1,
                double y1)
{
    vector_add(&s->vectors[set],
               geos_rectangle(s->g, (struct rect){x0, y0, x1, y1}));
}

static const char square[] = "POLYGON((0 0,100 0,100 100,0 100,0 0))";
static const struct rect everything = {0, 0, 100, 100};

static void kinds_and_constraints_by_hand(void **state)
{
    struct scene s;
    begin(&s, *state, square);
    box(&s, KIND_POLLUTED_SOIL, 0, 0, 40, 100);
    box(&s, KIND_CATCHMENT, 20, 0, 60, 100);
    box(&s, KIND_CATCHMENT, 30, 0, 60, 100); /* overlaps its own kind */
    box(&s, KIND_RIGHT_OF_WAY, 0, 90, 200, 100);
    box(&s, KIND_COUNT, 0, 95, 50, 100); /* carriageway */
    box(&s, KIND_COUNT + 1, 0, 0, 100, 10);
    box(&s, KIND_COUNT + 2, 0, 5, 100, 20); /* 5..10 is the first's already */
    finish(&s);
    struct areas a = build(&s, everything);
    const unsigned p = 1, c = 2, r = 4;
    is_near(a.land, 10000);
    is_near(a.total, 60 * 100 + 40 * 10);
    /* x 0..20: polluted alone, but for the strip at the top */
    is_near(a.by[p][1], 20 * 10);
    is_near(a.by[p][2], 20 * 10);
    is_near(a.by[p][0], 20 * (90 - 20) + 20 * 5); /* + the carriageway */
    is_near(a.by[p | r][0], 20 * 5);
    is_near(a.by[p | c][0], 20 * 70 + 20 * 5);
    is_near(a.by[p | c | r][0], 20 * 5);
    is_near(a.by[c][0], 20 * 70 + 10 * 5);
    is_near(a.by[c | r][0], 10 * 5 + 10 * 10);
    is_near(a.by[r][0], 40 * 10);
    is_near(a.by[p][3] + a.by[c][3] + a.by[r][3], 0); /* third: nothing */
    end(&s);
}

static void only_the_territory_counts(void **state)
{
    struct scene s;
    begin(&s, *state,
          "MULTIPOLYGON(((10 10,30 10,30 30,10 30,10 10),(15 15,20 15,20 20,15 "
          "20,15 15)),((50 50,60 50,60 60,50 60,50 50)))");
    box(&s, KIND_CATCHMENT, -50, -50, 150, 150);
    finish(&s);
    struct areas a = build(&s, everything);
    is_near(a.land, 400 - 25 + 100);
    is_near(a.by[2][0], 475);
    is_near(build(&s, (struct rect){60, 60, 90, 90}).total, 0); /* touches */
    is_near(build(&s, (struct rect){200, 0, 300, 100}).land, 0);
    is_near(build(&s, (struct rect){16, 16, 19, 19}).land, 0); /* its hole */
    end(&s);
}

static void constraints_without_marginal_land(void **state)
{
    struct scene s;
    begin(&s, *state, square);
    box(&s, KIND_COUNT + 1, 0, 0, 100, 100);
    finish(&s);
    struct areas a = build(&s, everything);
    is_near(a.land, 10000);
    is_near(a.total, 0);
    end(&s);
    /* everything kept free: no right-of-way remains */
    begin(&s, *state, square);
    box(&s, KIND_RIGHT_OF_WAY, 10, 10, 20, 20);
    box(&s, KIND_COUNT, 5, 5, 25, 25);
    finish(&s);
    is_near(build(&s, everything).total, 0);
    end(&s);
}

static struct rect random_box(void)
{
    /* on a lattice of 5 m: edges meet often, which is where overlays fail */
    double x = rand() % 22 * 5 - 10, y = rand() % 22 * 5 - 10;
    return (struct rect){x, y, x + 5 + rand() % 8 * 5, y + 5 + rand() % 8 * 5};
}

static void random_scene(struct scene *s, struct geos *g)
{
    begin(s, g, "POLYGON((3 3,97 8,90 95,50 60,12 88,3 3))");
    for (int i = 0; i < SETS; i++)
        for (int k = rand() % 6; k > 0; k--) {
            struct rect r = random_box();
            box(s, i, r.xmin, r.ymin, r.xmax, r.ymax);
        }
    finish(s);
}

static GEOSGeometry *union_of(struct geos *g, const struct vector *v)
{
    GEOSGeometry *result = NULL, **parts;
    assert_int_equal(mem_new(&parts, v->count, sizeof(GEOSGeometry *)),
                     TERRAMIS_OK);
    for (size_t i = 0; i < v->count; i++)
        parts[i] = GEOSGeom_clone_r(g->context, v->features[i].geometry);
    assert_int_equal(geos_union(g, parts, v->count, &result), TERRAMIS_OK);
    free(parts);
    return result;
}

/* a op b; destroys a. */
static GEOSGeometry *op(struct geos *g, char which, GEOSGeometry *a,
                        const GEOSGeometry *b)
{
    GEOSGeometry *result = which == '-'   ? GEOSDifference_r(g->context, a, b)
                           : which == '&' ? GEOSIntersection_r(g->context, a, b)
                                          : GEOSUnion_r(g->context, a, b);
    assert_non_null(result);
    GEOSGeom_destroy_r(g->context, a);
    return result;
}

/* Against whole-layer unions: marginal land, what the constraints take of it
 * in their order, and each kind. */
static void as_unions_of_whole_layers(struct scene *s)
{
    struct geos *g = s->g;
    struct areas a = build(s, everything);
    GEOSGeometry *sets[SETS], *marginal, *rest;
    for (int i = 0; i < SETS; i++)
        sets[i] = union_of(g, &s->vectors[i]);
    sets[KIND_RIGHT_OF_WAY] =
        op(g, '-', sets[KIND_RIGHT_OF_WAY], sets[KIND_COUNT]);
    marginal = GEOSGeom_clone_r(g->context, sets[0]);
    for (int k = 1; k < KIND_COUNT; k++)
        marginal = op(g, '+', marginal, sets[k]);
    marginal = op(g, '&', marginal, s->territory);
    is_near(a.total, geometry_area(g, marginal));
    for (int k = 0; k < KIND_COUNT; k++) {
        double found = 0;
        for (int m = 0; m < 1 << KIND_COUNT; m++)
            for (int c = 0; c <= CONSTRAINTS; c++)
                found += m & 1 << k ? a.by[m][c] : 0;
        GEOSGeometry *kind =
            GEOSIntersection_r(g->context, sets[k], s->territory);
        is_near(found, geometry_area(g, kind));
        GEOSGeom_destroy_r(g->context, kind);
    }
    rest = marginal;
    for (int c = 0; c < CONSTRAINTS; c++) {
        double before = geometry_area(g, rest), found = 0;
        rest = op(g, '-', rest, sets[KIND_COUNT + 1 + c]);
        for (int m = 0; m < 1 << KIND_COUNT; m++)
            found += a.by[m][c + 1];
        is_near(found, before - geometry_area(g, rest));
    }
    double plantable = 0, excluded = 0;
    for (int m = 0; m < 1 << KIND_COUNT; m++)
        for (int c = 0; c <= CONSTRAINTS; c++)
            *(c ? &excluded : &plantable) += a.by[m][c];
    is_near(plantable, geometry_area(g, rest));
    is_near(a.total, excluded + plantable);
    GEOSGeom_destroy_r(g->context, rest);
    for (int i = 0; i < SETS; i++)
        GEOSGeom_destroy_r(g->context, sets[i]);
}

/* Four tiles of any cut give what one gives. */
static void as_four_tiles(struct scene *s)
{
    struct areas one = build(s, everything), four = {.total = 0};
    double x = 1 + rand() % 99, y = 1 + rand() % 99 + 0.5;
    const struct rect tiles[] = {
        {0, 0, x, y}, {x, 0, 100, y}, {0, y, x, 100}, {x, y, 100, 100}};
    struct regions regions = {0}; /* used again, as a worker does */
    for (int i = 0; i < 4; i++) {
        assert_int_equal(regions_build(&regions, s->g, &s->overlay, tiles[i]),
                         TERRAMIS_OK);
        add_areas(&four, s->g, &regions);
        for (size_t k = 0; k < regions.count; k++) {
            struct rect e = regions.items[k].extent;
            assert_true(e.xmin >= tiles[i].xmin && e.xmax <= tiles[i].xmax &&
                        e.ymin >= tiles[i].ymin && e.ymax <= tiles[i].ymax);
        }
    }
    regions_release(&regions, s->g);
    is_near(one.land, four.land);
    for (int m = 0; m < 1 << KIND_COUNT; m++)
        for (int c = 0; c <= CONSTRAINTS; c++)
            is_near(one.by[m][c], four.by[m][c]);
}

static void are_disjoint(struct scene *s)
{
    struct regions r = {0};
    double area;
    assert_int_equal(regions_build(&r, s->g, &s->overlay, everything),
                     TERRAMIS_OK);
    for (size_t i = 0; i < r.count; i++)
        for (size_t k = 0; k < i; k++) {
            GEOSGeometry *both = GEOSIntersection_r(
                s->g->context, r.items[i].geometry, r.items[k].geometry);
            GEOSArea_r(s->g->context, both, &area);
            GEOSGeom_destroy_r(s->g->context, both);
            assert_true(area < 1e-9);
        }
    regions_release(&r, s->g);
    assert_null(r.items);
}

static void random_scenes(void **state)
{
    srand(2024);
    for (int i = 0; i < 60; i++) {
        struct scene s;
        random_scene(&s, *state);
        as_unions_of_whole_layers(&s);
        as_four_tiles(&s);
        are_disjoint(&s);
        end(&s);
    }
}

static void clipping(void **state)
{
    struct geos *g = *state;
    static const struct {
        const char *wkt;
        double area; /* inside 0..10 x 0..10; 0: nothing */
    } cases[] = {{"POLYGON((2 2,4 2,4 4,2 4,2 2))", 4},
                 {"POLYGON((5 5,15 5,15 15,5 15,5 5))", 25},
                 {"POLYGON((-5 -5,15 -5,15 15,-5 15,-5 -5))", 100},
                 {"POLYGON((-5 -5,15 -5,15 15,-5 15,-5 -5),(2 2,4 2,4 4,2 4,2 "
                  "2))",
                  96},
                 {"POLYGON((10 0,20 0,20 10,10 10,10 0))", 0}, /* an edge */
                 {"POLYGON((10 10,20 10,20 20,10 10))", 0},    /* a corner */
                 {"POLYGON((11 0,20 0,20 10,11 0))", 0},
                 {"LINESTRING(0 0,10 10)", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        GEOSGeometry *geometry = wkt(g, cases[i].wkt), *part;
        assert_int_equal(clip_to_rect(g, geometry, geos_extent(g, geometry),
                                      (struct rect){0, 0, 10, 10}, &part),
                         TERRAMIS_OK);
        assert_int_equal(part == NULL, cases[i].area == 0);
        is_near(geometry_area(g, part), cases[i].area);
        GEOSGeom_destroy_r(g->context, part);
        GEOSGeom_destroy_r(g->context, geometry);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_and_constraints_by_hand),
        cmocka_unit_test(only_the_territory_counts),
        cmocka_unit_test(constraints_without_marginal_land),
        cmocka_unit_test(random_scenes),
        cmocka_unit_test(clipping),
    };
    return cmocka_run_group_tests(tests, geos_set_up, geos_tear_down);
}
