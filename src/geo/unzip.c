#include "geo/unzip.h"

#include <cpl_vsi.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "geo/gdal.h"

enum {
    BLOCK = 1 << 17,
    MEMBERS_MAX = 10000
};

struct archive {
    const char *path, *to, *what;
    int64_t left; /* bytes that may still be unpacked */
    int64_t max_bytes;
};

bool unzip_is_archive(const char *path)
{
    unsigned char head[4] = {0};
    FILE *file = fopen(path, "rb");
    bool is = file && fread(head, 1, 4, file) == 4 &&
              memcmp(head, "PK\x03\x04", 4) == 0;
    if (file)
        fclose(file);
    return is;
}

/* Would the name lead out of the folder that it is unpacked into? */
static bool leads_out(const char *name)
{
    if (*name == '/' || *name == '\\' || (*name && name[1] == ':'))
        return true;
    for (;;) {
        size_t n = strcspn(name, "/\\");
        if (n == 2 && name[0] == '.' && name[1] == '.')
            return true;
        if (name[n] == '\0')
            return false;
        name += n + 1;
    }
}

static enum terramis_status copy_bytes(struct archive *a, VSILFILE *from,
                                       FILE *to, const char *name)
{
    char *block;
    TRY(mem_new(&block, BLOCK, 1));
    enum terramis_status status = TERRAMIS_OK;
    size_t n = 0;
    while (status == TERRAMIS_OK &&
           (n = VSIFReadL(block, 1, BLOCK, from)) > 0) {
        a->left -= (int64_t)n;
        if (a->left < 0)
            status = status_set(TERRAMIS_INPUT,
                                _("%s: %s unpacks to more than %.6g MB. If "
                                  "that is right, raise fetch: max_size"),
                                a->what, name, (double)a->max_bytes / 1e6);
        else if (fwrite(block, 1, n, to) != n)
            status = status_set(TERRAMIS_OUTPUT, _("%s: cannot be written: %s"),
                                a->to, strerror(errno));
        else
            status = status_go_on();
    }
    free(block);
    return status;
}

/* A member that is cut short reads as a shorter one: its size tells. */
static enum terramis_status check_size(const struct archive *a,
                                       const char *name, int64_t size, FILE *to)
{
    if (ftello(to) == size)
        return gdal_errors(TERRAMIS_INPUT, a->what);
    return status_set(TERRAMIS_INPUT,
                      _("%s: %s is damaged in the archive. Run again with "
                        "--refresh"),
                      a->what, name);
}

static enum terramis_status unpack_one(struct archive *a, const char *name,
                                       int64_t size)
{
    struct text inside = {0}, target = {0};
    const char *slash = strrchr(name, '/');
    FILE *to = NULL;
    VSILFILE *from = NULL;
    enum terramis_status status;
    text_addf(&inside, "/vsizip/{%s}/%s", a->path, name);
    text_addf(&target, "%s/%s", a->to, slash ? slash + 1 : name);
    TRY_DONE(text_status(&inside));
    TRY_DONE(text_status(&target));
    if (access(text_get(&target), F_OK) == 0)
        TRY_DONE(status_set(TERRAMIS_INPUT,
                            _("%s: two files called %s in the archive. Unpack "
                              "it by hand"),
                            a->what, slash ? slash + 1 : name));
    gdal_errors_clear();
    from = VSIFOpenL(text_get(&inside), "rb");
    if (!from)
        TRY_DONE(status_set(TERRAMIS_INPUT,
                            _("%s: %s cannot be read in the archive"), a->what,
                            name));
    to = fopen(text_get(&target), "wb");
    if (!to)
        TRY_DONE(status_set(TERRAMIS_OUTPUT, _("%s: cannot be written: %s"),
                            text_get(&target), strerror(errno)));
    TRY_DONE(copy_bytes(a, from, to, name));
    status = check_size(a, name, size, to);
done:
    if (from)
        VSIFCloseL(from);
    if (to && fclose(to) != 0 && status == TERRAMIS_OK)
        status = status_set(TERRAMIS_OUTPUT, _("%s: cannot be written: %s"),
                            text_get(&target), strerror(errno));
    text_release(&inside);
    text_release(&target);
    return status;
}

static enum terramis_status check_name(const struct archive *a,
                                       const char *name)
{
    if (!leads_out(name))
        return TERRAMIS_OK;
    return status_set(TERRAMIS_INPUT,
                      _("%s: the archive holds '%s', which leads out of its "
                        "folder. Refused"),
                      a->what, name);
}

static enum terramis_status unpack(struct archive *a, VSIDIR *dir)
{
    int count = 0;
    const VSIDIREntry *entry;
    while (dir && (entry = VSIGetNextDirEntry(dir))) {
        TRY(check_name(a, entry->pszName));
        if (entry->bModeKnown && VSI_ISDIR(entry->nMode))
            continue;
        if (++count > MEMBERS_MAX)
            return status_set(TERRAMIS_INPUT,
                              _("%s: more than %d files in the archive. Unpack "
                                "it by hand"),
                              a->what, (int)MEMBERS_MAX);
        TRY(unpack_one(a, entry->pszName, (int64_t)entry->nSize));
    }
    if (count > 0)
        return TERRAMIS_OK;
    return status_set(
        TERRAMIS_INPUT,
        _("%s: the archive is empty or damaged, or its names lead "
          "out of their folder (../). Refused"),
        a->what);
}

enum terramis_status unzip(const char *path, const char *to, const char *what,
                           int64_t max_bytes)
{
    struct archive archive = {.path = path,
                              .to = to,
                              .what = what,
                              .left = max_bytes,
                              .max_bytes = max_bytes};
    struct text inside = {0};
    text_addf(&inside, "/vsizip/{%s}", path);
    enum terramis_status status = text_status(&inside);
    if (status == TERRAMIS_OK) {
        VSIDIR *dir = VSIOpenDir(text_get(&inside), -1, NULL);
        status = unpack(&archive, dir);
        if (dir)
            VSICloseDir(dir);
    }
    text_release(&inside);
    return status;
}
