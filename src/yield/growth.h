/**
 * @file growth.h
 * @brief A water-limited season of miscanthus, day by day, after MISCANMOD
 * (Clifton-Brown et al. 2000, Ind. Crops Prod. 12:97-109; 2004, GCB 10:509-518;
 * constants as in BioCro, Rmiscanmod.R).
 *
 *   degree-days  above Tb, leaf area L += leaf x degree-days x f_leaf(psi)
 *   light        LI = 1 - exp(-k L)
 *   growth       RUE x LI x PAR x f, g/m2; a hundredth of it is t/ha
 *   water        deficit += PET x AE/PE - rain, between 0 and the soil's
 *                available water (AWC); full on 1 January
 *   psi          a exp(b theta), MPa; theta in % of the volume of 0.6 m of soil
 *   f_leaf       1 at psi <= 0.8, 0 at 1.8; f_rue 1 at 1.3, 0 at 2.5
 *   season       days of more than 9 degrees C (Richter 2008) without frost
 *
 * Ours, not MISCANMOD's, and not verified against trials: theta counts from the
 * wilting point (1.5 MPa), where the soil's water is used up; AE/PE falls from
 * 1 to 0 between a quarter of AWC and all of it, which are the published 30 and
 * 120 mm for a soil of 120 mm; no more evaporates than there is; and growth is
 * held back by AE/PE as well as by f_rue (f is the lesser), so that a soil
 * without water left lives on its rain. The days of a mean year have no dry
 * spells: what shallow soils lose in real ones is underestimated.
 */
#ifndef YIELD_GROWTH_H
#define YIELD_GROWTH_H

#include "yield/climate.h"

struct growth_crop {
    double rue;         /**< g dry matter per MJ of intercepted PAR */
    double extinction;  /**< k */
    double leaf;        /**< leaf area per degree-day */
    double base;        /**< Tb, degrees C */
    double season;      /**< least mean temperature of a growing day */
    double par;         /**< share of global radiation that is PAR */
    double winter_loss; /**< share of the autumn's peak lost until harvest */
};

struct growth {
    double degree_days; /**< of the growing days */
    double leaf_area;   /**< at its greatest */
    double intercepted; /**< PAR, MJ/m2 */
    double deficit;     /**< of soil water, at its greatest, mm */
    double peak;        /**< t/ha in autumn */
    double harvest;     /**< t/ha after winter */
};

/** Degree-days of a day above `base`, from its extremes. */
double growth_degree_days(double tmin, double tmax, double base);

/** Actual by potential evapotranspiration at a deficit, 0..1. */
double growth_evaporation(double deficit, double awc);

/** Suction at a deficit, MPa. */
double growth_suction(double deficit, double awc);

/** The season on a soil of `awc` mm, with `rain` times the climate's rain. */
void growth_run(struct growth *growth, const struct growth_crop *crop,
                const struct climate_day days[DAYS], double awc, double rain);

#endif
