#include "config/presets.h"

#include <string.h>

#include "param/notation.h"

static const struct preset presets[] = {
#define PRESET(id, name_, unit_, summary_, settings_, limitation_, fr, en,     \
               source_, verified_)                                             \
    {.op = {.name = name_, .summary = summary_, .source = source_},            \
     .unit = unit_,                                                            \
     .settings = settings_,                                                    \
     .limitation = limitation_,                                                \
     .title = {fr, en},                                                        \
     .verified = verified_},
#include "config/presets.def"
#undef PRESET
};

enum {
#define PRESET(id, ...) PRESET_##id,
#include "config/presets.def"
#undef PRESET
    PRESET_COUNT
};

static const struct operator* const operators[] = {
#define PRESET(id, ...) &presets[PRESET_##id].op,
#include "config/presets.def"
#undef PRESET
};

const struct registry preset_registry = {N_("preset"), operators, PRESET_COUNT};

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the presets' brackets */
static void set_place(struct setting *setting, struct place at)
{
    setting->at = setting->key_at = at;
    for (size_t i = 0; i < setting->count; i++)
        set_place(&setting->items[i], at);
}

static void add(struct setting *factor, const struct setting *item)
{
    if (!setting_find(factor, item->key))
        factor->items[factor->count++] = *item;
}

static enum terramis_status expand(struct setting *factor, bool english,
                                   struct arena *arena)
{
    const struct setting *name = setting_find(factor, "preset");
    const struct operator* op =
            name && name->kind == SETTING_SCALAR && name->text
        ? registry_find(&preset_registry, name->text)
        : NULL;
    if (!op) /* none, or a name that reading will complain about */
        return TERRAMIS_OK;
    const struct preset *preset = (const struct preset *)op;
    struct setting own,
        letter = {.key = "limitation", .text = preset->limitation},
        title = {.key = "title", .text = preset->title[english]};
    struct place at = name->at;
    if (!notation_parse(arena, preset->settings, &own))
        return status_no_memory();
    struct setting *items =
        arena_alloc(arena, factor->count + own.count + 2, sizeof *items);
    if (!items)
        return status_no_memory();
    memcpy(items, factor->items, factor->count * sizeof *items);
    factor->items = items;
    set_place(&own, at);
    set_place(&letter, at);
    set_place(&title, at);
    for (size_t i = 0; i < own.count; i++)
        add(factor, &own.items[i]);
    add(factor, &letter);
    add(factor, &title);
    return TERRAMIS_OK;
}

enum terramis_status presets_expand(struct setting *root, struct arena *arena)
{
    const struct setting *language = setting_find(root, "language");
    bool english =
        language && language->text && strcmp(language->text, "en") == 0;
    for (size_t i = 0; i < root->count; i++) {
        struct setting *list = &root->items[i];
        if (strcmp(list->key, "factors") != 0 || list->kind != SETTING_LIST)
            continue;
        for (size_t f = 0; f < list->count; f++)
            if (list->items[f].kind == SETTING_MAP)
                TRY(expand(&list->items[f], english, arena));
    }
    return TERRAMIS_OK;
}
