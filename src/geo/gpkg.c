#include "geo/gpkg.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum {
    HEAD = 20, /* bytes of a database that are looked at */
    VERSION = 18,
    WAL = 2
};

/* The first bytes of path + ending, zeros where there are fewer. */
static enum terramis_status read_head(const char *path, const char *ending,
                                      char head[HEAD])
{
    struct text full = {0};
    text_addf(&full, "%s%s", path, ending);
    enum terramis_status status = text_status(&full);
    FILE *file = status == TERRAMIS_OK ? fopen(text_get(&full), "rbe") : NULL;
    memset(head, 0, HEAD);
    if (file) {
        size_t got = fread(head, 1, HEAD, file);
        (void)got; /* GDAL says what cannot be read */
        fclose(file);
    }
    text_release(&full);
    return status;
}

/* A journal that is done with is empty, gone, or begins with zeros. */
static enum terramis_status check_journal(const char *path, const char *ending)
{
    char head[HEAD];
    TRY(read_head(path, ending, head));
    if (head[0] == 0)
        return TERRAMIS_OK;
    const char *slash = strrchr(path, '/');
    return status_set(TERRAMIS_INPUT,
                      _("%s: beside it lies %s%s: another program has it open, "
                        "or ended while it wrote. Close it there; if it is "
                        "open nowhere, open and close it once, in QGIS"),
                      path, slash ? slash + 1 : path, ending);
}

enum terramis_status gpkg_check(const char *path, bool *immutable)
{
    static const char magic[] = "SQLite format 3";
    char head[HEAD];
    TRY(read_head(path, "", head));
    *immutable = false;
    if (memcmp(head, magic, sizeof magic) != 0)
        return TERRAMIS_OK;
    *immutable = head[VERSION] == WAL;
    return check_journal(path, *immutable ? "-wal" : "-journal");
}
