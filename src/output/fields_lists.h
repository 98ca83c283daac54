/**
 * @file fields_lists.h
 * @brief Values of parcels that are lists of layers. Texts live until the next
 * value of the same thread.
 */
#ifndef OUTPUT_FIELDS_LISTS_H
#define OUTPUT_FIELDS_LISTS_H

#include "output/fields.h"

/** Layers that make the parcel marginal: titles, or files that have none. */
struct vector_value sources_value(const struct field_row *row);
/** Constraints that exclude some of it: their ids. */
struct vector_value constraints_value(const struct field_row *row);

#endif
