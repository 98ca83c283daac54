#include "geo/environment.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

static const char *const begins[] = {
    "GDAL_",  "OGR_",  "OSR_",   "CPL_",    "VSI_",  "GTIFF_",
    "TIFF_",  "GPKG_", "SHAPE_", "SQLITE_", "JPEG_", "CREATE_METADATA_TABLES",
    "USE_RRD"};
static const char *const stay[] = {
    "GDAL_DATA=", "GDAL_CACHEMAX=", "CPL_DEBUG=", "CPL_LOG="};

static bool is_one_of(const char *const *words, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++)
        if (strncmp(text, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

static bool is_option(const char *pair)
{
    return is_one_of(begins, sizeof begins / sizeof *begins, pair) &&
           !is_one_of(stay, sizeof stay / sizeof *stay, pair);
}

void environment_clear(void)
{
    char name[128];
    for (char **pair = environ; pair && *pair;) {
        size_t length = strcspn(*pair, "=");
        bool goes = length < sizeof name && is_option(*pair);
        if (goes) {
            memcpy(name, *pair, length);
            name[length] = '\0';
        }
        if (goes && unsetenv(name) == 0)
            pair = environ; /* others have moved */
        else
            pair++;
    }
}
