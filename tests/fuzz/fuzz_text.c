/* Names, titles and labels on their way into pages, styles and JSON: nothing of
 * them may end the element or string they stand in, and what is read back is
 * what was given. */
#include "fuzz.h"

#include <json-c/json.h>
#include <math.h>

#include "output/html_json.h"
#include "param/json.h"

static bool is_utf8(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;
    while (*c) {
        int more = *c < 0x80                 ? 0
                   : *c >= 0xC2 && *c < 0xE0 ? 1
                   : *c >= 0xE0 && *c < 0xF0 ? 2
                   : *c >= 0xF0 && *c < 0xF5 ? 3
                                             : -1;
        if (more < 0 || (*c == 0xE0 && c[1] < 0xA0) ||
            (*c == 0xED && c[1] > 0x9F) || (*c == 0xF0 && c[1] < 0x90) ||
            (*c == 0xF4 && c[1] > 0x8F))
            return false;
        for (c++; more > 0; more--, c++)
            if ((*c & 0xC0) != 0x80)
                return false;
    }
    return true;
}

static void check_page(const char *text, double number)
{
    struct html_json json = {0};
    html_open(&json, NULL, '{');
    html_text(&json, "t", text);
    html_real(&json, "n", number, 3);
    html_colour(&json, "c", (unsigned)text[0] << 16 | 0xAB);
    html_close(&json, '}');
    const char *page = text_get(&json.out);
    found_unless(!strchr(page, '<'), "'<' in %s", page);
    if (is_utf8(text)) {
        json_object *root = json_tokener_parse(page), *t = NULL, *n = NULL;
        found_unless(root && json_object_object_get_ex(root, "t", &t) &&
                         strcmp(json_object_get_string(t), text) == 0,
                     "read back otherwise: %s", page);
        json_object_object_get_ex(root, "n", &n);
        found_unless(!isfinite(number) || fabs(number) >= 1e15 ||
                         fabs(json_object_get_double(n) - number) <=
                             5.0001e-4 + fabs(number) * 1e-15,
                     "%.17g became %s", number, page);
        json_object_put(root);
    }
    text_release(&json.out);
}

/* The text that XML stands for; what needs an entity must have one. */
static char *unescape(const char *xml)
{
    static const char *const entities[] = {"&amp;&", "&lt;<", "&gt;>",
                                           "&quot;\"", "&#39;'"};
    char *text = malloc(strlen(xml) + 1), *out = text;
    while (*xml) {
        bool known = *xml != '&';
        found_unless(!strchr("<>\"'", *xml), "%c as it is", *xml);
        for (size_t i = 0; i < 5 && *xml == '&' && !known; i++) {
            size_t n = strlen(entities[i]) - 1;
            if (strncmp(xml, entities[i], n) == 0) {
                *out++ = entities[i][n];
                xml += n;
                known = true;
                break;
            }
        }
        found_unless(known, "& as it is: %s", xml);
        if (*xml && !strchr("&<>\"'", *xml))
            *out++ = *xml++;
    }
    *out = '\0';
    return text;
}

/* Control characters have no place in XML: they are left out or replaced. */
static void check_xml(const char *text)
{
    struct text xml = {0};
    bool plain = true;
    text_add_xml(&xml, text);
    for (const char *c = text; *c; c++)
        plain = plain && ((unsigned char)*c >= 0x20 || strchr("\t\n\r", *c));
    for (const char *c = text_get(&xml); *c; c++)
        found_unless((unsigned char)*c >= 0x20 || strchr("\t\n\r", *c),
                     "control character %d in XML", *c);
    char *back = unescape(text_get(&xml));
    found_unless(!plain || strcmp(back, text) == 0, "XML %s reads %s",
                 text_get(&xml), back);
    free(back);
    text_release(&xml);
}

static void check_decimal(double number, int decimals)
{
    struct text text = {0};
    char wanted[400];
    if (!isfinite(number))
        return;
    text_add_decimal(&text, number, decimals);
    snprintf(wanted, sizeof wanted, "%.*f", decimals, number);
    found_unless(strcmp(text_get(&text), wanted) == 0, "%s, not %s",
                 text_get(&text), wanted);
    text_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    double number = 0;
    if (size >= sizeof number)
        memcpy(&number, data, sizeof number);
    char *text = string_of(data, size);
    check_page(text, number);
    check_xml(text);
    check_decimal(number, (int)(size % 10));
    check_decimal(floor(number * 100) / 100, (int)(size % 10));
    free(text);
    return 0;
}
