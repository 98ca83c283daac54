#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/layout.h"
#include "unit/output/atlas_case.h"

extern const struct output_op output_png, output_pdf;

static struct atlas_case c;

static int open_case(void **state)
{
    (void)state;
    atlas_case_open(&c);
    return 0;
}

static int close_case(void **state)
{
    (void)state;
    atlas_case_close(&c);
    return 0;
}

static char *result_bytes(const char *name, long *size)
{
    char path[64];
    snprintf(path, sizeof path, "pilote/%s", name);
    return scratch_bytes(scratch_path(&c.fake.scratch, path), size);
}

/* All parts of `op`. */
static void run_op(const struct output_op *op)
{
    struct output_job job = c.fake.job;
    for (job.part = 0; job.part == 0 || job.part < op->parts; job.part++)
        assert_int_equal(op->territory(&job, &c.fake.result), TERRAMIS_OK);
}

/* Runs `op` twice: `name` begins with `start` and has the same bytes. */
static void check_op(const struct output_op *op, const char *name,
                     const char *start)
{
    long first_size, size;
    run_op(op);
    char *first = result_bytes(name, &first_size);
    assert_non_null(first);
    run_op(op);
    char *second = result_bytes(name, &size);
    assert_int_equal(size, first_size);
    assert_memory_equal(first, second, (size_t)size);
    assert_memory_equal(first, start, strlen(start));
    free(first);
    free(second);
}

static void test_png(void **state)
{
    (void)state;
    static const char *const others[] = {"map-class.png", "map-class.wld",
                                         "map-marginal.png",
                                         "map-limiting.wld"};
    for (c.fake.job.part = output_png.parts - 1; c.fake.job.part > 0;
         c.fake.job.part--)
        assert_int_equal(output_png.territory(&c.fake.job, &c.fake.result),
                         TERRAMIS_OK);
    check_op(&output_png, "map-suitability.png", "\x89PNG\r\n");
    for (size_t i = 0; i < 4; i++) {
        long size;
        char *bytes = result_bytes(others[i], &size);
        assert_non_null(bytes);
        free(bytes);
    }
}

static int count(const char *bytes, long size, const char *what)
{
    int n = 0;
    long length = (long)strlen(what);
    for (long i = 0; i + length <= size; i++)
        n += memcmp(bytes + i, what, (size_t)length) == 0;
    return n;
}

/* Four themes, the figures and two sites; all but the figures lie somewhere,
 * which the pages say once more. */
static void test_pdf(void **state)
{
    (void)state;
    long size;
    check_op(&output_pdf, "atlas.pdf", "%PDF-1.4");
    char *bytes = result_bytes("atlas.pdf", &size);
    assert_int_equal(count(bytes, size, "/VP ["), 6);
    assert_int_equal(count(bytes, size, "/Type /Page "), 7 + 6);
    assert_int_equal(count(bytes, size, "%%EOF"), 2);
    free(bytes);
}

/* The same pages on A4, only where that is asked for. */
static void test_pdf_a4(void **state)
{
    (void)state;
    long size;
    run_op(&output_pdf);
    assert_null(result_bytes("atlas-a4.pdf", &size));
    c.fake.config.papers = 1u << PAPER_A3 | 1u << PAPER_A4;
    check_op(&output_pdf, "atlas-a4.pdf", "%PDF-1.4");
    char *bytes = result_bytes("atlas-a4.pdf", &size);
    assert_int_equal(count(bytes, size, "/VP ["), 6);
    assert_int_equal(count(bytes, size, "/Type /Page "), 7 + 6);
    free(bytes);
    c.fake.config.papers = 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_png),
                                       cmocka_unit_test(test_pdf),
                                       cmocka_unit_test(test_pdf_a4)};
    return cmocka_run_group_tests(tests, open_case, close_case);
}
