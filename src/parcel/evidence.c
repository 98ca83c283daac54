#include "parcel/evidence.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/text.h"

struct entry {
    const char *profile;
    enum evidence_role role;
    enum warning warning;
};

static const struct entry entries[] = {
#define EVIDENCE(profile, role, warning)                                       \
    {profile, EVIDENCE_##role, WARN_##warning},
#include "parcel/evidence.def"
#undef EVIDENCE
};

const char *const evidence_profiles[] = {
#define EVIDENCE(profile, role, warning) profile,
#include "parcel/evidence.def"
#undef EVIDENCE
    NULL};

static struct entry entry_of(const struct layer_config *layer)
{
    const struct operator* profile = layer->profile.op;
    for (size_t i = 0; profile && i < sizeof entries / sizeof *entries; i++)
        if (strcmp(profile->name, entries[i].profile) == 0)
            return entries[i];
    return (struct entry){NULL, EVIDENCE_PLAIN, WARNING_COUNT};
}

void evidence_fields(const struct layer_config *layer, enum marginal_kind kind,
                     const char *fields[EVIDENCE_FIELDS_MAX], size_t *count)
{
    *count = 0;
    for (int m = 0; kind == KIND_POLLUTED_SOIL && m < METAL_COUNT; m++)
        if (layer->metals[m])
            fields[(*count)++] = layer->metals[m];
    if (kind == KIND_CATCHMENT && entry_of(layer).role == EVIDENCE_PERIMETER)
        fields[(*count)++] = "?typeass|type_ass|perimetre";
}

/* Soils are sampled whatever the layer's profile says: numbers come first. */
struct evidence evidence_of(const struct layer_config *layer,
                            enum marginal_kind kind,
                            const struct vector *vector)
{
    static const enum marginal_kind kinds[] = {
        [EVIDENCE_STATE] = KIND_POLLUTED_SOIL,
        [EVIDENCE_HISTORY] = KIND_POLLUTED_SOIL,
        [EVIDENCE_PERIMETER] = KIND_CATCHMENT,
        [EVIDENCE_NETWORK] = KIND_RIGHT_OF_WAY};
    struct entry entry = entry_of(layer);
    if (entry.role != EVIDENCE_PLAIN && kinds[entry.role] != kind)
        entry = (struct entry){NULL, EVIDENCE_PLAIN, WARNING_COUNT};
    struct evidence e = {.layer = layer,
                         .vector = vector,
                         .kind = kind,
                         .role = entry.role,
                         .warning = entry.warning};
    int next = 0;
    for (int m = 0; m < METAL_COUNT; m++) {
        bool given = kind == KIND_POLLUTED_SOIL && layer->metals[m];
        e.value[m] = given ? next++ : -1;
        e.sampled = e.sampled || given;
    }
    return e;
}

/* A number as laboratories and French tables write it. */
static double content_of(const char *text)
{
    char plain[32];
    double value;
    text += strspn(text, " <");
    if (strlen(text) >= sizeof plain)
        return NAN;
    snprintf(plain, sizeof plain, "%s", text);
    char *comma = strchr(plain, ',');
    if (comma)
        *comma = '.';
    return text_to_real(plain, &value) && value >= 0 ? value : (double)NAN;
}

double evidence_content(const struct evidence *evidence, size_t feature,
                        enum metal metal)
{
    const char **values = evidence->vector->features[feature].values;
    int at = evidence->value[metal];
    return at >= 0 && values && values[at] ? content_of(values[at])
                                           : (double)NAN;
}

int evidence_saying(const struct evidence *evidence)
{
    if (evidence->sampled || evidence->role == EVIDENCE_PERIMETER)
        return -1;
    if (evidence->role == EVIDENCE_HISTORY)
        return WARNING_COUNT + 1;
    return evidence->role == EVIDENCE_NETWORK ? (int)evidence->warning
                                              : WARNING_COUNT;
}

void evidence_check(const struct evidence *evidence)
{
    const struct vector *v = evidence->vector;
    for (int m = 0; m < METAL_COUNT; m++) {
        size_t wrong = 0, first = 0;
        for (size_t i = 0; evidence->value[m] >= 0 && i < v->count; i++)
            if (v->features[i].values[evidence->value[m]] &&
                isnan(evidence_content(evidence, i, (enum metal)m)) &&
                wrong++ == 0)
                first = i;
        if (wrong > 0)
            log_line(LOG_WARNING,
                     _("%s: %zu contents of %s (field %s) are no numbers, such "
                       "as '%s' in feature %lld: taken as not sampled"),
                     layer_title(evidence->layer), wrong, metal_names[m],
                     evidence->layer->metals[m],
                     v->features[first].values[evidence->value[m]],
                     (long long)v->features[first].fid);
    }
}

static bool contains(const char *text, const char *part)
{
    for (; *text; text++)
        if (strncasecmp(text, part, strlen(part)) == 0)
            return true;
    return false;
}

/* Published files have lost the accents of TYPEASS: parts of its words. */
enum perimeter evidence_perimeter(const struct evidence *evidence,
                                  size_t feature)
{
    const char **values = evidence->vector->features[feature].values;
    const char *type = values ? values[0] : NULL;
    if (evidence->role != EVIDENCE_PERIMETER || !type)
        return PERIMETER_NONE;
    if (contains(type, "imm") || type[0] == '1')
        return PERIMETER_IMMEDIATE;
    if (contains(type, "rappro") || type[0] == '2')
        return PERIMETER_CLOSE;
    if (contains(type, "loign") || type[0] == '3')
        return PERIMETER_FAR;
    return PERIMETER_NONE;
}
