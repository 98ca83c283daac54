#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "criterion/criterion.h"
#include "unit/reader.h"

extern const struct criterion_op criterion_value;

/* Nothing of its own: the raster, bilinear, without a kernel. */
static void the_value_between_cells(void **state)
{
    struct scratch *s = *state;
    static const double values[] = {0, 10, 20, 30};
    struct array a = {.nx = 2,
                      .ny = 2,
                      .transform = {0, 10, 0, 20, 0, -10},
                      .crs = "EPSG:2154",
                      .type = GDT_Float32,
                      .values = values};
    write_array(scratch_path(s, "v.tif"), &a);
    assert_null(criterion_value.kernel);
    assert_int_equal(criterion_value.inputs, INPUT_RASTER);
    struct opened *o = open_layer(layer_at(s->path), "EPSG:2154",
                                  criterion_value.resampling, NULL, NULL);
    /* cell centres at 7.5 and 12.5 m: a quarter and three quarters of the
     * way from the centre at 5 m to the one at 15 m */
    struct grid grid = {5, 15, 5, 2, 2};
    float *found = read_grid(o, &grid);
    const float expected[] = {7.5F, 12.5F, 17.5F, 22.5F};
    for (int i = 0; i < 4; i++)
        assert_true(fabsf(found[i] - expected[i]) < 1e-5F);
    free(found);
    close_opened(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_value_between_cells),
    };
    return cmocka_run_group_tests(tests, scratch_set_up, scratch_tear_down);
}
