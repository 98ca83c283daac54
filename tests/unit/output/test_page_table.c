#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "output/labels.h"
#include "output/page_table.h"

/* Height of a table of `rows` rows in a box of `room` mm. */
static double height_of(size_t rows, double room, const char *word)
{
    static const struct page_column columns[] = {{"Parcelle", 2, TEXT_LEFT},
                                                 {"ha", 1, TEXT_RIGHT}};
    struct page_table table = {
        .title = "Essai", .columns = columns, .column_count = 2};
    for (size_t i = 0; i < rows; i++) {
        struct text *cells = page_table_row(&table);
        assert_non_null(cells);
        text_addf(&cells[0], "%s %zu", word, i);
        text_add(&cells[1], "1,5");
    }
    struct fonts *fonts;
    struct canvas canvas;
    assert_int_equal(fonts_open(&fonts), TERRAMIS_OK);
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, 400, 400);
    cairo_t *cr = cairo_create(surface);
    canvas_init(&canvas, cr, fonts, LANGUAGE_FR);
    double height = page_table_draw(&canvas, &table,
                                    (struct box){0, 0, 90, room}, LANGUAGE_FR);
    assert_int_equal(canvas_status(&canvas), TERRAMIS_OK);
    canvas_release(&canvas);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    fonts_free(fonts);
    page_table_release(&table);
    return height;
}

static void test_rows_add_up(void **state)
{
    (void)state;
    double none = height_of(0, 300, "p"), one = height_of(1, 300, "p");
    double four = height_of(4, 300, "p");
    assert_true(one > none);
    assert_true(fabs(four - none - 4 * (one - none)) < 1e-6);
    /* a long text takes a second line */
    assert_true(height_of(1, 300,
                          "une parcelle qui a un très long nom, très "
                          "long, plus long que sa colonne") > one + 2);
}

/* A name without end takes four lines, not the page. */
static void test_long_names(void **state)
{
    (void)state;
    char name[4000];
    for (size_t i = 0; i < sizeof name; i++)
        name[i] = i % 8 ? 'n' : ' ';
    name[sizeof name - 1] = '\0';
    double none = height_of(0, 300, "p"), one = height_of(1, 300, name);
    assert_true(one - none > 12 && one - none < 20);
    assert_true(fabs(height_of(9, 300, name) - none - 9 * (one - none)) < 1e-6);
}

static void test_stays_in_its_box(void **state)
{
    (void)state;
    assert_true(height_of(100, 60, "p") <= 60);
    assert_true(height_of(100, 300, "p") <= 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows_add_up),
                                       cmocka_unit_test(test_long_names),
                                       cmocka_unit_test(test_stays_in_its_box)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
