/* What the tests of packed files ask SQLite. */
#ifndef UNIT_OUTPUT_SQLITE_H
#define UNIT_OUTPUT_SQLITE_H

#include <sqlite3.h>

static int64_t number_of(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *query;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &query, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(query), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(query, 0);
    sqlite3_finalize(query);
    return number;
}

#endif
