#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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

static void test_each_file_is_read_once(void **state)
{
    (void)state;
    struct scratch s;
    struct digests digests = {0};
    struct digest first, second;
    scratch_open(&s);
    const char *path = scratch_path(&s, "a");
    write_text(path, "one");
    assert_int_equal(digests_get(&digests, path, &first), TERRAMIS_OK);
    write_text(path, "another");
    assert_int_equal(digests_get(&digests, path, &second), TERRAMIS_OK);
    assert_string_equal(first.sha256, second.sha256);
    assert_int_equal(second.bytes, 3);
    digests_release(&digests);
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
        cmocka_unit_test(test_known_values), cmocka_unit_test(test_unreadable),
        cmocka_unit_test(test_each_file_is_read_once),
        cmocka_unit_test(test_source_of_a_policy)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
