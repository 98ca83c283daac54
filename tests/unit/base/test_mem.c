#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <malloc.h>
#include <pthread.h>
#include <stdio.h>

#include "base/mem.h"

static void new_memory_is_zero(void **state)
{
    (void)state;
    double *numbers = NULL;
    assert_int_equal(mem_new(&numbers, 100, sizeof *numbers), TERRAMIS_OK);
    for (int i = 0; i < 100; i++)
        assert_true(numbers[i] == 0);
    free(numbers);
    assert_int_equal(mem_new(&numbers, 0, sizeof *numbers), TERRAMIS_OK);
    assert_non_null(numbers);
    free(numbers);
}

static void too_much_is_no_memory(void **state)
{
    (void)state;
    char *bytes = NULL;
    size_t capacity = 0;
    struct arena arena = {0};
    assert_int_equal(mem_grow(&bytes, &capacity, SIZE_MAX / 8, 16),
                     TERRAMIS_INTERNAL);
    assert_int_equal(capacity, 0);
    assert_null(bytes);
    assert_string_equal(status_message(), "out of memory");
    assert_null(arena_alloc(&arena, SIZE_MAX / 8, 16));
    assert_null(arena_alloc(&arena, SIZE_MAX, 1));
    arena_release(&arena);
}

static void arrays_grow_and_keep_their_items(void **state)
{
    (void)state;
    size_t *items = NULL, capacity = 0, moves = 0;
    for (size_t i = 0; i < 10000; i++) {
        size_t before = capacity;
        assert_int_equal(mem_grow(&items, &capacity, i, sizeof *items),
                         TERRAMIS_OK);
        moves += capacity != before;
        items[i] = i;
    }
    for (size_t i = 0; i < 10000; i++)
        assert_int_equal(items[i], i);
    assert_true(moves < 30);
    free(items);
}

static void texts_are_copied(void **state)
{
    (void)state;
    char *copy = NULL;
    assert_int_equal(mem_copy_text(&copy, "abc"), TERRAMIS_OK);
    assert_string_equal(copy, "abc");
    free(copy);
    assert_int_equal(mem_copy_text(&copy, NULL), TERRAMIS_OK);
    assert_null(copy);
}

static void an_arena_gives_aligned_zeros(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t size = 0; size < 1000; size++) {
        unsigned char *bytes = arena_alloc(&arena, size, 3);
        assert_non_null(bytes);
        assert_int_equal((uintptr_t)bytes % 16, 0);
        for (size_t i = 0; i < 3 * size; i++)
            assert_int_equal(bytes[i], 0);
        memset(bytes, 0xFF, 3 * size);
    }
    unsigned char *large = arena_alloc(&arena, 1000000, 1);
    assert_non_null(large);
    memset(large, 1, 1000000);
    assert_string_equal(arena_text(&arena, "x"), "x");
    assert_string_equal(arena_text(&arena, ""), "");
    arena_release(&arena);
    assert_null(arena.blocks);
    arena_release(&arena);
}

static pthread_barrier_t all_here;

/* Every thread holds memory while all the others do. */
static void *hold_memory(void *data)
{
    (void)data;
    char *volatile held = malloc(1000); /* or there would be none */
    pthread_barrier_wait(&all_here);
    free(held);
    return NULL;
}

/* Of eight threads at once, as glibc itself counts them. */
static void threads_share_heaps(void **state)
{
    (void)state;
    enum {
        THREADS = 8
    };
    pthread_t threads[THREADS];
    char *text;
    size_t size, heaps = 0;
    mem_share_heaps(3);
    assert_int_equal(pthread_barrier_init(&all_here, NULL, THREADS), 0);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, hold_memory, NULL),
                         0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&all_here);
    FILE *stream = open_memstream(&text, &size);
    assert_int_equal(malloc_info(0, stream), 0);
    fclose(stream);
    for (const char *at = text; (at = strstr(at, "<heap nr=")); at++)
        heaps++;
    free(text);
    assert_in_range(heaps, 1, 3 + 1);
    mem_give_back();
}

static void peak_is_the_most_so_far(void **state)
{
    (void)state;
    enum {
        SIZE = 32 << 20
    };
    double before = mem_peak();
    assert_true(before > 1e5 && before < 1e9);
    char *some = malloc(SIZE);
    assert_non_null(some);
    memset(some, 1, SIZE);
    assert_true(mem_peak() > before && mem_peak() >= SIZE);
    free(some);
    assert_true(mem_peak() >= SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_memory_is_zero),
        cmocka_unit_test(too_much_is_no_memory),
        cmocka_unit_test(arrays_grow_and_keep_their_items),
        cmocka_unit_test(texts_are_copied),
        cmocka_unit_test(an_arena_gives_aligned_zeros),
        cmocka_unit_test(threads_share_heaps),
        cmocka_unit_test(peak_is_the_most_so_far),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
