#include "overlay/mosaic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "overlay/mosaic_cell.h"

/* Records of one kind, put in the order of their cells. */
struct bucket {
    void *records, *sorted; /* `size` bytes each */
    uint32_t *cells;        /* of each record */
    uint32_t *start;        /* first sorted record of each cell, and the end */
    size_t size, count, record_room, cell_room, sorted_room;
};

struct mosaic {
    int size; /* most cells per side */
    struct grid tile;
    double west, north;        /* lattice corner of the tile */
    struct bucket edges;       /* struct cell_edge, by cell */
    struct bucket west_sides;  /* struct cell_crossing, by cell */
    struct bucket north_sides; /* the same; column 0 stands for all that lies
                                  west of the tile: (nx + 1) per row */
    struct winding winding;
    struct cell_sweep sweep;
    struct piece_list land, parcels;
};

enum terramis_status mosaic_new(struct mosaic **mosaic, int size)
{
    TRY(mem_new(mosaic, 1, sizeof **mosaic));
    struct mosaic *m = *mosaic;
    size_t cells = ((size_t)size + 1) * (size_t)size + 1;
    m->size = size;
    m->edges.size = sizeof(struct cell_edge);
    m->west_sides.size = m->north_sides.size = sizeof(struct cell_crossing);
    TRY(mem_new(&m->edges.start, cells, sizeof(uint32_t)));
    TRY(mem_new(&m->west_sides.start, cells, sizeof(uint32_t)));
    return mem_new(&m->north_sides.start, cells, sizeof(uint32_t));
}

static void bucket_release(struct bucket *bucket)
{
    free(bucket->records);
    free(bucket->sorted);
    free(bucket->cells);
    free(bucket->start);
}

void mosaic_free(struct mosaic *mosaic)
{
    if (!mosaic)
        return;
    bucket_release(&mosaic->edges);
    bucket_release(&mosaic->west_sides);
    bucket_release(&mosaic->north_sides);
    cell_sweep_release(&mosaic->sweep);
    free(mosaic->winding.parcels);
    free(mosaic->land.items);
    free(mosaic->parcels.items);
    free(mosaic);
}

void mosaic_begin(struct mosaic *mosaic, const struct grid *tile)
{
    mosaic->tile = *tile;
    mosaic->west = lattice_west(tile);
    mosaic->north = lattice_north(tile);
    mosaic->edges.count = mosaic->west_sides.count = 0;
    mosaic->north_sides.count = 0;
    mosaic->land.count = mosaic->parcels.count = 0;
}

static enum terramis_status bucket_add(struct bucket *bucket, size_t cell,
                                       const void *record)
{
    TRY(mem_grow(&bucket->records, &bucket->record_room, bucket->count,
                 bucket->size));
    TRY(mem_grow(&bucket->cells, &bucket->cell_room, bucket->count,
                 sizeof *bucket->cells));
    memcpy((char *)bucket->records + bucket->count * bucket->size, record,
           bucket->size);
    bucket->cells[bucket->count++] = (uint32_t)cell;
    return TERRAMIS_OK;
}

/* Counting sort by cell. */
static enum terramis_status bucket_sort(struct bucket *b, size_t cells)
{
    TRY(mem_grow(&b->sorted, &b->sorted_room, b->count, b->size));
    memset(b->start, 0, (cells + 1) * sizeof *b->start);
    for (size_t i = 0; i < b->count; i++)
        b->start[b->cells[i] + 1]++;
    for (size_t c = 0; c < cells; c++)
        b->start[c + 1] += b->start[c];
    for (size_t i = 0; i < b->count; i++)
        memcpy((char *)b->sorted + b->start[b->cells[i]]++ * b->size,
               (char *)b->records + i * b->size, b->size);
    for (size_t c = cells; c > 0; c--) /* each start moved to the next one */
        b->start[c] = b->start[c - 1];
    b->start[0] = 0;
    return TERRAMIS_OK;
}

