#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/placement.h"

static const struct box frame = {0, 0, 100, 50};

static bool meet(struct box a, struct box b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h &&
           b.y < a.y + a.h;
}

static void test_middle_first(void **state)
{
    (void)state;
    struct placement p = {.frame = frame};
    struct box box;
    bool found;
    assert_int_equal(placement_find(&p, 50, 25, 20, 4, &box, &found),
                     TERRAMIS_OK);
    assert_true(found && box.x == 40 && box.y == 23);
    placement_release(&p);
}

/* A hundred names at nearly the same place: some are left out, none meets
 * another, none leaves the frame. */
static void test_no_overlap(void **state)
{
    (void)state;
    struct placement p = {.frame = frame};
    struct box placed[100];
    size_t count = 0;
    for (int i = 0; i < 100; i++) {
        bool found;
        assert_int_equal(placement_find(&p, 45 + i * 7 % 13, 20 + i * 5 % 11,
                                        10 + i % 9, 3, &placed[count], &found),
                         TERRAMIS_OK);
        if (!found)
            continue;
        struct box b = placed[count];
        assert_true(b.x >= 0 && b.y >= 0 && b.x + b.w <= 100 &&
                    b.y + b.h <= 50);
        for (size_t k = 0; k < count; k++)
            assert_false(meet(b, placed[k]));
        count++;
    }
    assert_true(count > 3 && count < 100);
    placement_release(&p);
}

static void test_next_to_what_is_taken(void **state)
{
    (void)state;
    struct placement p = {.frame = frame};
    struct box box, inset = {40, 20, 20, 6};
    bool found;
    assert_int_equal(placement_take(&p, inset), TERRAMIS_OK);
    assert_int_equal(placement_find(&p, 50, 20, 10, 4, &box, &found),
                     TERRAMIS_OK);
    assert_true(found);
    assert_false(meet(box, inset));
    /* no room anywhere near */
    assert_int_equal(placement_take(&p, frame), TERRAMIS_OK);
    assert_int_equal(placement_find(&p, 50, 40, 10, 4, &box, &found),
                     TERRAMIS_OK);
    assert_false(found);
    placement_release(&p);
}

static void test_wider_than_the_frame(void **state)
{
    (void)state;
    struct placement p = {.frame = frame};
    struct box box;
    bool found;
    assert_int_equal(placement_find(&p, 50, 25, 200, 4, &box, &found),
                     TERRAMIS_OK);
    assert_false(found);
    placement_release(&p);
}

/* All of the boxes or none. */
static void test_all_or_none(void **state)
{
    (void)state;
    struct placement p = {.frame = frame};
    const struct box row[] = {{10, 10, 5, 5}, {14, 12, 5, 5}, {18, 14, 5, 5}};
    const struct box across[] = {{40, 10, 5, 5}, {16, 12, 5, 5}};
    const struct box outside[] = {{40, 10, 5, 5}, {98, 12, 5, 5}};
    bool found;
    assert_int_equal(placement_try(&p, row, 3, &found), TERRAMIS_OK);
    assert_true(found && p.count == 3);
    assert_int_equal(placement_try(&p, across, 2, &found), TERRAMIS_OK);
    assert_true(!found && p.count == 3);
    assert_int_equal(placement_try(&p, outside, 2, &found), TERRAMIS_OK);
    assert_true(!found && p.count == 3);
    placement_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_middle_first), cmocka_unit_test(test_no_overlap),
        cmocka_unit_test(test_all_or_none),
        cmocka_unit_test(test_next_to_what_is_taken),
        cmocka_unit_test(test_wider_than_the_frame)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
