/**
 * @file i18n.h
 * @brief Messages in the language of their reader (GNU gettext).
 *
 * What the program says to people goes through _(); what it writes into files
 * does not: that is by the project's language, see output/labels.def. English
 * is the language of the sources, src/po/ has the others.
 */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <libintl.h>
#include <stdbool.h>
#include <stddef.h>

#define I18N_DOMAIN "terramis"

/** `text` in the reader's language. It must not be "". */
#define _(text) dgettext(I18N_DOMAIN, text)

/** Marks a text of a table for translation by _() where it is printed. */
#define N_(text) text

/** Puts the folder of message catalogues that belongs to `program` (a path)
 * in folder[size]: "locale" beside it or one folder up (build tree), or
 * ../share/locale (installed). False: there is none. */
bool i18n_find(const char *program, char *folder, size_t size);

/** The language of a locale's name, as LANGUAGE wants it: "fr_FR" for
 * "fr_FR.UTF-8@euro", cut to fit. */
void i18n_language(const char *locale, char *language, size_t size);

#endif
