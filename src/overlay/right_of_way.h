/**
 * @file right_of_way.h
 * @brief Rights-of-way from lines: a corridor by nature and width, less the
 * carriageway and its setback.
 */
#ifndef OVERLAY_RIGHT_OF_WAY_H
#define OVERLAY_RIGHT_OF_WAY_H

#include "layer/profile.h"
#include "layer/vector.h"

/** Land along a network. */
struct rights_of_way {
    struct vector corridor;  /**< carriageway and verges */
    struct vector kept_free; /**< carriageway and setback inside it */
    long long used, tunnels_and_bridges, fictitious;
    long long unknown; /**< lines of a class without a corridor */
};

enum {
    RIGHTS_OF_WAY_FIELDS = 8
};

/** Fields to ask vector_read() for, in the order that rights_of_way_build()
 * expects; ends with NULL. */
void rights_of_way_fields(const struct right_of_way *rule,
                          const char *fields[RIGHTS_OF_WAY_FIELDS + 1],
                          size_t *count);

/** Buffers the lines (round caps, 16 segments per quadrant) in `threads`
 * threads; the result does not depend on their number. The caller
 * releases in either case. Lines that a profile says nothing about are counted
 * as unknown, not used. */
enum terramis_status rights_of_way_build(struct rights_of_way *result,
                                         const struct right_of_way *rule,
                                         const struct vector *lines,
                                         int threads);

void rights_of_way_release(struct rights_of_way *rights);

#endif
