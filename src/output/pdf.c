#include "output/pdf.h"

#include <cairo-pdf.h>
#include <stdlib.h>

#include "base/mem.h"
#include "output/canvas.h"
#include "output/file.h"
#include "output/layout.h"

#define POINTS_PER_MM (72.0 / 25.4)

struct pdf {
    struct file file;
    struct fonts *fonts;
    cairo_surface_t *surface;
    int pages;
};

/** Write errors stay in the file: file_commit() names path and reason. */
static cairo_status_t pdf_write(void *closure, const unsigned char *bytes,
                                unsigned int size)
{
    struct pdf *pdf = closure;
    file_write(&pdf->file, bytes, size);
    return CAIRO_STATUS_SUCCESS;
}

static void pdf_describe(cairo_surface_t *surface, const struct pdf_info *info)
{
    const struct {
        cairo_pdf_metadata_t key;
        const char *text;
    } rows[] = {{CAIRO_PDF_METADATA_TITLE, info->title},
                {CAIRO_PDF_METADATA_AUTHOR, info->author},
                {CAIRO_PDF_METADATA_SUBJECT, info->subject},
                {CAIRO_PDF_METADATA_CREATE_DATE, info->created}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].text)
            cairo_pdf_surface_set_metadata(surface, rows[i].key, rows[i].text);
}

enum terramis_status pdf_open(const char *path, const struct pdf_info *info,
                              struct pdf **out)
{
    struct pdf *pdf = NULL;
    *out = NULL;
    TRY(mem_new(&pdf, 1, sizeof *pdf));
    enum terramis_status status;
    TRY_DONE(fonts_open(&pdf->fonts));
    TRY_DONE(file_create(&pdf->file, path));
    pdf->surface =
        cairo_pdf_surface_create_for_stream(pdf_write, pdf, 100, 100);
    cairo_pdf_surface_restrict_to_version(pdf->surface, CAIRO_PDF_VERSION_1_5);
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
    if (bookmark)
        cairo_pdf_surface_add_outline(pdf->surface, CAIRO_PDF_OUTLINE_ROOT,
                                      bookmark, link,
                                      CAIRO_PDF_OUTLINE_FLAG_OPEN);
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
    return status == TERRAMIS_OK ? ended : status;
}

enum terramis_status pdf_close(struct pdf *pdf)
{
    cairo_surface_finish(pdf->surface);
    cairo_status_t drawn = cairo_surface_status(pdf->surface);
    enum terramis_status status =
        drawn == CAIRO_STATUS_SUCCESS
            ? file_commit(&pdf->file)
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
    free(pdf);
}
