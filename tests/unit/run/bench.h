/**
 * @file bench.h
 * @brief The small project of unit/plan/project.h, run through terramis.h.
 */
#ifndef UNIT_RUN_BENCH_H
#define UNIT_RUN_BENCH_H

#include "terramis.h"
#include "unit/plan/project.h"

/** Text that a call printed; caller frees. NULL out: not wanted. */
static inline enum terramis_status
printed(enum terramis_status (*call)(const struct terramis_options *, FILE *),
        const struct terramis_options *options, char **text)
{
    size_t size;
    FILE *stream = open_memstream(text, &size);
    enum terramis_status status = call(options, stream);
    fclose(stream);
    return status;
}

/** Writes layers and p.yaml; returns options that read it quietly. The texts
 * live as long as the scratch folder's struct. */
static inline struct terramis_options bench_options(struct scratch *s)
{
    static char project[96], out[96];
    snprintf(project, sizeof project, "%.63s/p.yaml", s->dir);
    snprintf(out, sizeof out, "%.63s/out", s->dir);
    FILE *file = fopen(project, "w");
    die_unless(file != NULL, project);
    const char *outputs = strstr(project_yaml, "outputs:");
    fprintf(file, "%.*soutputs: [cog, gpkg]\nlanguage: en\n",
            (int)(outputs - project_yaml), project_yaml);
    fclose(file);
    return (struct terramis_options){
        .project = project, .out = out, .threads = 2, .quiet = true};
}

static inline int bench_tear_down(void **state)
{
    struct scratch *s = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", s->dir);
    return system(command);
}

#endif
