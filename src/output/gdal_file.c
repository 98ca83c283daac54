#include "output/gdal_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cpl_vsi.h>

#include "geo/gdal.h"
#include "output/file.h"

static bool import_crs(const char *crs, OGRSpatialReferenceH srs)
{
    if (strncmp(crs, "EPSG:", 5) == 0) {
        char *end;
        long code = strtol(crs + 5, &end, 10);
        return *end == '\0' && code > 0 && code < 1000000 &&
               OSRImportFromEPSG(srs, (int)code) == OGRERR_NONE;
    }
    char *copy = strdup(crs), *rest = copy;
    bool fine = copy && OSRImportFromWkt(srs, &rest) == OGRERR_NONE;
    free(copy);
    return fine;
}

enum terramis_status gdal_file_crs(const char *path, const char *crs,
                                   OGRSpatialReferenceH *srs)
{
    *srs = OSRNewSpatialReference(NULL);
    if (*srs && import_crs(crs, *srs)) {
        OSRSetAxisMappingStrategy(*srs, OAMS_TRADITIONAL_GIS_ORDER);
        return TERRAMIS_OK;
    }
    OSRRelease(*srs);
    *srs = NULL;
    return status_set(TERRAMIS_OUTPUT, _("%s: the CRS \"%.80s\" is not known"),
                      path, crs);
}

enum terramis_status gdal_file_clear(const char *path)
{
    if (unlink(path) == 0 || errno == ENOENT)
        return TERRAMIS_OK;
    return status_set(TERRAMIS_OUTPUT, _("%s: cannot be replaced: %s"), path,
                      strerror(errno));
}

void gdal_file_remove(const char *path, const char *suffix)
{
    struct text name = {0};
    text_addf(&name, "%s%s", path, suffix);
    if (text_status(&name) == TERRAMIS_OK)
        unlink(text_get(&name));
    text_release(&name);
}

void gdal_file_memory(struct text *memory, const char *path)
{
    const char *slash = strrchr(path, '/');
    text_addf(memory, "/vsimem/terramis/%s", slash ? slash + 1 : path);
}

enum terramis_status gdal_file_land(const char *path)
{
    struct text memory = {0};
    struct file file;
    vsi_l_offset size = 0;
    gdal_file_memory(&memory, path);
    TRY(text_status(&memory));
    const GByte *bytes = VSIGetMemFileBuffer(text_get(&memory), &size, 0);
    enum terramis_status status =
        bytes ? file_create(&file, path)
              : status_set(TERRAMIS_OUTPUT, _("cannot write %s"), path);
    if (status == TERRAMIS_OK) {
        file_write(&file, bytes, (size_t)size);
        status = file_commit(&file);
    }
    VSIUnlink(text_get(&memory));
    text_release(&memory);
    return status;
}

void gdal_file_forget(const char *path)
{
    struct text memory = {0};
    gdal_file_memory(&memory, path);
    if (text_status(&memory) == TERRAMIS_OK)
        VSIUnlink(text_get(&memory));
    text_release(&memory);
}

enum terramis_status gdal_file_sync(const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool fine = file >= 0 && fsync(file) == 0;
    int cause = errno;
    if (file >= 0)
        close(file);
    if (fine)
        return TERRAMIS_OK;
    return status_set(TERRAMIS_OUTPUT,
                      _("%s: cannot be written to the disk: %s"), path,
                      strerror(cause));
}
