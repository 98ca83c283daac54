/* Geometries in Lambert-93 and their areas on the ellipsoid, for the tests of a
 * file: cmocka_run_group_tests(tests, set_up, tear_down). */
#ifndef UNIT_LAMBERT_H
#define UNIT_LAMBERT_H

#include "geo/crs.h"
#include "unit/geometry.h"

struct bench {
    struct geos *geos;
    struct crs crs;
    struct crs_area *measure;
};

static int set_up(void **state)
{
    static struct bench bench;
    void *geos;
    *state = &bench;
    if (geos_set_up(&geos) != 0 ||
        crs_parse(&bench.crs, "EPSG:2154") != TERRAMIS_OK)
        return -1;
    bench.geos = geos;
    return crs_area_open(&bench.measure, &bench.crs);
}

static int tear_down(void **state)
{
    struct bench *b = *state;
    crs_area_close(b->measure);
    crs_release(&b->crs);
    geos_close(b->geos);
    return 0;
}

#endif
