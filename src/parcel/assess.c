#include "parcel/assess.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tile/tasks.h"

/* Borders drawn at different precision overlap: a layer counts where it comes
 * further than this into the parcel, metres. */
static const double sliver = 0.1;

/* Mean membership at or below which a factor is a lack to warn of; halves of
 * the land that count as all of it. */
static const double poor = 0.3, half = 0.5;

/* A parcel while the layers are looked at. */
struct look {
    struct geos *geos;
    const struct config *config;
    struct parcel *parcel;
    const GEOSGeometry *geometry;
    const GEOSPreparedGeometry *prepared; /* less the slivers */
    struct rect extent;
    double content[METAL_COUNT]; /* the worst of the samples; NAN */
    bool sampled, state, history;
    double cover[COVER_UNKNOWN + 1]; /* m2, planar */
    GEOSGeometry **strips;           /* parts of corridors in the parcel */
    size_t strip_count, strip_room;
    const struct evidence *evidence; /* the layer looked at */
    const struct vector *vector;
    bool found; /* nothing more to learn from this layer */
    enum terramis_status status;
};

enum crop_use use_of_soil(const struct pollution_config *config,
                          const double content[METAL_COUNT])
{
    const int presets[] = {[USE_MATERIAL] = config->material,
                           [USE_COMBUSTION] = config->combustion,
                           [USE_ANY] = config->bedding};
    enum crop_use use = USE_ANY;
    for (int m = 0; m < METAL_COUNT; m++)
        while (use > USE_NONE &&
               content[m] > threshold_limit(presets[use], (enum metal)m))
            use--;
    return use;
}

double strip_length(double area, double perimeter)
{
    double square = perimeter * perimeter - 16 * area;
    return (perimeter + sqrt(square > 0 ? square : 0)) / 4;
}

/* The part of a feature in the parcel; NULL: none, or after a failure. */
static GEOSGeometry *shared_part(struct look *l, size_t index)
{
    GEOSContextHandle_t c = l->geos->context;
    const GEOSGeometry *feature = l->vector->features[index].geometry;
    if (GEOSPreparedIntersects_r(c, l->prepared, feature) != 1)
        return NULL;
    if (GEOSPreparedContains_r(c, l->prepared, feature) == 1)
        return GEOSGeom_clone_r(c, feature);
    GEOSGeometry *part = GEOSIntersection_r(c, l->geometry, feature);
    l->status = geos_check(l->geos, part, N_("parcel and layer"));
    return part;
}

static double area_of(struct look *l, const GEOSGeometry *part)
{
    double area = 0;
    if (part)
        GEOSArea_r(l->geos->context, part, &area);
    return area;
}

static void learn_soil(struct look *l, size_t index)
{
    for (int m = 0; m < METAL_COUNT; m++) {
        double content = evidence_content(l->evidence, index, (enum metal)m);
        if (isnan(content))
            continue;
        l->sampled = true;
        l->content[m] =
            isnan(l->content[m]) ? content : fmax(l->content[m], content);
    }
    if (l->evidence->role == EVIDENCE_HISTORY)
        l->history = true;
    else
        l->state = true;
    l->found = !l->evidence->sampled;
}

static void learn_water(struct look *l, size_t index)
{
    enum perimeter perimeter = evidence_perimeter(l->evidence, index);
    if (perimeter == PERIMETER_IMMEDIATE)
        l->parcel->warnings |= warning_bit(WARN_PPI);
    if (perimeter == PERIMETER_CLOSE)
        l->parcel->warnings |= warning_bit(WARN_PPR);
    l->found = l->evidence->role != EVIDENCE_PERIMETER;
}

/* Parcels that only their right-of-way makes plantable are measured. */
static bool only_strips(const struct look *l)
{
    const struct zonal_sums *s = &l->parcel->sums;
    return s->plantable_kind[KIND_RIGHT_OF_WAY] >= s->plantable;
}

static void learn_network(struct look *l, size_t index)
{
    if (l->evidence->role == EVIDENCE_NETWORK)
        l->parcel->warnings |= warning_bit(l->evidence->warning);
    l->found = !only_strips(l);
    if (l->found)
        return;
    l->status = mem_grow(&l->strips, &l->strip_room, l->strip_count,
                         sizeof(GEOSGeometry *));
    GEOSGeometry *part =
        l->status == TERRAMIS_OK ? shared_part(l, index) : NULL;
    if (part)
        l->strips[l->strip_count++] = part;
}

