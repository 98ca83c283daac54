/**
 * @file fields_numbered.h
 * @brief The fields of parcels of which there is one per factor or scenario.
 */
#ifndef OUTPUT_FIELDS_NUMBERED_H
#define OUTPUT_FIELDS_NUMBERED_H

#include "output/fields.h"

/** How many there are. */
size_t fields_numbered(const struct plan *plan);

/** Adds them; there is room. */
enum terramis_status fields_add_numbered(struct fields *fields,
                                         const struct plan *plan);

/** Makes the field's alias of its title and unit. */
enum terramis_status fields_alias(struct fields *fields, struct field *field);

/** The row's parcel under scenario `number`; 0 is the project itself. */
const struct scenario_parcel *
fields_scenario_parcel(const struct field_row *row, size_t number);

#endif
