/**
 * @file environment.h
 * @brief What the environment says to GDAL.
 */
#ifndef GEO_ENVIRONMENT_H
#define GEO_ENVIRONMENT_H

/** Takes GDAL's options out of the environment: they belong to whatever else is
 * done on the machine, and change results (GDAL_TIFF_ENDIANNESS), end a run
 * (GDAL_DISABLE_READDIR_ON_OPEN, which people set for layers in the cloud) or
 * hide damage (GTIFF_IGNORE_READ_ERRORS). Where its data are, how much it may
 * keep and what it logs stay. Call it before there are threads. */
void environment_clear(void);

#endif
