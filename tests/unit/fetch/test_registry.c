#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fetch/address.h"
#include "fetch/service.h"
#include "unit/contract.h"

static void every_service_says_what_it_is(void **state)
{
    (void)state;
    assert_int_equal(service_registry.count, SERVICE_COUNT + 1);
    for (size_t i = 0; i < service_registry.count; i++) {
        const struct operator* op = service_registry.ops[i];
        const struct fetch_service *service =
            (const struct fetch_service *)(const void *)op;
        assert_non_null(service->fetch);
        assert_non_null(op->summary);
        const struct service_facts *facts = service_facts(op->name);
        assert_string_equal(facts->name, op->name);
        assert_non_null(facts->source);
        if (!facts->address)
            continue;
        assert_true(address_is_web(facts->address));
        assert_non_null(facts->licence);
        assert_int_not_equal(facts->address[strlen(facts->address) - 1], '/');
    }
}

static void settings_do_not_hide_the_entry_s_own(void **state)
{
    (void)state;
    static const char *const common[] = {"service", "to", "layer", "licence",
                                         "date"};
    for (size_t i = 0; i < service_registry.count; i++)
        for (const struct param *row = service_registry.ops[i]->params;
             row && row->name; row++) {
            assert_non_null(row->help);
            for (size_t k = 0; k < sizeof common / sizeof *common; k++)
                assert_string_not_equal(row->name, common[k]);
        }
}

static void addresses_come_from_the_project(void **state)
{
    (void)state;
    struct text address = {0}, what = {0};
    struct config config = {.path = "p.yaml"};
    struct fetch_config entry = {.at = {3, 5}};
    config.services.address[SERVICE_hubeau] = "https://a.fr/api//";
    for (size_t i = 0; i < service_registry.count; i++)
        if (strcmp(service_registry.ops[i]->name, "hubeau") == 0)
            entry.service.op = service_registry.ops[i];
    assert_int_equal(service_address(&config, &entry, &address), TERRAMIS_OK);
    assert_string_equal(text_get(&address), "https://a.fr/api");
    assert_ptr_equal(&service_of(&entry)->op, entry.service.op);
    struct fetch_job job = {.config = &config, .entry = &entry};
    service_what(&what, &job, "x", 2);
    assert_string_equal(text_get(&what), "p.yaml:3:5: hubeau x, page 2");
    assert_int_equal(service_problem(&job, TERRAMIS_INPUT, "no %d", 1),
                     TERRAMIS_INPUT);
    assert_string_equal(status_message(), "p.yaml:3:5: hubeau: no 1");
    text_release(&address);
    text_release(&what);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_service_says_what_it_is),
        cmocka_unit_test(settings_do_not_hide_the_entry_s_own),
        cmocka_unit_test(addresses_come_from_the_project),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
