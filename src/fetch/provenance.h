/**
 * @file provenance.h
 * @brief Where a downloaded file comes from: a JSON file beside it, from which
 * a run takes licence and date for the manifest and the maps.
 */
#ifndef FETCH_PROVENANCE_H
#define FETCH_PROVENANCE_H

#include "config/config.h"

/** What is known of one downloaded layer. */
struct provenance {
    const char *layer;
    const char *service;
    const char *address;  /**< first one that was asked */
    const char *licence;  /**< NULL: not known */
    const char *date;     /**< vintage, or the day of the download */
    const char *sha256;   /**< of what was downloaded, before conversion */
    const char *settings; /**< how it was read; NULL: the usual way */
    long long features;   /**< -1: a raster */
    long long without_geometry;
};

/** Writes FILE.source.json for the finished `file`. */
enum terramis_status provenance_write(const char *file,
                                      const struct provenance *layers,
                                      size_t count);

/** Puts the finished `part`, which has a record, in the place of `file`, and
 * then the record beside it. */
enum terramis_status provenance_replace(const char *part, const char *file);

/** Ends a replacement that was cut short between file and record. */
void provenance_settle(const char *part, const char *file);

/** Is `file` there, as it was written, from the same downloads? */
bool provenance_holds(const char *file, const struct provenance *layers,
                      size_t count);

/** Is `file` as terramis wrote it, or somebody's own, or edited since? */
bool provenance_is_ours(const char *file);

/** Gives layers of `config` without `licence:` or `date:` those of their
 * records. A file that changed since its download keeps neither (warning). */
enum terramis_status provenance_apply(struct config *config);

#endif
