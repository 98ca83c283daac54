#include "output/table_pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "output/row_pack.h"
#include "unit/output/scratch.h"
#include "unit/output/sqlite.h"

/* A row of the tables: whole numbers of every size, reals that are whole or
 * not, a text, a blob that may be long. */
struct row {
    int64_t number;
    double real;
    char text[16];
    unsigned char blob[9000];
    size_t size;
};

static uint64_t random_next(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407U;
    return *seed >> 16;
}

static void make_row(struct row *row, uint64_t *seed)
{
    static const size_t sizes[] = {0, 3, 40, 400, 477, 3000, 4061, 9000};
    uint64_t x = random_next(seed);
    row->number = (int64_t)(x << 16) >> (x % 63);
    row->number = x % 7 ? row->number : -row->number;
    row->real = x % 3 ? (double)row->number : (double)row->number / 7;
    snprintf(row->text, sizeof row->text, "é%d", (int)(x % 100000));
    row->size = sizes[x % 64 < 8 ? x % 64 : x % 4];
    row->size -= row->size > 8 ? x / 64 % 8 : 0;
    memset(row->blob, (int)(x % 255), row->size);
}

static void run(sqlite3 *db, const char *sql)
{
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
}

/* Two empty tables, the second filled by SQLite; the root of the first. */
static uint32_t make_file(const char *path, int page, int count)
{
    sqlite3 *db;
    sqlite3_stmt *insert;
    char pragma[64];
    uint64_t seed = (uint64_t)count;
    static struct row row;
    remove(path);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    snprintf(pragma, sizeof pragma, "PRAGMA page_size = %d", page);
    run(db, pragma);
    run(db, "PRAGMA synchronous = OFF");
    run(db, "CREATE TABLE packed (fid INTEGER PRIMARY KEY, n INTEGER, r REAL, "
            "t TEXT, none TEXT, b BLOB);"
            "CREATE TABLE plain (fid INTEGER PRIMARY KEY, n INTEGER, r REAL, "
            "t TEXT, none TEXT, b BLOB); BEGIN");
    sqlite3_prepare_v2(db, "INSERT INTO plain VALUES (NULL, ?, ?, ?, NULL, ?)",
                       -1, &insert, NULL);
    for (int i = 0; i < count; i++) {
        make_row(&row, &seed);
        sqlite3_bind_int64(insert, 1, row.number);
        sqlite3_bind_double(insert, 2, row.real);
        sqlite3_bind_text(insert, 3, row.text, -1, SQLITE_STATIC);
        sqlite3_bind_blob(insert, 4, row.blob, (int)row.size, SQLITE_STATIC);
        assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    run(db, "COMMIT");
    uint32_t root = (uint32_t)number_of(
        db, "SELECT rootpage FROM sqlite_master WHERE name = 'packed'");
    sqlite3_close(db);
    return root;
}

static void fill(struct table_pack *pack, int count)
{
    uint64_t seed = (uint64_t)count;
    static struct row row;
    struct row_pack packed = {0};
    struct bytes bytes = {0};
    for (int i = 0; i < count; i++) {
        make_row(&row, &seed);
        row_pack_begin(&packed);
        row_pack_null(&packed);
        row_pack_integer(&packed, row.number);
        row_pack_real(&packed, row.real);
        row_pack_text(&packed, row.text, strlen(row.text));
        row_pack_null(&packed);
        row_pack_blob(&packed, row.blob, row.size);
        bytes.size = 0;
        assert_int_equal(row_pack_end(&packed, &bytes), TERRAMIS_OK);
        assert_int_equal(table_pack_add(pack, bytes.at, bytes.size),
                         TERRAMIS_OK);
    }
    row_pack_release(&packed);
    free(bytes.at);
}

/* SQLite finds the file sound, the rows the same, the types of the values too,
 * and as many bytes of rows as it writes itself. */
static void check_file(const char *path, int count)
{
    sqlite3 *db;
    sqlite3_stmt *query;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    run(db, "PRAGMA synchronous = OFF");
    sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &query, NULL);
    assert_int_equal(sqlite3_step(query), SQLITE_ROW);
    assert_string_equal(sqlite3_column_text(query, 0), "ok");
    sqlite3_finalize(query);
    assert_int_equal(number_of(db, "SELECT count(*) FROM packed"), count);
    assert_int_equal(
        number_of(db, "SELECT count(*) FROM packed a JOIN plain b USING (fid) "
                      "WHERE a.n IS b.n AND a.r IS b.r AND a.t IS b.t AND "
                      "a.b IS b.b AND a.none IS NULL AND "
                      "typeof(a.r) = 'real' AND typeof(a.n) = 'integer' AND "
                      "typeof(a.t) = 'text' AND typeof(a.b) = 'blob'"),
        count);
    assert_int_equal(
        number_of(db, "SELECT total(payload) FROM dbstat WHERE name = 'packed' "
                      "AND pagetype <> 'internal'"),
        number_of(db, "SELECT total(payload) FROM dbstat WHERE name = 'plain' "
                      "AND pagetype <> 'internal'"));
    /* it can be written on */
    run(db, "INSERT INTO packed (t) VALUES ('after'); DELETE FROM packed "
            "WHERE fid % 3 = 0");
    assert_int_equal(number_of(db, "SELECT max(fid) FROM packed"),
                     (count + 1) % 3 ? count + 1 : count);
    sqlite3_close(db);
}

