/**
 * @file canvas.h
 * @brief A page to draw on, in millimetres from its upper left corner.
 *
 * A canvas remembers its first problem, as cairo does: drawing goes on without
 * effect and the caller asks canvas_status() once.
 */
#ifndef OUTPUT_CANVAS_H
#define OUTPUT_CANVAS_H

#include <cairo.h>
#include <stdbool.h>

#include "output/fonts.h"

#define CANVAS_DPI 200.0                         /**< of every raster */
#define CANVAS_PIXELS_PER_MM (CANVAS_DPI / 25.4) /**< 7.874 */

/** A rectangle on the page, millimetres, y downwards. */
struct box {
    double x, y, w, h;
};

struct canvas {
    cairo_t *cr; /**< lent by the caller; user unit = millimetre */
    const struct fonts *fonts;
    PangoContext *context;
    double zoom;  /**< of all texts; 1 unless the caller sets it */
    double paper; /**< millimetres on paper of one of the canvas; 1 unless the
                       caller has scaled `cr` and says so */
    enum terramis_status status;
};

enum text_align {
    TEXT_LEFT,
    TEXT_CENTRE,
    TEXT_RIGHT
};

struct text_style {
    double size; /**< points */
    bool bold;
    unsigned colour; /**< 0xAARRGGBB */
    unsigned halo;   /**< 0xAARRGGBB around the letters; 0: none */
    enum text_align align;
    bool italic; /**< slanted, as names of waters are */
};

/** Draws on `cr`, scaled to millimetres; `language` as in labels.h. Release
 * with canvas_release() before the fonts and `cr` go. */
void canvas_init(struct canvas *canvas, cairo_t *cr, const struct fonts *fonts,
                 int language);
void canvas_release(struct canvas *canvas);

/** The first problem of the canvas or of its cairo context. */
enum terramis_status canvas_status(struct canvas *canvas);

/** Draws `text` (plain UTF-8, never markup) into `box`, wrapped at its width
 * and cut with an ellipsis at its height; a box of height 0 means one line.
 * Characters the font has not appear as U+FFFD. Returns the height used, mm. */
double canvas_text(struct canvas *canvas, const struct text_style *style,
                   struct box box, const char *text);

/** The height `text` takes when wrapped at `width`, mm. */
double canvas_text_height(struct canvas *canvas, const struct text_style *style,
                          double width, const char *text);

/** The width of `text` on one line, mm. */
double canvas_text_width(struct canvas *canvas, const struct text_style *style,
                         const char *text);

/** One line centred on a point and turned by `degrees` clockwise. */
void canvas_text_turned(struct canvas *canvas, const struct text_style *style,
                        double x, double y, double degrees, const char *text);

void canvas_colour(struct canvas *canvas, unsigned argb);
void canvas_fill(struct canvas *canvas, struct box box, unsigned argb);
/** Outline of `box`, the line of `width` mm centred on its edge. */
void canvas_outline(struct canvas *canvas, struct box box, double width,
                    unsigned argb);
void canvas_line(struct canvas *canvas, double x0, double y0, double x1,
                 double y1, double width, unsigned argb);

/** Paints `image` (CANVAS_DPI, no smoothing) with its corner at x, y mm. */
void canvas_image(struct canvas *canvas, double x, double y,
                  cairo_surface_t *image);

/** Lays `rgb` over the page as far as the A8 `mask` (`per_mm` pixels a
 * millimetre, no smoothing) says, its corner at x, y mm. */
void canvas_mask(struct canvas *canvas, double x, double y, double per_mm,
                 cairo_surface_t *mask, unsigned rgb);

/** `mm` moved to the nearest edge between pixels of CANVAS_DPI. */
double canvas_snap(double mm);

#endif
