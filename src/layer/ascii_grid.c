#include "layer/ascii_grid.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum {
    WORD = 64,        /* bytes of the longest number, and more */
    BLOCK = 64 * 1024 /* read at once */
};

/* The place in the file. */
struct scan {
    char word[WORD + 1]; /* the word that has begun */
    size_t length;
    long long line;
    bool heading; /* pairs such as "ncols 24" go on */
    bool value;   /* of such a pair, comes next */
};

static const char *digits(const char *at)
{
    return at + strspn(at, "0123456789");
}

/* As programs write what has no number: nan, -inf, 1.#QNAN */
static bool is_none(const char *word)
{
    static const char *const words[] = {"nan", "inf", "1.#"};
    word += *word == '-' || *word == '+';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncasecmp(word, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

static bool is_number(const char *word)
{
    const char *at = word + (*word == '-' || *word == '+');
    const char *whole = at, *part;
    at = digits(at);
    bool any = at > whole;
    if (*at == '.' || *at == ',') {
        part = at + 1;
        at = digits(part);
        any = any || at > part;
    }
    if (any && (*at == 'e' || *at == 'E')) {
        at += 1 + (at[1] == '-' || at[1] == '+');
        part = at;
        at = digits(at);
        any = at > part;
    }
    return any && *at == '\0';
}

/* false: what has ended is no number. */
static bool end_word(struct scan *s)
{
    s->word[s->length] = '\0';
    bool empty = s->length == 0;
    s->length = 0;
    if (empty)
        return true;
    if (s->value) {
        s->value = false;
        return true; /* GDAL looks at it */
    }
    s->heading = s->heading && isalpha((unsigned char)s->word[0]);
    s->value = s->heading;
    return s->heading || is_number(s->word) || is_none(s->word);
}

static bool add(struct scan *s, char c)
{
    if (!isspace((unsigned char)c)) {
        if (s->length < WORD)
            s->word[s->length++] = c;
        return true;
    }
    bool fine = end_word(s);
    s->line += fine && c == '\n';
    return fine;
}

static enum terramis_status scan_file(FILE *file, struct scan *s, bool *fine)
{
    char block[BLOCK];
    size_t count = BLOCK;
    *fine = true;
    while (*fine && (count = fread(block, 1, BLOCK, file)) > 0) {
        for (size_t i = 0; i < count && *fine; i++)
            *fine = add(s, block[i]);
        TRY(status_go_on());
    }
    if (*fine)
        *fine = end_word(s);
    return TERRAMIS_OK; /* GDAL says what cannot be read */
}

enum terramis_status ascii_grid_check(const struct config *config,
                                      const struct layer_config *layer)
{
    struct scan s = {.line = 1, .heading = true};
    bool fine;
    FILE *file = fopen(layer->source.full, "rbe");
    if (!file)
        return layer_problem(config, layer, TERRAMIS_INPUT, "%s",
                             strerror(errno));
    enum terramis_status status = scan_file(file, &s, &fine);
    fclose(file);
    if (status != TERRAMIS_OK || fine)
        return status;
    return layer_problem(config, layer, TERRAMIS_INPUT,
                         _("line %lld: \"%s\" is no number. Write one, or the "
                           "NODATA_value"),
                         s.line, s.word);
}
