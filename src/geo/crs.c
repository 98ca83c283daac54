#include "geo/crs.h"

#include <ctype.h>
#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

struct crs_step {
    PJ_CONTEXT *context;
    PJ *pj;     /* NULL: identity */
    char *name; /* of the last operation asked for */
};

/* The scale at a node of a lattice over the CRS. */
struct area_node {
    double col, row, scale;
    bool known;
};

enum {
    AREA_NODES = 1024 /* kept: a window of 16 km in any place */
};

struct crs_area {
    PJ_CONTEXT *context;
    PJ *geographic; /* CRS -> longitude, latitude */
    double degrees; /* in a unit of these: 0.9 of those that count in grads */
    double a, e2;   /* ellipsoid: semi-major axis in metres, eccentricity^2 */
    struct area_node nodes[AREA_NODES];
};

static PJ_CONTEXT *context_new(void)
{
    PJ_CONTEXT *context = proj_context_create();
    if (context) {
        proj_context_set_enable_network(context, 0);
        proj_log_level(context, PJ_LOG_NONE);
    }
    return context;
}

static PJ *replace(PJ *old, PJ *new)
{
    proj_destroy(old);
    return new;
}

/* The CRS of x and y alone. Old files carry one bound to WGS 84 by TOWGS84:
 * the true one is inside. Terrain often has one with heights ("Lambert-93 +
 * NGF-IGN69 height"). */
static PJ *horizontal(PJ_CONTEXT *context, PJ *pj)
{
    if (pj && proj_get_type(pj) == PJ_TYPE_BOUND_CRS)
        pj = replace(pj, proj_get_source_crs(context, pj));
    if (pj && proj_get_type(pj) == PJ_TYPE_COMPOUND_CRS)
        pj = replace(pj, proj_crs_get_sub_crs(context, pj, 0));
    if (pj && proj_get_type(pj) == PJ_TYPE_BOUND_CRS)
        pj = replace(pj, proj_get_source_crs(context, pj));
    return pj;
}

/* Only a code or WKT reaches PROJ: it would also open URLs and files. */
static bool is_code_or_wkt(const char *text)
{
    if (strncmp(text, "EPSG:", 5) == 0 || strncmp(text, "epsg:", 5) == 0) {
        size_t digits = strspn(text + 5, "0123456789");
        return digits > 0 && digits < 8 && text[5 + digits] == '\0';
    }
    size_t word = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
    return word > 3 && text[word] == '[';
}

/* Of the axes, in metres or radians; 0: not known. */
static double axis_unit(PJ_CONTEXT *context, const PJ *pj)
{
    double unit = 0;
    PJ *axes = proj_crs_get_coordinate_system(context, pj);
    if (axes)
        proj_cs_get_axis_info(context, axes, 0, NULL, NULL, NULL, &unit, NULL,
                              NULL, NULL);
    proj_destroy(axes);
    return unit;
}

static void find_unit(struct crs *crs, PJ_CONTEXT *context, const PJ *pj)
{
    crs->unit = axis_unit(context, pj);
    PJ_TYPE type = proj_get_type(pj);
    crs->geographic =
        type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
    crs->metric = type == PJ_TYPE_PROJECTED_CRS && crs->unit == 1.0;
}

static enum terramis_status describe(struct crs *crs, PJ_CONTEXT *context,
                                     PJ *pj)
{
    const char *authority = proj_get_id_auth_name(pj, 0);
    const char *code = proj_get_id_code(pj, 0);
    char id[64] = "";
    if (authority && code)
        snprintf(id, sizeof id, "%s:%s", authority, code);
    find_unit(crs, context, pj);
    double west, south, east, north;
    if (proj_get_area_of_use(context, pj, &west, &south, &east, &north, NULL)) {
        crs->longitude = (west + east) / 2;
        crs->latitude = (south + north) / 2;
        crs->wraps = west > east || north > 89.9 || south < -89.9;
    }
    const char *wkt = proj_as_wkt(context, pj, PJ_WKT2_2019, NULL);
    const char *name = proj_get_name(pj);
    if (!wkt || !name)
        return status_set(TERRAMIS_INPUT,
                          _("CRS '%s': PROJ cannot say what it is. Is its "
                            "database whole?"),
                          *id ? id : "?");
    TRY(mem_copy_text(&crs->wkt, wkt));
    TRY(mem_copy_text(&crs->name, name));
    text_clean(crs->name);
    return mem_copy_text(&crs->id, id);
}

enum terramis_status crs_parse(struct crs *crs, const char *text)
{
    *crs = (struct crs){0};
    if (!is_code_or_wkt(text))
        return status_set(TERRAMIS_INPUT,
                          _("CRS '%.80s' is neither EPSG:number nor WKT"),
                          text);
    PJ_CONTEXT *context = context_new();
    if (!context)
        return status_no_memory();
    enum terramis_status status = TERRAMIS_OK;
    PJ *pj = horizontal(context, proj_create(context, text));
    if (pj && proj_is_crs(pj))
        status = describe(crs, context, pj);
    else
        status = status_set(TERRAMIS_INPUT,
                            _("CRS '%.80s' is not known to PROJ"), text);
    proj_destroy(pj);
    proj_context_destroy(context);
    if (status != TERRAMIS_OK)
        crs_release(crs);
    return status;
}

