#include "output/pdf_geo.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
    XREF_ENTRY = 20 /* bytes of a line of the table, ISO 32000-1, 7.5.4 */
};

#define POINTS_PER_MM (72.0 / 25.4)

/* A PDF as cairo writes it: one table of cross-references. */
struct source {
    const char *pdf;
    size_t size, table; /* position of the word xref */
    const char *entries;
    long count; /* of objects */
    long root, info;
};

static enum terramis_status not_understood(void)
{
    return status_set(TERRAMIS_INTERNAL,
                      _("the PDF that cairo wrote cannot be georeferenced"));
}

/* The last of `word` in the file's last bytes, where it has no stream. */
static const char *find_end(const char *pdf, size_t size, const char *word)
{
    size_t length = strlen(word);
    for (size_t back = length; back <= size && back < 64; back++)
        if (memcmp(pdf + size - back, word, length) == 0)
            return pdf + size - back;
    return NULL;
}

static enum terramis_status read_source(struct source *s)
{
    const char *end = find_end(s->pdf, s->size, "startxref");
    long table, trailer[3];
    if (!end || !text_scan(end, "startxref #", &table) ||
        (size_t)table >= s->size)
        return not_understood();
    s->table = (size_t)table;
    const char *entries = text_scan(s->pdf + table, "xref 0 #", &s->count);
    if (!entries || s->count < 1)
        return not_understood();
    s->entries = entries + 1;
    size_t left = (size_t)(end - s->entries);
    if (left / XREF_ENTRY < (size_t)s->count)
        return not_understood();
    if (!text_scan(s->entries + s->count * XREF_ENTRY,
                   "trailer << /Size # /Root # 0 R /Info # 0 R", trailer))
        return not_understood();
    s->root = trailer[1];
    s->info = trailer[2];
    return TERRAMIS_OK;
}

/* Object `number` from its number on; NULL: not in the file. */
static const char *object_at(const struct source *s, long number)
{
    long at, found;
    if (number < 1 || number >= s->count ||
        !text_scan(s->entries + number * XREF_ENTRY, "#", &at) || at == 0 ||
        (size_t)at >= s->size || !text_scan(s->pdf + at, "# 0 obj", &found) ||
        found != number)
        return NULL;
    return s->pdf + at;
}

/* The object of a page: cairo notes the page's number beside its type. */
static long find_page(const struct source *s, int page)
{
    for (long i = 1; i < s->count; i++) {
        const char *object = object_at(s, i);
        long found[2];
        if (object && text_scan(object, "# 0 obj << /Type /Page % #", found) &&
            found[1] == page)
            return i;
    }
    return 0;
}

/* The objects that are written anew, for their table. */
struct update {
    struct text *out;
    size_t base; /* where the update begins in the file */
    struct text table;
};

/* Object `number` again, `more` at the end of its dictionary. */
static enum terramis_status add_object(struct update *u, const struct source *s,
                                       long number, const char *more)
{
    const char *object = object_at(s, number);
    const char *end = object ? strstr(object, ">>\nendobj") : NULL;
    if (!end)
        return not_understood();
    text_addf(&u->table, "%ld 1\n%010zu 00000 n \n", number,
              u->base + u->out->length);
    text_addf(u->out, "%.*s%s>>\nendobj\n", (int)(end - object), object, more);
    return TERRAMIS_OK;
}

/* (text), as PDF writes strings. */
static void add_string(struct text *out, const char *text)
{
    text_add(out, "(");
    for (; *text; text++)
        text_addf(out, strchr("()\\", *text) ? "\\%c" : "%c", *text);
    text_add(out, ")");
}

/* The corners from the lower left one clockwise, first latitude, then
 * longitude; eleven decimals are a micrometre. */
static void add_corners(struct text *out, struct rect r, struct crs_area *area)
{
    const double x[] = {r.xmin, r.xmin, r.xmax, r.xmax};
    const double y[] = {r.ymin, r.ymax, r.ymax, r.ymin};
    text_add(out, "/GPTS [");
    for (int i = 0; i < 4; i++) {
        double longitude, latitude;
        crs_area_degrees(area, x[i], y[i], &longitude, &latitude);
        text_addf(out, " %.11f %.11f", latitude, longitude);
    }
    text_add(out, " ]\n");
}

static enum terramis_status add_system(struct text *out, const struct crs *crs)
{
    long code;
    text_add(out, "/GCS << /Type /PROJCS ");
    if (text_scan(crs->id, "EPSG:#", &code)) {
        text_addf(out, "/EPSG %ld", code);
    } else {
        char *wkt;
        TRY(crs_esri_wkt(crs, &wkt));
        text_add(out, "/WKT ");
        add_string(out, wkt);
        free(wkt);
    }
    text_add(out, " >>\n");
    return TERRAMIS_OK;
}

static enum terramis_status write_viewport(struct text *out,
                                           const struct pdf_view *view,
                                           const struct crs *crs,
                                           struct crs_area *area)
{
    struct box f = view->frame;
    text_addf(out,
              "   /VP [ << /Type /Viewport\n"
              "/BBox [ %.6f %.6f %.6f %.6f ]\n"
              "/Measure << /Type /Measure /Subtype /GEO\n"
              "/Bounds [ 0 0 0 1 1 1 1 0 ] /LPTS [ 0 0 0 1 1 1 1 0 ]\n",
              f.x * POINTS_PER_MM, (view->page_h - f.y - f.h) * POINTS_PER_MM,
              (f.x + f.w) * POINTS_PER_MM,
              (view->page_h - f.y) * POINTS_PER_MM);
    add_corners(out, view->area, area);
    TRY(add_system(out, crs));
    text_add(out, "/PDU [ /M /SQM /DEG ] >> >> ]\n");
    return text_status(out);
}

static enum terramis_status add_pages(struct update *u, const struct source *s,
                                      const struct pdf_view *views,
                                      size_t count, const struct crs *crs)
{
    struct crs_area *area;
    TRY(crs_area_open(&area, crs));
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < count && status == TERRAMIS_OK; i++) {
        struct text viewport = {0};
        status = write_viewport(&viewport, &views[i], crs, area);
        if (status == TERRAMIS_OK)
            status = add_object(u, s, find_page(s, views[i].page),
                                text_get(&viewport));
        text_release(&viewport);
    }
    crs_area_close(area);
    return status;
}

enum terramis_status pdf_geo_update(const char *pdf, size_t size,
                                    const struct pdf_view *views, size_t count,
                                    const struct crs *crs, const char *language,
                                    struct text *update)
{
    struct source source = {.pdf = pdf, .size = size};
    struct update u = {.out = update, .base = size};
    struct text more = {0};
    enum terramis_status status;
    if (count == 0)
        return TERRAMIS_OK;
    TRY(read_source(&source));
    /* measures came with extensions to 1.7 */
    text_addf(&more, "   /Version /1.7\n   /Lang (%s)\n", language);
    TRY_DONE(text_status(&more));
    TRY_DONE(add_object(&u, &source, source.root, text_get(&more)));
    TRY_DONE(add_pages(&u, &source, views, count, crs));
    TRY_DONE(text_status(&u.table));
    size_t table = size + update->length;
    text_addf(update,
              "xref\n%strailer\n<< /Size %ld\n   /Root %ld 0 R\n"
              "   /Info %ld 0 R\n   /Prev %zu\n>>\nstartxref\n%zu\n%%%%EOF\n",
              text_get(&u.table), source.count, source.root, source.info,
              source.table, table);
    status = text_status(update);
done:
    text_release(&more);
    text_release(&u.table);
    return status;
}