/* An edge on its way, from its northern end. */
struct walk {
    struct mosaic *m;
    int label, turn;
};

static enum terramis_status note_edge(const struct walk *w, int row, int col,
                                      double xa, double ya, double xb,
                                      double yb)
{
    if (col < 0 || col >= w->m->tile.nx || ya == yb)
        return TERRAMIS_OK;
    struct cell_edge e = {.x0 = xa - col,
                          .y0 = ya - row,
                          .x1 = xb - col,
                          .y1 = yb - row,
                          .label = w->label,
                          .turn = w->turn};
    size_t cell = (size_t)row * (size_t)w->m->tile.nx + (size_t)col;
    return bucket_add(&w->m->edges, cell, &e);
}

/* The edge passes the west side of a cell; `east` = it goes to the east. An
 * edge that goes east has one turn less on its south side. */
static enum terramis_status note_west(const struct walk *w, int row, int col,
                                      double y, bool east)
{
    if (col < 0 || col >= w->m->tile.nx)
        return TERRAMIS_OK;
    struct cell_crossing c = {
        .at = y - row, .label = w->label, .turn = east ? -w->turn : w->turn};
    size_t cell = (size_t)row * (size_t)w->m->tile.nx + (size_t)col;
    return bucket_add(&w->m->west_sides, cell, &c);
}

/* The edge passes the north side of row `row` at x, going south. */
static enum terramis_status note_north(const struct walk *w, int row, double x)
{
    int nx = w->m->tile.nx;
    int col = x < 0 ? 0 : x >= nx ? nx + 1 : (int)x + 1;
    if (col > nx || row >= w->m->tile.ny)
        return TERRAMIS_OK;
    struct cell_crossing c = {.at = x, .label = w->label, .turn = w->turn};
    size_t cell = (size_t)row * ((size_t)nx + 1) + (size_t)col;
    return bucket_add(&w->m->north_sides, cell, &c);
}

static int column_of(double x, int nx)
{
    return x < 0 ? -1 : x >= nx ? nx : (int)x;
}

/* A piece of the edge inside one row, through the columns that it crosses. A
 * point on a border belongs to the cell to its east and south: so a path
 * through corners is a path through cells, whatever is rounded. */
static enum terramis_status walk_row(const struct walk *w, int row, double xa,
                                     double ya, double xb, double yb)
{
    int nx = w->m->tile.nx;
    int from = column_of(xa, nx), to = column_of(xb, nx);
    int step = from < to ? 1 : -1;
    double slope = from == to ? 0 : (yb - ya) / (xb - xa);
    double x = xa, y = ya;
    for (int col = from; col != to; col += step) {
        int border = step > 0 ? col + 1 : col;
        double next = ya + lattice_snap((border - xa) * slope);
        next = next < y ? y : next > yb ? yb : next;
        TRY(note_edge(w, row, col, x, y, border, next));
        TRY(note_west(w, row, border, next, step > 0));
        x = border;
        y = next;
    }
    return note_edge(w, row, to, x, y, xb, yb);
}

static enum terramis_status walk_edge(struct walk w, double x0, double y0,
                                      double x1, double y1)
{
    int ny = w.m->tile.ny;
    if (y0 > y1 || (y0 == y1 && x0 > x1)) {
        double x = x0, y = y0;
        x0 = x1, y0 = y1;
        x1 = x, y1 = y;
        w.turn = -w.turn;
    }
    if (y1 < 0 || y0 >= ny || (x0 >= w.m->tile.nx && x1 >= w.m->tile.nx))
        return TERRAMIS_OK;
    double slope = y0 == y1 ? 0 : (x1 - x0) / (y1 - y0), x = x0, y = y0;
    int row = y0 < 0 ? 0 : (int)y0;
    int last = y1 >= ny ? ny - 1 : (int)y1;
    if (y0 < 0) {
        x = x0 + lattice_snap(-y0 * slope);
        y = 0;
        TRY(note_north(&w, 0, x));
    }
    for (; row <= last; row++) {
        bool goes_on = y1 >= row + 1;
        double y_end = goes_on ? row + 1 : y1;
        double x_end =
            y_end == y1 ? x1 : x0 + lattice_snap((y_end - y0) * slope);
        TRY(walk_row(&w, row, x, y, x_end, y_end));
        if (goes_on)
            TRY(note_north(&w, row + 1, x_end));
        x = x_end;
        y = y_end;
    }
    return TERRAMIS_OK;
}

