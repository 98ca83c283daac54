/**
 * @file html_communes.h
 * @brief The communes of the parcels on the page, so that one can be looked for
 * by its name or its INSEE code.
 */
#ifndef OUTPUT_HTML_COMMUNES_H
#define OUTPUT_HTML_COMMUNES_H

#include "base/mem.h"
#include "layer/vector.h"
#include "output/html_json.h"

struct html_commune {
    const char *code; /**< INSEE; NULL: not known */
    const char *name; /**< NULL: not known */
};

/** Zero-initialise, but for `places`; release frees. */
struct html_communes {
    const struct vector *places; /**< areas with a name as first value; NULL or
                                      empty: none */
    struct arena arena;
    struct html_commune *items;
    size_t count, room;
};

/** Number of the parcel's commune, from 0, in *number; -1: not known. The code
 * by its id (NULL: it has none), else by a field of the layer, see plan.h; the
 * name by a field, else by the place around it. */
enum terramis_status html_communes_find(struct html_communes *communes,
                                        const struct feature *feature,
                                        const char *id, int *number);

/** [[code, name], ...] */
void html_put_communes(struct html_json *json,
                       const struct html_communes *communes);
void html_communes_release(struct html_communes *communes);

#endif
