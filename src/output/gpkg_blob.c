#include "output/gpkg_blob.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
    HEAD = 5,             /* byte order, type */
    BLOB_HEAD = 8 + 4 * 8 /* "GP", version, flags, srs_id, extent */
};

enum {
    FLAG_LITTLE_ENDIAN = 1,
    FLAG_EXTENT = 1 << 1, /* xmin, xmax, ymin, ymax */
    FLAG_EMPTY = 1 << 4
};

/* What is left to read. */
struct reader {
    const unsigned char *at;
    size_t left;
    struct rect extent;
};

static uint32_t number_at(const unsigned char *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

static bool read_number(struct reader *r, uint32_t *number)
{
    if (r->left < 4)
        return false;
    *number = number_at(r->at);
    r->at += 4;
    r->left -= 4;
    return true;
}

static bool read_points(struct reader *r, uint32_t count)
{
    if (r->left / 16 < count)
        return false;
    struct rect e = r->extent;
    for (uint32_t i = 0; i < count; i++) {
        double p[2];
        memcpy(p, r->at + (size_t)i * 16, 16);
        e.xmin = p[0] < e.xmin ? p[0] : e.xmin;
        e.xmax = p[0] > e.xmax ? p[0] : e.xmax;
        e.ymin = p[1] < e.ymin ? p[1] : e.ymin;
        e.ymax = p[1] > e.ymax ? p[1] : e.ymax;
    }
    r->extent = e;
    r->at += (size_t)count * 16;
    r->left -= (size_t)count * 16;
    return true;
}

static bool read_lists(struct reader *r, uint32_t lists)
{
    uint32_t points;
    for (uint32_t i = 0; i < lists; i++)
        if (!read_number(r, &points) || !read_points(r, points))
            return false;
    return true;
}

static bool read_single(struct reader *r, uint32_t type)
{
    uint32_t rings;
    if (type == WKB_POINT)
        return read_points(r, 1);
    if (type == WKB_LINE)
        return read_lists(r, 1);
    return read_number(r, &rings) && read_lists(r, rings);
}

/* Byte order and type. */
static bool read_head(struct reader *r, uint32_t *type)
{
    if (r->left < HEAD || r->at[0] != 1)
        return false;
    r->at++;
    r->left--;
    return read_number(r, type);
}

static uint32_t single_of(enum wkb_type type)
{
    return type == WKB_MULTILINE      ? WKB_LINE
           : type == WKB_MULTIPOLYGON ? WKB_POLYGON
                                      : (uint32_t)type;
}

/* To the last byte; *single: it is the single geometry of the type. */
static bool read_geometry(struct reader *r, enum wkb_type type, bool *single)
{
    uint32_t found, part, parts = 1;
    if (!read_head(r, &found))
        return false;
    *single = found == single_of(type);
    if (*single)
        return read_single(r, found) && r->left == 0;
    if (found != (uint32_t)type || !read_number(r, &parts))
        return false;
    for (uint32_t i = 0; i < parts; i++)
        if (!read_head(r, &part) || part != single_of(type) ||
            !read_single(r, part))
            return false;
    return r->left == 0;
}

static void add(struct gpkg_blob *blob, const void *bytes, size_t size)
{
    memcpy(blob->at + blob->size, bytes, size);
    blob->size += size;
}

static void add_head(struct gpkg_blob *blob, enum wkb_type type, int32_t srs_id)
{
    const struct rect *e = &blob->extent;
    bool empty = rect_is_empty(*e), extent = !empty && type != WKB_POINT;
    unsigned flags = FLAG_LITTLE_ENDIAN | (extent ? FLAG_EXTENT : 0U) |
                     (empty ? FLAG_EMPTY : 0U);
    blob->size = 0;
    add(blob, (const unsigned char[]){'G', 'P', 0, (unsigned char)flags}, 4);
    add(blob, &srs_id, sizeof srs_id);
    if (extent)
        add(blob, (const double[]){e->xmin, e->xmax, e->ymin, e->ymax}, 32);
}

bool gpkg_blob_make(struct gpkg_blob *blob, const unsigned char *wkb,
                    size_t size, enum wkb_type type, int32_t srs_id)
{
    struct reader reader = {wkb, size, rect_empty()};
    bool single = false;
    if (size > INT32_MAX - BLOB_HEAD - HEAD - 4 ||
        !read_geometry(&reader, type, &single) ||
        mem_grow(&blob->at, &blob->capacity, BLOB_HEAD + HEAD + 4 + size, 1) !=
            TERRAMIS_OK)
        return false;
    blob->extent = reader.extent;
    add_head(blob, type, srs_id);
    if (single && single_of(type) != (uint32_t)type) /* a multi of one part */
        add(blob,
            (const unsigned char[]){1, (unsigned char)type, 0, 0, 0, 1, 0, 0,
                                    0},
            HEAD + 4);
    add(blob, wkb, size);
    return true;
}

/* Bytes of the polygons as WKB, at most, or 0: they are none. */
static size_t polygons_size(struct path_range range)
{
    const struct paths *paths = range.paths;
    size_t end = range.first + range.count, size = HEAD + 4;
    for (size_t i = range.first; i < end; i++) {
        if (paths_kind(paths, i) > PATH_HOLE)
            return 0;
        size += HEAD + 4 + 4 + 16 * (paths->start[i + 1] - paths->start[i]);
    }
    return size;
}

static void add_number(struct gpkg_blob *blob, size_t number)
{
    add(blob,
        (const unsigned char[]){
            (unsigned char)number, (unsigned char)(number >> 8),
            (unsigned char)(number >> 16), (unsigned char)(number >> 24)},
        4);
}

static void add_wkb_head(struct gpkg_blob *blob, enum wkb_type type,
                         size_t count)
{
    add(blob, (const unsigned char[]){1, (unsigned char)type, 0, 0, 0}, HEAD);
    add_number(blob, count);
}

static void add_ring(struct gpkg_blob *blob, const struct paths *paths,
                     size_t i)
{
    size_t points = paths->start[i + 1] - paths->start[i];
    const double *xy = paths->xy + 2 * paths->start[i];
    add_number(blob, points);
    if (!(paths->kind[i] & PATH_TURNED)) {
        add(blob, xy, 2 * points * sizeof *xy);
        return;
    }
    for (size_t k = points; k-- > 0;)
        add(blob, xy + 2 * k, 2 * sizeof *xy);
}

/* Shells, each with the holes after it. */
static size_t count_polygons(struct path_range range)
{
    size_t count = 0;
    for (size_t i = 0; i < range.count; i++)
        count +=
            i == 0 || paths_kind(range.paths, range.first + i) == PATH_SHELL;
    return count;
}

static size_t count_rings(struct path_range range, size_t shell)
{
    size_t end = shell + 1;
    while (end < range.first + range.count &&
           paths_kind(range.paths, end) == PATH_HOLE)
        end++;
    return end - shell;
}

enum terramis_status gpkg_blob_polygons(struct gpkg_blob *blob,
                                        struct path_range polygons,
                                        int32_t srs_id)
{
    const struct paths *paths = polygons.paths;
    size_t size = polygons_size(polygons),
           end = polygons.first + polygons.count;
    if (size == 0 || size > INT32_MAX - BLOB_HEAD)
        return status_set(TERRAMIS_INTERNAL,
                          "a geometry is no polygon or too long");
    TRY(mem_grow(&blob->at, &blob->capacity, BLOB_HEAD + size, 1));
    blob->extent = rect_empty();
    if (polygons.count > 0)
        blob->extent = paths_bounds(polygons);
    add_head(blob, WKB_MULTIPOLYGON, srs_id);
    add_wkb_head(blob, WKB_MULTIPOLYGON, count_polygons(polygons));
    for (size_t i = polygons.first; i < end;) {
        size_t rings = count_rings(polygons, i);
        add_wkb_head(blob, WKB_POLYGON, rings);
        for (; rings > 0; rings--)
            add_ring(blob, paths, i++);
    }
    return TERRAMIS_OK;
}
