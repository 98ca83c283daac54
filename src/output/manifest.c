#include "output/manifest.h"
#include <stdio.h>
#include <stdlib.h>
enum terramis_status manifest_write(const struct output_job *job)
{
    char p[4096];
    snprintf(p, sizeof p, "%s/manifest.json", job->dir);
    FILE *f = fopen(p, "w");
    if (f) {
        fputs("{}\n", f);
        fclose(f);
    }
    return TERRAMIS_OK;
}
