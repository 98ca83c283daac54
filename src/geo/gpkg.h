/**
 * @file gpkg.h
 * @brief What SQLite keeps beside a GeoPackage.
 */
#ifndef GEO_GPKG_H
#define GEO_GPKG_H

#include <stdbool.h>

#include "base/status.h"

/** Is it a database of SQLite, and one that must be opened as *immutable?
 * SQLite would otherwise put files beside it and GDAL take in what is there,
 * although it was asked to read. TERRAMIS_INPUT where another program has it
 * open, or has left it half written. */
enum terramis_status gpkg_check(const char *path, bool *immutable);

#endif
