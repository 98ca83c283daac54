#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layer/profile.h"
#include "unit/contract.h"

static void the_table_is_complete(void **state)
{
    (void)state;
    assert_true(registry_keeps_contract(&profile_registry));
    for (size_t i = 0; i < profile_registry.count; i++) {
        struct operator_use use = {.op = profile_registry.ops[i]};
        const struct profile *profile = profile_of(&use);
        assert_non_null(profile->licence);
        assert_true(*profile->licence);
    }
    struct operator_use none = {.op = NULL};
    assert_null(profile_of(&none));
}

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

static void check_rule(const struct right_of_way *rule)
{
    check_field(rule->class_field);
    check_field(rule->width_field);
    check_field(rule->lanes_field);
    check_field(rule->level_field);
    check_field(rule->fiction_field);
    assert_true(!rule->lanes_field || rule->lane_width > 0);
    size_t count = 0;
    for (const struct corridor *c = rule->corridors; c->carriageway >= 0;
         c++, count++) {
        assert_true(c->verge > 0 && c->verge < 100);
        assert_true(c->setback >= 0 && c->setback <= c->verge);
        assert_true(c->carriageway < 50);
        assert_true(c->source && *c->source);
        /* one class only where there is a field to tell them apart; the
         * corridor for any other ends the table */
        assert_true(rule->class_field || !c->class);
        assert_true(c->class || c[1].carriageway < 0);
        for (const struct corridor *o = rule->corridors; o < c; o++)
            assert_string_not_equal(o->class, c->class ? c->class : "");
    }
    assert_true(count > 0);
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
    assert_int_equal(networks, 6); /* roads twice, rail, power, pipe, canal */
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
        cmocka_unit_test(rights_of_way_are_plausible),
        cmocka_unit_test(legal_widths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
