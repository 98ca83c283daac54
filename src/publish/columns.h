/**
 * @file columns.h
 * @brief The columns of our CSV files: plain names in the first line.
 */
#ifndef PUBLISH_COLUMNS_H
#define PUBLISH_COLUMNS_H

#include "base/status.h"
#include "publish/allowed.h"

/** The table in a CSV file of ours, by its name; ALLOWED_TABLES: none. */
enum allowed_table columns_table(const char *path);

struct columns {
    char *line;
    char *rest; /**< what of it is to be read; NULL: nothing */
};

/** `unreadable`: the code where there is no first line to be read. Close in
 * either case. */
enum terramis_status columns_open(struct columns *columns, const char *path,
                                  enum terramis_status unreadable);

/** The next name; NULL after the last one. */
const char *columns_next(struct columns *columns);
void columns_close(struct columns *columns);

#endif
