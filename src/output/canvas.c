#include "output/canvas.h"

#include <math.h>
#include <pango/pangocairo.h>

#include "base/text.h"
#include "output/labels.h"

#define MM_PER_POINT (25.4 / 72.0)
#define PI 3.14159265358979323846

enum {
    LINE_SEPARATOR = 0x2028, /* a new line inside the same paragraph */
    REPLACEMENT = 0xfffd
};

void canvas_init(struct canvas *canvas, cairo_t *cr, const struct fonts *fonts,
                 int language)
{
    *canvas = (struct canvas){.cr = cr, .fonts = fonts, .zoom = 1, .paper = 1};
    canvas->context =
        fonts_context(fonts, language == LANGUAGE_EN ? "en" : "fr");
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
}

void canvas_release(struct canvas *canvas)
{
    if (canvas->context)
        g_object_unref(canvas->context);
    *canvas = (struct canvas){0};
}

enum terramis_status canvas_status(struct canvas *canvas)
{
    cairo_status_t status = cairo_status(canvas->cr);
    if (status == CAIRO_STATUS_NO_MEMORY)
        return status_no_memory();
    if (status != CAIRO_STATUS_SUCCESS && canvas->status == TERRAMIS_OK)
        canvas->status = status_set(TERRAMIS_OUTPUT, _("cannot draw: %s"),
                                    cairo_status_to_string(status));
    return canvas->status;
}

/** What is drawn for a character of the caller's text; 0: nothing. Overrides
 * of the writing direction would turn the text around them. */
