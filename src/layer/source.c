#include "layer/source.h"

#include <cpl_conv.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "layer/profile.h"

enum {
    SURE = 90 /* percent, OSRFindMatches */
};

static void head(struct text *text, const struct config *config,
                 const struct layer_config *layer)
{
    text_addf(text, "%s:%d:%d: %s", config->path, layer->at.line,
              layer->at.column, layer->source.text);
    if (layer->layer)
        text_addf(text, _(", layer %s"), layer->layer);
    text_add(text, ": ");
}

enum terramis_status layer_problem(const struct config *config,
                                   const struct layer_config *layer,
                                   enum terramis_status code,
                                   const char *format, ...)
{
    struct text text = {0};
    va_list args;
    head(&text, config, layer);
    va_start(args, format);
    text_addv(&text, format, args);
    va_end(args);
    if (text.data)
        text_tame(text.data, false);
    enum terramis_status status = text_status(&text);
    if (status == TERRAMIS_OK)
        status = status_set(code, "%s", text_get(&text));
    text_release(&text);
    return status;
}

enum terramis_status layer_failed(const struct config *config,
                                  const struct layer_config *layer,
                                  enum terramis_status code)
{
    char *why = NULL;
    const char *path = layer->source.full;
    size_t length = path ? strlen(path) : 0;
    TRY(mem_copy_text(&why, status_message()));
    /* the head names the file already */
    bool twice = length > 0 && strncmp(why, path, length) == 0 &&
                 strncmp(why + length, ": ", 2) == 0;
    enum terramis_status status = layer_problem(config, layer, code, "%s",
                                                why + (twice ? length + 2 : 0));
    free(why);
    return status;
}

void layer_warning(const struct config *config,
                   const struct layer_config *layer, const char *format, ...)
{
    struct text text = {0};
    va_list args;
    head(&text, config, layer);
    va_start(args, format);
    text_addv(&text, format, args);
    va_end(args);
    if (text.data)
        text_tame(text.data, false);
    log_line(LOG_WARNING, "%s", text_get(&text));
    text_release(&text);
}

/* EPSG:n of the best match of which GDAL is sure; 0 if there is none. A .prj
 * or an IGNF code names the same CRS in other words. */
static int best_epsg(OGRSpatialReferenceH reference)
{
    int count = 0, *confidence = NULL, epsg = 0;
    OGRSpatialReferenceH *matches =
        OSRFindMatches(reference, NULL, &count, &confidence);
    if (count > 0 && confidence[0] >= SURE) {
        const char *code = OSRGetAuthorityCode(matches[0], NULL);
        const char *name = OSRGetAuthorityName(matches[0], NULL);
        if (code && name && strcmp(name, "EPSG") == 0)
            epsg = (int)strtol(code, NULL, 10);
    }
    OSRFreeSRSArray(matches);
    CPLFree(confidence);
    return epsg;
}

static enum terramis_status parse_reference(OGRSpatialReferenceH reference,
                                            struct crs *crs)
{
    int epsg = best_epsg(reference);
    if (epsg > 0) {
        char code[32];
        snprintf(code, sizeof code, "EPSG:%d", epsg);
        return crs_parse(crs, code);
    }
    static const char *const options[] = {"FORMAT=WKT2_2019", NULL};
    char *wkt = NULL;
    OSRExportToWktEx(reference, &wkt, options);
    enum terramis_status status = crs_parse(crs, wkt ? wkt : "");
    CPLFree(wkt);
    return status;
}

/* A GeoPackage always names some CRS; "undefined" ones and local grids say
 * nothing about where the layer lies. */
static bool is_undefined(OGRSpatialReferenceH reference)
{
    const char *name = OSRGetName(reference);
    return OSRIsLocal(reference) ||
           (name && strncasecmp(name, "undefined ", 10) == 0);
}

static bool is_shapefile(const struct layer_config *layer)
{
    size_t n = strlen(layer->source.text);
    return n > 4 && text_same(layer->source.text + n - 4, ".shp");
}

enum terramis_status layer_crs(const struct config *config,
                               const struct layer_config *layer,
                               OGRSpatialReferenceH reference, struct crs *crs)
{
    *crs = (struct crs){0};
    if (reference && is_undefined(reference))
        reference = NULL;
    const struct profile *profile = profile_of(&layer->profile);
    const char *stated = layer->crs ? layer->crs
                         : profile  ? profile->crs
                                    : NULL;
    if (!reference && !stated)
        return layer_problem(
            config, layer, TERRAMIS_INPUT,
            is_shapefile(layer) ? _("the file has no coordinate reference "
                                    "system: its .prj is missing. Give it with "
                                    "crs: (for example EPSG:2154), or bring "
                                    "the .prj")
                                : _("the file has no coordinate reference "
                                    "system. Give it with crs: (for example "
                                    "EPSG:2154)"));
    enum terramis_status status =
        reference ? parse_reference(reference, crs) : crs_parse(crs, stated);
    if (status != TERRAMIS_OK)
        return layer_failed(config, layer, TERRAMIS_INPUT);
    if (reference && layer->crs) {
        struct crs given;
        status = crs_parse(&given, layer->crs);
        if (status == TERRAMIS_OK && !crs_same(&given, crs))
            status = layer_problem(
                config, layer, TERRAMIS_INPUT,
                _("crs: says %s but the file says %s. Remove crs:, it is only "
                  "for files without one"),
                layer->crs, crs->name);
        crs_release(&given);
    }
    return status;
}

const char *layer_licence(const struct layer_config *layer)
{
    const struct profile *profile = profile_of(&layer->profile);
    if (layer->licence)
        return layer->licence;
    return profile ? profile->licence : NULL;
}

const char *layer_title(const struct layer_config *layer)
{
    if (layer->title)
        return layer->title;
    const char *slash = strrchr(layer->source.text, '/');
    return slash ? slash + 1 : layer->source.text;
}

const char *rect_text(struct rect rect, char buffer[96])
{
    if (rect_is_empty(rect))
        snprintf(buffer, 96, "%s", _("(empty)"));
    else
        snprintf(buffer, 96, "%.0f %.0f %.0f %.0f", rect.xmin, rect.ymin,
                 rect.xmax, rect.ymax);
    return buffer;
}

double rect_gap(struct rect a, struct rect b)
{
    double dx = fmax(fmax(a.xmin - b.xmax, b.xmin - a.xmax), 0);
    double dy = fmax(fmax(a.ymin - b.ymax, b.ymin - a.ymax), 0);
    return hypot(dx, dy);
}