static void look_at(size_t index, void *data)
{
    struct look *l = data;
    const GEOSGeometry *feature = l->vector->features[index].geometry;
    if (l->status != TERRAMIS_OK || l->found ||
        GEOSPreparedIntersects_r(l->geos->context, l->prepared, feature) != 1)
        return;
    if (l->evidence->kind == KIND_POLLUTED_SOIL)
        learn_soil(l, index);
    else if (l->evidence->kind == KIND_CATCHMENT)
        learn_water(l, index);
    else
        learn_network(l, index);
}

static void add_cover(size_t index, void *data)
{
    struct look *l = data;
    if (l->status != TERRAMIS_OK)
        return;
    const char **values = l->vector->features[index].values;
    GEOSGeometry *part = shared_part(l, index);
    l->cover[cover_kind_of(values[0], values[1])] += area_of(l, part);
    if (part)
        GEOSGeom_destroy_r(l->geos->context, part);
}

static void judge_soil(struct look *l)
{
    struct parcel *p = l->parcel;
    if (l->sampled) {
        p->basis = BASIS_SAMPLED;
        p->use = use_of_soil(&l->config->pollution, l->content);
        for (int m = 0; m < METAL_COUNT; m++)
            if (isnan(l->content[m]))
                p->warnings |= warning_bit(WARN_PARTLY_SAMPLED);
        if (p->use == USE_NONE)
            p->warnings |= warning_bit(WARN_BEYOND_THRESHOLD);
        return;
    }
    p->warnings |= warning_bit(WARN_SAMPLE);
    if (l->history)
        p->warnings |= warning_bit(WARN_HISTORY);
    if (l->history && !l->state) { /* a suspicion: the ash tells */
        p->basis = BASIS_HISTORY;
        p->use = USE_COMBUSTION;
    }
}

static enum terramis_status judge_water(struct look *l,
                                        const struct knowledge *k)
{
    struct parcel *p = l->parcel;
    double known = 0;
    for (size_t i = 0; i < k->cover_count; i++) {
        l->vector = &k->covers[i].vector;
        vector_query(l->vector, l->geos, l->extent, add_cover, l);
        TRY(l->status);
    }
    for (int i = 0; i < COVER_UNKNOWN; i++)
        known += l->cover[i];
    double whole = area_of(l, l->geometry);
    if (k->cover_count > 0)
        p->arable = fmin(1, l->cover[COVER_ARABLE] / whole);
    cover_nitrate(&l->config->nitrate, p->arable, p->nitrate);
    p->warnings |= warning_bit(WARN_FIRST_WINTER);
    if (k->cover_count == 0 || known < half * whole)
        p->warnings |= warning_bit(WARN_COVER_UNKNOWN);
    if (l->cover[COVER_GREEN] >= half * whole)
        p->warnings |= warning_bit(WARN_GRASSLAND);
    return TERRAMIS_OK;
}

/* Only where nothing else makes the parcel plantable: then its plantable land
 * is a strip as long as the corridors in it. */
static enum terramis_status judge_strip(struct look *l)
{
    const struct zonal_sums *s = &l->parcel->sums;
    GEOSGeometry *strip = NULL;
    double length = 0;
    size_t count = l->strip_count;
    l->strip_count = 0; /* geos_union() consumes them */
    if (count == 1)
        strip = l->strips[0];
    else
        TRY(geos_union(l->geos, l->strips, count, &strip));
    GEOSLength_r(l->geos->context, strip, &length);
    length = strip_length(area_of(l, strip), length);
    GEOSGeom_destroy_r(l->geos->context, strip);
    if (length > 0 &&
        zonal_area(s->plantable) < l->config->parcels.min_width * length)
        l->parcel->warnings |= warning_bit(WARN_NARROW);
    return TERRAMIS_OK;
}

static enum terramis_status judge(struct look *l, const struct knowledge *k)
{
    const struct zonal_sums *s = &l->parcel->sums;
    for (size_t i = 0; i < k->evidence_count; i++) {
        l->evidence = &k->evidence[i];
        l->vector = l->evidence->vector;
        l->found = false;
        if (s->plantable_kind[l->evidence->kind] > 0)
            vector_query(l->vector, l->geos, l->extent, look_at, l);
        TRY(l->status);
    }
    if (s->plantable_kind[KIND_POLLUTED_SOIL] > 0)
        judge_soil(l);
    if (s->plantable_kind[KIND_CATCHMENT] > 0)
        TRY(judge_water(l, k));
    if (only_strips(l) && l->strip_count > 0)
        TRY(judge_strip(l));
    return TERRAMIS_OK;
}

