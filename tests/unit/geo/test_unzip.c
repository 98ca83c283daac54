#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <cpl_vsi.h>

#include "geo/gdal.h"
#include "geo/unzip.h"
#include "unit/output/scratch.h"

static struct scratch scratch;
static char archive[384], folder[384];

/* A zip archive of two members. */
static void make(const char *first, const char *second, int bytes)
{
    char path[512];
    const char *const names[] = {first, second};
    unlink(archive);
    VSILFILE *all = NULL;
    snprintf(path, sizeof path, "/vsizip/%s", archive);
    all = VSIFOpenL(path, "wb"); /* both go to one archive */
    assert_non_null(all);
    for (int i = 0; i < 2 && names[i]; i++) {
        snprintf(path, sizeof path, "/vsizip/%s/%s", archive, names[i]);
        VSILFILE *file = VSIFOpenL(path, "wb");
        assert_non_null(file);
        for (int k = 0; k < bytes; k++)
            VSIFWriteL("x", 1, 1, file);
        VSIFCloseL(file);
    }
    VSIFCloseL(all);
}

static enum terramis_status unpack(int64_t max)
{
    char command[800];
    snprintf(command, sizeof command, "rm -rf '%s' && mkdir '%s'", folder,
             folder);
    assert_int_equal(system(command), 0);
    return unzip(archive, folder, "here", max);
}

static long size_of(const char *name)
{
    char path[512];
    long size = -1;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    char *bytes = scratch_bytes(path, &size);
    free(bytes);
    return size;
}

static void members_lose_their_folders(void **state)
{
    (void)state;
    make("deep/down/a.txt", "b.txt", 3000);
    assert_true(unzip_is_archive(archive));
    assert_int_equal(unpack(6000), TERRAMIS_OK);
    assert_int_equal(size_of("a.txt"), 3000);
    assert_int_equal(size_of("b.txt"), 3000);
    assert_int_equal(unpack(5999), TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "max_size"));
}

static void two_of_one_name_are_refused(void **state)
{
    (void)state;
    make("x/a.txt", "y/a.txt", 10);
    assert_int_equal(unpack(1000), TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "two files called a.txt"));
}

static void damage_is_seen(void **state)
{
    (void)state;
    long size = 0;
    make("a.txt", "b.txt", 3000);
    char *bytes = scratch_bytes(archive, &size);
    FILE *file = fopen(archive, "wb"); /* without its directory */
    assert_int_equal(fwrite(bytes, 1, (size_t)size - 100, file), size - 100);
    fclose(file);
    free(bytes);
    assert_int_equal(unpack(10000), TERRAMIS_INPUT);
    assert_int_equal(unzip("/nowhere", folder, "here", 1), TERRAMIS_INPUT);
    assert_false(unzip_is_archive("/nowhere"));
}

/* Members whose names would leave the folder, in every way of saying so. */
static void names_that_lead_out(void **state)
{
    (void)state;
    static const char *const names[] = {"../x.txt", "..\\x.txt", "/a/x.txt",
                                        "C:/x.txt", "a/../x.t"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        long size = 0;
        make("aa/x.txt", NULL, 10);
        char *bytes = scratch_bytes(archive, &size);
        int found = 0; /* before the member and in the directory */
        for (long i = 0; i + 8 <= size; i++)
            if (memcmp(bytes + i, "aa/x.txt", 8) == 0) {
                memcpy(bytes + i, names[k], 8);
                found++;
            }
        assert_int_equal(found, 2);
        FILE *file = fopen(archive, "wb");
        assert_int_equal(fwrite(bytes, 1, (size_t)size, file), size);
        fclose(file);
        free(bytes);
        assert_int_equal(unpack(1000), TERRAMIS_INPUT);
        assert_non_null(strstr(status_message(), "out of "));
        assert_int_equal(size_of("x.txt"), -1);
        assert_int_equal(size_of("../x.txt"), -1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_lose_their_folders),
        cmocka_unit_test(two_of_one_name_are_refused),
        cmocka_unit_test(names_that_lead_out),
        cmocka_unit_test(damage_is_seen),
    };
    gdal_setup();
    scratch_open(&scratch);
    strcpy(archive, scratch_path(&scratch, "a.zip"));
    strcpy(folder, scratch_path(&scratch, "to"));
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", scratch.dir);
    return system(command) == 0 ? failed : 1;
}
