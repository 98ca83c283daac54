#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/log.h"
#include "fetch/cache.h"
#include "unit/fetch/server.h"
#include "unit/output/scratch.h"

static struct scratch scratch;

#define OK(body)                                                               \
    "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nConnection: close\r\n\r\n" body

static struct cache *open_cache(const char *date, bool offline, bool refresh)
{
    struct cache *cache;
    struct cache_options options = {
        .folder = scratch.dir,
        .offline = offline,
        .refresh = refresh,
        .date = date,
        .limits = {
            .max_bytes = 1000, .timeout = 2, .wait = 0.01, .rate = 1000}};
    assert_int_equal(cache_open(&cache, &options), TERRAMIS_OK);
    return cache;
}

/* The date of the answer, which must hold `text`. */
static void get(struct cache *cache, const char *address, const char *text,
                const char *date)
{
    struct cache_answer answer;
    long size = 0;
    assert_int_equal(cache_get(cache, address, "here", false, &answer),
                     TERRAMIS_OK);
    char *bytes = scratch_bytes(answer.path, &size);
    assert_int_equal(size, strlen(text));
    assert_memory_equal(bytes, text, (size_t)size);
    assert_string_equal(answer.date, date);
    assert_int_equal(strlen(answer.sha256), 64);
    free(bytes);
    cache_answer_release(&answer);
}

static void an_answer_is_asked_for_once(void **state)
{
    (void)state;
    struct server s = {.replies = {OK("one"), OK("two")}};
    char a[96], b[96];
    server_start(&s);
    snprintf(a, sizeof a, "%s/a", s.address);
    snprintf(b, sizeof b, "%s/b", s.address);
    struct cache *cache = open_cache("2026-01-01", false, false);
    get(cache, a, "one", "2026-01-01");
    get(cache, a, "one", "2026-01-01");
    get(cache, b, "two", "2026-01-01");
    assert_int_equal(cache_used(cache).asked, 2);
    assert_int_equal(cache_used(cache).kept, 1);
    cache_close(cache);
    server_stop(&s);
    /* another day, without network: as it was */
    cache = open_cache("2026-02-02", true, false);
    assert_true(cache_is_offline(cache));
    get(cache, a, "one", "2026-01-01");
    cache_forget(cache, a);
    struct cache_answer answer;
    assert_int_equal(cache_get(cache, a, "here", false, &answer),
                     TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "--offline"));
    get(cache, b, "two", "2026-01-01");
    cache_close(cache);
}

static void refresh_asks_once_in_a_run(void **state)
{
    (void)state;
    struct server s = {
        .replies = {OK("one"), "HTTP/1.1 304 Not Modified\r\n\r\n", OK("new")}};
    char a[96];
    server_start(&s);
    snprintf(a, sizeof a, "%s/a", s.address);
    struct cache *cache = open_cache("2026-01-01", false, false);
    get(cache, a, "one", "2026-01-01");
    cache_close(cache);
    cache = open_cache("2026-02-02", false, true);
    get(cache, a, "one", "2026-02-02"); /* it still holds */
    get(cache, a, "one", "2026-02-02");
    assert_int_equal(cache_used(cache).asked, 1);
    cache_close(cache);
    assert_non_null(strstr(s.requests[1], "If-None-Match: \"v1\""));
    cache = open_cache("2026-03-03", false, true);
    get(cache, a, "new", "2026-03-03");
    cache_close(cache);
    server_stop(&s);
}

static void what_was_spoilt_is_asked_for_again(void **state)
{
    (void)state;
    struct server s = {.replies = {OK("one"), OK("one")}};
    char a[96];
    struct cache_answer answer;
    server_start(&s);
    snprintf(a, sizeof a, "%s/a", s.address);
    struct cache *cache = open_cache("2026-01-01", false, false);
    assert_int_equal(cache_get(cache, a, "here", false, &answer), TERRAMIS_OK);
    FILE *file = fopen(answer.path, "a");
    fputs("x", file);
    fclose(file);
    cache_answer_release(&answer);
    get(cache, a, "one", "2026-01-01");
    assert_int_equal(s.count, 2);
    cache_close(cache);
    server_stop(&s);
}

static void the_folder_is_kept_out_of_repositories(void **state)
{
    (void)state;
    assert_int_equal(access(scratch_path(&scratch, ".gitignore"), F_OK), 0);
    struct cache *cache;
    struct cache_options options = {.folder = "/dev/null/x",
                                    .date = "2026-01-01"};
    assert_int_equal(cache_open(&cache, &options), TERRAMIS_OUTPUT);
    assert_null(cache);
}

static void one_fetch_at_a_time(void **state)
{
    (void)state;
    struct cache *cache = open_cache("2026-01-01", true, false), *second;
    struct cache_options options = {.folder = scratch.dir, .offline = true};
    assert_int_equal(cache_open(&second, &options), TERRAMIS_OUTPUT);
    assert_null(second);
    assert_non_null(strstr(status_message(), "another run"));
    cache_close(cache);
    char link[320];
    snprintf(link, sizeof link, "%s-link", scratch.dir);
    assert_int_equal(symlink(scratch.dir, link), 0);
    options.folder = link; /* on another disk, say */
    assert_int_equal(cache_open(&second, &options), TERRAMIS_OK);
    cache_close(second);
    unlink(link);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_asked_for_once),
        cmocka_unit_test(refresh_asks_once_in_a_run),
        cmocka_unit_test(what_was_spoilt_is_asked_for_again),
        cmocka_unit_test(the_folder_is_kept_out_of_repositories),
        cmocka_unit_test(one_fetch_at_a_time),
    };
    log_setup(true, false);
    setenv("no_proxy", "*", 1);
    scratch_open(&scratch);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_close(&scratch);
    return failed;
}
