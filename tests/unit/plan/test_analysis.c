#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>

#include "unit/plan/project.h"

/* What the sink was given. */
struct seen {
    size_t tiles, blank;
    int last_row, last_col;
    size_t suitability[256], class[8], limiting[8], marginal[8];
    size_t stop_at; /* fail at this tile; 0: never */
};

static enum terramis_status look(void *data, const struct analysis *analysis,
                                 size_t number, const struct tile_result *tile)
{
    struct seen *seen = data;
    (void)analysis;
    assert_int_equal(number, seen->tiles);
    const struct window w = tile->window;
    size_t cells = (size_t)w.nx * (size_t)w.ny;
    assert_true(w.row > seen->last_row ||
                (w.row == seen->last_row && w.col > seen->last_col));
    seen->last_row = w.row;
    seen->last_col = w.col;
    if (++seen->tiles == seen->stop_at)
        return status_set(TERRAMIS_OUTPUT, "disk full");
    seen->blank += tile->blank;
    for (size_t i = 0; i < cells && !tile->blank; i++) {
        assert_true(tile->class[i] < 7 && tile->limiting[i] < 8);
        assert_true(tile->marginal[i] < 8);
        seen->suitability[tile->suitability[i]]++;
        seen->class[tile->class[i]]++;
        seen->limiting[tile->limiting[i]]++;
        seen->marginal[tile->marginal[i]]++;
    }
    return TERRAMIS_OK;
}

static enum terramis_status run(struct small_project *p, int threads,
                                struct analysis *analysis, struct seen *seen)
{
    size_t stop_at = seen->stop_at;
    *seen = (struct seen){.last_row = -1, .stop_at = stop_at};
    TRY(analysis_run(analysis, &p->plan, &p->plan.territories[0], threads,
                     TILE_SIZE,
                     (struct analysis_sink){.write = look, .data = seen}));
    return analysis_finish(analysis);
}

/* Planar square metres on the ellipsoid. */
static double scale_of(struct small_project *p)
{
    return crs_area_scale(p->plan.measure, PROJECT_X + 200, PROJECT_Y + 150);
}

static void is_area(int64_t sum, double m2)
{
    double found = zonal_area(sum);
    if (!(fabs(found - m2) <= 0.05 + 1e-5 * m2))
        print_error("%.4f is not %.4f m2\n", found, m2);
    assert_true(fabs(found - m2) <= 0.05 + 1e-5 * m2);
}

static const struct parcel *parcel_of(const struct analysis *a, const char *id)
{
    for (size_t i = 0; i < a->parcels.count; i++)
        if (strcmp(a->parcels.items[i].id, id) == 0)
            return &a->parcels.items[i];
    print_error("no parcel %s\n", id);
    fail();
    return NULL;
}

/* A building of 10 x 10 m with its setback of 10 m. */
static double building(void)
{
    return 500 + 3200 * sin(2 * M_PI / 64);
}

static void land_by_hand(void **state)
{
    struct small_project p;
    struct analysis a;
    static struct seen seen;
    assert_int_equal(project_plan(&p, *state, NULL, NULL), TERRAMIS_OK);
    assert_int_equal(run(&p, 2, &a, &seen), TERRAMIS_OK);
    const double s = scale_of(&p);
    const struct land_sums *l = &a.land;
    assert_int_equal(seen.tiles, 1); /* 80 x 60 cells */
    is_area(l->territory, 120000 * s);
    is_area(l->kind[KIND_POLLUTED_SOIL], 60000 * s);
    is_area(l->kind[KIND_CATCHMENT], 20000 * s);
    /* what is kept free is no right-of-way */
    is_area(l->kind[KIND_RIGHT_OF_WAY], 400 * 6 * s);
    is_area(l->mask[1], (60000 - 10000 - 200 * 6) * s);
    is_area(l->mask[3], 10000 * s);
    is_area(l->mask[2], 10000 * s);
    is_area(l->mask[5], 200 * 6 * s);
    is_area(l->mask[4], 200 * 6 * s);
    double marginal = 60000 + 10000 + 200 * 6;
    is_area(l->marginal, marginal * s);
    is_area(l->excluded[0], building() * s);
    is_area(l->excluded[1], 200 * 10 * s); /* of the polluted soil */
    double plantable = marginal - building() - 2000;
    is_area(l->plantable, plantable * s);
    assert_true(l->marginal == l->plantable + l->excluded[0] + l->excluded[1]);
    /* west of 200 m 91.7: S1, limited by the slope; east 66.7: S2, by the
     * soil */
    double east = 100 * 100 + 200 * 6;
    is_area(l->class[CLASS_S1], (plantable - east) * s);
    is_area(l->class[CLASS_S2], east * s);
    is_area(l->class[CLASS_EXCLUDED], (building() + 2000) * s);
    assert_true(l->class[CLASS_NONE] == 0 && l->class[CLASS_S3] == 0);
    is_area(l->limiting[1], (plantable - east) * s);
    is_area(l->limiting[2], east * s);
    assert_true(l->limiting[0] == 0);
    analysis_release(&a);
    assert_null(a.weight);
    project_close(&p);
}

