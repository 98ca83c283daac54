/**
 * @file soil.h
 * @brief Soil and climate that fit the terrain: deep loess on the plateau,
 * shallow on the slopes, wet in the valley floors; rain grows with height.
 */
#ifndef DEMO_SOIL_H
#define DEMO_SOIL_H

#include "demo/region.h"

/** Metres. */
double soil_height(const struct region *region, struct point p);
/** Centimetres that roots can use. */
double soil_depth(const struct region *region, struct point p);
/** Available water capacity, mm. */
double soil_reserve(const struct region *region, struct point p);
/** 1 well drained .. 5 very poorly drained. */
double soil_drainage(const struct region *region, struct point p);
/** Millimetres a year. */
double soil_rain(const struct region *region, struct point p);
/** Mean annual temperature, Celsius. */
double soil_temperature(const struct region *region, struct point p);

#endif
