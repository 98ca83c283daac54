#include "output/credits.h"

#include <string.h>

static void add_source(struct text *out, const struct layer_config *layer)
{
    const char *licence = layer_licence(layer);
    text_add(out, layer_title(layer));
    if (!layer->date && !licence)
        return;
    text_addf(out, " (%s%s%s)", layer->date ? layer->date : "",
              layer->date && licence ? ", " : "", licence ? licence : "");
}

static bool told(const char *what, const char *by)
{
    return !what || (by && strcmp(what, by) == 0);
}

/* Does `by` say all that `layer` says? */
static bool covered(const struct layer_config *layer,
                    const struct layer_config *by)
{
    return told(layer_title(layer), layer_title(by)) &&
           told(layer->date, by->date) &&
           told(layer_licence(layer), layer_licence(by));
}

/* Is it named by another: an earlier one, or a later one that says more? */
static bool is_repeated(const struct plan *plan, size_t i)
{
    const struct layer_config *layer = plan->layers[i].config;
    for (size_t k = 0; k < plan->layer_count; k++) {
        const struct layer_config *other = plan->layers[k].config;
        if (k != i && covered(layer, other) &&
            (k < i || !covered(other, layer)))
            return true;
    }
    return false;
}

void credits_add(struct text *out, const struct plan *plan)
{
    bool english = plan->config->language == LANGUAGE_EN;
    const char *between = "";
    for (size_t i = 0; i < plan->layer_count; i++) {
        if (is_repeated(plan, i))
            continue;
        text_add(out, between);
        add_source(out, plan->layers[i].config);
        between = english ? "; " : " ; ";
    }
}