static void cells_by_hand(void **state)
{
    struct small_project p;
    struct analysis a;
    static struct seen seen;
    assert_int_equal(project_plan(&p, *state, NULL, NULL), TERRAMIS_OK);
    assert_int_equal(run(&p, 1, &a, &seen), TERRAMIS_OK);
    /* east of 200 m: 20 x 20 cells of the catchment, and the strips of the
     * road: 242..245 and 255..258, each within one row of cells */
    assert_int_equal(seen.suitability[67], 400 + 2 * 40);
    assert_int_equal(seen.class[CLASS_S2], 480);
    assert_int_equal(seen.limiting[2], 480);
    assert_int_equal(seen.marginal[2], 400);
    assert_int_equal(seen.marginal[4], 80);
    assert_int_equal(seen.marginal[5], 80);
    assert_int_equal(seen.marginal[3], 400);
    /* polluted: 40 x 60 cells, less the two kept-free rows and the building:
     * 6 x 6 cells, but for the four corners, where the round setback covers
     * 31 % of a cell */
    assert_int_equal(seen.class[CLASS_EXCLUDED], 2 * 40 + 32);
    assert_int_equal(seen.suitability[92], 2400 - 80 - 32);
    assert_int_equal(seen.limiting[1], 2400 - 80 - 32);
    assert_int_equal(seen.suitability[255] + seen.suitability[92] +
                         seen.suitability[67],
                     80 * 60);
    analysis_release(&a);
    project_close(&p);
}

static void parcels_by_hand(void **state)
{
    struct small_project p;
    struct analysis a;
    static struct seen seen;
    assert_int_equal(project_plan(&p, *state, NULL, NULL), TERRAMIS_OK);
    assert_int_equal(run(&p, 2, &a, &seen), TERRAMIS_OK);
    const double s = scale_of(&p);
    assert_int_equal(a.parcels.count, 12);
    static const struct {
        const char *id;
        double plantable, excluded; /* m2; -1: the building */
        double score;
        int limiting;
        enum crop_use use;
    } expected[] = {{"P00", -1, -1, 91.6667, 1, USE_MATERIAL},
                    {"P10", 10000, 0, 91.6667, 1, USE_MATERIAL},
                    {"P02", 9000, 1000, 91.6667, 1, USE_MATERIAL},
                    {"P20", 10000, 0, 66.6667, 2, USE_ANY},
                    {"P32", 600, 0, 66.6667, 2, USE_ANY},
                    {"P30", 0, 0, NAN, 0, USE_NONE}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const struct parcel *q = parcel_of(&a, expected[i].id);
        bool has_building = expected[i].plantable < 0;
        double plantable =
            has_building ? 10000 - building() : expected[i].plantable;
        double excluded = has_building ? building() : expected[i].excluded;
        is_area(q->sums.plantable, plantable * s);
        is_area(q->sums.excluded, excluded * s);
        assert_true(fabs(q->area - 10000 * s) < 0.1);
        assert_int_equal(q->limiting, expected[i].limiting);
        assert_int_equal(q->use, expected[i].use);
        if (isnan(expected[i].score)) {
            assert_true(isnan(q->score));
            continue;
        }
        assert_true(fabs(q->score - expected[i].score) < 1e-3);
        assert_true(fabs((double)q->sums.score_min - expected[i].score) < 1e-3);
        assert_true(fabs(parcel_membership(q, 0) - 10.0 / 12) < 1e-5);
        assert_true(q->nodata_pct == 0);
    }
    /* P01, P10 and P11 are as good and as large: by id, but for the last
     * digits of the areal scale */
    int first = parcel_of(&a, "P01")->rank + parcel_of(&a, "P10")->rank +
                parcel_of(&a, "P11")->rank;
    assert_int_equal(first, 1 + 2 + 3);
    assert_int_equal(parcel_of(&a, "P00")->rank, 4);
    analysis_release(&a);
    project_close(&p);
}

