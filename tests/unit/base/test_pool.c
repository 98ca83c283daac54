#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/status.h"
#include "base/pool.h"

/* What goes wrong, if anything, and what was seen. */
struct play {
    size_t first;
    size_t fail_work, fail_commit; /* tile number; SIZE_MAX: none */
    int fail_start;                /* worker number from 1; 0: none */
    size_t interrupt_at;
    unsigned delay; /* microseconds at most per tile */
    pthread_t caller;
    atomic_int started, stopped, released, buffers;
    atomic_int early; /* tiles worked on long before their turn */
    size_t committed; /* only the sink writes it ... */
    atomic_size_t seen_committed;
    int threads;
};

struct result {
    size_t tile;
    char *buffer; /* made once per slot, as the engine does */
};

static void nap(unsigned microseconds)
{
    struct timespec t = {0, (long)microseconds * 1000};
    if (microseconds)
        nanosleep(&t, NULL);
}

static enum terramis_status start(void *data, void **worker)
{
    struct play *play = data;
    int number = atomic_fetch_add(&play->started, 1) + 1;
    if (number == play->fail_start)
        return status_set(TERRAMIS_INPUT, "worker %d cannot start", number);
    *worker = malloc(1);
    return *worker ? TERRAMIS_OK : status_no_memory();
}

static void stop(void *data, void *worker)
{
    struct play *play = data;
    atomic_fetch_add(&play->stopped, 1);
    free(worker);
}

static enum terramis_status work(void *data, void *worker, size_t tile,
                                 void *result)
{
    struct play *play = data;
    struct result *r = result;
    *(char *)worker = (char)tile; /* a race, were it shared */
    unsigned seed = (unsigned)tile * 2654435761U;
    nap(play->delay ? seed / 7 % play->delay : 0);
    if (tile > atomic_load(&play->seen_committed) + 3 * (size_t)play->threads)
        atomic_fetch_add(&play->early, 1);
    if (!r->buffer) {
        r->buffer = malloc(16);
        atomic_fetch_add(&play->buffers, 1);
    }
    r->tile = tile;
    r->buffer[15] = (char)(tile * 7);
    if (tile == play->interrupt_at)
        terramis_interrupt();
    if (tile == play->fail_work)
        return status_set(TERRAMIS_INPUT, "tile %zu has no data", tile);
    return TERRAMIS_OK;
}

static enum terramis_status commit(void *data, size_t tile, void *result)
{
    struct play *play = data;
    const struct result *r = result;
    assert_true(pthread_equal(pthread_self(), play->caller));
    assert_int_equal(tile, play->committed); /* in order, none twice */
    assert_int_equal(r->tile, tile);
    assert_true(r->buffer[15] == (char)(tile * 7));
    play->committed++;
    atomic_store(&play->seen_committed, play->committed);
    if (tile == play->fail_commit)
        return status_set(TERRAMIS_OUTPUT, "disk full at tile %zu", tile);
    return TERRAMIS_OK;
}

static void release(void *data, void *result)
{
    struct play *play = data;
    struct result *r = result;
    atomic_fetch_add(&play->released, r->buffer != NULL);
    free(r->buffer);
}

static enum terramis_status run(struct play *play, size_t tiles, int threads)
{
    play->caller = pthread_self();
    play->threads = threads;
    struct pool_job job = {.first = play->first,
                           .tiles = tiles,
                           .threads = threads,
                           .result_size = sizeof(struct result),
                           .data = play,
                           .start = start,
                           .work = work,
                           .stop = stop,
                           .commit = commit,
                           .release = release};
    status_clear();
    enum terramis_status status = pool_run(&job);
    /* whatever happened, nothing stays behind */
    assert_int_equal(play->stopped,
                     play->started - (play->fail_start > 0 &&
                                      play->started >= play->fail_start));
    assert_int_equal(play->released, play->buffers);
    return status;
}

static struct play calm(void)
{
    return (struct play){.fail_work = SIZE_MAX,
                         .fail_commit = SIZE_MAX,
                         .interrupt_at = SIZE_MAX};
}

static void commits_are_in_order(void **state)
{
    (void)state;
    static const int threads[] = {1, 2, 3, 8, 32};
    static const size_t tiles[] = {0, 1, 2, 7, 200};
    for (int t = 0; t < 5; t++)
        for (int n = 0; n < 5; n++)
            for (unsigned delay = 0; delay <= 400; delay += 400) {
                struct play play = calm();
                play.delay = delay;
                assert_int_equal(run(&play, tiles[n], threads[t]), TERRAMIS_OK);
                assert_int_equal(play.committed, tiles[n]);
                assert_int_equal(play.early, 0); /* bounded window */
                assert_true(play.buffers <= 3 * threads[t]);
            }
}

