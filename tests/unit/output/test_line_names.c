#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "layer/profile.h"
#include "output/line_names.h"
#include "unit/geometry.h"

static const struct rect everywhere = {0, 0, 1e7, 1e7};

struct world {
    struct config config;
    struct constraint_config constraint_config;
    struct layer_config network;
    struct plan plan;
    struct constraint constraint;
    struct marginal_layer marginal;
};

static void world_open(struct world *w, const char *roads)
{
    memset(w, 0, sizeof *w);
    w->constraint_config.id = "eau";
    w->constraint_config.layer.profile.op =
        registry_find(&profile_registry, "bdtopo-hydrographie");
    w->config.constraints =
        (struct list){.items = &w->constraint_config, .count = 1};
    w->constraint.named.config = &w->constraint_config.layer;
    w->network.profile.op = registry_find(&profile_registry, roads);
    w->marginal = (struct marginal_layer){.config = &w->network,
                                          .vector.config = &w->network,
                                          .is_network = true};
    w->plan = (struct plan){.config = &w->config,
                            .constraints = &w->constraint,
                            .marginal = &w->marginal,
                            .marginal_count = 1};
    if (geos_open(&w->plan.geos))
        abort();
}

static void world_close(struct world *w)
{
    vector_release(&w->constraint.named);
    vector_release(&w->marginal.vector);
    geos_close(&w->plan.geos);
}

static void add_water(struct world *w, const char *text, const char **name)
{
    struct geos *geos = &w->plan.geos;
    vector_add(&w->constraint.named, geos, wkt(geos, text))->values = name;
}

/* values: class, rank, ..., label */
static void add_road(struct world *w, const char *text, const char **values)
{
    struct geos *geos = &w->plan.geos;
    vector_add(&w->marginal.vector, geos, wkt(geos, text))->values = values;
}

static struct line_names make(struct world *w)
{
    struct line_names names;
    assert_int_equal(line_names_make(&names, &w->plan, everywhere),
                     TERRAMIS_OK);
    return names;
}

/* Three pieces of one river, the middle one drawn the other way round and the
 * first one last; a part apart; others. */
static void test_pieces_become_lines(void **state)
{
    const char *river[] = {"la Rivière"}, *brook[] = {"le Ruisseau"};
    const char *none[] = {NULL}, *unknown[] = {"NC"};
    const double whole[] = {0, 0, 10, 0, 20, 5, 30, 0, 40, 0};
    struct world w;
    (void)state;
    world_open(&w, "bdtopo-route");
    add_water(&w, "LINESTRING (30 0, 20 5, 10 0)", river);
    add_water(&w, "LINESTRING (30 0, 40 0)", river);
    add_water(&w, "LINESTRING (0 0, 10 0)", river);
    add_water(&w, "LINESTRING (40 0, 90 0)", brook);
    add_water(&w, "LINESTRING (100 0, 110 0)", river);
    add_water(&w, "LINESTRING (110 0, 210 0)", none);
    add_water(&w, "LINESTRING (110 0, 310 0)", unknown);
    struct line_names names = make(&w);
    assert_int_equal(names.count, 3);
    assert_string_equal(names.items[0].name, "le Ruisseau"); /* the longest */
    assert_string_equal(names.items[1].name, "la Rivière");
    assert_int_equal(names.items[1].points, 5);
    bool turned = names.items[1].xy[0] == 40;
    for (size_t i = 0; i < 5; i++)
        assert_true(names.items[1].xy[2 * i] ==
                    whole[2 * (turned ? 4 - i : i)]);
    assert_int_equal(names.items[2].points, 2);
    assert_false(names.items[1].wide);
    line_names_release(&names);
    struct rect near = {95, -1, 105, 1};
    assert_int_equal(line_names_make(&names, &w.plan, near), TERRAMIS_OK);
    assert_int_equal(names.count, 1);
    line_names_release(&names);
    world_close(&w);
}

static void test_axis_of_an_area(void **state)
{
    const char *seine[] = {"la Seine"};
    struct world w;
    (void)state;
    world_open(&w, "bdtopo-route");
    add_water(&w, "LINESTRING (0 0, 100 0)", seine);
    add_water(&w, "POLYGON ((0 -9, 100 -9, 100 9, 0 9, 0 -9))", seine);
    struct line_names names = make(&w);
    assert_int_equal(names.count, 1);
    assert_true(names.items[0].wide && names.items[0].points == 2);
    line_names_release(&names);
    world_close(&w);
}

/* Roads that link towns only; the first number of several; hostile ones. */
static void test_roads(void **state)
{
    char long_text[4096];
    memset(long_text, 'D', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    const char *main[RIGHTS_OF_WAY_FIELDS + 1] = {"motorway"};
    const char *lane[RIGHTS_OF_WAY_FIELDS + 1] = {"residential"};
    const char *long_one[RIGHTS_OF_WAY_FIELDS + 1] = {"trunk"};
    const char *empty[RIGHTS_OF_WAY_FIELDS + 1] = {"primary"};
    struct world w;
    (void)state;
    main[NETWORK_LABEL] = "A 13 ;E 46";
    lane[NETWORK_LABEL] = "C 1";
    long_one[NETWORK_LABEL] = long_text;
    empty[NETWORK_LABEL] = " ;A 1";
    world_open(&w, "osm-roads");
    add_road(&w, "LINESTRING (0 0, 100 0)", main);
    add_road(&w, "LINESTRING (0 10, 900 10)", lane);
    add_road(&w, "LINESTRING (0 20, 900 20)", long_one);
    add_road(&w, "LINESTRING (0 30, 900 30)", empty);
    struct line_names names = make(&w);
    assert_int_equal(names.count, 1);
    assert_string_equal(names.items[0].name, "A 13");
    assert_int_equal(names.items[0].kind, LINE_ROAD);
    line_names_release(&names);
    world_close(&w);
}

/* BD TOPO: importance, where the class alone does not say it. */
static void test_roads_by_importance(void **state)
{
    const char *first[RIGHTS_OF_WAY_FIELDS + 1] = {"Route à 1 chaussée", "2"};
    const char *third[RIGHTS_OF_WAY_FIELDS + 1] = {"Route à 1 chaussée", "3"};
    struct world w;
    (void)state;
    first[NETWORK_LABEL] = "D1";
    third[NETWORK_LABEL] = "D3";
    world_open(&w, "bdtopo-route");
    add_road(&w, "LINESTRING (0 0, 100 0)", first);
    add_road(&w, "LINESTRING (0 10, 900 10)", third);
    struct line_names names = make(&w);
    assert_int_equal(names.count, 1);
    assert_string_equal(names.items[0].name, "D1");
    line_names_release(&names);
    world_close(&w);
}

/* Ten thousand pieces that all meet in one point end in no time, as lines. */
static void test_star(void **state)
{
    enum {
        RAYS = 10000
    };
    const char *name[] = {"l’Étoile"};
    struct world w;
    (void)state;
    world_open(&w, "bdtopo-route");
    for (int i = 0; i < RAYS; i++) {
        char text[80];
        snprintf(text, sizeof text, "LINESTRING (0 0, %d 5000)", i);
        add_water(&w, text, name);
    }
    struct line_names names = make(&w);
    size_t points = 0;
    for (size_t i = 0; i < names.count; i++)
        points += names.items[i].points;
    assert_true(names.count >= RAYS / 2 && points <= 2 * RAYS);
    line_names_release(&names);
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces_become_lines),
        cmocka_unit_test(test_axis_of_an_area), cmocka_unit_test(test_roads),
        cmocka_unit_test(test_roads_by_importance),
        cmocka_unit_test(test_star)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
