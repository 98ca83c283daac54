#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "overlay/right_of_way.h"
#include "unit/geometry.h"

/* In the order of rights_of_way_fields(). */
#define LINE_OF(...)                                                           \
    {                                                                          \
        "LINESTRING(0 0,100 0)",                                               \
        {                                                                      \
            __VA_ARGS__                                                        \
        }                                                                      \
    }
#define LINE(class, width, lanes, level, fiction)                              \
    LINE_OF(class, NULL, width, lanes, level, NULL, NULL, fiction)

static const struct right_of_way *rule_of(const char *profile)
{
    struct operator_use use = {.op = registry_find(&profile_registry, profile)};
    assert_non_null(use.op);
    return profile_of(&use)->right_of_way;
}

/* A straight line of 100 m buffered by h: 200 h and two half circles, the
 * arcs drawn with 16 segments per quadrant. */
static double strip(double h)
{
    return 200 * h + 32 * h * h * sin(2 * M_PI / 64);
}

static struct rights_of_way build(struct geos *g, const char *profile,
                                  const struct feature_of *lines, size_t count,
                                  struct vector *vector)
{
    struct rights_of_way rights;
    *vector = vector_of(g, lines, count, RIGHTS_OF_WAY_FIELDS);
    assert_int_equal(rights_of_way_build(&rights, rule_of(profile), vector, 2),
                     TERRAMIS_OK);
    assert_int_equal(rights.used + rights.tunnels_and_bridges +
                         rights.fictitious + rights.unknown,
                     count);
    return rights;
}

static void is_strip(struct geos *g, const struct vector *v, size_t i,
                     double half)
{
    double area = paths_area(g, vector_paths(v, i));
    if (!(fabs(area - strip(half)) < 1e-6))
        print_error("line %zu: %g, not %g\n", i, area, strip(half));
    assert_true(fabs(area - strip(half)) < 1e-6);
}

