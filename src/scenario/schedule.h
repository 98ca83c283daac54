/**
 * @file schedule.h
 * @brief Which land is planted in which year, and who takes its crop.
 *
 * The land is taken in the order given, the best first, as much per year as the
 * rate allows; a parcel that the year has no room for is planted in tranches
 * over the following ones. Every tranche goes to the first outlet that its
 * allowed use fits and whose demand is not met yet; land that nobody wants any
 * more is left out. Areas are whole numbers, so that parts sum up exactly: the
 * land planted after y years at a rate is that after 2 y years at half of it.
 */
#ifndef SCENARIO_SCHEDULE_H
#define SCENARIO_SCHEDULE_H

#include <stdint.h>

#include "parcel/parcel.h"

/** Land that may be planted. */
struct schedule_land {
    size_t parcel; /**< the caller's number */
    int64_t area;  /**< ZONAL_UNIT */
    double yield;  /**< t dry matter per ha and year at the plateau, > 0 */
    enum crop_use use;
};

struct schedule_rules {
    int horizon;                /**< years */
    double rate;                /**< hectares per year; NAN: no limit */
    const struct list *outlets; /**< of outlet_config; none: no limit */
};

/** A part of a parcel planted in one year. */
struct schedule_tranche {
    size_t land;  /**< position in the lands given */
    int year;     /**< from 1 */
    int64_t area; /**< ZONAL_UNIT */
};

struct schedule {
    struct schedule_tranche *items; /**< by land, then by year */
    size_t count, room;
};

/** Fills `schedule` (zero-initialised); the caller releases in either case. */
enum terramis_status schedule_run(struct schedule *schedule,
                                  const struct schedule_land *lands,
                                  size_t count,
                                  const struct schedule_rules *rules);
void schedule_release(struct schedule *schedule);

#endif