static void a_failing_tile_carries_its_message(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 8; threads *= 2)
        for (size_t tile = 0; tile < 60; tile += 13) {
            struct play play = calm();
            play.fail_work = tile;
            play.delay = 300;
            char expected[64];
            snprintf(expected, sizeof expected, "tile %zu has no data", tile);
            assert_int_equal(run(&play, 60, threads), TERRAMIS_INPUT);
            assert_string_equal(status_message(), expected);
            assert_true(play.committed <= tile);
        }
}

static void a_failing_commit_ends_it(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 8; threads *= 2)
        for (size_t tile = 0; tile < 60; tile += 13) {
            struct play play = calm();
            play.fail_commit = tile;
            assert_int_equal(run(&play, 60, threads), TERRAMIS_OUTPUT);
            assert_non_null(strstr(status_message(), "disk full"));
            assert_int_equal(play.committed, tile + 1);
        }
}

static void a_worker_that_cannot_start(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 8; threads *= 2)
        for (int number = 1; number <= threads; number += 3) {
            struct play play = calm();
            play.fail_start = number;
            play.delay = 100;
            assert_int_equal(run(&play, 100, threads), TERRAMIS_INPUT);
            assert_non_null(strstr(status_message(), "cannot start"));
        }
}

/* Slower tiles fail too, but the message is that of the lowest. */
static enum terramis_status work_failing(void *data, void *worker, size_t tile,
                                         void *result)
{
    (void)data;
    (void)worker;
    (void)result;
    nap(tile == 0 ? 20000 : 0);
    return status_set(TERRAMIS_INPUT, "tile %zu", tile);
}

static enum terramis_status start_none(void *data, void **worker)
{
    (void)data;
    (void)worker;
    return TERRAMIS_OK;
}

static void of_many_failures_the_lowest_tile_counts(void **state)
{
    (void)state;
    struct pool_job job = {.tiles = 4,
                           .threads = 4,
                           .result_size = 1,
                           .start = start_none,
                           .work = work_failing};
    assert_int_equal(pool_run(&job), TERRAMIS_INPUT);
    /* tile 0 was taken first, whoever was ready first */
    assert_string_equal(status_message(), "tile 0");
}

/* Input in order, one call at a time, as many tiles as there are. */
struct source {
    size_t tiles, filled, sum;
    size_t fail_at; /* SIZE_MAX: never */
    atomic_int inside;
    size_t committed;
};

static enum terramis_status source_start(void *data, void **worker)
{
    (void)data;
    *worker = malloc(1);
    return *worker ? TERRAMIS_OK : status_no_memory();
}

static void source_stop(void *data, void *worker)
{
    (void)data;
    free(worker);
}

static enum terramis_status source_fill(void *data, size_t tile, void *result,
                                        bool *more)
{
    struct source *source = data;
    assert_int_equal(atomic_fetch_add(&source->inside, 1), 0);
    nap((unsigned)tile % 3 * 20);
    *more = tile < source->tiles;
    assert_int_equal(tile, source->filled);
    source->filled += *more;
    *(size_t *)result = tile * 3;
    atomic_fetch_sub(&source->inside, 1);
    if (tile == source->fail_at)
        return status_set(TERRAMIS_INPUT, "cannot read %zu", tile);
    return TERRAMIS_OK;
}

static enum terramis_status source_work(void *data, void *worker, size_t tile,
                                        void *result)
{
    (void)data;
    (void)worker;
    nap((unsigned)(tile * 7 % 5) * 20);
    *(size_t *)result += 1;
    return TERRAMIS_OK;
}

static enum terramis_status source_commit(void *data, size_t tile, void *result)
{
    struct source *source = data;
    assert_int_equal(tile, source->committed++);
    assert_int_equal(*(size_t *)result, tile * 3 + 1);
    source->sum += *(size_t *)result;
    return TERRAMIS_OK;
}

static enum terramis_status run_source(struct source *source, int threads)
{
    struct pool_job job = {.tiles = POOL_UNKNOWN,
                           .threads = threads,
                           .result_size = sizeof(size_t),
                           .data = source,
                           .start = source_start,
                           .fill = source_fill,
                           .work = source_work,
                           .stop = source_stop,
                           .commit = source_commit};
    return pool_run(&job);
}

