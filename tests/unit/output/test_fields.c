#include "output/fields.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "unit/output/fake.h"

static struct vector_value value_of(const struct fields *fields,
                                    const char *name,
                                    const struct field_row *row)
{
    const struct field *field = fields_find(fields, name);
    assert_non_null(field);
    return fields_value(field, row);
}

static void names_are_the_interface(void **state)
{
    static const char *const names[] = {
        "parcel_id",       "territory",     "area_ha",
        "double_ha",       "polluted_ha",   "catchment_ha",
        "right_of_way_ha", "marginal_ha",   "marginal_by",
        "excluded_ha",     "excluded_by",   "plantable_ha",
        "score",           "score_min",     "class",
        "subclass",        "limiting",      "nodata_pct",
        "yield_t_ha",      "yield_low",     "yield_high",
        "tonnage_t",       "use",           "use_basis",
        "arable_pct",      "nitrate_kg_ha", "nitrate_low",
        "nitrate_high",    "warnings",      "rank",
        "plant_year",      "site",          "m_slope",
        "m_road",          "v_slope",       "v_road",
        "c_slope",         "c_road",        "score_vite",
        "diff_vite",       "class_vite",    "rank_vite",
        "year_vite"};
    struct fake *f = *state;
    struct fields fields;
    assert_int_equal(fields_of_parcels(&fields, &f->plan), TERRAMIS_OK);
    assert_int_equal(fields.count, sizeof names / sizeof *names);
    for (size_t i = 0; i < fields.count; i++) {
        assert_string_equal(fields.items[i].name, names[i]);
        assert_true(strlen(fields.items[i].title) > 0);
        assert_true(strlen(fields.items[i].description) > 0);
    }
    assert_string_equal(fields_find(&fields, "score")->alias,
                        "Score d’aptitude (0 à 100)");
    assert_string_equal(fields_find(&fields, "m_slope")->alias,
                        "Pente <douce> (0 à 1)");
    assert_string_equal(fields_find(&fields, "v_road")->alias, "road (m)");
    assert_string_equal(fields_find(&fields, "c_road")->alias, "road (points)");
    assert_string_equal(fields_find(&fields, "diff_vite")->alias,
                        "Écart de score – Plus <vite> (points)");
    assert_null(fields_find(&fields, "nothing"));
    fields_release(&fields);
}

static void codes_have_labels(void **state)
{
    struct fake *f = *state;
    struct fields fields;
    assert_int_equal(fields_of_parcels(&fields, &f->plan), TERRAMIS_OK);
    assert_string_equal(field_label(fields_find(&fields, "use"), "material"),
                        "matériaux, composites");
    assert_string_equal(field_label(fields_find(&fields, "limiting"), "slope"),
                        "Pente <douce>");
    assert_string_equal(field_label(fields_find(&fields, "class"), "N2"),
                        "N2 – très défavorable");
    assert_string_equal(field_label(fields_find(&fields, "class"), "X"), "X");
    fields_release(&fields);
    assert_int_equal(fields_of_summary(&fields, &f->plan), TERRAMIS_OK);
    assert_string_equal(
        field_label(fields_find(&fields, "marginal_kind"), "right_of_way"),
        "Emprise d’infrastructure");
    assert_string_equal(field_label(fields_find(&fields, "class"), "all"),
                        "Toutes classes");
    fields_release(&fields);
    f->config.language = LANGUAGE_EN;
    assert_int_equal(fields_of_sites(&fields, &f->plan), TERRAMIS_OK);
    assert_string_equal(fields_find(&fields, "tonnage_t")->alias,
                        "Harvest (t DM/year)");
    f->config.language = LANGUAGE_FR;
    fields_release(&fields);
}

static void values_are_rounded(void **state)
{
    struct fake *f = *state;
    struct fields fields;
    assert_int_equal(fields_of_parcels(&fields, &f->plan), TERRAMIS_OK);
    struct field_row row = {.analysis = &f->result.analysis,
                            .parcel = &f->items[0]};
    double area = f->items[0].area;
    f->items[0].area = 12345.678;
    assert_true(value_of(&fields, "area_ha", &row).real == 1.2346);
    f->items[0].area = area;
    assert_true(value_of(&fields, "plantable_ha", &row).real == 0.5);
    assert_true(value_of(&fields, "excluded_ha", &row).real == 0.1);
    assert_true(value_of(&fields, "marginal_ha", &row).real == 0.6);
    assert_true(value_of(&fields, "score", &row).real == 90);
    assert_true(value_of(&fields, "tonnage_t", &row).real == 7.5);
    assert_string_equal(value_of(&fields, "class", &row).text, "S1");
    assert_string_equal(value_of(&fields, "subclass", &row).text, "S1");
    assert_string_equal(value_of(&fields, "use", &row).text, "material");
    assert_string_equal(value_of(&fields, "limiting", &row).text, "slope");
    assert_int_equal(value_of(&fields, "rank", &row).integer, 1);
    assert_true(value_of(&fields, "m_road", &row).real == 0.9);
    assert_true(value_of(&fields, "v_road", &row).real == 90);
    assert_true(value_of(&fields, "c_slope", &row).real == 54);
    assert_true(value_of(&fields, "c_road", &row).real == 36);
    fields_release(&fields);
}

