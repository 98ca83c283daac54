#define _GNU_SOURCE /* memrchr() */
#include "fetch/address.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

/* The parts of an address that say whom we talk to. */
struct parts {
    char *scheme, *host, *port;
};

static void parts_release(struct parts *parts)
{
    curl_free(parts->scheme);
    curl_free(parts->host);
    curl_free(parts->port);
}

static bool take_apart(const char *address, struct parts *parts)
{
    *parts = (struct parts){0};
    CURLU *url = curl_url();
    bool fine =
        url &&
        curl_url_set(url, CURLUPART_URL, address,
                     CURLU_DISALLOW_USER | CURLU_NON_SUPPORT_SCHEME) ==
            CURLUE_OK &&
        curl_url_get(url, CURLUPART_SCHEME, &parts->scheme, 0) == CURLUE_OK &&
        (text_same(parts->scheme, "http") ||
         text_same(parts->scheme, "https")) &&
        curl_url_get(url, CURLUPART_HOST, &parts->host, 0) == CURLUE_OK &&
        curl_url_get(url, CURLUPART_PORT, &parts->port, CURLU_DEFAULT_PORT) ==
            CURLUE_OK;
    curl_url_cleanup(url);
    return fine;
}

bool address_is_web(const char *address)
{
    struct parts parts;
    bool fine = take_apart(address, &parts);
    parts_release(&parts);
    return fine;
}

void address_hide_user(const char *address, struct text *shown)
{
    const char *host = strstr(address, "//");
    host = host ? host + 2 : address;
    size_t length = strcspn(host, "/?#");
    const char *at = memrchr(host, '@', length);
    text_addf(shown, "%.*s%s%s", (int)(host - address), address,
              at ? "..." : "", at ? at : host);
}

static bool is_default_port(const struct parts *parts)
{
    return strcmp(parts->port,
                  text_same(parts->scheme, "https") ? "443" : "80") == 0;
}

static bool is_same_host(const struct parts *a, const struct parts *b)
{
    return text_same(a->host, b->host) &&
           (strcmp(a->port, b->port) == 0 ||
            (is_default_port(a) && is_default_port(b)));
}

static bool is_listed(const struct texts *hosts, const struct parts *parts)
{
    for (size_t i = 0; hosts && i < hosts->count; i++)
        if (text_same(hosts->items[i], parts->host))
            return true;
    return false;
}

enum terramis_status address_may_follow(const char *what, const char *from,
                                        const char *to,
                                        const struct texts *hosts)
{
    struct parts old, new;
    struct text shown = {0};
    enum terramis_status status = TERRAMIS_OK;
    address_hide_user(to, &shown);
    bool fine = take_apart(from, &old);
    if (!take_apart(to, &new))
        status = status_set(
            TERRAMIS_INPUT,
            _("%s: %s sends on to %s, which is no address of the web. Refused"),
            what, from, text_get(&shown));
    else if (!fine || (!is_same_host(&old, &new) && !is_listed(hosts, &new)))
        status = status_set(TERRAMIS_INPUT,
                            _("%s: %s sends on to another host: %s. Refused; "
                              "if that is right, add fetch: hosts: [%s]"),
                            what, from, new.host, new.host);
    else if (text_same(old.scheme, "https") && !text_same(new.scheme, "https"))
        status = status_set(TERRAMIS_INPUT,
                            _("%s: %s sends on to %s, which is not encrypted. "
                              "Refused"),
                            what, from, to);
    text_release(&shown);
    parts_release(&old);
    parts_release(&new);
    return status;
}

void address_add_escaped(struct text *text, const char *value)
{
    static const char safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "abcdefghijklmnopqrstuvwxyz0123456789-._~,:/";
    for (; *value; value++)
        if (strchr(safe, *value))
            text_addf(text, "%c", *value);
        else
            text_addf(text, "%%%02X", (unsigned char)*value);
}

void address_add(struct text *text, const char *name, const char *value)
{
    text_addf(text, "%c%s=", strchr(text_get(text), '?') ? '&' : '?', name);
    address_add_escaped(text, value);
}

void address_addf(struct text *text, const char *name, const char *format, ...)
{
    struct text value = {0};
    va_list args;
    va_start(args, format);
    text_addv(&value, format, args);
    va_end(args);
    text->broken |= value.broken;
    address_add(text, name, text_get(&value));
    text_release(&value);
}
