#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "layer/profile.h"
#include "parcel/assess.h"
#include "unit/geometry.h"

static int preset(const char *name)
{
    int i = 0;
    while (strcmp(threshold_names[i], name) != 0)
        i++;
    return i;
}

static struct pollution_config ladder(void)
{
    return (struct pollution_config){preset("aspitet-ordinary"),
                                     preset("sludge-1998"), preset("none")};
}

/* French median soils may be used for anything; the Metaleurop gradient (Cd
 * 3-14, Pb 170-700, Zn 220-900 mg/kg) for nothing but materials. */
static void uses_by_content(void **state)
{
    (void)state;
    static const struct {
        double cd, pb, zn, as;
        enum crop_use use;
    } cases[] = {
        {.16, 34.1, 80, NAN, USE_ANY},      {.45, 50, 100, 25, USE_ANY},
        {.46, 50, 100, 25, USE_COMBUSTION}, {2, 100, 300, NAN, USE_COMBUSTION},
        {3, 170, 220, NAN, USE_MATERIAL},   {.1, 10, 20, 30, USE_MATERIAL},
        {NAN, NAN, NAN, NAN, USE_ANY}};
    struct pollution_config config = ladder();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double content[METAL_COUNT];
        for (int m = 0; m < METAL_COUNT; m++)
            content[m] = NAN;
        content[METAL_Cd] = cases[i].cd;
        content[METAL_Pb] = cases[i].pb;
        content[METAL_Zn] = cases[i].zn;
        content[METAL_As] = cases[i].as;
        assert_int_equal(use_of_soil(&config, content), cases[i].use);
        content[METAL_Hg] = 1e6; /* more of anything never allows more */
        assert_true(use_of_soil(&config, content) <= cases[i].use);
        config.material = preset("aspitet-moderate");
        assert_int_equal(use_of_soil(&config, content), USE_NONE);
        config.material = preset("none");
    }
}

static void lengths_of_strips(void **state)
{
    (void)state;
    assert_true(fabs(strip_length(300, 206) - 100) < 1e-9); /* 100 x 3 */
    assert_true(fabs(strip_length(100, 40) - 10) < 1e-9);
    assert_true(fabs(strip_length(100, 39) - 9.75) < 1e-9); /* rounder: P/4 */
}

/* One parcel of 100 x 100 m and one layer of each kind. */
struct scene {
    struct geos geos;
    struct config config;
    struct layer_config layer, other_layer;
    struct vector parcels_vector, vector, other_vector;
    struct parcel parcel;
    struct parcels parcels;
    struct evidence evidence[2];
    size_t layers;
    struct cover_layer cover;
    double arable[3], miscanthus[3];
};

static void one_rectangle(struct scene *s, struct vector *v, struct rect r)
{
    *v = (struct vector){.config = NULL};
    vector_add(v, &s->geos, geos_rectangle(&s->geos, r));
    assert_int_equal(vector_index(v), TERRAMIS_OK);
}

static void open_scene(struct scene *s, const char *profile,
                       enum marginal_kind kind, struct rect area)
{
    memset(s, 0, sizeof *s);
    s->arable[1] = 27, s->arable[2] = 40;
    s->miscanthus[1] = 6, s->miscanthus[2] = 6;
    s->config.pollution = ladder();
    s->config.nitrate =
        (struct nitrate_config){{s->arable, 3}, {s->miscanthus, 3}};
    s->config.language = LANGUAGE_EN;
    s->config.parcels.min_width = NAN;
    assert_int_equal(geos_open(&s->geos), TERRAMIS_OK);
    if (profile)
        s->layer.profile.op = registry_find(&profile_registry, profile);
    one_rectangle(s, &s->parcels_vector, (struct rect){0, 0, 100, 100});
    one_rectangle(s, &s->vector, area);
    s->evidence[0] = evidence_of(&s->layer, kind, &s->vector);
    s->layers = 1;
    s->parcel = (struct parcel){.id = "a", .use = USE_ANY, .arable = NAN};
    s->parcel.sums.plantable = s->parcel.sums.kind[kind] =
        s->parcel.sums.plantable_kind[kind] = (int64_t)(3000 / ZONAL_UNIT);
    s->parcels = (struct parcels){
        .vector = &s->parcels_vector, .items = &s->parcel, .count = 1};
}

