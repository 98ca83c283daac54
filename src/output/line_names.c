#include "output/line_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "output/context.h"

struct line_piece {
    enum map_line_kind kind;
    const char *name;
    const double *xy; /* of the layer */
    size_t points;
    bool area; /* of water: its outline */
    bool used;
    size_t order; /* between pieces of one name */
};

/* An end of a piece of the name at hand. */
struct line_end {
    double x, y;
    size_t piece;
    bool last; /* its last point */
};

/* OSM gives all numbers of a road, "A 13;E 46": the first is the one on the
 * signs. *name NULL: no name. */
static enum terramis_status clean_name(struct line_names *names,
                                       const char *text, const char *nulls,
                                       char **name)
{
    size_t length = strcspn(text, ";");
    *name = NULL;
    while (length > 0 && text[length - 1] == ' ')
        length--;
    if (length == 0 || length > LINE_NAME_LONGEST || profile_lists(nulls, text))
        return TERRAMIS_OK;
    *name = arena_text(&names->arena, text);
    if (!*name)
        return status_no_memory();
    (*name)[length] = '\0';
    return TERRAMIS_OK;
}

static enum terramis_status add_feature(struct line_names *names,
                                        struct path_range range,
                                        enum map_line_kind kind,
                                        const char *name)
{
    for (size_t i = range.first; i < range.first + range.count; i++) {
        const struct paths *paths = range.paths;
        enum path_kind path = paths_kind(paths, i);
        if (path != PATH_LINE && path != PATH_SHELL)
            continue;
        TRY(mem_grow(&names->pieces, &names->piece_room, names->piece_count,
                     sizeof *names->pieces));
        names->pieces[names->piece_count] =
            (struct line_piece){.kind = kind,
                                .name = name,
                                .xy = paths->xy + 2 * paths->start[i],
                                .points = paths->start[i + 1] - paths->start[i],
                                .area = path == PATH_SHELL,
                                .order = names->piece_count};
        names->piece_count++;
    }
    return TERRAMIS_OK;
}

static enum terramis_status add_vector(struct line_names *names,
                                       const struct vector *vector, int value,
                                       enum map_line_kind kind,
                                       struct rect extent)
{
    const struct profile *profile =
        vector->config ? profile_of(&vector->config->profile) : NULL;
    for (size_t i = 0; profile && i < vector->count; i++) {
        const struct feature *f = &vector->features[i];
        if (!f->values[value] || !rect_meets(f->extent, extent) ||
            (kind == LINE_ROAD &&
             !context_is_main_road(vector->config, f->values)))
            continue;
        char *name;
        TRY(clean_name(names, f->values[value], profile->nulls, &name));
        if (name)
            TRY(add_feature(names, vector_paths(vector, i), kind, name));
    }
    return TERRAMIS_OK;
}

/* Roads by the networks whose profile context.c knows as roads; of the other
 * networks only canals have names. */
static enum terramis_status gather(struct line_names *names,
                                   const struct plan *plan, struct rect extent)
{
    const struct constraint_config *configs = plan->config->constraints.items;
    for (size_t i = 0; i < plan->config->constraints.count; i++)
        if (context_is_water(&configs[i]))
            TRY(add_vector(names, &plan->constraints[i].named, 0, LINE_WATER,
                           extent));
    for (size_t i = 0; i < plan->marginal_count; i++) {
        const struct marginal_layer *m = &plan->marginal[i];
        const struct profile *profile = profile_of(&m->config->profile);
        if (!m->is_network || !profile->label)
            continue;
        TRY(add_vector(names, &m->vector, NETWORK_LABEL,
                       context_is_water_layer(m->config) ? LINE_WATER
                                                         : LINE_ROAD,
                       extent));
    }
    return TERRAMIS_OK;
}

static int by_name(const void *a, const void *b)
{
    const struct line_piece *x = a, *y = b;
    int order = (x->kind > y->kind) - (x->kind < y->kind);
    if (order == 0)
        order = strcmp(x->name, y->name);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static int by_place(const void *a, const void *b)
{
    const struct line_end *p = a, *q = b;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    if (p->y != q->y)
        return p->y < q->y ? -1 : 1;
    if (p->piece != q->piece)
        return p->piece < q->piece ? -1 : 1;
    return p->last - q->last;
}

/* A piece that goes on at `x`, `y`; NULL: none. Of a knot of many ends only
 * some are looked at. */
static const struct line_end *find_end(const struct line_piece *pieces,
                                       const struct line_end *ends,
                                       size_t count, double x, double y)
{
    const size_t most = 16;
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ends[middle].x < x || (ends[middle].x == x && ends[middle].y < y))
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low;
         i < count && i < low + most && ends[i].x == x && ends[i].y == y; i++)
        if (!pieces[ends[i].piece].used)
            return &ends[i];
    return NULL;
}

/* A growing line; the first piece's way round is that of the name. */
struct chain {
    double *xy;
    size_t points, room;
};

static enum terramis_status
extend(struct chain *chain, const struct line_piece *piece, bool backwards)
{
    size_t skip = chain->points > 0; /* the point that both share */
    TRY(mem_grow(&chain->xy, &chain->room, 2 * (chain->points + piece->points),
                 sizeof *chain->xy));
    for (size_t i = skip; i < piece->points; i++) {
        const double *from =
            piece->xy + 2 * (backwards ? piece->points - 1 - i : i);
        memcpy(chain->xy + 2 * chain->points++, from, 2 * sizeof *from);
    }
    return TERRAMIS_OK;
}