enum terramis_status mosaic_add(struct mosaic *mosaic,
                                const struct rings *rings, int label)
{
    const struct grid *tile = &mosaic->tile;
    struct walk walk = {mosaic, label, 1};
    if (rect_is_empty(rings_bounds(rings)))
        return TERRAMIS_OK;
    for (size_t i = 0; i < rings->count; i++) {
        const double *p = rings->xy + 2 * rings->start[i];
        const double *end = rings->xy + 2 * rings->start[i + 1];
        if (p == end)
            continue;
        double x0 = lattice_x(tile, p[0]) - mosaic->west;
        double y0 = lattice_y(tile, p[1]) - mosaic->north;
        for (p += 2; p < end; p += 2) {
            double x1 = lattice_x(tile, p[0]) - mosaic->west;
            double y1 = lattice_y(tile, p[1]) - mosaic->north;
            TRY(walk_edge(walk, x0, y0, x1, y1));
            x0 = x1, y0 = y1;
        }
    }
    return TERRAMIS_OK;
}

/* Adds a piece, or lengthens the last one if it goes on with the same. */
static enum terramis_status add_piece(struct piece_list *list,
                                      const struct piece *piece)
{
    if (list->count > 0) {
        struct piece *last = &list->items[list->count - 1];
        if (last->cell + last->run == piece->cell &&
            last->share == piece->share && last->parcel == piece->parcel &&
            last->kinds == piece->kinds &&
            last->constraint == piece->constraint) {
            last->run += piece->run;
            return TERRAMIS_OK;
        }
    }
    TRY(mem_grow(&list->items, &list->capacity, list->count,
                 sizeof *list->items));
    list->items[list->count++] = *piece;
    return TERRAMIS_OK;
}

/* A run of cells without edges: all of the combination of their corner. */
static enum terramis_status add_whole(struct mosaic *m,
                                      const struct mosaic_rule *rule,
                                      size_t cell, size_t run)
{
    struct piece p = {.cell = (uint32_t)cell,
                      .run = (uint32_t)run,
                      .share = MOSAIC_ONE,
                      .parcel = MOSAIC_NO_PARCEL};
    if (!winding_land(&m->winding, rule, &p.kinds, &p.constraint))
        return TERRAMIS_OK;
    TRY(add_piece(&m->land, &p));
    for (size_t i = 0; p.kinds && i < m->winding.parcel_count; i++) {
        p.parcel = m->winding.parcels[i].parcel;
        TRY(add_piece(&m->parcels, &p));
    }
    return TERRAMIS_OK;
}

static enum terramis_status add_parts(struct mosaic *m, size_t cell)
{
    for (size_t i = 0; i < m->sweep.part_count; i++) {
        const struct cell_part *part = &m->sweep.parts[i];
        struct piece p = {.cell = (uint32_t)cell,
                          .run = 1,
                          .share = (uint32_t)lrint(part->area * MOSAIC_ONE),
                          .parcel = part->parcel,
                          .kinds = part->kinds,
                          .constraint = part->constraint};
        if (p.share > 0)
            TRY(add_piece(p.parcel == MOSAIC_NO_PARCEL ? &m->land : &m->parcels,
                          &p));
    }
    return TERRAMIS_OK;
}

/* Do only borders of parcels cross the cell? Then its land is all of one
 * combination. */
static bool only_parcels(const struct mosaic *m)
{
    for (size_t i = 0; i < m->sweep.edge_count; i++)
        if (m->sweep.edges[i].label < MOSAIC_SETS)
            return false;
    for (size_t i = 0; i < m->sweep.west_count; i++)
        if (m->sweep.west[i].label < MOSAIC_SETS)
            return false;
    return true;
}

