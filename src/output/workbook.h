/**
 * @file workbook.h
 * @brief Writes an Excel workbook (ECMA-376), sheet after sheet, row after row.
 *
 * Each sheet has a bold head that stays in sight and filters. Rows go straight
 * to the compressed file: memory does not grow with them. The bytes depend only
 * on what is written.
 *
 *     TRY(workbook_new(path, &book));
 *     workbook_sheet(book, "Parcelles", columns, count);
 *     workbook_text(book, "b 12");
 *     workbook_number(book, 1.25);
 *     workbook_end_row(book);
 *     return workbook_finish(book);
 *
 * Errors are kept for workbook_finish().
 */
#ifndef OUTPUT_WORKBOOK_H
#define OUTPUT_WORKBOOK_H

#include <stddef.h>

#include "base/status.h"

enum {
    WORKBOOK_ROWS = 1048576 /**< most rows of a sheet that Excel opens */
};

struct workbook_column {
    const char *title;
    int width; /**< characters */
    bool real; /**< shown with two decimals */
};

struct workbook;

/** Begins the workbook `path`, replacing a file that is there. */
enum terramis_status workbook_new(const char *path, struct workbook **book);

/** Begins the next sheet. What Excel does not allow in a name is replaced, and
 * a name that is there already gets a number. `columns` must live until the
 * next sheet or the end. */
void workbook_sheet(struct workbook *book, const char *name,
                    const struct workbook_column *columns, size_t count);

/** The next cell of the row; NULL and NaN leave it empty. A text is never
 * taken for a formula. */
void workbook_text(struct workbook *book, const char *text);
void workbook_number(struct workbook *book, double number);

/** Ends the row; rows past WORKBOOK_ROWS are left out. */
void workbook_end_row(struct workbook *book);

/** Writes the rest, hands the file to the disk and frees `book`; on failure
 * removes what was written. */
enum terramis_status workbook_finish(struct workbook *book);

/** Gives up: frees `book` and removes what was written. */
void workbook_cancel(struct workbook *book);

#endif
