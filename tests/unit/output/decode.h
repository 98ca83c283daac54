/**
 * @file decode.h
 * @brief Reads a PNG back with libpng, for the tests.
 */
#ifndef UNIT_OUTPUT_DECODE_H
#define UNIT_OUTPUT_DECODE_H

#include <png.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct decoded {
    png_uint_32 width, height, per_metre;
    int depth, type, palette_count, intent;
    unsigned palette[256];
    unsigned *rgb; /**< width x height */
    char *texts;   /**< "Keyword=text\n" each */
    bool has_time;
};

static void decode_texts(struct decoded *out, png_structp png, png_infop info)
{
    png_textp texts;
    int count = 0;
    png_get_text(png, info, &texts, &count);
    size_t size = 1;
    for (int i = 0; i < count; i++)
        size += strlen(texts[i].key) + strlen(texts[i].text) + 2;
    out->texts = calloc(size, 1);
    for (int i = 0; i < count; i++) {
        strcat(strcat(out->texts, texts[i].key), "=");
        strcat(strcat(out->texts, texts[i].text), "\n");
    }
}

static inline struct decoded decode_png(const char *path)
{
    struct decoded out = {0};
    FILE *file = fopen(path, "rb");
    if (!file)
        return out;
    png_structp png =
        png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_init_io(png, file);
    png_read_png(png, info, PNG_TRANSFORM_IDENTITY, NULL);
    png_get_IHDR(png, info, &out.width, &out.height, &out.depth, &out.type,
                 NULL, NULL, NULL);
    png_colorp palette = NULL;
    png_get_PLTE(png, info, &palette, &out.palette_count);
    for (int i = 0; i < out.palette_count; i++)
        out.palette[i] = (unsigned)palette[i].red << 16 |
                         (unsigned)palette[i].green << 8 | palette[i].blue;
    out.per_metre = png_get_pixels_per_meter(png, info);
    png_get_sRGB(png, info, &out.intent);
    out.has_time = png_get_valid(png, info, PNG_INFO_tIME) != 0;
    decode_texts(&out, png, info);
    out.rgb = calloc((size_t)out.width * out.height, sizeof *out.rgb);
    png_bytepp rows = png_get_rows(png, info);
    for (size_t y = 0; y < out.height; y++)
        for (size_t x = 0; x < out.width; x++)
            out.rgb[y * out.width + x] = out.palette[rows[y][x]];
    png_destroy_read_struct(&png, &info, NULL);
    fclose(file);
    return out;
}

static inline void decoded_release(struct decoded *decoded)
{
    free(decoded->rgb);
    free(decoded->texts);
}

static inline size_t decoded_count(const struct decoded *decoded, unsigned rgb)
{
    size_t count = 0, pixels = (size_t)decoded->width * decoded->height;
    for (size_t i = 0; i < pixels; i++)
        count += decoded->rgb[i] == rgb;
    return count;
}

#endif
