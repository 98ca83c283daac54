#include "output/line_labels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Millimetres, but for the counts. */
static const double detail = 0.3;        /* of a line, that a name can follow */
static const double longest_name = 60;   /* longer ones are left out */
static const double longest_number = 16; /* on a shield */
static const double every = 160;         /* a name is repeated */
static const double apart = 45; /* at least, between the same on two lines */

enum {
    LINES_MOST = 1000, /* the longest; more would be drawn over one another */
    LABELS_MOST = 400, /* on a sheet */
    TRIES = 120,       /* places along a part of a line */
    BOXES = 40         /* of a slanting name */
};

struct drawn {
    const char *name;
    double x, y;
};

struct labels {
    struct canvas *canvas;
    struct placement *placement;
    struct drawn *drawn;
    size_t count;
    double *xy;    /* of a line's run in the frame, mm */
    double *along; /* from its beginning to each point, mm */
    size_t points;
};

static const struct text_style river_styles[] = {
    {.size = 7, .italic = true, .colour = 0xff1b5a91, .halo = 0xffffffff},
    {.size = 10, .italic = true, .colour = 0xff1b5a91, .halo = 0xffdcebf6}};

/* The point at `at` mm along the run, and the position of the first point
 * behind it. */
static size_t point_at(const struct labels *l, double at, double *x, double *y)
{
    size_t i = 1, high = l->points - 1;
    while (i < high) {
        size_t middle = (i + high) / 2;
        if (l->along[middle] < at)
            i = middle + 1;
        else
            high = middle;
    }
    double step = l->along[i] - l->along[i - 1];
    double t = step > 0 ? (at - l->along[i - 1]) / step : 0;
    *x = l->xy[2 * i - 2] + t * (l->xy[2 * i] - l->xy[2 * i - 2]);
    *y = l->xy[2 * i - 1] + t * (l->xy[2 * i + 1] - l->xy[2 * i - 1]);
    return i;
}

/* A name on the chord of a part of the line. */
struct stretch {
    double x, y;  /* its middle */
    double angle; /* radians, clockwise; the letters stand upright */
    double bend;  /* the farthest that the line leaves the chord */
};

static bool measure(const struct labels *l, double from, double w,
                    struct stretch *s)
{
    double ax, ay, bx, by;
    size_t i = point_at(l, from, &ax, &ay);
    size_t last = point_at(l, from + w, &bx, &by);
    double dx = bx - ax, dy = by - ay, chord = hypot(dx, dy);
    if (!(chord > 0.9 * w))
        return false;
    if (dx < 0 || (dx == 0 && dy > 0)) {
        dx = -dx;
        dy = -dy;
    }
    s->bend = 0;
    for (; i < last; i++)
        s->bend = fmax(s->bend, fabs((l->xy[2 * i] - ax) * dy -
                                     (l->xy[2 * i + 1] - ay) * dx) /
                                    chord);
    s->angle = atan2(dy, dx);
    s->x = (ax + bx) / 2;
    s->y = (ay + by) / 2;
    return true;
}

/* The room of a slanting name as a row of upright boxes. */
static size_t cover(const struct stretch *s, double w, double h,
                    struct box boxes[BOXES])
{
    double c = cos(s->angle), n = sin(s->angle);
    size_t count = (size_t)fmin(ceil(w / h), BOXES);
    double piece = w / (double)count;
    for (size_t i = 0; i < count; i++) {
        double at = ((double)i + 0.5) * piece - w / 2;
        double bw = piece * fabs(c) + h * fabs(n);
        double bh = piece * fabs(n) + h * fabs(c);
        boxes[i] = (struct box){s->x + at * c - bw / 2, s->y + at * n - bh / 2,
                                bw, bh};
    }
    return count;
}

static bool too_near(const struct labels *l, const char *name, double x,
                     double y)
{
    for (size_t i = 0; i < l->count; i++)
        if (hypot(l->drawn[i].x - x, l->drawn[i].y - y) < apart &&
            strcmp(l->drawn[i].name, name) == 0)
            return true;
    return false;
}