/* A cell of one combination, shared by parcels. */
static enum terramis_status
share_cell(struct mosaic *m, const struct mosaic_rule *rule, size_t cell)
{
    struct piece p = {.cell = (uint32_t)cell,
                      .run = 1,
                      .share = MOSAIC_ONE,
                      .parcel = MOSAIC_NO_PARCEL};
    if (!winding_land(&m->winding, rule, &p.kinds, &p.constraint))
        return TERRAMIS_OK;
    TRY(add_piece(&m->land, &p));
    if (p.kinds == 0)
        return TERRAMIS_OK;
    TRY(cell_sweep_parcels(&m->sweep, p.kinds, p.constraint));
    return add_parts(m, cell);
}

static enum terramis_status
cut_cell(struct mosaic *m, const struct mosaic_rule *rule, size_t cell)
{
    struct cell_sweep *s = &m->sweep;
    const uint32_t *e = m->edges.start + cell, *w = m->west_sides.start + cell;
    s->edges = (struct cell_edge *)m->edges.sorted + e[0];
    s->edge_count = e[1] - e[0];
    s->west = (struct cell_crossing *)m->west_sides.sorted + w[0];
    s->west_count = w[1] - w[0];
    if (only_parcels(m))
        return share_cell(m, rule, cell);
    TRY(cell_sweep_run(s));
    return add_parts(m, cell);
}

static enum terramis_status pass_north(struct mosaic *m, size_t side)
{
    const struct cell_crossing *crossings = m->north_sides.sorted;
    for (uint32_t i = m->north_sides.start[side];
         i < m->north_sides.start[side + 1]; i++)
        TRY(winding_turn(&m->winding, crossings[i].label, crossings[i].turn));
    return TERRAMIS_OK;
}

static enum terramis_status cut_row(struct mosaic *m,
                                    const struct mosaic_rule *rule, size_t row)
{
    size_t nx = (size_t)m->tile.nx, side = row * (nx + 1), first = row * nx;
    size_t run = 0; /* cells without edges since `cell - run` */
    memset(&m->winding.count, 0, sizeof m->winding.count);
    m->winding.inside = 0;
    m->winding.parcel_count = 0;
    TRY(pass_north(m, side));
    for (size_t col = 0; col < nx; col++) {
        size_t cell = first + col;
        bool edges = m->edges.start[cell] != m->edges.start[cell + 1] ||
                     m->west_sides.start[cell] != m->west_sides.start[cell + 1];
        bool turns = m->north_sides.start[side + col + 1] !=
                     m->north_sides.start[side + col + 2];
        if (!edges)
            run++;
        if (run > 0 && (edges || turns)) {
            TRY(add_whole(m, rule, edges ? cell - run : cell + 1 - run, run));
            run = 0;
        }
        if (edges)
            TRY(cut_cell(m, rule, cell));
        if (turns)
            TRY(pass_north(m, side + col + 1));
    }
    return run > 0 ? add_whole(m, rule, first + nx - run, run) : TERRAMIS_OK;
}

enum terramis_status mosaic_cut(struct mosaic *mosaic,
                                const struct mosaic_rule *rule,
                                const struct piece_list **land,
                                const struct piece_list **parcels)
{
    struct mosaic *m = mosaic;
    size_t nx = (size_t)m->tile.nx, ny = (size_t)m->tile.ny;
    *land = &m->land;
    *parcels = &m->parcels;
    m->sweep.rule = rule;
    m->sweep.winding = &m->winding;
    TRY(bucket_sort(&m->edges, nx * ny));
    TRY(bucket_sort(&m->west_sides, nx * ny));
    TRY(bucket_sort(&m->north_sides, (nx + 1) * ny));
    for (size_t row = 0; row < ny; row++)
        TRY(cut_row(m, rule, row));
    return TERRAMIS_OK;
}
