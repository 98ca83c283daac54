#include "run/report.h"

#include <json-c/json.h>
#include <stdlib.h>

#include "output/labels.h"
#include "param/json.h"
#include "run/project.h"

enum {
    BEST = 5
};

static const int kind_masks[KIND_COUNT] = {1, 2, 4};

/* The parcels ranked 1..BEST; NULL where there are fewer. */
static void find_best(const struct parcels *parcels,
                      const struct parcel *best[BEST])
{
    for (int i = 0; i < BEST; i++)
        best[i] = NULL;
    for (size_t i = 0; i < parcels->count; i++) {
        const struct parcel *p = &parcels->items[i];
        if (p->rank >= 1 && p->rank <= BEST)
            best[p->rank - 1] = p;
    }
}

/* Plantable land of the parcels by kind and class, ZONAL_UNIT m2; the last row
 * is any kind, the last column all classes. */
struct cross {
    int64_t area[KIND_COUNT + 1][CLASS_COUNT + 1];
    size_t parcels[CLASS_COUNT + 1]; /* with a score, any kind */
};

static struct cross cross_tabulate(const struct parcels *parcels)
{
    struct cross c = {0};
    for (size_t i = 0; i < parcels->count; i++) {
        const struct parcel *p = &parcels->items[i];
        int column = (int)p->class - CLASS_S1;
        if (p->class == CLASS_NONE)
            continue;
        for (int k = 0; k < KIND_COUNT; k++) {
            c.area[k][column] += p->sums.plantable_kind[k];
            c.area[k][CLASS_COUNT] += p->sums.plantable_kind[k];
        }
        c.area[KIND_COUNT][column] += p->sums.plantable;
        c.area[KIND_COUNT][CLASS_COUNT] += p->sums.plantable;
        c.parcels[column]++;
        c.parcels[CLASS_COUNT]++;
    }
    return c;
}

/* Pads UTF-8 text by characters, not bytes. */
static void print_padded(FILE *stream, const char *text, int width, bool right)
{
    int length = 0;
    for (const char *c = text; *c; c++)
        length += ((unsigned char)*c & 0xC0) != 0x80;
    int blanks = width > length ? width - length : 0;
    if (right)
        fprintf(stream, "%*s%s", blanks, "", text);
    else
        fprintf(stream, "%s%*s", text, blanks, "");
}

static void print_row(FILE *stream, const char *name, const int64_t *areas,
                      int language)
{
    fputs("  ", stream);
    print_padded(stream, name, 30, false);
    for (int c = 0; c <= CLASS_COUNT; c++)
        print_padded(stream, number_text(zonal_ha(areas[c]), 1, language).text,
                     10, true);
    fputc('\n', stream);
}

static void print_table(FILE *stream, const struct cross *cross, int language)
{
    fputs("  ", stream);
    print_padded(stream, label_text(LABEL_PLANTABLE_HA, language), 30, false);
    for (int c = 0; c < CLASS_COUNT; c++)
        print_padded(stream, class_name((enum suitability_class)(CLASS_S1 + c)),
                     10, true);
    print_padded(stream, label_text(LABEL_TOTAL, language), 10, true);
    fputc('\n', stream);
    for (int k = 0; k < KIND_COUNT; k++)
        print_row(stream, label_text(label_kind(kind_masks[k]), language),
                  cross->area[k], language);
    print_row(stream, label_text(LABEL_ANY_KIND, language),
              cross->area[KIND_COUNT], language);
}

/* What speaks for a parcel, and what limits it. */
static void print_reason(FILE *stream, const struct plan *plan,
                         const struct parcel *p, int language)
{
    const char *colon = label_text(LABEL_COLON, language);
    const char *separator = "";
    for (int k = 0; k < KIND_COUNT; k++)
        if (p->sums.plantable_kind[k] > 0) {
            fprintf(stream, "%s%s", separator,
                    label_text(label_kind(kind_masks[k]), language));
            separator = ", ";
        }
    if (p->limiting > 0) {
        const struct factor *factor = &plan->factors[p->limiting - 1];
        double m = parcel_membership(p, (size_t)p->limiting - 1);
        fprintf(stream, " ; %s%s%s (%s)",
                label_text(LABEL_LIMITED_BY, language), colon,
                factor_title(factor), number_text(m, 2, language).text);
    }
}

