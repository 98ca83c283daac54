/* The page's Content-Security-Policy: nothing may be loaded, and only the
 * scripts and styles of the template run, named by their digests. Whatever a
 * name in the data holds, the browser would refuse to run it. */
#include <string.h>

#include "output/digest.h"
#include "output/html_page.h"

/* "text {{>file}} text", files put in. */
static void expand(struct text *out, const char *at, const char *end)
{
    while (at < end) {
        const char *open = strstr(at, "{{>");
        const char *close = open && open < end ? strstr(open, "}}") : NULL;
        const char *stop = close ? open : end;
        text_addf(out, "%.*s", (int)(stop - at), at);
        at = close ? close + 2 : end;
        const struct html_asset *file =
            close ? html_asset_find(open + 3, (size_t)(close - open - 3))
                  : NULL;
        if (file)
            text_addf(out, "%.*s", (int)file->size, (const char *)file->bytes);
    }
}

static enum terramis_status add_digest(struct text *policy, const char *at,
                                       const char *end)
{
    struct text content = {0};
    char source[DIGEST_SOURCE];
    expand(&content, at, end);
    enum terramis_status status = text_status(&content);
    if (status == TERRAMIS_OK)
        status = digest_source(text_get(&content), content.length, source);
    text_release(&content);
    if (status == TERRAMIS_OK)
        text_addf(policy, " '%s'", source);
    return status;
}

/* "; name-src 'sha256-...' ...": of each element <name> of the template. */
static enum terramis_status add_elements(struct text *policy, const char *page,
                                         const char *name)
{
    struct text open = {0}, close = {0};
    enum terramis_status status = TERRAMIS_OK;
    text_addf(&open, "<%s>", name);
    text_addf(&close, "</%s>", name);
    text_addf(policy, "; %s-src", name);
    const char *at = strstr(page, text_get(&open));
    while (at && status == TERRAMIS_OK) {
        const char *end = strstr(at, text_get(&close));
        if (end)
            status = add_digest(policy, at + open.length, end);
        at = end ? strstr(end, text_get(&open)) : NULL;
    }
    text_release(&open);
    text_release(&close);
    return status;
}

enum terramis_status html_policy(struct text *policy)
{
    const struct html_asset *asset = html_asset_find("page.html", 9);
    struct text page = {0};
    enum terramis_status status;
    text_addf(&page, "%.*s", (int)asset->size, (const char *)asset->bytes);
    TRY_DONE(text_status(&page));
    text_add(policy, "default-src 'none'");
    TRY_DONE(add_elements(policy, text_get(&page), "script"));
    TRY_DONE(add_elements(policy, text_get(&page), "style"));
    text_add(policy, "; img-src data:; base-uri 'none'; form-action 'none'");
    status = text_status(policy);
done:
    text_release(&page);
    return status;
}
