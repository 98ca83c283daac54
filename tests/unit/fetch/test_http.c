#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/log.h"
#include "fetch/http.h"
#include "unit/fetch/server.h"
#include "unit/output/scratch.h"

static struct scratch scratch;
static struct http_limits limits = {
    .max_bytes = 1000, .timeout = 2, .retries = 2, .wait = 0.01, .rate = 1000};

/* Asks a server with these replies for /a; the answer is in the file "a". */
static enum terramis_status get(struct server *s, bool file, const char *tag,
                                struct http_reply *reply)
{
    struct http *http;
    char address[96];
    server_start(s);
    snprintf(address, sizeof address, "%s/a", s->address);
    struct http_request request = {
        .address = address, .what = "here", .tag = tag, .file = file};
    assert_int_equal(http_open(&http, &limits), TERRAMIS_OK);
    enum terramis_status status =
        http_get(http, &request, scratch_path(&scratch, "a"), reply);
    http_close(http);
    server_stop(s);
    return status;
}

static void holds(const char *text)
{
    long size = 0;
    char *bytes = scratch_bytes(scratch_path(&scratch, "a"), &size);
    assert_non_null(bytes);
    bytes[size] = '\0';
    assert_string_equal(bytes, text);
    free(bytes);
    unlink(scratch_path(&scratch, "a"));
    assert_int_equal(scratch_count(&scratch), 0);
}

#define OK(length, body)                                                       \
    "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nAccept-Ranges: bytes\r\n"              \
    "Content-Length: " #length "\r\n\r\n" body

static void an_answer_is_a_file(void **state)
{
    (void)state;
    struct server s = {.replies = {OK(5, "hello")}};
    struct http_reply reply;
    assert_int_equal(get(&s, false, NULL, &reply), TERRAMIS_OK);
    assert_string_equal(reply.tag, "\"v1\"");
    assert_false(reply.unchanged);
    assert_non_null(strstr(s.requests[0], "GET /a HTTP/1.1\r\n"));
    assert_non_null(strstr(s.requests[0], "gzip"));
    assert_non_null(strstr(s.requests[0], "User-Agent: terramis/"));
    holds("hello");
}

static void what_the_caller_has_is_not_sent(void **state)
{
    (void)state;
    struct server s = {
        .replies = {"HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n"}};
    struct http_reply reply;
    assert_int_equal(get(&s, true, "\"v1\"", &reply), TERRAMIS_OK);
    assert_true(reply.unchanged);
    assert_non_null(strstr(s.requests[0], "If-None-Match: \"v1\"\r\n"));
    assert_null(strstr(s.requests[0], "gzip")); /* bytes as they are kept */
    assert_int_equal(scratch_count(&scratch), 0);
}

/* "Not modified" to one that asked for no modification is no answer. */
static void nothing_is_not_unchanged(void **state)
{
    (void)state;
    struct server s = {.replies = {"HTTP/1.1 304 Not Modified\r\n\r\n"}};
    struct http_reply reply;
    assert_int_equal(get(&s, false, NULL, &reply), TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "answers 304"));
    assert_int_equal(scratch_count(&scratch), 0);
}

static void a_busy_server_is_asked_again(void **state)
{
    (void)state;
    struct server s = {
        .replies = {"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n",
                    "HTTP/1.1 429 Slow\r\nRetry-After: 0\r\n"
                    "Content-Length: 0\r\n\r\n",
                    OK(2, "ok")}};
    struct http_reply reply;
    assert_int_equal(get(&s, false, NULL, &reply), TERRAMIS_OK);
    assert_int_equal(s.count, 3);
    holds("ok");
}

static void not_for_ever(void **state)
{
    (void)state;
    struct server s = {
        .replies = {"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n",
                    "HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n",
                    "HTTP/1.1 504 No\r\nContent-Length: 12\r\n\r\n"
                    "<b>down</b>\n",
                    OK(2, "ok")}};
    struct http_reply reply;
    assert_int_equal(get(&s, false, NULL, &reply), TERRAMIS_INPUT);
    assert_int_equal(s.count, 3);
    assert_non_null(strstr(status_message(), "504: down"));
    assert_int_equal(scratch_count(&scratch), 0);
}

