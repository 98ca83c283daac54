#include "unit/run/files.h"

#include <signal.h>
#include <sys/wait.h>

#include "base/lock.h"

/* Takes the lock in another process, which then does as told; its exit code. */
static int in_child(const char *path, bool release)
{
    pid_t child = fork();
    if (child == 0) {
        struct lock lock;
        int status = (int)lock_take(&lock, path, "shown");
        if (release)
            lock_release(&lock, path);
        _exit(status);
    }
    int result = -1;
    waitpid(child, &result, 0);
    return WEXITSTATUS(result);
}

static void one_holder(void **state)
{
    (void)state;
    struct lock lock;
    assert_int_equal(lock_take(&lock, "held", "out"), 0);
    assert_int_equal(in_child("held", false), TERRAMIS_OUTPUT);
    assert_true(exists("held/lock")); /* the loser removes nothing */
    lock_release(&lock, "held");
    assert_false(exists("held"));
    lock_release(&lock, "held"); /* again */
    assert_int_equal(in_child("held", true), 0);
    assert_false(exists("held"));
}

/* The lock goes with its process, its file need not. */
static void a_dead_holder_is_none(void **state)
{
    (void)state;
    struct lock lock;
    assert_int_equal(in_child("dead", false), 0);
    assert_true(exists("dead/lock"));
    assert_int_equal(lock_take(&lock, "dead", "out"), 0);
    write_file("dead/more", "x");
    lock_release(&lock, "dead");
    assert_true(exists("dead/more")); /* not empty: stays */
    assert_false(exists("dead/lock"));
}

static void the_message_names_the_holder(void **state)
{
    (void)state;
    struct lock lock, other;
    char expected[64];
    assert_int_equal(lock_take(&lock, "named", "out"), 0);
    /* flock() is per open file: the same process is told as well */
    assert_int_equal(lock_take(&other, "named", "results"), TERRAMIS_OUTPUT);
    snprintf(expected, sizeof expected, "results: another run (process %ld on ",
             (long)getpid());
    assert_ptr_equal(strstr(status_message(), expected), status_message());
    assert_int_equal(other.folder, -1);
    lock_release(&lock, "named");
}

/* Many at once: never two at a time, and all of them in the end. */
static void never_two_at_a_time(void **state)
{
    (void)state;
    pid_t children[8];
    for (int i = 0; i < 8; i++) {
        children[i] = fork();
        if (children[i] != 0)
            continue;
        for (int turn = 0; turn < 200;) {
            struct lock lock;
            if (lock_take(&lock, "busy", "out") != TERRAMIS_OK)
                continue;
            if (mkdir("inside", 0777) != 0 || rmdir("inside") != 0)
                _exit(1);
            lock_release(&lock, "busy");
            turn++;
        }
        _exit(0);
    }
    for (int i = 0; i < 8; i++) {
        int result = -1;
        waitpid(children[i], &result, 0);
        assert_int_equal(result, 0);
    }
    assert_false(exists("busy"));
}

static void places_that_cannot_be(void **state)
{
    (void)state;
    struct lock lock;
    write_file("file", "x");
    assert_int_equal(lock_take(&lock, "file", "out"), TERRAMIS_OUTPUT);
    assert_int_equal(lock_take(&lock, "no/where", "out"), TERRAMIS_OUTPUT);
    mkdir("elsewhere", 0777);
    assert_int_equal(symlink("elsewhere", "link"), 0);
    assert_int_equal(lock_take(&lock, "link", "out"), TERRAMIS_OUTPUT);
    assert_false(exists("elsewhere/lock"));
    mkdir("trap", 0777);
    assert_int_equal(symlink("../file", "trap/lock"), 0);
    assert_int_equal(lock_take(&lock, "trap", "out"), TERRAMIS_OUTPUT);
    assert_true(holds("file", "x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_holder),
        cmocka_unit_test(a_dead_holder_is_none),
        cmocka_unit_test(the_message_names_the_holder),
        cmocka_unit_test(never_two_at_a_time),
        cmocka_unit_test(places_that_cannot_be),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
