/**
 * @file atlas_case.h
 * @brief The analysis of fake.h with its rasters and areas: what maps need.
 */
#ifndef UNIT_OUTPUT_ATLAS_CASE_H
#define UNIT_OUTPUT_ATLAS_CASE_H

#include "geo/gdal.h"
#include "output/rasters.h"
#include "unit/output/fake.h"

struct atlas_case {
    struct fake fake;
    struct constraint_config water;
    struct constraint constraint;
    int64_t excluded[2], limiting[FAKE_FACTORS + 1];
};

/* 40 x 40 cells of 10 m: suitability, class, limiting factor, kinds. */
static inline void atlas_rasters(struct atlas_case *c)
{
    enum {
        SIDE = 40
    };
    static unsigned char cells[4][SIDE * SIDE];
    struct rasters rasters;
    struct tile_result tile = {.window = {0, 0, SIDE, SIDE},
                               .suitability = cells[0],
                               .class = cells[1],
                               .limiting = cells[2],
                               .marginal = cells[3]};
    struct grid grid = {500000, 6900400, 10, SIDE, SIDE};
    struct text dir = {0};
    for (int i = 0; i < SIDE * SIDE; i++) {
        int col = i % SIDE;
        cells[0][i] = (unsigned char)(col > 30 ? 255 : 2 * col);
        cells[1][i] = (unsigned char)(col > 30 ? 6 : 1 + col / 7);
        cells[2][i] = (unsigned char)(col > 30 ? 0 : 1 + col % 2);
        cells[3][i] = (unsigned char)(1 + col % 7);
    }
    text_addf(&dir, "%s/pilote", c->fake.scratch.dir);
    if (rasters_open(&rasters, &c->fake.plan, &grid, text_get(&dir)) ||
        rasters_write(&rasters, &tile))
        abort();
    for (int i = 0; i < RASTER_COUNT; i++)
        if (rasters_finish(&rasters, i) != TERRAMIS_OK)
            abort();
    text_release(&dir);
}

static inline void atlas_areas(struct atlas_case *c)
{
    struct analysis *a = &c->fake.result.analysis;
    a->overlay.constraint_count = 2;
    a->land = (struct land_sums){.territory = 16 * fake_ha,
                                 .kind = {3 * fake_ha, fake_ha, 0},
                                 .mask = {0, 3 * fake_ha, fake_ha},
                                 .marginal = 4 * fake_ha,
                                 .plantable = 3 * fake_ha,
                                 .class = {0, fake_ha, 2 * fake_ha},
                                 .limiting = c->limiting,
                                 .excluded = c->excluded};
    a->land.class[CLASS_EXCLUDED] = fake_ha;
    c->excluded[1] = fake_ha;
    c->limiting[1] = c->limiting[2] = 3 * fake_ha / 2;
}

static inline void atlas_case_open(struct atlas_case *c)
{
    struct plan *plan = &c->fake.plan;
    memset(c, 0, sizeof *c);
    gdal_setup();
    fake_open(&c->fake);
    c->fake.config.combine.op = registry_find(&combiner_registry, "wlc");
    c->fake.config.organisation = "Niomis G3";
    c->fake.factors[0].weight = 0.625;
    c->fake.factors[1].weight = 0.375;
    GEOSGeometry *area = geos_rectangle(&plan->geos, c->fake.territory.extent);
    if (paths_add_geometry(&c->fake.territory.paths, &plan->geos, area))
        abort();
    GEOSGeom_destroy_r(plan->geos.context, area);
    c->water.id = "eau";
    c->constraint = (struct constraint){.id = "eau"};
    vector_add(&c->constraint.vector, &plan->geos,
               fake_square(&plan->geos, 500150, 6900150));
    c->fake.config.constraints = (struct list){&c->water, 1};
    plan->constraints = &c->constraint;
    plan->constraint_count = 1;
    if (vector_index(&c->constraint.vector))
        abort();
    atlas_areas(c);
    atlas_rasters(c);
}

static inline void atlas_case_close(struct atlas_case *c)
{
    vector_release(&c->constraint.vector);
    paths_release(&c->fake.territory.paths);
    fake_close(&c->fake);
}

#endif
