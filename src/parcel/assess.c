#include "parcel/assess.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "parcel/sources.h"
#include "parcel/touch.h"
#include "tile/tasks.h"

/* Mean membership at or below which a factor is a lack to warn of; halves of
 * the land that count as all of it. */
static const double poor = 0.3, half = 0.5;

/* A parcel while the layers are looked at. */
struct look {
    struct touch *touch;
    const struct config *config;
    struct parcel *parcel;
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

static double area_of(struct look *l, const GEOSGeometry *part)
{
    double area = 0;
    if (part)
        GEOSArea_r(l->touch->geos.context, part, &area);
    return area;
}

static void learn_soil(struct look *l, size_t index)
{
    for (int m = 0; l->evidence->sampled && m < METAL_COUNT; m++) {
        double content = evidence_content(l->evidence, index, (enum metal)m);
        if (isnan(content))
            continue;
        l->sampled = true;
        l->parcel->content[m] = fmax(l->parcel->content[m], content);
    }
    if (l->evidence->role == EVIDENCE_HISTORY)
        l->history = true;
    else
        l->state = true;
    l->found = !l->evidence->sampled;
}

static void learn_water(struct look *l, size_t index)
{
    enum perimeter perimeter = l->evidence->role == EVIDENCE_PERIMETER
                                   ? evidence_perimeter(l->evidence, index)
                                   : PERIMETER_NONE;
    if (perimeter == PERIMETER_IMMEDIATE)
        l->parcel->warnings |= warning_bit(WARN_PPI);
    if (perimeter == PERIMETER_CLOSE)
        l->parcel->warnings |= warning_bit(WARN_PPR);
    l->found = l->evidence->role != EVIDENCE_PERIMETER;
}

/* What a feature of the layer says, or any of them where all say the same. */
static void learn(struct look *l, size_t index)
{
    if (l->evidence->kind == KIND_POLLUTED_SOIL)
        learn_soil(l, index);
    else if (l->evidence->kind == KIND_CATCHMENT)
        learn_water(l, index);
    else if (l->evidence->role == EVIDENCE_NETWORK)
        l->parcel->warnings |= warning_bit(l->evidence->warning);
    l->found = l->found || l->evidence->kind == KIND_RIGHT_OF_WAY;
}

static void look_at(size_t index, void *data)
{
    struct look *l = data;
    bool yes = false;
    if (l->status == TERRAMIS_OK && !l->found)
        l->status = touch_test(l->touch, vector_paths(l->vector, index), &yes);
    if (yes)
        learn(l, index);
}

/* The sums tell that some layer of the kind lies in the parcel. A layer speaks
 * for all `among` these where they say the same; NULL: they do not. */
static const struct evidence *speaker(const struct knowledge *k,
                                      enum marginal_kind kind, uint64_t among)
{
    const struct evidence *one = NULL;
    for (size_t i = 0; i < k->evidence_count; i++) {
        const struct evidence *e = &k->evidence[i];
        if (e->kind != kind || !sources_has(among, i))
            continue;
        int saying = evidence_saying(e);
        if (saying < 0 || (one && saying != evidence_saying(one)))
            return NULL;
        one = e;
    }
    return one;
}

static enum terramis_status
ask_layers(struct look *l, const struct knowledge *k, enum marginal_kind kind)
{
    if (l->parcel->sums.plantable_kind[kind] <= 0)
        return TERRAMIS_OK;
    l->evidence = speaker(k, kind, UINT64_MAX);
    if (!l->evidence)
        l->evidence = speaker(k, kind, l->parcel->sources);
    if (l->evidence) {
        learn(l, 0);
        return TERRAMIS_OK;
    }
    for (size_t i = 0; i < k->evidence_count; i++) {
        l->evidence = &k->evidence[i];
        l->vector = l->evidence->vector;
        l->found = false;
        if (l->evidence->kind == kind && sources_has(l->parcel->sources, i))
            vector_query(l->vector, l->touch->extent, look_at, l);
        TRY(l->status);
    }
    return TERRAMIS_OK;
}

static void add_cover(size_t index, void *data)
{
    struct look *l = data;
    GEOSGeometry *part = NULL;
    if (l->status == TERRAMIS_OK)
        l->status = touch_part(l->touch, vector_paths(l->vector, index), &part);
    if (!part)
        return;
    const char **values = l->vector->features[index].values;
    l->cover[cover_kind_of(values[0], values[1])] += area_of(l, part);
    GEOSGeom_destroy_r(l->touch->geos.context, part);
}

static enum terramis_status sum_covers(struct look *l,
                                       const struct knowledge *k, double *whole)
{
    const GEOSGeometry *geometry;
    for (size_t i = 0; i < k->cover_count; i++) {
        l->vector = &k->covers[i].vector;
        vector_query(l->vector, l->touch->extent, add_cover, l);
        TRY(l->status);
    }
    TRY(touch_whole(l->touch, &geometry));
    *whole = area_of(l, geometry);
    l->parcel->arable = fmin(1, l->cover[COVER_ARABLE] / *whole);
    return TERRAMIS_OK;
}

static void judge_soil(struct look *l)
{
    struct parcel *p = l->parcel;
    if (l->sampled) {
        p->basis = BASIS_SAMPLED;
        p->use = use_of_soil(&l->config->pollution, p->content);
        for (int m = 0; m < METAL_COUNT; m++)
            if (isnan(p->content[m]))
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
    double known = 0, whole = 0;
    if (k->cover_count > 0)
        TRY(sum_covers(l, k, &whole));
    for (int i = 0; i < COVER_UNKNOWN; i++)
        known += l->cover[i];
    cover_nitrate(&l->config->nitrate, p->arable, p->nitrate);
    p->warnings |= warning_bit(WARN_FIRST_WINTER);
    if (k->cover_count == 0 || known < half * whole)
        p->warnings |= warning_bit(WARN_COVER_UNKNOWN);
    if (k->cover_count > 0 && l->cover[COVER_GREEN] >= half * whole)
        p->warnings |= warning_bit(WARN_GRASSLAND);
    return TERRAMIS_OK;
}

static void add_strip(size_t index, void *data)
{
    struct look *l = data;
    GEOSGeometry *part = NULL;
    if (l->status == TERRAMIS_OK)
        l->status = mem_grow(&l->strips, &l->strip_room, l->strip_count,
                             sizeof(GEOSGeometry *));
    if (l->status == TERRAMIS_OK)
        l->status = touch_part(l->touch, vector_paths(l->vector, index), &part);
    if (part)
        l->strips[l->strip_count++] = part;
}

/* Of the parts that add_strip() found, which it consumes. */
static enum terramis_status measure_strip(struct look *l)
{
    GEOSContextHandle_t c = l->touch->geos.context;
    GEOSGeometry *strip = NULL;
    double length = 0;
    size_t count = l->strip_count;
    l->strip_count = 0; /* geos_union() consumes them */
    TRY(geos_union(&l->touch->geos, l->strips, count, &strip));
    GEOSLength_r(c, strip, &length);
    length = strip_length(area_of(l, strip), length);
    GEOSGeom_destroy_r(c, strip);
    if (length > 0 && zonal_area(l->parcel->sums.plantable) <
                          l->config->parcels.min_width * length)
        l->parcel->warnings |= warning_bit(WARN_NARROW);
    return TERRAMIS_OK;
}

/* Only where nothing else makes the parcel plantable: then its plantable land
 * is a strip as long as the corridors in it. */
static enum terramis_status judge_strip(struct look *l,
                                        const struct knowledge *k)
{
    const struct zonal_sums *s = &l->parcel->sums;
    if (!(l->config->parcels.min_width > 0) ||
        s->plantable_kind[KIND_RIGHT_OF_WAY] < s->plantable)
        return TERRAMIS_OK;
    for (size_t i = 0; i < k->evidence_count; i++) {
        l->vector = k->evidence[i].vector;
        if (k->evidence[i].kind == KIND_RIGHT_OF_WAY)
            vector_query(l->vector, l->touch->extent, add_strip, l);
        TRY(l->status);
    }
    return l->strip_count > 0 ? measure_strip(l) : TERRAMIS_OK;
}

static enum terramis_status judge(struct look *l, const struct knowledge *k)
{
    const struct zonal_sums *s = &l->parcel->sums;
    for (int kind = 0; kind < KIND_COUNT; kind++)
        TRY(ask_layers(l, k, (enum marginal_kind)kind));
    if (s->plantable_kind[KIND_POLLUTED_SOIL] > 0)
        judge_soil(l);
    if (s->plantable_kind[KIND_CATCHMENT] > 0)
        TRY(judge_water(l, k));
    return judge_strip(l, k);
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

/* A thread's share of the parcels: first, first + step, ... Neighbours in the
 * file are alike, so each gets some of every kind. */
struct share {
    struct parcels *parcels;
    const struct config *config;
    const struct knowledge *known;
    size_t first, step;
};

static enum terramis_status assess(struct look *l, struct parcel *p,
                                   const struct share *share)
{
    *l = (struct look){.touch = l->touch,
                       .config = share->config,
                       .parcel = p,
                       .strips = l->strips,
                       .strip_room = l->strip_room};
    for (int m = 0; m < METAL_COUNT; m++)
        p->content[m] = NAN;
    TRY(judge(l, share->known));
    warn_of_soil(l);
    return TERRAMIS_OK;
}

static enum terramis_status run_share(void *data)
{
    const struct share *share = data;
    const struct vector *parcels = share->parcels->vector;
    struct touch touch = {.geos = {0}};
    struct look look = {.touch = &touch};
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = share->first;
         i < share->parcels->count && status == TERRAMIS_OK; i += share->step) {
        struct parcel *p = &share->parcels->items[i];
        touch_begin(&touch, vector_paths(parcels, p->feature),
                    parcels->features[p->feature].extent);
        status = sources_find(&touch, p, share->known);
        if (status == TERRAMIS_OK && p->sums.plantable > 0 &&
            p->use != USE_NONE)
            status = assess(&look, p, share);
    }
    for (size_t i = 0; i < look.strip_count; i++) /* after a failure */
        GEOSGeom_destroy_r(touch.geos.context, look.strips[i]);
    free(look.strips);
    touch_close(&touch);
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
