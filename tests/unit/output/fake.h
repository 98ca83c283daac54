/**
 * @file fake.h
 * @brief An analysis without layers: four parcels, two factors, two sites.
 *
 *     a  b     a polluted S1, b catchment + right-of-way S2: one site
 *     c  d     c nothing plantable, d (apart) plantable S3: a site
 */
#ifndef UNIT_OUTPUT_FAKE_H
#define UNIT_OUTPUT_FAKE_H

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "output/output.h"
#include "unit/geometry.h"
#include "unit/output/scratch.h"
#include "unit/settings.h"
#include "unit/yield/make.h"

enum {
    FAKE_PARCELS = 4,
    FAKE_FACTORS = 2
};

struct fake {
    struct scratch scratch;
    struct config config;
    struct arena arena;
    struct factor_config factor_configs[FAKE_FACTORS];
    struct scenario_config scenario;
    struct table_row more_road;
    double road_only[FAKE_FACTORS];
    struct factor factors[FAKE_FACTORS];
    struct territory_config territory_config;
    struct territory territory;
    struct layer_config layer;
    struct plan_layer layers[2];
    struct parcel items[FAKE_PARCELS];
    uint32_t position[FAKE_PARCELS];
    int64_t areas[FAKE_PARCELS][FAKE_FACTORS];
    int64_t sums[FAKE_PARCELS][FAKE_FACTORS];
    int64_t raws[FAKE_PARCELS][FAKE_FACTORS];
    double weight[FAKE_FACTORS];
    struct plan plan;
    struct territory_result result;
    struct output_job job;
};

/* A cell of which one MOSAIC_ONE-th is one ZONAL_UNIT: sums of cells are areas
 * as they are. */
static const double fake_cell = 20.48;
static const int64_t fake_ha = 100000000;
static const struct criterion_op fake_criterion = {.unit = "m"};
static const double fake_weight[FAKE_FACTORS] = {0.6, 0.4};

static inline GEOSGeometry *fake_square(struct geos *geos, double x, double y)
{
    struct rect r = {x, y, x + 100, y + 100};
    return geos_rectangle(geos, r);
}

static inline void fake_config(struct fake *f)
{
    f->config = (struct config){.title = "L'essai <un> & deux",
                                .licence = "Licence Ouverte 2.0",
                                .language = LANGUAGE_FR,
                                .crs = "EPSG:2154",
                                .resolution = 10,
                                .classes = {80, 60, 40, 20},
                                .yields = {.spread = 0.25, .polluted = 1}};
    make_model(&f->arena, &f->config, "kind: class, N1: 5, N2: 2");
    f->config.path = NULL;
    f->config.combine.op = registry_find(&combiner_registry, "wlc");
    f->factor_configs[0] =
        (struct factor_config){.id = "slope", .title = "Pente <douce>"};
    f->factor_configs[1] = (struct factor_config){.id = "road"};
    f->config.factors = (struct list){f->factor_configs, FAKE_FACTORS};
    f->config.establishment =
        (struct establishment_config){.plateau = 15, .lifespan = 20};
    f->config.planting = (struct planting_config){.horizon = 2, .rate = 0.6};
    f->config.scenarios = (struct list){&f->scenario, 1};
    f->scenario = (struct scenario_config){.id = "vite",
                                           .title = "Plus <vite>",
                                           .classes = f->config.classes,
                                           .rate = NAN,
                                           .weights = {&f->more_road, 1},
                                           .factor_weights = f->road_only};
    f->more_road = (struct table_row){.key = "road", .value = 1};
    f->road_only[1] = 1;
    struct operator_use line;
    const char *why;
    if (!read_use(&f->arena, &membership_registry,
                  "kind: linear, points: [[0, 0], [100, 1]]", &line, &why))
        abort();
    for (int i = 0; i < FAKE_FACTORS; i++) {
        f->factor_configs[i].group_index = WEIGHTS_NO_GROUP;
        f->factor_configs[i].weight = fake_weight[i];
        f->factor_configs[i].membership = line;
        f->factor_configs[i].criterion.op = &fake_criterion.op;
        f->factors[i] = (struct factor){.config = &f->factor_configs[i],
                                        .criterion = &fake_criterion,
                                        .weight = fake_weight[i]};
    }
    f->territory_config =
        (struct territory_config){.id = "pilote", .name = "Pilote d'été"};
    f->territory =
        (struct territory){.config = &f->territory_config,
                           .extent = {500000, 6900000, 500400, 6900400}};
    f->layer = (struct layer_config){
        .source = {.text = "parcelles.gpkg", .full = "parcelles.gpkg"},
        .title = "Cadastre",
        .licence = "LO 2.0",
        .date = "2026-01"};
    f->layers[0] = f->layers[1] =
        (struct plan_layer){.role = "parcels", .config = &f->layer};
}

