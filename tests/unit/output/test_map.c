#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/layout.h"
#include "output/pixels.h"
#include "unit/output/decode.h"
#include "unit/output/folder.h"
#include "unit/output/sample_map.h"

struct run {
    struct folder folder;
    struct sample *sample;
};

static int set_up(void **state)
{
    struct run *run = calloc(1, sizeof *run);
    run->folder = folder_new();
    run->sample = sample_new();
    *state = run;
    return 0;
}

/** Fails when a test left a file behind, such as an unfinished ".part". */
static int tear_down(void **state)
{
    struct run *run = *state;
    int left = folder_remove(&run->folder, "a.png", "a.wld");
    sample_release(run->sample);
    free(run);
    return left;
}

static struct decoded drawn(struct run *run)
{
    const char *path = folder_file(&run->folder, "a.png");
    enum terramis_status status = map_write_png(&run->sample->map, path, NULL);
    if (status != TERRAMIS_OK)
        print_error("%s\n", status_message());
    assert_int_equal(status, TERRAMIS_OK);
    return decode_png(path);
}

static void test_page_and_colours(void **state)
{
    struct decoded d = drawn(*state);
    assert_int_equal(d.width > d.height ? d.width : d.height, 3307);
    assert_int_equal(d.width > d.height ? d.height : d.width, 2339);
    assert_int_equal(d.per_metre, 7874);
    for (int class = 1; class <= 6; class ++)
        assert_true(decoded_count(&d, palette_class(class)) > 10000);
    assert_true(decoded_count(&d, PALETTE_HATCH) > 10000);
    /* the banner, and white paper to the last column and row */
    assert_true(decoded_count(&d, 0xb3261e) > 10000);
    for (size_t y = 0; y < d.height; y++)
        assert_int_equal(d.rgb[y * d.width + d.width - 1], 0xffffff);
    for (size_t x = 0; x < d.width; x++)
        assert_int_equal(d.rgb[(d.height - 1) * d.width + x], 0xffffff);
    assert_non_null(strstr(d.texts, "Title=Classes d’aptitude au miscanthus, "
                                    "Territoire d’essai\n"));
    assert_non_null(strstr(d.texts, "Source=IGN, BD TOPO (mars 2026)\nINRAE"));
    assert_non_null(strstr(d.texts, "Copyright=Licence Ouverte 2.0\n"));
    decoded_release(&d);
}

/** The world file puts each pixel of the frame on its cell. */
static void test_pixels_lie_on_their_cells(void **state)
{
    struct run *run = *state;
    struct map *map = &run->sample->map;
    map->layer_count = map->place_count = map->line_count = 0;
    struct folder folder = run->folder;
    assert_int_equal(map_write_png(map, folder_file(&run->folder, "a.png"),
                                   folder_file(&folder, "a.wld")),
                     TERRAMIS_OK);
    double a, d, b, e, c, f;
    FILE *file = fopen(folder.file, "r");
    assert_int_equal(
        fscanf(file, "%lf %lf %lf %lf %lf %lf", &a, &d, &b, &e, &c, &f), 6);
    fclose(file);
    struct decoded png = decode_png(run->folder.file);
    size_t wrong = 0, checked = 0;
    const struct grid *grid = &map->images->grid;
    for (int row = 0; row < grid->ny; row++)
        for (int col = 0; col < grid->nx; col++) {
            int value =
                map->images
                    ->cells[(size_t)row * (size_t)grid->nx + (size_t)col];
            if (value == 0 || value == 6)
                continue;
            size_t x = (size_t)lround((grid_x(grid, col) - c) / a);
            size_t y = (size_t)lround((grid_y(grid, row) - f) / e);
            checked++;
            wrong += png.rgb[y * png.width + x] != palette_class(value);
        }
    assert_true(checked > 50000);
    /* the crosses of the coordinates hide a few */
    assert_true(wrong < checked / 500);
    decoded_release(&png);
}

static void test_same_bytes_twice(void **state)
{
    struct run *run = *state;
    struct decoded d = drawn(run);
    decoded_release(&d);
    struct folder again = run->folder;
    assert_int_equal(
        map_write_png(&run->sample->map, folder_file(&again, "b.png"), NULL),
        TERRAMIS_OK);
    assert_true(same_files(run->folder.file, again.file));
    unlink(again.file);
}

