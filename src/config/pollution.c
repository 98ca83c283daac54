#include "config/pollution.h"

#include <math.h>

#define NONE NAN

const char *const metal_names[METAL_COUNT + 1] = {
#define METAL(symbol) #symbol,
#include "config/metals.def"
#undef METAL
    NULL};

enum {
#define THRESHOLDS(id, ...) THRESHOLDS_##id,
#include "config/thresholds.def"
#undef THRESHOLDS
};

const struct thresholds thresholds[] = {
#define THRESHOLDS(id, name_, summary_, source_, verified_, ...)               \
    {.op = {.name = name_, .summary = summary_, .source = source_},            \
     .verified = verified_,                                                    \
     .limit = {__VA_ARGS__}},
#include "config/thresholds.def"
#undef THRESHOLDS
};

const char *const threshold_names[] = {
#define THRESHOLDS(id, name, ...) name,
#include "config/thresholds.def"
#undef THRESHOLDS
    NULL};

static const struct operator* const operators[] = {
#define THRESHOLDS(id, ...) &thresholds[THRESHOLDS_##id].op,
#include "config/thresholds.def"
#undef THRESHOLDS
};

const struct registry threshold_registry = {
    N_("thresholds"), operators, sizeof operators / sizeof *operators};

double threshold_limit(int preset, enum metal metal)
{
    double limit = thresholds[preset].limit[metal];
    return isnan(limit) ? thresholds[0].limit[metal] : limit;
}

#define LIMIT(field, preset_, help_)                                           \
    {                                                                          \
#field, PARAM_CHOICE, offsetof(struct pollution_config, field),        \
            .preset = preset_, .choices = threshold_names, .help = help_       \
    }

const struct param pollution_rows[] = {
    LIMIT(bedding, "aspitet-ordinary",
          N_("Soil up to here: any use, bedding, mulch and feed included.")),
    LIMIT(combustion, "sludge-1998",
          N_("Soil up to here: combustion with control of the ash.")),
    LIMIT(material, "none",
          N_("Soil up to here: building materials and composites; beyond, the "
             "crop has no use.")),
    {.name = NULL}};

/* Arable, northern France: 27 kg N/ha, 231 mm at 49 mg nitrate/l; the best
 * soils 31 mg/l (16 kg), soils threefold (48 kg): Beaudoin et al. 2005 [V].
 * Miscanthus: 6 kg, Lesur et al. 2014 [V]; 90 mm at 20 mg/l (4 kg), Ferchaud
 * and Mary 2016 [V]; 12 kg on shallow or failed fields [U]. */
const struct param nitrate_rows[] = {
    {"arable", PARAM_REALS, offsetof(struct nitrate_config, arable),
     "kg N/ha/yr", "[16, 27, 48]", .max = 1000, .count = 3,
     .help = N_("Nitrogen leached under arable crops: low, mean, high.")},
    {"miscanthus", PARAM_REALS, offsetof(struct nitrate_config, miscanthus),
     "kg N/ha/yr", "[4, 6, 12]", .max = 1000, .count = 3,
     .help = N_("Nitrogen leached under miscanthus: low, mean, high.")},
    {.name = NULL}};

const struct param metal_rows[] = {
#define METAL(symbol)                                                          \
    {#symbol, PARAM_TEXT, METAL_##symbol * sizeof(const char *),               \
     .help = N_("Field with the content of the soil, mg/kg dry.")},
#include "config/metals.def"
#undef METAL
    {.name = NULL}};

/* Does `a` allow more than `b` of some metal, and of none less? Presets of
 * different origin cross here and there: ordinary soils hold up to 60 mg of
 * nickel, those for sludge 50. */
static bool is_looser(int a, int b)
{
    bool more = false;
    for (int m = 0; m < METAL_COUNT; m++) {
        double in_a = threshold_limit(a, (enum metal)m);
        double in_b = threshold_limit(b, (enum metal)m);
        if (in_a < in_b)
            return false;
        more = more || in_a > in_b;
    }
    return more;
}

static void check_order(const struct pollution_config *p,
                        const struct setting *map, struct problems *problems)
{
    const int uses[] = {p->bedding, p->combustion, p->material};
    static const char *const names[] = {"bedding", "combustion", "material"};
    for (int u = 1; map && u < 3; u++) {
        const struct setting *at = setting_find(map, names[u]);
        at = at ? at : setting_find(map, names[u - 1]);
        if (is_looser(uses[u - 1], uses[u]))
            problems_add(problems, at ? at->at : map->at,
                         _("pollution: %s (%s) allows more than %s (%s). Let "
                           "the limits rise from bedding to material"),
                         names[u - 1], threshold_names[uses[u - 1]], names[u],
                         threshold_names[uses[u]]);
    }
}

static void check_range(const struct reals *range, const char *name,
                        const struct setting *map, struct problems *problems)
{
    const struct setting *at = setting_find(map, name);
    if (!at || range->count != 3 ||
        (range->items[0] <= range->items[1] &&
         range->items[1] <= range->items[2]))
        return;
    problems_add(problems, at->at,
                 _("%s: low, mean and high are not in rising order"), name);
}

void check_pollution(const struct pollution_config *pollution,
                     const struct nitrate_config *nitrate,
                     const struct setting *root, struct problems *problems)
{
    const struct setting *map = setting_find(root, "nitrate");
    check_order(pollution, setting_find(root, "pollution"), problems);
    check_range(&nitrate->arable, "arable", map, problems);
    check_range(&nitrate->miscanthus, "miscanthus", map, problems);
}
