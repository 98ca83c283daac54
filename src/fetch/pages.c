#include "fetch/pages.h"

enum terramis_status pages_note(struct pages *pages, const char *what,
                                long long matched, long long returned)
{
    bool first = pages->count++ == 0;
    pages->returned += returned;
    pages->last = returned;
    if (first || pages->matched < 0)
        pages->matched = matched;
    if (matched >= 0 && matched != pages->matched)
        return status_set(TERRAMIS_INPUT,
                          _("%s: %lld objects in all, but the page before said "
                            "%lld: the data changed on the way. Run again with "
                            "--refresh"),
                          what, matched, pages->matched);
    return TERRAMIS_OK;
}

bool pages_go_on(const struct pages *pages, long long size)
{
    if (pages->last == 0)
        return false;
    if (pages->matched >= 0)
        return pages->returned < pages->matched;
    /* a page may be cut below `size`: only an empty one is surely the last */
    return pages->last >= size || pages->last >= PAGES_LIMIT;
}

enum terramis_status pages_check(const struct pages *pages, const char *what,
                                 const struct collection *collection,
                                 const char *key)
{
    long long repeated = collection->counts.repeated - pages->repeated;
    if (repeated > 0)
        return status_set(
            TERRAMIS_INPUT,
            key ? _("%s: %lld objects came twice with the same '%s', so others "
                    "may be missing. Give key: the name of a field that is "
                    "different in every object")
                : _("%s: %lld objects came twice%s, so others are missing: the "
                    "service does not sort its pages. Give key: the name of a "
                    "field that is different in every object"),
            what, repeated, key ? key : "");
    if (pages->matched >= 0 && pages->returned != pages->matched)
        return status_set(
            TERRAMIS_INPUT,
            _("%s: %lld objects came of %lld: the service cut the answer. What "
              "is missing would count as free land, so nothing is written. Try "
              "again later, or a smaller territory"),
            what, pages->returned, pages->matched);
    if (pages->matched < 0 && pages->returned > 0 &&
        pages->returned % PAGES_LIMIT == 0)
        return status_set(
            TERRAMIS_INPUT,
            _("%s: exactly %lld objects came, the limit of the service, and it "
              "does not say how many there are: more may be missing. Name a "
              "smaller territory"),
            what, pages->returned);
    return TERRAMIS_OK;
}