/* What the layers say reaches the parcels; fields that are not there do not
 * pass. */
static void parcels_know_their_layers(void **state)
{
    static const char polluted[] = "layer: polluted}", end[] = "outputs: [csv]";
    struct small_project p;
    struct analysis a;
    static struct seen seen;
    assert_int_equal(project_plan(&p, *state, polluted,
                                  "layer: polluted, metals: {Cd: nope}}"),
                     TERRAMIS_PROJECT);
    assert_non_null(strstr(status_message(), "nope"));
    project_close(&p);
    assert_int_equal(project_plan(&p, *state, polluted,
                                  "layer: polluted, metals: {Cd: id}}"),
                     TERRAMIS_OK);
    assert_int_equal(run(&p, 1, &a, &seen), TERRAMIS_OK);
    assert_int_equal(parcel_of(&a, "P01")->basis, BASIS_STATE); /* "x": none */
    assert_int_equal(parcel_of(&a, "P20")->basis, BASIS_NONE);
    assert_true(isnan(parcel_of(&a, "P20")->nitrate[1]));
    assert_true(parcel_of(&a, "P02")->warnings & warning_bit(WARN_ROAD));
    analysis_release(&a);
    project_close(&p);
    assert_int_equal(
        project_plan(&p, *state, end,
                     "cover: [{source: v.gpkg, layer: soil, crop: nature}]\n"
                     "outputs: [csv]"),
        TERRAMIS_OK);
    assert_int_equal(run(&p, 1, &a, &seen), TERRAMIS_OK);
    const struct parcel *q = parcel_of(&a, "P20"); /* crop "B": not known */
    assert_true(q->arable == 0 && q->nitrate[2] == 0);
    assert_true(q->warnings & warning_bit(WARN_COVER_UNKNOWN));
    assert_true(isnan(parcel_of(&a, "P01")->arable)); /* in no catchment */
    analysis_release(&a);
    project_close(&p);
    assert_int_equal(
        project_plan(&p, *state, end,
                     "cover: [{source: v.gpkg, layer: soil}]\noutputs: [csv]"),
        TERRAMIS_PROJECT); /* no field with codes */
    assert_non_null(strstr(status_message(), "code_cultu"));
    project_close(&p);
}

/* Sums of the land and of the parcels agree, in any number of threads. */
static void threads_change_nothing(void **state)
{
    struct small_project p;
    struct analysis one, four;
    static struct seen seen_one, seen_four;
    assert_int_equal(project_read(&p, *state, NULL, NULL), TERRAMIS_OK);
    assert_int_equal(plan_open(&p.plan, &p.config, 0.4, 2), TERRAMIS_OK);
    assert_int_equal(run(&p, 1, &one, &seen_one), TERRAMIS_OK);
    assert_int_equal(run(&p, 4, &four, &seen_four), TERRAMIS_OK);
    assert_true(seen_one.tiles == 4 * 3);
    assert_memory_equal(&seen_one, &seen_four, sizeof seen_one);
    for (int f = 0; f <= 2; f++)
        assert_true(one.land.limiting[f] == four.land.limiting[f]);
    for (int m = 0; m < 8; m++)
        assert_true(one.land.mask[m] == four.land.mask[m]);
    for (int c = 0; c <= CLASS_EXCLUDED; c++)
        assert_true(one.land.class[c] == four.land.class[c]);
    int64_t plantable = 0, excluded = 0;
    for (size_t i = 0; i < one.parcels.count; i++) {
        const struct parcel *x = &one.parcels.items[i];
        const struct parcel *y = &four.parcels.items[i];
        assert_memory_equal(&x->sums, &y->sums,
                            offsetof(struct zonal_sums, score_min));
        assert_true(x->rank == y->rank);
        assert_memory_equal(&x->score, &y->score, sizeof x->score);
        assert_memory_equal(x->factor_sum, y->factor_sum, 2 * sizeof(int64_t));
        plantable += x->sums.plantable;
        excluded += x->sums.excluded;
    }
    /* the parcels share out the territory */
    assert_true(llabs(plantable - one.land.plantable) <= 20);
    assert_true(llabs(excluded - one.land.class[CLASS_EXCLUDED]) <= 20);
    analysis_release(&one);
    analysis_release(&four);
    project_close(&p);
}

