#include "fetch/transfer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* The trimmed value of header `name`, cut to fit; false: another header. */
static bool header_value(const char *line, size_t size, const char *name,
                         char *value, size_t room)
{
    size_t n = strlen(name);
    if (size <= n || strncasecmp(line, name, n) != 0 || line[n] != ':')
        return false;
    line += n + 1, size -= n + 1;
    while (size > 0 && strchr(" \t", *line))
        line++, size--;
    while (size > 0 && strchr(" \t\r\n", line[size - 1]))
        size--;
    snprintf(value, room, "%.*s", (int)size, line);
    return true;
}

static size_t on_header(char *line, size_t one, size_t size, void *data)
{
    struct transfer *t = data;
    char value[HTTP_TAG_MAX];
    if (size > 5 && strncasecmp(line, "HTTP/", 5) == 0) {
        /* a new block of headers: of a proxy, or after "100 Continue" */
        t->tag[0] = '\0';
        t->range_start = -1;
        t->ranges = false;
    } else if (header_value(line, size, "ETag", value, sizeof value)) {
        memcpy(t->tag, value, sizeof value);
    } else if (header_value(line, size, "Accept-Ranges", value, sizeof value)) {
        t->ranges = text_same(value, "bytes");
    } else if (header_value(line, size, "Content-Range", value, sizeof value) &&
               strncasecmp(value, "bytes ", 6) == 0) {
        t->range_start = strtoll(value + 6, NULL, 10);
    }
    return one * size;
}

/* At the first byte of the body: where in the file does it belong? */
static bool begin_body(struct transfer *t)
{
    curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &t->code);
    t->started = true;
    bool resumes =
        t->code == 206 && t->offset > 0 && t->range_start == t->offset;
    t->wrong_range = t->code == 206 && t->offset > 0 && !resumes;
    if (t->wrong_range)
        return false;
    t->received = resumes ? t->offset : 0;
    if (fseeko(t->part, t->received, SEEK_SET) != 0 ||
        ftruncate(fileno(t->part), t->received) != 0)
        t->disk_error = errno;
    return t->disk_error == 0;
}

static size_t on_body(char *bytes, size_t one, size_t size, void *data)
{
    struct transfer *t = data;
    size *= one;
    if (size == 0)
        return 0;
    if (!t->started && !begin_body(t))
        return 0;
    if (t->code != 200 && t->code != 206) { /* an error page: its beginning */
        size_t room = TRANSFER_EXCERPT - t->excerpt_length;
        size_t n = size < room ? size : room;
        memcpy(t->excerpt + t->excerpt_length, bytes, n);
        t->excerpt_length += n;
        return size;
    }
    t->too_large = (int64_t)size > t->limits->max_bytes - t->received;
    if (t->too_large)
        return 0;
    errno = 0;
    if (fwrite(bytes, 1, size, t->part) != size) {
        t->disk_error = errno ? errno : EIO;
        return 0;
    }
    t->received += (int64_t)size;
    return size;
}

static int on_progress(void *data, curl_off_t total, curl_off_t now,
                       curl_off_t up_total, curl_off_t up_now)
{
    (void)data, (void)total, (void)now, (void)up_total, (void)up_now;
    return status_interrupted();
}

static void set_limits(const struct transfer *t)
{
    CURL *c = t->curl;
    long seconds = t->limits->timeout < 1 ? 1 : (long)t->limits->timeout;
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L); /* see http.c */
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, seconds);
    /* a byte now and then is no answer, either */
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 100L);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, seconds);
    curl_easy_setopt(c, CURLOPT_MAXFILESIZE_LARGE,
                     (curl_off_t)t->limits->max_bytes);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_USERAGENT, "terramis/" TERRAMIS_VERSION);
}

static void set_callbacks(struct transfer *t)
{
    CURL *c = t->curl;
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, t->error);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress);
}

static struct curl_slist *add_header(struct curl_slist *list, const char *name,
                                     const char *value)
{
    char line[HTTP_TAG_MAX + 32];
    snprintf(line, sizeof line, "%s: %s", name, value);
    struct curl_slist *longer = curl_slist_append(list, line);
    return longer ? longer : list;
}

/* What we have already, so that the server sends the rest or nothing. */
static struct curl_slist *set_conditions(struct transfer *t, char range[32])
{
    struct curl_slist *list = NULL;
    if (t->request->tag && *t->request->tag)
        list = add_header(list, "If-None-Match", t->request->tag);
    if (t->offset > 0) {
        snprintf(range, 32, "%lld-", (long long)t->offset);
        curl_easy_setopt(t->curl, CURLOPT_RANGE, range);
        list = add_header(list, "If-Range", t->part_tag);
    }
    if (!t->request->file) /* all that libcurl can decompress */
        curl_easy_setopt(t->curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(t->curl, CURLOPT_HTTPHEADER, list);
    return list;
}

void transfer_run(struct transfer *t)
{
    char range[32];
    char *redirect = NULL;
    curl_off_t seconds = 0;
    t->range_start = -1;
    curl_easy_reset(t->curl);
    curl_easy_setopt(t->curl, CURLOPT_URL, t->address);
    set_limits(t);
    set_callbacks(t);
    struct curl_slist *headers = set_conditions(t, range);
    t->result = curl_easy_perform(t->curl);
    curl_slist_free_all(headers);
    curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &t->code);
    curl_easy_getinfo(t->curl, CURLINFO_RETRY_AFTER, &seconds);
    curl_easy_getinfo(t->curl, CURLINFO_REDIRECT_URL, &redirect);
    t->retry_after = (double)seconds;
    t->redirect = redirect; /* belongs to the handle */
    t->too_large = t->too_large || t->result == CURLE_FILESIZE_EXCEEDED;
    if (fflush(t->part) != 0 && t->disk_error == 0)
        t->disk_error = errno;
}

bool transfer_is_transient(const struct transfer *t)
{
    if (t->too_large || t->disk_error)
        return false;
    if (t->wrong_range || (t->code == 416 && t->offset > 0))
        return true; /* from the start, then */
    switch (t->result) {
    case CURLE_OK:
        break;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_BAD_CONTENT_ENCODING: /* cut off within compressed data */
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return true;
    default:
        return false;
    }
    bool empty = (t->code == 200 || t->code == 206) && !t->started;
    return empty || t->code == 408 || t->code == 429 || t->code == 500 ||
           t->code == 502 || t->code == 503 || t->code == 504;
}
