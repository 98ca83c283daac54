#include "output/png.h"

#include <math.h>
#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "output/file.h"

/** What the callbacks of libpng need. Bytes that cannot be written are no
 * libpng error: struct file remembers them and file_commit() tells. */
struct encoder {
    struct file file;
    char problem[160]; /* libpng's own message, "" if none */
};

static void encoder_write(png_structp png, png_bytep bytes, png_size_t size)
{
    struct encoder *encoder = png_get_io_ptr(png);
    file_write(&encoder->file, bytes, size);
}

static void encoder_flush(png_structp png)
{
    (void)png;
}

static void encoder_error(png_structp png, png_const_charp message)
{
    struct encoder *encoder = png_get_error_ptr(png);
    strncpy(encoder->problem, message, sizeof encoder->problem - 1);
    png_longjmp(png, 1);
}

static void encoder_warning(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

static void write_header(png_structp png, png_infop info,
                         const struct page_image *page,
                         const struct quantized *pixels)
{
    png_color palette[QUANTIZE_COLOURS];
    for (int i = 0; i < pixels->count; i++)
        palette[i] = (png_color){(png_byte)(pixels->colours[i] >> 16),
                                 (png_byte)(pixels->colours[i] >> 8),
                                 (png_byte)pixels->colours[i]};
    png_set_IHDR(png, info, (png_uint_32)page->image.width,
                 (png_uint_32)page->image.height, 8, PNG_COLOR_TYPE_PALETTE,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_PLTE(png, info, palette, pixels->count);
    png_uint_32 per_metre = (png_uint_32)lround(page->dpi / 0.0254);
    png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
    png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
    png_set_compression_level(png, 7);
}

/** libpng copies the texts; it takes them without const, hence the copies. */
static void write_text(png_structp png, png_infop info,
                       const struct page_text *text, const char *lang)
{
    if (!text->text || !*text->text)
        return;
    char keyword[80] = "", language[8] = "", none[1] = "";
    strncpy(keyword, text->keyword, sizeof keyword - 1);
    strncpy(language, lang, sizeof language - 1);
    char *copy = NULL;
    if (mem_copy_text(&copy, text->text) != TERRAMIS_OK)
        png_error(png, "out of memory");
    png_text entry = {.compression = PNG_ITXT_COMPRESSION_NONE,
                      .key = keyword,
                      .text = copy,
                      .itxt_length = strlen(copy),
                      .lang = language,
                      .lang_key = none};
    png_set_text(png, info, &entry, 1);
    free(copy);
}

/** All calls that may longjmp, in a function without locals that change. */
static int encode(png_structp png, png_infop info, struct encoder *encoder,
                  const struct page_image *page, const struct quantized *pixels)
{
    if (setjmp(png_jmpbuf(png)))
        return 1;
    png_set_write_fn(png, encoder, encoder_write, encoder_flush);
    write_header(png, info, page, pixels);
    for (size_t i = 0; i < page->text_count; i++)
        write_text(png, info, &page->texts[i], "");
    png_write_info(png, info);
    for (int y = 0; y < page->image.height; y++)
        png_write_row(png,
                      pixels->indices + (size_t)y * (size_t)page->image.width);
    png_write_end(png, info);
    return 0;
}

static enum terramis_status write_file(const struct page_image *page,
                                       const struct quantized *pixels,
                                       const char *path)
{
    struct encoder encoder = {0};
    TRY(file_create(&encoder.file, path));
    png_infop info = NULL;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &encoder,
                                              encoder_error, encoder_warning);
    if (png)
        info = png_create_info_struct(png);
    enum terramis_status status = TERRAMIS_OK;
    if (!info)
        status = status_no_memory();
    else if (encode(png, info, &encoder, page, pixels))
        status = status_set(TERRAMIS_OUTPUT, _("cannot write %s: %s"), path,
                            encoder.problem);
    png_destroy_write_struct(&png, &info);
    if (status == TERRAMIS_OK)
        return file_commit(&encoder.file);
    file_discard(&encoder.file);
    return status;
}

enum terramis_status page_write_png(const struct page_image *page,
                                    const char *path)
{
    struct quantized pixels;
    enum terramis_status status =
        quantize(&page->image, page->keep, page->keep_count, &pixels);
    if (status == TERRAMIS_OK)
        status = write_file(page, &pixels, path);
    quantized_release(&pixels);
    return status;
}

const char *page_png_version(void)
{
    return png_get_libpng_ver(NULL);
}
