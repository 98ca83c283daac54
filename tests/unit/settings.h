/**
 * @file settings.h
 * @brief Operators with settings from a line of text.
 */
#ifndef UNIT_SETTINGS_H
#define UNIT_SETTINGS_H

#include "param/notation.h"
#include "param/param.h"

/** Reads "kind: near, midpoint: 1, ..." as a project file is read; false:
 * *problem says why not. */
static inline bool read_use(struct arena *arena,
                            const struct registry *registry,
                            const char *settings, struct operator_use *use,
                            const char **problem)
{
    static const struct param rows[] = {
        {.name = "kind", .type = PARAM_OPERATOR, .required = true},
        {.name = NULL}};
    struct text text = {0};
    struct setting map;
    struct problems problems = {.file = "case"};
    struct param_reader reader = {.arena = arena,
                                  .dir = ".",
                                  .registries = registry,
                                  .registry_count = 1,
                                  .problems = &problems};
    text_addf(&text, "{%s}", settings);
    *use = (struct operator_use){.op = NULL};
    bool fine = notation_parse(arena, text_get(&text), &map) &&
                param_read(&reader, rows, &map, use) == TERRAMIS_OK &&
                problems_status(&problems) == TERRAMIS_OK;
    *problem = fine ? "" : arena_text(arena, status_message());
    problems_release(&problems);
    text_release(&text);
    return fine;
}

#endif
