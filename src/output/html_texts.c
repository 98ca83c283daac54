#include <string.h>

#include "output/html_page.h"

static const struct {
    const char *key;
    bool script;
    const char *text[2]; /* French, English */
} texts[] = {
#define PAGE(key, fr, en) {#key, false, {fr, en}},
#define SCRIPT(key, fr, en) {#key, true, {fr, en}},
#include "output/html/texts.def"
#undef PAGE
#undef SCRIPT
};

enum {
    TEXT_COUNT = sizeof texts / sizeof *texts
};

const char *html_page_text(const char *key, size_t length, int language)
{
    for (size_t i = 0; i < TEXT_COUNT; i++)
        if (strlen(texts[i].key) == length &&
            memcmp(texts[i].key, key, length) == 0)
            return texts[i].text[language == LANGUAGE_EN];
    return NULL;
}

void html_put_texts(struct html_json *json, int language)
{
    html_open(json, "texts", '{');
    for (size_t i = 0; i < TEXT_COUNT; i++)
        if (texts[i].script)
            html_text(json, texts[i].key,
                      texts[i].text[language == LANGUAGE_EN]);
    html_close(json, '}');
}
