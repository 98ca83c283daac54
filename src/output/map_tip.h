/**
 * @file map_tip.h
 * @brief What QGIS shows where the mouse rests on a feature, and on the card of
 * a printed page: its explanation as an HTML template.
 *
 * The template's expressions stand in [% %]; the values that they take from the
 * layer, and every label of the project, are escaped for HTML, so that no name
 * can bring markup or an expression of its own.
 */
#ifndef OUTPUT_MAP_TIP_H
#define OUTPUT_MAP_TIP_H

#include "output/fields.h"

/** Class, score, rank, areas, use, yield, factors with their bars, warnings of
 * a parcel. */
void map_tip_parcel(struct text *out, const struct fields *fields,
                    int language);

/** Score, areas and harvest of a site. */
void map_tip_site(struct text *out, const struct fields *fields, int language);

#endif
