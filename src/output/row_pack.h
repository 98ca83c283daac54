/**
 * @file row_pack.h
 * @brief A row of a table as SQLite stores it: the types of its values, then
 * the values (SQLite's "Database File Format", 2.1 Record Format).
 *
 *     row_pack_begin(&row);
 *     row_pack_null(&row); ... a value per column, in order
 *     TRY(row_pack_end(&row, &bytes));
 *
 * Values are stored as SQLite stores what is bound to a column of their own
 * type. A lack of memory is remembered until row_pack_end().
 */
#ifndef OUTPUT_ROW_PACK_H
#define OUTPUT_ROW_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

enum {
    ROW_PACK_VARINT = 9 /**< bytes of a variable-length integer, at most */
};

/** Writes a variable-length integer; how many bytes it takes. */
size_t row_pack_varint(unsigned char *to, uint64_t value);

/** Writes the last `bytes` bytes of `value`, the highest first. */
void row_pack_put(unsigned char *to, uint64_t value, int bytes);

/** Zero-initialise; row_pack_release() at the end. */
struct row_pack {
    struct bytes types, values;
    bool lost; /**< memory was short */
};

void row_pack_begin(struct row_pack *row);
void row_pack_null(struct row_pack *row);
void row_pack_integer(struct row_pack *row, int64_t value);
/** Of a column of type REAL: whole numbers take less room. */
void row_pack_real(struct row_pack *row, double value);
/** UTF-8, `size` bytes. */
void row_pack_text(struct row_pack *row, const char *text, size_t size);
void row_pack_blob(struct row_pack *row, const void *blob, size_t size);
/** Appends the row to `to`. */
enum terramis_status row_pack_end(struct row_pack *row, struct bytes *to);
void row_pack_release(struct row_pack *row);

#endif