/* A territory cut in two: its land and its parcels add up, and a parcel of the
 * other part has nothing. */
static void parts_of_a_territory(void **state)
{
    static const char whole[] =
        "{id: t, name: Essai, source: v.gpkg, layer: territory}";
    /* each so scattered that its extent meets every layer */
    static const char *const parts[] = {
        "{id: t, source: v.gpkg, layer: parcels, where: \"id IN ('P00', 'P02', "
        "'P10', 'P12', 'P20')\"}",
        "{id: t, source: v.gpkg, layer: parcels, where: \"id NOT IN ('P00', "
        "'P02', 'P10', 'P12', 'P20')\"}"};
    struct land_sums sums[3] = {{0}};
    int64_t plantable[3] = {0};
    size_t parcels[3];
    for (int i = 0; i < 3; i++) {
        struct small_project p;
        struct analysis a;
        static struct seen seen;
        assert_int_equal(
            project_plan(&p, *state, whole, i < 2 ? parts[i] : whole),
            TERRAMIS_OK);
        assert_int_equal(run(&p, 2, &a, &seen), TERRAMIS_OK);
        sums[i] = a.land;
        parcels[i] = a.parcels.count;
        for (size_t k = 0; k < a.parcels.count; k++)
            plantable[i] += a.parcels.items[k].sums.plantable;
        analysis_release(&a);
        project_close(&p);
    }
    assert_true(parcels[0] == 5 && parcels[1] == 7 && parcels[2] == 12);
    assert_true(
        llabs(sums[0].territory + sums[1].territory - sums[2].territory) <= 2);
    assert_true(
        llabs(sums[0].plantable + sums[1].plantable - sums[2].plantable) <= 2);
    for (int m = 0; m < 1 << KIND_COUNT; m++)
        assert_true(
            llabs(sums[0].mask[m] + sums[1].mask[m] - sums[2].mask[m]) <= 2);
    for (int i = 0; i < 3; i++)
        assert_true(llabs(plantable[i] - sums[i].plantable) <= 20);
}

static void a_sink_may_fail(void **state)
{
    struct small_project p;
    struct analysis a;
    static struct seen seen;
    assert_int_equal(project_read(&p, *state, NULL, NULL), TERRAMIS_OK);
    assert_int_equal(plan_open(&p.plan, &p.config, 1, 2), TERRAMIS_OK);
    seen.stop_at = 2;
    assert_int_equal(run(&p, 2, &a, &seen), TERRAMIS_OUTPUT);
    assert_string_equal(status_message(), "disk full");
    assert_int_equal(seen.tiles, 2);
    analysis_release(&a);
    project_close(&p);
}

/* The terrain has no data over 300..400 x 0..100 and one cell around; the
 * catchment ends there, so the policy matters where its slope does not reach:
 * from 275 m on. */
