/* Kinds, holes and constraints by hand; test_mosaic.c compares random areas
 * with GEOS. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "overlay/land.h"
#include "unit/geometry.h"

enum {
    CONSTRAINTS = 3, /* the last one keeps rights-of-way free */
    LAYERS = KIND_COUNT + CONSTRAINTS,
    N = 20 /* cells of 5 m per side */
};

struct scene {
    struct geos *g;
    struct paths territory;
    struct vector layers[LAYERS]; /* kinds, then constraints */
    const struct vector *pointers[LAYERS];
    struct overlay overlay;
};

static void begin(struct scene *s, struct geos *g, const char *territory)
{
    GEOSGeometry *area = wkt(g, territory);
    *s = (struct scene){.g = g};
    assert_int_equal(paths_add_geometry(&s->territory, g, area), TERRAMIS_OK);
    GEOSGeom_destroy_r(g->context, area);
}

static void box(struct scene *s, int layer, double x0, double y0, double x1,
                double y1)
{
    vector_add(&s->layers[layer], s->g,
               geos_rectangle(s->g, (struct rect){x0, y0, x1, y1}));
}

static void finish(struct scene *s)
{
    struct overlay *o = &s->overlay;
    o->territory = (struct path_range){&s->territory, 0, s->territory.count};
    o->constraint_count = CONSTRAINTS;
    o->rule = (struct mosaic_rule){.territory = 1U << LAND_TERRITORY,
                                   .kind_count = KIND_COUNT,
                                   .first_constraint = LAND_CONSTRAINTS,
                                   .constraint_count = CONSTRAINTS};
    for (int i = 0; i < LAYERS; i++) {
        assert_int_equal(vector_index(&s->layers[i]), TERRAMIS_OK);
        s->pointers[i] = &s->layers[i];
        struct area_set set = {&s->pointers[i], 1};
        if (i < KIND_COUNT) {
            o->kinds[i] = set;
            o->rule.kinds[i] = 1U << (LAND_KINDS + i);
        } else {
            o->constraints[i - KIND_COUNT] = set;
        }
    }
    o->rule.holes[KIND_RIGHT_OF_WAY] = 1U
                                       << (LAND_CONSTRAINTS + CONSTRAINTS - 1);
}

static void end(struct scene *s)
{
    for (int i = 0; i < LAYERS; i++)
        vector_release(&s->layers[i]);
    paths_release(&s->territory);
}

/* Square metres by kinds and constraint (0: plantable, 1: the first, ...). */
struct areas {
    double by[1 << KIND_COUNT][CONSTRAINTS + 1];
    double marginal, land;
};

static void add_window(struct scene *s, struct window w, struct areas *areas)
{
    struct grid whole = {0, 100, 5, N, N};
    struct grid tile = grid_part(&whole, w);
    struct mosaic *mosaic;
    const struct piece_list *land, *parcels;
    assert_int_equal(mosaic_new(&mosaic, N), TERRAMIS_OK);
    assert_int_equal(land_begin(mosaic, &s->overlay, &tile), TERRAMIS_OK);
    assert_int_equal(mosaic_cut(mosaic, &s->overlay.rule, &land, &parcels),
                     TERRAMIS_OK);
    for (size_t i = 0; i < land->count; i++) {
        const struct piece *p = &land->items[i];
        double area = (double)p->share / MOSAIC_ONE * 25 * p->run;
        assert_true(p->kinds < 1 << KIND_COUNT);
        assert_true(p->constraint < CONSTRAINTS);
        areas->land += area;
        if (p->kinds == 0)
            continue;
        areas->marginal += area;
        areas->by[p->kinds][p->constraint + 1] += area;
    }
    mosaic_free(mosaic);
}

static struct areas cut(struct scene *s)
{
    struct areas areas = {.land = 0};
    add_window(s, (struct window){0, 0, N, N}, &areas);
    return areas;
}

static void is_near(double a, double b)
{
    if (!(fabs(a - b) < 0.01))
        print_error("%.9g is not %.9g\n", a, b);
    assert_true(fabs(a - b) < 0.01);
}

static const char square[] = "POLYGON((0 0,100 0,100 100,0 100,0 0))";

static void scene_by_hand(struct scene *s, struct geos *g)
{
    begin(s, g, square);
    box(s, KIND_POLLUTED_SOIL, 0, 0, 40, 100);
    box(s, KIND_CATCHMENT, 20, 0, 60, 100);
    box(s, KIND_CATCHMENT, 30, 0, 60, 100); /* overlaps its own kind */
    box(s, KIND_RIGHT_OF_WAY, 0, 88, 200, 100);
    box(s, KIND_COUNT, 0, 0, 100, 10);
    box(s, KIND_COUNT + 1, 0, 5, 100, 20);  /* 5..10 is the first's already */
    box(s, KIND_COUNT + 2, 0, 93, 50, 100); /* carriageway */
    finish(s);
}

