#include "output/html_json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

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
        text_add_json(&json->out, text);
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
