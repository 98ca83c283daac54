#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <malloc.h>
#include <math.h>
#include <string.h>

#include "output/canvas.h"
#include "output/labels.h"

#define assert_near(a, b, eps) assert_true(fabs((a) - (b)) <= (eps))

struct page {
    cairo_surface_t *surface;
    cairo_t *cr;
    struct fonts *fonts;
    struct canvas canvas;
};

static const struct text_style plain = {10, false, 0xff000000, 0, TEXT_LEFT};

static void page_open(struct page *page)
{
    assert_int_equal(fonts_open(NULL, &page->fonts), TERRAMIS_OK);
    page->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 800, 400);
    page->cr = cairo_create(page->surface);
    cairo_scale(page->cr, CANVAS_PIXELS_PER_MM, CANVAS_PIXELS_PER_MM);
    canvas_init(&page->canvas, page->cr, page->fonts, LANGUAGE_FR);
}

static void page_close(struct page *page)
{
    assert_int_equal(canvas_status(&page->canvas), TERRAMIS_OK);
    canvas_release(&page->canvas);
    cairo_destroy(page->cr);
    cairo_surface_destroy(page->surface);
    fonts_free(page->fonts);
}

static void test_text_is_never_markup(void **state)
{
    (void)state;
    struct page page;
    page_open(&page);
    struct canvas *c = &page.canvas;
    assert_true(canvas_text_width(c, &plain, "<b>x</b>") >
                4 * canvas_text_width(c, &plain, "x"));
    assert_true(canvas_text_width(c, &plain, "&amp;") >
                3 * canvas_text_width(c, &plain, "&"));
    page_close(&page);
}

static void test_odd_characters_draw(void **state)
{
    (void)state;
    struct page page;
    page_open(&page);
    const char *texts[] = {"🌾 miscanthus 👩‍🌾",
                           "עברית",
                           "العربية",
                           "字",
                           "a\u202eb",
                           "bad \xff\xfe utf-8",
                           "\x01\x02tab\tend",
                           "",
                           "é = e\u0301",
                           "a\u200bb\ufe0f",
                           "\n\n\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        canvas_text(&page.canvas, &plain, (struct box){1, 1, 60, 0}, texts[i]);
    /* what the font has not is shown as one sign; overrides are dropped */
    struct canvas *c = &page.canvas;
    assert_near(canvas_text_width(c, &plain, "字"),
                canvas_text_width(c, &plain, "\ufffd"), 1e-6);
    assert_near(canvas_text_width(c, &plain, "a\u202eb"),
                canvas_text_width(c, &plain, "ab"), 1e-6);
    page_close(&page);
}

static void test_wrapping_and_ellipsis(void **state)
{
    (void)state;
    struct page page;
    page_open(&page);
    struct canvas *c = &page.canvas;
    char words[2000] = "", word[2000];
    while (strlen(words) < 1900)
        strcat(words, "Saint-Nicolas ");
    memset(word, 'x', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    double line = canvas_text_height(c, &plain, 0, "Hg");
    struct box one = {0, 0, 40, 0}, some = {0, 0, 40, 3.5 * line};
    assert_near(canvas_text(c, &plain, one, words), line, 1e-6);
    assert_near(canvas_text(c, &plain, some, words), 3 * line, 0.01);
    assert_near(canvas_text(c, &plain, some, word), 3 * line, 0.01);
    /* line ends count against the height, too */
    assert_near(canvas_text(c, &plain, some, "a\nb\nc\nd\ne\nf"), 3 * line,
                0.01);
    assert_true(canvas_text_height(c, &plain, 40, words) > 20 * line);
    page_close(&page);
}

static void test_missing_font_is_an_error(void **state)
{
    (void)state;
    struct fonts *fonts;
    assert_int_equal(fonts_open("/nonexistent", &fonts), TERRAMIS_OUTPUT);
    assert_null(fonts);
    assert_string_equal(status_message(),
                        "cannot draw text: no usable font in "
                        "/nonexistent/DejaVuSans.ttf (install the package "
                        "fonts-dejavu-core)");
}

static void test_user_configuration_has_no_say(void **state)
{
    (void)state;
    struct page page;
    page_open(&page);
    PangoFontMap *map = pango_context_get_font_map(page.canvas.context);
    PangoFontFamily **families;
    int count;
    pango_font_map_list_families(map, &families, &count);
    /* DejaVu Sans, and the generic names that Pango always offers */
    assert_true(count >= 1 && count <= 5);
    assert_string_equal(pango_font_family_get_name(families[0]), FONTS_FAMILY);
    g_free(families);
    page_close(&page);
}

/** Pango 1.50 keeps configurations unless told to let go. */
static void test_fonts_leave_no_memory_behind(void **state)
{
    (void)state;
    size_t before = 0;
    for (int i = 0; i < 150; i++) {
        struct page page;
        page_open(&page);
        canvas_text(&page.canvas, &plain, (struct box){1, 1, 60, 0}, "Été");
        page_close(&page);
        if (i == 49) /* caches are warm */
            before = mallinfo2().uordblks;
    }
    size_t after = mallinfo2().uordblks;
    /* without that 4 kB each; Pango's threads make the figure waver */
    assert_true(after < before + 200000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_is_never_markup),
        cmocka_unit_test(test_odd_characters_draw),
        cmocka_unit_test(test_wrapping_and_ellipsis),
        cmocka_unit_test(test_missing_font_is_an_error),
        cmocka_unit_test(test_user_configuration_has_no_say),
        cmocka_unit_test(test_fonts_leave_no_memory_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
