#include "scenario/scenario.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "scenario/establishment.h"
#include "scenario/rescore.h"
#include "scenario/schedule.h"

/* One scenario being made. */
struct making {
    const struct scenario_base *base;
    const struct scenario_config *config; /* that of the project filled in */
    struct scenario_config project;       /* the project as a scenario */
    struct scenario *scenario;
    int horizon;
    const struct parcel *items; /* the parcels, or those judged anew */
    struct parcel *anew;        /* copies */
    float *memberships;         /* of one parcel */
};

/* The weights by which a lack counts when the limiting factor is sought. */
static enum terramis_status limiting_weights(const struct making *m,
                                             const double *weight, double **out)
{
    size_t factors = m->base->combination->factors;
    bool unweighted = combiner_of(&m->base->config->combine)->unweighted;
    TRY(mem_new(out, factors, sizeof **out));
    for (size_t f = 0; f < factors; f++)
        (*out)[f] = unweighted ? weight[f] > 0 : weight[f];
    return TERRAMIS_OK;
}

/* Scores, classes and ranks. */
static enum terramis_status judge(struct making *m, struct rescore *rescore)
{
    const struct parcels *parcels = m->base->parcels;
    const double *weight = m->config->factor_weights;
    double *limiting;
    memcpy(m->anew, parcels->items, parcels->count * sizeof *m->anew);
    m->items = m->anew;
    if (!weight)
        weight = m->base->weight;
    rescore_run(rescore, m->base, weight, m->anew);
    TRY(limiting_weights(m, weight, &limiting));
    const struct parcel_rules rules = {m->base->config, &m->config->classes,
                                       limiting, m->base->combination->factors,
                                       m->base->yield};
    for (size_t i = 0; i < parcels->count; i++)
        parcel_judge(&m->anew[i], &rules, m->memberships);
    free(limiting);
    return parcels_rank(m->anew, parcels->count, m->config->min_plantable);
}

/* The ranked parcels worth planting, best first. */
static enum terramis_status
list_lands(const struct making *m, struct schedule_land **lands, size_t *count)
{
    size_t parcels = m->base->parcels->count, *by_rank;
    TRY(mem_new(lands, parcels, sizeof **lands));
    TRY(mem_new(&by_rank, parcels + 1, sizeof *by_rank));
    for (size_t i = 0; i < parcels; i++)
        by_rank[m->items[i].rank] = i + 1; /* 0: nobody's */
    for (size_t rank = 1; rank <= parcels && by_rank[rank]; rank++) {
        const struct parcel *p = &m->items[by_rank[rank] - 1];
        if (p->class <= CLASS_S3 && p->yield > 0)
            (*lands)[(*count)++] = (struct schedule_land){
                by_rank[rank] - 1, p->sums.plantable, p->yield, p->use};
    }
    free(by_rank);
    return TERRAMIS_OK;
}

/* Adds the years of a tranche to those of a kind of which it has `area`. */
static void add_years(const struct making *m, int kind, int planted,
                      int64_t area, const struct parcel *parcel)
{
    const struct establishment_config *course = &m->base->config->establishment;
    if (area == 0) /* most parcels are of one kind */
        return;
    struct scenario_year *years =
        m->scenario->years + (size_t)kind * (size_t)m->horizon;
    years[planted - 1].planted += area;
    for (int year = planted; year <= m->horizon; year++) {
        struct scenario_year *to = &years[year - 1];
        int age = year - planted + 1;
        double ha = zonal_ha(area) * establishment_share(course, age);
        to->standing += age <= course->lifespan ? area : 0;
        to->harvest += parcel->yield * ha;
        to->low += parcel->yield_low * ha;
        to->high += parcel->yield_high * ha;
    }
}

/* The part of `whole` that belongs to the first `area` of a parcel: all of it
 * for the whole parcel, and the same whatever the tranches. */
static int64_t part_of(int64_t whole, int64_t area, int64_t plantable)
{
    return llround((double)whole * (double)area / (double)plantable);
}

