/**
 * @file contract.h
 * @brief What every table of operators promises, whatever it computes: help,
 * man page, schema and documentation read nothing else.
 */
#ifndef UNIT_CONTRACT_H
#define UNIT_CONTRACT_H

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "param/param.h"

static inline bool is_sentence(const char *text)
{
    return text && isupper((unsigned char)text[0]) &&
           strpbrk(text, "\n\t") == NULL && strlen(text) > 5;
}

static inline bool is_name(const char *text)
{
    return text && *text &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_-") ==
               strlen(text);
}

/** Rows may be called as classes are: S1. */
static inline bool is_key(const char *text)
{
    return is_name(text) ||
           (strlen(text) == 2 && strchr("SN", text[0]) && isdigit(text[1]));
}

/** Does the row's own preset read back as a value in its range? Presets of
 * numbers and choices only; others have none to go wrong. */
static inline bool preset_fits(const struct param *row)
{
    double value;
    if (!row->preset)
        return true;
    if (row->type == PARAM_CHOICE) {
        for (const char *const *c = row->choices; *c; c++)
            if (strcmp(*c, row->preset) == 0)
                return true;
        return false;
    }
    if (row->type != PARAM_REAL && row->type != PARAM_INT)
        return true;
    if (!text_to_real(row->preset, &value))
        return false;
    return (row->min == 0 && row->max == 0) ||
           (value >= row->min && value <= row->max);
}

/** Complains about a row on stdout; true where it keeps the contract. */
static inline bool row_keeps_contract(const char *owner,
                                      const struct param *row, size_t size)
{
    bool fine = (row->type == PARAM_PLACE || is_key(row->name)) &&
                (row->type == PARAM_PLACE || is_sentence(row->help)) &&
                row->offset < size && preset_fits(row) &&
                !(row->required && row->preset) &&
                (row->type != PARAM_CHOICE || row->choices);
    if (!fine)
        printf("%s: row %s breaks the contract\n", owner, row->name);
    return fine;
}

static inline bool op_keeps_contract(const struct operator* op)
{
    bool fine = is_name(op->name) && is_sentence(op->summary) &&
                (op->params == NULL) == (op->params_size == 0);
    if (!fine)
        printf("operator %s breaks the contract\n", op->name);
    for (const struct param *row = op->params; row && row->name; row++)
        fine &= row_keeps_contract(op->name, row, op->params_size);
    return fine;
}

/** All of a registry: rows complete, names different and found again. */
static inline bool registry_keeps_contract(const struct registry *registry)
{
    bool fine = registry->count > 0 && registry->what && *registry->what;
    for (size_t i = 0; i < registry->count; i++) {
        const struct operator* op = registry->ops[i];
        fine &= op_keeps_contract(op);
        if (registry_find(registry, op->name) != op) {
            printf("%s %s: there twice\n", registry->what, op->name);
            fine = false;
        }
    }
    return fine && !registry_find(registry, "no-such-operator");
}

/** Every op cites its method. */
static inline bool registry_cites(const struct registry *registry)
{
    bool fine = true;
    for (size_t i = 0; i < registry->count; i++) {
        const char *source = registry->ops[i]->source;
        if (!source || !*source) {
            printf("%s %s has no source\n", registry->what,
                   registry->ops[i]->name);
            fine = false;
        }
    }
    return fine;
}

#endif