static void note(struct labels *l, const char *name, double x, double y)
{
    l->drawn[l->count++] = (struct drawn){name, x, y};
}

/* The i-th place of [from, to] to try: the middle, then either side of it. */
static double try_at(double from, double to, int i)
{
    double step = fmax((to - from) / TRIES, 0.8);
    int steps = (i + 1) / 2;
    double at = (from + to) / 2 + (i % 2 ? steps : -steps) * step;
    return at >= from && at <= to ? at : NAN;
}

/* Along the straightest of the first free places, beside the line or, where it
 * is the axis of an area, on it. */
static enum terramis_status write_name(struct labels *l,
                                       const struct map_line *line, double from,
                                       double to)
{
    const double degrees = 180 / M_PI;
    const struct text_style *style = &river_styles[line->wide];
    double w = canvas_text_width(l->canvas, style, line->name) + 1;
    double h = canvas_text_height(l->canvas, style, 0, line->name);
    if (w > longest_name || !(h > 0) || to - from < w)
        return TERRAMIS_OK;
    for (int i = 0; i < 2 * TRIES && l->count < LABELS_MOST; i++) {
        double at = try_at(from, to - w, i);
        struct stretch s;
        struct box boxes[BOXES];
        bool found = false;
        if (isnan(at) || !measure(l, at, w, &s) || s.bend > h / 2 ||
            too_near(l, line->name, s.x, s.y))
            continue;
        double beside = line->wide ? 0 : s.bend + h / 2;
        s.x += beside * sin(s.angle);
        s.y -= beside * cos(s.angle);
        TRY(placement_try(l->placement, boxes, cover(&s, w, h, boxes), &found));
        if (!found)
            continue;
        canvas_text_turned(l->canvas, style, s.x, s.y, s.angle * degrees,
                           line->name);
        note(l, line->name, s.x, s.y);
        return TERRAMIS_OK;
    }
    return TERRAMIS_OK;
}

/* French signs: motorways and national roads on red, departmental ones on
 * yellow; anything else on white. */
static void draw_shield(struct canvas *canvas, struct box box, const char *text)
{
    bool red = strchr("AN", text[0]), yellow = strchr("DM", text[0]);
    const struct text_style style = {.size = 6.8,
                                     .bold = true,
                                     .colour = red ? 0xffffffff : 0xff222222,
                                     .align = TEXT_CENTRE};
    canvas_fill(canvas, box,
                red      ? 0xffb3261e
                : yellow ? 0xffffd94a
                         : 0xffffffff);
    canvas_outline(canvas, box, 0.2, red ? 0xffffffff : 0xff444444);
    canvas_text(canvas, &style, (struct box){box.x, box.y + 0.3, box.w, 0},
                text);
}

static enum terramis_status write_number(struct labels *l,
                                         const struct map_line *line,
                                         double from, double to)
{
    const struct text_style style = {.size = 6.8, .bold = true};
    double w = canvas_text_width(l->canvas, &style, line->name) + 1.6;
    double h = canvas_text_height(l->canvas, &style, 0, line->name) + 0.6;
    if (w > longest_number || to - from < w)
        return TERRAMIS_OK;
    for (int i = 0; i < 2 * TRIES && l->count < LABELS_MOST; i++) {
        double at = try_at(from, to, i), x, y;
        bool found = false;
        if (isnan(at))
            continue;
        point_at(l, at, &x, &y);
        struct box box = {x - w / 2, y - h / 2, w, h};
        /* a little air around */
        struct box room = {box.x - 0.4, box.y - 0.4, w + 0.8, h + 0.8};
        if (too_near(l, line->name, x, y))
            continue;
        TRY(placement_try(l->placement, &room, 1, &found));
        if (!found)
            continue;
        draw_shield(l->canvas, box, line->name);
        note(l, line->name, x, y);
        return TERRAMIS_OK;
    }
    return TERRAMIS_OK;
}

