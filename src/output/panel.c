#include "output/panel.h"

#include <math.h>

#include "base/text.h"
#include "output/labels.h"

static const unsigned ink = 0xff222222, grey = 0xff555555, white = 0xffffffff;
static const unsigned accent = 0xff1f6f78; /* the house's deep teal */

/** The largest of the sizes at which `text` fits on one line of `width`. */
static struct text_style fitting(struct canvas *canvas, struct text_style style,
                                 double smallest, double width,
                                 const char *text)
{
    while (style.size > smallest &&
           canvas_text_width(canvas, &style, text) > width)
        style.size -= 1;
    return style;
}

void title_draw(struct canvas *canvas, const struct map *map, struct box box)
{
    const double side = box.w * 0.27;
    const double k = box.h / 20; /* drawn for a box 20 mm high */
    const double x = box.x + 6, w = box.w - side - 10;
    struct text_style title = {.size = 22, .bold = true, .colour = ink};
    struct text_style second = {.size = 12, .colour = grey};
    struct text_style right = {
        .size = 11, .bold = true, .colour = accent, .align = TEXT_RIGHT};
    canvas_fill(canvas, (struct box){box.x, box.y, 2.5, box.h - 3 * k}, accent);
    title = fitting(canvas, title, 15, w, map->title);
    double h = canvas_text_height(canvas, &title, 0, map->title);
    canvas_text(canvas, &title, (struct box){x, box.y + 9.2 * k - h, w, 0},
                map->title);
    second = fitting(canvas, second, 9, w, map->subtitle);
    canvas_text(canvas, &second, (struct box){x, box.y + 10.6 * k, w, 0},
                map->subtitle);
    struct box corner = {box.x + box.w - side, box.y + 1, side, 10 * k};
    canvas_text(canvas, &right, corner, map->organisation);
    right.bold = false;
    right.size = 10;
    right.colour = grey;
    corner.y = box.y + 11.2 * k;
    corner.h = 0;
    canvas_text(canvas, &right, corner, map->date);
    canvas_line(canvas, box.x, box.y + box.h, box.x + box.w, box.y + box.h, 0.3,
                accent);
}

/** A needle on a ring, its tip to the north of the grid. */
static void draw_north(struct canvas *canvas, double x, double y,
                       const char *letter)
{
    const struct text_style style = {.size = 11, .bold = true, .colour = ink};
    const double length = 13, half = 3.2;
    cairo_t *cr = canvas->cr;
    canvas_text_turned(canvas, &style, x, y + 2.2, 0, letter);
    double top = y + 5;
    for (int side = -1; side <= 1; side += 2) {
        cairo_move_to(cr, x, top);
        cairo_line_to(cr, x + side * half, top + length);
        cairo_line_to(cr, x, top + length * 0.76);
        cairo_close_path(cr);
        canvas_colour(canvas, side < 0 ? ink : white);
        cairo_fill_preserve(cr);
        canvas_colour(canvas, ink);
        cairo_set_line_width(cr, 0.25);
        cairo_stroke(cr);
    }
}

static void draw_bar(struct canvas *canvas, const struct map *map, double x,
                     double y, double length, double mm)
{
    const struct text_style style = {.size = 8, .colour = ink};
    const double h = 2.2;
    for (int i = 0; i < 4; i++)
        canvas_fill(canvas, (struct box){x + mm * i / 4, y, mm / 4, h},
                    i % 2 ? white : ink);
    canvas_outline(canvas, (struct box){x, y, mm, h}, 0.25, ink);
    bool km = length >= 1000;
    double unit = km ? 1000 : 1;
    for (int i = 0; i <= 4; i += 2) {
        double value = length * i / 4 / unit;
        int decimals = value == floor(value) ? 0 : 1;
        struct text text = {0};
        text_add(&text, number_text(value, decimals, map->language).text);
        text_add(&text, i < 4 ? "" : km ? "\u00a0km" : "\u00a0m");
        canvas_text_turned(canvas, &style, x + mm * i / 4, y + h + 2.6, 0,
                           text_get(&text));
        text_release(&text);
    }
}

