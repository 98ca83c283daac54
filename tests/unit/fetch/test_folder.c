#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <sys/stat.h>

#include "fetch/folder.h"
#include "unit/output/scratch.h"

static struct scratch scratch;

static void folders_are_made_with_those_above(void **state)
{
    (void)state;
    char path[384], file[400];
    struct stat info;
    strcpy(path, scratch_path(&scratch, "a/b/c"));
    assert_int_equal(folder_make(path), TERRAMIS_OK);
    assert_int_equal(folder_make(path), TERRAMIS_OK);
    assert_true(stat(path, &info) == 0 && S_ISDIR(info.st_mode));
    snprintf(file, sizeof file, "%s/f", path);
    fclose(fopen(file, "w"));
    assert_int_equal(folder_make(file), TERRAMIS_OK); /* it is there */
    assert_int_equal(folder_empty(path), TERRAMIS_OK);
    assert_int_not_equal(access(file, F_OK), 0);
    folder_remove(path);
    assert_int_not_equal(access(path, F_OK), 0);
    folder_remove(path); /* of nothing: nothing */
    folder_remove(scratch_path(&scratch, "a/b"));
    folder_remove(scratch_path(&scratch, "a"));
    assert_int_equal(folder_make("/dev/null/a"), TERRAMIS_OUTPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folders_are_made_with_those_above),
    };
    scratch_open(&scratch);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_close(&scratch);
    return failed;
}