static void kinds_and_constraints_by_hand(void **state)
{
    struct scene s;
    scene_by_hand(&s, *state);
    struct areas a = cut(&s);
    const unsigned p = 1, c = 2, r = 4;
    is_near(a.land, 10000);
    is_near(a.marginal, 60 * 100 + 40 * 12);
    /* x 0..20: polluted alone; the strip at the top is a right-of-way but for
     * the carriageway, which excludes what is polluted there */
    is_near(a.by[p][1], 20 * 10);
    is_near(a.by[p][2], 20 * 10);
    is_near(a.by[p][3], 20 * 7);
    is_near(a.by[p][0], 20 * (88 - 20));
    is_near(a.by[p | r][0], 20 * 5);
    is_near(a.by[p | r][3], 0);
    is_near(a.by[p | c][0], 20 * 68);
    is_near(a.by[p | c | r][0], 20 * 5);
    is_near(a.by[p | c][3], 20 * 7);
    is_near(a.by[c][0], 20 * 68);
    is_near(a.by[c][3], 10 * 7);
    is_near(a.by[c | r][0], 10 * 5 + 10 * 12);
    is_near(a.by[r][0], 40 * 12);
    is_near(a.by[r][1] + a.by[r][2] + a.by[r][3], 0);
    double sum = 0;
    for (int m = 0; m < 1 << KIND_COUNT; m++)
        for (int k = 0; k <= CONSTRAINTS; k++)
            sum += a.by[m][k];
    is_near(sum, a.marginal);
    end(&s);
}

static void four_tiles_make_one(void **state)
{
    struct scene s;
    scene_by_hand(&s, *state);
    struct areas one = cut(&s);
    for (int x = 3; x < N; x += 5) {
        struct areas four = {.land = 0};
        add_window(&s, (struct window){0, 0, x, 7}, &four);
        add_window(&s, (struct window){x, 0, N - x, 7}, &four);
        add_window(&s, (struct window){0, 7, x, N - 7}, &four);
        add_window(&s, (struct window){x, 7, N - x, N - 7}, &four);
        is_near(four.land, one.land);
        for (int m = 0; m < 1 << KIND_COUNT; m++)
            for (int k = 0; k <= CONSTRAINTS; k++)
                is_near(four.by[m][k], one.by[m][k]);
    }
    end(&s);
}

static void only_the_territory_counts(void **state)
{
    struct scene s;
    begin(&s, *state,
          "MULTIPOLYGON(((10 10,30 10,30 30,10 30,10 10),(15 15,20 15,20 20,15 "
          "20,15 15)),((52 52,61 52,61 61,52 61,52 52)))");
    box(&s, KIND_CATCHMENT, -50, -50, 150, 150);
    box(&s, KIND_COUNT, 0, 0, 1, 1); /* outside */
    finish(&s);
    struct areas a = cut(&s);
    is_near(a.land, 400 - 25 + 81);
    is_near(a.by[2][0], 456);
    struct areas off = {.land = 0};
    add_window(&s, (struct window){15, 0, 5, 5}, &off);
    is_near(off.land, 0);
    end(&s);
}

/* Features are left out, or get labels of their own. */
static int label_of(size_t feature, const void *data)
{
    const int *first = data;
    return feature == 1 ? -1 : *first + (int)feature;
}

static void labels_by_feature(void **state)
{
    struct scene s;
    begin(&s, *state, square);
    box(&s, 0, 0, 0, 10, 10);
    box(&s, 0, 20, 0, 30, 10);
    box(&s, 0, 40, 0, 50, 20);
    box(&s, KIND_CATCHMENT, 0, 0, 100, 100);
    finish(&s);
    struct grid tile = {0, 100, 5, N, N};
    struct mosaic *mosaic;
    const struct piece_list *land, *parcels;
    int first = MOSAIC_SETS;
    double areas[3] = {0};
    assert_int_equal(mosaic_new(&mosaic, N), TERRAMIS_OK);
    assert_int_equal(land_begin(mosaic, &s.overlay, &tile), TERRAMIS_OK);
    assert_int_equal(
        land_add_vector(mosaic, &s.layers[0], &tile, 0, label_of, &first),
        TERRAMIS_OK);
    assert_int_equal(mosaic_cut(mosaic, &s.overlay.rule, &land, &parcels),
                     TERRAMIS_OK);
    for (size_t i = 0; i < parcels->count; i++)
        areas[parcels->items[i].parcel] += (double)parcels->items[i].share /
                                           MOSAIC_ONE * 25 *
                                           parcels->items[i].run;
    is_near(areas[0], 100);
    is_near(areas[1], 0);
    is_near(areas[2], 200);
    mosaic_free(mosaic);
    end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_and_constraints_by_hand),
        cmocka_unit_test(four_tiles_make_one),
        cmocka_unit_test(only_the_territory_counts),
        cmocka_unit_test(labels_by_feature),
    };
    return cmocka_run_group_tests(tests, geos_set_up, geos_tear_down);
}
