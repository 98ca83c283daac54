/**
 * @file assess.h
 * @brief What the layers say about each parcel beyond its score: allowed use
 * of the crop, what a catchment gains, warnings.
 */
#ifndef PARCEL_ASSESS_H
#define PARCEL_ASSESS_H

#include "parcel/cover.h"
#include "parcel/evidence.h"
#include "parcel/parcel.h"

/** What is known of the land; shared, read-only. */
struct knowledge {
    const struct evidence *evidence;
    size_t evidence_count;
    const struct cover_layer *covers;
    size_t cover_count;
};

/** Allowed use by the content of the soil, mg/kg; NAN: not sampled. */
enum crop_use use_of_soil(const struct pollution_config *config,
                          const double content[METAL_COUNT]);

/** Length of a strip of `area` and `perimeter`, taken as a rectangle. */
double strip_length(double area, double perimeter);

/** After parcels_finish(): sources of every parcel; use, basis, nitrate and
 * warnings of every parcel with plantable land. Layers count where they make
 * some of it marginal; where those of one kind say different things, each
 * counts where it comes more than 10 cm into the parcel. `threads` changes
 * nothing but the time. */
enum terramis_status parcels_assess(struct parcels *parcels,
                                    const struct config *config,
                                    const struct knowledge *knowledge,
                                    int threads);

#endif