static void nothing_plantable_is_null(void **state)
{
    static const char *const empty[] = {
        "score",      "score_min",  "class",      "subclass",   "limiting",
        "nodata_pct", "yield_t_ha", "rank",       "site",       "m_slope",
        "v_slope",    "c_slope",    "plant_year", "score_vite", "diff_vite",
        "class_vite", "year_vite"};
    struct fake *f = *state;
    struct fields fields;
    assert_int_equal(fields_of_parcels(&fields, &f->plan), TERRAMIS_OK);
    struct field_row row = {.analysis = &f->result.analysis,
                            .parcel = &f->items[2]};
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        assert_false(value_of(&fields, empty[i], &row).set);
    assert_string_equal(value_of(&fields, "use", &row).text, "none");
    assert_true(value_of(&fields, "tonnage_t", &row).real == 0);
    fields_release(&fields);
}

/* Contributions only where they add up, values only where something is
 * measured. */
static void fields_that_have_a_meaning(void **state)
{
    struct fake *f = *state;
    struct fields fields;
    static const struct criterion_op classes = {.unit = "", .classes = true};
    f->config.combine.op = registry_find(&combiner_registry, "geometric");
    f->factors[0].criterion = &classes;
    assert_int_equal(fields_of_parcels(&fields, &f->plan), TERRAMIS_OK);
    assert_null(fields_find(&fields, "v_slope"));
    assert_non_null(fields_find(&fields, "v_road"));
    assert_null(fields_find(&fields, "c_road"));
    fields_release(&fields);
    f->config.combine.op = registry_find(&combiner_registry, "wlc");
    f->factors[0].criterion = &fake_criterion;
}

static void uncertainty_where_asked_for(void **state)
{
    struct fake *f = *state;
    struct fields fields;
    struct spread spreads[FAKE_PARCELS] = {{91.234, 3.456, 0.98765, 1, 2},
                                           {NAN, NAN, NAN, 0, 0}};
    struct sensitivity sensitivity[] = {{0.25, 0.5}, {NAN, NAN}};
    f->config.uncertainty.on = true;
    f->result.analysis.parcels.spreads = spreads;
    f->result.analysis.sensitivity = sensitivity;
    struct field_row row = {.analysis = &f->result.analysis,
                            .parcel = &f->items[0]};
    assert_int_equal(fields_of_parcels(&fields, &f->plan), TERRAMIS_OK);
    assert_true(value_of(&fields, "score_sd", &row).real == 3.46);
    assert_true(value_of(&fields, "p_s1s2", &row).real == 0.988);
    assert_int_equal(value_of(&fields, "rank_low", &row).integer, 1);
    assert_int_equal(value_of(&fields, "rank_high", &row).integer, 2);
    row.parcel = &f->items[1];
    assert_false(value_of(&fields, "score_sd", &row).set);
    assert_false(value_of(&fields, "rank_low", &row).set);
    fields_release(&fields);
    assert_int_equal(fields_of_sensitivity(&fields, &f->plan), TERRAMIS_OK);
    assert_string_equal(value_of(&fields, "factor", &row).text, "slope");
    assert_true(value_of(&fields, "weight", &row).real == 0.6);
    assert_true(value_of(&fields, "total", &row).real == 0.5);
    row.factor = 1;
    assert_false(value_of(&fields, "first_order", &row).set);
    fields_release(&fields);
    f->config.uncertainty.on = false;
    f->result.analysis.parcels.spreads = NULL;
    f->result.analysis.sensitivity = NULL;
}

static void years_of_scenarios(void **state)
{
    struct fake *f = *state;
    struct fields fields;
    assert_int_equal(fields_of_scenarios(&fields, &f->plan), TERRAMIS_OK);
    struct field_row row = {.analysis = &f->result.analysis};
    int rows = 0;
    while (fields_next_year(&row)) {
        rows++;
        assert_true(row.year >= 1 && row.year <= 2);
        assert_true(value_of(&fields, "standing_ha", &row).real >=
                    value_of(&fields, "planted_ha", &row).real);
    }
    assert_int_equal(rows, 2 * 4 * 2);
    assert_string_equal(field_label(fields_find(&fields, "scenario"), "base"),
                        "Projet (base)");
    assert_string_equal(field_label(fields_find(&fields, "scenario"), "vite"),
                        "Plus <vite>");
    fields_release(&fields);
}

static void sites_by_harvest(void **state)
{
    struct fake *f = *state;
    struct fields fields;
    assert_int_equal(fields_of_sites(&fields, &f->plan), TERRAMIS_OK);
    assert_int_equal(f->result.sites.count, 2);
    struct field_row row = {.analysis = &f->result.analysis,
                            .site = &f->result.sites.items[0]};
    assert_int_equal(value_of(&fields, "site_id", &row).integer, 1);
    assert_int_equal(value_of(&fields, "parcels", &row).integer, 2);
    assert_true(value_of(&fields, "plantable_ha", &row).real == 0.75);
    assert_true(value_of(&fields, "score", &row).real == 80.42);
    assert_string_equal(value_of(&fields, "class", &row).text, "S1");
    assert_int_equal(value_of(&fields, "rank", &row).integer, 1);
    fields_release(&fields);
}

int main(void)
{
    static struct fake fake;
    fake_open(&fake);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(names_are_the_interface, &fake),
        cmocka_unit_test_prestate(codes_have_labels, &fake),
        cmocka_unit_test_prestate(fields_that_have_a_meaning, &fake),
        cmocka_unit_test_prestate(uncertainty_where_asked_for, &fake),
        cmocka_unit_test_prestate(values_are_rounded, &fake),
        cmocka_unit_test_prestate(nothing_plantable_is_null, &fake),
        cmocka_unit_test_prestate(years_of_scenarios, &fake),
        cmocka_unit_test_prestate(sites_by_harvest, &fake),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fake_close(&fake);
    return failed;
}
