#include <stdlib.h>

#include "output/atlas.h"
#include "output/credits.h"
#include "output/labels.h"
#include "output/palette.h"

enum {
    SITE_PARCELS = 8, /* named in the legend; a lower legend holds no more */
    SITE_CELLS = 2400
};

/* A site's map and what it stands on. */
struct site_map {
    struct map map;
    struct context context;
    struct outline own, others; /* parcels */
    struct map_layer layers[CONTEXT_LAYERS + 2];
    struct raster_image image;
    unsigned colours[256];
    struct map_legend_row rows[SITE_PARCELS + 1 + CLASS_EXCLUDED];
    struct text labels[SITE_PARCELS + 1];
    struct text title, subtitle, method;
};

static void release(struct site_map *s)
{
    context_release(&s->context);
    outline_release(&s->own);
    outline_release(&s->others);
    raster_image_release(&s->image);
    for (size_t i = 0; i <= SITE_PARCELS; i++)
        text_release(&s->labels[i]);
    text_release(&s->title);
    text_release(&s->subtitle);
    text_release(&s->method);
}

static int by_plantable(const void *a, const void *b)
{
    const struct parcel *x = *(const struct parcel *const *)a;
    const struct parcel *y = *(const struct parcel *const *)b;
    int order = (x->sums.plantable < y->sums.plantable) -
                (x->sums.plantable > y->sums.plantable);
    return order ? order : (x > y) - (x < y);
}

/* The site's parcels, the largest first. */
static enum terramis_status find_parcels(const struct parcels *all,
                                         const struct site *site,
                                         const struct parcel ***found,
                                         size_t *count)
{
    *count = 0;
    TRY(mem_new(found, all->count, sizeof **found));
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].site == site->id)
            (*found)[(*count)++] = &all->items[i];
    if (*count > 0)
        qsort(*found, *count, sizeof **found, by_plantable);
    return TERRAMIS_OK;
}

static void add_row(struct site_map *s, struct text *label, const char *text,
                    unsigned rgb, double area_ha)
{
    text_add(label, text);
    s->rows[s->map.row_count++] = (struct map_legend_row){
        .colour = palette_opaque(rgb), .area_ha = area_ha, .share = NAN};
}

/* Parcels with their hectares, then what the colours mean. */
static enum terramis_status fill_legend(struct site_map *s,
                                        const struct sheet *sheet,
                                        const struct site *site)
{
    int language = sheet->job->plan->config->language;
    const struct parcel **parcels = NULL;
    size_t count, named;
    TRY(find_parcels(&sheet->result->analysis.parcels, site, &parcels, &count));
    named = count > SITE_PARCELS ? SITE_PARCELS : count;
    double rest = 0;
    for (size_t i = 0; i < count; i++) {
        const struct parcel *p = parcels[i];
        double ha = zonal_ha(p->sums.plantable);
        if (i >= named) {
            rest += ha;
            continue;
        }
        struct text *label = &s->labels[i];
        add_row(s, label, p->id, palette_class((int)p->class), ha);
        text_addf(label, " – %s, %s", class_name(p->class),
                  number_text(p->score, 0, language).text);
    }
    free(parcels);
    if (count > named) {
        struct short_text others = others_text(count - named, language);
        add_row(s, &s->labels[named], others.text, 0xffffff, rest);
    }
    for (size_t i = 0; i < s->map.row_count; i++) {
        TRY(text_status(&s->labels[i]));
        s->rows[i].label = text_get(&s->labels[i]);
    }
    for (int c = CLASS_S1; c <= CLASS_EXCLUDED; c++) {
        s->colours[c] = palette_opaque(palette_class(c));
        s->map.hatch[c] = c == CLASS_EXCLUDED;
        s->rows[s->map.row_count++] = (struct map_legend_row){
            label_text(label_class(c), language), s->colours[c],
            c == CLASS_EXCLUDED, NAN, NAN};
    }
    return TERRAMIS_OK;
}

