/**
 * @file commune.h
 * @brief The commune that a cadastral identifier names.
 */
#ifndef OUTPUT_COMMUNE_H
#define OUTPUT_COMMUNE_H

#include <stdbool.h>

enum {
    COMMUNE_CODE = 5 + 1 /**< bytes of an INSEE code */
};

/** INSEE code of the commune that a cadastral identifier of 14 characters
 * begins with, as in 76922000ZA0003 or 2A004000AB0012; false: it is none, or
 * NULL. */
bool commune_code(const char *id, char code[COMMUNE_CODE]);

#endif
