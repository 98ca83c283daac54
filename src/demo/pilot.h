/**
 * @file pilot.h
 * @brief What the generator knows of the two pilot territories: where they
 * lie, how large they are, their main rivers and towns, rounded to 500 m.
 *
 * Coordinates are EPSG:2154, metres.
 */
#ifndef DEMO_PILOT_H
#define DEMO_PILOT_H

#include <stddef.h>
#include <stdint.h>

#include "demo/shape.h"
#include "geo/rect.h"

enum {
    PILOT_COUNT = 2,
    GUIDE_POINTS = 16,
    PILOT_GUIDES = 4,
    PILOT_TOWNS = 6,
    PILOT_OUTLINE = 32
};

/** A river that shapes the land. Ends with a point of x = 0. */
struct guide {
    const char *name;
    double width;   /**< metres of water, at its lower end */
    double plain;   /**< half-width of the flat valley floor, metres */
    double side;    /**< slope of the valley sides, ratio */
    double meander; /**< metres that its course is moved at random */
    int class;      /**< 0 brook .. 3 river drawn as a surface */
    struct {
        double x, y, z; /**< z: water level, metres */
    } at[GUIDE_POINTS];
};

struct pilot {
    const char *id;
    const char *name;
    const char *siren;
    int insee;    /**< first commune code; not a real commune */
    int communes; /**< how many */
    double area;  /**< of the territory, square metres, planar */
    uint64_t seed;
    double plateau;     /**< metres, in the middle of the territory */
    double tilt;        /**< metres of rise per kilometre to the south */
    double relief;      /**< metres of undulation of the plateau */
    double rain;        /**< mm a year at 100 m */
    double temperature; /**< mean annual, Celsius, at 100 m */
    double brooks;      /**< square kilometres that feed a visible brook */
    double wood;        /**< offset of the share of forest, about -1..1 */
    struct point outline[PILOT_OUTLINE]; /**< ends with x = 0 */
    struct point towns[PILOT_TOWNS];     /**< end with x = 0 */
    struct guide guides[PILOT_GUIDES];   /**< end with name NULL */
};

extern const struct pilot pilots[PILOT_COUNT];

/** The ragged outline of a pilot, of exactly its area. Caller frees
 * outline->at. */
enum terramis_status pilot_outline(const struct pilot *pilot,
                                   struct points *outline);

/** A guide's course in steps of about 200 m: points and their water levels.
 * Caller frees both, also on failure. */
enum terramis_status pilot_course(const struct pilot *pilot,
                                  const struct guide *guide,
                                  struct points *course, double **levels);

#endif
