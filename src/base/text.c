#include "base/text.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

enum {
    WORD_MAX = 63
};

/* Room for `more` bytes and the NUL; false, and broken, where there is none. */
static bool make_room(struct text *text, size_t more)
{
    if (!text->broken && mem_grow(&text->data, &text->capacity,
                                  text->length + more + 1, 1) != TERRAMIS_OK)
        text->broken = true;
    return !text->broken;
}

void text_add_bytes(struct text *text, const char *bytes, size_t count)
{
    if (!make_room(text, count))
        return;
    memcpy(text->data + text->length, bytes, count);
    text->length += count;
    text->data[text->length] = '\0';
}

/* Prints into the room that is there, and again only where it is too small. */
void text_addv(struct text *text, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    if (make_room(text, 0)) {
        size_t room = text->capacity - text->length;
        char *end = text->data + text->length;
        int length = vsnprintf(end, room, format, args);
        if (length < 0) {
            *end = '\0';
            text->broken = true;
        } else if ((size_t)length >= room) {
            *end = '\0'; /* nothing added, should there be no memory */
            if (make_room(text, (size_t)length))
                vsnprintf(text->data + text->length, (size_t)length + 1, format,
                          again);
        }
        if (!text->broken)
            text->length += (size_t)length;
    }
    va_end(again);
}

void text_addf(struct text *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    text_addv(text, format, args);
    va_end(args);
}

void text_add(struct text *text, const char *addition)
{
    text_add_bytes(text, addition, strlen(addition));
}

static int count_digits(uint64_t number)
{
    int count = 1;
    for (uint64_t limit = 10; count < 20 && number >= limit; limit *= 10)
        count++;
    return count;
}

/* The digits of number / 10^decimals. */
static void add_digits(struct text *text, bool negative, uint64_t number,
                       int decimals)
{
    int digits = count_digits(number);
    digits = digits > decimals ? digits : decimals + 1;
    size_t length =
        (size_t)digits + (negative ? 1 : 0) + (decimals > 0 ? 1 : 0);
    if (!make_room(text, length))
        return;
    char *start = text->data + text->length, *at = start + length;
    text->length += length;
    *at = '\0';
    for (int i = 0; i < digits; i++, number /= 10) {
        if (i > 0 && i == decimals)
            *--at = '.';
        *--at = (char)('0' + number % 10);
    }
    if (negative)
        *start = '-';
}

/* The digits of value * 10^decimals where that is a whole number, as far as
 * doubles can tell: then printf prints the same ones. */
void text_add_decimal(struct text *text, double value, int decimals)
{
    static const double powers[] = {1,   1e1, 1e2, 1e3, 1e4,
                                    1e5, 1e6, 1e7, 1e8, 1e9};
    double size = fabs(value), scaled = size * powers[decimals];
    uint64_t whole = scaled < 1e15 ? (uint64_t)(scaled + 0.5) : 0;
    if ((double)whole / powers[decimals] == size)
        add_digits(text, signbit(value) != 0, whole, decimals);
    else
        text_addf(text, "%.*f", decimals, value);
}

void text_add_integer(struct text *text, int64_t value)
{
    add_digits(text, value < 0, value < 0 ? -(uint64_t)value : (uint64_t)value,
               0);
}

static const char *xml_entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* Bytes of the UTF-8 character at `c`; 0: it is none. Overlong forms,
 * surrogates and what lies past U+10FFFF are none (RFC 3629). */
static size_t utf8_length(const char *c)
{
    const unsigned char *u = (const unsigned char *)c;
    size_t length = u[0] < 0x80                   ? 1
                    : u[0] >= 0xC2 && u[0] < 0xE0 ? 2
                    : u[0] >= 0xE0 && u[0] < 0xF0 ? 3
                    : u[0] >= 0xF0 && u[0] < 0xF5 ? 4
                                                  : 0;
    for (size_t i = 1; i < length; i++)
        if ((u[i] & 0xC0) != 0x80)
            return 0;
    bool odd = (u[0] == 0xE0 && u[1] < 0xA0) || (u[0] == 0xED && u[1] > 0x9F) ||
               (u[0] == 0xF0 && u[1] < 0x90) || (u[0] == 0xF4 && u[1] > 0x8F);
    return odd ? 0 : length;
}

/* Bytes at `c` that XML 1.0 has no way to write: controls, U+FFFE and U+FFFF,
 * what is no UTF-8. */
static size_t no_xml(const char *c)
{
    const unsigned char *u = (const unsigned char *)c;
    if (u[0] < 0x80)
        return u[0] < 0x20 && !strchr("\t\n\r", *c);
    if (u[0] == 0xEF && u[1] == 0xBF && (u[2] == 0xBE || u[2] == 0xBF))
        return 3;
    return utf8_length(c) == 0;
}

void text_add_xml(struct text *text, const char *addition)
{
    const char *run = addition; /* characters that stay as they are */
    const char *c = addition;
    while (*c) {
        const char *entity = xml_entity(*c);
        size_t left_out = entity ? 1 : no_xml(c);
        if (left_out == 0) {
            c += utf8_length(c);
            continue;
        }
        text_add_bytes(text, run, (size_t)(c - run));
        if (entity)
            text_add(text, entity);
        c += left_out;
        run = c;
    }
    text_add_bytes(text, run, (size_t)(c - run));
}

/* Does a terminal obey the character, or let it turn the line around? Controls
 * of both sets, U+200E, 200F, 2028 to 202E and 2066 to 2069; or is it none:
 * U+FFFE and FFFF? */