static void fields_in_order(void **state)
{
    (void)state;
    const char *fields[RIGHTS_OF_WAY_FIELDS + 1];
    size_t count;
    rights_of_way_fields(rule_of("bdtopo-route"), fields, &count);
    static const char *const expected[] = {
        "nature",
        "?importance",
        "?largeur_de_chaussee|largeur",
        "?nombre_de_voies|nb_voies",
        "?position_par_rapport_au_sol|pos_sol",
        "",
        "",
        "?fictif"};
    assert_int_equal(count, RIGHTS_OF_WAY_FIELDS);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(fields[i], expected[i]);
    assert_null(fields[count]);
    rights_of_way_fields(rule_of("bdtopo-canalisation"), fields, &count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(fields[i], i == 4 ? expected[4] : "");
}

/* Width as measured, else by lanes of 3 m, else the usual one. */
static void widths_of_roads(void **state)
{
    static const struct feature_of lines[] = {
        LINE("Route à 1 chaussée", "7", "2", "0", "0"),
        LINE("Route à 1 chaussée", NULL, "2", NULL, NULL),
        LINE("Route à 1 chaussée", "0", "4", "", ""),
        LINE("Route à 1 chaussée", NULL, NULL, "0", "false"),
        LINE("Route à 1 chaussée", "large", "0", "Gué ou radier", "Non"),
        LINE("route à 2 chaussées", "14.5", NULL, "0", NULL),
        LINE("Type autoroutier", NULL, NULL, NULL, NULL)};
    /* half of the carriageway, verge, setback */
    static const double expected[][3] = {
        {3.5, 5, 2},  {3, 5, 2},     {6, 5, 2},    {2.75, 5, 2},
        {2.75, 5, 2}, {7.25, 10, 4}, {10.5, 15, 5}};
    struct geos *g = *state;
    struct vector v;
    struct rights_of_way r = build(g, "bdtopo-route", lines, 7, &v);
    assert_int_equal(r.used, 7);
    for (size_t i = 0; i < 7; i++) {
        is_strip(g, &r.corridor, i, expected[i][0] + expected[i][1]);
        is_strip(g, &r.kept_free, i, expected[i][0] + expected[i][2]);
        assert_int_equal(r.corridor.features[i].fid, i + 1);
    }
    rights_of_way_release(&r);
    vector_release(&v);
}

/* Where neither width nor lanes are known, importance says how wide. */
static void widths_by_importance(void **state)
{
    static const struct feature_of lines[] = {
        LINE_OF("Route à 1 chaussée", "1"),
        LINE_OF("Route à 1 chaussée", "2", "9,5"),
        LINE_OF("Route à 1 chaussée", "3", NULL, "2"),
        LINE_OF("Route à 1 chaussée", "4"),
        LINE_OF("Route à 1 chaussée", "5"),
        LINE_OF("Type autoroutier", "1"),
        LINE_OF("Route à 1 chaussée", "6")};
    static const double half[] = {3.5 + 6, 4.75 + 6,  3 + 5, 2.75 + 5,
                                  2.5 + 4, 10.5 + 15, 2 + 3};
    struct geos *g = *state;
    struct vector v;
    struct rights_of_way r = build(g, "bdtopo-route", lines, 7, &v);
    for (size_t i = 0; i < 7; i++)
        is_strip(g, &r.corridor, i, half[i]);
    rights_of_way_release(&r);
    vector_release(&v);
}

/* OSM: bridges and tunnels are marked, volts are counted one by one. */
static void openstreetmap(void **state)
{
    static const struct feature_of roads[] = {
        LINE_OF("primary", NULL, NULL, NULL, NULL, "F", "F"),
        LINE_OF("primary", NULL, NULL, NULL, NULL, "T", "F"),
        LINE_OF("primary", NULL, NULL, NULL, NULL, "no", "yes"),
        LINE_OF("primary", NULL, "8.5", "2", NULL, NULL, NULL),
        LINE_OF("path", NULL)};
    static const struct feature_of power[] = {
        LINE_OF("225000;63000"), LINE_OF("400000"), LINE_OF("20000"),
        LINE_OF("yes"), LINE_OF("HORS TENSION")};
    struct geos *g = *state;
    struct vector v;
    struct rights_of_way r = build(g, "osm-roads", roads, 5, &v);
    assert_int_equal(r.tunnels_and_bridges, 2);
    assert_int_equal(r.unknown, 1);
    is_strip(g, &r.corridor, 0, 3.5 + 6);
    is_strip(g, &r.corridor, 1, 4.25 + 6);
    rights_of_way_release(&r);
    vector_release(&v);
    r = build(g, "osm-power", power, 5, &v);
    assert_int_equal(r.used, 2);
    is_strip(g, &r.corridor, 0, 20);
    is_strip(g, &r.corridor, 1, 30);
    rights_of_way_release(&r);
    vector_release(&v);
}

static void what_is_no_ground_has_no_verge(void **state)
{
    static const struct feature_of lines[] = {
        LINE("Route à 1 chaussée", "7", "2", "-1", "0"), /* tunnel */
        LINE("Route à 1 chaussée", "7", "2", "1", "0"),  /* bridge */
        LINE("Route à 1 chaussée", "7", "2", "0", "true"),
        LINE("Route à 1 chaussée", "7", "2", "0", "1"),
        LINE("Route à 1 chaussée", "7", "2", "0", "Oui"),
        LINE("Sentier", NULL, NULL, "0", "0"),
        LINE("Chemin", "3", NULL, "0", "0"),
        LINE(NULL, "3", NULL, "0", "0"),
        LINE("Route à 1 chaussée", "7", "2", "0", "0")};
    struct geos *g = *state;
    struct vector v;
    struct rights_of_way r = build(g, "bdtopo-route", lines, 9, &v);
    assert_int_equal(r.tunnels_and_bridges, 2);
    assert_int_equal(r.fictitious, 3);
    assert_int_equal(r.unknown, 3);
    assert_int_equal(r.used, 1);
    assert_int_equal(r.corridor.count, 1);
    assert_int_equal(r.corridor.features[0].fid, 9);
    rights_of_way_release(&r);
    vector_release(&v);
}

static void voltages(void **state)
{
    static const struct feature_of lines[] = {
        LINE("63 kV", NULL, NULL, NULL, NULL),
        LINE("400kV", NULL, NULL, NULL, NULL),
        LINE(" 90", NULL, NULL, NULL, NULL),
        LINE("225 kV", NULL, NULL, NULL, NULL),
        LINE("<45kV", NULL, NULL, NULL, NULL), /* at most */
        LINE("6 kV", NULL, NULL, NULL, NULL),  /* not 63 */
        LINE("4000 V", NULL, NULL, NULL, NULL),
        LINE("Hors tension", NULL, NULL, NULL, NULL),
        LINE(NULL, NULL, NULL, NULL, NULL)};
    static const double half[] = {10, 30, 12, 20, 8};
    struct geos *g = *state;
    struct vector v;
    struct rights_of_way r = build(g, "bdtopo-ligne-electrique", lines, 9, &v);
    assert_int_equal(r.used, 5);
    assert_int_equal(r.unknown, 4);
    for (size_t i = 0; i < 5; i++)
        is_strip(g, &r.corridor, i, half[i]);
    /* land under lines may be planted: nothing is kept free */
    assert_int_equal(r.kept_free.count, 0);
    rights_of_way_release(&r);
    vector_release(&v);
}

/* Corridors for any nature. */
static void rail_and_pipe(void **state)
{
    static const struct feature_of rails[] = {
        LINE("LGV", NULL, "2", "0", NULL),
        LINE("Voie ferrée principale", NULL, "1", "0", NULL),
        LINE(NULL, NULL, NULL, NULL, NULL)};
    struct geos *g = *state;
    struct vector v;
    struct rights_of_way r = build(g, "bdtopo-voie-ferree", rails, 3, &v);
    assert_int_equal(r.used, 3);
    is_strip(g, &r.corridor, 0, 4 + 15);
    is_strip(g, &r.kept_free, 0, 4 + 8);
    is_strip(g, &r.corridor, 1, 2 + 10);
    is_strip(g, &r.corridor, 2, 2 + 10);
    is_strip(g, &r.kept_free, 2, 2 + 6);
    rights_of_way_release(&r);
    vector_release(&v);
    static const struct feature_of pipe[] = {LINE("", "", "", "", "")};
    r = build(g, "bdtopo-canalisation", pipe, 1, &v);
    is_strip(g, &r.corridor, 0, 10);
    is_strip(g, &r.kept_free, 0, 5);
    rights_of_way_release(&r);
    vector_release(&v);
}

/* What may be planted: the corridor less what is kept free, here two strips
 * of 3 m along 100 m and the rings around the ends. */
static void corridor_less_kept_free(void **state)
{
    static const struct feature_of lines[] = {
        LINE("Route à 1 chaussée", "6", NULL, "0", NULL)};
    struct geos *g = *state;
    struct vector v;
    struct rights_of_way r = build(g, "bdtopo-route", lines, 1, &v);
    GEOSGeometry *corridor = geometry_of(g, vector_paths(&r.corridor, 0));
    GEOSGeometry *kept_free = geometry_of(g, vector_paths(&r.kept_free, 0));
    GEOSGeometry *rest = GEOSDifference_r(g->context, corridor, kept_free);
    GEOSGeom_destroy_r(g->context, corridor);
    GEOSGeom_destroy_r(g->context, kept_free);
    assert_true(fabs(geometry_area(g, rest) - (strip(8) - strip(5))) < 1e-6);
    /* away from the ends, beside the road, it is exactly 2 x 3 m wide */
    GEOSGeometry *middle = GEOSClipByRect_r(g->context, rest, 40, -50, 60, 50);
    assert_true(fabs(geometry_area(g, middle) - 20 * 2 * 3) < 1e-9);
    GEOSGeom_destroy_r(g->context, middle);
    GEOSGeom_destroy_r(g->context, rest);
    rights_of_way_release(&r);
    assert_null(r.corridor.features);
    vector_release(&v);
}

static void no_lines(void **state)
{
    struct geos *g = *state;
    struct vector v;
    struct rights_of_way r = build(g, "bdtopo-route", NULL, 0, &v);
    assert_int_equal(r.corridor.count, 0);
    rights_of_way_release(&r);
    vector_release(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_in_order),
        cmocka_unit_test(widths_of_roads),
        cmocka_unit_test(widths_by_importance),
        cmocka_unit_test(openstreetmap),
        cmocka_unit_test(what_is_no_ground_has_no_verge),
        cmocka_unit_test(voltages),
        cmocka_unit_test(rail_and_pipe),
        cmocka_unit_test(corridor_less_kept_free),
        cmocka_unit_test(no_lines),
    };
    return cmocka_run_group_tests(tests, geos_set_up, geos_tear_down);
}