static inline void fake_parcel(struct fake *f, int i, const char *id, double x,
                               double y)
{
    GEOSGeometry *g = fake_square(&f->plan.geos, x, y);
    vector_add(&f->plan.parcels, &f->plan.geos, g);
    f->position[i] = (uint32_t)i + 1;
    f->items[i] =
        (struct parcel){.id = id,
                        .feature = (size_t)i,
                        .area = 5000, /* so that half may be plantable */
                        .sums.score_min = INFINITY,
                        .factor_area = f->areas[i],
                        .factor_sum = f->sums[i],
                        .factor_raw = f->raws[i]};
}

static inline void fake_land(struct fake *f, int i, unsigned kinds,
                             double share, double score)
{
    struct zonal_sums *sums = &f->items[i].sums;
    sums->plantable = (int64_t)(share * (double)fake_ha);
    sums->excluded = fake_ha / 10;
    sums->scored = sums->plantable;
    sums->score =
        (int64_t)(score * (double)SCORE_STEPS * (double)sums->plantable);
    sums->score_min = (float)score - 10;
    for (int k = 0; k < KIND_COUNT; k++)
        if (kinds & 1U << k) {
            sums->kind[k] = sums->plantable + sums->excluded;
            sums->plantable_kind[k] = sums->plantable;
        }
    for (int k = 0; k < FAKE_FACTORS; k++) {
        f->areas[i][k] = sums->plantable;
        f->sums[i][k] = (int64_t)(score / 100 * (double)MEMBERSHIP_STEPS *
                                  (double)sums->plantable);
        f->raws[i][k] = (int64_t)(score * (double)RAW_STEPS) * sums->plantable;
    }
}

static inline void fake_open(struct fake *f)
{
    memset(f, 0, sizeof *f);
    scratch_open(&f->scratch);
    fake_config(f);
    f->plan = (struct plan){.threads = 2,
                            .config = &f->config,
                            .resolution = 10,
                            .territories = &f->territory,
                            .territory_count = 1,
                            .area = f->territory.extent,
                            .factors = f->factors,
                            .factor_count = FAKE_FACTORS,
                            .layers = f->layers,
                            .layer_count = 2,
                            .synthetic = true};
    struct analysis *a = &f->result.analysis;
    memcpy(f->weight, fake_weight, sizeof f->weight);
    a->weight = f->weight;
    if (geos_open(&f->plan.geos) || crs_parse(&f->plan.crs, "EPSG:2154"))
        abort();
    fake_parcel(f, 0, "=1+\"1\"", 500000, 6900100);
    fake_parcel(f, 1, "b, 'deux'", 500100, 6900100);
    fake_parcel(f, 2, "c", 500000, 6900000);
    fake_parcel(f, 3, "d", 500300, 6900300);
    fake_land(f, 0, 1, 0.5, 90);
    fake_land(f, 1, 6, 0.25, 61.25);
    f->items[2].sums.excluded = f->items[2].sums.kind[0] = fake_ha / 10;
    fake_land(f, 3, 2, 0.3, 45);
    a->plan = &f->plan;
    a->territory = &f->territory;
    a->parcels = (struct parcels){.vector = &f->plan.parcels,
                                  .items = f->items,
                                  .count = FAKE_PARCELS,
                                  .factors = FAKE_FACTORS,
                                  .position = f->position};
    const struct scenario_base base = {&f->config, &f->plan.combination,
                                       fake_weight, &a->parcels, &a->yield};
    if (vector_index(&f->plan.parcels) ||
        yield_bind(&a->yield, &f->config, "pilote") ||
        parcels_finish(&a->parcels, &f->config, fake_weight, &a->yield,
                       fake_cell) ||
        combination_open(&f->plan.combination, &f->config) ||
        scenarios_run(&a->scenarios, &base) ||
        sites_build(&f->result.sites, &a->parcels, 1))
        abort();
    f->result.done = true;
    f->job = (struct output_job){.plan = &f->plan,
                                 .results = &f->result,
                                 .count = 1,
                                 .dir = f->scratch.dir,
                                 .date = "2026-11-24"};
    mkdir(scratch_path(&f->scratch, "pilote"), 0777);
}

static inline void fake_close(struct fake *f)
{
    struct scratch inner = f->scratch;
    strcat(inner.dir, "/pilote"); /* fits: the folder's name is short */
    scratch_close(&inner);
    scratch_close(&f->scratch);
    sites_release(&f->result.sites);
    scenarios_release(&f->result.analysis.scenarios);
    combination_release(&f->plan.combination);
    yield_release(&f->result.analysis.yield);
    arena_release(&f->arena);
    vector_release(&f->plan.parcels);
    crs_release(&f->plan.crs);
    geos_close(&f->plan.geos);
}

#endif