static void print_best(FILE *stream, const struct plan *plan,
                       const struct parcels *parcels, int language)
{
    const struct parcel *best[BEST];
    find_best(parcels, best);
    if (best[0])
        fprintf(stream, "  %s\n", label_text(LABEL_BEST_PARCELS, language));
    for (int i = 0; i < BEST && best[i]; i++) {
        const struct parcel *p = best[i];
        fprintf(stream, "  %d. %s  %s  %s  %s  ", i + 1, p->id,
                number_text(p->score, 1, language).text, class_name(p->class),
                hectares_text(zonal_ha(p->sums.plantable), 2, language).text);
        print_reason(stream, plan, p, language);
        fputc('\n', stream);
    }
}

/* "0 ha" is a result too: say what took the land. */
static void print_land(FILE *stream, const struct plan *plan,
                       const struct analysis *a, int language)
{
    const char *colon = label_text(LABEL_COLON, language);
    fprintf(stream, "  %s%s%s", label_text(LABEL_MAP_MARGINAL, language), colon,
            hectares_text(zonal_ha(a->land.marginal), 1, language).text);
    fprintf(stream, " ; %s%s%s\n", label_text(LABEL_EXCLUDED, language), colon,
            hectares_text(zonal_ha(a->land.marginal - a->land.plantable), 1,
                          language)
                .text);
    for (size_t i = 0; i < a->overlay.constraint_count; i++)
        if (a->land.excluded[i] > 0)
            fprintf(
                stream, "    %s%s%s\n",
                i < plan->constraint_count ? plan->constraints[i].id
                                           : CONSTRAINT_KEPT_FREE,
                colon,
                hectares_text(zonal_ha(a->land.excluded[i]), 1, language).text);
}

/* Land that several parcels claim. */
static void print_overlap(FILE *stream, const struct parcels *parcels,
                          int language)
{
    struct overlap_sum shared = parcels_overlap(parcels);
    if (shared.parcels == 0)
        return;
    fprintf(stream, "  %s%s%s ; %s %s\n",
            label_text(LABEL_DOUBLE_LAND, language),
            label_text(LABEL_COLON, language),
            number_text((double)shared.parcels, 0, language).text,
            hectares_text(shared.area * 1e-4, 4, language).text,
            label_text(LABEL_DOUBLE_COUNTED, language));
}

static void print_territory(FILE *stream, const struct plan *plan,
                            const struct territory_result *result)
{
    const struct analysis *a = &result->analysis;
    int language = plan->config->language;
    struct cross cross = cross_tabulate(&a->parcels);
    fprintf(stream, "\n%s (%s)\n", a->territory->config->name,
            hectares_text(zonal_ha(a->land.territory), 0, language).text);
    fprintf(stream, "  %s%s%s ; %s%s%s\n", label_text(LABEL_PARCELS, language),
            label_text(LABEL_COLON, language),
            number_text((double)a->parcels.count, 0, language).text,
            label_text(LABEL_PLANTABLE_PARCELS, language),
            label_text(LABEL_COLON, language),
            number_text((double)cross.parcels[CLASS_COUNT], 0, language).text);
    print_overlap(stream, &a->parcels, language);
    print_land(stream, plan, a, language);
    print_table(stream, &cross, language);
    print_best(stream, plan, &a->parcels, language);
}