static void a_mistake_is_not_repeated(void **state)
{
    (void)state;
    struct server s = {
        .replies = {"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n",
                    OK(2, "ok")}};
    struct http_reply reply;
    assert_int_equal(get(&s, false, NULL, &reply), TERRAMIS_INPUT);
    assert_int_equal(s.count, 1);
    struct server late = {
        .replies = {"HTTP/1.1 429 Slow\r\nRetry-After: 100000\r\n"
                    "Content-Length: 0\r\n\r\n",
                    OK(2, "ok")}};
    assert_int_equal(get(&late, false, NULL, &reply), TERRAMIS_INPUT);
    assert_int_equal(late.count, 1); /* nobody waits for a day */
}

static void a_broken_file_goes_on(void **state)
{
    (void)state;
    struct server s = {
        .replies = {OK(10, "01234"),
                    "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n",
                    "HTTP/1.1 206 Partial\r\nETag: \"v1\"\r\n"
                    "Content-Range: bytes 5-9/10\r\n"
                    "Content-Length: 5\r\n\r\n56789"}};
    struct http_reply reply;
    assert_int_equal(get(&s, true, NULL, &reply), TERRAMIS_OK);
    assert_non_null(strstr(s.requests[2], "Range: bytes=5-\r\n"));
    assert_non_null(strstr(s.requests[2], "If-Range: \"v1\"\r\n"));
    holds("0123456789");
}

static void in_a_later_call_too(void **state)
{
    (void)state;
    int retries = limits.retries;
    limits.retries = 0;
    struct server s = {.replies = {OK(10, "01234")}};
    struct http_reply reply;
    assert_int_equal(get(&s, true, NULL, &reply), TERRAMIS_INPUT);
    assert_int_equal(scratch_count(&scratch), 2); /* part and tag */
    struct server changed = {.replies = {OK(3, "new")}};
    assert_int_equal(get(&changed, true, NULL, &reply), TERRAMIS_OK);
    assert_non_null(strstr(changed.requests[0], "Range: bytes=5-\r\n"));
    limits.retries = retries;
    holds("new"); /* If-Range: it is another file by now */
}

static void a_wrong_part_is_not_taken(void **state)
{
    (void)state;
    struct server s = {
        .replies = {OK(10, "01234"),
                    "HTTP/1.1 206 Partial\r\nContent-Range: bytes 2-9/10\r\n"
                    "Content-Length: 8\r\n\r\n23456789",
                    OK(10, "0123456789")}};
    struct http_reply reply;
    assert_int_equal(get(&s, true, NULL, &reply), TERRAMIS_OK);
    assert_null(strstr(s.requests[2], "Range:"));
    holds("0123456789");
}

static void an_answer_that_breaks_off_begins_anew(void **state)
{
    (void)state;
    struct server s = {.replies = {OK(10, "01234"), "", OK(2, "ok")}};
    struct http_reply reply;
    assert_int_equal(get(&s, false, NULL, &reply), TERRAMIS_OK);
    assert_int_equal(s.count, 3);
    assert_null(strstr(s.requests[1], "Range:"));
    holds("ok");
}

static void sizes_have_a_limit(void **state)
{
    (void)state;
    char huge[3000];
    snprintf(huge, sizeof huge, "HTTP/1.1 200 OK\r\n\r\n%2000d", 1);
    struct server s = {.replies = {huge, OK(2, "ok")}};
    struct http_reply reply;
    assert_int_equal(get(&s, false, NULL, &reply), TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "max_size"));
    assert_int_equal(s.count, 1);
    struct server said = {.replies = {OK(5000, "x"), OK(2, "ok")}};
    assert_int_equal(get(&said, false, NULL, &reply), TERRAMIS_INPUT);
    assert_int_equal(said.count, 1);
    assert_int_equal(scratch_count(&scratch), 0);
}

