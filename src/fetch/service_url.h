/**
 * @file service_url.h
 * @brief Settings of the service url, which say how its file is read.
 */
#ifndef FETCH_SERVICE_URL_H
#define FETCH_SERVICE_URL_H

#include "fetch/service.h"

struct url {
    const char *address;
    const char *member;       /**< file in an archive; NULL: its only one */
    const char *source_layer; /**< NULL: the file's only one */
    const char *encoding;
    const char *crs;
};

#endif
