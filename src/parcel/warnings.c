#include "parcel/warnings.h"

#include <stdlib.h>

#include "base/text.h"

const struct warning_entry warning_entries[WARNING_COUNT] = {
#define WARNING(code, fr, en, basis) {#code, {fr, en}, basis},
#include "parcel/warnings.def"
#undef WARNING
};

_Static_assert(WARNING_COUNT <= 32, "a set of warnings has 32 bits");

static enum terramis_status make(struct warning_texts *texts, uint32_t set,
                                 const char **out)
{
    struct text text = {0};
    for (int w = 0; w < WARNING_COUNT; w++)
        if (set & warning_bit((enum warning)w))
            text_addf(&text, "%s%s", text.length ? "; " : "",
                      warning_entries[w].text[texts->language]);
    enum terramis_status status = text_status(&text);
    if (status == TERRAMIS_OK) {
        *out = arena_text(&texts->arena, text_get(&text));
        status = *out ? TERRAMIS_OK : status_no_memory();
    }
    text_release(&text);
    return status;
}

enum terramis_status warning_texts_of(struct warning_texts *texts, uint32_t set,
                                      const char **text)
{
    *text = NULL;
    if (set == 0)
        return TERRAMIS_OK;
    for (size_t i = 0; i < texts->count && !*text; i++)
        if (texts->items[i].set == set)
            *text = texts->items[i].text;
    if (*text)
        return TERRAMIS_OK;
    TRY(mem_grow(&texts->items, &texts->room, texts->count,
                 sizeof *texts->items));
    TRY(make(texts, set, text));
    texts->items[texts->count++] = (struct warning_text){set, *text};
    return TERRAMIS_OK;
}

void warning_texts_release(struct warning_texts *texts)
{
    free(texts->items);
    arena_release(&texts->arena);
    *texts = (struct warning_texts){0};
}
