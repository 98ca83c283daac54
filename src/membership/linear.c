/* Straight lines between points (x, membership); level beyond the ends. */
#include <math.h>
#include <stddef.h>

#include "base/clones.h"
#include "base/mem.h"
#include "membership/curve.h"

enum {
    STRETCH = 1024 /* cells */
};

struct linear {
    struct points points;
};

static const struct param linear_params[] = {
    {.name = "points",
     .type = PARAM_POINTS,
     .offset = offsetof(struct linear, points),
     .max = 1,
     .required = true,
     .help = N_(
         "Points [value, membership 0..1]; level beyond the first and last")},
    {.name = NULL}};

/* A line from one point to the next, as run() wants it. */
struct line {
    float x, dx; /* begins at x; dx 0: level from here on */
    float y, dy;
    float low, high; /* rounding never leaves these */
};

static enum terramis_status
linear_bind(struct membership_bound *bound,
            const struct membership_classes *classes)
{
    const struct linear *linear = bound->params;
    double(*p)[2] = linear->points.items;
    size_t last = linear->points.count - 1;
    struct line *line;
    (void)classes;
    TRY(mem_new(&line, last + 1, sizeof *line));
    for (size_t i = 0; i <= last; i++) {
        const double *next = p[i < last ? i + 1 : i];
        double x = curve_bounded(p[i][0]);
        line[i] = (struct line){.x = (float)x,
                                .dx = (float)(curve_bounded(next[0]) - x),
                                .y = (float)p[i][1],
                                .dy = (float)(next[1] - p[i][1]),
                                .low = (float)fmin(p[i][1], next[1]),
                                .high = (float)fmax(p[i][1], next[1])};
    }
    bound->prepared = line;
    bound->prepared_count = last + 1;
    return TERRAMIS_OK;
}

/* Before the first line; NaN stays. */
CLONES static void begin(float y, const float *restrict in, size_t n,
                         float *restrict out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = in[i] == in[i] ? y : in[i];
}

CLONES static void draw_level(float x, float y, const float *restrict in,
                              size_t n, float *restrict out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = in[i] >= x ? y : out[i];
}

CLONES static void draw_line(struct line l, const float *restrict in, size_t n,
                             float *restrict out)
{
    for (size_t i = 0; i < n; i++) {
        float y = l.y + (in[i] - l.x) * l.dy / l.dx;
        y = y < l.low ? l.low : y;
        y = y > l.high ? l.high : y;
        out[i] = in[i] >= l.x ? y : out[i];
    }
}

/* Line after line over a stretch that stays in cache; the last one whose
 * beginning a value has passed counts, so at a step the value to its right.
 * NaN passes none. */
static void linear_run(const struct membership_bound *bound, const float *in,
                       size_t n, float *out)
{
    const struct line *lines = bound->prepared;
    for (size_t done = 0, part; done < n; done += part) {
        part = n - done < STRETCH ? n - done : STRETCH;
        const float *from = in + done;
        float *to = out + done;
        begin(lines[0].y, from, part, to);
        for (size_t k = 0; k < bound->prepared_count; k++)
            if (lines[k].dx > 0)
                draw_line(lines[k], from, part, to);
            else
                draw_level(lines[k].x, lines[k].y, from, part, to);
    }
}

const struct membership_op membership_linear = {
    .op = {.name = "linear",
           .summary = N_("Straight lines between points."),
           .formula = "between (x1, y1) and (x2, y2): y1 + (y2 - y1) (x - x1) "
                      "/ (x2 - x1)",
           .source = "Jiang & Eastman 2000, IJGIS 14(2)",
           .params = linear_params,
           .params_size = sizeof(struct linear)},
    .example = "points: [[8, 1], [20, 0]]",
    .range = {0, 30},
    .bind = linear_bind,
    .run = linear_run};
