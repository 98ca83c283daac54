/**
 * @file crs.h
 * @brief Coordinate reference systems by PROJ: named operations, no ballpark.
 *
 * Axis order is always the traditional one of GIS: x east, y north (longitude,
 * latitude in degrees). PROJ objects belong to one thread: each worker opens
 * its own crs_step.
 */
#ifndef GEO_CRS_H
#define GEO_CRS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct crs {
    char *wkt;                  /**< WKT2:2019 */
    char *name;                 /**< "RGF93 v1 / Lambert-93" */
    char *id;                   /**< "EPSG:2154", or "" where it has none */
    bool metric;                /**< projected, with axes in metres */
    bool geographic;            /**< longitude and latitude */
    double unit;                /**< of the axes: metres, or radians where
                                     geographic */
    double longitude, latitude; /**< degrees, middle of the area of use */
    bool wraps; /**< that area holds a pole or crosses the antimeridian */
};

/** Understands "EPSG:n" and WKT, nothing else (no URL, no file, no PROJ
 * string). Of a CRS with heights only the horizontal part is kept. The message
 * names the text but no place; TERRAMIS_INPUT. */
enum terramis_status crs_parse(struct crs *crs, const char *text);

void crs_release(struct crs *crs);

/** Are they the same but for names and axis order? */
bool crs_same(const struct crs *a, const struct crs *b);

/** A transformation from one CRS to another, for one thread. */
struct crs_step;

/** TERRAMIS_INPUT where PROJ knows only a ballpark operation. */
enum terramis_status crs_step_open(struct crs_step **step,
                                   const struct crs *from,
                                   const struct crs *to);
void crs_step_close(struct crs_step *step);

/** Transforms `count` points in place, x and y `stride` doubles apart each;
 * points that cannot be transformed become HUGE_VAL. */
void crs_step_points(struct crs_step *step, double *x, double *y, size_t count,
                     size_t stride, bool inverse);

/** Name of the operation used at this point (source CRS), and its accuracy in
 * metres (negative: not known). The text lives as long as the step. */
const char *crs_step_name(struct crs_step *step, double x, double y,
                          double *accuracy);

/** Does nothing to coordinates? */
bool crs_step_is_identity(const struct crs_step *step);

/** Areas on the ellipsoid of a projected CRS, for one thread. */
struct crs_area;

enum terramis_status crs_area_open(struct crs_area **area,
                                   const struct crs *crs);
void crs_area_close(struct crs_area *area);

/** True square metres per planar square metre at a point of the CRS: the
 * inverse of the areal scale factor (Snyder 1987, USGS PP 1395, section 4), to
 * 1e-8. */
double crs_area_scale(struct crs_area *area, double x, double y);

/** Longitude and latitude, degrees, of a point, on the CRS's own datum. */
void crs_area_degrees(struct crs_area *area, double x, double y,
                      double *longitude, double *latitude);

/** The CRS as WKT of ESRI, which readers of GeoPDF know; caller frees. */
enum terramis_status crs_esri_wkt(const struct crs *crs, char **wkt);

/** PROJ's version, such as "9.1.1". */
const char *crs_version(void);

#endif