static void test_unwritable(void **state)
{
    struct run *run = *state;
    assert_int_equal(
        map_write_png(&run->sample->map, "/nonexistent/a.png", NULL),
        TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "/nonexistent/a.png"));
    assert_int_equal(map_write_png(&run->sample->map,
                                   folder_file(&run->folder, "a.png"),
                                   "/nonexistent/a.wld"),
                     TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "/nonexistent/a.wld"));
}

static void test_nothing_but_an_extent(void **state)
{
    struct run *run = *state;
    run->sample->map = (struct map){.extent = {0, 0, 1000, 1000}};
    struct decoded d = drawn(run);
    assert_true(decoded_count(&d, 0xffffff) > 100000);
    decoded_release(&d);
}

static void test_long_and_odd_texts(void **state)
{
    struct run *run = *state;
    struct map *map = &run->sample->map;
    char *many = calloc(40001, 1);
    for (int i = 0; i < 2000; i++)
        strcat(many + 18 * i, "Saint-Jean-<b>&amp ");
    map->title = map->subtitle = map->organisation = map->date = many;
    map->crs_name = map->method_note = map->sources = map->licence = many;
    map->version = map->legend_title = many;
    run->sample->rows[0].label = many;
    run->sample->rows[1].label = "<span size='99999'>&lt; 🌾 עברית العربية";
    run->sample->layers[1].label = many;
    run->sample->places[2].name = "bad \xff utf-8 🌾 \u202eabc";
    struct decoded d = drawn(run);
    /* nothing runs over the margin of the sheet */
    for (size_t y = 0; y < d.height; y++)
        for (size_t x = 0; x < d.width; x++)
            if (x < 70 || x >= d.width - 70 || y < 60 || y >= d.height - 60)
                assert_int_equal(d.rgb[y * d.width + x], 0xffffff);
    decoded_release(&d);
    free(many);
}

/** Relief darkens the land, and leaves the cells their colours. */
static void test_relief(void **state)
{
    struct run *run = *state;
    struct map *map = &run->sample->map;
    struct decoded before = drawn(run);
    size_t class_1 = decoded_count(&before, palette_class(1));
    assert_int_equal(decoded_count(&before, pixels_shade_colour(13)), 0);
    decoded_release(&before);
    struct shade shade = {.grid = map->images->grid};
    size_t cells = grid_cells(&shade.grid);
    shade.dark = malloc(cells);
    memset(shade.dark, 255, cells);
    const struct shade *shades[] = {&shade};
    map->shades = shades;
    map->shade_count = 1;
    struct decoded after = drawn(run);
    assert_int_equal(decoded_count(&after, palette_class(1)), class_1);
    /* where the land has no cells, nowhere outside of it */
    size_t dark = decoded_count(&after, pixels_shade_colour(13));
    assert_true(dark > 100000 && dark < 2000000);
    decoded_release(&after);
    free(shade.dark);
}

/** A corner without land takes it; where there is none it is left out. */
static void test_inset(void **state)
{
    struct run *run = *state;
    struct map *map = &run->sample->map;
    const unsigned here = 0x1f6f78, frame = 0xb3261e;
    struct decoded before = drawn(run);
    map->inset = map->land;
    struct decoded after = drawn(run);
    assert_true(decoded_count(&after, here) >
                decoded_count(&before, here) + 5000);
    assert_true(decoded_count(&after, frame) > decoded_count(&before, frame));
    /* but for a few mixed pixels that a palette maps elsewhere */
    for (int class = 1; class <= 5; class ++)
        assert_true(labs((long)decoded_count(&after, palette_class(class)) -
                         (long)decoded_count(&before, palette_class(class))) <
                    50);
    memset(run->sample->image.cells, 1, grid_cells(&run->sample->image.grid));
    map->extent = rect_grow(map->extent, -9000);
    struct decoded full = drawn(run);
    assert_true(decoded_count(&full, here) <
                decoded_count(&after, here) - 4000);
    decoded_release(&before);
    decoded_release(&after);
    decoded_release(&full);
}

/** The country beside the territories where both fit; else the country, or on
 * the map of a small place the territories. */
