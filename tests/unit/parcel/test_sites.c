#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "parcel/parcel.h"
#include "unit/geometry.h"

/* Parcels as rectangles, each with plantable land and a score. */
struct place_of {
    double x, y, w, h; /* metres */
    double m2, score;  /* NAN: no score */
};

struct field {
    struct geos *geos;
    struct vector vector;
    struct parcels parcels;
    struct sites sites;
};

static struct field make(struct geos *g, const struct place_of *places,
                         size_t count)
{
    struct field f = {.geos = g};
    f.parcels.items = calloc(count + 1, sizeof *f.parcels.items);
    f.parcels.position = calloc(count + 1, sizeof *f.parcels.position);
    f.parcels.count = count;
    for (size_t i = 0; i < count; i++) {
        const struct place_of *p = &places[i];
        vector_add(&f.vector, g,
                   geos_rectangle(
                       g, (struct rect){p->x, p->y, p->x + p->w, p->y + p->h}));
        f.parcels.items[i] = (struct parcel){
            .feature = i, .score = p->score, .tonnage = p->m2 * 1e-3};
        f.parcels.items[i].sums.plantable = (int64_t)(p->m2 / ZONAL_UNIT);
        f.parcels.position[i] = (uint32_t)i + 1;
    }
    return f;
}

static void build(struct field *f)
{
    assert_int_equal(vector_index(&f->vector), TERRAMIS_OK);
    f->parcels.vector = &f->vector;
    assert_int_equal(sites_build(&f->sites, &f->parcels, 2), TERRAMIS_OK);
}

static void drop(struct field *f)
{
    sites_release(&f->sites);
    assert_null(f->sites.items);
    parcels_release(&f->parcels);
    vector_release(&f->vector);
}

static void chains_and_islands(void **state)
{
    static const struct place_of places[] = {
        {0, 0, 10, 10, 50, 80},     /* a chain of three: 1 and 2 meet ... */
        {500, 0, 10, 10, 1000, 20}, /* an island, the largest */
        {10, 0, 10, 10, 100, 50},
        {20.9, 0, 10, 10, 50, 20},         /* ... 90 cm apart: still together */
        {33, 0, 10, 10, 10, 90},           /* 2.1 m apart: alone */
        {0, 10, 10, 10, 0, (double)NAN},   /* nothing plantable */
        {0, 20, 10, 10, 5, 10},            /* reached only through it */
        {30.9, 10, 10, 10, 7, (double)NAN} /* plantable, but no score */
    };
    struct field f = make(*state, places, 8);
    build(&f);
    assert_int_equal(f.sites.count, 4);
    /* largest first */
    static const double plantable[] = {1000, 200, 10, 5};
    static const size_t members[] = {1, 3, 1, 1};
    for (size_t s = 0; s < 4; s++) {
        assert_int_equal(f.sites.items[s].id, s + 1);
        assert_true(fabs(f.sites.items[s].plantable - plantable[s]) < 1e-6);
        assert_int_equal(f.sites.items[s].parcels, members[s]);
    }
    static const int site[] = {2, 1, 2, 2, 3, 0, 4, 0};
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(f.parcels.items[i].site, site[i]);
    const struct site *chain = &f.sites.items[1];
    assert_true(fabs(chain->score - (50 * 80 + 100 * 50 + 50 * 20) / 200.0) <
                1e-9);
    assert_true(fabs(chain->tonnage - 0.2) < 1e-9);
    /* the whole parcels, dissolved: two touch, one is apart */
    assert_true(fabs(paths_area(f.geos, chain->geometry) - 300) < 1e-9);
    assert_int_equal(chain->geometry.count, 2);
    drop(&f);
}

/* A parcel of which less than half is plantable joins no other: a road's
 * verges would chain parcels across a territory. */
static void mostly_plantable(void **state)
{
    static const struct place_of places[] = {{0, 0, 10, 10, 60, 80},
                                             {10, 0, 10, 10, 50, 80},
                                             {20, 0, 10, 10, 49, 80}};
    struct field f = make(*state, places, 3);
    for (size_t i = 0; i < 3; i++)
        f.parcels.items[i].area = 100;
    build(&f);
    assert_int_equal(f.sites.count, 2);
    assert_int_equal(f.sites.items[0].parcels, 2);
    assert_int_equal(f.parcels.items[0].site, f.parcels.items[1].site);
    assert_int_not_equal(f.parcels.items[1].site, f.parcels.items[2].site);
    drop(&f);
}

/* Corners, and exactly 1 m. */
static void touching(void **state)
{
    static const struct place_of places[] = {
        {0, 0, 10, 10, 1, 50},
        {10, 10, 10, 10, 1, 50},       /* a corner */
        {21, 10, 10, 10, 1, 50},       /* 1 m */
        {32.0001, 10, 10, 10, 1, 50}}; /* a bit more */
    struct field f = make(*state, places, 4);
    build(&f);
    assert_int_equal(f.sites.count, 2);
    assert_int_equal(f.sites.items[0].parcels, 3);
    assert_int_equal(f.parcels.items[3].site, 2);
    drop(&f);
}

