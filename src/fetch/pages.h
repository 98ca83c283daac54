/**
 * @file pages.h
 * @brief Answers that come in pages: has every object come, and only once?
 */
#ifndef FETCH_PAGES_H
#define FETCH_PAGES_H

#include "fetch/service.h"

/** Where services cut without a word. */
enum {
    PAGES_LIMIT = 5000
};

/** The pages of one question. Zero-initialise. */
struct pages {
    int count;          /**< so far */
    long long matched;  /**< as the service says; -1: it does not */
    long long returned; /**< sum of the pages */
    long long last;     /**< of the last page */
    long long repeated; /**< counted by the collection before the first page */
};

/** Notes a page of `returned` objects of `matched`; TERRAMIS_INPUT where it
 * contradicts the page before. */
enum terramis_status pages_note(struct pages *pages, const char *what,
                                long long matched, long long returned);

/** Is there another page, as far as can be known? `size` was asked for. */
bool pages_go_on(const struct pages *pages, long long size);

/** At the end: all there, none twice? TERRAMIS_INPUT with what to do. */
enum terramis_status pages_check(const struct pages *pages, const char *what,
                                 const struct collection *collection,
                                 const char *key);

#endif
