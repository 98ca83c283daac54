#include "output/companions.h"

#include <string.h>

/* Length of a path without its suffix. */
static int stem(const char *path)
{
    const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
    bool has = dot && (!slash || dot > slash);
    return (int)(has ? (size_t)(dot - path) : strlen(path));
}

bool companion_path(const char *source, size_t i, struct text *path)
{
    /* x.dbf of x.shp, but x.tif.aux.xml and x.gpkg-wal */
    static const struct {
        const char *suffix;
        bool whole;
    } rows[] = {{".dbf", false}, {".shx", false},    {".prj", false},
                {".cpg", false}, {".DBF", false},    {".SHX", false},
                {".PRJ", false}, {".CPG", false},    {".tfw", false},
                {".wld", false}, {".tab", false},    {".csvt", false},
                {"-wal", true},  {"-journal", true}, {".aux.xml", true},
                {".ovr", true}};
    if (i >= sizeof rows / sizeof *rows)
        return false;
    text_addf(path, "%.*s%s",
              rows[i].whole ? (int)strlen(source) : stem(source), source,
              rows[i].suffix);
    return true;
}
