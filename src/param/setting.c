#include "param/setting.h"

#include <string.h>

const struct setting *setting_find(const struct setting *map, const char *key)
{
    if (!map || map->kind != SETTING_MAP)
        return NULL;
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->items[i].key, key) == 0)
            return &map->items[i];
    return NULL;
}

bool setting_is_empty(const struct setting *setting)
{
    return !setting || (setting->kind == SETTING_SCALAR && !setting->text);
}
