#include "overlay/mosaic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "overlay/mosaic_cell.h"

struct mosaic {
    int size; /* most cells per side */
    struct grid tile;
    double west, north; /* lattice corner of the tile */
    /* nx + 1 cells per row: the first stands for all that lies west of the
     * tile */
    struct cell_records records;
    struct winding winding;
    struct cell_sweep sweep;
    struct piece_list land, parcels;
};

enum terramis_status mosaic_new(struct mosaic **mosaic, int size)
{
    TRY(mem_new(mosaic, 1, sizeof **mosaic));
    (*mosaic)->size = size;
    return TERRAMIS_OK;
}

void mosaic_free(struct mosaic *mosaic)
{
    if (!mosaic)
        return;
    records_release(&mosaic->records);
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
    mosaic->records.count = mosaic->records.areas = 0;
    mosaic->land.count = mosaic->parcels.count = 0;
}

/* Number of a cell; column -1: all that lies west of the tile. */
static uint32_t cell_of(const struct mosaic *m, int row, int col)
{
    return (uint32_t)(row * (m->tile.nx + 1) + col + 1);
}

/* An edge on its way, from its northern end. */
struct walk {
    struct mosaic *m;
    uint32_t area;
    int turn;
};

/* A piece of the edge in one cell, and how it comes in and goes out. West of
 * the tile it matters only that it goes south. */
static enum terramis_status note(const struct walk *w, int row, int col,
                                 double xa, double ya, double xb, double yb,
                                 uint32_t how)
{
    if (col >= w->m->tile.nx || (col < 0 && !(how & RECORD_NORTH)))
        return TERRAMIS_OK;
    struct cell_record r = {.cell = cell_of(w->m, row, col),
                            .what = w->area << RECORD_FLAGS | how |
                                    (w->turn > 0 ? RECORD_TURN : 0)};
    if (col >= 0) {
        r.x0 = record_units(xa - col);
        r.y0 = record_units(ya - row);
        r.x1 = record_units(xb - col);
        r.y1 = record_units(yb - row);
    }
    return how || record_is_edge(&r) ? records_add(&w->m->records, r)
                                     : TERRAMIS_OK;
}

static int column_of(double x, int nx)
{
    return x < 0 ? -1 : x >= nx ? nx : (int)x;
}

/* A piece of the edge inside one row, through the columns that it crosses;
 * `how` it comes into the first. A point on a border belongs to the cell to its
 * east and south: so a path through corners is a path through cells, whatever
 * is rounded. */
static enum terramis_status walk_row(const struct walk *w, int row, double xa,
                                     double ya, double xb, double yb,
                                     uint32_t how)
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
        TRY(note(w, row, col, x, y, border, next,
                 how | (step > 0 ? 0 : RECORD_LEAVES)));
        how = step > 0 ? RECORD_ENTERS : 0;
        x = border;
        y = next;
    }
    return note(w, row, to, x, y, xb, yb, how);
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
    uint32_t how = 0;
    if (y0 < 0) {
        x = x0 + lattice_snap(-y0 * slope);
        y = 0;
        how = RECORD_NORTH;
    }
    for (; row <= last; row++) {
        bool goes_on = y1 >= row + 1;
        double y_end = goes_on ? row + 1 : y1;
        double x_end =
            y_end == y1 ? x1 : x0 + lattice_snap((y_end - y0) * slope);
        TRY(walk_row(&w, row, x, y, x_end, y_end, how));
        how = RECORD_NORTH;
        x = x_end;
        y = y_end;
    }
    return TERRAMIS_OK;
}

