/* Distance to the nearest of a few sites that stand in the project file. */
#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#include "criterion/criterion.h"
#include "geo/crs.h"

struct site_row {
    struct place at;
    const char *name;
    double x, y;
};

struct sites_params {
    struct list sites; /* of site_row */
};

/* Farther from the territories is a mistake: degrees for metres, axes
 * exchanged. */
static const double farthest = 2e6; /* metres */

static const struct param site_rows[] = {
    {"", PARAM_PLACE, .offset = offsetof(struct site_row, at)},
    {"name", PARAM_TEXT, offsetof(struct site_row, name), .required = true,
     .help = N_("Name of the site, for explain.")},
    {"x", PARAM_REAL, offsetof(struct site_row, x), .min = -1e9, .max = 1e9,
     .required = true,
     .help = N_("Easting, or longitude where crs: is geographic.")},
    {"y", PARAM_REAL, offsetof(struct site_row, y), .min = -1e9, .max = 1e9,
     .required = true,
     .help = N_("Northing, or latitude where crs: is geographic.")},
    {.name = NULL}};

static const struct param sites_rows[] = {
    {"sites", PARAM_LIST, offsetof(struct sites_params, sites),
     .required = true, .rows = site_rows, .size = sizeof(struct site_row),
     .help = N_("The sites; their coordinates are in crs:, else in the "
                "project's.")},
    {.name = NULL}};

static enum terramis_status place_of(const struct criterion_source *source,
                                     struct crs_step *step,
                                     const struct site_row *site, double xy[2])
{
    struct rect area = source->area;
    xy[0] = site->x;
    xy[1] = site->y;
    if (step)
        crs_step_points(step, &xy[0], &xy[1], 1, 2, false);
    double dx = fmax(fmax(area.xmin - xy[0], xy[0] - area.xmax), 0);
    double dy = fmax(fmax(area.ymin - xy[1], xy[1] - area.ymax), 0);
    if (hypot(dx, dy) < farthest) /* no for what could not be transformed */
        return TERRAMIS_OK;
    return status_set(TERRAMIS_PROJECT,
                      _("site %s (line %d): x %.15g, y %.15g lies more than "
                        "%g km from the territories. Check x, y and crs:"),
                      site->name, site->at.line, site->x, site->y,
                      farthest / 1000);
}

static enum terramis_status make_places(struct criterion_source *source,
                                        struct crs_step *step)
{
    const struct sites_params *p = source->params;
    const struct site_row *sites = p->sites.items;
    TRY(mem_new(&source->places, 4 * p->sites.count, sizeof *source->places));
    for (size_t i = 0; i < p->sites.count; i++) {
        double *ends = source->places + 4 * i;
        TRY(place_of(source, step, &sites[i], ends));
        ends[2] = ends[0];
        ends[3] = ends[1];
    }
    return segments_new(&source->segments, source->places, p->sites.count);
}

static enum terramis_status sites_prepare(struct criterion_source *source)
{
    const struct sites_params *p = source->params;
    struct crs own = {0};
    struct crs_step *step = NULL;
    enum terramis_status status = TERRAMIS_OK;
    if (p->sites.count == 0)
        return status_set(TERRAMIS_PROJECT, _("sites: none. Name one"));
    if (source->own_crs) {
        TRY(crs_parse(&own, source->own_crs));
        status = crs_step_open(&step, &own, source->crs);
    }
    if (status == TERRAMIS_OK)
        status = make_places(source, step);
    crs_step_close(step);
    crs_release(&own);
    return status;
}

static enum terramis_status sites_run(const struct criterion_source *source,
                                      struct criterion_tools *tools,
                                      const struct grid *tile, float *out)
{
    return distance_run(tools->distance, source->segments, tile, tools->wanted,
                        out);
}

static const char *sites_nearest(const struct criterion_source *source,
                                 double x, double y)
{
    const struct sites_params *p = source->params;
    const struct site_row *sites = p->sites.items;
    size_t best = 0;
    double least = INFINITY;
    for (size_t i = 0; i < p->sites.count; i++) {
        const double *xy = source->places + 4 * i;
        double d = hypot(xy[0] - x, xy[1] - y);
        if (d < least) {
            least = d;
            best = i;
        }
    }
    return sites[best].name;
}

const struct criterion_op criterion_sites = {
    .op = {.name = "sites",
           .summary = N_("Distance to the nearest of the sites (processing "
                         "plants) that are listed in the project file."),
           .source = "exact Euclidean distance",
           .params = sites_rows,
           .params_size = sizeof(struct sites_params),
           .alone = true},
    .unit = "m",
    .prepare = sites_prepare,
    .run = sites_run,
    .nearest = sites_nearest};