/* A comb and a ring close onto themselves; a long chain is one site. */
static void long_chains(void **state)
{
    enum {
        N = 400
    };
    struct place_of places[N];
    for (int i = 0; i < N; i++) /* a snake, its parcels in mixed order */
        places[(i * 151) % N] =
            (struct place_of){(i / 20 % 2 ? 19 - i % 20 : i % 20) * 10,
                              i / 20 * 10,
                              10,
                              10,
                              2,
                              50};
    struct field f = make(*state, places, N);
    build(&f);
    assert_int_equal(f.sites.count, 1);
    assert_int_equal(f.sites.items[0].parcels, N);
    assert_true(
        fabs(paths_area(f.geos, f.sites.items[0].geometry) - 100.0 * N) < 1e-6);
    drop(&f);
    /* every second one taken out: a chess board joined at corners */
    for (int i = 0; i < N; i++)
        places[i] = (struct place_of){
            i % 20 * 10, i / 20 * 10, 10, 10, (i % 20 + i / 20) % 2 ? 2 : 0,
            50};
    f = make(*state, places, N);
    build(&f);
    assert_int_equal(f.sites.count, 1);
    assert_int_equal(f.sites.items[0].parcels, N / 2);
    drop(&f);
}

/* A large site of pairs half a metre apart: each pair is one polygon, and no
 * vertex of another. */
static void pairs_apart(void **state)
{
    enum {
        PAIRS = 300
    };
    struct place_of places[2 * PAIRS];
    for (int i = 0; i < PAIRS; i++)
        for (int j = 0; j < 2; j++) /* the second halves come last */
            places[j * PAIRS + i] = (struct place_of){
                i % 20 * 20.5 + j * 10, i / 20 * 10.5, 10, 10, 2, 50};
    struct field f = make(*state, places, 2 * PAIRS);
    build(&f);
    assert_int_equal(f.sites.count, 1);
    struct path_range site = f.sites.items[0].geometry;
    assert_int_equal(site.count, PAIRS);
    assert_true(fabs(paths_area(f.geos, site) - 200.0 * PAIRS) < 1e-6);
    for (size_t i = 0; i < PAIRS; i++) {
        struct path_range pair = {site.paths, site.first + i, 1};
        assert_true(fabs(paths_area(f.geos, pair) - 200) < 1e-6);
    }
    drop(&f);
}

/* As large, they keep the order of the file. */
static void equal_sites(void **state)
{
    static const struct place_of places[] = {{100, 0, 10, 10, 5, 50},
                                             {200, 0, 10, 10, 5, 60},
                                             {0, 0, 10, 10, 5, 70}};
    struct field f = make(*state, places, 3);
    build(&f);
    assert_int_equal(f.sites.count, 3);
    for (int i = 0; i < 3; i++)
        assert_int_equal(f.parcels.items[i].site, i + 1);
    drop(&f);
}

/* Numbers go by land, ranks by harvest. */
static void ranks_by_harvest(void **state)
{
    static const struct place_of places[] = {{0, 0, 10, 10, 10, 90},
                                             {100, 0, 10, 10, 20, 10},
                                             {200, 0, 10, 10, 30, 50}};
    static const double tonnage[] = {5, 1, 5};
    static const int rank[] = {1, 3, 2}; /* of sites 1 to 3 */
    struct field f = make(*state, places, 3);
    for (int i = 0; i < 3; i++)
        f.parcels.items[i].tonnage = tonnage[i];
    build(&f);
    for (int i = 0; i < 3; i++)
        assert_int_equal(f.sites.items[i].rank, rank[i]);
    drop(&f);
}

static void no_parcels_no_sites(void **state)
{
    struct field f = make(*state, NULL, 0);
    build(&f);
    assert_int_equal(f.sites.count, 0);
    drop(&f);
    static const struct place_of none[] = {{0, 0, 9, 9, 0, (double)NAN}};
    f = make(*state, none, 1);
    build(&f);
    assert_int_equal(f.sites.count, 0);
    assert_int_equal(f.parcels.items[0].site, 0);
    drop(&f);
}

/* A site warns of what any of its parcels does; nitrogen is summed where land
 * lies in a catchment and the crop is known. */
static void nitrogen_and_warnings(void **state)
{
    const struct place_of places[] = {{0, 0, 10, 10, 100, 80},
                                      {10, 0, 10, 10, 100, 50},
                                      {20, 0, 10, 10, 100, 50},
                                      {90, 0, 10, 10, 100, 50}};
    struct field f = make(*state, places, 4);
    for (size_t i = 0; i < 4; i++)
        for (int n = 0; n < 3; n++)
            f.parcels.items[i].nitrate[n] =
                i == 1 ? (double)NAN : 10.0 * (n + 1);
    /* the third is in no catchment */
    for (size_t i = 0; i < 2; i++)
        f.parcels.items[i].sums.plantable_kind[KIND_CATCHMENT] =
            f.parcels.items[i].sums.plantable;
    f.parcels.items[0].warnings = warning_bit(WARN_FIRST_WINTER);
    f.parcels.items[2].warnings = warning_bit(WARN_GRASSLAND);
    build(&f);
    const struct site *three = &f.sites.items[0], *alone = &f.sites.items[1];
    assert_int_equal(f.sites.count, 2);
    for (int n = 0; n < 3; n++) {
        assert_true(fabs(three->nitrate[n] - 10 * (n + 1) * 0.01) < 1e-9);
        assert_true(isnan(alone->nitrate[n]));
    }
    assert_int_equal(three->warnings, warning_bit(WARN_FIRST_WINTER) |
                                          warning_bit(WARN_GRASSLAND));
    assert_non_null(strstr(three->warning_text, "; "));
    assert_null(alone->warning_text);
    drop(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_and_islands),
        cmocka_unit_test(mostly_plantable),
        cmocka_unit_test(touching),
        cmocka_unit_test(long_chains),
        cmocka_unit_test(pairs_apart),
        cmocka_unit_test(equal_sites),
        cmocka_unit_test(ranks_by_harvest),
        cmocka_unit_test(nitrogen_and_warnings),
        cmocka_unit_test(no_parcels_no_sites),
    };
    return cmocka_run_group_tests(tests, geos_set_up, geos_tear_down);
}
