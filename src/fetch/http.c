#include "fetch/http.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "fetch/address.h"
#include "fetch/transfer.h"

enum {
    HOPS_MAX = 5,         /* redirects one after another */
    WAIT_MAX = 60,        /* seconds between two tries */
    RETRY_AFTER_MAX = 120 /* seconds that a server may ask us to wait */
};

struct http {
    CURL *curl;
    struct http_limits limits;
    double last; /**< when the last request began, log_clock() */
};

/* A download under way: its files, and how far it has come. */
struct download {
    struct http *http;
    const struct http_request *request;
    struct text part, tag_file;
    FILE *stream;
    char part_tag[HTTP_TAG_MAX]; /**< of what is in the part; "": not known */
    struct transfer transfer;
};

enum terramis_status http_open(struct http **http,
                               const struct http_limits *limits)
{
    TRY(mem_new(http, 1, sizeof **http));
    (*http)->limits = *limits;
    (*http)->last = -1e9;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK)
        (*http)->curl = curl_easy_init();
    if ((*http)->curl)
        return TERRAMIS_OK;
    http_close(*http);
    *http = NULL;
    return status_no_memory();
}

void http_close(struct http *http)
{
    if (!http)
        return;
    curl_easy_cleanup(http->curl);
    curl_global_cleanup();
    free(http);
}

static enum terramis_status pause_for(double seconds)
{
    double end = log_clock() + seconds;
    for (double left; (left = end - log_clock()) > 0;) {
        double step = left < 0.05 ? left : 0.05;
        struct timespec time = {0, (long)(step * 1e9)};
        nanosleep(&time, NULL);
        if (status_interrupted())
            break;
    }
    return status_go_on();
}

/* ---- the part of a file that is already there */

static void read_tag(struct download *d)
{
    FILE *file = fopen(text_get(&d->tag_file), "r");
    if (file && fgets(d->part_tag, sizeof d->part_tag, file))
        d->part_tag[strcspn(d->part_tag, "\n")] = '\0';
    if (file)
        fclose(file);
}

/* A part without a tag could be of another version of the file. */
static void keep_tag(struct download *d)
{
    const struct transfer *t = &d->transfer;
    bool resumable = d->request->file && t->received > 0 && t->ranges &&
                     *t->tag && strncmp(t->tag, "W/", 2) != 0;
    bool body = t->code == 200 || t->code == 206 || t->code == 416;
    if (!body || (t->code == 206 && *d->part_tag && !t->wrong_range))
        return; /* the part is as good as before */
    snprintf(d->part_tag, sizeof d->part_tag, "%s", resumable ? t->tag : "");
    if (!resumable) {
        unlink(text_get(&d->tag_file));
        return;
    }
    FILE *file = fopen(text_get(&d->tag_file), "w");
    bool fine = file && fprintf(file, "%s\n", d->part_tag) > 0;
    if (file && (fclose(file) != 0 || !fine))
        unlink(text_get(&d->tag_file));
}

static enum terramis_status disk_problem(const struct download *d, int cause)
{
    return status_set(TERRAMIS_OUTPUT, _("%s: cannot be written: %s"),
                      text_get(&d->part), strerror(cause));
}

static enum terramis_status open_part(struct download *d, const char *path)
{
    text_addf(&d->part, "%s.part", path);
    text_addf(&d->tag_file, "%s.tag", path);
    TRY(text_status(&d->part));
    TRY(text_status(&d->tag_file));
    if (d->request->file)
        read_tag(d);
    d->stream = fopen(text_get(&d->part), *d->part_tag ? "r+b" : "wb");
    if (!d->stream && errno == ENOENT && *d->part_tag) {
        d->part_tag[0] = '\0';
        d->stream = fopen(text_get(&d->part), "wb");
    }
    return d->stream ? TERRAMIS_OK : disk_problem(d, errno);
}

static int64_t part_size(const struct download *d)
{
    struct stat info;
    bool known = *d->part_tag && fstat(fileno(d->stream), &info) == 0;
    return known ? info.st_size : 0;
}

/* ---- one try */

/* Follows redirects; the last answer is in d->transfer. */
static enum terramis_status try_once(struct download *d)
{
    char *address = NULL;
    enum terramis_status status = mem_copy_text(&address, d->request->address);
    for (int hop = 0; status == TERRAMIS_OK; hop++) {
        status =
            pause_for(d->http->last + 1 / d->http->limits.rate - log_clock());
        if (status != TERRAMIS_OK)
            break;
        d->http->last = log_clock();
        log_line(LOG_DETAIL, "GET %s", address);
        d->transfer = (struct transfer){.curl = d->http->curl,
                                        .limits = &d->http->limits,
                                        .request = d->request,
                                        .address = address,
                                        .part = d->stream,
                                        .offset = part_size(d),
                                        .part_tag = d->part_tag};
        transfer_run(&d->transfer);
        const char *next = d->transfer.redirect;
        if (d->transfer.result != CURLE_OK || !next)
            break;
        if (hop == HOPS_MAX)
            status = status_set(TERRAMIS_INPUT,
                                _("%s: %s sends on and on, at last to %s"),
                                d->request->what, d->request->address, next);
        else
            status = address_may_follow(d->request->what, address, next,
                                        d->http->limits.hosts);
        if (status == TERRAMIS_OK) {
            free(address);
            status = mem_copy_text(&address, next);
        }
    }
    free(address);
    d->transfer.address = NULL;
    return status;
}

