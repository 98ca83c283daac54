#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "geo/box_tree.h"

enum {
    MOST = 5000
};

/* Boxes with something around them: the tree goes by the stride. */
struct item {
    int before;
    struct rect box;
};

static struct item items[MOST];
static unsigned char hit[MOST];

static void found(size_t index, void *data)
{
    assert_int_equal(hit[index], 0); /* once only */
    hit[index] = 1;
    ++*(int *)data;
}

static void check(size_t count, double size)
{
    struct box_tree *tree;
    for (size_t i = 0; i < count; i++) {
        double x = rand() % 1000, y = rand() % 1000;
        items[i].box =
            (struct rect){x, y, x + rand() % 9 * size, y + rand() % 9 * size};
    }
    assert_int_equal(box_tree_new(&tree, &items->box, sizeof *items, count), 0);
    for (int q = 0; q < 60; q++) {
        double x = rand() % 1100 - 50, y = rand() % 1100 - 50;
        struct rect r = {x, y, x + rand() % 200, y + rand() % 90};
        int hits = 0;
        memset(hit, 0, sizeof hit);
        box_tree_query(tree, r, found, &hits);
        for (size_t i = 0; i < count; i++)
            assert_int_equal(hit[i], rect_meets(items[i].box, r));
    }
    box_tree_free(tree);
}

static void finds_what_meets(void **state)
{
    (void)state;
    static const size_t counts[] = {0, 1, 2, 15, 16, 17, 255, 257, 4097, MOST};
    srand(11);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        check(counts[i], 1);
        check(counts[i], 0);  /* points */
        check(counts[i], 70); /* much overlap */
    }
}

static void note(size_t index, void *data)
{
    size_t **next = data;
    *(*next)++ = index;
}

static void the_order_is_always_the_same(void **state)
{
    (void)state;
    size_t first[100], second[100], *next = first;
    struct box_tree *tree;
    for (int i = 0; i < 100; i++) /* all in one place: the order of the file */
        items[i].box = (struct rect){5, 5, 6, 6};
    assert_int_equal(box_tree_new(&tree, &items->box, sizeof *items, 100), 0);
    box_tree_query(tree, (struct rect){0, 0, 9, 9}, note, &next);
    next = second;
    box_tree_query(tree, (struct rect){0, 0, 9, 9}, note, &next);
    assert_memory_equal(first, second, sizeof first);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(first[i], i);
    box_tree_free(tree);
    box_tree_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_meets),
        cmocka_unit_test(the_order_is_always_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
