#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "output/png.h"
#include "output/quantize.h"
#include "unit/output/decode.h"
#include "unit/output/folder.h"

enum {
    W = 200,
    H = 160
};

/** W x H pixels; a row is one pixel longer, as cairo's may be. */
struct picture {
    uint32_t pixels[H][W + 1];
    struct rgb_image image;
};

static struct picture *picture_new(void)
{
    struct picture *picture = calloc(1, sizeof *picture);
    picture->image = (struct rgb_image){(unsigned char *)picture->pixels, W, H,
                                        sizeof picture->pixels[0]};
    return picture;
}

/** Few colours, with junk where alpha would be. */
static struct picture *few_colours(void)
{
    struct picture *p = picture_new();
    static const uint32_t colours[] = {0xffffff, 0x440154, 0x21918c, 0xfde725};
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++)
            p->pixels[y][x] = colours[(x / 7 + y / 5) % 4] | 0xab000000U;
    return p;
}

/** Mixes of two flat colours, as on the edges of smoothed lines. */
static uint32_t mixed(uint32_t a, uint32_t b, uint32_t sixtieth)
{
    uint32_t out = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        uint32_t ca = a >> shift & 0xff, cb = b >> shift & 0xff;
        out |= (ca * (60 - sixtieth) + cb * sixtieth) / 60 << shift;
    }
    return out;
}

/** About 1,200 colours; 0x123456 stands on one pixel only. */
static struct picture *many_colours(void)
{
    struct picture *p = picture_new();
    static const uint32_t flat[] = {0x440154, 0x3b528b, 0x21918c, 0x5cc863,
                                    0xfde725, 0x222222, 0xffffff};
    for (uint32_t y = 0; y < H; y++)
        for (uint32_t x = 0; x < W; x++)
            p->pixels[y][x] =
                mixed(flat[y % 7], flat[y / 7 % 7], x < 60 ? x : 0);
    p->pixels[3][4] = 0x123456;
    return p;
}

static void test_few_colours_are_exact(void **state)
{
    (void)state;
    struct picture *p = few_colours();
    struct folder folder = folder_new();
    const char *path = folder_file(&folder, "a.png");
    const struct page_text texts[] = {{"Title", "Aptitude – œuvre, été"},
                                      {"Author", NULL},
                                      {"Source", ""},
                                      {"Copyright", "Licence Ouverte 2.0"}};
    const struct page_image page = {
        .image = p->image, .dpi = 200, .texts = texts, .text_count = 4};
    assert_int_equal(page_write_png(&page, path), TERRAMIS_OK);
    struct decoded d = decode_png(path);
    assert_int_equal(d.width, W);
    assert_int_equal(d.height, H);
    assert_int_equal(d.depth, 8);
    assert_int_equal(d.type, PNG_COLOR_TYPE_PALETTE);
    assert_int_equal(d.palette_count, 4);
    assert_int_equal(d.per_metre, 7874);
    assert_int_equal(d.intent, PNG_sRGB_INTENT_PERCEPTUAL);
    assert_false(d.has_time);
    assert_string_equal(d.texts, "Title=Aptitude – œuvre, été\n"
                                 "Copyright=Licence Ouverte 2.0\n");
    for (size_t i = 0; i < (size_t)W * H; i++)
        assert_int_equal(d.rgb[i], p->pixels[i / W][i % W] & 0xffffff);
    decoded_release(&d);
    free(p);
    assert_int_equal(folder_remove(&folder, "a.png", NULL), 0);
}

static void test_many_colours_keep_the_given_ones(void **state)
{
    (void)state;
    struct picture *p = many_colours();
    const unsigned keep[] = {0xff123456, 0xffabcdef};
    struct quantized q;
    assert_int_equal(quantize(&p->image, keep, 2, &q), TERRAMIS_OK);
    assert_int_equal(q.count, 256);
    assert_int_equal(q.colours[0], 0x123456);
    assert_int_equal(q.colours[q.indices[3 * W + 4]], 0x123456);
    /* the flat colours are kept without being asked for */
    for (size_t y = 0; y < H; y++)
        assert_int_equal(q.colours[q.indices[y * W + 100]], p->pixels[y][100]);
    for (int i = 0; i < q.count; i++)
        assert_int_not_equal(q.colours[i], 0xabcdef); /* does not occur */
    for (size_t i = 0; i < (size_t)W * H; i++) {
        unsigned a = p->pixels[i / W][i % W], b = q.colours[q.indices[i]];
        for (int shift = 0; shift < 24; shift += 8)
            assert_true(
                abs((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff)) < 32);
    }
    quantized_release(&q);
    free(p);
}

static void test_same_bytes_twice(void **state)
{
    (void)state;
    struct picture *p = many_colours();
    struct folder folder = folder_new();
    struct folder again = folder;
    const struct page_image page = {.image = p->image, .dpi = 200};
    assert_int_equal(page_write_png(&page, folder_file(&folder, "a.png")),
                     TERRAMIS_OK);
    assert_int_equal(page_write_png(&page, folder_file(&again, "b.png")),
                     TERRAMIS_OK);
    assert_true(same_files(folder.file, again.file));
    free(p);
    assert_int_equal(folder_remove(&folder, "a.png", "b.png"), 0);
}

static void test_unwritable(void **state)
{
    (void)state;
    struct picture *p = few_colours();
    const struct page_image page = {.image = p->image, .dpi = 200};
    assert_int_equal(page_write_png(&page, "/nonexistent/a.png"),
                     TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "/nonexistent/a.png"));
    assert_int_equal(page_write_png(&page, "/dev/full"), TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "No space left on device"));
    free(p);
}

static void test_libpng_error_is_a_status(void **state)
{
    (void)state;
    struct picture *p = few_colours();
    struct folder folder = folder_new();
    const char *path = folder_file(&folder, "a.png");
    struct page_image page = {.image = p->image, .dpi = 200};
    page.image.width = 0; /* libpng refuses an empty image */
    assert_int_equal(page_write_png(&page, path), TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), path));
    free(p);
    assert_int_equal(folder_remove(&folder, NULL, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_few_colours_are_exact),
        cmocka_unit_test(test_many_colours_keep_the_given_ones),
        cmocka_unit_test(test_same_bytes_twice),
        cmocka_unit_test(test_unwritable),
        cmocka_unit_test(test_libpng_error_is_a_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
