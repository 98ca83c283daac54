#include <stdint.h>

#include "config/check.h"
#include "param/phrase.h"

static void find_factor(const struct config *config,
                        struct uncertainty_factor *u, struct problems *problems)
{
    const struct factor_config *factors = config->factors.items;
    const char *near = NULL;
    u->index = SIZE_MAX;
    for (size_t f = 0; f < config->factors.count && u->factor; f++) {
        if (!factors[f].id)
            continue;
        if (text_same(factors[f].id, u->factor))
            u->index = f;
        text_offer(u->factor, factors[f].id, &near);
    }
    if (u->index != SIZE_MAX || !u->factor)
        return;
    if (near)
        problems_add(problems, u->at,
                     _("uncertainty: no factor is called %s. Did you mean %s?"),
                     phrase_quote(u->factor).text, phrase_quote(near).text);
    else
        problems_add(problems, u->at,
                     _("uncertainty: no factor is called %s. Use the id of one "
                       "under factors:"),
                     phrase_quote(u->factor).text);
}

static void check_factor(const struct uncertainty_config *c, size_t i,
                         struct problems *problems)
{
    const struct uncertainty_factor *u = c->factors.items;
    for (size_t k = 0; k < i; k++) {
        if (u[k].index != u[i].index || u[i].index == SIZE_MAX)
            continue;
        problems_add(problems, u[i].at,
                     _("uncertainty: factor %s is named twice (also in line "
                       "%d). Put its settings together"),
                     phrase_quote(u[i].factor).text, u[k].at.line);
        break;
    }
    if (!(u[i].shift > 0 || u[i].spread > 0 || u[i].error > 0 ||
          u[i].membership > 0 || u[i].common > 0))
        problems_add(problems, u[i].at,
                     _("uncertainty: factor %s has nothing uncertain. Give it "
                       "shift, spread, error, membership_error or "
                       "membership_shift"),
                     phrase_quote(u[i].factor ? u[i].factor : "").text);
}

void check_uncertainty(struct config *config, const struct setting *root,
                       struct problems *problems)
{
    struct uncertainty_config *c = &config->uncertainty;
    const struct setting *section = setting_find(root, "uncertainty");
    struct uncertainty_factor *u = c->factors.items;
    c->on = section && !setting_is_empty(section);
    if (!c->on)
        return;
    bool dirichlet = c->concentration == c->concentration;
    bool uniform = c->percent == c->percent;
    for (size_t i = 0; i < c->factors.count; i++) {
        find_factor(config, &u[i], problems);
        check_factor(c, i, problems);
    }
    if (dirichlet && uniform)
        problems_add(problems, setting_find(section, "weights")->at,
                     _("uncertainty: weights have concentration and percent. "
                       "Keep one of them"));
    if (!dirichlet && !uniform && c->factors.count == 0)
        problems_add(problems, section->at,
                     _("uncertainty: nothing is uncertain. Give weights: "
                       "{concentration: 50} or factors:"));
}
