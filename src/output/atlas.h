/**
 * @file atlas.h
 * @brief The pages of atlas.pdf beside the maps. Private to the atlas's files.
 */
#ifndef OUTPUT_ATLAS_H
#define OUTPUT_ATLAS_H

#include "output/pdf.h"
#include "output/theme.h"

/** Best parcels with the reason, hectares by kind and class, and by
 * constraint. */
enum terramis_status
atlas_add_figures(struct pdf *pdf, const struct sheet *sheet, enum paper paper);

/** A map of one site with its parcels. */
enum terramis_status atlas_add_site(struct pdf *pdf, const struct sheet *sheet,
                                    const struct site *site, enum paper paper);

#endif
