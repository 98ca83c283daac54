#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fontconfig/fontconfig.h>
#include <malloc.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "output/canvas.h"
#include "output/labels.h"

#define assert_near(a, b, eps) assert_true(fabs((a) - (b)) <= (eps))

struct page {
    cairo_surface_t *surface;
    cairo_t *cr;
    struct fonts *fonts;
    struct canvas canvas;
};

static const struct text_style plain = {.size = 10, .colour = 0xff000000};

static void page_open(struct page *page)
{
    assert_int_equal(fonts_open(&page->fonts), TERRAMIS_OK);
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

/** Sum over the pixels of a drawn text. */
static unsigned long drawn_text(void)
{
    struct page page;
    page_open(&page);
    canvas_text(&page.canvas, &plain, (struct box){1, 1, 60, 0},
                "Été, œuf, garçon ≥ 1");
    cairo_surface_flush(page.surface);
    const unsigned char *bytes = cairo_image_surface_get_data(page.surface);
    size_t size = (size_t)cairo_image_surface_get_stride(page.surface) * 400;
    unsigned long sum = 5381;
    for (size_t i = 0; i < size; i++)
        sum = 33 * sum + bytes[i];
    page_close(&page);
    return sum;
}

/** The exit code of `work` in a process that has drawn nothing yet. */
static int in_fresh_process(int (*work)(void))
{
    int code = -1;
    pid_t child = fork();
    if (child == 0)
        _exit(work());
    assert_true(child > 0 && waitpid(child, &code, 0) == child);
    return WIFEXITED(code) ? WEXITSTATUS(code) : -1;
}

static int hash_without_fonts(void)
{
    setenv("FONTCONFIG_FILE", "/dev/null", 1);
    setenv("FONTCONFIG_PATH", "/nonexistent", 1);
    setenv("HOME", "/nonexistent", 1);
    setenv("XDG_DATA_HOME", "/nonexistent", 1);
    return (int)(drawn_text() % 251);
}

static int hash_as_installed(void)
{
    return (int)(drawn_text() % 251);
}

/** The machine's fonts and its fontconfig make no difference. */
static void test_text_without_any_font_installed(void **state)
{
    (void)state;
    int installed = in_fresh_process(hash_as_installed);
    assert_true(installed >= 0);
    assert_int_equal(in_fresh_process(hash_without_fonts), installed);
}

static int open_without_descriptors(void)
{
    struct fonts *fonts;
    struct rlimit none = {3, 3};
    setrlimit(RLIMIT_NOFILE, &none);
    if (fonts_open(&fonts) != TERRAMIS_OUTPUT || fonts)
        return 1;
    return strstr(status_message(), "cannot draw text: the built-in font "
                                    "cannot be opened: ")
               ? 0
               : 2;
}

static void test_no_descriptor_is_an_error(void **state)
{
    (void)state;
    assert_int_equal(in_fresh_process(open_without_descriptors), 0);
}

static int draw_without_descriptors(void)
{
    struct page page;
    page_open(&page);
    struct rlimit none = {3, 3};
    setrlimit(RLIMIT_NOFILE, &none);
    canvas_text(&page.canvas, &plain, (struct box){1, 1, 60, 0}, "Été");
    return canvas_status(&page.canvas) == TERRAMIS_OUTPUT &&
                   strstr(status_message(), "DejaVu Sans cannot be opened")
               ? 0
               : 1;
}

/** Pango would draw boxes. */
static void test_font_that_cannot_be_opened_is_an_error(void **state)
{
    (void)state;
    assert_int_equal(in_fresh_process(draw_without_descriptors), 0);
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
    /* nor has Pango's own thread read the fonts of the system meanwhile */
    FcFontSet *found = FcConfigGetFonts(FcConfigGetCurrent(), FcSetSystem);
    assert_true(!found || found->nfont == 0);
    page_close(&page);
}

/** Fonts that were given back are used again. */
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
    /* without that 80 kB each */
    assert_true(after < before + 200000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        /* first, while this process has drawn nothing */
        cmocka_unit_test(test_no_descriptor_is_an_error),
        cmocka_unit_test(test_font_that_cannot_be_opened_is_an_error),
        cmocka_unit_test(test_text_without_any_font_installed),
        cmocka_unit_test(test_text_is_never_markup),
        cmocka_unit_test(test_odd_characters_draw),
        cmocka_unit_test(test_wrapping_and_ellipsis),
        cmocka_unit_test(test_user_configuration_has_no_say),
        cmocka_unit_test(test_fonts_leave_no_memory_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