static bool is_wild(const char *c, size_t length)
{
    const unsigned char *u = (const unsigned char *)c;
    if (length == 1)
        return u[0] < 0x20 || u[0] == 0x7F;
    if (length == 2)
        return u[0] == 0xC2 && u[1] < 0xA0;
    if (length == 3 && u[0] == 0xEF)
        return u[1] == 0xBF && u[2] >= 0xBE;
    if (length != 3 || u[0] != 0xE2)
        return length == 0;
    return (u[1] == 0x80 &&
            (u[2] == 0x8E || u[2] == 0x8F || (u[2] >= 0xA8 && u[2] <= 0xAE))) ||
           (u[1] == 0x81 && u[2] >= 0xA6 && u[2] <= 0xA9);
}

void text_tame(char *text, bool lines)
{
    while (*text) {
        size_t length = utf8_length(text);
        bool wild = is_wild(text, length);
        length += length == 0;
        if (*text == '\t' || (*text == '\n' && !lines))
            *text = ' ';
        else if (wild && *text != '\n')
            memset(text, '?', length);
        text += length;
    }
}

void text_add_json(struct text *text, const char *addition)
{
    const char *run = addition; /* characters that stay as they are */
    const char *c = addition;
    text_add(text, "\"");
    while (*c) {
        size_t length = utf8_length(c);
        bool control = (unsigned char)*c < 0x20 || *c == 0x7F;
        if (length > 0 && !control && !strchr("\"\\<", *c)) {
            c += length;
            continue;
        }
        text_add_bytes(text, run, (size_t)(c - run));
        if (length == 0)
            text_add(text, "\uFFFD");
        else if (control || *c == '<')
            text_addf(text, "\\u%04x", (unsigned char)*c);
        else
            text_addf(text, "\\%c", *c);
        run = ++c;
    }
    text_add_bytes(text, run, (size_t)(c - run));
    text_add(text, "\"");
}

const char *text_get(const struct text *text)
{
    return text->data ? text->data : "";
}

enum terramis_status text_status(const struct text *text)
{
    return text->broken ? status_no_memory() : TERRAMIS_OK;
}

void text_release(struct text *text)
{
    free(text->data);
    *text = (struct text){0};
}

enum terramis_status text_take(struct text *text, char **out)
{
    enum terramis_status status = text_status(text);
    if (status != TERRAMIS_OK)
        text_release(text);
    *out = text->data;
    *text = (struct text){0};
    return status;
}

bool text_same(const char *a, const char *b)
{
    return a && b && strcasecmp(a, b) == 0;
}

bool text_to_real(const char *text, double *value)
{
    while (isspace((unsigned char)*text))
        text++;
    /* strtod also reads hexadecimal, "nan" and "infinity": not numbers here */
    if (*text == '\0' || strpbrk(text, "xXnNiIpP"))
        return false;
    char *end;
    double number = strtod(text, &end);
    while (isspace((unsigned char)*end))
        end++;
    if (*end != '\0' || !isfinite(number))
        return false;
    *value = number;
    return true;
}

static const char *scan_number(const char *text, int most, long *number)
{
    int digits = 0;
    *number = 0;
    for (; digits < most && isdigit((unsigned char)text[digits]); digits++)
        *number = *number * 10 + (text[digits] - '0');
    return digits > 0 ? text + digits : NULL;
}

const char *text_scan(const char *text, const char *pattern, long *numbers)
{
    for (; text && *pattern; pattern++) {
        if (*pattern == ' ') {
            while (isspace((unsigned char)*text))
                text++;
        } else if (*pattern == '#') {
            bool limited = isdigit((unsigned char)pattern[1]);
            pattern += limited;
            text = scan_number(text, limited ? *pattern - '0' : 18, numbers++);
        } else if (*text++ != *pattern) {
            return NULL;
        }
    }
    return text;
}

static size_t min3(size_t a, size_t b, size_t c)
{
    size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

size_t text_distance(const char *a, const char *b)
{
    size_t d[WORD_MAX + 1][WORD_MAX + 1];
    size_t na = strnlen(a, WORD_MAX), nb = strnlen(b, WORD_MAX);
    for (size_t i = 0; i <= na; i++)
        d[i][0] = i;
    for (size_t j = 0; j <= nb; j++)
        d[0][j] = j;
#define LOWER(s, i) tolower((unsigned char)(s)[(i)-1])
    for (size_t i = 1; i <= na; i++)
        for (size_t j = 1; j <= nb; j++) {
            size_t change = LOWER(a, i) != LOWER(b, j);
            d[i][j] = min3(d[i - 1][j] + 1, d[i][j - 1] + 1,
                           d[i - 1][j - 1] + change);
            if (i > 1 && j > 1 && LOWER(a, i) == LOWER(b, j - 1) &&
                LOWER(a, i - 1) == LOWER(b, j) && d[i - 2][j - 2] + 1 < d[i][j])
                d[i][j] = d[i - 2][j - 2] + 1;
        }
#undef LOWER
    return d[na][nb];
}

void text_offer(const char *word, const char *candidate, const char **best)
{
    size_t limit = strlen(word) / 3;
    limit = limit < 1 ? 1 : limit > 3 ? 3 : limit;
    size_t distance = text_distance(word, candidate);
    if (distance >= strlen(word)) /* nothing in common */
        return;
    if (distance <= limit && (!*best || distance < text_distance(word, *best)))
        *best = candidate;
}
