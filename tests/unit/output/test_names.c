#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "output/names.h"
#include "unit/geometry.h"
#include "unit/output/fake.h"

static const struct rect everywhere = {0, 0, 1e7, 1e7};

struct world {
    struct config config;
    struct plan plan;
    struct vector *vector;
    const char *values[6][2];
};

static void world_open(struct world *w, bool places)
{
    memset(w, 0, sizeof *w);
    if (places)
        w->config.places.layer.source.text = "communes.gpkg";
    w->plan.config = &w->config;
    w->vector = places ? &w->plan.places : &w->plan.parcels;
    if (geos_open(&w->plan.geos))
        abort();
}

static void add(struct world *w, double x, double y, const char *name,
                const char *importance)
{
    size_t i = w->vector->count;
    vector_add(w->vector, &w->plan.geos, fake_square(&w->plan.geos, x, y));
    w->values[i][0] = name;
    w->values[i][1] = importance;
    w->vector->features[i].values = w->values[i];
}

static void world_close(struct world *w)
{
    vector_release(w->vector);
    geos_close(&w->plan.geos);
}

static void test_names_by_importance(void **state)
{
    (void)state;
    struct world w;
    struct names names;
    world_open(&w, true);
    w.config.places.importance = "population";
    add(&w, 1000, 2000, "Petit", "12");
    add(&w, 2000, 2000, NULL, "99");
    add(&w, 3000, 2000, "Grand", "5e4");
    add(&w, 4000, 2000, "Inconnu", "beaucoup");
    add(&w, 5000, 2000, "", "1");
    add(&w, 6000, 2000, "<b>œuf</b>", NULL);
    assert_int_equal(names_make(&names, &w.plan, everywhere), TERRAMIS_OK);
    assert_int_equal(names.count, 4);
    assert_false(names.are_codes);
    assert_string_equal(names.items[0].name, "Grand");
    assert_true(names.items[0].x == 3050 && names.items[0].y == 2050);
    assert_string_equal(names.items[1].name, "Petit");
    assert_string_equal(names.items[2].name, "Inconnu");
    assert_string_equal(names.items[3].name, "<b>œuf</b>");
    names_release(&names);
    struct rect near = {2900, 0, 3200, 9000};
    assert_int_equal(names_make(&names, &w.plan, near), TERRAMIS_OK);
    assert_int_equal(names.count, 1);
    names_release(&names);
    world_close(&w);
}

/* The code stands in the middle of the commune's parcels. */
static void test_codes_of_parcels(void **state)
{
    (void)state;
    struct world w;
    struct names names;
    world_open(&w, false);
    add(&w, 1000, 1000, "763840000A0001", NULL);
    add(&w, 3000, 1000, "763840000A0002", NULL);
    add(&w, 9000, 1000, "2A0040000B0001", NULL);
    add(&w, 5000, 1000, "parcelle-libre", NULL);
    add(&w, 5000, 1000, NULL, NULL);
    add(&w, 5000, 1000, "76384", NULL);
    assert_int_equal(names_make(&names, &w.plan, everywhere), TERRAMIS_OK);
    assert_true(names.are_codes);
    assert_int_equal(names.count, 2);
    assert_string_equal(names.items[0].name, "2A004");
    assert_string_equal(names.items[1].name, "76384");
    assert_true(names.items[1].x == 2050);
    names_release(&names);
    world_close(&w);
}

static void test_nothing(void **state)
{
    (void)state;
    struct world w;
    struct names names;
    for (int places = 0; places < 2; places++) {
        world_open(&w, places == 1);
        assert_int_equal(names_make(&names, &w.plan, everywhere), TERRAMIS_OK);
        assert_int_equal(names.count, 0);
        assert_false(names.are_codes);
        names_release(&names);
        world_close(&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_by_importance),
        cmocka_unit_test(test_codes_of_parcels),
        cmocka_unit_test(test_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
