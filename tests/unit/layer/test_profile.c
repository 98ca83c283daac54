#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layer/profile.h"
#include "unit/contract.h"

/* "name|alias", "?" only in front. */
static void check_field(const char *names)
{
    if (!names)
        return;
    names += names[0] == '?';
    assert_true(*names != '\0' && *names != '|');
    assert_null(strchr(names, '?'));
    assert_null(strstr(names, "||"));
    assert_true(names[strlen(names) - 1] != '|');
}

/* All of "a, ?b|c": each a field, none twice. */
static void check_fields(const char *fields)
{
    char copy[1024], seen[2048] = "|", one[128];
    assert_true(strlen(fields) < sizeof copy);
    strcpy(copy, fields);
    char *rest = copy;
    for (char *field; (field = strsep(&rest, ","));) {
        field += strspn(field, " ");
        check_field(field);
        field += *field == '?';
        for (char *name; (name = strsep(&field, "|"));) {
            snprintf(one, sizeof one, "|%s|", name);
            if (strstr(seen, one))
                fail_msg("%s: %s twice", fields, name);
            strcat(strcat(seen, name), "|");
        }
    }
}

static void check_profile(const struct profile *p)
{
    bool raster = p->kind == PROFILE_RASTER;
    assert_true(p->op.source && *p->op.source);
    assert_true(raster == (p->unit != NULL));
    assert_true(raster == (p->low < p->high));
    assert_true(raster == (p->fields == NULL));
    assert_true(!p->note || *p->note);
    assert_true((p->skip_field == NULL) == (p->skip_values == NULL));
    assert_true(!p->right_of_way || p->kind == PROFILE_LINES ||
                p->kind == PROFILE_ANY);
    if (p->fields)
        check_fields(p->fields);
    check_field(p->key);
    check_field(p->skip_field);
}

/* The list of issue 6. */
static void every_layer_of_the_issue(void **state)
{
    (void)state;
    static const char *const names[] = {"bdtopo-route",
                                        "bdtopo-voie-ferree",
                                        "bdtopo-ligne-electrique",
                                        "bdtopo-canalisation",
                                        "bdtopo-hydrographie",
                                        "bdtopo-batiment",
                                        "bdtopo-vegetation",
                                        "bdtopo-zone-activite",
                                        "osm-roads",
                                        "osm-rail",
                                        "osm-power",
                                        "rte-lignes",
                                        "rpg",
                                        "cadastre-etalab",
                                        "cadastre-edigeo",
                                        "georisques-sis",
                                        "georisques-casias",
                                        "georisques-instructions",
                                        "basol",
                                        "basias",
                                        "ademe-sites",
                                        "sup",
                                        "aac",
                                        "captages-hubeau",
                                        "natura2000",
                                        "znieff",
                                        "zones-humides",
                                        "bd-foret",
                                        "ocs-ge",
                                        "corine",
                                        "worldcover",
                                        "soilgrids",
                                        "srtm",
                                        "rge-alti",
                                        "worldclim",
                                        "safran"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_non_null(registry_find(&profile_registry, names[i]));
}

static void the_table_is_complete(void **state)
{
    (void)state;
    assert_true(registry_keeps_contract(&profile_registry));
    for (size_t i = 0; i < profile_registry.count; i++) {
        struct operator_use use = {.op = profile_registry.ops[i]};
        const struct profile *profile = profile_of(&use);
        assert_non_null(profile->licence);
        assert_true(*profile->licence);
        check_profile(profile);
    }
    struct operator_use none = {.op = NULL};
    assert_null(profile_of(&none));
}

static void check_rule(const struct right_of_way *rule)
{
    check_field(rule->class_field);
    check_field(rule->width_field);
    check_field(rule->lanes_field);
    check_field(rule->level_field);
    check_field(rule->fiction_field);
    assert_true(!rule->lanes_field || rule->lane_width > 0);
    check_field(rule->rank_field);
    check_field(rule->bridge_field);
    check_field(rule->tunnel_field);
    assert_true(rule->corridor_count > 0);
    for (size_t i = 0; i < rule->corridor_count; i++) {
        const struct corridor *c = &rule->corridors[i];
        assert_true(c->verge > 0 && c->verge < 100);
        assert_true(c->setback >= 0 && c->setback <= c->verge);
        assert_true(c->carriageway < 50);
        assert_true(c->source && *c->source);
        /* one class only where there is a field to tell them apart; no
         * corridor is hidden behind one that takes all it would */
        assert_true(rule->class_field || !c->class);
        assert_true(rule->rank_field || !c->ranks);
        assert_true(strstr(c->source, "assumption") || strstr(c->source, "R"));
        for (const struct corridor *o = rule->corridors; o < c; o++)
            assert_true(o->class && c->class ? strcmp(o->class, c->class) !=
                                                       0 ||
                                                   o->ranks
                                             : o->class || o->ranks);
    }
}

static void rights_of_way_are_plausible(void **state)
{
    (void)state;
    size_t networks = 0;
    for (size_t i = 0; i < profile_registry.count; i++) {
        struct operator_use use = {.op = profile_registry.ops[i]};
        const struct profile *profile = profile_of(&use);
        if (profile->right_of_way) {
            check_rule(profile->right_of_way);
            networks++;
        }
    }
    /* roads and rail twice, power three times, pipe, canal */
    assert_int_equal(networks, 9);
}

static const struct corridor *corridor_of(const char *profile, size_t i)
{
    struct operator_use use = {.op = registry_find(&profile_registry, profile)};
    return &profile_of(&use)->right_of_way->corridors[i];
}

/* Figures that a rule gives: whoever changes them must mean it. */
static void legal_widths(void **state)
{
    (void)state;
    assert_true(corridor_of("bdtopo-canalisation", 0)->setback == 5);
    assert_true(corridor_of("bdtopo-hydrographie", 0)->setback == 9.75);
    assert_true(corridor_of("bdtopo-voie-ferree", 1)->setback == 6);
    assert_string_equal(corridor_of("bdtopo-route", 0)->class,
                        "Type autoroutier");
    assert_string_equal(corridor_of("bdtopo-ligne-electrique", 0)->class,
                        "400");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_complete),
        cmocka_unit_test(every_layer_of_the_issue),
        cmocka_unit_test(rights_of_way_are_plausible),
        cmocka_unit_test(legal_widths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
