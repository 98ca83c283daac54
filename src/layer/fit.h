/**
 * @file fit.h
 * @brief Does a layer have the fields of its profile, and of which else?
 */
#ifndef LAYER_FIT_H
#define LAYER_FIT_H

#include <ogr_api.h>

#include "layer/profile.h"

/** Column of the field "name|alias|..." (any case; a leading "?" is passed
 * over), or -1. */
int fit_column(OGRFeatureDefnH definition, const char *names);

/** Calls `each(field, column, data)` for every field of the profile; `field`
 * is "?name|alias" and lives only for the call. */
void fit_fields(const struct profile *profile, OGRFeatureDefnH definition,
                void (*each)(const char *field, int column, void *data),
                void *data);

/** The first field that must be there and is not, in `missing`; "" if none. */
void fit_missing(const struct profile *profile, OGRFeatureDefnH definition,
                 char missing[128]);

/** The profile's kind of a layer's geometry; PROFILE_ANY: not declared. */
enum profile_kind fit_kind(OGRwkbGeometryType type);

/** The known profile that fits best: the geometry, all the fields that it must
 * have, and at least two in all, more than `than` (which may be NULL) has; NULL
 * where none does. */
const struct profile *fit_best(OGRFeatureDefnH definition,
                               const struct profile *than);

#endif