static void without_data(void **state)
{
    struct small_project p;
    struct analysis a;
    static struct seen seen;
    seen.stop_at = 0;
    assert_int_equal(
        project_plan(&p, *state, "source: dem.tif", "source: hole.tif"),
        TERRAMIS_OK);
    assert_int_equal(run(&p, 2, &a, &seen), TERRAMIS_INPUT);
    assert_true(has(status_message(), "p.yaml:15:"));
    assert_true(has(status_message(), "factor slope: no data at x 4902"));
    assert_true(has(status_message(), "territory t. Give another layer, or"));
    analysis_release(&a);
    project_close(&p);

    assert_int_equal(project_plan(&p, *state, "source: dem.tif",
                                  "source: hole.tif, nodata: exclude"),
                     TERRAMIS_OK);
    assert_int_equal(run(&p, 2, &a, &seen), TERRAMIS_OK);
    double blind = zonal_area(a.land.class[CLASS_NONE]);
    assert_true(blind > 2000 && blind < 4000); /* of the 100 m of height */
    const struct parcel *q = parcel_of(&a, "P20");
    assert_true(fabs(zonal_area(q->sums.plantable - q->sums.scored) - blind) <
                0.1);
    assert_true(fabs(q->nodata_pct - blind / 100 / scale_of(&p)) < 0.01);
    assert_true(fabs(q->score - 66.6667) < 1e-3); /* of the rest */
    analysis_release(&a);
    project_close(&p);

    assert_int_equal(project_plan(&p, *state, "source: dem.tif",
                                  "source: hole.tif, nodata: renormalise"),
                     TERRAMIS_OK);
    assert_int_equal(run(&p, 2, &a, &seen), TERRAMIS_OK);
    assert_true(a.land.class[CLASS_NONE] == 0);
    q = parcel_of(&a, "P20");
    assert_true(q->sums.scored == q->sums.plantable);
    /* there the soil alone counts: 50 */
    double share = blind / 10000 / scale_of(&p);
    assert_true(fabs(q->score - (66.6667 - share * 16.6667)) < 0.01);
    assert_true(fabs((double)q->sums.score_min - 50) < 1e-4);
    assert_true(fabs(q->nodata_pct - 100 * share) < 0.01);
    analysis_release(&a);
    project_close(&p);
}

/* Reads a raster again and again, so that the workers find it in use. */
struct reader {
    struct raster *raster;
    atomic_bool enough;
};

static void *keep_busy(void *data)
{
    struct reader *r = data;
    float cells[24 * 20];
    while (!r->enough)
        raster_data_read(r->raster->data, 1, 0, 0, 24, 20, cells, 24, 20,
                         false);
    return NULL;
}

/* Workers read first the factors whose file nobody reads; of two that fail the
 * first one is named all the same. */
static void the_first_failing_factor_is_named(void **state)
{
    struct small_project p;
    struct analysis a;
    struct reader reader = {.raster = NULL};
    pthread_t thread;
    static struct seen seen;
    seen.stop_at = 0;
    project_write_raster(scratch_path(*state, "other.tif"), GDT_Float32,
                         project_hole);
    assert_int_equal(
        project_plan(
            &p, *state, "  - {id: slope, criterion: slope, source: dem",
            "  - {id: first, criterion: slope, source: hole.tif, weight: 1,\n"
            "     membership: {kind: linear, points: [[0, 0], [90, "
            "1]]}}\n"
            "  - {id: slope, criterion: slope, source: other"),
        TERRAMIS_OK);
    reader.raster = &p.plan.factors[0].source.raster;
    assert_int_equal(pthread_create(&thread, NULL, keep_busy, &reader), 0);
    for (int i = 0; i < 60; i++) {
        assert_int_equal(run(&p, 1 + i % 8, &a, &seen), TERRAMIS_INPUT);
        assert_non_null(strstr(status_message(), "factor first: no data at"));
        analysis_release(&a);
    }
    reader.enough = true;
    pthread_join(thread, NULL);
    project_close(&p);
}

/* Class 2 of the raster lacks in the table: never taken as 0. */
static void unknown_classes(void **state)
{
    struct small_project p;
    struct analysis a;
    static struct seen seen;
    assert_int_equal(
        project_plan(&p, *state,
                     "source: v.gpkg, layer: soil,\n"
                     "     attribute: nature, weight: 2,\n"
                     "     membership: {kind: table, table: {A: 1, B: 0.5}}",
                     "source: class.tif, weight: 2, nodata: exclude,\n"
                     "     membership: {kind: table, table: {1: 1}}"),
        TERRAMIS_OK);
    assert_int_equal(run(&p, 1, &a, &seen), TERRAMIS_INPUT);
    assert_true(has(status_message(),
                    "factor soil: classes that are not in its table, on "
                    "plantable land of territory"));
    assert_true(has(status_message(), ": 2 ("));
    assert_true(has(status_message(), "cells); the first at x 490202.5"));
    analysis_release(&a);
    project_close(&p);
}