static json_object *json_best(const struct plan *plan,
                              const struct parcels *parcels)
{
    const struct parcel *best[BEST];
    json_object *list = json_object_new_array();
    find_best(parcels, best);
    for (int i = 0; i < BEST && best[i]; i++) {
        json_object *o = json_object_new_object();
        json_object_object_add(o, "parcel_id",
                               json_object_new_string(best[i]->id));
        json_object_object_add(o, "score",
                               json_object_new_double(best[i]->score));
        json_object_object_add(
            o, "class", json_object_new_string(class_name(best[i]->class)));
        json_object_object_add(
            o, "plantable_ha",
            json_object_new_double(zonal_ha(best[i]->sums.plantable)));
        if (best[i]->limiting > 0)
            json_object_object_add(
                o, "limiting",
                json_object_new_string(
                    plan->factors[best[i]->limiting - 1].config->id));
        json_object_array_add(list, o);
    }
    return list;
}

static json_object *json_territory(const struct plan *plan,
                                   const struct territory_result *result)
{
    const struct analysis *a = &result->analysis;
    struct cross cross = cross_tabulate(&a->parcels);
    json_object *o = json_object_new_object();
    json_object *land = json_object_new_object();
    json_object_object_add(o, "id",
                           json_object_new_string(a->territory->config->id));
    json_object_object_add(o, "area_ha",
                           json_object_new_double(zonal_ha(a->land.territory)));
    json_object_object_add(o, "parcels",
                           json_object_new_int64((int64_t)a->parcels.count));
    struct overlap_sum shared = parcels_overlap(&a->parcels);
    json_object_object_add(o, "overlapping_parcels",
                           json_object_new_int64((int64_t)shared.parcels));
    json_object_object_add(o, "repeated_parcels",
                           json_object_new_int64((int64_t)shared.repeats));
    json_object_object_add(o, "double_ha",
                           json_object_new_double(shared.area * 1e-4));
    json_object_object_add(o, "marginal_ha",
                           json_object_new_double(zonal_ha(a->land.marginal)));
    for (int k = 0; k <= KIND_COUNT; k++) {
        json_object *row = json_object_new_object();
        for (int c = 0; c < CLASS_COUNT; c++)
            json_object_object_add(
                row, class_name((enum suitability_class)(CLASS_S1 + c)),
                json_object_new_double(zonal_ha(cross.area[k][c])));
        json_object_object_add(land, marginal_kind_names[k], row);
    }
    json_object_object_add(o, "plantable_ha", land);
    json_object_object_add(o, "best", json_best(plan, &a->parcels));
    return o;
}

static json_object *json_territories(const struct output_job *job)
{
    json_object *list = json_object_new_array();
    for (size_t i = 0; i < job->count; i++)
        if (job->results[i].done)
            json_object_array_add(list,
                                  json_territory(job->plan, &job->results[i]));
    return list;
}

json_object *report_event(const char *kind, enum terramis_status code,
                          bool *broken)
{
    json_object *event = json_object_new_object();
    json_put(event, "event", json_object_new_string(kind), broken);
    json_put(event, "code", json_object_new_int((int)code), broken);
    if (code != TERRAMIS_OK)
        json_put(event, "text", json_object_new_string(status_message()),
                 broken);
    return event;
}

enum terramis_status report_print(json_object *event, bool broken, FILE *stream)
{
    if (!broken)
        return json_print_line(event, stream);
    json_object_put(event);
    return status_no_memory();
}

enum terramis_status report_done(const struct terramis_options *options,
                                 enum terramis_status code,
                                 const struct output_job *job, FILE *stream)
{
    bool broken = false;
    json_object *event = report_event("done", code, &broken);
    json_put(event, "project", json_object_new_string(project_path(options)),
             &broken);
    json_put(event, "out", json_object_new_string(project_out(options)),
             &broken);
    if (job)
        json_put(event, "territories", json_territories(job), &broken);
    return report_print(event, broken, stream);
}

void report_run(const struct output_job *job, FILE *stream)
{
    for (size_t i = 0; i < job->count; i++)
        if (job->results[i].done)
            print_territory(stream, job->plan, &job->results[i]);
    if (job->plan->synthetic)
        fprintf(stream, "\n%s\n",
                label_text(LABEL_SYNTHETIC, job->plan->config->language));
}
