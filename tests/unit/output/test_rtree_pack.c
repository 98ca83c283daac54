#include "output/rtree_pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "unit/output/sqlite.h"

static void check_sound(sqlite3 *db)
{
    sqlite3_stmt *query;
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT rtreecheck('it''s')", -1, &query, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(query), SQLITE_ROW);
    assert_string_equal(sqlite3_column_text(query, 0), "ok");
    sqlite3_finalize(query);
}

/* Small boxes strewn over a square of Lambert-93, some of them negative. */
static struct rect box_of(int i)
{
    uint32_t a = (uint32_t)i * 2654435761U, b = a * 40503U + 77U;
    double x = (i % 2 ? 480000.37 : -0.13) + (a >> 12) * 0.01;
    double y = 6900000.1 + (b >> 12) * 0.013;
    return (struct rect){x, y, x + 13.7 + i % 90, y + 11.1 + i % 70};
}

static sqlite3 *open_tree(void)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "CREATE VIRTUAL TABLE \"it's\" USING "
                                  "rtree(id, minx, maxx, miny, maxy);"
                                  "CREATE VIRTUAL TABLE plain USING "
                                  "rtree(id, minx, maxx, miny, maxy)",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    return db;
}

/* Against SQLite's own inserting: same boxes, and same answers. */
static void check_count(int count)
{
    sqlite3 *db = open_tree();
    sqlite3_stmt *insert;
    struct rtree_pack pack = {0};
    sqlite3_prepare_v2(db, "INSERT INTO plain VALUES (?, ?, ?, ?, ?)", -1,
                       &insert, NULL);
    for (int i = 0; i < count; i++) {
        struct rect box = box_of(i);
        const double corners[] = {box.xmin, box.xmax, box.ymin, box.ymax};
        assert_int_equal(rtree_pack_add(&pack, 3 * i + 1, box), TERRAMIS_OK);
        sqlite3_bind_int64(insert, 1, 3 * i + 1);
        for (int k = 0; k < 4; k++)
            sqlite3_bind_double(insert, 2 + k, corners[k]);
        assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    assert_int_equal(rtree_pack_write(&pack, db, "it's"), SQLITE_OK);
    rtree_pack_release(&pack);
    check_sound(db);
    assert_int_equal(number_of(db, "SELECT count(*) FROM \"it's\""), count);
    assert_int_equal(
        number_of(db, "SELECT count(*) FROM (SELECT * FROM \"it's\" EXCEPT "
                      "SELECT * FROM plain)"),
        0);
    static const char *const windows[] = {
        "maxx >= 481000 AND minx < 484000 AND miny < 6903000",
        "maxx >= 1000 AND minx < 2000 AND maxy > 6904000", "minx > 1e9"};
    for (int i = 0; i < 3; i++) {
        char sql[300];
        snprintf(sql, sizeof sql,
                 "SELECT (SELECT total(id) FROM \"it's\" WHERE %s) = "
                 "(SELECT total(id) FROM plain WHERE %s)",
                 windows[i], windows[i]);
        assert_int_equal(number_of(db, sql), 1);
    }
    assert_int_equal(sqlite3_exec(db,
                                  "DELETE FROM \"it's\" WHERE id % 4 = 1; "
                                  "INSERT INTO \"it's\" VALUES (2,0,1,0,1)",
                                  NULL, NULL, NULL),
                     SQLITE_OK); /* lives on */
    check_sound(db);
    sqlite3_close(db);
}

static void as_sqlites_own(void **state)
{
    (void)state;
    static const int counts[] = {0, 1, 2, 50, 51, 52, 2601, 2602, 20000};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        check_count(counts[i]);
}

static void no_tree_is_told(void **state)
{
    (void)state;
    sqlite3 *db = open_tree();
    struct rtree_pack pack = {0};
    assert_int_equal(rtree_pack_add(&pack, 1, box_of(0)), TERRAMIS_OK);
    assert_int_not_equal(rtree_pack_write(&pack, db, "nowhere"), SQLITE_OK);
    rtree_pack_release(&pack);
    sqlite3_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_sqlites_own),
                                       cmocka_unit_test(no_tree_is_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
