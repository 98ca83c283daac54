/**
 * @file table_pack.h
 * @brief Fills a table of SQLite in one go: rows to full pages, one after the
 * other at the end of the file, then the pages above them, then the root
 * (SQLite's "Database File Format", 1.6 B-tree Pages).
 *
 * SQLite takes every value of a row through its virtual machine and every row
 * down the tree; rows that come in order and in bulk need neither. `PRAGMA
 * integrity_check` says whether it is right. Needs 16 bytes of memory per page.
 */
#ifndef OUTPUT_TABLE_PACK_H
#define OUTPUT_TABLE_PACK_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct table_pack;

/** The byte of a file that SQLite locks; the page around it holds nothing. */
#define TABLE_PACK_LOCKED INT64_C(0x40000000)

/** Begins to fill the empty table of which the page `root` is the root, in the
 * database `path`, which nobody has open, of which no journal is left, and
 * which vacuums nothing by itself. `locked`: TABLE_PACK_LOCKED. `path` must
 * live until the end. */
enum terramis_status table_pack_open(const char *path, uint32_t root,
                                     int64_t locked, struct table_pack **pack);

/** Adds a row (row_pack.h); rows are numbered from 1. */
enum terramis_status table_pack_add(struct table_pack *pack, const void *row,
                                    size_t size);

/** Writes the rest of the tree; frees `pack`, whatever comes of it. */
enum terramis_status table_pack_close(struct table_pack *pack);

/** Gives up: frees `pack`; the file is of no use. NULL is allowed. */
void table_pack_cancel(struct table_pack *pack);

#endif