static enum terramis_status write_texts(struct site_map *s,
                                        const struct sheet *sheet,
                                        const struct site *site)
{
    const struct plan *plan = sheet->job->plan;
    int language = plan->config->language;
    text_addf(&s->title, "%s %d – %s %s", label_text(LABEL_SITE, language),
              site->rank,
              hectares_text(site->plantable * 1e-4, 1, language).text,
              label_text(LABEL_ARE_PLANTABLE, language));
    text_addf(
        &s->subtitle, "%s – %s %s (%s), %zu %s, %s\u00a0%s",
        sheet->result->analysis.territory->config->name,
        label_text(LABEL_SCORE, language),
        number_text(site->score, 1, language).text,
        class_name(class_of(&plan->config->classes, site->score)),
        site->parcels,
        label_text(site->parcels > 1 ? LABEL_PARCELS_LOWER : LABEL_PARCEL_LOWER,
                   language),
        number_text(site->tonnage, 0, language).text,
        label_text(LABEL_UNIT_TONNAGE, language));
    credits_score(&s->method, plan);
    text_add(&s->method, " ");
    credits_classes(&s->method, plan);
    text_addf(&s->method, " %s", label_text(LABEL_METHOD_CAUTION, language));
    TRY(text_status(&s->title));
    TRY(text_status(&s->subtitle));
    return text_status(&s->method);
}

/* Borders of the parcels in view, the site's own on top. (The border of the
 * site as a whole would run along every gap between its parcels.) */
static enum terramis_status add_borders(struct site_map *s,
                                        const struct sheet *sheet,
                                        const struct site *site,
                                        struct rect view)
{
    struct plan *plan = sheet->job->plan;
    int language = plan->config->language;
    const struct parcels *parcels = &sheet->result->analysis.parcels;
    const struct vector *all = parcels->vector;
    /* on small scales the others would hide the rest */
    const bool show_others = view.xmax - view.xmin < 20000;
    for (size_t i = 0; i < all->count; i++) {
        size_t at = parcels->position[i];
        bool own = at > 0 && parcels->items[at - 1].site == site->id;
        if (rect_meets(all->features[i].extent, view) && (own || show_others))
            TRY(outline_add_paths(own ? &s->own : &s->others,
                                  vector_paths(all, i)));
    }
    size_t n = 0;
    for (; n < s->context.count; n++)
        s->layers[n] = s->context.layers[n];
    if (s->others.count > 0)
        s->layers[n++] = (struct map_layer){
            .xy = s->others.xy,
            .start = s->others.start,
            .count = s->others.count,
            .closed = true,
            .stroke = 0xff7a7a7a,
            .width_mm = 0.15,
            .label = label_text(LABEL_OTHER_PARCELS, language)};
    s->layers[n++] =
        (struct map_layer){.xy = s->own.xy,
                           .start = s->own.start,
                           .count = s->own.count,
                           .closed = true,
                           .stroke = 0xffd40f5f,
                           .width_mm = 0.4,
                           .label = label_text(LABEL_SITE_PARCELS, language)};
    s->map.layers = s->layers;
    s->map.layer_count = n;
    s->map.land = s->layers;
    s->map.places = sheet->names.items;
    s->map.place_count = sheet->names.count;
    return TERRAMIS_OK;
}

static enum terramis_status make(struct site_map *s, const struct sheet *sheet,
                                 const struct site *site)
{
    struct plan *plan = sheet->job->plan;
    struct rect e = site->extent;
    double side = fmax(fmax(e.xmax - e.xmin, e.ymax - e.ymin), 200);
    struct rect view = rect_grow(e, side); /* whatever the frame shows */
    char *path = NULL;
    s->map = sheet_map(sheet);
    s->map.extent = rect_grow(e, side / 10);
    s->map.colours = s->colours;
    s->map.legend_title =
        label_text(LABEL_SITE_PARCELS, plan->config->language);
    s->map.rows = s->rows;
    TRY(write_texts(s, sheet, site));
    s->map.title = text_get(&s->title);
    s->map.subtitle = text_get(&s->subtitle);
    s->map.method_note = text_get(&s->method);
    TRY(fill_legend(s, sheet, site));
    TRY(context_make(&s->context, plan, sheet->territories, sheet->count, view,
                     side / SITE_CELLS, false));
    TRY(add_borders(s, sheet, site, view));
    TRY(output_path(sheet->job, sheet->result, "class.tif", &path));
    enum terramis_status status =
        raster_image_read(path, &view, SITE_CELLS, &s->image);
    free(path);
    s->map.images = &s->image;
    s->map.image_count = 1;
    return status;
}

enum terramis_status atlas_add_site(struct pdf *pdf, const struct sheet *sheet,
                                    const struct site *site, enum paper paper)
{
    struct site_map *s = NULL;
    TRY(mem_new(&s, 1, sizeof *s));
    enum terramis_status status = make(s, sheet, site);
    s->map.paper = paper;
    if (status == TERRAMIS_OK)
        status = pdf_add_map(pdf, &s->map, text_get(&s->title));
    release(s);
    free(s);
    return status;
}
