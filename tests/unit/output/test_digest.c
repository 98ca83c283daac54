#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/digest.h"
#include "unit/output/scratch.h"

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    fputs(text, file);
    fclose(file);
}

/* FIPS 180-2, appendix B.1, and the empty message. */
static void test_known_values(void **state)
{
    (void)state;
    struct scratch s;
    struct digest digest;
    scratch_open(&s);
    write_text(scratch_path(&s, "a"), "abc");
    assert_int_equal(digest_file(s.path, &digest), TERRAMIS_OK);
    assert_int_equal(digest.bytes, 3);
    assert_string_equal(
        digest.sha256,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    write_text(scratch_path(&s, "b"), "");
    assert_int_equal(digest_file(s.path, &digest), TERRAMIS_OK);
    assert_string_equal(
        digest.sha256,
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    scratch_close(&s);
}

static void test_unreadable(void **state)
{
    (void)state;
    struct digest digest;
    assert_int_equal(digest_file("/nonexistent/a", &digest), TERRAMIS_OUTPUT);
    assert_string_equal(status_message(), "cannot read /nonexistent/a: No such "
                                          "file or directory");
    assert_int_equal(digest_file("/tmp", &digest), TERRAMIS_OUTPUT);
}

/* A file is read again when it changed by size, time or inode; a noted one
 * never is, but counts as changed. */
static void test_many(void **state)
{
    (void)state;
    struct scratch s;
    struct digests digests = {0};
    struct digest first, second;
    char path[384], noted[384], absent[384];
    scratch_open(&s);
    snprintf(path, sizeof path, "%s", scratch_path(&s, "a"));
    snprintf(noted, sizeof noted, "%s", scratch_path(&s, "b"));
    snprintf(absent, sizeof absent, "%s", scratch_path(&s, "c"));
    write_text(path, "one");
    write_text(noted, "one");
    assert_int_equal(digests_note(&digests, noted), TERRAMIS_OK);
    assert_int_equal(digests_note(&digests, absent), TERRAMIS_OK);
    assert_int_equal(digests_get(&digests, path, &first), TERRAMIS_OK);
    assert_int_equal(digests_get(&digests, noted, &second), TERRAMIS_OK);
    assert_true(digest_same(&first, &second));
    assert_null(digests_changed(&digests));
    write_text(path, "another");
    assert_null(digests_changed(&digests)); /* not noted */
    assert_int_equal(digests_get(&digests, path, &second), TERRAMIS_OK);
    assert_int_equal(second.bytes, 7);
    assert_false(digest_same(&first, &second));
    write_text(absent, "");
    assert_string_equal(digests_changed(&digests), absent);
    assert_int_equal(unlink(absent), 0);
    assert_null(digests_changed(&digests));
    struct text text = {0};
    assert_int_equal(digests_print(&digests, &text), TERRAMIS_OK);
    assert_non_null(strstr(text_get(&text), noted));
    assert_null(strstr(text_get(&text), path));
    assert_null(strstr(text_get(&text), absent));
    text_release(&text);
    /* the same bytes at another time are a change too */
    struct timespec times[2] = {{.tv_sec = 1}, {.tv_sec = 1}};
    assert_int_equal(utimensat(AT_FDCWD, noted, times, 0), 0);
    assert_string_equal(digests_changed(&digests), noted);
    digests_release(&digests);
    scratch_close(&s);
}

/* Several threads: what each gives is what one file after the other does. */
static void test_fill(void **state)
{
    (void)state;
    struct scratch s;
    struct digests digests = {0};
    char name[16], text[64];
    scratch_open(&s);
    for (int i = 0; i < 40; i++) {
        snprintf(name, sizeof name, "f%d", i);
        snprintf(text, sizeof text, "text %d", i);
        write_text(scratch_path(&s, name), text);
        assert_int_equal((i % 2 ? digests_add : digests_note)(&digests, s.path),
                         TERRAMIS_OK);
    }
    assert_int_equal(digests_note(&digests, scratch_path(&s, "none")),
                     TERRAMIS_OK);
    assert_int_equal(digests_fill(&digests, 3), TERRAMIS_OK);
    for (int i = 0; i < 40; i++) {
        struct digest one, own;
        snprintf(name, sizeof name, "f%d", i);
        assert_int_equal(digest_file(scratch_path(&s, name), &own),
                         TERRAMIS_OK);
        if (i % 2 == 0) /* a noted file is not read again */
            unlink(s.path);
        assert_int_equal(digests_get(&digests, s.path, &one), TERRAMIS_OK);
        assert_true(digest_same(&one, &own));
    }
    digests_release(&digests);
    scratch_close(&s);
}

/* A file that cannot be read is said as without threads. */
static void test_fill_unreadable(void **state)
{
    (void)state;
    struct digests digests = {0};
    assert_int_equal(digests_note(&digests, "/tmp"), TERRAMIS_OK);
    assert_int_equal(digests_fill(&digests, 2), TERRAMIS_OK); /* no file */
    assert_int_equal(digests_add(&digests, "/proc/self/mem"), TERRAMIS_OK);
    assert_int_equal(digests_fill(&digests, 2), TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "cannot read /proc/self/mem: "));
    digests_release(&digests);
}

/* What could not be read when it was asked for is not asked for again. */
static void test_fill_after_unreadable(void **state)
{
    (void)state;
    struct scratch s;
    struct digests digests = {0};
    struct digest digest;
    scratch_open(&s);
    assert_int_equal(digests_get(&digests, s.dir, &digest), TERRAMIS_OUTPUT);
    assert_int_equal(digests_fill(&digests, 2), TERRAMIS_OK);
    assert_int_equal(digests_get(&digests, s.dir, &digest), TERRAMIS_OUTPUT);
    assert_int_equal(rmdir(s.dir), 0);
    write_text(s.dir, "a file now");
    assert_int_equal(digests_get(&digests, s.dir, &digest), TERRAMIS_OK);
    assert_int_equal(digest.bytes, 10);
    assert_int_equal(unlink(s.dir), 0);
    digests_release(&digests);
}

static void test_bytes(void **state)
{
    (void)state;
    struct digest digest;
    assert_int_equal(digest_bytes("abc", 3, &digest), TERRAMIS_OK);
    assert_string_equal(digest.sha256,
                        "ba7816bf8f01cfea414140de5dae2223b00361a3"
                        "96177a9cb410ff61f20015ad");
    assert_int_equal(digest.bytes, 3);
}

static const char abc[] =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

static void test_bytes_in_parts(void **state)
{
    (void)state;
    struct digest_sum sum;
    struct digest digest;
    digest_begin(&sum);
    digest_add(&sum, "a", 1);
    digest_add(&sum, "", 0);
    digest_add(&sum, "bc", 2);
    assert_int_equal(digest_end(&sum, &digest), TERRAMIS_OK);
    assert_string_equal(digest.sha256, abc);
    assert_int_equal(digest.bytes, 3);
    assert_null(sum.context);
    digest_begin(&sum);
    digest_add(&sum, "a", 1);
    digest_discard(&sum);
    digest_discard(&sum);
    assert_null(sum.context);
}

/* A digest that was put counts until the file is another one. */
static void test_put(void **state)
{
    (void)state;
    struct scratch s;
    struct digests digests = {0};
    struct digest digest, put = {.bytes = 4, .sha256 = "made up"};
    scratch_open(&s);
    write_text(scratch_path(&s, "a"), "abcd");
    assert_int_equal(digests_put(&digests, s.path, &put), TERRAMIS_OK);
    assert_int_equal(digests_fill(&digests, 2), TERRAMIS_OK);
    assert_int_equal(digests_get(&digests, s.path, &digest), TERRAMIS_OK);
    assert_string_equal(digest.sha256, "made up");
    write_text(s.path, "abc");
    assert_int_equal(digests_get(&digests, s.path, &digest), TERRAMIS_OK);
    assert_string_equal(digest.sha256, abc);
    digests_release(&digests);
    scratch_close(&s);
}

/* A file that was renamed is not read again, nor looked for where it was. */
static void test_move(void **state)
{
    (void)state;
    struct scratch s;
    struct digests digests = {0};
    struct digest digest, put = {.bytes = 3, .sha256 = "made up"};
    char from[384], to[384];
    scratch_open(&s);
    snprintf(from, sizeof from, "%s", scratch_path(&s, "from"));
    snprintf(to, sizeof to, "%s", scratch_path(&s, "to"));
    for (int known = 1; known >= 0; known--) {
        write_text(from, "abc");
        assert_int_equal(known ? digests_put(&digests, from, &put)
                               : digests_add(&digests, from),
                         TERRAMIS_OK);
        assert_int_equal(rename(from, to), 0);
        assert_int_equal(digests_move(&digests, from, to), TERRAMIS_OK);
        assert_int_equal(digests_fill(&digests, 2), TERRAMIS_OK);
        assert_int_equal(digests_get(&digests, to, &digest), TERRAMIS_OK);
        assert_string_equal(digest.sha256, known ? "made up" : abc);
    }
    assert_int_equal(digests_get(&digests, from, &digest), TERRAMIS_OUTPUT);
    digests_release(&digests);
    scratch_close(&s);
}

struct asking {
    struct digests digests;
    char dir[256];
};

static void *ask(void *data)
{
    struct asking *asking = data;
    for (int i = 0; i < 200; i++) {
        struct digest digest;
        char path[300];
        snprintf(path, sizeof path, "%s/f%d", asking->dir, i % 40);
        if (digests_get(&asking->digests, path, &digest) != TERRAMIS_OK ||
            strcmp(digest.sha256, abc) != 0)
            return data;
    }
    return NULL;
}

/* Several threads, all for the same files. */
static void test_threads(void **state)
{
    (void)state;
    static struct asking asking;
    struct scratch s;
    pthread_t threads[4];
    char name[16];
    scratch_open(&s);
    snprintf(asking.dir, sizeof asking.dir, "%s", s.dir);
    for (int i = 0; i < 40; i++) {
        snprintf(name, sizeof name, "f%d", i);
        write_text(scratch_path(&s, name), "abc");
    }
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask, &asking), 0);
    for (int i = 0; i < 4; i++) {
        void *wrong = &asking;
        pthread_join(threads[i], &wrong);
        assert_null(wrong);
    }
    assert_int_equal(asking.digests.count, 40);
    digests_release(&asking.digests);
    scratch_close(&s);
}

static void test_source_of_a_policy(void **state)
{
    (void)state;
    char source[DIGEST_SOURCE];
    /* the example of CSP 3, "alert('Hello, world.');" */
    assert_int_equal(digest_source("alert('Hello, world.');", 23, source),
                     TERRAMIS_OK);
    assert_string_equal(source,
                        "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_values),
        cmocka_unit_test(test_unreadable),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_fill),
        cmocka_unit_test(test_fill_unreadable),
        cmocka_unit_test(test_fill_after_unreadable),
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_bytes_in_parts),
        cmocka_unit_test(test_put),
        cmocka_unit_test(test_move),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_source_of_a_policy)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
