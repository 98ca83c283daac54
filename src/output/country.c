#include "output/country.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "geo/gdal.h"

#define END SHRT_MIN

static const short france[] = {
#include "output/france.def"
};

enum {
    NUMBERS = sizeof france / sizeof *france
};

/* The rings in the CRS; false points (HUGE_VAL) where it does not reach. */
static enum terramis_status transform(struct outline *o, const struct crs *crs)
{
    struct crs degrees = {0};
    struct crs_step *step = NULL;
    enum terramis_status status = crs_parse(&degrees, "EPSG:4326");
    if (status == TERRAMIS_OK)
        status = crs_step_open(&step, &degrees, crs);
    if (status == TERRAMIS_OK)
        crs_step_points(step, o->xy, o->xy + 1, o->points, 2, false);
    crs_step_close(step);
    crs_release(&degrees);
    return status;
}

static enum terramis_status read_rings(struct outline *o)
{
    TRY(mem_grow(&o->xy, &o->xy_room, NUMBERS, sizeof *o->xy));
    TRY(mem_grow(&o->start, &o->start_room, NUMBERS, sizeof *o->start));
    o->start[0] = 0;
    for (size_t i = 0; i < NUMBERS; i++) {
        if (france[i] == END) {
            o->start[++o->count] = o->points;
            continue;
        }
        o->xy[2 * o->points] = france[i] / 100.0;
        o->xy[2 * o->points + 1] = france[++i] / 100.0;
        o->points++;
    }
    return TERRAMIS_OK;
}

/* Even-odd; not where a point has no place in the CRS. */
static bool holds(const struct outline *o, double x, double y)
{
    bool inside = false;
    for (size_t r = 0; r < o->count; r++)
        for (size_t i = o->start[r], k = o->start[r + 1] - 1;
             i < o->start[r + 1]; k = i++) {
            const double *a = o->xy + 2 * i, *b = o->xy + 2 * k;
            if (!isfinite(a[0]) || !isfinite(a[1]))
                return false;
            if ((a[1] > y) != (b[1] > y) &&
                x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0])
                inside = !inside;
        }
    return inside;
}

enum terramis_status country_add(struct outline *outline, const struct crs *crs,
                                 struct rect area)
{
    enum terramis_status status = read_rings(outline);
    gdal_errors_clear(); /* SQLite's too, by which PROJ reads its database */
    if (status == TERRAMIS_OK)
        status = transform(outline, crs);
    bool ours =
        status == TERRAMIS_OK && holds(outline, (area.xmin + area.xmax) / 2,
                                       (area.ymin + area.ymax) / 2);
    if (!ours)
        outline_clear(outline);
    /* a CRS that nothing leads to exactly: no outline, not a failure */
    return status == TERRAMIS_INPUT ? gdal_errors(TERRAMIS_INTERNAL, crs->name)
                                    : status;
}
