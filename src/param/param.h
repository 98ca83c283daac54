/**
 * @file param.h
 * @brief Option rows: one table says what a struct's settings are called,
 * their unit, range, default and meaning; parser, printer and JSON Schema read
 * it, and nobody writes a parser again.
 *
 * A group of settings is a plain C struct plus an array of `struct param` ended
 * by a row whose name is NULL. Operators (criteria, memberships, combiners)
 * come with rows of their own; a row of type PARAM_OPERATOR names the registry
 * in which the value is looked up.
 */
#ifndef PARAM_PARAM_H
#define PARAM_PARAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/text.h"
#include "param/setting.h"

enum {
    PARAM_ID_MAX = 100 /**< with endings, below the 255 of a file's name */
};

/** Types, and the C type of the struct field that each fills. */
enum param_type {
    PARAM_PLACE,   /**< struct place: filled with where the map stands; has no
                        key in the file (name must be "") */
    PARAM_BOOL,    /**< bool: true | false */
    PARAM_INT,     /**< int, in min..max */
    PARAM_REAL,    /**< double, in min..max; NAN = not given and no default */
    PARAM_TEXT,    /**< const char *: any scalar; NULL = not given */
    PARAM_ID,      /**< const char *: [A-Za-z0-9][A-Za-z0-9_-]*, for names that
                        become folders and fields */
    PARAM_PATH,    /**< struct path: relative to the project file */
    PARAM_CHOICE,  /**< int: index into `choices` */
    PARAM_TEXTS,   /**< struct texts: list of text */
    PARAM_NAMES,   /**< struct texts: list of different names of operators in
                        `registry` */
    PARAM_CHOICES, /**< unsigned: bit mask over `choices` from a list */
    PARAM_POINTS,  /**< struct points: list of [x, y], x strictly increasing
                        (or twice the same: a step), at least two; min/max =
                        range of y */
    PARAM_REALS,   /**< struct reals: list of numbers; min/max = range of each;
                        `count` of them where count is not 0 */
    PARAM_TABLE,   /**< struct table: map of class -> number in min..max */
    PARAM_GROUP,   /**< a struct inside: map, rows in `rows` */
    PARAM_LIST,    /**< struct list: list of maps; items of `size` bytes; at
                        least one where required */
    PARAM_OPERATOR /**< struct operator_use: scalar naming an operator of
                        `registry`; the operator's own settings are the other
                        keys of the same map */
};

struct path {
    const char *text; /**< as written; NULL: not given */
    const char *full; /**< joined with the project file's folder */
    struct place at;
};

struct texts {
    const char **items;
    struct place *at;
    size_t count;
};

struct points {
    double (*items)[2];
    size_t count;
};

struct reals {
    double *items;
    size_t count;
};

struct table {
    struct table_row {
        const char *key; /**< the class as written: "3", "Bois" */
        double value;
    } * items;
    size_t count;
};

struct list {
    void *items;
    size_t count;
};

struct param {
    const char *name;
    enum param_type type;
    size_t offset;      /**< of the field in the struct */
    const char *unit;   /**< "m", "%", ...; NULL: none */
    const char *preset; /**< default in file notation; NULL: none */
    double min, max;    /**< allowed range, may be infinite; both 0: any */
    bool required;
    const char *const *choices; /**< ended by NULL */
    const struct param *rows;   /**< PARAM_GROUP, PARAM_LIST */
    size_t size;                /**< PARAM_LIST: bytes of an item */
    size_t count;               /**< PARAM_REALS */
    int registry;               /**< PARAM_OPERATOR, PARAM_NAMES */
    const char *unless;         /**< required only where this key is absent */
    const char *help;           /**< one sentence, English, in N_() */
};

/** What every operator is, whatever it computes; first member of
 * criterion_op, membership_op, combiner_op and output_op. */
struct operator
{
    const char *name;
    const char *summary;        /**< one sentence, English, in N_() */
    const char *source;         /**< paper, standard or program of the method */
    const struct param *params; /**< rows; NULL: it has none */
    size_t params_size;
    /** Are the settings right together? Else sets a message without place.
     * NULL: every combination is. */
    enum terramis_status (*check)(const void *params);
    const char *formula; /**< in the parameters' names; NULL: see summary */
    bool alone;          /**< a criterion without a layer */
};

/** An operator chosen in the project file, with its settings. */
struct operator_use {
    const struct operator* op; /**< NULL: not given */
    void *params;              /**< struct of op->params_size bytes */
    struct place at;
};

/** A named set of operators. */
struct registry {
    const char *what; /**< N_("criterion"): for messages */
    const struct operator* const * ops;
    size_t count;
};

/** Everything wrong in a project file, found in one go. Zero-initialise with
 * `file` set; release with problems_release(). */
struct problems {
    const char *file; /**< as named in messages */
    struct problem {
        struct place at;
        const char *text;
    } * items;
    size_t count;    /**< items kept; the first PROBLEMS_MAX found */
    size_t more;     /**< found beyond those */
    size_t capacity; /**< of items */
    struct arena arena;
    size_t found; /**< all of them, those told before included */
    bool broken;  /**< no memory for one of them */
};

enum {
    PROBLEMS_MAX = 100
};

/** Adds a problem (once: the same again at the same place is dropped). */
void problems_add(struct problems *problems, struct place at,
                  const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** TERRAMIS_OK when there is none; otherwise TERRAMIS_PROJECT and the message
 * has a line "file:line:column: text" for each, in the order of the file. */
enum terramis_status problems_status(struct problems *problems);

void problems_release(struct problems *problems);

/** What parsing needs to know beside the rows. */
struct param_reader {
    struct arena *arena;               /**< owns everything that is parsed */
    const char *dir;                   /**< folder of the project file */
    const struct registry *registries; /**< indexed by param.registry */
    size_t registry_count;
    struct problems *problems;
    bool may_miss; /**< a PARAM_PATH that is not there is no problem */
    const struct setting *fetched; /**< list of maps whose `to` names a file
                                        that `terramis fetch` writes; NULL */
};

/** Fills `target` (zeroed, the rows' struct) from `map`: presets first, then
 * the file's values. Problems are collected, not returned; the status is only
 * for lack of memory. */
enum terramis_status param_read(const struct param_reader *reader,
                                const struct param *rows,
                                const struct setting *map, void *target);

/** Prints the rows as lines "name (type, unit, default, range): help". */
void param_print(const struct param *rows, int indent, FILE *stream);

/** The operator `name` of `registry`, or NULL. */
const struct operator*
    registry_find(const struct registry *registry, const char *name);

#endif