enum terramis_status mosaic_add(struct mosaic *mosaic,
                                const struct rings *rings, int label)
{
    const struct grid *tile = &mosaic->tile;
    struct cell_records *records = &mosaic->records;
    struct walk walk = {mosaic, (uint32_t)records->areas, 1};
    if (rect_is_empty(rings_bounds(rings)))
        return TERRAMIS_OK;
    TRY(mem_grow(&records->labels, &records->label_room, records->areas,
                 sizeof *records->labels));
    records->labels[records->areas++] = label;
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

/* Less than nothing is left of a part whose area was rounded. */
static uint32_t cell_share(uint64_t area)
{
    const double one = (double)MOSAIC_ONE / CELL_AREA;
    return area >> 63 ? 0 : (uint32_t)lrint((double)(int64_t)area * one);
}

static enum terramis_status add_parts(struct mosaic *m, size_t cell)
{
    for (size_t i = 0; i < m->sweep.part_count; i++) {
        const struct cell_part *part = &m->sweep.parts[i];
        struct piece p = {.cell = (uint32_t)cell,
                          .run = 1,
                          .share = cell_share(part->area),
                          .parcel = part->parcel,
                          .kinds = part->kinds,
                          .constraint = part->constraint};
        if (p.share > 0)
            TRY(add_piece(p.parcel == MOSAIC_NO_PARCEL ? &m->land : &m->parcels,
                          &p));
    }
    return TERRAMIS_OK;
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

/* What the sweep has, by the quickest way. */
static enum terramis_status sweep_cell(struct cell_sweep *sweep)
{
    bool done;
    if (sweep->alone)
        return cell_sweep_area(sweep);
    TRY(cell_sweep_chains(sweep, &done));
    return done ? TERRAMIS_OK : cell_sweep_slabs(sweep);
}

/* A cell with too many edges for chains, records first .. end - 1. Its land is
 * swept without its parcels, so that it keeps every bit however they are cut.
 */
static enum terramis_status cut_crowd(struct mosaic *m, size_t cell,
                                      uint32_t first, uint32_t end)
{
    struct cell_sweep *s = &m->sweep;
    TRY(cell_sweep_load(s, &m->records, first, end, CELL_LAND));
    TRY(sweep_cell(s));
    TRY(add_parts(m, cell));
    TRY(cell_sweep_load(s, &m->records, first, end, CELL_PARCELS));
    TRY(cell_sweep_slabs(s));
    return add_parts(m, cell);
}

/* The cell whose edges the sweep has: records first .. end - 1. */
static enum terramis_status cut_cell(struct mosaic *m,
                                     const struct mosaic_rule *rule,
                                     size_t cell, uint32_t first, uint32_t end)
{
    struct cell_sweep *s = &m->sweep;
    bool done = true;
    if (!s->sets)
        return share_cell(m, rule, cell);
    if (s->parcels)
        TRY(cell_sweep_chains(s, &done));
    else
        TRY(sweep_cell(s));
    return done ? add_parts(m, cell) : cut_crowd(m, cell, first, end);
}

/* Around the corner between cell `from` of the records and the next one. */
static enum terramis_status pass_north(struct mosaic *m, size_t from)
{
    const struct cell_record *r = m->records.sorted + m->records.start[from];
    const struct cell_record *end =
        m->records.sorted + m->records.start[from + 1];
    for (; r < end; r++)
        if (r->what & RECORD_NORTH)
            TRY(winding_turn(&m->winding, m->records.labels[record_area(r)],
                             record_turn(r)));
    return TERRAMIS_OK;
}

static enum terramis_status cut_row(struct mosaic *m,
                                    const struct mosaic_rule *rule, size_t row)
{
    size_t nx = (size_t)m->tile.nx, first = row * nx;
    size_t from = row * (nx + 1); /* in the records */
    size_t run = 0;               /* cells without edges since `cell - run` */
    memset(&m->winding.count, 0, sizeof m->winding.count);
    m->winding.inside = 0;
    m->winding.parcel_count = 0;
    TRY(pass_north(m, from++));
    for (size_t cell = first; cell < first + nx; cell++, from++) {
        const uint32_t *start = m->records.start + from;
        if (start[0] == start[1]) {
            run++;
            continue;
        }
        TRY(cell_sweep_load(&m->sweep, &m->records, start[0], start[1],
                            CELL_ALL));
        bool edges = m->sweep.edge_count + m->sweep.west_count > 0;
        run += !edges;
        if (run > 0)
            TRY(add_whole(m, rule, edges ? cell - run : cell + 1 - run, run));
        run = 0;
        if (edges)
            TRY(cut_cell(m, rule, cell, start[0], start[1]));
        TRY(pass_north(m, from));
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
    TRY(records_sort(&m->records, (nx + 1) * ny));
    for (size_t row = 0; row < ny; row++)
        TRY(cut_row(m, rule, row));
    return TERRAMIS_OK;
}
