/**
 * @file csv.h
 * @brief Geometry columns of CSV files, looked at before GDAL's lenient reader
 * takes them: it reads "POINT(1,5 48,5)" as no geometry and polygons with
 * decimal commas as a point at 0 0.
 */
#ifndef LAYER_CSV_H
#define LAYER_CSV_H

#include "layer/table.h"

/** Where a table is a CSV: is every geometry in it sound? TERRAMIS_INPUT with
 * the first bad one's line; blank ones are features without geometry. */
enum terramis_status csv_check(const struct layer_table *table);

/** Is `text` well-formed WKT: parentheses in pairs, every position of 2 to 4
 * numbers? Does not look at the kinds of geometry. */
bool csv_is_wkt(const char *text);

#endif