void crs_release(struct crs *crs)
{
    free(crs->wkt);
    free(crs->name);
    free(crs->id);
    *crs = (struct crs){0};
}

bool crs_same(const struct crs *a, const struct crs *b)
{
    if (strcmp(a->wkt, b->wkt) == 0 || (*a->id && strcmp(a->id, b->id) == 0))
        return true;
    PJ_CONTEXT *context = context_new();
    if (!context)
        return false;
    PJ *pa = proj_create(context, a->wkt), *pb = proj_create(context, b->wkt);
    bool same =
        pa && pb &&
        proj_is_equivalent_to_with_ctx(
            context, pa, pb, PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS);
    proj_destroy(pa);
    proj_destroy(pb);
    proj_context_destroy(context);
    return same;
}

/* The operation from -> to with x, y in traditional order; NULL if PROJ has
 * none that is better than a ballpark guess. */
static PJ *operation(PJ_CONTEXT *context, const struct crs *from,
                     const struct crs *to)
{
    static const char *const options[] = {"ALLOW_BALLPARK=NO", NULL};
    PJ *source = proj_create(context, from->wkt);
    PJ *target = proj_create(context, to->wkt);
    PJ *raw = source && target ? proj_create_crs_to_crs_from_pj(
                                     context, source, target, NULL, options)
                               : NULL;
    PJ *pj = raw ? proj_normalize_for_visualization(context, raw) : NULL;
    proj_destroy(raw);
    proj_destroy(target);
    proj_destroy(source);
    return pj;
}

enum terramis_status crs_step_open(struct crs_step **step,
                                   const struct crs *from, const struct crs *to)
{
    TRY(mem_new(step, 1, sizeof **step));
    if (crs_same(from, to))
        return TERRAMIS_OK;
    (*step)->context = context_new();
    (*step)->pj = operation((*step)->context, from, to);
    if ((*step)->pj)
        return TERRAMIS_OK;
    crs_step_close(*step);
    *step = NULL;
    return status_set(
        TERRAMIS_INPUT,
        _("no exact transformation from '%s' to '%s' is known to "
          "PROJ (only a ballpark one, or none). Convert the layer, "
          "or correct its CRS"),
        from->name, to->name);
}

void crs_step_close(struct crs_step *step)
{
    if (!step)
        return;
    free(step->name);
    proj_destroy(step->pj);
    if (step->context)
        proj_context_destroy(step->context);
    free(step);
}

void crs_step_points(struct crs_step *step, double *x, double *y, size_t count,
                     size_t stride, bool inverse)
{
    if (!step->pj)
        return;
    size_t bytes = stride * sizeof(double);
    proj_trans_generic(step->pj, inverse ? PJ_INV : PJ_FWD, x, bytes, count, y,
                       bytes, count, NULL, 0, 0, NULL, 0, 0);
}

const char *crs_step_name(struct crs_step *step, double x, double y,
                          double *accuracy)
{
    *accuracy = 0;
    if (!step->pj)
        return N_("none (same CRS)");
    PJ_COORD point = proj_coord(x, y, 0, 0);
    (void)proj_trans(step->pj, PJ_FWD, point);
    PJ *used = proj_trans_get_last_used_operation(step->pj);
    PJ_PROJ_INFO info = proj_pj_info(used ? used : step->pj);
    *accuracy = info.accuracy;
    free(step->name);
    (void)mem_copy_text(&step->name, info.description); /* status_end() tells */
    proj_destroy(used);
    return step->name ? step->name : N_("unnamed operation");
}

bool crs_step_is_identity(const struct crs_step *step)
{
    return !step->pj;
}

/* Its register rounds the degree. */
static double degrees_of(PJ_CONTEXT *context, const PJ *geodetic)
{
    double degrees = axis_unit(context, geodetic) * 180 / M_PI;
    return fabs(degrees - 1) < 1e-9 ? 1 : degrees;
}

enum terramis_status crs_area_open(struct crs_area **area,
                                   const struct crs *crs)
{
    TRY(mem_new(area, 1, sizeof **area));
    struct crs_area *a = *area;
    a->context = context_new();
    PJ *pj = proj_create(a->context, crs->wkt);
    PJ *geodetic = pj ? proj_crs_get_geodetic_crs(a->context, pj) : NULL;
    PJ *raw = geodetic ? proj_create_crs_to_crs_from_pj(a->context, pj,
                                                        geodetic, NULL, NULL)
                       : NULL;
    a->geographic =
        raw ? proj_normalize_for_visualization(a->context, raw) : NULL;
    a->degrees = geodetic ? degrees_of(a->context, geodetic) : 1;
    double minor = 0;
    PJ *ellipsoid = pj ? proj_get_ellipsoid(a->context, pj) : NULL;
    bool known =
        ellipsoid && proj_ellipsoid_get_parameters(a->context, ellipsoid, &a->a,
                                                   &minor, NULL, NULL);
    a->e2 = known ? 1 - (minor / a->a) * (minor / a->a) : 0;
    proj_destroy(ellipsoid);
    proj_destroy(raw);
    proj_destroy(geodetic);
    proj_destroy(pj);
    if (a->geographic && known)
        return TERRAMIS_OK;
    crs_area_close(a);
    *area = NULL;
    return status_set(TERRAMIS_INPUT,
                      _("CRS '%s' has no ellipsoid to measure on"), crs->name);
}

