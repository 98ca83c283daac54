#include "param/notation.h"

#include <string.h>

struct notation {
    struct arena *arena;
    const char *next;
};

static void skip_spaces(struct notation *n)
{
    n->next += strspn(n->next, " ");
}

/* The characters up to one of `ends`, without the spaces around. */
static char *take_word(struct notation *n, const char *ends)
{
    skip_spaces(n);
    size_t length = strcspn(n->next, ends);
    const char *start = n->next;
    n->next += length;
    while (length > 0 && start[length - 1] == ' ')
        length--;
    char *word = arena_alloc(n->arena, length + 1, 1);
    return word ? memcpy(word, start, length) : NULL;
}

/* Items between the bracket at `next` and its partner: commas at depth 1. */
static size_t count_items(const char *next)
{
    size_t count = 0, depth = 0;
    bool item = false; /* has something stood since the last comma? */
    for (; *next; next++) {
        bool opens = strchr("[{", *next), closes = strchr("]}", *next);
        if (closes && --depth == 0)
            return count + item;
        if (*next == ',' && depth == 1)
            count++;
        else if (*next != ' ' && depth > 0)
            item = true;
        depth += opens;
    }
    return count + item;
}

static bool parse(struct notation *n, struct setting *setting, bool nested);

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the presets' brackets */
static bool parse_items(struct notation *n, struct setting *setting)
{
    size_t count = count_items(n->next);
    bool map = *n->next++ == '{';
    setting->kind = map ? SETTING_MAP : SETTING_LIST;
    setting->items = arena_alloc(n->arena, count, sizeof *setting->items);
    if (!setting->items)
        return false;
    for (; setting->count < count; setting->count++) {
        struct setting *item = &setting->items[setting->count];
        if (map && !(item->key = take_word(n, ":}")))
            return false;
        n->next += map && *n->next == ':';
        if (!parse(n, item, true))
            return false;
        skip_spaces(n);
        n->next += *n->next == ',';
    }
    skip_spaces(n);
    n->next += *n->next != '\0'; /* the closing bracket */
    return true;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the presets' brackets */
static bool parse(struct notation *n, struct setting *setting, bool nested)
{
    skip_spaces(n);
    if (*n->next == '[' || *n->next == '{')
        return parse_items(n, setting);
    setting->kind = SETTING_SCALAR;
    setting->text = take_word(n, nested ? ",]}" : "");
    return setting->text != NULL;
}

bool notation_parse(struct arena *arena, const char *text,
                    struct setting *setting)
{
    struct notation n = {arena, text};
    *setting = (struct setting){0};
    return parse(&n, setting, false);
}
