#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/commune.h"

static void codes_of_identifiers(void **state)
{
    (void)state;
    static const struct {
        const char *id, *code;
    } cases[] = {{"76922000ZA0003", "76922"},
                 {"2A004000AB0012", "2A004"},
                 {"769220000A0003", "76922"},
                 {"97411000AB0012", "97411"},
                 {"A", NULL},
                 {"", NULL},
                 {NULL, NULL},
                 {"76922000ZA000", NULL},
                 {"76922000ZA00031", NULL},
                 {"76922000zA0003", NULL},
                 {"7692A000ZA0003", NULL},
                 {"2C004000AB0012", NULL},
                 {"76922-00ZA0003", NULL},
                 {"76922000ZÀ003", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char code[COMMUNE_CODE] = "";
        assert_int_equal(commune_code(cases[i].id, code),
                         cases[i].code != NULL);
        assert_string_equal(code, cases[i].code ? cases[i].code : "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(codes_of_identifiers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