static void nothing_is_no_answer(void **state)
{
    (void)state;
    struct server s = {.replies = {OK(0, ""), OK(0, ""), OK(2, "ok")}};
    struct http_reply reply;
    assert_int_equal(get(&s, false, NULL, &reply), TERRAMIS_OK);
    holds("ok");
}

#define TO(address)                                                            \
    "HTTP/1.1 302 Found\r\nLocation: " address "\r\n"                          \
    "Content-Length: 0\r\n\r\n"

static void redirects(void **state)
{
    (void)state;
    struct http_reply reply;
    struct server s = {.replies = {TO("/b"), OK(2, "ok")}};
    assert_int_equal(get(&s, false, NULL, &reply), TERRAMIS_OK);
    assert_non_null(strstr(s.requests[1], "GET /b "));
    holds("ok");
    struct server file = {.replies = {TO("file:///etc/passwd")}};
    assert_int_equal(get(&file, false, NULL, &reply), TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "Refused"));
    struct server away = {.replies = {TO("http://example.com/x")}};
    assert_int_equal(get(&away, false, NULL, &reply), TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "hosts: [example.com]"));
    struct server round = {.replies = {TO("/a"), TO("/a"), TO("/a"), TO("/a"),
                                       TO("/a"), TO("/a"), OK(2, "ok")}};
    assert_int_equal(get(&round, false, NULL, &reply), TERRAMIS_INPUT);
    assert_int_equal(round.count, 6);
    assert_int_equal(scratch_count(&scratch), 0);
}

static void requests_keep_their_distance(void **state)
{
    (void)state;
    limits.rate = 20;
    struct server s = {.replies = {TO("/b"), TO("/c"), OK(2, "ok")}};
    struct http_reply reply;
    double start = log_clock();
    assert_int_equal(get(&s, false, NULL, &reply), TERRAMIS_OK);
    assert_true(log_clock() - start >= 0.099);
    limits.rate = 1000;
    holds("ok");
}

static void what_is_no_address_or_folder(void **state)
{
    (void)state;
    struct http *http;
    struct http_reply reply;
    struct http_request request = {.address = "file:///etc/passwd",
                                   .what = "here"};
    assert_int_equal(http_open(&http, &limits), TERRAMIS_OK);
    assert_int_equal(
        http_get(http, &request, scratch_path(&scratch, "a"), &reply),
        TERRAMIS_INPUT);
    request.address = "http://127.0.0.1:1/";
    assert_int_equal(http_get(http, &request, "/nowhere/a", &reply),
                     TERRAMIS_OUTPUT);
    assert_int_equal(
        http_get(http, &request, scratch_path(&scratch, "a"), &reply),
        TERRAMIS_INPUT); /* nobody listens */
    http_close(http);
}

/* The last one: there is no way back. */
static void interrupted(void **state)
{
    (void)state;
    struct server s = {.replies = {OK(2, "ok")}};
    struct http_reply reply;
    terramis_interrupt();
    assert_int_equal(get(&s, false, NULL, &reply), TERRAMIS_INTERRUPTED);
    assert_int_equal(scratch_count(&scratch), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_a_file),
        cmocka_unit_test(what_the_caller_has_is_not_sent),
        cmocka_unit_test(nothing_is_not_unchanged),
        cmocka_unit_test(a_busy_server_is_asked_again),
        cmocka_unit_test(not_for_ever),
        cmocka_unit_test(a_mistake_is_not_repeated),
        cmocka_unit_test(a_broken_file_goes_on),
        cmocka_unit_test(in_a_later_call_too),
        cmocka_unit_test(a_wrong_part_is_not_taken),
        cmocka_unit_test(an_answer_that_breaks_off_begins_anew),
        cmocka_unit_test(sizes_have_a_limit),
        cmocka_unit_test(nothing_is_no_answer),
        cmocka_unit_test(redirects),
        cmocka_unit_test(requests_keep_their_distance),
        cmocka_unit_test(what_is_no_address_or_folder),
        cmocka_unit_test(interrupted),
    };
    log_setup(true, false);
    setenv("no_proxy", "*", 1);
    scratch_open(&scratch);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_close(&scratch);
    return failed;
}
