/**
 * @file html_page.h
 * @brief The parts of index.html: embedded files, fixed texts, data.
 */
#ifndef OUTPUT_HTML_PAGE_H
#define OUTPUT_HTML_PAGE_H

#include "output/html_communes.h"
#include "output/html_json.h"
#include "output/output.h"

/** A file of output/html/ or of Leaflet, built into the library. */
struct html_asset {
    const char *name;
    const unsigned char *bytes;
    size_t size;
};

/** NULL: there is none of that name (`length` bytes). */
const struct html_asset *html_asset_find(const char *name, size_t length);

/** The fixed text `key` (`length` bytes); NULL: there is none. */
const char *html_page_text(const char *key, size_t length, int language);

/** The texts that the scripts need: {"key": "text", ...}. */
void html_put_texts(struct html_json *json, int language);

/** Appends the page's Content-Security-Policy. */
enum terramis_status html_policy(struct text *policy);

/** Links to the files that are there, with what they are for. */
enum terramis_status html_put_files(struct html_json *json,
                                    const struct output_job *job);

/** Plantable parcels of a territory, best first, not more than `limit`; their
 * communes join `communes`. */
enum terramis_status html_put_parcels(struct html_json *json,
                                      const struct analysis *analysis,
                                      struct geos *geos,
                                      struct html_communes *communes,
                                      size_t limit);

/** What the project plans, then what each scenario changes. */
void html_put_scenarios(struct html_json *json, const struct config *config);

/** What a territory plants and harvests year by year, by scenario and kind. */
void html_put_plans(struct html_json *json, const struct analysis *analysis);

/** Rings as lists of whole decimetres: the first point, then the differences
 * from point to point; the last point, equal to the first, is left out of
 * `closed` ones. */
void html_put_rings(struct html_json *json, const char *key, const double *xy,
                    const size_t *start, size_t count, bool closed);

/** Everything that the scripts read. `most`: parcels that one page may have;
 * of more, the best ranks of each territory are taken. */
enum terramis_status html_put_data(struct html_json *json,
                                   const struct output_job *job, size_t most);

#endif
