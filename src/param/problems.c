#include <stdlib.h>
#include <string.h>

#include "param/param.h"

enum {
    MESSAGE_ROOM = 15000 /* bytes of lines that a status message holds */
};

static bool known(const struct problems *problems, struct place at,
                  const char *text)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *one = &problems->items[i];
        if (one->at.line == at.line && one->at.column == at.column &&
            strcmp(one->text, text) == 0)
            return true;
    }
    return false;
}

static void keep(struct problems *problems, struct place at, const char *text)
{
    if (known(problems, at, text)) /* a map used again through an alias */
        return;
    if (problems->count == PROBLEMS_MAX) {
        problems->more++;
        return;
    }
    const char *copy = arena_text(&problems->arena, text);
    if (!copy || mem_grow(&problems->items, &problems->capacity,
                          problems->count, sizeof *problems->items)) {
        problems->broken = true;
        return;
    }
    problems->items[problems->count++] = (struct problem){at, copy};
}

void problems_add(struct problems *problems, struct place at,
                  const char *format, ...)
{
    struct text text = {0};
    va_list args;
    problems->found++;
    va_start(args, format);
    text_addv(&text, format, args);
    va_end(args);
    if (text.broken)
        problems->broken = true;
    else
        keep(problems, at, text_get(&text));
    text_release(&text);
}

static int by_place(const void *a, const void *b)
{
    const struct problem *p = a, *q = b;
    if (p->at.line != q->at.line)
        return p->at.line < q->at.line ? -1 : 1;
    if (p->at.column != q->at.column)
        return p->at.column < q->at.column ? -1 : 1;
    return strcmp(p->text, q->text); /* qsort is not stable */
}

enum terramis_status problems_status(struct problems *problems)
{
    if (problems->broken)
        return status_no_memory();
    if (problems->count == 0)
        return TERRAMIS_OK;
    qsort(problems->items, problems->count, sizeof *problems->items, by_place);
    struct text all = {0};
    size_t i = 0;
    for (; i < problems->count && all.length < MESSAGE_ROOM; i++) {
        const struct problem *one = &problems->items[i];
        text_addf(&all, "%s%s:%d:%d: %s", i ? "\n" : "", problems->file,
                  one->at.line, one->at.column, one->text);
    }
    size_t left = problems->count - i + problems->more;
    if (left)
        text_addf(&all, _("\n%s: and %zu more problems"), problems->file, left);
    enum terramis_status status = text_status(&all);
    if (status == TERRAMIS_OK)
        status = status_set(TERRAMIS_PROJECT, "%s", text_get(&all));
    text_release(&all);
    return status;
}

void problems_release(struct problems *problems)
{
    free(problems->items);
    arena_release(&problems->arena);
    problems->items = NULL;
    problems->count = problems->capacity = problems->more = problems->found = 0;
    problems->broken = false;
}
