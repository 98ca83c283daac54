#include "output/labels.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const texts[LABEL_COUNT][2] = {
#define LABEL(key, fr, en) {fr, en},
#include "output/labels.def"
#undef LABEL
};

const char *label_text(enum label key, int language)
{
    return texts[key][language == LANGUAGE_EN];
}

enum label label_class(int number)
{
    return number >= 1 && number <= 5
               ? (enum label)(LABEL_CLASS_S1 + number - 1)
               : LABEL_EXCLUDED;
}

enum label label_kind(int mask)
{
    return mask >= 1 && mask <= 7 ? (enum label)(LABEL_KIND_1 + mask - 1)
                                  : LABEL_NODATA;
}

/** Appends as much of `addition` as fits; lengths here are far below that. */
static void short_add(struct short_text *out, const char *addition,
                      size_t length)
{
    size_t used = strlen(out->text);
    if (used + length < sizeof out->text) {
        memcpy(out->text + used, addition, length);
        out->text[used + length] = '\0';
    }
}

struct short_text number_text(double value, int decimals, int language)
{
    struct short_text out = {""};
    /* beyond that, grouped digits would not fit and mean nothing */
    if (!isfinite(value) || fabs(value) >= 1e15) {
        short_add(&out, "–", strlen("–"));
        return out;
    }
    decimals = decimals < 0 ? 0 : decimals > 9 ? 9 : decimals;
    char digits[32];
    snprintf(digits, sizeof digits, "%.*f", decimals, fabs(value));
    if (value < 0 && strpbrk(digits, "123456789"))
        short_add(&out, "\u2212", strlen("\u2212"));
    size_t whole = strspn(digits, "0123456789");
    const char *group = language == LANGUAGE_EN ? "," : "\u202f";
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            short_add(&out, group, strlen(group));
        short_add(&out, digits + i, 1);
    }
    if (decimals > 0) {
        short_add(&out, language == LANGUAGE_EN ? "." : ",", 1);
        short_add(&out, digits + whole + 1, strlen(digits + whole + 1));
    }
    return out;
}

struct short_text hectares_text(double area_ha, int decimals, int language)
{
    struct short_text out = number_text(area_ha, decimals, language);
    short_add(&out, "\u00a0ha", strlen("\u00a0ha"));
    return out;
}

struct short_text percent_text(double share, int decimals, int language)
{
    struct short_text out = number_text(100.0 * share, decimals, language);
    const char *sign = language == LANGUAGE_EN ? "%" : "\u00a0%";
    short_add(&out, sign, strlen(sign));
    return out;
}

struct short_text others_text(size_t count, int language)
{
    const struct short_text number = number_text((double)count, 0, language);
    const char *const words[] = {
        label_text(LABEL_AND, language), " ", number.text, " ",
        label_text(count > 1 ? LABEL_OTHERS : LABEL_OTHER, language)};
    struct short_text out = {""};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        short_add(&out, words[i], strlen(words[i]));
    return out;
}

struct short_text date_text(int year, int month, int day, int language)
{
    static const char *const months[12][2] = {{"janvier", "January"},
                                              {"février", "February"},
                                              {"mars", "March"},
                                              {"avril", "April"},
                                              {"mai", "May"},
                                              {"juin", "June"},
                                              {"juillet", "July"},
                                              {"août", "August"},
                                              {"septembre", "September"},
                                              {"octobre", "October"},
                                              {"novembre", "November"},
                                              {"décembre", "December"}};
    struct short_text out = {""};
    int english = language == LANGUAGE_EN;
    const char *name =
        month >= 1 && month <= 12 ? months[month - 1][english] : "?";
    const char *ordinal = day == 1 && !english ? "er" : "";
    snprintf(out.text, sizeof out.text, "%d%s %s %d", day, ordinal, name, year);
    return out;
}
