#include "output/context.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "output/labels.h"

enum group {
    GROUP_TERRITORY,
    GROUP_WATER,
    GROUP_ROADS,
    GROUP_RAILWAYS,
    GROUP_PLACES,
    GROUP_ALL
};

/* Networks that help to find one's way, by profile; of roads those that link
 * towns: the classes and ranks named here. */
struct network {
    const char *profile;
    enum group group;
    const char *classes; /* "one|other"; NULL: all */
    const char *ranks;   /* of BD TOPO, importance 1 and 2: links of towns */
};

static const struct network networks[] = {
    {"bdtopo-route", GROUP_ROADS, "Type autoroutier|Route à 2 chaussées",
     "1|2"},
    {"osm-roads", GROUP_ROADS, "motorway|trunk|primary", NULL},
    {"bdtopo-voie-ferree", GROUP_RAILWAYS, NULL, NULL}};

static const struct network *network_of(const struct layer_config *layer)
{
    const struct operator* profile = layer->profile.op;
    for (size_t i = 0; profile && i < sizeof networks / sizeof *networks; i++)
        if (text_same(networks[i].profile, profile->name))
            return &networks[i];
    return NULL;
}

static bool starts(const char *text, const char *start)
{
    return text && strncmp(text, start, strlen(start)) == 0;
}

bool context_is_water_layer(const struct layer_config *layer)
{
    const struct operator* profile = layer->profile.op;
    return profile &&
           profile_lists("bdtopo-hydrographie|topage|osm-water", profile->name);
}

bool context_is_water(const struct constraint_config *constraint)
{
    return context_is_water_layer(&constraint->layer) ||
           starts(constraint->id, "eau") || starts(constraint->id, "water") ||
           starts(constraint->id, "rivi") || starts(constraint->id, "river");
}

/* Points nearer than `detail` to the one kept before are left out; rings that
 * nothing is left of go. */
static void thin(struct outline *outline, double detail, bool rings)
{
    double *xy = outline->xy;
    size_t points = 0, parts = 0;
    for (size_t part = 0; part < outline->count; part++) {
        size_t first = outline->start[part], last = outline->start[part + 1];
        size_t begin = points;
        for (size_t i = first; i < last; i++) {
            bool keep = i == first || i + 1 == last ||
                        hypot(xy[2 * i] - xy[2 * points - 2],
                              xy[2 * i + 1] - xy[2 * points - 1]) >= detail;
            if (!keep)
                continue;
            xy[2 * points] = xy[2 * i];
            xy[2 * points + 1] = xy[2 * i + 1];
            points++;
        }
        if (rings && points - begin < 4)
            points = begin; /* a ring repeats its first point */
        else
            outline->start[parts++] = begin;
    }
    outline->count = parts;
    outline->points = points;
    if (outline->start)
        outline->start[parts] = points;
}

/* Appends lines as parts; segments that follow one another stay together. */
static enum terramis_status add_lines(struct outline *lines,
                                      struct path_range geometry)
{
    struct segment_list list = {0};
    enum terramis_status status = segment_list_add(&list, geometry);
    const double *end = NULL;
    for (size_t i = 0; i < list.count && status == TERRAMIS_OK; i++) {
        const double *s = list.ends[i];
        bool joined = end && end[0] == s[0] && end[1] == s[1];
        status = mem_grow(&lines->xy, &lines->xy_room, 2 * lines->points + 4,
                          sizeof *lines->xy);
        if (status == TERRAMIS_OK)
            status = mem_grow(&lines->start, &lines->start_room,
                              lines->count + 2, sizeof *lines->start);
        if (status != TERRAMIS_OK)
            break;
        double *to = lines->xy + 2 * lines->points;
        if (!joined) {
            lines->start[lines->count++] = lines->points;
            memcpy(to, s, 2 * sizeof *s);
            to += 2;
            lines->points++;
        }
        memcpy(to, s + 2, 2 * sizeof *s);
        lines->start[lines->count] = ++lines->points;
        end = s + 2;
    }
    free(list.ends);
    return status;
}

/* The class is the first field that a network's lines are read with, the rank
 * the second. */
static bool is_main(const struct network *network, const char *const *values)
{
    return !network->classes || profile_lists(network->classes, values[0]) ||
           profile_lists(network->ranks, values[1]);
}

bool context_is_main_road(const struct layer_config *network,
                          const char *const *values)
{
    const struct network *known = network_of(network);
    return known && known->group == GROUP_ROADS && is_main(known, values);
}

static enum terramis_status add_network(struct context *context,
                                        const struct marginal_layer *m,
                                        struct rect extent)
{
    const struct network *network = network_of(m->config);
    for (size_t i = 0; network && i < m->vector.count; i++) {
        const struct feature *f = &m->vector.features[i];
        if (rect_meets(f->extent, extent) && is_main(network, f->values))
            TRY(add_lines(&context->groups[network->group],
                          vector_paths(&m->vector, i)));
    }
    return TERRAMIS_OK;
}

