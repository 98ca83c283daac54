/**
 * @file licence.h
 * @brief What the licences of inputs mean for that of the results.
 */
#ifndef PUBLISH_LICENCE_H
#define PUBLISH_LICENCE_H

#include <stddef.h>

#include "base/status.h"

enum licence_terms {
    TERMS_NONE,        /**< no duty: CC0 */
    TERMS_ATTRIBUTION, /**< sources must be named: Licence Ouverte, CC BY */
    TERMS_SHARE_ODBL,  /**< a database made of it must be under the ODbL */
    TERMS_SHARE_CC,    /**< adapted material must be under CC BY-SA */
    TERMS_CLOSED       /**< results may not be open data: NC, ND */
};

struct licence {
    const char *id; /**< SPDX */
    const char *title;
    const char *url;
    enum licence_terms terms;
    const char *marks; /**< parts of names, lower case, ended by "|" */
};

/** The licence that a text names, whatever its spelling ("LO 2.0", "Open
 * Licence (Etalab)"); NULL: not known. */
const struct licence *licence_find(const char *text);

/** An input and its licence as written; NULL: none is given. */
struct licence_input {
    const char *title, *licence;
};

/** The licence of results: the project's, where it may be so; that which
 * inputs demand, where the project names none. TERRAMIS_PROJECT with the input
 * and what to do where they conflict. Warns of inputs without a known one. */
enum terramis_status licence_choose(const struct licence **chosen,
                                    const char *project,
                                    const struct licence_input *inputs,
                                    size_t count);

#endif
