#include "config/profile.h"

#include <math.h>
#include <string.h>

#include "config/yaml.h"
#include "param/phrase.h"

const char *const profile_kinds[] = {"any",   "points", "lines",
                                     "areas", "raster", NULL};

const struct profile *profile_of(const struct operator_use *use)
{
    return (const struct profile *)use->op;
}

bool profile_lists(const char *list, const char *text)
{
    size_t length = text ? strlen(text) : 0;
    while (list && text) {
        size_t n = strcspn(list, "|");
        if (n == length && strncasecmp(list, text, n) == 0)
            return true;
        list = list[n] ? list + n + 1 : NULL;
    }
    return false;
}

/* A profile as a user writes it: texts and lists become the struct's. */
struct written {
    struct place at;
    struct profile profile;
    struct texts fields;
    struct right_of_way way;
    struct list corridors;
};

// clang-format off
#define END {.name = NULL}

#define CORRIDOR(name_, type_, field, help_) \
    .name = name_, .type = type_, .offset = offsetof(struct corridor, field), \
    .help = help_

static const struct param corridor_rows[] = {
    {CORRIDOR("class", PARAM_TEXT, class,
              N_("Value of the class field; any other when not given."))},
    {CORRIDOR("ranks", PARAM_TEXT, ranks,
              N_("Values \"1|2\" of the rank field; any when not given."))},
    {CORRIDOR("carriageway", PARAM_REAL, carriageway,
              N_("Full width where the layer gives none.")),
     .unit = "m", .preset = "0", .max = 100},
    {CORRIDOR("verge", PARAM_REAL, verge,
              N_("Land beside the carriageway, each side.")),
     .unit = "m", .max = 200, .required = true},
    {CORRIDOR("setback", PARAM_REAL, setback,
              N_("Part of the verge kept free, each side.")),
     .unit = "m", .preset = "0", .max = 200},
    {CORRIDOR("source", PARAM_TEXT, source,
              N_("Rule or practice behind the widths, or \"assumption\".")),
     .required = true},
    END
};

/* The group starts at written.way. */
#define WAY(name_, field, help_) \
    {name_, PARAM_TEXT, offsetof(struct right_of_way, field), .help = help_}

static const struct param way_rows[] = {
    WAY("class", class_field, N_("Field that chooses the corridor.")),
    WAY("rank", rank_field, N_("Field that chooses among its widths.")),
    {"voltage", PARAM_BOOL, offsetof(struct right_of_way, is_voltage),
     .preset = "false", .help = N_("Classes are kV in a text such as 63 kV.")},
    WAY("width", width_field, N_("Field with the carriageway's width.")),
    WAY("lanes", lanes_field, N_("Field with the number of lanes or tracks.")),
    {"lane_width", PARAM_REAL, offsetof(struct right_of_way, lane_width), "m",
     "3", 1, 10, .help = N_("Width of a lane or track.")},
    WAY("level", level_field, N_("Field that is not 0 on bridges and in tunnels.")),
    WAY("bridge", bridge_field, N_("Field that is true on bridges.")),
    WAY("tunnel", tunnel_field, N_("Field that is true in tunnels.")),
    WAY("fiction", fiction_field, N_("Field that is true of lines that only "
                                     "connect the network.")),
    {"corridors", PARAM_LIST,
     offsetof(struct written, corridors) - offsetof(struct written, way),
     .rows = corridor_rows, .size = sizeof(struct corridor), .required = true,
     .help = N_("Widths by class; the first that fits counts.")},
    END
};

#define TEXT(name_, field, help_) \
    {name_, PARAM_TEXT, offsetof(struct written, profile.field), .help = help_}

static const struct param written_rows[] = {
    {"", PARAM_PLACE, .offset = offsetof(struct written, at)},
    {"name", PARAM_ID, offsetof(struct written, profile.op.name),
     .required = true, .help = N_("Name, for the profile: of a layer.")},
    {"summary", PARAM_TEXT, offsetof(struct written, profile.op.summary),
     .required = true, .help = N_("What the layer is, in one sentence.")},
    {"licence", PARAM_TEXT, offsetof(struct written, profile.licence),
     .required = true, .help = N_("Licence of the data.")},
    TEXT("source", op.source, N_("Where the fields are described.")),
    {"kind", PARAM_CHOICE, offsetof(struct written, profile.kind),
     .preset = "any", .choices = profile_kinds,
     .help = N_("Geometry of the layer.")},
    {"fields", PARAM_TEXTS, offsetof(struct written, fields),
     .help = N_("Fields, each \"name|other name\"; \"?name\" may be missing.")},
    TEXT("key", key, N_("Field that tells features apart.")),
    TEXT("skip_field", skip_field, N_("Field by which features are left out.")),
    TEXT("skip_values", skip_values,
         N_("Values \"one|other\" with which they are; \"*\": any.")),
    TEXT("label", label, N_("Field with the name or number that maps write "
                            "along lines; \"?name\" may be missing.")),
    TEXT("nulls", nulls, N_("Texts \"NC|NR\" that stand for no value.")),
    TEXT("crs", crs, N_("Coordinate system of files that name none.")),
    TEXT("unit", unit, N_("Unit of a raster's values.")),
    {"low", PARAM_REAL, offsetof(struct written, profile.low),
     .help = N_("Lowest plausible value of a raster.")},
    {"high", PARAM_REAL, offsetof(struct written, profile.high),
     .help = N_("Highest plausible value of a raster.")},
    TEXT("note", note, N_("What to know before use.")),
    {"right_of_way", PARAM_GROUP, offsetof(struct written, way),
     .rows = way_rows, .help = N_("How lines become rights-of-way.")},
    END
};

