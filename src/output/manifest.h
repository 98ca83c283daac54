#ifndef OUTPUT_MANIFEST_H
#define OUTPUT_MANIFEST_H
#include "output/output.h"
enum terramis_status manifest_write(const struct output_job *job);
#endif
