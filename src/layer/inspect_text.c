#include "layer/inspect_text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Bytes of the UTF-8 character at `text`; 0: not UTF-8. */
static size_t character(const char *text)
{
    unsigned char c = (unsigned char)text[0];
    size_t size = c < 0x80                ? 1
                  : c >= 0xC2 && c < 0xE0 ? 2
                  : c >= 0xE0 && c < 0xF0 ? 3
                  : c >= 0xF0 && c < 0xF5 ? 4
                                          : 0;
    for (size_t i = 1; i < size; i++)
        if (((unsigned char)text[i] & 0xC0) != 0x80)
            return 0;
    return size;
}

/* "Ã" or "Â" and a character of U+0080-00BF, or "â€": two bytes of UTF-8 that
 * were taken for two letters of Latin-1. No French word has them. */
static bool is_mojibake(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;
    if (c[0] == 0xEF && c[1] == 0xBF && c[2] == 0xBD)
        return true;
    if (c[0] == 0xC3 && c[1] == 0xA2)
        return c[2] == 0xE2 && c[3] == 0x82 && c[4] == 0xAC;
    return c[0] == 0xC3 && (c[1] == 0x83 || c[1] == 0x82) && c[2] == 0xC2;
}

/* Where the text is broken; NULL: nowhere. */
static const char *broken_at(const char *text)
{
    while (*text) {
        size_t size = character(text);
        if (size == 0 || is_mojibake(text))
            return text;
        text += size;
    }
    return NULL;
}

bool text_is_broken(const char *text)
{
    return broken_at(text) != NULL;
}

/* The words around `at` in `text`; bytes that are no UTF-8 become "?". */
static void take_sample(const char *text, const char *at, char sample[48])
{
    size_t length = 0;
    while (at > text && at[-1] != ' ')
        at--;
    while (*at) {
        size_t size = character(at);
        if (length + (size ? size : 1) >= 40)
            break;
        for (size_t i = 0; i < size; i++)
            sample[length++] = at[i];
        if (size == 0)
            sample[length++] = '?';
        at += size ? size : 1;
    }
    sample[length] = '\0';
}

static bool is_digits(const char *text, size_t count)
{
    return strspn(text, "0123456789") == count && text[count] == '\0';
}

/* Does the text hold the word, whatever the case and the accents after it? */
static bool has_word(const char *text, const char *word)
{
    size_t n = strlen(word);
    for (; *text; text++)
        if (strncasecmp(text, word, n) == 0)
            return true;
    return false;
}

static void add_number(struct text_tally *tally, const char *text)
{
    char point[40];
    double value;
    if (strlen(text) >= sizeof point)
        return;
    snprintf(point, sizeof point, "%s", text);
    char *comma = strchr(point, ',');
    if (comma)
        *comma = '.';
    if (!text_to_real(point, &value))
        return;
    tally->numbers++;
    tally->commas += comma != NULL;
    tally->decimals += strchr(point, '.') != NULL;
}

void text_tally_add(struct text_tally *tally, const char *text)
{
    if (!text[strspn(text, " \t\r\n")])
        return;
    tally->values++;
    const char *broken = broken_at(text);
    if (broken && tally->broken++ == 0)
        take_sample(text, broken, tally->broken_sample);
    tally->short_codes += is_digits(text, 4);
    tally->codes += strlen(text) == 5;
    tally->centres += has_word(text, "centro") ||
                      has_word(text, "centre de la commune") ||
                      has_word(text, "chef-lieu");
    add_number(tally, text);
}

static bool names_insee(const char *name)
{
    return has_word(name, "insee") || text_same(name, "commune") ||
           text_same(name, "code_com") || text_same(name, "code_commune");
}

/* Fields that measure something: numbers there are no codes. */
static bool names_measure(const char *name)
{
    static const char *const words[] = {"surf",  "superf", "larg",
                                        "haut",  "conten", "area",
                                        "width", "height", "altitude"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (has_word(name, words[i]))
            return true;
    return false;
}

/* Fields that say how a site was located. */
static bool names_place(const char *name)
{
    return has_word(name, "precision") || has_word(name, "lieudit") ||
           has_word(name, "lieu_dit") || has_word(name, "adresse") ||
           has_word(name, "localisation") || has_word(name, "coord");
}

static bool holds_numbers(const struct text_tally *t, const char *name)
{
    return t->values > 0 && t->numbers == t->values &&
           (t->decimals > 0 || names_measure(name));
}

enum terramis_status text_tally_judge(const struct text_tally *tally,
                                      const char *name, bool is_text,
                                      struct inspection *inspection)
{
    if (tally->broken > 0)
        TRY(inspection_add(inspection, "mojibake",
                           _("field %s: %lld texts with broken accents, such "
                             "as \"%s\". Give encoding: or bring the .cpg"),
                           name, tally->broken, tally->broken_sample));
    if (names_insee(name) && tally->short_codes > 0)
        TRY(inspection_add(inspection, "insee-zero",
                           _("field %s: %lld of %lld INSEE codes of four "
                             "digits: a leading zero was lost"),
                           name, tally->short_codes, tally->values));
    if (is_text && holds_numbers(tally, name))
        TRY(inspection_add(inspection, "text-numbers",
                           tally->commas
                               ? _("field %s: numbers as text with a decimal "
                                   "comma (%lld): comparisons in where: go by "
                                   "letters")
                               : _("field %s: numbers as text (%lld): "
                                   "comparisons in where: go by letters"),
                           name, tally->numbers));
    if (names_place(name) && tally->centres > 0)
        TRY(inspection_add(inspection, "commune-centre",
                           _("field %s: %lld of %lld features say that they "
                             "stand at the centre of their commune. Leave "
                             "them out with where:"),
                           name, tally->centres, tally->values));
    return TERRAMIS_OK;
}
