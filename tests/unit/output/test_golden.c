/* Maps beside pictures of them that somebody has looked at, tests/golden/, an
 * eighth as large. TERRAMIS_GOLDEN=update draws these anew: look at them
 * before committing. A map that differs leaves what was found, and where it
 * differs, in build/. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/country.h"
#include "output/png.h"
#include "unit/output/decode.h"
#include "unit/output/folder.h"
#include "unit/output/sample_map.h"

enum {
    REDUCE = 8,     /* pixels a side that become one */
    TOLERANCE = 24, /* of 255, of a reduced pixel's channel: a palette more or
                       less, another version of cairo */
    PER_MILLE = 3   /* of the reduced pixels that may differ by more */
};

struct picture {
    int width, height;
    uint32_t *rgb;
};

static unsigned channel(unsigned rgb, int shift)
{
    return rgb >> shift & 0xff;
}

static struct picture reduce(const struct decoded *d)
{
    struct picture p = {(int)d->width / REDUCE, (int)d->height / REDUCE, NULL};
    p.rgb = calloc((size_t)p.width * (size_t)p.height, sizeof *p.rgb);
    for (int y = 0; y < p.height; y++)
        for (int x = 0; x < p.width; x++)
            for (int shift = 0; shift <= 16; shift += 8) {
                unsigned sum = 0;
                for (int i = 0; i < REDUCE * REDUCE; i++)
                    sum += channel(
                        d->rgb[(size_t)(y * REDUCE + i / REDUCE) * d->width +
                               (size_t)(x * REDUCE + i % REDUCE)],
                        shift);
                p.rgb[y * p.width + x] |=
                    (sum + REDUCE * REDUCE / 2) / (REDUCE * REDUCE) << shift;
            }
    return p;
}

static void save(const struct picture *p, const char *path)
{
    const struct page_image page = {.image = {(const unsigned char *)p->rgb,
                                              p->width, p->height,
                                              4 * (size_t)p->width},
                                    .dpi = 25};
    if (page_write_png(&page, path) != TERRAMIS_OK)
        fail_msg("%s", status_message());
}

static int largest_difference(unsigned a, unsigned b)
{
    int most = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        int d = abs((int)channel(a, shift) - (int)channel(b, shift));
        most = d > most ? d : most;
    }
    return most;
}

/* Red where they differ too much; returns how many pixels do. */
static int differ(const struct picture *found, const struct decoded *wanted,
                  struct picture *difference)
{
    int count = 0;
    *difference = (struct picture){found->width, found->height, NULL};
    difference->rgb = calloc((size_t)found->width * (size_t)found->height,
                             sizeof *difference->rgb);
    for (int i = 0; i < found->width * found->height; i++) {
        bool off =
            largest_difference(found->rgb[i], wanted->rgb[i]) > TOLERANCE;
        count += off;
        difference->rgb[i] =
            off ? 0xd40f5f : (wanted->rgb[i] >> 2 & 0x3f3f3f) + 0xc0c0c0;
    }
    return count;
}

static void compare(const struct picture *found, const char *name)
{
    char path[96];
    snprintf(path, sizeof path, "tests/golden/%s.png", name);
    const char *mode = getenv("TERRAMIS_GOLDEN");
    if (mode && strcmp(mode, "update") == 0) {
        save(found, path);
        return;
    }
    struct decoded wanted = decode_png(path);
    assert_int_equal(wanted.width, found->width);
    assert_int_equal(wanted.height, found->height);
    struct picture difference;
    int count = differ(found, &wanted, &difference);
    int most = found->width * found->height * PER_MILLE / 1000;
    if (count > most) {
        snprintf(path, sizeof path, "build/golden-%s-found.png", name);
        save(found, path);
        print_error("%d of at most %d pixels differ: see %s", count, most,
                    path);
        snprintf(path, sizeof path, "build/golden-%s-difference.png", name);
        save(&difference, path);
        print_error(" and %s\n", path);
    }
    free(difference.rgb);
    decoded_release(&wanted);
    assert_true(count <= most);
}

static struct picture draw(const struct map *map)
{
    struct folder folder = folder_new();
    const char *path = folder_file(&folder, "a.png");
    if (map_write_png(map, path, NULL) != TERRAMIS_OK)
        fail_msg("%s", status_message());
    struct decoded d = decode_png(path);
    struct picture picture = reduce(&d);
    decoded_release(&d);
    assert_int_equal(folder_remove(&folder, "a.png", NULL), 0);
    return picture;
}

/* Ridges from west to east. */
static void add_relief(struct map *map, struct shade *shade)
{
    shade->grid = map->images->grid;
    size_t cells = grid_cells(&shade->grid);
    shade->dark = calloc(cells, 1);
    for (size_t i = 0; i < cells; i++) {
        double y = (double)(i / (size_t)shade->grid.nx);
        shade->dark[i] = (unsigned char)(255 * fmax(sin(y / 15), 0));
    }
}

static void test_a3_with_everything(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    struct shade shade;
    const struct shade *shades[] = {&shade};
    add_relief(&sample->map, &shade);
    sample->map.shades = shades;
    sample->map.shade_count = 1;
    sample->map.inset = sample->map.land;
    struct outline france = {0};
    struct crs crs = {0};
    assert_int_equal(crs_parse(&crs, "EPSG:2154"), TERRAMIS_OK);
    assert_int_equal(country_add(&france, &crs, sample->map.extent),
                     TERRAMIS_OK);
    const struct map_layer country = {.xy = france.xy,
                                      .start = france.start,
                                      .count = france.count,
                                      .closed = true};
    assert_int_equal(country.count, 2);
    sample->map.country = &country;
    sample->places[0].kind = PLACE_RANK;
    sample->places[2].kind = PLACE_TITLE;
    struct picture found = draw(&sample->map);
    compare(&found, "class-a3");
    free(found.rgb);
    outline_release(&france);
    crs_release(&crs);
    free(shade.dark);
    sample_release(sample);
}

static void test_a4_with_ramp(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    unsigned ramp[101];
    for (int i = 0; i <= 100; i++)
        ramp[i] = palette_opaque(palette_score(i));
    sample->map.ramp = ramp;
    sample->map.ramp_count = 101;
    sample->map.ramp_low = "très défavorable";
    sample->map.ramp_high = "très favorable";
    sample->map.synthetic = false;
    sample->map.paper = PAPER_A4;
    sample->map.extent.xmax += 12000; /* landscape */
    struct picture found = draw(&sample->map);
    compare(&found, "score-a4");
    free(found.rgb);
    sample_release(sample);
}

/* The comparison sees a map without its legend. */
static void test_a_difference_is_seen(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    struct picture whole = draw(&sample->map), found, difference;
    sample->map.row_count = 0;
    sample->map.legend_total = false;
    found = draw(&sample->map);
    struct decoded wanted = {.width = (png_uint_32)whole.width,
                             .height = (png_uint_32)whole.height,
                             .rgb = whole.rgb};
    assert_true(differ(&found, &wanted, &difference) >
                whole.width * whole.height * PER_MILLE / 1000);
    free(difference.rgb);
    free(found.rgb);
    free(whole.rgb);
    sample_release(sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a3_with_everything),
        cmocka_unit_test(test_a4_with_ramp),
        cmocka_unit_test(test_a_difference_is_seen)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
