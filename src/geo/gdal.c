#include "geo/gdal.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_http.h>
#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/log.h"
#include "base/text.h"
#include "geo/environment.h"
#include "geo/gpkg.h"

enum {
    BLOCK_CACHE = 16 << 20 /* bytes of decoded blocks kept, unless told */
};

/* No rasters in GeoPackages: GDAL 3.6 takes a tile that it cannot decode, be it
 * damaged or of a format left out here (PNG), for one without data. */
static const char *const raster_drivers[] = {"GTiff", "AAIGrid", "SRTMHGT",
                                             NULL};
static const char *const vector_drivers[] = {
    "GPKG", "ESRI Shapefile", "GeoJSON", "FlatGeobuf", "CSV", NULL};

/* For what Terramis writes itself. */
static const char *const own_drivers[] = {"COG", "MEM", "Memory", NULL};

static _Thread_local struct {
    int failures;
    bool lost_tag; /* the raster that was opened is not the one written */
    char first[1024];
} errors;

/* Where a tag of a TIFF cannot be read, libtiff warns and goes on without: the
 * raster then has no place or no nodata value, or lies elsewhere. */
static bool loses_a_tag(const char *message)
{
    return strstr(message, "IO error during reading of");
}

static void CPL_STDCALL on_error(CPLErr class, CPLErrorNum number,
                                 const char *message)
{
    (void)number;
    if (class == CE_Warning)
        log_line(LOG_DETAIL, "GDAL: %s", message);
    bool lost = class == CE_Warning && loses_a_tag(message);
    if (class < CE_Failure && !lost)
        return;
    errors.lost_tag = errors.lost_tag || lost;
    if (errors.failures++ == 0) {
        snprintf(errors.first, sizeof errors.first, "%s", message);
        text_tame(errors.first, false);
    }
    log_line(LOG_DETAIL, "GDAL: %s", message);
}

/* GDAL's GeoPackage driver does not look whether some of its statements fail
 * (is there a table of extensions?) and goes on as if there were nothing.
 * SQLite tells its log. */
static void on_sqlite(void *data, int code, const char *message)
{
    (void)data;
    int class = code & 0xff;
    if (class == SQLITE_IOERR || class == SQLITE_FULL ||
        class == SQLITE_CORRUPT)
        on_error(CE_Failure, CPLE_FileIO, message);
}