const struct param profiles_rows[] = {
    {"profiles", PARAM_LIST, 0, .rows = written_rows,
     .size = sizeof(struct written), .required = true,
     .help = N_("Profiles of known layers.")},
    END
};
// clang-format on

/* "a, b, c" of a list; NULL of none. */
static enum terramis_status join_fields(struct written *w, struct arena *arena,
                                        struct problems *problems)
{
    struct text joined = {0};
    for (size_t i = 0; i < w->fields.count; i++) {
        const char *field = w->fields.items[i];
        if (!field[field[0] == '?'] || strchr(field, ','))
            problems_add(problems, w->fields.at[i],
                         _("fields: expected \"name|other name\", found %s"),
                         phrase_quote(field).text);
        text_addf(&joined, "%s%s", i ? ", " : "", field);
    }
    if (w->fields.count)
        w->profile.fields = arena_text(arena, text_get(&joined));
    enum terramis_status status = text_status(&joined);
    text_release(&joined);
    return status == TERRAMIS_OK && w->fields.count && !w->profile.fields
               ? status_no_memory()
               : status;
}

static void check_way(const struct written *w, struct problems *problems)
{
    for (size_t i = 0; i < w->way.corridor_count; i++) {
        const struct corridor *c = &w->way.corridors[i];
        if (c->setback > c->verge)
            problems_add(problems, w->at,
                         _("right_of_way: corridor %zu keeps %g m of a verge "
                           "of %g m free. Let setback be verge at most"),
                         i + 1, c->setback, c->verge);
        if (c->class && !w->way.class_field)
            problems_add(problems, w->at,
                         _("right_of_way: corridor %zu has a class, but there "
                           "is no class: field to compare it with"),
                         i + 1);
    }
}

static enum terramis_status finish(struct written *w, struct arena *arena,
                                   struct problems *problems)
{
    struct profile *p = &w->profile;
    if ((p->skip_field == NULL) != (p->skip_values == NULL))
        problems_add(problems, w->at,
                     _("skip_field and skip_values: one without the other"));
    bool anywhere = isnan(p->low) && isnan(p->high);
    p->low = anywhere ? 0 : isnan(p->low) ? -(double)INFINITY : p->low;
    p->high = anywhere ? 0 : isnan(p->high) ? (double)INFINITY : p->high;
    w->way.nulls = p->nulls;
    w->way.corridors = w->corridors.items;
    w->way.corridor_count = w->corridors.count;
    check_way(w, problems);
    if (w->way.corridor_count)
        p->right_of_way = &w->way;
    return join_fields(w, arena, problems);
}

/* `before` and the profiles of `list` in one table. */
static enum terramis_status extend(struct registry *registry,
                                   const struct list *list, struct arena *arena,
                                   struct problems *problems)
{
    struct written *items = list->items;
    const struct operator** ops =
        arena_alloc(arena, registry->count + list->count, sizeof *ops);
    if (!ops)
        return status_no_memory();
    if (registry->count)
        memcpy(ops, registry->ops, registry->count * sizeof *ops);
    struct registry all = {registry->what, ops, registry->count};
    for (size_t i = 0; i < list->count; i++) {
        TRY(finish(&items[i], arena, problems));
        const char *name = items[i].profile.op.name;
        if (!name)
            continue; /* complained about already */
        if (registry_find(&all, name))
            problems_add(problems, items[i].at,
                         _("name: there is a profile %s already. Give yours "
                           "another name"),
                         phrase_quote(name).text);
        ops[all.count++] = &items[i].profile.op;
    }
    *registry = all;
    return TERRAMIS_OK;
}

enum terramis_status profiles_read(const char *path, struct arena *arena,
                                   struct registry *registry)
{
    struct setting root;
    struct list list = {0};
    TRY(yaml_read(path, arena, &root));
    struct problems problems = {.file = path};
    struct param_reader reader = {.arena = arena, .problems = &problems};
    enum terramis_status status =
        param_read(&reader, profiles_rows, &root, &list);
    if (status == TERRAMIS_OK)
        status = extend(registry, &list, arena, &problems);
    if (status == TERRAMIS_OK)
        status = problems_status(&problems);
    problems_release(&problems);
    return status;
}
