#include "plan/unknown.h"

#include <stdlib.h>

void unknown_add(struct unknown_classes *classes,
                 const struct unknown_class *more)
{
    for (size_t i = 0; i < classes->count; i++) {
        struct unknown_class *known = &classes->items[i];
        if (known->factor == more->factor && known->code == more->code) {
            known->cells += more->cells;
            return;
        }
    }
    if (classes->count < UNKNOWN_MAX)
        classes->items[classes->count++] = *more;
    else
        classes->others += more->cells;
}

void unknown_merge(struct unknown_classes *to,
                   const struct unknown_classes *from)
{
    for (size_t i = 0; i < from->count; i++)
        unknown_add(to, &from->items[i]);
    to->others += from->others;
}

static int by_factor_and_code(const void *a, const void *b)
{
    const struct unknown_class *p = a, *q = b;
    if (p->factor != q->factor)
        return p->factor > q->factor ? 1 : -1;
    return (p->code > q->code) - (p->code < q->code);
}

/* One factor's line from its classes; returns how many they are. */
static size_t add_line(struct text *out, const struct unknown_class *first,
                       size_t count, const struct plan *plan,
                       const char *territory)
{
    const struct factor *factor = &plan->factors[first->factor];
    const struct place *at = &factor->config->layer.at;
    struct text codes = {0};
    size_t n = 0;
    for (; n < count && first[n].factor == first->factor; n++)
        text_addf(&codes, _("%s%g (%lld cells)"), n ? ", " : "", first[n].code,
                  (long long)first[n].cells);
    text_addf(out,
              _("%s:%d:%d: factor %s: classes that are not in its table, on "
                "plantable land of territory %s: %s; the first at x %.1f, y "
                "%.1f. Add them to table: (an unknown class is never taken as "
                "0)"),
              plan->config->path, at->line, at->column, factor->config->id,
              territory, text_get(&codes), first->x, first->y);
    text_release(&codes);
    return n;
}

enum terramis_status unknown_status(const struct unknown_classes *classes,
                                    const struct plan *plan,
                                    const char *territory)
{
    struct unknown_classes sorted = *classes;
    struct text lines = {0};
    if (sorted.count == 0)
        return TERRAMIS_OK;
    qsort(sorted.items, sorted.count, sizeof *sorted.items, by_factor_and_code);
    for (size_t i = 0; i < sorted.count;) {
        text_add(&lines, i ? "\n" : "");
        i += add_line(&lines, &sorted.items[i], sorted.count - i, plan,
                      territory);
    }
    if (sorted.others > 0)
        text_addf(&lines, _("\nand %lld cells of further classes"),
                  (long long)sorted.others);
    enum terramis_status status = text_status(&lines);
    if (status == TERRAMIS_OK)
        status = status_set(TERRAMIS_INPUT, "%s", text_get(&lines));
    text_release(&lines);
    return status;
}
