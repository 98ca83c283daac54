/* index.html: one file for people without a GIS, opened by double click. The
 * page is a template, output/html/page.html; between double braces it has
 *     {{key}}     a fixed text of texts.def
 *     {{=name}}   something of this run
 *     {{>file}}   another file, as it is
 *     {{data}}    the data, as JSON
 * Whatever comes from layers or the project file reaches the page as escaped
 * text here, or as JSON that the scripts put into text nodes only. */
#include <string.h>

#include "output/credits.h"
#include "output/html_page.h"
#include "output/labels.h"

enum {
    /* more parcels open too slowly, more bytes are too large to mail */
    HTML_PARCELS_MAX = 20000,
    HTML_BYTES_MAX = 14000000
};

enum value {
    VALUE_LANG,
    VALUE_TITLE,
    VALUE_ORGANISATION,
    VALUE_LICENCE,
    VALUE_DATE,
    VALUE_BYLINE,
    VALUE_SOFTWARE,
    VALUE_SOURCES,
    VALUE_METHOD,
    VALUE_CRS,
    VALUE_POLICY,
    VALUE_UNLESS_SYNTHETIC, /* an attribute */
    VALUE_COUNT
};

static const char *const value_names[VALUE_COUNT] = {
    "lang",   "title",  "organisation", "licence",
    "date",   "byline", "software",     "sources",
    "method", "crs",    "policy",       "unless_synthetic"};

struct html {
    const struct output_job *job;
    struct text values[VALUE_COUNT];
    struct file file;
    struct html_json json;
};

static void add_or_dash(struct text *text, const char *addition)
{
    text_add(text, addition ? addition : "–");
}

static enum terramis_status make_values(struct html *html)
{
    const struct plan *plan = html->job->plan;
    const struct config *config = plan->config;
    struct text *v = html->values;
    text_add(&v[VALUE_LANG], config->language == LANGUAGE_EN ? "en" : "fr");
    add_or_dash(&v[VALUE_TITLE], config->title);
    add_or_dash(&v[VALUE_ORGANISATION], config->organisation);
    add_or_dash(&v[VALUE_LICENCE], config->licence);
    credits_date(&v[VALUE_DATE], html->job->date, config->language);
    if (config->organisation)
        text_addf(&v[VALUE_BYLINE], "%s · ", config->organisation);
    text_add(&v[VALUE_BYLINE], text_get(&v[VALUE_DATE]));
    text_add(&v[VALUE_SOFTWARE], "Terramis " TERRAMIS_VERSION);
    credits_sources(&v[VALUE_SOURCES], plan);
    credits_score(&v[VALUE_METHOD], plan);
    text_add(&v[VALUE_METHOD], " ");
    credits_classes(&v[VALUE_METHOD], plan);
    credits_crs(&v[VALUE_CRS], plan);
    TRY(html_policy(&v[VALUE_POLICY]));
    text_add(&v[VALUE_UNLESS_SYNTHETIC], plan->synthetic ? "" : "hidden");
    for (int i = 0; i < VALUE_COUNT; i++)
        TRY(text_status(&v[i]));
    return TERRAMIS_OK;
}

static const char *find_value(const struct html *html, const char *name,
                              size_t length)
{
    for (int i = 0; i < VALUE_COUNT; i++)
        if (strlen(value_names[i]) == length &&
            memcmp(value_names[i], name, length) == 0)
            return text_get(&html->values[i]);
    return NULL;
}

/* Parcels that fit, each with as many bytes as its figures commonly take. */
static size_t parcels_max(const struct config *config)
{
    size_t bytes =
        250 + 22 * config->factors.count + 16 * (config->scenarios.count + 1);
    size_t fit = HTML_BYTES_MAX / bytes;
    return fit < HTML_PARCELS_MAX ? fit : HTML_PARCELS_MAX;
}

/* What stands between {{ and }}. */
static enum terramis_status put_field(struct html *html, const char *name,
                                      size_t length)
{
    const struct html_asset *asset =
        *name == '>' ? html_asset_find(name + 1, length - 1) : NULL;
    if (asset) {
        file_write(&html->file, asset->bytes, asset->size);
        return TERRAMIS_OK;
    }
    if (length == 4 && memcmp(name, "data", 4) == 0)
        return html_put_data(&html->json, html->job,
                             parcels_max(html->job->plan->config));
    const char *text =
        *name == '='
            ? find_value(html, name + 1, length - 1)
            : html_page_text(name, length, html->job->plan->config->language);
    if (!text)
        return status_set(TERRAMIS_INTERNAL, "page.html: what is {{%.*s}}?",
                          (int)length, name);
    text_add_xml(&html->json.out, text);
    return text_status(&html->json.out);
}

/* The first "cc" from `at` on; NULL: there is none before `end`. */
static const char *find_pair(const char *at, const char *end, char c)
{
    while (at && at + 1 < end) {
        at = memchr(at, c, (size_t)(end - at - 1));
        if (at && at[1] == c)
            return at;
        at = at ? at + 1 : NULL;
    }
    return NULL;
}

static enum terramis_status fill(struct html *html)
{
    const struct html_asset *page = html_asset_find("page.html", 9);
    const char *at = (const char *)page->bytes, *end = at + page->size;
    while (at < end) {
        const char *open = find_pair(at, end, '{');
        const char *close = open ? find_pair(open + 2, end, '}') : NULL;
        file_write(&html->file, at, (size_t)((close ? open : end) - at));
        if (!close)
            break;
        TRY(put_field(html, open + 2, (size_t)(close - open - 2)));
        html_flush(&html->json);
        at = close + 2;
    }
    return TERRAMIS_OK;
}

static enum terramis_status write_page(const struct output_job *job)
{
    struct html html = {.job = job};
    struct text path = {0};
    enum terramis_status status;
    text_addf(&path, "%s/index.html", job->dir);
    TRY_DONE(text_status(&path));
    TRY_DONE(make_values(&html));
    TRY_DONE(file_create(&html.file, text_get(&path)));
    html.json.file = &html.file;
    TRY_DONE(fill(&html));
    TRY_DONE(file_commit(&html.file));
done:
    file_discard(&html.file);
    for (int i = 0; i < VALUE_COUNT; i++)
        text_release(&html.values[i]);
    text_release(&html.json.out);
    text_release(&path);
    return status;
}

const struct output_op output_html = {
    .op = {.name = "html",
           .summary =
               N_("A page for people without a GIS: map, ranking, reasons."),
           .source = "HTML, Leaflet"},
    .files = "index.html",
    .lists = true,
    .project = write_page};
