#include "base/i18n.h"

#include <ctype.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "terramis.h"

bool i18n_find(const char *program, char *folder, size_t size)
{
    static const char *const places[] = {"locale", "../locale",
                                         "../share/locale"};
    const char *slash = strrchr(program, '/');
    int length = slash ? (int)(slash - program) : 0;
    for (size_t i = 0; slash && i < sizeof places / sizeof *places; i++) {
        char catalogue[PATH_MAX];
        int used =
            snprintf(folder, size, "%.*s/%s", length, program, places[i]);
        if (used < 0 || (size_t)used >= size)
            return false;
        used = snprintf(catalogue, sizeof catalogue,
                        "%s/fr/LC_MESSAGES/" I18N_DOMAIN ".mo", folder);
        if (used > 0 && (size_t)used < sizeof catalogue &&
            access(catalogue, R_OK) == 0)
            return true;
    }
    return false;
}

void i18n_language(const char *locale, char *language, size_t size)
{
    snprintf(language, size, "%.*s", (int)strcspn(locale, ".@"), locale);
}

/* The locale that the environment asks messages to be in, as setlocale(). */
static const char *wanted(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return value;
    }
    return "C";
}

/* gettext looks at LANGUAGE in every locale but "C", so French needs no
 * French locale on the machine. */
static void without_locale(void)
{
    char language[32];
    const char *given = getenv("LANGUAGE");
    if (!setlocale(LC_MESSAGES, "C.UTF-8"))
        return;
    i18n_language(wanted(), language, sizeof language);
    if (!given || !*given)
        setenv("LANGUAGE", language, 1);
}

void terramis_setup_language(void)
{
    char program[PATH_MAX], folder[PATH_MAX];
    /* never LC_NUMERIC: numbers in files have points */
    /* In Turkish i and I are not one letter, but in SQL and in the names of
     * layers and formats, which GDAL compares by toupper(), they are. */
    if (!setlocale(LC_CTYPE, "") || toupper('i') != 'I' || tolower('I') != 'i')
        setlocale(LC_CTYPE, "C.UTF-8");
    if (!setlocale(LC_MESSAGES, ""))
        without_locale();
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    if (i18n_find(program, folder, sizeof folder))
        bindtextdomain(I18N_DOMAIN, folder);
    bind_textdomain_codeset(I18N_DOMAIN, "UTF-8");
}
