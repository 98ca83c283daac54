/* Sites: plantable parcels that touch (at most 1 m apart) are planted and
 * harvested together; one of which the smaller part can be planted is a site
 * of its own. Union-find over the pairs that the index finds. */
#include <stdlib.h>

#include "base/mem.h"
#include "parcel/sites_draw.h"
#include "parcel/sites_group.h"

static const double touching = 1; /* metres */

static bool is_plantable(const struct parcel *parcel)
{
    return parcel->sums.plantable > 0 && parcel->score == parcel->score;
}

/* A road's verge runs through many parcels and would chain them into one site
 * across the territory: neighbours join where most of each can be planted. */
static bool joins(const struct parcel *parcel, int site)
{
    (void)site; /* none has one yet */
    return is_plantable(parcel) &&
           2 * zonal_area(parcel->sums.plantable) >= parcel->area;
}

/* Finds the groups; afterwards parent[i] is the group's first item. */
static void find_groups(struct sites_group *group)
{
    size_t count = group->parcels->count;
    for (size_t i = 0; i < count; i++)
        group->parent[i] = i;
    for (size_t i = 0; i < count; i++)
        if (joins(&group->parcels->items[i], 0))
            sites_group_join(group, i);
    for (size_t i = 0; i < count; i++)
        group->parent[i] = sites_group_root(group, i);
}

static int compare_sites(const void *a, const void *b)
{
    const struct site *s = a, *t = b;
    if (s->plantable != t->plantable)
        return s->plantable < t->plantable ? 1 : -1;
    return (s->id > t->id) - (s->id < t->id);
}

static int compare_harvests(const void *a, const void *b)
{
    const struct site *s = *(struct site *const *)a;
    const struct site *t = *(struct site *const *)b;
    if (s->tonnage != t->tonnage)
        return s->tonnage < t->tonnage ? 1 : -1;
    return (s->id > t->id) - (s->id < t->id);
}

static enum terramis_status rank_sites(struct sites *sites)
{
    struct site **order;
    TRY(mem_new(&order, sites->count, sizeof(struct site *)));
    for (size_t s = 0; s < sites->count; s++)
        order[s] = &sites->items[s];
    qsort(order, sites->count, sizeof(struct site *), compare_harvests);
    for (size_t s = 0; s < sites->count; s++)
        order[s]->rank = (int)s + 1;
    free(order);
    return TERRAMIS_OK;
}

/* As the summary does: where the parcel's plantable land lies in a catchment.
 */
static void add_nitrate(struct site *site, const struct parcel *parcel)
{
    double ha = zonal_ha(parcel->sums.plantable_kind[KIND_CATCHMENT]);
    if (!(ha > 0) || isnan(parcel->nitrate[0]))
        return;
    for (int i = 0; i < 3; i++)
        site->nitrate[i] = (isnan(site->nitrate[i]) ? 0 : site->nitrate[i]) +
                           parcel->nitrate[i] * ha;
}

static enum terramis_status put_warnings(struct sites *sites,
                                         struct parcels *parcels)
{
    for (size_t s = 0; s < sites->count; s++)
        TRY(warning_texts_of(&parcels->texts, sites->items[s].warnings,
                             &sites->items[s].warning_text));
    return TERRAMIS_OK;
}

/* One site per group, numbered by size; site.id is at first the group. */
static enum terramis_status make_sites(struct sites *sites,
                                       struct parcels *parcels,
                                       const size_t *parent, size_t *number)
{
    size_t room = 0;
    for (size_t i = 0; i < parcels->count; i++) {
        struct parcel *parcel = &parcels->items[i];
        if (!is_plantable(parcel))
            continue;
        if (parent[i] == i) {
            TRY(mem_grow(&sites->items, &room, sites->count,
                         sizeof *sites->items));
            sites->items[sites->count] =
                (struct site){.id = (int)i, .nitrate = {NAN, NAN, NAN}};
            number[i] = sites->count++;
        }
        struct site *site = &sites->items[number[parent[i]]];
        double plantable = zonal_area(parcel->sums.plantable);
        site->parcels++;
        site->plantable += plantable;
        site->score += parcel->score * plantable;
        site->tonnage += parcel->tonnage;
        site->warnings |= parcel->warnings;
        add_nitrate(site, parcel);
    }
    if (sites->count > 0) /* else there is no array */
        qsort(sites->items, sites->count, sizeof *sites->items, compare_sites);
    for (size_t s = 0; s < sites->count; s++) {
        sites->items[s].score /= sites->items[s].plantable;
        number[sites->items[s].id] = s;
        sites->items[s].id = (int)s + 1;
    }
    TRY(put_warnings(sites, parcels));
    return rank_sites(sites);
}

enum terramis_status sites_build(struct sites *sites, struct parcels *parcels,
                                 int threads)
{
    struct sites_group group = {
        .parcels = parcels, .within = touching, .takes = joins};
    size_t *number = NULL;
    *sites = (struct sites){0};
    TRY(mem_new(&group.parent, parcels->count, sizeof *group.parent));
    enum terramis_status status =
        mem_new(&number, parcels->count, sizeof *number);
    if (status == TERRAMIS_OK) {
        find_groups(&group);
        status = make_sites(sites, parcels, group.parent, number);
    }
    for (size_t i = 0; status == TERRAMIS_OK && i < parcels->count; i++)
        if (is_plantable(&parcels->items[i]))
            parcels->items[i].site = (int)number[group.parent[i]] + 1;
    if (status == TERRAMIS_OK)
        status = sites_draw(sites, parcels, group.parent, threads);
    free(number);
    free(group.parent);
    return status;
}

void sites_release(struct sites *sites)
{
    free(sites->items);
    paths_release(&sites->paths);
    *sites = (struct sites){0};
}
