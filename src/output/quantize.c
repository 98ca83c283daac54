#include "output/quantize.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
    COARSE_BITS = 4 /* per channel, of the histogram that spreads the choice */
};

struct colour {
    uint32_t rgb;
    uint32_t pixels; /* how many; 0 marks a free slot of the table */
    uint32_t rank;   /* pixels of its coarse cell, if the cell's first colour */
    uint8_t index;
};

/** Open-addressing table of the colours that occur. */
struct colours {
    struct colour *slots;
    size_t size; /* a power of two */
    size_t used;
};

static struct colour *colours_find(const struct colours *table, uint32_t rgb)
{
    uint32_t hash = rgb * 2654435769U;
    size_t i = hash & (table->size - 1);
    while (table->slots[i].pixels != 0 && table->slots[i].rgb != rgb)
        i = (i + 1) & (table->size - 1);
    return &table->slots[i];
}

static enum terramis_status colours_resize(struct colours *table, size_t size)
{
    struct colours bigger = {.size = size, .used = table->used};
    TRY(mem_new(&bigger.slots, size, sizeof *bigger.slots));
    for (size_t i = 0; i < table->size; i++)
        if (table->slots[i].pixels != 0)
            *colours_find(&bigger, table->slots[i].rgb) = table->slots[i];
    free(table->slots);
    *table = bigger;
    return TERRAMIS_OK;
}

static uint32_t pixel_at(const unsigned char *row, int x)
{
    uint32_t pixel;
    memcpy(&pixel, row + 4 * (size_t)x, sizeof pixel);
    return pixel & 0xffffffU;
}

static enum terramis_status colours_count(struct colours *table,
                                          const struct rgb_image *image)
{
    TRY(colours_resize(table, 1024));
    for (int y = 0; y < image->height; y++) {
        const unsigned char *row = image->pixels + image->stride * (size_t)y;
        for (int x = 0; x < image->width; x++) {
            uint32_t rgb = pixel_at(row, x);
            struct colour *slot = colours_find(table, rgb);
            if (slot->pixels == 0) {
                slot->rgb = rgb;
                table->used++;
            }
            slot->pixels++;
            if (2 * table->used > table->size)
                TRY(colours_resize(table, 2 * table->size));
        }
    }
    return TERRAMIS_OK;
}

static int by_rgb(const void *a, const void *b)
{
    uint32_t ca = ((const struct colour *)a)->rgb;
    uint32_t cb = ((const struct colour *)b)->rgb;
    return (ca > cb) - (ca < cb);
}

/** The most frequent first; equal ones by colour, so that the order is one. */
static int by_rank(const void *a, const void *b)
{
    const struct colour *ca = a, *cb = b;
    if (ca->rank != cb->rank)
        return ca->rank < cb->rank ? 1 : -1;
    return by_rgb(a, b);
}

static size_t coarse_cell(uint32_t rgb)
{
    enum {
        DROP = 8 - COARSE_BITS
    };
    return (rgb >> (16 + DROP)) << (2 * COARSE_BITS) |
           ((rgb >> 8 & 0xff) >> DROP) << COARSE_BITS | (rgb & 0xff) >> DROP;
}

/** Gives the most frequent colour of each coarse cell the cell's pixel count
 * as its rank; the others keep 0 and come after all of those. `list` is in
 * order of colour, so the first of equally frequent ones is well defined. */
static enum terramis_status rank_colours(struct colour *list, size_t count)
{
    struct cell {
        size_t first; /* position in list, plus 1 */
        uint32_t pixels;
    } *cells = NULL;
    TRY(mem_new(&cells, (size_t)1 << (3 * COARSE_BITS), sizeof *cells));
    for (size_t i = 0; i < count; i++) {
        struct cell *cell = &cells[coarse_cell(list[i].rgb)];
        cell->pixels += list[i].pixels;
        if (cell->first == 0 || list[i].pixels > list[cell->first - 1].pixels)
            cell->first = i + 1;
    }
    for (size_t i = 0; i < (size_t)1 << (3 * COARSE_BITS); i++)
        if (cells[i].first != 0)
            list[cells[i].first - 1].rank = cells[i].pixels;
    free(cells);
    return TERRAMIS_OK;
}

static int distance(uint32_t a, uint32_t b)
{
    int dr = (int)(a >> 16) - (int)(b >> 16);
    int dg = (int)(a >> 8 & 0xff) - (int)(b >> 8 & 0xff);
    int db = (int)(a & 0xff) - (int)(b & 0xff);
    return 2 * dr * dr + 4 * dg * dg + 3 * db * db; /* the eye's weights */
}

static uint8_t nearest(const struct quantized *palette, uint32_t rgb)
{
    int best = 0, best_distance = distance(palette->colours[0], rgb);
    for (int i = 1; i < palette->count; i++) {
        int d = distance(palette->colours[i], rgb);
        if (d < best_distance) {
            best = i;
            best_distance = d;
        }
    }
    return (uint8_t)best;
}

static bool palette_has(const struct quantized *palette, uint32_t rgb)
{
    for (int i = 0; i < palette->count; i++)
        if (palette->colours[i] == rgb)
            return true;
    return false;
}

static void palette_add(struct quantized *palette, uint32_t rgb)
{
    if (palette->count < QUANTIZE_COLOURS && !palette_has(palette, rgb))
        palette->colours[palette->count++] = rgb;
}

static enum terramis_status choose(const struct colours *table,
                                   const unsigned *keep, size_t keep_count,
                                   struct quantized *out)
{
    struct colour *list = NULL;
    TRY(mem_new(&list, table->used, sizeof *list));
    size_t count = 0;
    for (size_t i = 0; i < table->size; i++)
        if (table->slots[i].pixels != 0)
            list[count++] = table->slots[i];
    qsort(list, count, sizeof *list, by_rgb);
    enum terramis_status status = TERRAMIS_OK;
    if (count > QUANTIZE_COLOURS) {
        for (size_t i = 0; i < keep_count && out->count < QUANTIZE_KEEP; i++)
            if (colours_find(table, keep[i] & 0xffffffU)->pixels != 0)
                palette_add(out, keep[i] & 0xffffffU);
        status = rank_colours(list, count);
        qsort(list, count, sizeof *list, by_rank);
    }
    for (size_t i = 0; i < count; i++)
        palette_add(out, list[i].rgb);
    free(list);
    return status;
}

enum terramis_status quantize(const struct rgb_image *image,
                              const unsigned *keep, size_t keep_count,
                              struct quantized *out)
{
    *out = (struct quantized){0};
    struct colours table = {0};
    enum terramis_status status;
    TRY_DONE(colours_count(&table, image));
    TRY_DONE(choose(&table, keep, keep_count, out));
    for (size_t i = 0; i < table.size; i++)
        if (table.slots[i].pixels != 0)
            table.slots[i].index = nearest(out, table.slots[i].rgb);
    size_t pixels = (size_t)image->width * (size_t)image->height;
    TRY_DONE(mem_new(&out->indices, pixels, 1));
    uint8_t *index = out->indices;
    for (int y = 0; y < image->height; y++) {
        const unsigned char *row = image->pixels + image->stride * (size_t)y;
        for (int x = 0; x < image->width; x++)
            *index++ = colours_find(&table, pixel_at(row, x))->index;
    }
done:
    free(table.slots);
    return status;
}

void quantized_release(struct quantized *quantized)
{
    free(quantized->indices);
    *quantized = (struct quantized){0};
}