/* The constraints' areas overlap one another: here is their union. */
static enum terramis_status unite_water(struct context *context,
                                        struct plan *plan, struct rect extent)
{
    const struct constraint_config *configs = plan->config->constraints.items;
    struct area_set set = {0};
    GEOSGeometry *water = NULL;
    TRY(mem_new(&set.vectors, plan->constraint_count,
                sizeof(const struct vector *)));
    for (size_t i = 0; i < plan->config->constraints.count; i++)
        if (context_is_water(&configs[i]))
            set.vectors[set.count++] = &plan->constraints[i].vector;
    enum terramis_status status =
        area_set_union(&set, &plan->geos, extent, &water);
    if (status == TERRAMIS_OK && water)
        status = outline_add(&context->groups[GROUP_WATER], &plan->geos, water);
    GEOSGeom_destroy_r(plan->geos.context, water);
    free(set.vectors);
    return status;
}

static enum terramis_status add_areas(struct outline *outline,
                                      const struct vector *vector,
                                      struct rect extent)
{
    for (size_t i = 0; i < vector->count; i++)
        if (rect_meets(vector->features[i].extent, extent))
            TRY(outline_add_paths(outline, vector_paths(vector, i)));
    return TERRAMIS_OK;
}

static enum terramis_status
add_water(struct context *context, const struct plan *plan, struct rect extent)
{
    const struct constraint_config *configs = plan->config->constraints.items;
    for (size_t i = 0; i < plan->config->constraints.count; i++)
        if (context_is_water(&configs[i]))
            TRY(add_areas(&context->groups[GROUP_WATER],
                          &plan->constraints[i].vector, extent));
    return TERRAMIS_OK;
}

static enum terramis_status gather(struct context *context, struct plan *plan,
                                   struct rect extent, bool unite)
{
    if (unite)
        TRY(unite_water(context, plan, extent));
    else
        TRY(add_water(context, plan, extent));
    TRY(add_areas(&context->groups[GROUP_PLACES], &plan->places, extent));
    for (size_t i = 0; i < plan->marginal_count; i++)
        if (plan->marginal[i].is_network)
            TRY(add_network(context, &plan->marginal[i], extent));
    return TERRAMIS_OK;
}

static void add_layer(struct context *context, enum group group,
                      struct map_layer style)
{
    const struct outline *outline = &context->groups[group];
    if (outline->count == 0)
        return;
    style.xy = outline->xy;
    style.start = outline->start;
    style.count = outline->count;
    context->layers[context->count++] = style;
}

/* The places are areas, such as communes, where they have borders. */
static void add_layers(struct context *context, const struct plan *plan)
{
    int language = plan->config->language;
    const char *places = plan->config->places.layer.title;
    add_layer(
        context, GROUP_TERRITORY,
        (struct map_layer){.closed = true, .below = true, .fill = 0xffffffff});
    add_layer(
        context, GROUP_PLACES,
        (struct map_layer){
            .closed = true,
            .below = true,
            .stroke = 0xffa9a092,
            .width_mm = 0.15,
            .dash_mm = 0.8,
            .label = places ? places : label_text(LABEL_COMMUNES, language)});
    add_layer(context, GROUP_WATER,
              (struct map_layer){.closed = true,
                                 .below = true,
                                 .overlapping = true,
                                 .fill = 0xffa3cbe6,
                                 .stroke = 0xffa3cbe6,
                                 .width_mm = 0.15,
                                 .label = label_text(LABEL_WATER, language)});
    add_layer(
        context, GROUP_ROADS,
        (struct map_layer){.below = true,
                           .stroke = 0xff7a7a7a,
                           .width_mm = 0.35,
                           .label = label_text(LABEL_MAIN_ROADS, language)});
    add_layer(
        context, GROUP_RAILWAYS,
        (struct map_layer){.below = true,
                           .stroke = 0xff6d6d6d,
                           .width_mm = 0.3,
                           .dash_mm = 1.2,
                           .label = label_text(LABEL_RAILWAYS, language)});
    add_layer(
        context, GROUP_TERRITORY,
        (struct map_layer){.closed = true,
                           .stroke = 0xff333333,
                           .width_mm = 0.5,
                           .label = label_text(LABEL_TERRITORY, language)});
}

enum terramis_status context_add_all(struct context *context,
                                     const struct plan *plan)
{
    const double parts = 400;
    struct outline *all = &context->groups[GROUP_ALL];
    for (size_t i = 0; i < plan->territory_count && plan->territory_count > 1;
         i++)
        TRY(outline_add_paths(all, territory_range(&plan->territories[i])));
    struct rect e = plan->area;
    thin(all, fmax(e.xmax - e.xmin, e.ymax - e.ymin) / parts, true);
    context->all = (struct map_layer){.xy = all->xy,
                                      .start = all->start,
                                      .count = all->count,
                                      .closed = true};
    return TERRAMIS_OK;
}

enum terramis_status context_make(struct context *context, struct plan *plan,
                                  const struct territory *const *territories,
                                  size_t count, struct rect extent,
                                  double detail, bool unite)
{
    *context = (struct context){.count = 0};
    for (size_t i = 0; i < count; i++)
        TRY(outline_add_paths(&context->groups[GROUP_TERRITORY],
                              territory_range(territories[i])));
    TRY(gather(context, plan, extent, unite));
    for (int g = 0; g < GROUP_ALL; g++)
        thin(&context->groups[g], detail,
             g != GROUP_ROADS && g != GROUP_RAILWAYS);
    add_layers(context, plan);
    return TERRAMIS_OK;
}

void context_release(struct context *context)
{
    for (int g = 0; g < CONTEXT_GROUPS; g++)
        outline_release(&context->groups[g]);
    *context = (struct context){.count = 0};
}
