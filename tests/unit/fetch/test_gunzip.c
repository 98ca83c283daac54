#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <zlib.h>

#include "fetch/gunzip.h"
#include "unit/output/scratch.h"

static struct scratch scratch;
static char packed[384], plain[384];

/* Packs `size` bytes of 'x' and keeps all but the last `cut` bytes of it. */
static void pack(unsigned size, long cut)
{
    char block[1000];
    long bytes = 0;
    memset(block, 'x', sizeof block);
    gzFile file = gzopen(packed, "wb");
    assert_non_null(file);
    for (unsigned left = size; left > 0;) {
        unsigned n = left < sizeof block ? left : (unsigned)sizeof block;
        assert_int_equal(gzwrite(file, block, n), (int)n);
        left -= n;
    }
    assert_int_equal(gzclose(file), Z_OK);
    char *whole = scratch_bytes(packed, &bytes);
    FILE *again = fopen(packed, "wb");
    assert_int_equal(fwrite(whole, 1, (size_t)(bytes - cut), again),
                     (size_t)(bytes - cut));
    fclose(again);
    free(whole);
}

static void what_was_packed_comes_back(void **state)
{
    (void)state;
    long size = 0;
    pack(300000, 0);
    assert_true(gunzip_is_packed(packed));
    assert_int_equal(gunzip(packed, plain, "here", 300000), TERRAMIS_OK);
    char *bytes = scratch_bytes(plain, &size);
    assert_int_equal(size, 300000);
    assert_int_equal(bytes[299999], 'x');
    free(bytes);
    assert_false(gunzip_is_packed(plain));
    unlink(plain);
}

static void too_much_and_too_little_are_refused(void **state)
{
    (void)state;
    pack(300000, 0);
    assert_int_equal(gunzip(packed, plain, "here", 299999), TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "max_size"));
    for (long cut = 1; cut <= 12; cut += 11) {
        pack(300000, cut);
        assert_int_equal(gunzip(packed, plain, "here", 1 << 20),
                         TERRAMIS_INPUT);
    }
    assert_int_not_equal(access(plain, F_OK), 0); /* nothing is left */
    assert_int_equal(gunzip("/nowhere", plain, "here", 1), TERRAMIS_INPUT);
    assert_false(gunzip_is_packed("/nowhere"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_packed_comes_back),
        cmocka_unit_test(too_much_and_too_little_are_refused),
    };
    scratch_open(&scratch);
    strcpy(packed, scratch_path(&scratch, "a.gz"));
    strcpy(plain, scratch_path(&scratch, "a"));
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_close(&scratch);
    return failed;
}