static gunichar drawable(const struct fonts *fonts, gunichar c, bool one_line)
{
    if (c == '\n' || c == LINE_SEPARATOR)
        return one_line ? ' ' : LINE_SEPARATOR;
    if (c == '\t' || c == 0x2029)
        return ' ';
    if (g_unichar_iscntrl(c) || (c & 0xfffe) == 0xfffe ||
        (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
        return 0;
    if (fonts_have(fonts, c))
        return c;
    return g_unichar_iszerowidth(c) || (c >= 0xfe00 && c <= 0xfe0f)
               ? 0
               : REPLACEMENT;
}

static char *clean(const struct fonts *fonts, const char *text, bool one_line)
{
    char *valid = g_utf8_make_valid(text, -1);
    GString *out = g_string_new(NULL);
    for (const char *c = valid; *c; c = g_utf8_next_char(c)) {
        gunichar drawn = drawable(fonts, g_utf8_get_char(c), one_line);
        if (drawn)
            g_string_append_unichar(out, drawn);
    }
    g_free(valid);
    return g_string_free(out, FALSE);
}

static int pango_units(double mm)
{
    return (int)lround(fmin(mm, 1e5) * PANGO_SCALE);
}

/** width 0: as wide as it gets; height 0: one line, negative: any. */
static PangoLayout *layout_new(struct canvas *canvas,
                               const struct text_style *style, double width,
                               double height, const char *text)
{
    static const PangoAlignment align[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER,
                                           PANGO_ALIGN_RIGHT};
    PangoLayout *layout = pango_layout_new(canvas->context);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, FONTS_FAMILY);
    pango_font_description_set_absolute_size(
        font, style->size * canvas->zoom * MM_PER_POINT * PANGO_SCALE);
    pango_font_description_set_weight(font, style->bold ? PANGO_WEIGHT_BOLD
                                                        : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    /* a ligature such as "fi" could not be searched for in a PDF */
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes,
                           pango_attr_font_features_new("liga=0, clig=0"));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_alignment(layout, align[style->align]);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    if (width > 0)
        pango_layout_set_width(layout, pango_units(width));
    if (width > 0 && height >= 0) {
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
        pango_layout_set_height(layout, height > 0 ? pango_units(height) : -1);
    }
    char *drawn = clean(canvas->fonts, text ? text : "", height == 0);
    pango_layout_set_text(layout, drawn, -1);
    g_free(drawn);
    if (pango_layout_get_unknown_glyphs_count(layout) > 0 &&
        canvas->status == TERRAMIS_OK)
        canvas->status = status_set(
            TERRAMIS_OUTPUT, _("cannot draw: the font %s lacks characters"),
            FONTS_FAMILY);
    return layout;
}

static double layout_height(PangoLayout *layout)
{
    PangoRectangle extent;
    pango_layout_get_extents(layout, NULL, &extent);
    return (double)extent.height / PANGO_SCALE;
}

static double layout_width(PangoLayout *layout)
{
    PangoRectangle extent;
    pango_layout_get_extents(layout, NULL, &extent);
    return (double)extent.width / PANGO_SCALE;
}

/* The fonts have no slanted face: the letters lean over by as much as those of
 * DejaVu Sans Oblique do, about the middle of the line. */
static void lean(struct canvas *canvas, double y)
{
    const double slope = 0.2;
    cairo_matrix_t shear;
    cairo_matrix_init(&shear, 1, 0, -slope, 1, slope * y, 0);
    cairo_transform(canvas->cr, &shear);
}

static void layout_show(struct canvas *canvas, const struct text_style *style,
                        double x, double y, PangoLayout *layout)
{
    cairo_save(canvas->cr);
    if (style->italic)
        lean(canvas, y + layout_height(layout) / 2);
    if (style->halo) {
        cairo_move_to(canvas->cr, x, y);
        pango_cairo_layout_path(canvas->cr, layout);
        cairo_set_line_width(canvas->cr,
                             style->size * canvas->zoom * MM_PER_POINT * 0.42);
        canvas_colour(canvas, style->halo);
        cairo_stroke(canvas->cr);
    }
    cairo_move_to(canvas->cr, x, y);
    canvas_colour(canvas, style->colour);
    pango_cairo_show_layout(canvas->cr, layout);
    cairo_new_path(canvas->cr);
    cairo_restore(canvas->cr);
}

double canvas_text(struct canvas *canvas, const struct text_style *style,
                   struct box box, const char *text)
{
    PangoLayout *layout = layout_new(canvas, style, box.w, box.h, text);
    layout_show(canvas, style, box.x, box.y, layout);
    double height = layout_height(layout);
    g_object_unref(layout);
    return height;
}

double canvas_text_height(struct canvas *canvas, const struct text_style *style,
                          double width, const char *text)
{
    PangoLayout *layout = layout_new(canvas, style, width, -1, text);
    double height = layout_height(layout);
    g_object_unref(layout);
    return height;
}

double canvas_text_width(struct canvas *canvas, const struct text_style *style,
                         const char *text)
{
    PangoLayout *layout = layout_new(canvas, style, 0, 0, text);
    double width = layout_width(layout);
    g_object_unref(layout);
    return width;
}

void canvas_text_turned(struct canvas *canvas, const struct text_style *style,
                        double x, double y, double degrees, const char *text)
{
    PangoLayout *layout = layout_new(canvas, style, 0, 0, text);
    cairo_save(canvas->cr);
    cairo_translate(canvas->cr, x, y);
    cairo_rotate(canvas->cr, degrees * PI / 180.0);
    layout_show(canvas, style, -layout_width(layout) / 2,
                -layout_height(layout) / 2, layout);
    cairo_restore(canvas->cr);
    g_object_unref(layout);
}

void canvas_colour(struct canvas *canvas, unsigned argb)
{
    cairo_set_source_rgba(canvas->cr, (argb >> 16 & 0xff) / 255.0,
                          (argb >> 8 & 0xff) / 255.0, (argb & 0xff) / 255.0,
                          (argb >> 24 & 0xff) / 255.0);
}

void canvas_fill(struct canvas *canvas, struct box box, unsigned argb)
{
    canvas_colour(canvas, argb);
    cairo_rectangle(canvas->cr, box.x, box.y, box.w, box.h);
    cairo_fill(canvas->cr);
}

void canvas_outline(struct canvas *canvas, struct box box, double width,
                    unsigned argb)
{
    canvas_colour(canvas, argb);
    cairo_set_line_width(canvas->cr, width);
    cairo_rectangle(canvas->cr, box.x, box.y, box.w, box.h);
    cairo_stroke(canvas->cr);
}

void canvas_line(struct canvas *canvas, double x0, double y0, double x1,
                 double y1, double width, unsigned argb)
{
    canvas_colour(canvas, argb);
    cairo_set_line_width(canvas->cr, width);
    cairo_move_to(canvas->cr, x0, y0);
    cairo_line_to(canvas->cr, x1, y1);
    cairo_stroke(canvas->cr);
}

void canvas_image(struct canvas *canvas, double x, double y,
                  cairo_surface_t *image)
{
    cairo_save(canvas->cr);
    cairo_translate(canvas->cr, x, y);
    cairo_scale(canvas->cr, 1.0 / CANVAS_PIXELS_PER_MM,
                1.0 / CANVAS_PIXELS_PER_MM);
    cairo_set_source_surface(canvas->cr, image, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(canvas->cr),
                             CAIRO_FILTER_NEAREST);
    cairo_paint(canvas->cr);
    cairo_restore(canvas->cr);
}

void canvas_mask(struct canvas *canvas, double x, double y, double per_mm,
                 cairo_surface_t *mask, unsigned rgb)
{
    cairo_matrix_t matrix;
    cairo_pattern_t *pattern = cairo_pattern_create_for_surface(mask);
    cairo_matrix_init_scale(&matrix, per_mm, per_mm);
    cairo_matrix_translate(&matrix, -x, -y);
    cairo_pattern_set_matrix(pattern, &matrix);
    cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
    canvas_colour(canvas, 0xff000000 | rgb);
    cairo_mask(canvas->cr, pattern);
    cairo_pattern_destroy(pattern);
}

double canvas_snap(double mm)
{
    return round(mm * CANVAS_PIXELS_PER_MM) / CANVAS_PIXELS_PER_MM;
}
