#include "output/page_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "output/labels.h"

static const unsigned ink = 0xff222222, accent = 0xff1f6f78;
static const unsigned stripe = 0xfff3f6f7, line_colour = 0xffb8c4c6;
static const double padding = 1.3, gutter = 4.0; /* mm */
static const double tallest = 16; /* mm: four lines; what is longer is cut */

struct text *page_table_row(struct page_table *table)
{
    size_t first = table->row_count * table->column_count;
    if (mem_grow(&table->cells, &table->room, first + table->column_count,
                 sizeof *table->cells) != TERRAMIS_OK)
        return NULL;
    struct text *row = table->cells + first;
    memset(row, 0, table->column_count * sizeof *row);
    table->row_count++;
    return row;
}

void page_table_release(struct page_table *table)
{
    for (size_t i = 0; i < table->row_count * table->column_count; i++)
        text_release(&table->cells[i]);
    free(table->cells);
    table->cells = NULL;
    table->row_count = table->room = 0;
}

static double column_width(const struct page_table *table, size_t column,
                           double width)
{
    double sum = 0;
    for (size_t i = 0; i < table->column_count; i++)
        sum += table->columns[i].width;
    return width * table->columns[column].width / sum;
}

/* The text of a cell; row 0 is the head. */
static const char *cell(const struct page_table *table, size_t row, size_t c)
{
    return row == 0
               ? table->columns[c].title
               : text_get(&table->cells[(row - 1) * table->column_count + c]);
}

static struct text_style style_of(const struct page_table *table, size_t row)
{
    bool bold = row == 0 || (table->total && row == table->row_count);
    return (struct text_style){
        .size = 9, .bold = bold, .colour = row == 0 ? accent : ink};
}

static double row_height(struct canvas *canvas, const struct page_table *table,
                         size_t row, double width)
{
    struct text_style style = style_of(table, row);
    double most = 0;
    for (size_t c = 0; c < table->column_count; c++)
        most = fmax(most,
                    canvas_text_height(canvas, &style,
                                       column_width(table, c, width) - gutter,
                                       cell(table, row, c)));
    return fmin(most, tallest) + 2 * padding;
}

static void draw_row(struct canvas *canvas, const struct page_table *table,
                     size_t row, struct box box)
{
    struct text_style style = style_of(table, row);
    double x = box.x;
    if (row > 0 && row % 2 == 0)
        canvas_fill(canvas, box, stripe);
    for (size_t c = 0; c < table->column_count; c++) {
        double w = column_width(table, c, box.w);
        style.align = table->columns[c].align;
        canvas_text(canvas, &style,
                    (struct box){x + gutter / 2, box.y + padding, w - gutter,
                                 box.h - padding},
                    cell(table, row, c));
        x += w;
    }
    double y = box.y + box.h;
    canvas_line(canvas, box.x, y, box.x + box.w, y, row == 0 ? 0.4 : 0.1,
                row == 0 ? accent : line_colour);
}

double page_table_draw(struct canvas *canvas, const struct page_table *table,
                       struct box box, int language)
{
    const struct text_style heading = {.size = 12, .bold = true, .colour = ink};
    const double last_line = 6;
    double y = box.y, bottom = box.y + box.h - last_line;
    y += canvas_text(canvas, &heading, (struct box){box.x, y, box.w, 12},
                     table->title) +
         1.5;
    for (size_t row = 0; row <= table->row_count; row++) {
        double h = row_height(canvas, table, row, box.w);
        if (y + h > bottom) {
            const struct text_style plain = style_of(table, 1);
            canvas_text(canvas, &plain,
                        (struct box){box.x + gutter / 2, y + padding, 0, 0},
                        others_text(table->row_count + 1 - row, language).text);
            return y + last_line - box.y;
        }
        draw_row(canvas, table, row, (struct box){box.x, y, box.w, h});
        y += h;
    }
    return y - box.y;
}
