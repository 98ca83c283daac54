#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "output/pdf.h"
#include "unit/output/folder.h"
#include "unit/output/sample_map.h"

static const struct pdf_info info = {
    .title = "Atlas", .author = "Niomis G3", .created = "2026-07-14T09:00:00Z"};

static enum terramis_status write_pages(const char *path, int pages)
{
    struct sample *sample = sample_new();
    struct pdf *pdf;
    enum terramis_status status = pdf_open(path, &info, &pdf);
    for (int i = 0; i < pages && status == TERRAMIS_OK; i++)
        status = pdf_add_map(pdf, &sample->map, "Territoire d’essai");
    if (status == TERRAMIS_OK)
        status = pdf_close(pdf);
    else
        pdf_discard(pdf);
    sample_release(sample);
    return status;
}

static void test_same_bytes_twice(void **state)
{
    (void)state;
    struct folder a = folder_new(), b = a;
    assert_int_equal(write_pages(folder_file(&a, "a.pdf"), 2), TERRAMIS_OK);
    assert_int_equal(write_pages(folder_file(&b, "b.pdf"), 2), TERRAMIS_OK);
    assert_true(same_files(a.file, b.file));
    size_t size;
    char *bytes = read_all(a.file, &size);
    assert_int_equal(strncmp(bytes, "%PDF-1.4", 8), 0);
    assert_true(size > 50000);
    free(bytes);
    assert_int_equal(folder_remove(&a, "a.pdf", "b.pdf"), 0);
}

static void test_unwritable(void **state)
{
    (void)state;
    assert_int_equal(write_pages("/nonexistent/a.pdf", 1), TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "/nonexistent/a.pdf"));
    assert_int_equal(write_pages("/dev/full", 1), TERRAMIS_OUTPUT);
    assert_string_equal(status_message(),
                        "cannot write /dev/full: No space left on device");
}

static void test_discard_leaves_nothing(void **state)
{
    (void)state;
    struct folder folder = folder_new();
    struct sample *sample = sample_new();
    struct pdf *pdf;
    assert_int_equal(pdf_open(folder_file(&folder, "a.pdf"), &info, &pdf),
                     TERRAMIS_OK);
    assert_int_equal(pdf_add_map(pdf, &sample->map, NULL), TERRAMIS_OK);
    pdf_discard(pdf);
    pdf_discard(NULL);
    sample_release(sample);
    assert_int_equal(folder_remove(&folder, NULL, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bytes_twice),
        cmocka_unit_test(test_unwritable),
        cmocka_unit_test(test_discard_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
