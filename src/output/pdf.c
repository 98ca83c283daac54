#include "output/pdf.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "output/canvas.h"
#include "output/file.h"
#include "output/layout.h"
#include "output/pdf_geo.h"

#define POINTS_PER_MM (72.0 / 25.4)

struct pdf {
    struct file file;
    struct fonts *fonts;
    cairo_surface_t *surface;
    int pages;
    const struct crs *crs;
    const char *language;
    struct pdf_view *views;
    size_t view_count, view_capacity;
    char *bytes; /* the file as far as it is made; NUL after them */
    size_t size, capacity;
};

/** A growing buffer, since what comes after has to know where things are. */
static cairo_status_t pdf_write(void *closure, const unsigned char *bytes,
                                unsigned int size)
{
    struct pdf *pdf = closure;
    if (mem_grow(&pdf->bytes, &pdf->capacity, pdf->size + size, 1) !=
        TERRAMIS_OK)
        return CAIRO_STATUS_NO_MEMORY;
    memcpy(pdf->bytes + pdf->size, bytes, size);
    pdf->size += size;
    pdf->bytes[pdf->size] = '\0';
    return CAIRO_STATUS_SUCCESS;
}

/* A copy that cairo takes: it refuses U+FFFE and the whole document with it.
 * NULL: no memory, which status_end() tells. */
static char *fit(const char *text)
{
    char *copy = NULL;
    if (mem_copy_text(&copy, text) == TERRAMIS_OK && copy)
        text_tame(copy, true);
    return copy;
}

static void pdf_describe(cairo_surface_t *surface, const struct pdf_info *info)
{
    const struct {
        cairo_pdf_metadata_t key;
        const char *text;
    } rows[] = {{CAIRO_PDF_METADATA_TITLE, info->title},
                {CAIRO_PDF_METADATA_AUTHOR, info->author},
                {CAIRO_PDF_METADATA_SUBJECT, info->subject},
                {CAIRO_PDF_METADATA_KEYWORDS, info->keywords},
                {CAIRO_PDF_METADATA_CREATOR, "Terramis " TERRAMIS_VERSION},
                {CAIRO_PDF_METADATA_CREATE_DATE, info->created}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = fit(rows[i].text);
        if (text)
            cairo_pdf_surface_set_metadata(surface, rows[i].key, text);
        free(text);
    }
}

enum terramis_status pdf_open(const char *path, const struct pdf_info *info,
                              struct pdf **out)
{
    struct pdf *pdf = NULL;
    *out = NULL;
    TRY(mem_new(&pdf, 1, sizeof *pdf));
    pdf->crs = info->crs;
    pdf->language = info->language;
    enum terramis_status status;
    TRY_DONE(fonts_open(&pdf->fonts));
    TRY_DONE(file_create(&pdf->file, path));
    pdf->surface =
        cairo_pdf_surface_create_for_stream(pdf_write, pdf, 100, 100);
    /* later versions of cairo pack the objects of 1.5, see pdf_geo.c */
    cairo_pdf_surface_restrict_to_version(pdf->surface, CAIRO_PDF_VERSION_1_4);
    pdf_describe(pdf->surface, info);
    *out = pdf;
    return TERRAMIS_OK;
done:
    pdf_discard(pdf);
    return status;
}

void pdf_page_begin(struct pdf *pdf, double w, double h, const char *bookmark,
                    int language, struct canvas *canvas)
{
    char link[32];
    snprintf(link, sizeof link, "page=%d", ++pdf->pages);
    cairo_pdf_surface_set_size(pdf->surface, w * POINTS_PER_MM,
                               h * POINTS_PER_MM);
    cairo_t *cr = cairo_create(pdf->surface);
    cairo_scale(cr, POINTS_PER_MM, POINTS_PER_MM);
    canvas_init(canvas, cr, pdf->fonts, language);
    char *name = fit(bookmark);
    if (name)
        cairo_pdf_surface_add_outline(pdf->surface, CAIRO_PDF_OUTLINE_ROOT,
                                      name, link, CAIRO_PDF_OUTLINE_FLAG_OPEN);
    free(name);
}

enum terramis_status pdf_page_end(struct canvas *canvas)
{
    cairo_t *cr = canvas->cr;
    enum terramis_status status = canvas_status(canvas);
    canvas_release(canvas);
    cairo_show_page(cr);
    cairo_destroy(cr);
    return status;
}

/** Notes where the map of the page lies. */
static enum terramis_status note_view(struct pdf *pdf,
                                      const struct layout *layout)
{
    if (!pdf->crs)
        return TERRAMIS_OK;
    TRY(mem_grow(&pdf->views, &pdf->view_capacity, pdf->view_count,
                 sizeof *pdf->views));
    pdf->views[pdf->view_count++] = (struct pdf_view){
        pdf->pages, layout->page_h, layout->frame, layout->view};
    return TERRAMIS_OK;
}

enum terramis_status pdf_add_map(struct pdf *pdf, const struct map *map,
                                 const char *bookmark)
{
    struct layout layout;
    struct canvas canvas;
    TRY(map_layout(map, &layout));
    pdf_page_begin(pdf, layout.page_w, layout.page_h, bookmark, map->language,
                   &canvas);
    enum terramis_status status = map_draw(&canvas, map, &layout);
    enum terramis_status ended = pdf_page_end(&canvas);
    TRY(status);
    TRY(ended);
    return note_view(pdf, &layout);
}

static enum terramis_status write_file(struct pdf *pdf)
{
    struct text update = {0};
    enum terramis_status status =
        pdf_geo_update(pdf->bytes, pdf->size, pdf->views, pdf->view_count,
                       pdf->crs, pdf->language, &update);
    if (status == TERRAMIS_OK) {
        file_write(&pdf->file, pdf->bytes, pdf->size);
        file_write(&pdf->file, text_get(&update), update.length);
        status = file_commit(&pdf->file);
    }
    text_release(&update);
    return status;
}

enum terramis_status pdf_close(struct pdf *pdf)
{
    cairo_surface_finish(pdf->surface);
    cairo_status_t drawn = cairo_surface_status(pdf->surface);
    enum terramis_status status =
        drawn == CAIRO_STATUS_SUCCESS
            ? write_file(pdf)
            : status_set(TERRAMIS_OUTPUT, _("cannot write %s: %s"),
                         pdf->file.path, cairo_status_to_string(drawn));
    pdf_discard(pdf);
    return status;
}

void pdf_discard(struct pdf *pdf)
{
    if (!pdf)
        return;
    /* finishing writes, so the surface goes before the file */
    if (pdf->surface)
        cairo_surface_destroy(pdf->surface);
    file_discard(&pdf->file);
    fonts_free(pdf->fonts);
    free(pdf->views);
    free(pdf->bytes);
    free(pdf);
}
