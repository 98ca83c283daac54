/**
 * @file notation.h
 * @brief Presets of option rows, written as in the project file on one line:
 * 15, fail, [a, b], [[50, 1], [1000, 0]], {a: 1, b: 2}.
 */
#ifndef PARAM_NOTATION_H
#define PARAM_NOTATION_H

#include "base/mem.h"
#include "param/setting.h"

/** Parses `text` into *setting (places are 0); everything lives in `arena`.
 * Brackets that do not match end the list there: presets are in the program,
 * a unit test reads them all. False: no memory. */
bool notation_parse(struct arena *arena, const char *text,
                    struct setting *setting);

#endif