/* Sums that are kept after some tiles, and given back before the next ones. */
struct relay {
    size_t tiles; /* after so many they are kept, and the run ends */
    size_t first, seen;
    char *sums;
    size_t size;
};

static enum terramis_status pass_on(void *data, const struct analysis *analysis,
                                    size_t number,
                                    const struct tile_result *tile)
{
    struct relay *relay = data;
    (void)tile;
    assert_int_equal(number, relay->first + relay->seen++);
    if (number + 1 != relay->tiles)
        return TERRAMIS_OK;
    FILE *stream = open_memstream(&relay->sums, &relay->size);
    assert_non_null(stream);
    analysis_keep(analysis, stream);
    assert_int_equal(fclose(stream), 0);
    return status_set(TERRAMIS_INTERRUPTED, "enough");
}

static enum terramis_status take_on(void *data, struct analysis *analysis,
                                    size_t *first)
{
    struct relay *relay = data;
    FILE *stream = relay->sums ? fmemopen(relay->sums, relay->size, "r") : NULL;
    *first = relay->first;
    if (!stream)
        return TERRAMIS_OK;
    bool fine = analysis_take(analysis, stream);
    fclose(stream);
    return fine ? TERRAMIS_OK : status_set(TERRAMIS_OUTPUT, "no sums");
}

/* Tiles of a finer grid in two runs, the second from tile number `cut` on;
 * cut 0: in one. */
static enum terramis_status relayed(struct small_project *p, size_t cut,
                                    int threads, struct analysis *a)
{
    struct relay relay = {.tiles = cut};
    const struct analysis_sink sink = {
        .write = pass_on, .data = &relay, .begin = take_on};
    const struct territory *t = &p->plan.territories[0];
    enum terramis_status status;
    if (cut > 0) {
        assert_int_equal(analysis_run(a, &p->plan, t, threads, 128, sink),
                         TERRAMIS_INTERRUPTED);
        analysis_release(a);
        relay = (struct relay){
            .first = cut, .sums = relay.sums, .size = relay.size};
    }
    status = analysis_run(a, &p->plan, t, threads + 1, 128, sink);
    if (status == TERRAMIS_OK)
        status = analysis_finish(a);
    assert_true(status != TERRAMIS_OK || relay.first + relay.seen == 4 * 3);
    free(relay.sums);
    return status;
}

/* Are its sums taken again as they are kept? */
static bool is_taken(struct analysis *a)
{
    char *bytes;
    size_t size;
    FILE *stream = open_memstream(&bytes, &size);
    analysis_keep(a, stream);
    fclose(stream);
    stream = fmemopen(bytes, size, "r");
    bool fine = analysis_take(a, stream);
    fclose(stream);
    free(bytes);
    return fine;
}

/* What would lead out of an array is not believed. */
static void forged_sums_are_not_taken(void **state)
{
    struct small_project p;
    struct analysis a;
    assert_int_equal(project_read(&p, *state, NULL, NULL), TERRAMIS_OK);
    assert_int_equal(plan_open(&p.plan, &p.config, 1, 2), TERRAMIS_OK);
    assert_int_equal(relayed(&p, 0, 1, &a), TERRAMIS_OK);
    assert_true(is_taken(&a));
    a.unknown.count = UNKNOWN_MAX + 1;
    assert_false(is_taken(&a));
    a.unknown.count = 1;
    a.unknown.items[0].factor = p.plan.factor_count;
    assert_false(is_taken(&a));
    a.unknown.count = 0;
    a.parcels.items[0].sums.constraints |= (uint64_t)1 << 63;
    assert_false(is_taken(&a));
    a.parcels.items[0].sums.constraints = 0;
    assert_true(is_taken(&a));
    analysis_release(&a);
    project_close(&p);
}