/* A second layer of the kind. */
static void add_layer(struct scene *s, const char *profile, struct rect area)
{
    s->other_layer.profile.op = registry_find(&profile_registry, profile);
    one_rectangle(s, &s->other_vector, area);
    s->evidence[1] =
        evidence_of(&s->other_layer, s->evidence[0].kind, &s->other_vector);
    s->layers = 2;
}

static void assess(struct scene *s, size_t covers)
{
    struct knowledge k = {s->evidence, s->layers, &s->cover, covers};
    assert_int_equal(parcels_assess(&s->parcels, &s->config, &k, 2),
                     TERRAMIS_OK);
}

static void close_scene(struct scene *s)
{
    vector_release(&s->parcels_vector);
    vector_release(&s->vector);
    vector_release(&s->other_vector);
    vector_release(&s->cover.vector);
    warning_texts_release(&s->parcels.texts);
    geos_close(&s->geos);
}

static bool warned(const struct scene *s, enum warning warning)
{
    return (s->parcel.warnings & warning_bit(warning)) != 0;
}

static const struct rect west = {-50, -50, 30, 150}, beside = {100, 0, 200, 9};

static void states_carry_their_certainty(void **state)
{
    (void)state;
    static const struct {
        const char *profile;
        enum crop_use use;
        enum use_basis basis;
        bool history;
    } cases[] = {{"georisques-sis", USE_MATERIAL, BASIS_STATE, false},
                 {"georisques-instructions", USE_MATERIAL, BASIS_STATE, false},
                 {"georisques-casias", USE_COMBUSTION, BASIS_HISTORY, true},
                 {NULL, USE_MATERIAL, BASIS_STATE, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scene s;
        open_scene(&s, cases[i].profile, KIND_POLLUTED_SOIL, west);
        s.parcel.use = USE_MATERIAL; /* as parcels_finish() leaves it */
        s.parcel.basis = BASIS_STATE;
        assess(&s, 0);
        assert_int_equal(s.parcel.use, cases[i].use);
        assert_int_equal(s.parcel.basis, cases[i].basis);
        assert_int_equal(warned(&s, WARN_HISTORY), cases[i].history);
        assert_true(warned(&s, WARN_SAMPLE));
        assert_non_null(strstr(s.parcel.warning_text, "soil not sampled"));
        close_scene(&s);
    }
}

static void samples_come_before_states(void **state)
{
    (void)state;
    struct scene s;
    const char *values[] = {"0,2"};
    open_scene(&s, "georisques-sis", KIND_POLLUTED_SOIL, west);
    s.vector.features[0].values = values;
    s.layer.metals[METAL_Cd] = "cd";
    s.evidence[0] = evidence_of(&s.layer, KIND_POLLUTED_SOIL, &s.vector);
    assess(&s, 0);
    assert_int_equal(s.parcel.use, USE_ANY);
    assert_int_equal(s.parcel.basis, BASIS_SAMPLED);
    assert_true(warned(&s, WARN_PARTLY_SAMPLED));
    assert_false(warned(&s, WARN_SAMPLE));
    close_scene(&s);
}

/* Of layers that say different things, a neighbour that only shares a border
 * says nothing, nor one whose bounds alone reach into the parcel. */
static void neighbours_do_not_count(void **state)
{
    (void)state;
    struct scene s;
    open_scene(&s, "georisques-casias", KIND_POLLUTED_SOIL, beside);
    add_layer(&s, "georisques-sis", west);
    s.parcel.use = USE_MATERIAL;
    s.parcel.basis = BASIS_STATE;
    assess(&s, 0);
    assert_int_equal(s.parcel.use, USE_MATERIAL);
    assert_false(warned(&s, WARN_HISTORY));
    close_scene(&s);
}

/* Both corridors in the bounds of the parcel: its shape tells. */
static void shapes_tell_where_bounds_do_not(void **state)
{
    (void)state;
    struct scene s;
    open_scene(&s, "bdtopo-route", KIND_RIGHT_OF_WAY, west);
    add_layer(&s, "bdtopo-ligne-electrique", (struct rect){80, 80, 90, 90});
    vector_release(&s.parcels_vector);
    vector_add(&s.parcels_vector, &s.geos,
               wkt(&s.geos, "POLYGON((0 0,0 100,100 0,0 0))"));
    assert_int_equal(vector_index(&s.parcels_vector), TERRAMIS_OK);
    assess(&s, 0);
    assert_true(warned(&s, WARN_ROAD));
    assert_false(warned(&s, WARN_POWER_LINE));
    close_scene(&s);
}

static void mixed_soils(void **state)
{
    (void)state;
    struct scene s;
    open_scene(&s, "georisques-casias", KIND_POLLUTED_SOIL, west);
    add_layer(&s, "georisques-sis", (struct rect){20, 20, 40, 40});
    s.parcel.use = USE_MATERIAL;
    s.parcel.basis = BASIS_STATE;
    assess(&s, 0);
    assert_int_equal(s.parcel.use, USE_MATERIAL);
    assert_int_equal(s.parcel.basis, BASIS_STATE);
    assert_true(warned(&s, WARN_HISTORY));
    close_scene(&s);
}

static void water_gains_where_crops_grow(void **state)
{
    (void)state;
    static const struct {
        const char *group;
        double share, nitrate;
        bool green, unknown;
    } cases[] = {{"1", 0.75, 0.75 * 21, false, false},
                 {"18", 0, 0, true, false},
                 {"zzz", 0, 0, false, true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scene s;
        const char *values[] = {cases[i].group, NULL};
        const char *type[] = {"Périmètre rapproché"};
        open_scene(&s, "sup", KIND_CATCHMENT, west);
        s.vector.features[0].values = type;
        one_rectangle(&s, &s.cover.vector, (struct rect){25, -10, 300, 300});
        s.cover.vector.features[0].values = values;
        assess(&s, 1);
        assert_true(fabs(s.parcel.arable - cases[i].share) < 1e-9);
        assert_true(fabs(s.parcel.nitrate[1] - cases[i].nitrate) < 1e-9);
        assert_true(s.parcel.nitrate[0] <= s.parcel.nitrate[1] &&
                    s.parcel.nitrate[1] <= s.parcel.nitrate[2]);
        assert_int_equal(warned(&s, WARN_GRASSLAND), cases[i].green);
        assert_int_equal(warned(&s, WARN_COVER_UNKNOWN), cases[i].unknown);
        assert_true(warned(&s, WARN_PPR) && warned(&s, WARN_FIRST_WINTER));
        assert_false(warned(&s, WARN_PPI));
        close_scene(&s);
    }
}

/* 3000 m2 along 100 m are 30 m wide; nobody asks without min_width. */
static void narrow_strips(void **state)
{
    (void)state;
    static const double least[] = {30.1, 29.9, (double)NAN};
    for (int wide = 0; wide < 3; wide++) {
        struct scene s;
        open_scene(&s, "bdtopo-ligne-electrique", KIND_RIGHT_OF_WAY, west);
        s.config.parcels.min_width = least[wide];
        assess(&s, 0);
        assert_true(warned(&s, WARN_POWER_LINE));
        assert_int_equal(warned(&s, WARN_NARROW), !wide);
        assert_int_equal(s.parcel.use, USE_ANY);
        close_scene(&s);
    }
}

static void poor_soils(void **state)
{
    (void)state;
    for (int poor = 0; poor < 2; poor++) {
        struct scene s;
        int64_t area[2] = {10, 10}, sum[2];
        struct factor_config factors[2] = {{.limitation = 0},
                                           {.limitation = 0}};
        while (strcmp(limitation_names[factors[0].limitation], "r") != 0)
            factors[0].limitation++;
        while (strcmp(limitation_names[factors[1].limitation], "w") != 0)
            factors[1].limitation++;
        open_scene(&s, NULL, KIND_CATCHMENT, west);
        s.config.factors = (struct list){factors, 2};
        s.parcel.factor_area = area;
        s.parcel.factor_sum = sum;
        sum[0] = sum[1] = (int64_t)(MEMBERSHIP_STEPS * (poor ? 2.9F : 3.1F));
        assess(&s, 0);
        assert_int_equal(warned(&s, WARN_SHALLOW), poor);
        assert_int_equal(warned(&s, WARN_WET), poor);
        close_scene(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(uses_by_content),
        cmocka_unit_test(lengths_of_strips),
        cmocka_unit_test(states_carry_their_certainty),
        cmocka_unit_test(samples_come_before_states),
        cmocka_unit_test(neighbours_do_not_count),
        cmocka_unit_test(shapes_tell_where_bounds_do_not),
        cmocka_unit_test(mixed_soils),
        cmocka_unit_test(water_gains_where_crops_grow),
        cmocka_unit_test(narrow_strips),
        cmocka_unit_test(poor_soils),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
