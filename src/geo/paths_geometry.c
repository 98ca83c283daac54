/* Flat paths as GEOS geometries. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "geo/paths.h"

/* A path as a sequence; NULL after an error. */
static GEOSCoordSequence *sequence_of(const struct paths *paths, size_t i,
                                      struct geos *geos)
{
    const double *xy = paths->xy + 2 * paths->start[i];
    size_t points = paths->start[i + 1] - paths->start[i];
    double *turned = NULL;
    if (paths->kind[i] & PATH_TURNED) {
        turned = malloc(2 * points * sizeof *turned);
        if (!turned) {
            status_no_memory();
            return NULL;
        }
        memcpy(turned, xy, 2 * points * sizeof *turned);
        rings_turn(turned, points);
        xy = turned;
    }
    GEOSCoordSequence *sequence = GEOSCoordSeq_copyFromBuffer_r(
        geos->context, xy, (unsigned)points, 0, 0);
    free(turned);
    return sequence;
}

static GEOSGeometry *simple_of(const struct paths *paths, size_t i,
                               struct geos *geos)
{
    GEOSContextHandle_t c = geos->context;
    GEOSCoordSequence *sequence = sequence_of(paths, i, geos);
    if (!sequence)
        return NULL;
    switch (paths_kind(paths, i)) { /* each consumes the sequence */
    case PATH_POINT:
        return GEOSGeom_createPoint_r(c, sequence);
    case PATH_LINE:
        return GEOSGeom_createLineString_r(c, sequence);
    default:
        return GEOSGeom_createLinearRing_r(c, sequence);
    }
}

static void destroy_all(struct geos *geos, GEOSGeometry **items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        GEOSGeom_destroy_r(geos->context, items[i]);
}

/* The paths from `first` on that make one polygon, line or point. */
static size_t part_size(struct path_range range, size_t first)
{
    size_t end = first + 1, last = range.first + range.count;
    if (paths_kind(range.paths, first) == PATH_SHELL)
        while (end < last && paths_kind(range.paths, end) == PATH_HOLE)
            end++;
    return end - first;
}

static enum terramis_status part_of(const struct paths *paths, size_t first,
                                    size_t count, struct geos *geos,
                                    GEOSGeometry **part)
{
    GEOSGeometry *outer = simple_of(paths, first, geos), **holes = NULL;
    TRY(geos_check(geos, outer, N_("geometry")));
    *part = outer;
    if (paths_kind(paths, first) > PATH_HOLE)
        return TERRAMIS_OK;
    enum terramis_status status = TERRAMIS_OK;
    size_t made = 0;
    if (count > 1)
        status = mem_new(&holes, count - 1, sizeof(GEOSGeometry *));
    for (; status == TERRAMIS_OK && made + 1 < count; made++) {
        holes[made] = simple_of(paths, first + 1 + made, geos);
        status = geos_check(geos, holes[made], N_("geometry"));
    }
    *part = NULL;
    if (status == TERRAMIS_OK) { /* consumes outer and holes */
        *part = GEOSGeom_createPolygon_r(geos->context, outer, holes,
                                         (unsigned)made);
        status = geos_check(geos, *part, N_("geometry"));
    } else {
        destroy_all(geos, holes, made);
        GEOSGeom_destroy_r(geos->context, outer);
    }
    free(holes);
    return status;
}

/* Type of a collection of such parts. */
static int collection_type(struct path_range range)
{
    static const int types[] = {[PATH_SHELL] = GEOS_MULTIPOLYGON,
                                [PATH_LINE] = GEOS_MULTILINESTRING,
                                [PATH_POINT] = GEOS_MULTIPOINT};
    int type = -1;
    for (size_t i = range.first; i < range.first + range.count; i++) {
        enum path_kind kind = paths_kind(range.paths, i);
        int own = types[kind == PATH_HOLE ? PATH_SHELL : kind];
        if (type >= 0 && type != own)
            return GEOS_GEOMETRYCOLLECTION;
        type = own;
    }
    return type < 0 ? GEOS_GEOMETRYCOLLECTION : type;
}

enum terramis_status paths_geometry(struct path_range range, struct geos *geos,
                                    GEOSGeometry **geometry)
{
    size_t end = range.first + range.count, count = 0, size;
    *geometry = NULL;
    if (range.count > 0 && part_size(range, range.first) == range.count)
        return part_of(range.paths, range.first, range.count, geos, geometry);
    GEOSGeometry **parts = NULL;
    TRY(mem_new(&parts, range.count, sizeof(GEOSGeometry *)));
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = range.first; i < end && status == TERRAMIS_OK; i += size) {
        size = part_size(range, i);
        status = part_of(range.paths, i, size, geos, &parts[count]);
        count += status == TERRAMIS_OK;
    }
    if (status == TERRAMIS_OK) { /* consumes the parts */
        *geometry = GEOSGeom_createCollection_r(
            geos->context, collection_type(range), parts, (unsigned)count);
        status = geos_check(geos, *geometry, N_("geometry"));
    } else {
        destroy_all(geos, parts, count);
    }
    free(parts);
    return status;
}
