/**
 * @file project.h
 * @brief The texts that the demo writes beside its layers: this repository's
 * own project file and READMEs, built into the library (see Makefile).
 */
#ifndef DEMO_PROJECT_H
#define DEMO_PROJECT_H

struct project_text {
    const char *name;         /**< path below the demo's folder */
    const char *const *lines; /**< each ends with a newline; NULL ends */
};

/** Ends with name NULL. */
extern const struct project_text project_texts[];

#endif