static bool is_in(const char *const *names, const char *name)
{
    for (; *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

/* The list of drivers given when a file is opened does not bind what GDAL
 * opens on its behalf: an overview file beside it (x.tif.ovr), or one that its
 * metadata name, may be a VRT, which reads any other file. So the drivers that
 * are not needed go altogether. */
static void remove_drivers(void)
{
    for (int i = GDALGetDriverCount() - 1; i >= 0; i--) {
        GDALDriverH driver = GDALGetDriver(i);
        const char *name = GDALGetDriverShortName(driver);
        if (is_in(raster_drivers, name) || is_in(vector_drivers, name) ||
            is_in(own_drivers, name))
            continue;
        GDALDeregisterDriver(driver);
        GDALDestroyDriver(driver);
    }
}

void gdal_limit_cache(size_t bytes)
{
    if (!CPLGetConfigOption("GDAL_CACHEMAX", NULL))
        GDALSetCacheMax64((GIntBig)bytes);
}

void gdal_drop_cache(void)
{
    gdal_limit_cache(BLOCK_CACHE);
}

/* Files may name addresses, as a GeoJSON that of its CRS. */
static CPLHTTPResult *no_network(const char *url, CSLConstList options,
                                 GDALProgressFunc progress, void *argument,
                                 CPLHTTPFetchWriteFunc write, void *target,
                                 void *data)
{
    (void)options, (void)progress, (void)argument;
    (void)write, (void)target, (void)data;
    CPLError(CE_Failure, CPLE_NotSupported, "%s is not asked for", url);
    CPLHTTPResult *none =
        CPLCalloc(1, sizeof *none); /* NULL: ask all the same */
    none->nStatus = 1;
    none->pszErrBuf = CPLStrdup("no network");
    return none;
}

void gdal_setup(void)
{
    environment_clear();
    /* no URL has this name: such metadata reach no network either */
    CPLSetConfigOption("CPL_VSIL_CURL_ALLOWED_FILENAME", "none");
    CPLHTTPSetFetchCallback(no_network, NULL);
    /* no file of settings has a say, no library is loaded into SQLite */
    CPLSetConfigOption("GDAL_CONFIG_FILE", "");
    CPLSetConfigOption("OGR_SQLITE_LOAD_EXTENSIONS", "");
    CPLSetConfigOption("GDAL_HTTP_TIMEOUT", "1");
    CPLSetConfigOption("CPL_CURL_ENABLE_VSIMEM", "NO");
    CPLSetConfigOption("GDAL_DRIVER_PATH", "disable");
    /* sidecars beside an input are read, a whole folder is never listed */
    CPLSetConfigOption("GDAL_PAM_PROXY_DIR", NULL);
    /* no second set of threads below ours, whatever the environment says:
     * GDAL 3.6's workers wake one of those that wait for them, not all */
    CPLSetConfigOption("GDAL_NUM_THREADS", "1");
    /* SpatiaLite would be set up for every GeoPackage opened: it changes the
     * locale of the process, which other threads use, brings a thousand SQL
     * functions that a where: could call, and takes 1 ms */
    CPLSetConfigOption("SPATIALITE_LOAD", "NO");
    CPLSetErrorHandler(on_error);
    /* refused, and without effect, once SQLite is at work */
    (void)sqlite3_config(SQLITE_CONFIG_LOG, on_sqlite, NULL);
    if (GDALGetDriverCount() == 0) {
        /* bounded whatever the machine has, unless the user says otherwise: by
         * default GDAL takes 5 % of it */
        gdal_drop_cache();
        GDALAllRegister();
        remove_drivers();
    }
}

void gdal_errors_clear(void)
{
    errors.failures = 0;
    errors.lost_tag = false;
    errors.first[0] = '\0';
}

enum terramis_status gdal_errors(enum terramis_status code, const char *what)
{
    if (errors.failures == 0)
        return TERRAMIS_OK;
    return status_set(code, "%s: %s", what, errors.first);
}

const char *gdal_first_error(void)
{
    return errors.first;
}

/* Options of all drivers at once would be refused: by the file's ending. */
static bool ends_with(const char *path, const char *ending)
{
    size_t n = strlen(path), m = strlen(ending);
    return n >= m && text_same(path + n - m, ending);
}

/* What the services deliver and GDAL 3.6 does not read. */
static bool is_archive(const char *path)
{
    static const char *const endings[] = {".7z",  ".7z.001", ".zip", ".rar",
                                          ".tar", ".tgz",    ".gz",  ".bz2"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ends_with(path, endings[i]))
            return true;
    return false;
}

/* A path is a local regular file; GDAL's virtual file systems (/vsicurl/...),
 * connection strings and inline XML never get as far as GDAL. */
static enum terramis_status check_regular(const char *path)
{
    struct stat info;
    if (strncmp(path, "/vsi", 4) == 0)
        return status_set(
            TERRAMIS_INPUT,
            _("%s: virtual file systems are not read; give a file"), path);
    if (stat(path, &info) != 0)
        return status_set(TERRAMIS_INPUT, _("%s: no such file"), path);
    if (!S_ISREG(info.st_mode))
        return status_set(TERRAMIS_INPUT, _("%s: not a regular file"), path);
    if (is_archive(path))
        return status_set(TERRAMIS_INPUT,
                          _("%s: an archive: unpack it first (7z x, unzip, tar "
                            "xf) and name the file in it"),
                          path);
    return TERRAMIS_OK;
}

/* Pipes and devices would be waited for, or read without end. */
static bool is_special(int folder, const struct dirent *entry)
{
    struct stat info;
    if (entry->d_type == DT_REG || entry->d_type == DT_DIR)
        return false;
    return fstatat(folder, entry->d_name, &info, 0) == 0 &&
           !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

/* GDAL opens files beside a layer, x.prj or x.tif.aux.xml of x.tif, whatever
 * they are. */
static enum terramis_status check_beside(const char *path)
{
    struct text dir = {0};
    enum terramis_status status = TERRAMIS_OK;
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    size_t stem = dot ? (size_t)(dot - name) : strlen(name);
    text_addf(&dir, "%.*s.", (int)(name - path), path);
    DIR *folder = opendir(text_get(&dir));
    const struct dirent *entry;
    // cppcheck-suppress readdirCalled ; safe on a stream of one's own
    while (status == TERRAMIS_OK && folder && (entry = readdir(folder)))
        if (strncasecmp(entry->d_name, name, stem) == 0 &&
            is_special(dirfd(folder), entry))
            status = status_set(TERRAMIS_INPUT,
                                _("%s: %s beside it is a pipe or device, "
                                  "which GDAL would read. Take it away"),
                                path, entry->d_name);
    if (folder)
        closedir(folder);
    text_release(&dir);
    return status;
}

const char *gdal_driver(GDALDatasetH dataset)
{
    GDALDriverH driver = GDALGetDatasetDriver(dataset);
    return driver ? GDALGetDriverShortName(driver) : "";
}

/* GDAL takes a GeoJSON whose CRS it does not know, or does not get, to be in
 * longitude and latitude. */
static bool lacks_crs(GDALDatasetH dataset)
{
    return errors.failures > 0 && text_same(gdal_driver(dataset), "GeoJSON");
}

static enum terramis_status open_file(const char *path, unsigned flags,
                                      const char *const *drivers,
                                      const char *const *options,
                                      const char *kinds, GDALDatasetH *dataset)
{
    TRY(check_beside(path));
    gdal_errors_clear();
    *dataset =
        GDALOpenEx(path, flags | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                   drivers, options, NULL);
    if (*dataset && !errors.lost_tag && !lacks_crs(*dataset))
        return TERRAMIS_OK;
    if (*dataset)
        GDALClose(*dataset);
    *dataset = NULL;
    if (!errors.first[0])
        return status_set(TERRAMIS_INPUT, _("%s: cannot be read as %s"), path,
                          _(kinds));
    return status_set(TERRAMIS_INPUT, _("%s: cannot be read as %s: %s"), path,
                      _(kinds), errors.first);
}

enum terramis_status gdal_open_raster(const char *path, GDALDatasetH *dataset)
{
    *dataset = NULL;
    TRY(check_regular(path));
    return open_file(path, GDAL_OF_RASTER, raster_drivers, NULL,
                     N_("a raster (GeoTIFF, AAIGrid, SRTMHGT)"), dataset);
}

enum terramis_status gdal_open_vector(const char *path, const char *encoding,
                                      GDALDatasetH *dataset)
{
    char shp[64] = "";
    const char *options[3] = {NULL};
    bool immutable;
    *dataset = NULL;
    TRY(check_regular(path));
    TRY(gpkg_check(path, &immutable));
    if (immutable) {
        options[0] = "IMMUTABLE=YES";
    } else if (ends_with(path, ".csv")) {
        options[0] = "GEOM_POSSIBLE_NAMES=WKT,geom,geometry,the_geom,geometrie,"
                     "Geo Shape,geo_shape";
        options[1] = "KEEP_GEOM_COLUMNS=YES"; /* layer/csv.c looks at it */
    } else if (ends_with(path, ".shp") && encoding) {
        snprintf(shp, sizeof shp, "ENCODING=%s", encoding);
        options[0] = shp;
    }
    return open_file(path, GDAL_OF_VECTOR, vector_drivers, options,
                     ends_with(path, ".csv")
                         ? N_("a CSV (a first line of names, separated by , ; "
                              "or tab)")
                         : N_("a vector layer (GeoPackage, Shapefile, GeoJSON, "
                              "FlatGeobuf, CSV)"),
                     dataset);
}

/* GDAL 3.6 takes a read error of GeoJSON or CSV for the end of the layer, and
 * reads nothing from a FlatGeobuf whose index does not fit its data: land would
 * look free. Other formats' counts may be stale (deleted rows of a shapefile),
 * but their reading tells what is damaged. */
long long gdal_least(GDALDatasetH dataset, long long count)
{
    static const char *const counted[] = {"GeoJSON", "CSV", "FlatGeobuf", NULL};
    return is_in(counted, gdal_driver(dataset)) ? count : 0;
}

size_t gdal_next_features(OGRLayerH layer, OGRFeatureH *features, size_t most)
{
    size_t count = 0;
    while (count < most && (features[count] = OGR_L_GetNextFeature(layer)))
        count++;
    return count;
}

void gdal_drop_features(OGRFeatureH *features, size_t *count)
{
    while (*count > 0)
        OGR_F_Destroy(features[--*count]);
}

const char *gdal_version(void)
{
    return GDALVersionInfo("RELEASE_NAME");
}
