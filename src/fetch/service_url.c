/* Any file of the web: read by GDAL once it is here, unpacked if need be. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fetch/folder.h"
#include "fetch/gunzip.h"
#include "fetch/service_url.h"
#include "geo/gdal.h"
#include "geo/unzip.h"
#include "output/file.h"

// clang-format off
static const struct param params[] = {
    {"address", PARAM_TEXT, offsetof(struct url, address), .required = true,
     .help = N_("Address of the file, http or https.")},
    {"member", PARAM_TEXT, offsetof(struct url, member),
     .help = N_("File to take out of an archive that holds several.")},
    {"source_layer", PARAM_TEXT, offsetof(struct url, source_layer),
     .help = N_("Layer to take out of a file that holds several.")},
    {"encoding", PARAM_TEXT, offsetof(struct url, encoding),
     .help = N_("Encoding of a shapefile's texts, if the file's is wrong.")},
    {"crs", PARAM_TEXT, offsetof(struct url, crs),
     .help = N_("Coordinate system (EPSG:n) of a file that has none.")},
    {.name = NULL}
};
// clang-format on

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n > m && strcasecmp(text + n - m, end) == 0;
}

/* The last part of the address, which says what the file is. */
static void file_name(const char *address, char name[128])
{
    size_t end = strcspn(address, "?#");
    size_t start = end;
    while (start > 0 && address[start - 1] != '/')
        start--;
    snprintf(name, 128, "%.*s", (int)(end - start), address + start);
    for (char *c = name; *c; c++)
        if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                    "0123456789.-_",
                    *c))
            *c = '_';
    if (ends_with(name, ".gz"))
        name[strlen(name) - 3] = '\0';
}

/* Can the file be the data themselves, not something beside them? */
static bool is_data(const char *name, bool raster)
{
    static const char *const vectors[] = {".gpkg", ".shp", ".geojson", ".json",
                                          ".fgb",  ".csv", NULL};
    static const char *const rasters[] = {".tif", ".tiff", ".asc", ".hgt",
                                          NULL};
    for (const char *const *e = raster ? rasters : vectors; *e; e++)
        if (ends_with(name, *e))
            return true;
    return false;
}

static enum terramis_status choose(const struct fetch_job *job,
                                   const char *folder, struct text *file)
{
    const struct url *url = job->entry->service.params;
    bool raster = ends_with(job->entry->to, ".tif");
    struct text found = {0}, all = {0};
    int count = 0;
    DIR *dir = opendir(folder);
    if (!dir)
        return status_set(TERRAMIS_OUTPUT, _("cannot read %s: %s"), folder,
                          strerror(errno));
    // cppcheck-suppress readdirCalled
    for (const struct dirent *e; (e = readdir(dir));) {
        if (e->d_name[0] == '.')
            continue;
        text_addf(&all, "%s%s", all.length ? ", " : "", e->d_name);
        if (url->member ? strcmp(e->d_name, url->member) == 0
                        : is_data(e->d_name, raster)) {
            text_release(&found);
            text_addf(&found, "%s/%s", folder, e->d_name);
            count++;
        }
    }
    closedir(dir);
    enum terramis_status status = TERRAMIS_OK;
    if (count == 1)
        text_add(file, text_get(&found));
    else if (url->member)
        status = service_problem(
            job, TERRAMIS_PROJECT,
            _("member: no file called %s in the archive. It holds: %s"),
            url->member, text_get(&all));
    else
        status = service_problem(
            job, TERRAMIS_INPUT,
            _("%d files in it can be read as this kind of layer. Name one with "
              "member:. It holds: %s"),
            count, text_get(&all));
    text_release(&found);
    text_release(&all);
    return status == TERRAMIS_OK ? text_status(file) : status;
}

/* The downloaded file under a name by which GDAL knows its format. */
static enum terramis_status unpack(const struct fetch_job *job,
                                   const char *path, const char *folder)
{
    const struct url *url = job->entry->service.params;
    int64_t max = job->answers->max_bytes;
    struct text what = {0}, target = {0};
    char name[128];
    enum terramis_status status;
    file_name(url->address, name);
    service_what(&what, job, url->address, 0);
    text_addf(&target, "%s/%s", folder, *name ? name : "file");
    TRY_DONE(text_status(&what));
    TRY_DONE(text_status(&target));
    if (ends_with(name, ".7z") || ends_with(name, ".001") ||
        ends_with(name, ".rar"))
        TRY_DONE(service_problem(job, TERRAMIS_INPUT,
                                 _("%s cannot be unpacked here. Unpack it by "
                                   "hand and name the files in the project"),
                                 name));
    if (unzip_is_archive(path))
        status = unzip(path, folder, text_get(&what), max);
    else if (gunzip_is_packed(path))
        status = gunzip(path, text_get(&target), text_get(&what), max);
    else if (link(path, text_get(&target)) != 0)
        status = file_copy(path, text_get(&target), TERRAMIS_OUTPUT);
done:
    text_release(&what);
    text_release(&target);
    return status;
}

/* Is it what its name promises? A page of a firewall is not. */
static enum terramis_status check_readable(const struct fetch_job *job)
{
    const struct url *url = job->entry->service.params;
    GDALDatasetH dataset;
    const char *path = text_get(job->file);
    enum terramis_status status =
        ends_with(job->entry->to, ".tif")
            ? gdal_open_raster(path, &dataset)
            : gdal_open_vector(path, url->encoding, &dataset);
    if (status == TERRAMIS_OK) {
        GDALClose(dataset);
        return TERRAMIS_OK;
    }
    char *cause = NULL;
    TRY(mem_copy_text(&cause, status_message()));
    status =
        service_problem(job, TERRAMIS_INPUT, "%s: %s", url->address, cause);
    free(cause);
    return status;
}

/* With other settings the same download becomes another layer. */
static enum terramis_status describe(const struct url *url, struct text *text)
{
    const char *const pairs[][2] = {{"member", url->member},
                                    {"source_layer", url->source_layer},
                                    {"encoding", url->encoding},
                                    {"crs", url->crs}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i][1])
            text_addf(text, "%s%s: %s", text->length ? ", " : "", pairs[i][0],
                      pairs[i][1]);
    return text_status(text);
}

static enum terramis_status fetch(struct fetch_job *job)
{
    const struct url *url = job->entry->service.params;
    struct text what = {0}, folder = {0};
    struct cache_answer answer = {0};
    enum terramis_status status;
    service_what(&what, job, url->address, 0);
    TRY_DONE(text_status(&what));
    TRY_DONE(answer_file(job->answers, url->address, text_get(&what), &answer));
    text_addf(&folder, "%s/unpacked", cache_folder(job->answers->cache));
    TRY_DONE(text_status(&folder));
    TRY_DONE(folder_empty(text_get(&folder)));
    TRY_DONE(unpack(job, answer.path, text_get(&folder)));
    memcpy(job->sha256, answer.sha256, sizeof job->sha256);
    TRY_DONE(describe(url, job->settings));
    TRY_DONE(choose(job, text_get(&folder), job->file));
    status = check_readable(job);
done:
    cache_answer_release(&answer);
    text_release(&what);
    text_release(&folder);
    return status;
}

const struct fetch_service service_url = {
    .op = {.name = "url",
           .summary = N_("any file of the web (GeoPackage, Shapefile, "
                         "GeoJSON, CSV, GeoTIFF, ...), also in .zip or .gz"),
           .params = params,
           .params_size = sizeof(struct url)},
    .fetch = fetch};
