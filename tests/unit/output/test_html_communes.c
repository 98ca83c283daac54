#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/html_communes.h"
#include "plan/plan.h"
#include "unit/geometry.h"

static int find(struct html_communes *communes, const char *name,
                const char *code, const char *id)
{
    const char *values[PARCEL_FIELDS] = {[PARCEL_ID] = id,
                                         [PARCEL_COMMUNE_NAME] = name,
                                         [PARCEL_COMMUNE_CODE] = code};
    struct feature feature = {.values = values};
    int number = -2;
    assert_int_equal(html_communes_find(communes, &feature, id, &number),
                     TERRAMIS_OK);
    return number;
}

static void each_commune_once(void **state)
{
    (void)state;
    struct html_communes communes = {.items = NULL};
    struct html_json json = {.more = false};
    struct feature plain = {.values = NULL};
    int number;
    assert_int_equal(find(&communes, NULL, NULL, "A"), -1);
    assert_int_equal(find(&communes, "", "", "A"), -1);
    assert_int_equal(find(&communes, NULL, NULL, "76922000ZA0003"), 0);
    assert_int_equal(find(&communes, "Caen", "14118", "x"), 1);
    assert_int_equal(find(&communes, "Caen", NULL, "x"), 2);
    assert_int_equal(find(&communes, NULL, NULL, "76922000ZB0001"), 0);
    assert_int_equal(find(&communes, "Caen", "14118", "y"), 1);
    /* the identifier knows better than a field that lost its zero */
    assert_int_equal(
        find(&communes, "L\"<Abergement", "1001", "01001000AB0001"), 3);
    assert_int_equal(
        html_communes_find(&communes, &plain, "76922000ZA0003", &number),
        TERRAMIS_OK);
    assert_int_equal(number, 0);
    html_put_communes(&json, &communes);
    assert_string_equal(text_get(&json.out),
                        "\"communes\":[[\"76922\",null],[\"14118\",\"Caen\"],"
                        "[null,\"Caen\"],[\"01001\",\"L\\\"\\u003cAbergement\"]"
                        "]");
    text_release(&json.out);
    html_communes_release(&communes);
}

/* Two places side by side; the parcel's middle tells, fields know better. */
static void by_the_place_around(void **state)
{
    (void)state;
    struct geos geos;
    struct vector places = {.count = 0};
    const char *left = "Gauche", *right = "Droite";
    assert_int_equal(geos_open(&geos), TERRAMIS_OK);
    vector_add(&places, &geos,
               geos_rectangle(&geos, (struct rect){0, 0, 9, 9}));
    vector_add(&places, &geos,
               geos_rectangle(&geos, (struct rect){9, 0, 18, 9}));
    places.features[0].values = &left;
    places.features[1].values = &right;
    assert_int_equal(vector_index(&places), TERRAMIS_OK);
    struct html_communes communes = {.places = &places};
    struct feature parcel = {.extent = {6, 1, 16, 3}};
    int number;
    assert_int_equal(
        html_communes_find(&communes, &parcel, "14001000AB0001", &number),
        TERRAMIS_OK);
    assert_string_equal(communes.items[number].name, "Droite");
    assert_string_equal(communes.items[number].code, "14001");
    parcel.extent = (struct rect){20, 1, 22, 3};
    assert_int_equal(html_communes_find(&communes, &parcel, NULL, &number),
                     TERRAMIS_OK);
    assert_int_equal(number, -1);
    const char *values[PARCEL_FIELDS] = {[PARCEL_COMMUNE_NAME] = "Ici"};
    parcel = (struct feature){.extent = {1, 1, 2, 2}, .values = values};
    assert_int_equal(html_communes_find(&communes, &parcel, NULL, &number),
                     TERRAMIS_OK);
    assert_string_equal(communes.items[number].name, "Ici");
    html_communes_release(&communes);
    vector_release(&places);
    geos_close(&geos);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_commune_once),
        cmocka_unit_test(by_the_place_around),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
