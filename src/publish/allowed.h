/**
 * @file allowed.h
 * @brief The fields that may be published: those that Terramis computes
 * (output/fields.def), and none else. Fields of input layers, which could say
 * who owns or works a parcel, are never among them.
 */
#ifndef PUBLISH_ALLOWED_H
#define PUBLISH_ALLOWED_H

#include <json-c/json.h>
#include <stdbool.h>

enum allowed_table {
    ALLOWED_PARCELS,
    ALLOWED_SITES,
    ALLOWED_SUMMARY,
    ALLOWED_SCENARIOS,
    ALLOWED_UNCERTAINTY,
    ALLOWED_TABLES
};

/** Names of the tables: "parcels". */
extern const char *const allowed_tables[ALLOWED_TABLES];

struct allowed {
    const char *type; /**< of a Table Schema: string, number or integer */
    const char *unit; /**< "ha"; "" where it has none */
    const char *title[2], *about[2]; /**< French, English */
};

/** Describes a field; false: it is none of ours. `parameters`: of the run's
 * manifest, for fields by factor and scenario. */
bool allowed_find(enum allowed_table table, const char *name,
                  struct json_object *parameters, struct allowed *allowed);

#endif
