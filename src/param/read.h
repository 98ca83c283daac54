/**
 * @file read.h
 * @brief The parts of param_read(): maps, scalars, lists. Private to param/.
 *
 * Every reader writes its field only when the value is right, so that the
 * preset stays where it is not. Problems are collected; the status is only for
 * lack of memory.
 */
#ifndef PARAM_READ_H
#define PARAM_READ_H

#include "param/param.h"

/** Presets of `rows`, then the values that `map` (NULL: none) has for them. */
enum terramis_status read_rows(const struct param_reader *reader,
                               const struct param *rows,
                               const struct setting *map, void *target);

/** One scalar row (bool ... path, choice). */
enum terramis_status read_scalar(const struct param_reader *reader,
                                 const struct param *row,
                                 const struct setting *value, void *field);

/** PARAM_PATH: the file must exist and be a local regular one. */
enum terramis_status read_path(const struct param_reader *reader,
                               const struct param *row,
                               const struct setting *value, struct path *path);

/** One row that is a list or a map (texts ... table, list). */
enum terramis_status read_composite(const struct param_reader *reader,
                                    const struct param *row,
                                    const struct setting *value, void *field);

/** A number in the row's range; otherwise the problem is noted. */
bool read_number(const struct param_reader *reader, const struct param *row,
                 const struct setting *value, double *number);

/** The operator of the row's registry that `value` names; NULL: noted. */
const struct operator* read_operator(const struct param_reader *reader,
                                     const struct param *row,
                                     const struct setting *value);

/** Notes "name: expected ..., found ...". */
void read_complain(const struct param_reader *reader, const struct param *row,
                   const struct setting *value);

/** Notes keys that stand twice in `map`. */
enum terramis_status read_duplicates(const struct param_reader *reader,
                                     const struct setting *map);

/** The row's registry; NULL: the reader has none of that number. */
const struct registry *read_registry(const struct param_reader *reader,
                                     const struct param *row);

/** The row called `key` (not ""); NULL: none. */
const struct param *read_find(const struct param *rows, const char *key);

#endif
