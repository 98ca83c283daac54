#include "output/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "geo/measure.h"

/* A name and what decides who comes first. */
struct named {
    struct map_place place;
    double importance;
    size_t order; /* in the layer, between equals */
};

static int by_importance(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int order =
        (x->importance < y->importance) - (x->importance > y->importance);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

/* In the middle of its largest part; returns the area of that. The middle of
 * lines and points is their middle point. */
static double locate(struct path_range range, double *x, double *y)
{
    const struct paths *paths = range.paths;
    double largest = -1;
    for (size_t i = range.first; i < range.first + range.count; i++) {
        size_t at = (paths->start[i] + paths->start[i + 1]) / 2;
        double px = paths->xy[2 * at], py = paths->xy[2 * at + 1], area = 0;
        if (paths_kind(paths, i) == PATH_SHELL)
            area = measure_area((struct path_range){paths, i, 1}, &px, &py);
        if (area <= largest)
            continue;
        largest = area;
        *x = px;
        *y = py;
    }
    return largest;
}

static enum terramis_status add_places(struct names *names,
                                       const struct vector *vector,
                                       bool has_importance, struct rect extent)
{
    struct named *found = NULL;
    size_t count = 0;
    TRY(mem_new(&found, vector->count, sizeof *found));
    for (size_t i = 0; i < vector->count; i++) {
        const struct feature *f = &vector->features[i];
        if (!f->values[0] || !*f->values[0] || !rect_meets(f->extent, extent))
            continue;
        struct named *n = &found[count++];
        n->place.name = f->values[0];
        n->order = i;
        n->importance =
            locate(vector_paths(vector, i), &n->place.x, &n->place.y);
        if (has_importance &&
            !(f->values[1] && text_to_real(f->values[1], &n->importance)))
            n->importance = -INFINITY;
    }
    if (count > 0)
        qsort(found, count, sizeof *found, by_importance);
    enum terramis_status status =
        mem_new(&names->items, count, sizeof *names->items);
    for (size_t i = 0; i < count && status == TERRAMIS_OK; i++)
        names->items[names->count++] = found[i].place;
    free(found);
    return status;
}

/* A parcel's part in the middle of its commune. */
struct share {
    char code[COMMUNE_CODE];
    double x, y;
};

static int by_code(const void *a, const void *b)
{
    const struct share *p = a, *q = b;
    int order = strcmp(p->code, q->code);
    return order          ? order
           : p->x != q->x ? (p->x > q->x ? 1 : -1)
                          : (p->y > q->y) - (p->y < q->y);
}

static enum terramis_status gather_shares(const struct vector *parcels,
                                          struct rect extent,
                                          struct share **shares, size_t *count)
{
    *count = 0;
    TRY(mem_new(shares, parcels->count, sizeof **shares));
    for (size_t i = 0; i < parcels->count; i++) {
        const struct feature *f = &parcels->features[i];
        struct share *s = &(*shares)[*count];
        if (!rect_meets(f->extent, extent) || !f->values ||
            !commune_code(f->values[0], s->code))
            continue;
        s->x = (f->extent.xmin + f->extent.xmax) / 2;
        s->y = (f->extent.ymin + f->extent.ymax) / 2;
        ++*count;
    }
    if (*count > 0)
        qsort(*shares, *count, sizeof **shares, by_code);
    return TERRAMIS_OK;
}

static enum terramis_status
add_codes(struct names *names, const struct vector *parcels, struct rect extent)
{
    struct share *shares = NULL;
    size_t count;
    enum terramis_status status =
        gather_shares(parcels, extent, &shares, &count);
    if (status == TERRAMIS_OK)
        status = mem_new(&names->codes, count, sizeof *names->codes);
    if (status == TERRAMIS_OK)
        status = mem_new(&names->items, count, sizeof *names->items);
    for (size_t i = 0, next; i < count && status == TERRAMIS_OK; i = next) {
        double x = 0, y = 0;
        for (next = i;
             next < count && strcmp(shares[next].code, shares[i].code) == 0;
             next++) {
            x += shares[next].x;
            y += shares[next].y;
        }
        memcpy(names->codes[names->count], shares[i].code, COMMUNE_CODE);
        names->items[names->count] =
            (struct map_place){x / (double)(next - i), y / (double)(next - i),
                               names->codes[names->count], PLACE_NAME};
        names->count++;
    }
    names->are_codes = names->count > 0;
    free(shares);
    return status;
}

enum terramis_status names_make(struct names *names, const struct plan *plan,
                                struct rect extent)
{
    *names = (struct names){.items = NULL};
    if (plan->config->places.layer.source.text)
        return add_places(names, &plan->places,
                          plan->config->places.importance != NULL, extent);
    return add_codes(names, &plan->parcels, extent);
}

void names_release(struct names *names)
{
    free(names->items);
    free(names->codes);
    *names = (struct names){.items = NULL};
}
