#include "output/html_json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What a JSON text may not hold as it is, and "<": "</script" and "<!--" would
 * end or hide the script element around it. */
static const char special[] = "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b"
                              "\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16"
                              "\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\"\\<";

static void add_quoted(struct text *out, const char *text)
{
    text_add(out, "\"");
    while (*text) {
        size_t plain = strcspn(text, special);
        if (plain > 0)
            text_addf(out, "%.*s", (int)plain, text);
        text += plain;
        if (*text == '"' || *text == '\\')
            text_addf(out, "\\%c", *text++);
        else if (*text)
            text_addf(out, "\\u%04x", (unsigned char)*text++);
    }
    text_add(out, "\"");
}

static void begin(struct html_json *json, const char *key)
{
    if (json->more)
        text_add(&json->out, ",");
    json->more = true;
    if (key)
        text_addf(&json->out, "\"%s\":", key);
}

void html_open(struct html_json *json, const char *key, char bracket)
{
    begin(json, key);
    text_addf(&json->out, "%c", bracket);
    json->more = false;
}

void html_close(struct html_json *json, char bracket)
{
    text_addf(&json->out, "%c", bracket);
    json->more = true;
}

void html_text(struct html_json *json, const char *key, const char *text)
{
    begin(json, key);
    if (text)
        add_quoted(&json->out, text);
    else
        text_add(&json->out, "null");
}

void html_real(struct html_json *json, const char *key, double value,
               int decimals)
{
    char digits[64];
    begin(json, key);
    if (!isfinite(value) || fabs(value) >= 1e15) {
        text_add(&json->out, "null");
        return;
    }
    int length = snprintf(digits, sizeof digits, "%.*f", decimals, value);
    if (decimals > 0) {
        while (digits[length - 1] == '0')
            digits[--length] = '\0';
        if (digits[length - 1] == '.')
            digits[--length] = '\0';
    }
    text_add(&json->out, strcmp(digits, "-0") == 0 ? "0" : digits);
}

void html_integer(struct html_json *json, const char *key, long long value)
{
    begin(json, key);
    text_addf(&json->out, "%lld", value);
}

void html_flag(struct html_json *json, const char *key, bool value)
{
    begin(json, key);
    text_add(&json->out, value ? "true" : "false");
}

void html_colour(struct html_json *json, const char *key, unsigned rgb)
{
    begin(json, key);
    text_addf(&json->out, "\"#%06x\"", rgb & 0xffffffU);
}

void html_flush(struct html_json *json)
{
    file_write(json->file, text_get(&json->out), json->out.length);
    json->out.length = 0; /* keep the memory for what comes */
}