static void in_two_runs(void **state)
{
    static const size_t cuts[] = {1, 6, 12};
    struct small_project p;
    struct analysis whole, a;
    assert_int_equal(project_read(&p, *state, NULL, NULL), TERRAMIS_OK);
    assert_int_equal(plan_open(&p.plan, &p.config, 1, 2), TERRAMIS_OK);
    assert_int_equal(relayed(&p, 0, 1, &whole), TERRAMIS_OK);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(relayed(&p, cuts[i], 1 + (int)i, &a), TERRAMIS_OK);
        assert_memory_equal(&a.land, &whole.land,
                            offsetof(struct land_sums, limiting));
        assert_memory_equal(a.land.limiting, whole.land.limiting,
                            3 * sizeof(int64_t));
        for (size_t k = 0; k < whole.parcels.count; k++) {
            const struct parcel *x = &whole.parcels.items[k];
            const struct parcel *y = &a.parcels.items[k];
            assert_memory_equal(&x->sums, &y->sums,
                                offsetof(struct zonal_sums, score_min));
            assert_true(x->sums.score_min == y->sums.score_min);
            assert_memory_equal(x->factor_raw, y->factor_raw,
                                2 * sizeof(int64_t));
            assert_true(x->rank == y->rank);
        }
        analysis_release(&a);
    }
    analysis_release(&whole);
    project_close(&p);
}

/* Sums of something else are not taken, nor half of them. */
static void sums_of_another(void **state)
{
    struct small_project p;
    struct analysis a;
    struct relay relay = {.tiles = 1};
    const struct analysis_sink sink = {
        .write = pass_on, .data = &relay, .begin = take_on};
    assert_int_equal(project_plan(&p, *state, NULL, NULL), TERRAMIS_OK);
    const struct territory *t = &p.plan.territories[0];
    assert_int_equal(analysis_run(&a, &p.plan, t, 1, 128, sink),
                     TERRAMIS_INTERRUPTED);
    analysis_release(&a);
    relay.size--;
    assert_int_equal(analysis_run(&a, &p.plan, t, 1, 128, sink),
                     TERRAMIS_OUTPUT);
    analysis_release(&a);
    relay.size++;
    relay.sums[0]++; /* the number of parcels */
    assert_int_equal(analysis_run(&a, &p.plan, t, 1, 128, sink),
                     TERRAMIS_OUTPUT);
    assert_string_equal(status_message(), "no sums");
    analysis_release(&a);
    free(relay.sums);
    project_close(&p);
}

/* Classes that no table has are counted on, and told as ever. */
static void unknown_classes_in_two_runs(void **state)
{
    struct small_project p;
    struct analysis a;
    char message[2][1024];
    assert_int_equal(
        project_read(&p, *state,
                     "source: v.gpkg, layer: soil,\n"
                     "     attribute: nature, weight: 2,\n"
                     "     membership: {kind: table, table: {A: 1, B: 0.5}}",
                     "source: class.tif, weight: 2, nodata: exclude,\n"
                     "     membership: {kind: table, table: {3: 1}}"),
        TERRAMIS_OK);
    assert_int_equal(plan_open(&p.plan, &p.config, 1, 2), TERRAMIS_OK);
    for (size_t cut = 0; cut <= 7; cut += 7) {
        assert_int_equal(relayed(&p, cut, 2, &a), TERRAMIS_INPUT);
        snprintf(message[cut / 7], sizeof message[0], "%s", status_message());
        analysis_release(&a);
    }
    assert_true(has(message[0], ": 1 (") && has(message[0], "2 ("));
    assert_string_equal(message[0], message[1]);
    project_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(land_by_hand),
        cmocka_unit_test(cells_by_hand),
        cmocka_unit_test(parcels_by_hand),
        cmocka_unit_test(parcels_know_their_layers),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(parts_of_a_territory),
        cmocka_unit_test(a_sink_may_fail),
        cmocka_unit_test(without_data),
        cmocka_unit_test(the_first_failing_factor_is_named),
        cmocka_unit_test(unknown_classes),
        cmocka_unit_test(forged_sums_are_not_taken),
        cmocka_unit_test(in_two_runs),
        cmocka_unit_test(sums_of_another),
        cmocka_unit_test(unknown_classes_in_two_runs),
    };
    return cmocka_run_group_tests(tests, project_set_up, project_tear_down);
}