static void turn(struct chain *chain)
{
    for (size_t i = 0, j = chain->points; i + 1 < j; i++) {
        double point[2];
        j--;
        memcpy(point, chain->xy + 2 * i, sizeof point);
        memcpy(chain->xy + 2 * i, chain->xy + 2 * j, sizeof point);
        memcpy(chain->xy + 2 * j, point, sizeof point);
    }
}

/* All that joins the piece, first at its end, then at its beginning. */
static enum terramis_status follow(struct chain *chain,
                                   struct line_piece *pieces, size_t first,
                                   const struct line_end *ends, size_t count)
{
    chain->points = 0;
    pieces[first].used = true;
    TRY(extend(chain, &pieces[first], false));
    for (int side = 0; side < 2; side++) {
        const struct line_end *next;
        const double *last;
        while (last = chain->xy + 2 * chain->points - 2,
               next = find_end(pieces, ends, count, last[0], last[1])) {
            pieces[next->piece].used = true;
            TRY(extend(chain, &pieces[next->piece], next->last));
        }
        turn(chain);
    }
    return TERRAMIS_OK;
}

static enum terramis_status keep(struct line_names *names,
                                 const struct chain *chain,
                                 const struct line_piece *piece, bool wide)
{
    double *xy =
        arena_alloc(&names->arena, 2 * chain->points, sizeof *chain->xy);
    if (!xy)
        return status_no_memory();
    memcpy(xy, chain->xy, 2 * chain->points * sizeof *xy);
    names->items[names->count++] = (struct map_line){.xy = xy,
                                                     .points = chain->points,
                                                     .name = piece->name,
                                                     .kind = piece->kind,
                                                     .wide = wide};
    return TERRAMIS_OK;
}

/* The lines of one name from its pieces. An area of that name says that the
 * lines are its axis; they lie in it. */
static enum terramis_status join(struct line_names *names,
                                 struct line_piece *pieces, size_t count,
                                 struct line_end *ends, struct chain *chain)
{
    size_t end_count = 0;
    bool wide = false;
    for (size_t i = 0; i < count; i++) {
        const struct line_piece *p = &pieces[i];
        const double *last = p->xy + 2 * p->points - 2;
        wide = wide || p->area;
        if (p->area)
            continue;
        ends[end_count++] = (struct line_end){p->xy[0], p->xy[1], i, false};
        ends[end_count++] = (struct line_end){last[0], last[1], i, true};
    }
    if (end_count > 0)
        qsort(ends, end_count, sizeof *ends, by_place);
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].used || pieces[i].area)
            continue;
        TRY(follow(chain, pieces, i, ends, end_count));
        TRY(keep(names, chain, &pieces[i], wide));
    }
    return TERRAMIS_OK;
}

static double length_of(const struct map_line *line)
{
    double length = 0;
    for (size_t i = 1; i < line->points; i++)
        length += hypot(line->xy[2 * i] - line->xy[2 * i - 2],
                        line->xy[2 * i + 1] - line->xy[2 * i - 1]);
    return length;
}

/* Longest first; equals as they came. */
struct measured {
    struct map_line line;
    double length;
    size_t order;
};

static int by_length(const void *a, const void *b)
{
    const struct measured *x = a, *y = b;
    int order = (x->line.kind > y->line.kind) - (x->line.kind < y->line.kind);
    if (order == 0)
        order = (x->length < y->length) - (x->length > y->length);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static enum terramis_status sort_lines(struct line_names *names)
{
    struct measured *all;
    TRY(mem_new(&all, names->count, sizeof *all));
    for (size_t i = 0; i < names->count; i++)
        all[i] =
            (struct measured){names->items[i], length_of(&names->items[i]), i};
    if (names->count > 0)
        qsort(all, names->count, sizeof *all, by_length);
    for (size_t i = 0; i < names->count; i++)
        names->items[i] = all[i].line;
    free(all);
    return TERRAMIS_OK;
}

static enum terramis_status join_all(struct line_names *names,
                                     struct line_end *ends, struct chain *chain)
{
    struct line_piece *p = names->pieces;
    if (names->piece_count > 0)
        qsort(p, names->piece_count, sizeof *p, by_name);
    for (size_t i = 0, next; i < names->piece_count; i = next) {
        for (next = i; next < names->piece_count && p[next].kind == p[i].kind &&
                       strcmp(p[next].name, p[i].name) == 0;)
            next++;
        TRY(join(names, p + i, next - i, ends, chain));
    }
    return sort_lines(names);
}

enum terramis_status line_names_make(struct line_names *names,
                                     const struct plan *plan,
                                     struct rect extent)
{
    struct line_end *ends = NULL;
    struct chain chain = {0};
    enum terramis_status status;
    *names = (struct line_names){0};
    TRY_DONE(gather(names, plan, extent));
    TRY_DONE(mem_new(&names->items, names->piece_count, sizeof *names->items));
    TRY_DONE(mem_new(&ends, 2 * names->piece_count, sizeof *ends));
    status = join_all(names, ends, &chain);
done:
    free(ends);
    free(chain.xy);
    return status;
}

void line_names_release(struct line_names *names)
{
    free(names->items);
    free(names->pieces);
    arena_release(&names->arena);
    *names = (struct line_names){0};
}
