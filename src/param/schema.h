/**
 * @file schema.h
 * @brief JSON Schema (draft-07) of option rows, for editors.
 */
#ifndef PARAM_SCHEMA_H
#define PARAM_SCHEMA_H

#include <json-c/json.h>

#include "param/param.h"

/** The schema of a map described by `rows`, as a new JSON object (caller
 * releases with json_object_put()); NULL: no memory. Unknown keys are refused
 * (additionalProperties false); an operator's own keys appear under if/then on
 * its name. */
struct json_object *schema_of(const struct param *rows,
                              const struct registry *registries);

#endif
