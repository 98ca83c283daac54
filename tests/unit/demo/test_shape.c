#include "demo/shape.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "demo/fabric.h"
#include "demo/heap.h"

static void fill(struct points *points, const double *xy, size_t count)
{
    points->count = 0;
    for (size_t i = 0; i < count; i++)
        assert_int_equal(points_add(points, xy[2 * i], xy[2 * i + 1]),
                         TERRAMIS_OK);
}

static const double square[] = {0, 0, 10, 0, 10, 10, 0, 10};

static void area_and_inside(void **state)
{
    (void)state;
    struct points points = {0};
    fill(&points, square, 4);
    struct ring ring = {points.at, points.count};
    assert_true(ring_area(ring) == 100);
    assert_true(ring_holds(ring, (struct point){9.9, 5}));
    assert_false(ring_holds(ring, (struct point){10.1, 5}));
    struct shape shape = {SHAPE_AREA, &ring, 1};
    assert_true(shape_distance(&shape, (struct point){13, 14}) == 5);
    assert_true(shape_distance(&shape, (struct point){5, 9}) == 1);
    assert_true(shape_middle(&shape).x == 5);
    free(points.at);
}

static void holes_are_outside(void **state)
{
    (void)state;
    struct point outer[] = {{0, 0}, {10, 0}, {10, 10}, {0, 10}};
    struct point inner[] = {{4, 4}, {4, 6}, {6, 6}, {6, 4}};
    struct ring rings[] = {{outer, 4}, {inner, 4}};
    struct shape shape = {SHAPE_AREA, rings, 2};
    assert_true(shape_holds(&shape, (struct point){2, 2}));
    assert_false(shape_holds(&shape, (struct point){5, 5}));
}

static void simplifying_keeps_corners(void **state)
{
    (void)state;
    const double bent[] = {0, 0, 1, 0.1, 2, -0.1, 3, 0, 3, 5, 3.1, 8, 3, 10};
    struct points line = {0};
    fill(&line, bent, 7);
    assert_int_equal(points_simplify(&line, 0.2), TERRAMIS_OK);
    assert_int_equal(line.count, 3);
    assert_true(line.at[1].x == 3 && line.at[1].y == 0);
    assert_true(line.at[2].y == 10);
    free(line.at);
}

static void smoothing_keeps_ends(void **state)
{
    (void)state;
    const double bent[] = {0, 0, 10, 0, 10, 10};
    struct points line = {0};
    fill(&line, bent, 3);
    assert_int_equal(points_smooth(&line, false), TERRAMIS_OK);
    assert_int_equal(line.count, 6);
    assert_true(line.at[0].x == 0 && line.at[0].y == 0);
    assert_true(line.at[5].x == 10 && line.at[5].y == 10);
    assert_true(line.at[2].x == 7.5 && line.at[3].y == 2.5);
    free(line.at);
}

static void wkb_as_the_standard_says(void **state)
{
    (void)state;
    struct point at[] = {{1, 2}, {3, 2}, {3, 4}};
    struct ring ring = {at, 3};
    struct shape shape = {SHAPE_AREA, &ring, 1};
    struct bytes wkb = {0};
    assert_int_equal(shape_wkb(&shape, &wkb), TERRAMIS_OK);
    static const unsigned char head[] = {1, 3, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0};
    assert_int_equal(wkb.size, sizeof head + 4 * sizeof *at);
    assert_memory_equal(wkb.at, head, sizeof head);
    assert_memory_equal(wkb.at + sizeof head, at, sizeof at);
    assert_memory_equal(wkb.at + sizeof head + sizeof at, at, sizeof *at);
    shape.type = SHAPE_POINT;
    assert_int_equal(shape_wkb(&shape, &wkb), TERRAMIS_OK);
    assert_int_equal(wkb.size, 21);
    shape.type = SHAPE_LINE;
    assert_int_equal(shape_wkb(&shape, &wkb), TERRAMIS_OK);
    assert_int_equal(wkb.size, 9 + 48);
    free(wkb.at);
}

static void halves_share_their_edge(void **state)
{
    (void)state;
    struct points points = {0}, left = {0}, right = {0};
    struct point a = {2.3, -7}, b = {7.9, 31};
    fill(&points, square, 4);
    assert_int_equal(fabric_part(&points, a, b, 1, &left), TERRAMIS_OK);
    assert_int_equal(fabric_part(&points, a, b, -1, &right), TERRAMIS_OK);
    struct ring l = {left.at, left.count}, r = {right.at, right.count};
    assert_true(ring_area(l) > 0 && ring_area(r) > 0);
    assert_true(fabs(ring_area(l) + ring_area(r) - 100) < 1e-12);
    int same = 0;
    for (size_t i = 0; i < left.count; i++)
        for (size_t k = 0; k < right.count; k++)
            same += memcmp(&left.at[i], &right.at[k], sizeof a) == 0;
    assert_int_equal(same, 2);
    free(points.at);
    free(left.at);
    free(right.at);
}

static void cuts_go_to_their_side(void **state)
{
    (void)state;
    struct cuts cuts = {0}, left = {0}, right = {0};
    struct point a = {0, 0}, b = {0, 10};
    struct cut in[] = {{{-5, 0}, {-1, 3}, false},
                       {{-4, 5}, {4, 5}, true},
                       {{0.5, 1}, {-0.5, 9}, false}}; /* on the line */
    for (int i = 0; i < 3; i++)
        assert_int_equal(cuts_add(&cuts, in[i]), TERRAMIS_OK);
    assert_int_equal(cuts_split(&cuts, a, b, &left, &right), TERRAMIS_OK);
    assert_int_equal(left.count, 2);
    assert_int_equal(right.count, 1);
    assert_true(right.at[0].hard);
    assert_true(right.at[0].a.x == 0 && right.at[0].b.x == 4);
    free(cuts.at);
    free(left.at);
    free(right.at);
}

static void heap_gives_the_least(void **state)
{
    (void)state;
    struct heap heap = {0};
    for (int i = 0; i < 500; i++)
        assert_int_equal(heap_push(&heap, (i * 7919) % 100, 500 - i),
                         TERRAMIS_OK);
    struct heap_item last = {-1, 0};
    for (int i = 0; i < 500; i++) {
        struct heap_item next = heap_pop(&heap);
        assert_true(next.key > last.key ||
                    (next.key == last.key && next.item > last.item));
        last = next;
    }
    assert_int_equal(heap.count, 0);
    free(heap.at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(area_and_inside),
        cmocka_unit_test(holes_are_outside),
        cmocka_unit_test(simplifying_keeps_corners),
        cmocka_unit_test(smoothing_keeps_ends),
        cmocka_unit_test(wkb_as_the_standard_says),
        cmocka_unit_test(halves_share_their_edge),
        cmocka_unit_test(cuts_go_to_their_side),
        cmocka_unit_test(heap_gives_the_least),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
