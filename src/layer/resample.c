#include "layer/resample.h"

#include <math.h>
#include <stdlib.h>

#include "base/clones.h"
#include "base/status.h"

static bool make_room(struct resample *r, int columns)
{
    if ((size_t)columns <= r->room)
        return true;
    resample_release(r);
    r->left = malloc((size_t)columns * sizeof *r->left);
    r->share = malloc((size_t)columns * sizeof *r->share);
    if (!r->left || !r->share)
        status_no_memory();
    else
        r->room = (size_t)columns;
    return r->room > 0;
}

void resample_release(struct resample *resample)
{
    free(resample->left);
    free(resample->share);
    *resample = (struct resample){0};
}

/* Two neighbours along an axis: the western (northern) one and the weight of
 * the other. Neighbours off the source have index -1 or `from`. False: the
 * place itself lies off the source. */
static bool neighbours(struct resample_axis axis, int i, int *first,
                       float *weight)
{
    double place = axis.first + i * axis.step;
    if (!(place >= 0 && place < axis.from))
        return false;
    double left = floor(place - 0.5);
    *first = (int)left;
    *weight = (float)(place - 0.5 - left);
    return true;
}

static void add(float value, double weight, double *sum, double *weights)
{
    bool has = value == value;
    *sum += has ? (double)value * weight : 0;
    *weights += has ? weight : 0;
}

/* Is there data in the source cell that the place lies in? (A weight rounds to
 * a half beside the source's edge too: then the neighbour is not there.) */
static bool has_own(const float *north, const float *south, int left, int from,
                    float east, float down)
{
    const float *row = (down >= 0.5F && south) || !north ? south : north;
    int column =
        (east >= 0.5F && left + 1 < from) || left < 0 ? left + 1 : left;
    return row && row[column] == row[column];
}

/* The general case: neighbours may be missing. As with GDAL's warper, data
 * never reach into cells without. */
static float mix(const float *north, const float *south, int left, int from,
                 float east, float down)
{
    double sum = 0, weights = 0, west = 1 - (double)east;
    double up = 1 - (double)down;
    if (!has_own(north, south, left, from, east, down))
        return NAN;
    if (left >= 0) {
        add(north ? north[left] : NAN, west * up, &sum, &weights);
        add(south ? south[left] : NAN, west * (double)down, &sum, &weights);
    }
    if (left + 1 < from) {
        add(north ? north[left + 1] : NAN, (double)east * up, &sum, &weights);
        add(south ? south[left + 1] : NAN, (double)east * (double)down, &sum,
            &weights);
    }
    return (float)(sum / weights); /* its own cell weighs a quarter or more */
}

static void blank(float *line, int count)
{
    for (int i = 0; i < count; i++)
        line[i] = NAN;
}

/* One place of a line; beyond both columns or rows: none. */
static float mix_place(const struct resample *r, int i, const float *north,
                       const float *south, int from, float down)
{
    /* the row and column under the place itself: where that cell has no data
     * there is none, as in GDAL's warper */
    const float *under = down < 0.5F ? north : south;
    int left = r->left[i];
    float east = r->share[i];
    int below = east < 0.5F ? left : left + 1;
    if (left < -1 || !under || below < 0 || below >= from ||
        under[below] != under[below])
        return NAN;
    return mix(north, south, left, from, east, down);
}

/* Places between four cells each. Are some without a value? */
CLONES static bool mix_inside(const int *restrict left,
                              const float *restrict share, size_t count,
                              const float *restrict north,
                              const float *restrict south, float down,
                              float *restrict line)
{
    int gaps = 0;
    for (size_t i = 0; i < count; i++) {
        int at = left[i];
        float up = north[at] + share[i] * (north[at + 1] - north[at]);
        float low = south[at] + share[i] * (south[at + 1] - south[at]);
        line[i] = up + down * (low - up);
        gaps |= line[i] != line[i];
    }
    return gaps != 0;
}

static bool is_between(const struct resample *r, int i, int from)
{
    return r->left[i] >= 0 && r->left[i] + 1 < from;
}

static void mix_line(const struct resample *r, const float *north,
                     const float *south, int from, int to, float down,
                     float *line)
{
    int first = north && south ? 0 : to, end = to; /* between four cells */
    while (first < to && !is_between(r, first, from))
        first++;
    while (end > first && !is_between(r, end - 1, from))
        end--;
    bool gaps = first < end && mix_inside(r->left + first, r->share + first,
                                          (size_t)(end - first), north, south,
                                          down, line + first);
    for (int i = 0; i < first; i++)
        line[i] = mix_place(r, i, north, south, from, down);
    for (int i = end; i < to; i++)
        line[i] = mix_place(r, i, north, south, from, down);
    for (int i = first; gaps && i < end; i++)
        if (line[i] != line[i])
            line[i] = mix_place(r, i, north, south, from, down);
}

bool resample_bilinear(struct resample *resample, const float *in,
                       struct resample_axis x, struct resample_axis y,
                       float *out)
{
    if (!make_room(resample, x.to))
        return false;
    for (int i = 0; i < x.to; i++)
        if (!neighbours(x, i, &resample->left[i], &resample->share[i]))
            resample->left[i] = -2;
    for (int j = 0; j < y.to; j++) {
        float *line = out + (size_t)j * (size_t)x.to, down;
        int top;
        if (!neighbours(y, j, &top, &down)) {
            blank(line, x.to);
            continue;
        }
        const float *north =
            top >= 0 ? in + (size_t)top * (size_t)x.from : NULL;
        const float *south =
            top + 1 < y.from ? in + (size_t)(top + 1) * (size_t)x.from : NULL;
        mix_line(resample, north, south, x.from, x.to, down, line);
    }
    return true;
}

bool resample_nearest(struct resample *resample, const float *in,
                      struct resample_axis x, struct resample_axis y,
                      float *out)
{
    if (!make_room(resample, x.to))
        return false;
    for (int i = 0; i < x.to; i++) {
        double place = x.first + i * x.step;
        resample->left[i] = place >= 0 && place < x.from ? (int)place : -1;
    }
    for (int j = 0; j < y.to; j++) {
        float *line = out + (size_t)j * (size_t)x.to;
        double place = y.first + j * y.step;
        if (!(place >= 0 && place < y.from)) {
            blank(line, x.to);
            continue;
        }
        const float *row = in + (size_t)place * (size_t)x.from;
        for (int i = 0; i < x.to; i++)
            line[i] = resample->left[i] < 0 ? NAN : row[resample->left[i]];
    }
    return true;
}
