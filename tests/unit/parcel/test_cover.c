#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parcel/cover.h"

static void kinds_of_crops(void **state)
{
    (void)state;
    static const struct {
        const char *group, *crop;
        enum cover_kind kind;
    } cases[] = {{"1", "BTH", COVER_ARABLE},   {"18", "PPH", COVER_GREEN},
                 {"19", NULL, COVER_GREEN},    {"20", "VRG", COVER_LASTING},
                 {NULL, "MIS", COVER_ARABLE},  /* grain maize */
                 {"24", "MCT", COVER_LASTING}, /* miscanthus */
                 {"24", "CHV", COVER_ARABLE},  {NULL, "pph", COVER_GREEN},
                 {"99", "BTH", COVER_ARABLE},  {"99", "???", COVER_UNKNOWN},
                 {NULL, NULL, COVER_UNKNOWN}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(cover_kind_of(cases[i].group, cases[i].crop),
                         cases[i].kind);
}

/* 27 kg under crops (Beaudoin et al. 2005), 6 under miscanthus (Lesur et al.
 * 2014): 21 kg; the range pairs low with high. */
static void nitrogen_kept_from_water(void **state)
{
    (void)state;
    double arable[] = {16, 27, 48}, miscanthus[] = {4, 6, 12}, n[3], half[3];
    struct nitrate_config config = {{arable, 3}, {miscanthus, 3}};
    cover_nitrate(&config, 1, n);
    assert_true(n[0] == 4 && n[1] == 21 && n[2] == 44);
    cover_nitrate(&config, 0.5, half);
    for (int i = 0; i < 3; i++)
        assert_true(half[i] == n[i] / 2);
    cover_nitrate(&config, 0, n);
    assert_true(n[0] == 0 && n[1] == 0 && n[2] == 0);
    cover_nitrate(&config, NAN, n);
    assert_true(isnan(n[0]) && isnan(n[1]) && isnan(n[2]));
    arable[0] = 10; /* never less than nothing */
    cover_nitrate(&config, 1, n);
    assert_true(n[0] == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_of_crops),
        cmocka_unit_test(nitrogen_kept_from_water),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