static void input_in_order(void **state)
{
    (void)state;
    static const size_t counts[] = {0, 1, 2, 7, 100};
    for (size_t i = 0; i < 5; i++)
        for (int threads = 1; threads < 6; threads++) {
            size_t n = counts[i];
            struct source source = {.tiles = n, .fail_at = SIZE_MAX};
            assert_int_equal(run_source(&source, threads), TERRAMIS_OK);
            assert_int_equal(source.committed, n);
            assert_int_equal(source.sum, n + 3 * (n * (n - (n > 0))) / 2);
            source = (struct source){.tiles = n, .fail_at = n / 2};
            assert_int_equal(run_source(&source, threads), TERRAMIS_INPUT);
            assert_non_null(strstr(status_message(), "cannot read"));
            assert_true(source.committed <= n / 2);
        }
}

static enum terramis_status mark(void *data, void *worker, size_t tile,
                                 void *result)
{
    int *marks = data;
    (void)result;
    assert_null(worker);
    marks[tile]++;
    return TERRAMIS_OK;
}

/* Workers without a state, and nothing to take. */
static void only_work(void **state)
{
    int marks[100] = {0};
    (void)state;
    for (int threads = 1; threads <= 4; threads++)
        assert_int_equal(pool_run(&(struct pool_job){.tiles = 100,
                                                     .threads = threads,
                                                     .result_size = 1,
                                                     .data = marks,
                                                     .work = mark}),
                         TERRAMIS_OK);
    for (int i = 0; i < 100; i++)
        assert_int_equal(marks[i], 4);
}

/* What is done already is neither worked on nor taken. */
static void from_a_tile_on(void **state)
{
    static const size_t firsts[] = {0, 1, 6, 99, 100};
    (void)state;
    for (int threads = 1; threads <= 4; threads++)
        for (int i = 0; i < 5; i++) {
            struct play play = calm();
            int marks[100] = {0};
            play.committed = firsts[i];
            play.first = firsts[i];
            assert_int_equal(run(&play, 100, threads), TERRAMIS_OK);
            assert_int_equal(play.committed, 100);
            assert_int_equal(pool_run(&(struct pool_job){.first = firsts[i],
                                                         .tiles = 100,
                                                         .threads = threads,
                                                         .result_size = 1,
                                                         .data = marks,
                                                         .work = mark}),
                             TERRAMIS_OK);
            for (size_t k = 0; k < 100; k++)
                assert_int_equal(marks[k], k >= firsts[i]);
        }
}

/* The first tile ends after all others, where there are slots for them. */
static enum terramis_status first_is_last(void *data, void *worker, size_t tile,
                                          void *result)
{
    atomic_size_t *others = data;
    (void)worker;
    (void)result;
    for (int i = 0; tile == 0 && *others < 19 && i < 100000; i++)
        nap(100);
    if (tile > 0)
        atomic_fetch_add(others, 1);
    return tile > 0 || *others == 19
               ? TERRAMIS_OK
               : status_set(TERRAMIS_INTERNAL, "%zu of 19", (size_t)*others);
}

static void as_many_slots_as_asked_for(void **state)
{
    (void)state;
    atomic_size_t others = 0;
    struct pool_job job = {.tiles = 20,
                           .threads = 2,
                           .slots = 20,
                           .result_size = 1,
                           .data = &others,
                           .work = first_is_last};
    assert_int_equal(pool_run(&job), TERRAMIS_OK);
}

static void at_least_one_processor(void **state)
{
    (void)state;
    assert_true(pool_processors() >= 1);
}

/* Last: an interruption cannot be taken back. */
static void an_interruption_ends_it(void **state)
{
    (void)state;
    struct play play = calm();
    play.interrupt_at = 20;
    play.delay = 200;
    assert_int_equal(run(&play, 100000, 4), TERRAMIS_INTERRUPTED);
    assert_string_equal(status_message(), "interrupted");
    assert_true(play.committed < 100);
    struct play again = calm();
    assert_int_equal(run(&again, 100, 2), TERRAMIS_INTERRUPTED);
    assert_int_equal(again.committed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commits_are_in_order),
        cmocka_unit_test(a_failing_tile_carries_its_message),
        cmocka_unit_test(a_failing_commit_ends_it),
        cmocka_unit_test(a_worker_that_cannot_start),
        cmocka_unit_test(of_many_failures_the_lowest_tile_counts),
        cmocka_unit_test(input_in_order),
        cmocka_unit_test(only_work),
        cmocka_unit_test(from_a_tile_on),
        cmocka_unit_test(as_many_slots_as_asked_for),
        cmocka_unit_test(at_least_one_processor),
        cmocka_unit_test(an_interruption_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