/* The beginning of an error page as one line; markup says nothing. */
static const char *excerpt(struct transfer *t)
{
    char *to = t->excerpt;
    bool markup = false;
    for (const char *c = t->excerpt; *c; c++) {
        bool was = markup || *c == '<';
        markup = *c == '<' || (markup && *c != '>');
        unsigned char byte = (unsigned char)(was || *c == 0x7F ? ' ' : *c);
        if (byte > ' ')
            *to++ = (char)byte;
        else if (to > t->excerpt && to[-1] != ' ')
            *to++ = ' ';
    }
    *to = '\0';
    return t->excerpt;
}

/* Why the last try was none. */
static enum terramis_status explain(struct download *d)
{
    struct transfer *t = &d->transfer;
    const char *what = d->request->what, *address = d->request->address;
    TRY(status_go_on());
    if (t->disk_error)
        return disk_problem(d, t->disk_error);
    if (t->too_large)
        return status_set(TERRAMIS_INPUT,
                          _("%s: %s: the answer is larger than %.6g MB. If "
                            "that is right, raise fetch: max_size"),
                          what, address,
                          (double)d->http->limits.max_bytes / 1e6);
    if (t->result != CURLE_OK)
        return status_set(
            TERRAMIS_INPUT,
            _("%s: %s: %s. Look at the address and the network, then run "
              "again: what has arrived is kept"),
            what, address,
            t->error[0] ? t->error : curl_easy_strerror(t->result));
    if (t->code == 200 || t->code == 206)
        return status_set(TERRAMIS_INPUT,
                          _("%s: %s: the answer is empty. Look at the settings "
                            "of this layer, or try again later"),
                          what, address);
    excerpt(t);
    if (transfer_is_transient(t))
        return status_set(TERRAMIS_INPUT,
                          _("%s: %s: the server answers %ld%s%s. Try again "
                            "later: what has arrived is kept"),
                          what, address, t->code, *t->excerpt ? ": " : "",
                          t->excerpt);
    return status_set(TERRAMIS_INPUT,
                      _("%s: %s: the server answers %ld%s%s. Look at the "
                        "settings of this layer and at services:"),
                      what, address, t->code, *t->excerpt ? ": " : "",
                      t->excerpt);
}

static bool is_done(const struct transfer *t)
{
    bool body = (t->code == 200 || t->code == 206) && t->started;
    bool asked = t->request->tag && *t->request->tag;
    return t->result == CURLE_OK && (body || (t->code == 304 && asked));
}

/* How long before try number `n` + 1; < 0: not at all. */
static double next_wait(const struct download *d, int n)
{
    const struct http_limits *limits = &d->http->limits;
    if (status_interrupted() || n >= limits->retries ||
        !transfer_is_transient(&d->transfer))
        return -1;
    double wait = limits->wait;
    for (int i = 0; i < n && wait < WAIT_MAX; i++)
        wait *= 2;
    wait = wait < WAIT_MAX ? wait : WAIT_MAX;
    double asked = d->transfer.retry_after;
    if (asked > RETRY_AFTER_MAX)
        return -1;
    return asked > wait ? asked : wait;
}

static enum terramis_status try_on(struct download *d)
{
    for (int n = 0;; n++) {
        TRY(try_once(d));
        if (is_done(&d->transfer))
            return TERRAMIS_OK;
        keep_tag(d);
        enum terramis_status why = explain(d);
        double wait = next_wait(d, n);
        if (wait < 0)
            return why;
        log_line(LOG_NOTE, _("%s; again in %.3g s"), status_message(), wait);
        TRY(pause_for(wait));
    }
}

static enum terramis_status finish(struct download *d, const char *path,
                                   struct http_reply *reply)
{
    reply->unchanged = d->transfer.code == 304;
    memcpy(reply->tag, d->transfer.tag, sizeof reply->tag);
    int problem = fclose(d->stream) == 0 ? 0 : errno;
    d->stream = NULL;
    if (problem == 0 && !reply->unchanged &&
        rename(text_get(&d->part), path) != 0)
        problem = errno;
    unlink(text_get(&d->tag_file));
    if (problem == 0 && !reply->unchanged)
        return TERRAMIS_OK;
    unlink(text_get(&d->part));
    return problem ? disk_problem(d, problem) : TERRAMIS_OK;
}

static enum terramis_status no_address(const struct http_request *request)
{
    struct text shown = {0};
    address_hide_user(request->address, &shown);
    enum terramis_status status =
        status_set(TERRAMIS_INPUT,
                   _("%s: %s: not an address http://... or https://... "
                     "without user and password"),
                   request->what, text_get(&shown));
    text_release(&shown);
    return status;
}

enum terramis_status http_get(struct http *http,
                              const struct http_request *request,
                              const char *path, struct http_reply *reply)
{
    struct download d = {.http = http, .request = request};
    *reply = (struct http_reply){0};
    if (!address_is_web(request->address))
        return no_address(request);
    enum terramis_status status = open_part(&d, path);
    if (status == TERRAMIS_OK)
        status = try_on(&d);
    if (status == TERRAMIS_OK)
        status = finish(&d, path, reply);
    if (d.stream)
        fclose(d.stream);
    /* only what a later call can go on with stays */
    if (status != TERRAMIS_OK && !*d.part_tag)
        unlink(text_get(&d.part));
    text_release(&d.part);
    text_release(&d.tag_file);
    return status;
}