static void add_tranches(const struct making *m,
                         const struct schedule_land *lands,
                         const struct schedule *schedule)
{
    int64_t before = 0; /* of the parcel, in earlier tranches */
    for (size_t t = 0; t < schedule->count; t++) {
        const struct schedule_tranche *tranche = &schedule->items[t];
        const struct schedule_land *land = &lands[tranche->land];
        const struct parcel *parcel = &m->items[land->parcel];
        bool first = t == 0 || tranche[-1].land != tranche->land;
        before = first ? 0 : before;
        int64_t after = before + tranche->area;
        if (first)
            m->scenario->parcels[land->parcel].year = tranche->year;
        for (int k = 0; k < KIND_COUNT; k++) {
            int64_t whole = parcel->sums.plantable_kind[k];
            add_years(m, k, tranche->year,
                      part_of(whole, after, land->area) -
                          part_of(whole, before, land->area),
                      parcel);
        }
        add_years(m, SCENARIO_ANY, tranche->year, tranche->area, parcel);
        before = after;
    }
}

static enum terramis_status plant(const struct making *m)
{
    const struct schedule_rules rules = {m->horizon, m->config->rate,
                                         &m->config->outlets};
    struct schedule_land *lands = NULL;
    struct schedule schedule = {0};
    size_t count = 0;
    enum terramis_status status = list_lands(m, &lands, &count);
    if (status == TERRAMIS_OK)
        status = schedule_run(&schedule, lands, count, &rules);
    if (status == TERRAMIS_OK)
        add_tranches(m, lands, &schedule);
    schedule_release(&schedule);
    free(lands);
    return status;
}

/* `rescore` NULL: the project itself, whose parcels are judged already. */
static enum terramis_status make(struct making *m, struct rescore *rescore)
{
    size_t count = m->base->parcels->count;
    struct scenario *s = m->scenario;
    TRY(mem_new(&s->parcels, count, sizeof *s->parcels));
    TRY(mem_new(&s->years, SCENARIO_KINDS * (size_t)m->horizon,
                sizeof *s->years));
    m->items = m->base->parcels->items;
    if (rescore)
        TRY(judge(m, rescore));
    for (size_t i = 0; i < count; i++)
        s->parcels[i] = (struct scenario_parcel){
            m->items[i].score, m->items[i].class, m->items[i].rank, 0};
    return plant(m);
}

/* The project as a scenario. */
static struct scenario_config project_scenario(const struct config *config)
{
    return (struct scenario_config){.id = SCENARIO_BASE,
                                    .classes = config->classes,
                                    .min_plantable =
                                        config->parcels.min_plantable,
                                    .rate = config->planting.rate,
                                    .outlets = config->planting.outlets};
}

static enum terramis_status make_given(struct scenarios *all, struct making *m,
                                       struct rescore *rescore)
{
    const struct config *config = m->base->config;
    const struct scenario_config *given = config->scenarios.items;
    TRY(rescore_open(rescore, m->base));
    TRY(mem_new(&m->anew, m->base->parcels->count, sizeof *m->anew));
    TRY(mem_new(&m->memberships, m->base->combination->factors, sizeof(float)));
    for (size_t i = 0; i < config->scenarios.count; i++) {
        m->scenario = &all->items[all->count++];
        m->scenario->config = m->config = &given[i];
        TRY(make(m, rescore));
    }
    return TERRAMIS_OK;
}

static enum terramis_status make_all(struct scenarios *all, struct making *m,
                                     struct rescore *rescore)
{
    const struct config *config = m->base->config;
    TRY(mem_new(&all->items, config->scenarios.count + 1, sizeof *all->items));
    m->scenario = &all->items[all->count++];
    m->project = project_scenario(config);
    m->config = &m->project;
    TRY(make(m, NULL));
    return config->scenarios.count > 0 ? make_given(all, m, rescore)
                                       : TERRAMIS_OK;
}

enum terramis_status scenarios_run(struct scenarios *scenarios,
                                   const struct scenario_base *base)
{
    struct rescore rescore = {.x = NULL};
    *scenarios = (struct scenarios){.horizon = base->config->planting.horizon};
    struct making m = {.base = base, .horizon = scenarios->horizon};
    enum terramis_status status = make_all(scenarios, &m, &rescore);
    rescore_close(&rescore);
    free(m.anew);
    free(m.memberships);
    return status;
}

void scenarios_release(struct scenarios *scenarios)
{
    for (size_t i = 0; i < scenarios->count; i++) {
        free(scenarios->items[i].parcels);
        free(scenarios->items[i].years);
    }
    free(scenarios->items);
    *scenarios = (struct scenarios){0};
}
