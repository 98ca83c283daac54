/**
 * @file ascii_grid.h
 * @brief An ASCII grid, looked at before GDAL reads it.
 */
#ifndef LAYER_ASCII_GRID_H
#define LAYER_ASCII_GRID_H

#include "layer/source.h"

/** TERRAMIS_INPUT, with the line, where a value is no number: GDAL takes
 * "#N/A" for 0 and "8o" for 8. */
enum terramis_status ascii_grid_check(const struct config *config,
                                      const struct layer_config *layer);

#endif
