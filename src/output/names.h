/**
 * @file names.h
 * @brief Names that help to find one's way on a map: those of the project's
 * places, or else the codes of the communes that its parcels tell.
 */
#ifndef OUTPUT_NAMES_H
#define OUTPUT_NAMES_H

#include "output/commune.h"
#include "output/map.h"
#include "plan/plan.h"

struct names {
    struct map_place *items; /**< the most important first; texts of the plan or
                                  of `codes` */
    size_t count;
    char (*codes)[COMMUNE_CODE];
    bool are_codes;
};

/** Those in `extent`. The caller releases in either case. */
enum terramis_status names_make(struct names *names, const struct plan *plan,
                                struct rect extent);
void names_release(struct names *names);

#endif
