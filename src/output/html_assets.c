/* The page's files as bytes, Leaflet with its licence among them (see
 * Makefile). */
#include <string.h>

#include "output/html_page.h"

#define ASSET(name) name##_bytes, sizeof name##_bytes

static const unsigned char page_html_bytes[] = {
#include "output/html/page.html.inc"
};
static const unsigned char page_css_bytes[] = {
#include "output/html/page.css.inc"
};
static const unsigned char print_css_bytes[] = {
#include "output/html/print.css.inc"
};
static const unsigned char base_js_bytes[] = {
#include "output/html/base.js.inc"
};
static const unsigned char map_js_bytes[] = {
#include "output/html/map.js.inc"
};
static const unsigned char table_js_bytes[] = {
#include "output/html/table.js.inc"
};
static const unsigned char card_js_bytes[] = {
#include "output/html/card.js.inc"
};
static const unsigned char charts_js_bytes[] = {
#include "output/html/charts.js.inc"
};
static const unsigned char scenarios_js_bytes[] = {
#include "output/html/scenarios.js.inc"
};
static const unsigned char page_js_bytes[] = {
#include "output/html/page.js.inc"
};
static const unsigned char licence_bytes[] = {
#include "output/html/leaflet-licence.txt.inc"
};
static const unsigned char leaflet_css_bytes[] = {
#include "output/html/leaflet.css.inc"
};
static const unsigned char leaflet_js_bytes[] = {
#include "output/html/leaflet.js.inc"
};

static const struct html_asset assets[] = {
    {"page.html", ASSET(page_html)},
    {"page.css", ASSET(page_css)},
    {"print.css", ASSET(print_css)},
    {"base.js", ASSET(base_js)},
    {"map.js", ASSET(map_js)},
    {"table.js", ASSET(table_js)},
    {"card.js", ASSET(card_js)},
    {"charts.js", ASSET(charts_js)},
    {"scenarios.js", ASSET(scenarios_js)},
    {"page.js", ASSET(page_js)},
    {"leaflet-licence.txt", ASSET(licence)},
    {"leaflet.css", ASSET(leaflet_css)},
    {"leaflet.js", ASSET(leaflet_js)}};

const struct html_asset *html_asset_find(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof assets / sizeof *assets; i++)
        if (strlen(assets[i].name) == length &&
            memcmp(assets[i].name, name, length) == 0)
            return &assets[i];
    return NULL;
}