/* A factor of that limitation is bad on the parcel. */
static bool lacks(const struct look *l, char letter)
{
    const struct factor_config *factors = l->config->factors.items;
    for (size_t f = 0; f < l->config->factors.count; f++)
        if (limitation_names[factors[f].limitation][0] == letter &&
            factors[f].limitation > 0 &&
            parcel_membership(l->parcel, f) <= poor)
            return true;
    return false;
}

static void warn_of_soil(struct look *l)
{
    if (l->parcel->sums.plantable_kind[KIND_CATCHMENT] > 0 && lacks(l, 'r'))
        l->parcel->warnings |= warning_bit(WARN_SHALLOW);
    if (lacks(l, 'w'))
        l->parcel->warnings |= warning_bit(WARN_WET);
}

/* The parcel less a rim; itself where it is all rim. */
static enum terramis_status make_core(struct look *l, GEOSGeometry **core)
{
    GEOSContextHandle_t c = l->geos->context;
    *core = GEOSBuffer_r(c, l->geometry, -sliver, 1);
    TRY(geos_check(l->geos, *core, N_("parcel")));
    if (GEOSisEmpty_r(c, *core) == 1) {
        GEOSGeom_destroy_r(c, *core);
        *core = GEOSGeom_clone_r(c, l->geometry);
    }
    l->prepared = GEOSPrepare_r(c, *core);
    return geos_check(l->geos, l->prepared, N_("parcel"));
}

static enum terramis_status assess(struct look *l, const struct parcels *all,
                                   const struct knowledge *knowledge)
{
    GEOSContextHandle_t c = l->geos->context;
    const struct feature *f = &all->vector->features[l->parcel->feature];
    GEOSGeometry *core = NULL;
    l->geometry = f->geometry;
    l->extent = f->extent;
    for (int m = 0; m < METAL_COUNT; m++)
        l->content[m] = NAN;
    enum terramis_status status = make_core(l, &core);
    if (status == TERRAMIS_OK)
        status = judge(l, knowledge);
    if (l->prepared)
        GEOSPreparedGeom_destroy_r(c, l->prepared);
    if (core)
        GEOSGeom_destroy_r(c, core);
    for (size_t i = 0; i < l->strip_count; i++)
        GEOSGeom_destroy_r(c, l->strips[i]);
    warn_of_soil(l);
    return status;
}

/* A thread's share of the parcels: first, first + step, ... Neighbours in the
 * file are alike, so each gets some of every kind. */
struct share {
    struct parcels *parcels;
    const struct config *config;
    const struct knowledge *known;
    size_t first, step;
};

static enum terramis_status assess_share(const struct share *share,
                                         struct geos *geos)
{
    GEOSGeometry **strips = NULL;
    size_t room = 0;
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = share->first;
         i < share->parcels->count && status == TERRAMIS_OK; i += share->step) {
        struct parcel *p = &share->parcels->items[i];
        if (p->use == USE_NONE) /* nothing plantable */
            continue;
        struct look l = {.geos = geos,
                         .config = share->config,
                         .parcel = p,
                         .strips = strips,
                         .strip_room = room};
        status = assess(&l, share->parcels, share->known);
        strips = l.strips;
        room = l.strip_room;
    }
    free(strips);
    return status;
}

static enum terramis_status run_share(void *data)
{
    struct geos geos;
    TRY(geos_open(&geos));
    enum terramis_status status = assess_share(data, &geos);
    geos_close(&geos);
    return status;
}

enum terramis_status parcels_assess(struct parcels *parcels,
                                    const struct config *config,
                                    const struct knowledge *knowledge,
                                    int threads)
{
    struct share shares[TASKS_MAX];
    struct task tasks[TASKS_MAX];
    size_t count = threads < 1           ? 1
                   : threads < TASKS_MAX ? (size_t)threads
                                         : TASKS_MAX;
    for (size_t i = 0; i < count; i++) {
        shares[i] = (struct share){parcels, config, knowledge, i, count};
        tasks[i] = (struct task){.run = run_share, .data = &shares[i]};
    }
    TRY(tasks_run(tasks, count, (int)count));
    parcels->texts.language = config->language;
    for (size_t i = 0; i < parcels->count; i++)
        TRY(warning_texts_of(&parcels->texts, parcels->items[i].warnings,
                             &parcels->items[i].warning_text));
    return TERRAMIS_OK;
}
