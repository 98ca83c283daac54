#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <utime.h>

#include <cmocka.h>

#include "output/digest.h"
#include "publish/archive.h"

static void the_same_bytes_whatever_the_time(void **state)
{
    (void)state;
    char dir[] = "/tmp/archive-XXXXXX", a[64], zips[2][64], command[160];
    struct digest digests[2];
    assert_non_null(mkdtemp(dir));
    snprintf(a, sizeof a, "%s/été.txt", dir);
    FILE *file = fopen(a, "w");
    assert_non_null(file);
    fputs("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", file);
    fclose(file);
    for (int i = 0; i < 2; i++) {
        const struct archive_entry entries[] = {{a, "d/été.txt"}, {a, "b.tif"}};
        struct utimbuf then = {1000000000 + i * 86400, 1000000000 + i * 86400};
        assert_int_equal(utime(a, &then), 0);
        snprintf(zips[i], sizeof zips[i], "%s/%d.zip", dir, i);
        assert_int_equal(archive_write(zips[i], entries, 2), TERRAMIS_OK);
        assert_int_equal(digest_file(zips[i], &digests[i]), TERRAMIS_OK);
    }
    assert_string_equal(digests[0].sha256, digests[1].sha256);
    snprintf(command, sizeof command, "rm -r '%s'", dir);
    assert_int_equal(system(command), 0);
}

static void what_cannot_be_written(void **state)
{
    (void)state;
    char missing[] = "/nowhere/x";
    const struct archive_entry entry = {missing, "x"};
    assert_int_equal(archive_write("/nowhere/a.zip", &entry, 1),
                     TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "/nowhere/a.zip"));
    char path[] = "/tmp/archive-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(archive_write(path, &entry, 1), TERRAMIS_OUTPUT);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_bytes_whatever_the_time),
        cmocka_unit_test(what_cannot_be_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
