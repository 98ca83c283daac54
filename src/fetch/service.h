/**
 * @file service.h
 * @brief What every service is: one file, one line in config/services.def.
 */
#ifndef FETCH_SERVICE_H
#define FETCH_SERVICE_H

#include "fetch/answer.h"
#include "fetch/area.h"
#include "fetch/collection.h"

/** One entry of `fetch: layers:` being fetched. */
struct fetch_job {
    const struct config *config;
    const struct fetch_config *entry;
    const char *address; /**< the service's */
    const struct area *area;
    struct answers *answers;
    struct collection *collection; /**< takes the features of answers */
    struct text *file;             /**< or: a file to be converted */
    struct text *settings;         /**< then: how it is to be read, in words */
    char sha256[65];               /**< then: of what was downloaded */
};

struct fetch_service {
    struct operator op; /**< first: name, summary, settings */
    /** Adds to job->collection, or names job->file. */
    enum terramis_status (*fetch)(struct fetch_job *job);
};

extern const struct registry service_registry;

/** The service that an entry names. */
const struct fetch_service *service_of(const struct fetch_config *entry);

/** What config/services.def says of a service. */
struct service_facts {
    const char *name;
    const char *address; /**< public one; NULL: none of its own */
    const char *licence; /**< of the data; NULL: not known */
    const char *source;  /**< where that is documented */
};
const struct service_facts *service_facts(const char *name);

/** The service's address for this project, without "/" at its end. */
enum terramis_status service_address(const struct config *config,
                                     const struct fetch_config *entry,
                                     struct text *address);

/** Sets "project:line:column: SERVICE: message" and returns `code`. */
enum terramis_status service_problem(const struct fetch_job *job,
                                     enum terramis_status code,
                                     const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Redraws the progress line: `done` of `total` (-1: not known) of the entry,
 * where stderr is a terminal. */
void service_progress(const struct fetch_job *job, long long done,
                      long long total);

/** Asks for each commune of the area, with progress; TERRAMIS_PROJECT where the
 * area has none. */
enum terramis_status service_each_commune(
    struct fetch_job *job,
    enum terramis_status (*ask)(struct fetch_job *job,
                                const struct commune *commune));

/** "wfs BDTOPO_V3:batiment, page 3": how messages call an answer. */
void service_what(struct text *what, const struct fetch_job *job,
                  const char *subject, int page);

#endif