static void test_inset_of_the_country(void **state)
{
    struct run *run = *state;
    struct map *map = &run->sample->map;
    const unsigned land = 0xd9d4c7;
    const double size = 1e6, x = map->extent.xmin, y = map->extent.ymin;
    const double xy[] = {x - size, y - size, x + size, y - size,
                         x + size, y + size, x - size, y + size};
    const size_t start[] = {0, 4};
    const struct map_layer country = {
        .xy = xy, .start = start, .count = 1, .closed = true};
    struct decoded none = drawn(run);
    map->country = &country;
    struct decoded one = drawn(run);
    map->inset = map->land;
    struct decoded both = drawn(run);
    size_t of_country = decoded_count(&one, land);
    assert_int_equal(decoded_count(&none, land), 0);
    assert_true(of_country > 40000);
    /* the frame can be seen, however small it is there */
    assert_true(decoded_count(&one, 0xb3261e) > 200);
    assert_true(labs((long)decoded_count(&both, land) - (long)of_country) <
                2000);
    assert_true(decoded_count(&both, 0x1f6f78) >
                decoded_count(&one, 0x1f6f78) + 5000);
    map->country = &(const struct map_layer){.xy = xy, .start = start};
    struct decoded empty = drawn(run);
    assert_int_equal(decoded_count(&empty, land), 0);
    decoded_release(&none);
    decoded_release(&one);
    decoded_release(&both);
    decoded_release(&empty);
}

static void test_a4(void **state)
{
    struct run *run = *state;
    run->sample->map.paper = PAPER_A4;
    struct decoded d = drawn(run);
    assert_int_equal(d.width > d.height ? d.width : d.height, 2339);
    assert_int_equal(d.width > d.height ? d.height : d.width, 1654);
    for (int class = 1; class <= 6; class ++)
        assert_true(decoded_count(&d, palette_class(class)) > 3000);
    for (size_t y = 0; y < d.height; y++)
        assert_int_equal(d.rgb[y * d.width + d.width - 40], 0xffffff);
    decoded_release(&d);
}

/** Hundreds of names where there is room for few, long ones, ones that are
 * markup, and ones that the font cannot write. */
static void test_names_without_room(void **state)
{
    struct run *run = *state;
    static const char *const odd[] = {
        "Saint-Germain-de-Tallevende-la-Lande-Vaumont-sur-Mer-et-Autres-Lieux",
        "<span size='99999'>",
        "&amp;",
        "🌾🌾",
        "עברית",
        "",
        "\n",
        " "};
    struct map_place places[400];
    for (int i = 0; i < 400; i++)
        places[i] =
            (struct map_place){515000 + i % 20 * 500, 6935000 + i / 20 * 500,
                               odd[i % 8], (enum map_place_kind)(i % 3)};
    run->sample->map.places = places;
    run->sample->map.place_count = 400;
    struct decoded d = drawn(run);
    assert_true(decoded_count(&d, palette_class(1)) > 10000);
    decoded_release(&d);
}

static void test_many_legend_rows(void **state)
{
    struct run *run = *state;
    struct map_legend_row rows[60];
    for (int i = 0; i < 60; i++)
        rows[i] = (struct map_legend_row){"Réserve utile",
                                          palette_opaque(palette_factor(i)),
                                          i % 2 == 1, NAN, NAN};
    run->sample->map.rows = rows;
    run->sample->map.row_count = 60;
    struct decoded d = drawn(run);
    for (size_t x = 0; x < d.width; x++)
        assert_int_equal(d.rgb[(d.height - 60) * d.width + x], 0xffffff);
    decoded_release(&d);
}

static void test_ramp(void **state)
{
    struct run *run = *state;
    unsigned ramp[101];
    for (int i = 0; i <= 100; i++)
        ramp[i] = palette_opaque(palette_score(i));
    run->sample->map.ramp = ramp;
    run->sample->map.ramp_count = 101;
    run->sample->map.ramp_low = "très défavorable";
    struct decoded d = drawn(run);
    for (int i = 0; i <= 100; i++)
        assert_true(decoded_count(&d, palette_score(i)) > 100);
    decoded_release(&d);
}

int main(void)
{
#define MAP_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        MAP_TEST(test_page_and_colours),
        MAP_TEST(test_pixels_lie_on_their_cells),
        MAP_TEST(test_same_bytes_twice),
        MAP_TEST(test_unwritable),
        MAP_TEST(test_nothing_but_an_extent),
        MAP_TEST(test_long_and_odd_texts),
        MAP_TEST(test_relief),
        MAP_TEST(test_inset),
        MAP_TEST(test_inset_of_the_country),
        MAP_TEST(test_a4),
        MAP_TEST(test_names_without_room),
        MAP_TEST(test_many_legend_rows),
        MAP_TEST(test_ramp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
