#include "parcel/sources.h"

/* A layer while its features are looked at. */
struct search {
    struct touch *touch;
    const struct vector *vector;
    bool near, found;
    enum terramis_status status;
};

static void find_near(size_t index, void *data)
{
    struct search *s = data;
    s->near =
        s->near ||
        touch_bounds(s->touch, vector_paths(s->vector, index)) != TOUCH_NO;
}

static void find_inside(size_t index, void *data)
{
    struct search *s = data;
    if (s->status == TERRAMIS_OK && !s->found)
        s->status =
            touch_test(s->touch, vector_paths(s->vector, index), &s->found);
}

static bool is_near(struct touch *touch, const struct evidence *evidence)
{
    struct search search = {.touch = touch, .vector = evidence->vector};
    vector_query(search.vector, touch->extent, find_near, &search);
    return search.near;
}

/* Those of one kind. The sums say that some layer of it lies in the parcel:
 * where only one is near, it is that one, and GEOS need not be asked. */
static enum terramis_status find_kind(struct touch *touch,
                                      const struct knowledge *k, int kind,
                                      uint64_t *set)
{
    uint64_t near = 0, inside = 0;
    for (size_t i = 0; i < k->evidence_count; i++)
        if ((int)k->evidence[i].kind == kind && is_near(touch, &k->evidence[i]))
            near |= UINT64_C(1) << sources_bit(i);
    bool single = (near & (near - 1)) == 0 && !(near >> (SOURCES_MAX - 1));
    for (size_t i = 0; i < k->evidence_count && !single; i++) {
        struct search search = {.touch = touch,
                                .vector = k->evidence[i].vector};
        if ((int)k->evidence[i].kind != kind || !sources_has(near, i))
            continue;
        vector_query(search.vector, touch->extent, find_inside, &search);
        TRY(search.status);
        inside |= (uint64_t)search.found << sources_bit(i);
    }
    *set |= inside ? inside : near;
    return TERRAMIS_OK;
}

enum terramis_status sources_find(struct touch *touch, struct parcel *parcel,
                                  const struct knowledge *knowledge)
{
    for (int kind = 0; kind < KIND_COUNT; kind++)
        if (parcel->sums.kind[kind] > 0)
            TRY(find_kind(touch, knowledge, kind, &parcel->sources));
    return TERRAMIS_OK;
}