/* One name for each `every` mm of the run. */
static enum terramis_status write_run(struct labels *l,
                                      const struct map_line *line)
{
    double length = l->points > 1 ? l->along[l->points - 1] : 0;
    int parts = (int)fmin(1 + floor(length / every), 8);
    for (int i = 0; i < parts && length > 0; i++) {
        double from = length * i / parts, to = length * (i + 1) / parts;
        TRY(line->kind == LINE_WATER ? write_name(l, line, from, to)
                                     : write_number(l, line, from, to));
    }
    l->points = 0;
    return TERRAMIS_OK;
}

static void add_point(struct labels *l, double x, double y)
{
    double step = 0;
    if (l->points > 0) {
        const double *last = l->xy + 2 * l->points - 2;
        step = hypot(x - last[0], y - last[1]);
        if (step < detail)
            return;
    }
    l->along[l->points] = l->points > 0 ? l->along[l->points - 1] + step : 0;
    l->xy[2 * l->points] = x;
    l->xy[2 * l->points + 1] = y;
    l->points++;
}

/* The part [t0, t1] of the segment from a to b that lies in the frame; false:
 * none does. */
static bool clip(struct box f, const double a[2], const double b[2], double *t0,
                 double *t1)
{
    const double low[2] = {f.x, f.y}, size[2] = {f.w, f.h};
    *t0 = 0;
    *t1 = 1;
    for (int k = 0; k < 2; k++) {
        double step = b[k] - a[k];
        double enter = (low[k] + (step < 0 ? size[k] : 0) - a[k]) / step;
        double leave = (low[k] + (step < 0 ? 0 : size[k]) - a[k]) / step;
        if (step == 0 && (a[k] < low[k] || a[k] > low[k] + size[k]))
            return false;
        if (step == 0)
            continue;
        *t0 = fmax(*t0, enter);
        *t1 = fmin(*t1, leave);
    }
    return *t0 <= *t1;
}

/* The parts of the line inside the frame, one after the other. */
static enum terramis_status write_line(struct labels *l,
                                       const struct layout *layout,
                                       const struct map_line *line)
{
    /* a segment gives two points at most */
    TRY(mem_new(&l->xy, 4 * line->points, sizeof *l->xy));
    TRY(mem_new(&l->along, 2 * line->points, sizeof *l->along));
    l->points = 0;
    double a[2] = {0}, t0, t1;
    for (size_t i = 0; i < line->points; i++) {
        const double b[2] = {layout_x(layout, line->xy[2 * i]),
                             layout_y(layout, line->xy[2 * i + 1])};
        if (i > 0 && clip(layout->frame, a, b, &t0, &t1)) {
            add_point(l, a[0] + t0 * (b[0] - a[0]), a[1] + t0 * (b[1] - a[1]));
            add_point(l, a[0] + t1 * (b[0] - a[0]), a[1] + t1 * (b[1] - a[1]));
            if (t1 < 1)
                TRY(write_run(l, line));
        }
        memcpy(a, b, sizeof a);
    }
    return write_run(l, line);
}

enum terramis_status line_labels_draw(struct canvas *canvas,
                                      const struct map *map,
                                      const struct layout *layout,
                                      struct placement *placement)
{
    struct labels l = {.canvas = canvas, .placement = placement};
    size_t drawn[2] = {0};
    enum terramis_status status =
        mem_new(&l.drawn, LABELS_MOST, sizeof *l.drawn);
    for (size_t i = 0; i < map->line_count && status == TERRAMIS_OK; i++) {
        const struct map_line *line = &map->lines[i];
        if (!line->name || !*line->name || ++drawn[line->kind] > LINES_MOST)
            continue;
        status = write_line(&l, layout, line);
        free(l.xy);
        free(l.along);
        l.xy = l.along = NULL;
    }
    free(l.drawn);
    return status;
}
