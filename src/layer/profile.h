/**
 * @file profile.h
 * @brief The known layers: the table layer/profiles.def.
 */
#ifndef LAYER_PROFILE_H
#define LAYER_PROFILE_H

#include "config/profile.h"

extern const struct registry profile_registry;

#endif
