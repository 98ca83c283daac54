/**
 * @file page_table.h
 * @brief A table drawn on a page.
 */
#ifndef OUTPUT_PAGE_TABLE_H
#define OUTPUT_PAGE_TABLE_H

#include "base/text.h"
#include "output/canvas.h"

struct page_column {
    const char *title;
    double width; /**< relative to the other columns */
    enum text_align align;
};

struct page_table {
    const char *title;
    const struct page_column *columns;
    size_t column_count;
    struct text *cells; /**< rows x columns, row by row; owned */
    size_t row_count, room;
    bool total; /**< the last row is one */
};

/** The cells of a new row, empty; NULL: no memory. */
struct text *page_table_row(struct page_table *table);
void page_table_release(struct page_table *table);

/** Draws title, head and rows from the top of `box` down; rows that do not fit
 * are left out and counted in a last line. Returns the height used, mm. */
double page_table_draw(struct canvas *canvas, const struct page_table *table,
                       struct box box, int language);

#endif
