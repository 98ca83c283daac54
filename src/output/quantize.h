/**
 * @file quantize.h
 * @brief Reduces an RGB image to at most 256 colours, always the same way.
 */
#ifndef OUTPUT_QUANTIZE_H
#define OUTPUT_QUANTIZE_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum {
    QUANTIZE_COLOURS = 256,
    QUANTIZE_KEEP = 200 /**< colours that a caller can insist on */
};

/** An image as cairo's RGB24 or opaque ARGB32: 32-bit 0x??RRGGBB pixels. */
struct rgb_image {
    const unsigned char *pixels;
    int width, height; /**< pixels */
    size_t stride;     /**< bytes from row to row, a multiple of 4 */
};

struct quantized {
    unsigned colours[QUANTIZE_COLOURS]; /**< 0xRRGGBB */
    int count;                          /**< colours used, 1..256 */
    uint8_t *indices;                   /**< width x height, rows dense */
};

/** Gives every pixel a colour index. Up to 256 colours: exact, sorted. More:
 * the first QUANTIZE_KEEP of `keep` that occur stay exact, then the most
 * frequent colours of a coarse histogram, every other pixel taking the nearest.
 * The caller releases *out with quantized_release(), also after a failure. */
enum terramis_status quantize(const struct rgb_image *image,
                              const unsigned *keep, size_t keep_count,
                              struct quantized *out);
void quantized_release(struct quantized *quantized);

#endif