static void check_count(int page, int count, int64_t locked)
{
    struct scratch scratch;
    struct table_pack *pack;
    scratch_open(&scratch);
    const char *path = scratch_path(&scratch, "packed.db");
    uint32_t root = make_file(path, page, count);
    assert_int_equal(table_pack_open(path, root, locked, &pack), TERRAMIS_OK);
    fill(pack, count);
    assert_int_equal(table_pack_close(pack), TERRAMIS_OK);
    check_file(path, count);
    scratch_close(&scratch);
}

static void as_sqlite_does(void **state)
{
    (void)state;
    static const int pages[] = {512, 4096, 65536};
    static const int counts[] = {0, 1, 2, 9, 100, 5000};
    for (size_t p = 0; p < sizeof pages / sizeof *pages; p++)
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
            check_count(pages[p], counts[i], TABLE_PACK_LOCKED);
}

/* The page that SQLite locks, at 1 GiB: here it is told another place, which
 * leaves, overflow pages and pages above the leaves come upon in turn. */
static void the_locked_page(void **state)
{
    (void)state;
    for (int page = 0; page < 40; page++) {
        int64_t locked = 0x100000 + 512 * page;
        sqlite3_test_control(SQLITE_TESTCTRL_PENDING_BYTE, (int)locked);
        check_count(512, 2500, locked);
    }
    sqlite3_test_control(SQLITE_TESTCTRL_PENDING_BYTE, 0x40000000);
}

static void not_an_empty_table(void **state)
{
    (void)state;
    struct scratch scratch;
    struct table_pack *pack;
    scratch_open(&scratch);
    const char *path = scratch_path(&scratch, "packed.db");
    uint32_t root = make_file(path, 4096, 3);
    const uint32_t others[] = {0, 1, root + 1, 100000};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(
            table_pack_open(path, others[i], TABLE_PACK_LOCKED, &pack),
            TERRAMIS_OUTPUT);
        assert_non_null(strstr(status_message(), "packed.db: "));
        assert_null(pack);
    }
    assert_int_equal(
        table_pack_open("/nowhere/packed.db", 2, TABLE_PACK_LOCKED, &pack),
        TERRAMIS_OUTPUT);
    scratch_close(&scratch);
}

static void given_up(void **state)
{
    (void)state;
    struct scratch scratch;
    struct table_pack *pack;
    scratch_open(&scratch);
    const char *path = scratch_path(&scratch, "packed.db");
    uint32_t root = make_file(path, 4096, 0);
    assert_int_equal(table_pack_open(path, root, TABLE_PACK_LOCKED, &pack),
                     TERRAMIS_OK);
    fill(pack, 100);
    table_pack_cancel(pack); /* nothing but memory to free */
    table_pack_cancel(NULL);
    scratch_close(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_sqlite_does),
        cmocka_unit_test(the_locked_page),
        cmocka_unit_test(not_an_empty_table),
        cmocka_unit_test(given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
