/**
 * @file coordinates.h
 * @brief The positions of GeoJSON geometries (RFC 7946), without a library.
 */
#ifndef FETCH_COORDINATES_H
#define FETCH_COORDINATES_H

#include <json-c/json.h>

#include "geo/rect.h"

/** Extends `rect` to hold the positions of a geometry; NULL has none. */
void coordinates_extend(struct rect *rect, struct json_object *geometry);

/** Has every position of a geometry coordinates that can be some: numbers that
 * are finite and not beyond a million kilometres? */
bool coordinates_are_sane(struct json_object *geometry);

/** Is it a geometry whose list of positions is empty? */
bool coordinates_are_none(struct json_object *geometry);

/** Exchanges x and y of all positions of a geometry. */
void coordinates_turn(struct json_object *geometry);

#endif
