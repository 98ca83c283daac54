/* A worker by itself: what it gives for a tile, and again for the next one in
 * the same slot. The sums are in test_analysis.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plan/work.h"
#include "unit/plan/project.h"

/* Everything that analysis_run() prepares, with tiles of `size` cells. */
struct bench {
    struct small_project p;
    struct analysis a;
    void *worker;
    struct tile_result result;
};

static void begin(struct bench *b, struct scratch *s, int size,
                  const char *from, const char *to)
{
    *b = (struct bench){.worker = NULL};
    assert_int_equal(project_plan(&b->p, s, from, to), TERRAMIS_OK);
    struct plan *plan = &b->p.plan;
    struct analysis *a = &b->a;
    struct grid grid;
    *a = (struct analysis){.plan = plan, .territory = plan->territories};
    assert_int_equal(analysis_grid(plan, a->territory, &grid), TERRAMIS_OK);
    a->tiling = tiling_of(&grid, size);
    a->overlay = plan->overlay;
    a->overlay.territory = territory_range(a->territory);
    assert_int_equal(plan_weights(plan, &a->weight), TERRAMIS_OK);
    assert_int_equal(plan_limiting_weights(plan, &a->limiting_weight),
                     TERRAMIS_OK);
    assert_int_equal(parcels_select(&a->parcels, &plan->parcels,
                                    territory_range(a->territory), &plan->crs,
                                    1, plan->factor_count),
                     TERRAMIS_OK);
    a->parcels.overlaps = &plan->overlaps;
    assert_int_equal(work_start(a, &b->worker), TERRAMIS_OK);
}

static void end(struct bench *b)
{
    work_stop(&b->a, b->worker);
    free(b->result.suitability);
    free(b->result.class);
    free(b->result.limiting);
    free(b->result.marginal);
    free(b->result.land.excluded);
    free(b->result.land.limiting);
    zonal_list_release(&b->result.zonal);
    analysis_release(&b->a);
    project_close(&b->p);
}

static const struct tile_result *work(struct bench *b, size_t tile)
{
    assert_int_equal(work_tile(&b->a, b->worker, tile, &b->result),
                     TERRAMIS_OK);
    return &b->result;
}

/* Tiles of 20 x 20 cells: 100 m, one parcel each. */
static void tiles_by_hand(void **state)
{
    struct bench b;
    begin(&b, *state, 20, NULL, NULL);
    assert_int_equal(tiling_count(&b.a.tiling), 12);
    /* the north-west: polluted, and the road through it */
    const struct tile_result *r = work(&b, 0);
    assert_false(r->blank);
    assert_true(r->window.nx == 20 && r->window.col == 0);
    for (int row = 0; row < 20; row++)
        for (int col = 0; col < 20; col++) {
            int i = row * 20 + col;
            bool kept_free = row == 9 || row == 10; /* y 245..255 */
            bool strip = row == 8 || row == 11;     /* 3 m of 5 are beside it */
            assert_int_equal(r->class[i],
                             kept_free ? CLASS_EXCLUDED : CLASS_S1);
            assert_int_equal(r->suitability[i],
                             kept_free ? SUITABILITY_NODATA : 92);
            assert_int_equal(r->limiting[i], kept_free ? LIMITING_NODATA : 1);
            assert_int_equal(r->marginal[i], strip ? 5 : 1);
        }
    assert_int_equal(r->zonal.count, 1);
    assert_string_equal(b.a.parcels.items[r->zonal.parts[0].parcel].id, "P02");
    /* the middle of the east: nothing marginal; what was in the slot before
     * must not show */
    r = work(&b, 7);
    assert_true(r->blank);
    assert_int_equal(r->zonal.count, 0);
    assert_true(r->land.marginal == 0 && r->land.plantable == 0);
    assert_true(r->land.territory > (int64_t)399 * MOSAIC_ONE);
    assert_true(r->land.excluded[0] == 0 && r->land.excluded[1] == 0);
    assert_true(r->land.limiting[0] == 0 && r->land.limiting[1] == 0);
    /* the south: the catchment's eastern half, soil B */
    r = work(&b, 10);
    assert_false(r->blank);
    for (int i = 0; i < 400; i++) {
        assert_int_equal(r->suitability[i], 67);
        assert_int_equal(r->class[i], CLASS_S2);
        assert_int_equal(r->limiting[i], 2);
        assert_int_equal(r->marginal[i], 2);
    }
    /* and the same again, bit for bit */
    int64_t plantable = r->land.plantable;
    r = work(&b, 0);
    r = work(&b, 10);
    assert_true(r->land.plantable == plantable);
    end(&b);
}

/* The slope's membership is 10 / 12 everywhere: S3 at best, whatever the score
 * says, and the slope is what limits. */
static void severe_limitations_cap_cells(void **state)
{
    struct bench b;
    begin(&b, *state, 20, "source: dem.tif, weight: 2,",
          "source: dem.tif, weight: 2, caps: {S3: 0.9, N2: 0.5},");
    const struct tile_result *r = work(&b, 10);
    for (int i = 0; i < 400; i++) {
        assert_int_equal(r->suitability[i], 67);
        assert_int_equal(r->class[i], CLASS_S3);
        assert_int_equal(r->limiting[i], 1); /* 2 without the cap */
    }
    assert_true(r->land.class[CLASS_S3] == r->land.plantable);
    end(&b);
}

/* A cell shows what most of it is: beside the building, whose setback of 12 m
 * covers 2 m of 5, and of 13 m 3 m of 5. */
static void most_of_the_cell_shows(void **state)
{
    for (int setback = 12; setback <= 13; setback++) {
        struct bench b;
        begin(&b, *state, 20, "setback: 10",
              setback == 12 ? "setback: 12" : "setback: 13");
        const struct tile_result *r = work(&b, 8); /* the south-west */
        int cell = 9 * 20 + 7;                     /* x 35..40, y 50..55 */
        assert_int_equal(r->class[cell],
                         setback == 12 ? CLASS_S1 : CLASS_EXCLUDED);
        assert_int_equal(r->class[cell - 1], CLASS_S1);
        assert_int_equal(r->class[cell + 1], CLASS_EXCLUDED);
        assert_int_equal(r->marginal[cell], 1); /* either way */
        end(&b);
    }
}

/* Cut tiles at the border of the grid are narrower. */
static void tiles_at_the_border(void **state)
{
    struct bench b;
    begin(&b, *state, 64, NULL, NULL);
    const struct tile_result *r = work(&b, 1); /* 80 x 60 cells: 16 x 60 */
    assert_true(r->window.nx == 16 && r->window.ny == 60);
    int shown = 0; /* the strips of the road, 2 rows */
    for (int i = 0; i < 16 * 60; i++)
        shown += r->suitability[i] != SUITABILITY_NODATA;
    assert_int_equal(shown, 2 * 16);
    end(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiles_by_hand),
        cmocka_unit_test(severe_limitations_cap_cells),
        cmocka_unit_test(most_of_the_cell_shows),
        cmocka_unit_test(tiles_at_the_border),
    };
    return cmocka_run_group_tests(tests, project_set_up, project_tear_down);
}