double scale_draw(struct canvas *canvas, const struct map *map,
                  const struct layout *layout, struct box box)
{
    const struct text_style heading = {.size = 9, .bold = true, .colour = ink};
    const struct text_style plain = {.size = 9, .colour = ink};
    const double north = 14; /* room of the arrow, on the right */
    int language = map->language;
    const char *name = label_text(LABEL_SCALE, language);
    struct text ratio = {0};
    text_addf(&ratio, "1:%s %s", number_text(layout->ratio, 0, language).text,
              label_text(layout->paper == PAPER_A4 ? LABEL_ON_A4 : LABEL_ON_A3,
                         language));
    double w = canvas_text_width(canvas, &heading, name);
    canvas_text(canvas, &heading, (struct box){box.x, box.y + 0.5, 0, 0}, name);
    canvas_text(canvas, &plain, (struct box){box.x + w + 2, box.y + 0.5, 0, 0},
                text_get(&ratio));
    text_release(&ratio);
    /* half of the last label, "10 km", stands beyond the bar */
    double most = (box.w - north - 14) * layout->units_per_mm;
    double length = layout_round_length(most);
    draw_bar(canvas, map, box.x + 1, box.y + 7, length,
             length / layout->units_per_mm);
    draw_north(canvas, box.x + box.w - north / 2, box.y,
               label_text(LABEL_NORTH, language));
    return 20;
}

static const double gap_at_full_size = 3.0;

static double heading_height(struct canvas *canvas, struct text_style style)
{
    return canvas_text_height(canvas, &style, 0, "Hg") + 0.4;
}

/** Gives the flexible notes that want more than their share an equal part of
 * the room; those that want less keep what they want. */
static void share_room(double *heights, const bool *flexible, size_t count,
                       double room)
{
    size_t open = 0;
    bool settled[NOTES_MAX] = {false};
    for (size_t i = 0; i < count; i++) {
        settled[i] = !flexible[i];
        open += flexible[i];
        room -= flexible[i] ? 0 : heights[i];
    }
    for (bool again = true; again && open > 0;) {
        again = false;
        double each = fmax(room, 0) / (double)open;
        for (size_t i = 0; i < count; i++)
            if (!settled[i] && heights[i] <= each) {
                settled[i] = again = true;
                room -= heights[i];
                open--;
            }
    }
    for (size_t i = 0; i < count; i++)
        if (!settled[i])
            heights[i] = fmax(room, 0) / (double)open;
}

/** Heights that the notes want in letters of `style`; returns their sum with
 * what stands above each. */
static double measure_notes(struct canvas *canvas,
                            const struct text_style *style,
                            const struct note *notes, size_t count,
                            double width, double above, double *heights)
{
    const double line = canvas_text_height(canvas, style, 0, "Hg");
    double total = 0;
    for (size_t i = 0; i < count; i++) {
        heights[i] = canvas_text_height(canvas, style, width, notes[i].text);
        if (!notes[i].flexible) /* even a long licence leaves room for others */
            heights[i] = fmin(heights[i], 4 * line);
        total += heights[i] + above;
    }
    return total;
}

void notes_draw(struct canvas *canvas, const struct note *notes, size_t count,
                struct box box)
{
    /* points: before anything is cut; and never below 6 on paper */
    const double smallest = fmax(6.2, 6 / (canvas->zoom * canvas->paper));
    const struct text_style heading = {
        .size = 8, .bold = true, .colour = accent};
    struct text_style plain = {.size = 7.5, .colour = ink};
    const double note_gap = gap_at_full_size * canvas->zoom;
    const double above = heading_height(canvas, heading) + note_gap;
    double heights[NOTES_MAX], total;
    bool flexible[NOTES_MAX];
    count = count < NOTES_MAX ? count : NOTES_MAX;
    for (size_t i = 0; i < count; i++)
        flexible[i] = notes[i].flexible;
    while ((total = measure_notes(canvas, &plain, notes, count, box.w, above,
                                  heights)) > box.h &&
           plain.size > smallest)
        plain.size = fmax(plain.size - 0.4, smallest);
    if (total > box.h)
        share_room(heights, flexible, count, box.h - (double)count * above);
    const double line = canvas_text_height(canvas, &plain, 0, "Hg");
    double y = box.y;
    for (size_t i = 0; i < count && y + above + line <= box.y + box.h + 1;
         i++) {
        canvas_text(canvas, &heading, (struct box){box.x, y, box.w, 0},
                    notes[i].heading);
        y += above - note_gap;
        canvas_text(canvas, &plain,
                    (struct box){box.x, y, box.w, fmax(heights[i], line) + 0.1},
                    notes[i].text);
        y += heights[i] + note_gap;
    }
}
