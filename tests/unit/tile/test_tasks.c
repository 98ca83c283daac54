#include "tile/tasks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>
#include <cmocka.h>

enum {
    COUNT = 20
};

/* What a task notes of the others. */
struct note {
    int number;
    unsigned wait; /* microseconds */
    enum terramis_status give;
    uint64_t seen; /* done when this one began */
};

static _Atomic uint64_t done;
static atomic_int at_work, most_at_work;

static enum terramis_status run(void *data)
{
    struct note *note = data;
    note->seen = done;
    int now = ++at_work, most = most_at_work;
    while (now > most &&
           !atomic_compare_exchange_weak(&most_at_work, &most, now))
        ;
    usleep(note->wait);
    at_work--;
    if (note->give != TERRAMIS_OK)
        return status_set(note->give, "task %d", note->number);
    done |= UINT64_C(1) << note->number;
    return TERRAMIS_OK;
}

static void make(struct task *tasks, struct note *notes)
{
    done = 0;
    most_at_work = 0;
    for (int i = 0; i < COUNT; i++) {
        notes[i] =
            (struct note){i, (unsigned)(i * 7919 % 13) * 200U, TERRAMIS_OK, 0};
        tasks[i] = (struct task){run, &notes[i], 0};
    }
}

static void each_after_what_it_needs(void **state)
{
    (void)state;
    struct task tasks[COUNT];
    struct note notes[COUNT];
    for (int threads = 1; threads <= 9; threads += 2) {
        make(tasks, notes);
        for (int i = 1; i < COUNT; i++)
            tasks[i].after = UINT64_C(1) << i / 2 | UINT64_C(1) << i / 3;
        tasks[1].after = 1;
        assert_int_equal(tasks_run(tasks, COUNT, threads), TERRAMIS_OK);
        assert_true(done == (UINT64_C(1) << COUNT) - 1);
        for (int i = 0; i < COUNT; i++)
            assert_true((tasks[i].after & ~notes[i].seen) == 0);
        assert_true(most_at_work <= threads);
    }
}

static void several_at_a_time(void **state)
{
    (void)state;
    struct task tasks[COUNT];
    struct note notes[COUNT];
    make(tasks, notes);
    for (int i = 0; i < COUNT; i++)
        notes[i].wait = 5000;
    assert_int_equal(tasks_run(tasks, COUNT, 4), TERRAMIS_OK);
    assert_int_equal(most_at_work, 4);
}

/* The same failure as one after the other, though a later one comes sooner. */
static void the_first_failure(void **state)
{
    (void)state;
    struct task tasks[COUNT];
    struct note notes[COUNT];
    for (int threads = 1; threads <= 8; threads++) {
        make(tasks, notes);
        notes[3].wait = 20000;
        notes[3].give = TERRAMIS_OUTPUT;
        notes[4].wait = 0;
        notes[4].give = TERRAMIS_INPUT;
        tasks[6].after = 1 << 3;
        tasks[2].after = 1 << 1;
        assert_int_equal(tasks_run(tasks, COUNT, threads), TERRAMIS_OUTPUT);
        assert_string_equal(status_message(), "task 3");
        assert_int_equal(done & 7, 7);
        assert_int_equal(done >> 6 & 1, 0);
    }
}

static void none_and_too_many(void **state)
{
    (void)state;
    assert_int_equal(tasks_run(NULL, 0, 4), TERRAMIS_OK);
    assert_int_equal(tasks_run(NULL, TASKS_MAX + 1, 4), TERRAMIS_INTERNAL);
}

static void interrupted(void **state)
{
    (void)state;
    struct task tasks[COUNT];
    struct note notes[COUNT];
    make(tasks, notes);
    terramis_interrupt();
    assert_int_equal(tasks_run(tasks, COUNT, 2), TERRAMIS_INTERRUPTED);
    assert_true(done == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_after_what_it_needs),
        cmocka_unit_test(several_at_a_time),
        cmocka_unit_test(the_first_failure),
        cmocka_unit_test(none_and_too_many),
        cmocka_unit_test(interrupted), /* the last: for good */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
