/**
 * @file make.h
 * @brief A project's yield settings from a line of text.
 */
#ifndef UNIT_YIELD_MAKE_H
#define UNIT_YIELD_MAKE_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "unit/settings.h"
#include "yield/yield.h"

/** Reads the model of `settings`, such as "kind: class, S1: 20". */
static inline void make_model(struct arena *arena, struct config *config,
                              const char *settings)
{
    const char *problem;
    config->path = "p.yaml";
    if (read_use(arena, &yield_registry, settings, &config->yields.model,
                 &problem))
        return;
    printf("%s\n", problem);
    abort();
}

/** Land of a class and available water, nothing polluted. */
static inline struct yield_land make_land(enum suitability_class class,
                                          double awc)
{
    return (struct yield_land){.class = class, .input = {awc, NAN, NAN}};
}

#endif