void crs_area_close(struct crs_area *area)
{
    if (!area)
        return;
    proj_destroy(area->geographic);
    if (area->context)
        proj_context_destroy(area->context);
    free(area);
}

static PJ_COORD degrees_at(const struct crs_area *area, double x, double y)
{
    PJ_COORD p = proj_trans(area->geographic, PJ_FWD, proj_coord(x, y, 0, 0));
    p.xy.x *= area->degrees;
    p.xy.y *= area->degrees;
    return p;
}

/* Determinant of the derivatives of longitude and latitude, by central
 * differences, times the area of a square radian on the ellipsoid. (PROJ's
 * proj_factors() would build the operation anew at each call.) */
static double exact_scale(const struct crs_area *area, double x, double y)
{
    const double h = 10; /* metres: truncation and rounding both below 1e-10 */
    PJ_COORD p[4] = {proj_coord(x + h, y, 0, 0), proj_coord(x - h, y, 0, 0),
                     proj_coord(x, y + h, 0, 0), proj_coord(x, y - h, 0, 0)};
    for (int i = 0; i < 4; i++)
        p[i] = degrees_at(area, p[i].xy.x, p[i].xy.y);
    double lon_x = p[0].xy.x - p[1].xy.x, lat_x = p[0].xy.y - p[1].xy.y;
    double lon_y = p[2].xy.x - p[3].xy.x, lat_y = p[2].xy.y - p[3].xy.y;
    double per_metre = M_PI / 180 / (2 * h);
    double determinant =
        (lon_x * lat_y - lon_y * lat_x) * per_metre * per_metre;
    double latitude = (p[0].xy.y + p[1].xy.y) / 2 * M_PI / 180;
    double w2 = 1 - area->e2 * sin(latitude) * sin(latitude);
    double meridian_times_normal =
        area->a * area->a * (1 - area->e2) / (w2 * w2);
    return fabs(determinant) * meridian_times_normal * cos(latitude);
}

/* Nodes are `lattice` apart, counted from the CRS's origin. */
static const double lattice = 512;

static double node_scale(struct crs_area *area, double col, double row)
{
    const int side = 32; /* side * side nodes next to each other are kept */
    int i = (int)(col - floor(col / side) * side);
    int j = (int)(row - floor(row / side) * side);
    struct area_node *node = &area->nodes[j * side + i];
    if (!node->known || node->col != col || node->row != row)
        *node = (struct area_node){
            col, row, exact_scale(area, col * lattice, row * lattice), true};
    return node->scale;
}

/* Between the four nodes around the point, whatever was asked before: PROJ
 * takes a microsecond per point, and the scale's curvature is that of the
 * ellipsoid: 512^2 / (4 * 6378137^2) = 2e-9. */
double crs_area_scale(struct crs_area *area, double x, double y)
{
    double col = floor(x / lattice), row = floor(y / lattice);
    double u = x / lattice - col, v = y / lattice - row;
    if (!(fabs(x) < 1e15 && fabs(y) < 1e15))
        return exact_scale(area, x, y);
    double south = (1 - u) * node_scale(area, col, row) +
                   u * node_scale(area, col + 1, row);
    double north = (1 - u) * node_scale(area, col, row + 1) +
                   u * node_scale(area, col + 1, row + 1);
    double scale = (1 - v) * south + v * north;
    /* a node may lie where the projection has no image */
    return isfinite(scale) ? scale : exact_scale(area, x, y);
}

void crs_area_degrees(struct crs_area *area, double x, double y,
                      double *longitude, double *latitude)
{
    PJ_COORD p = degrees_at(area, x, y);
    *longitude = p.xy.x;
    *latitude = p.xy.y;
}

enum terramis_status crs_esri_wkt(const struct crs *crs, char **wkt)
{
    static const char *const options[] = {"MULTILINE=NO", NULL};
    PJ_CONTEXT *context = context_new();
    PJ *pj = context ? proj_create(context, crs->wkt) : NULL;
    const char *text =
        pj ? proj_as_wkt(context, pj, PJ_WKT1_ESRI, options) : NULL;
    enum terramis_status status =
        text ? mem_copy_text(wkt, text)
             : status_set(TERRAMIS_INPUT,
                          _("CRS '%s' cannot be written as ESRI's WKT"),
                          crs->name);
    proj_destroy(pj);
    if (context)
        proj_context_destroy(context);
    return status;
}

const char *crs_version(void)
{
    return proj_info().version;
}
