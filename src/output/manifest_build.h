/**
 * @file manifest_build.h
 * @brief The parts of manifest_write(). Private to the manifest's files.
 */
#ifndef OUTPUT_MANIFEST_BUILD_H
#define OUTPUT_MANIFEST_BUILD_H

#include "output/digest.h"
#include "output/manifest.h"
#include "param/json.h"

struct manifest {
    const struct output_job *job;
    struct digests *inputs, *outputs;
    bool broken; /**< no memory for some part */
};

/** Puts a text, unless it is NULL. */
void manifest_put_text(struct manifest *m, struct json_object *map,
                       const char *key, const char *text);
/** Puts the number, unless it is NaN. */
void manifest_put_number(struct manifest *m, struct json_object *map,
                         const char *key, double number);
/** Puts "bytes" and "sha256". */
void manifest_put_digest(struct manifest *m, struct json_object *map,
                         const struct digest *digest);

/** The value is put in `root`; what is made before a failure stays there. */
enum terramis_status manifest_put_inputs(struct manifest *m,
                                         struct json_object *root);
enum terramis_status manifest_put_outputs(struct manifest *m,
                                          struct json_object *root);

#endif
