#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parcel/warnings.h"

static void every_line_is_complete(void **state)
{
    (void)state;
    for (int w = 0; w < WARNING_COUNT; w++) {
        const struct warning_entry *e = &warning_entries[w];
        assert_true(strlen(e->text[0]) > 5 && strlen(e->text[1]) > 5);
        assert_string_not_equal(e->text[0], e->text[1]);
        assert_true(strlen(e->basis) > 3);
        assert_null(strchr(e->text[0], ';')); /* stands between texts */
        assert_null(strchr(e->text[1], ';'));
        for (int v = 0; v < w; v++)
            assert_string_not_equal(e->code, warning_entries[v].code);
    }
}

static void sets_share_their_text(void **state)
{
    (void)state;
    struct warning_texts texts = {.language = 1};
    const char *none, *first, *again, *other;
    uint32_t set = warning_bit(WARN_SAMPLE) | warning_bit(WARN_WET);
    assert_int_equal(warning_texts_of(&texts, 0, &none), 0);
    assert_null(none);
    assert_int_equal(warning_texts_of(&texts, set, &first), 0);
    assert_int_equal(warning_texts_of(&texts, 1, &other), 0);
    assert_int_equal(warning_texts_of(&texts, set, &again), 0);
    assert_ptr_equal(first, again);
    assert_ptr_not_equal(first, other);
    assert_string_equal(
        first, "soil not sampled: sample it before choosing the outlet; wet "
               "soil: check that it bears machines at harvest (February to "
               "April)");
    warning_texts_release(&texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_is_complete),
        cmocka_unit_test(sets_share_their_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
