#include "layer/fit.h"

#include <stdio.h>
#include <string.h>

int fit_column(OGRFeatureDefnH definition, const char *names)
{
    names += *names == '?';
    /* an earlier name counts before a later one, whatever their columns */
    while (*names) {
        char one[128];
        size_t n = strcspn(names, "|");
        snprintf(one, sizeof one, "%.*s", (int)n, names);
        for (int i = 0; i < OGR_FD_GetFieldCount(definition); i++)
            if (text_same(
                    OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i)),
                    one))
                return i;
        names += names[n] ? n + 1 : n;
    }
    return -1;
}

void fit_fields(const struct profile *profile, OGRFeatureDefnH definition,
                void (*each)(const char *field, int column, void *data),
                void *data)
{
    const char *rest = profile->fields;
    while (rest && *rest) {
        char field[256];
        rest += strspn(rest, ", ");
        size_t n = strcspn(rest, ",");
        snprintf(field, sizeof field, "%.*s", (int)n, rest);
        each(field, fit_column(definition, field), data);
        rest += n;
    }
}

struct tally {
    int found, required;
    char missing[128];
};

static void count(const char *field, int column, void *data)
{
    struct tally *tally = data;
    tally->found += column >= 0;
    if (*field == '?')
        return;
    tally->required++;
    if (column < 0 && !*tally->missing)
        snprintf(tally->missing, sizeof tally->missing, "%.127s", field);
}

void fit_missing(const struct profile *profile, OGRFeatureDefnH definition,
                 char missing[128])
{
    struct tally tally = {0};
    fit_fields(profile, definition, count, &tally);
    memcpy(missing, tally.missing, sizeof tally.missing);
}

enum profile_kind fit_kind(OGRwkbGeometryType type)
{
    switch (wkbFlatten(type)) {
    case wkbPoint:
    case wkbMultiPoint:
        return PROFILE_POINTS;
    case wkbLineString:
    case wkbMultiLineString:
        return PROFILE_LINES;
    case wkbPolygon:
    case wkbMultiPolygon:
        return PROFILE_AREAS;
    default:
        return PROFILE_ANY;
    }
}

const struct profile *fit_best(OGRFeatureDefnH definition,
                               const struct profile *than)
{
    const struct profile *best = NULL;
    struct tally own = {0};
    enum profile_kind kind = fit_kind(OGR_FD_GetGeomType(definition));
    if (than)
        fit_fields(than, definition, count, &own);
    int most =
        own.found > 1 ? own.found : 1; /* one, such as "id", says nothing */
    for (size_t i = 0; i < profile_registry.count; i++) {
        struct operator_use use = {.op = profile_registry.ops[i]};
        const struct profile *profile = profile_of(&use);
        struct tally tally = {0};
        if (kind != PROFILE_ANY && profile->kind != PROFILE_ANY &&
            profile->kind != (int)kind)
            continue;
        fit_fields(profile, definition, count, &tally);
        if (*tally.missing || !tally.required || tally.found <= most)
            continue;
        best = profile;
        most = tally.found;
    }
    return best;
}
