/**
 * @file project.h
 * @brief A small project on disk whose results can be worked out by hand.
 *
 * Metres east and north of (490000, 6930000):
 *
 *     territory      0..400 x 0..300
 *     parcels        P00 .. P32: squares of 100, first digit east, then north
 *     polluted soil  0..200 x 0..300
 *     catchment      100..300 x 0..100
 *     road           along y = 250, 6 m wide: corridor 242..258, kept free
 *                    245..255
 *     buildings      50..60 x 50..60, setback 10
 *     slope          10 % everywhere: membership 10/12
 *     soil           A west of 200 (1), B east of it (0.5)
 */
#ifndef UNIT_PLAN_PROJECT_H
#define UNIT_PLAN_PROJECT_H

#include "plan/analysis.h"
#include "unit/layers.h"

#define PROJECT_X 490000.0
#define PROJECT_Y 6930000.0

static const char project_yaml[] =
    "version: 1\n"
    "crs: EPSG:2154\n"
    "resolution: 5\n"
    "territories:\n"
    "  - {id: t, name: Essai, source: v.gpkg, layer: territory}\n"
    "parcels: {source: v.gpkg, layer: parcels, id: ID}\n"
    "marginal:\n"
    "  polluted_soil: [{source: v.gpkg, layer: polluted}]\n"
    "  catchment: [{source: v.gpkg, layer: catchment}]\n"
    "  right_of_way:\n"
    "    - {source: v.gpkg, layer: road, profile: bdtopo-route}\n"
    "constraints:\n"
    "  - {id: bati, source: v.gpkg, layer: building, setback: 10}\n"
    "factors:\n"
    "  - {id: slope, criterion: slope, source: dem.tif, weight: 2,\n"
    "     membership: {kind: linear, points: [[8, 1], [20, 0]]}}\n"
    "  - {id: soil, criterion: class, source: v.gpkg, layer: soil,\n"
    "     attribute: nature, weight: 2,\n"
    "     membership: {kind: table, table: {A: 1, B: 0.5}}}\n"
    "outputs: [csv]\n";

/** The rectangle as WKT, in one of 32 buffers used in turn. */
static inline const char *project_box(double x0, double y0, double x1,
                                      double y1)
{
    static char texts[32][256];
    static unsigned next;
    char *text = texts[next++ % 32];
    x0 += PROJECT_X, x1 += PROJECT_X, y0 += PROJECT_Y, y1 += PROJECT_Y;
    snprintf(text, 256,
             "POLYGON((%.3f %.3f,%.3f %.3f,%.3f %.3f,%.3f %.3f,%.3f "
             "%.3f))",
             x0, y0, x1, y0, x1, y1, x0, y1, x0, y0);
    return text;
}

static inline void project_write_vectors(const char *path)
{
    struct wkt_row territory = {project_box(0, 0, 400, 300), {"t"}};
    struct wkt_row polluted = {project_box(0, 0, 200, 300), {"x"}};
    struct wkt_row catchment = {project_box(100, 0, 300, 100), {"x"}};
    struct wkt_row building = {project_box(50, 50, 60, 60), {"x"}};
    struct wkt_row soil[] = {{project_box(-50, -50, 200, 350), {"A"}},
                             {project_box(200, -50, 450, 350), {"B"}}};
    struct wkt_row road[] = {
        {"LINESTRING(489900 6930250,490500 6930250)",
         {"Route à 1 chaussée", "6", "0"}},
        {"LINESTRING(489900 6930150,490500 6930150)", {"Sentier", "", "0"}}};
    struct wkt_row parcels[12];
    char ids[12][32];
    for (int i = 0; i < 12; i++) {
        snprintf(ids[i], sizeof ids[i], "P%d%d", i % 4, i / 4);
        double x = i % 4 * 100, y = i / 4 * 100;
        parcels[i] =
            (struct wkt_row){project_box(x, y, x + 100, y + 100), {ids[i]}};
    }
    const struct wkt_layer layers[] = {
        {"GPKG", "territory", "EPSG:2154", wkbPolygon, {"id"}, &territory, 1},
        {"GPKG", "parcels", "EPSG:2154", wkbPolygon, {"id"}, parcels, 12},
        {"GPKG", "polluted", "EPSG:2154", wkbPolygon, {"id"}, &polluted, 1},
        {"GPKG", "catchment", "EPSG:2154", wkbPolygon, {"id"}, &catchment, 1},
        {"GPKG", "building", "EPSG:2154", wkbPolygon, {"id"}, &building, 1},
        {"GPKG", "soil", "EPSG:2154", wkbPolygon, {"nature"}, soil, 2},
        {"GPKG",
         "road",
         "EPSG:2154",
         wkbLineString,
         {"nature", "largeur_de_chaussee", "position_par_rapport_au_sol"},
         road,
         2}};
    write_layers(path, layers, sizeof layers / sizeof *layers);
}

static inline double project_height(double col, double row)
{
    (void)row;
    return 100 + 2.5 * col; /* 10 % on cells of 25 m */
}

/** Classes 1 and 2, west and east of 200 m. */
static inline double project_class(double col, double row)
{
    (void)row;
    return col < 12 ? 1 : 2;
}

/** Height with a hole over 300..400 x 0..100 and around it. */
static inline double project_hole(double col, double row)
{
    return col >= 16 && row >= 12 ? -9999 : project_height(col, row);
}

static inline void project_write_raster(const char *path, GDALDataType type,
                                        double (*value)(double, double))
{
    double *values = array_of(24, 20, value);
    struct array a = {
        .nx = 24,
        .ny = 20,
        .transform = {PROJECT_X - 100, 25, 0, PROJECT_Y + 400, 0, -25},
        .crs = "EPSG:2154",
        .type = type,
        .nodata = type == GDT_Byte ? 0 : -9999,
        .has_nodata = true,
        .values = values};
    write_array(path, &a);
    free(values);
}

/** A project read and planned; close it. */
struct small_project {
    struct config config;
    struct plan plan;
};

static const struct operator project_csv = {.name = "csv", .summary = "Table."};

/** Writes the layers into the scratch folder, once per test program. */
static inline void project_write(struct scratch *s)
{
    project_write_vectors(scratch_path(s, "v.gpkg"));
    project_write_raster(scratch_path(s, "dem.tif"), GDT_Float32,
                         project_height);
    project_write_raster(scratch_path(s, "hole.tif"), GDT_Float32,
                         project_hole);
    project_write_raster(scratch_path(s, "class.tif"), GDT_Byte, project_class);
}

/** Reads the project with `from` in its text replaced by `to` (NULL: as it
 * is). */
static inline enum terramis_status project_read(struct small_project *p,
                                                struct scratch *s,
                                                const char *from,
                                                const char *to)
{
    static const struct operator* const ops[] = {&project_csv};
    static const struct registry outputs = {"output", ops, 1};
    struct registry registries[CONFIG_REGISTRY_COUNT];
    const char *at = from ? strstr(project_yaml, from) : NULL;
    *p = (struct small_project){.config = {.path = NULL}};
    die_unless(!from || at, from);
    FILE *file = fopen(scratch_path(s, "p.yaml"), "w");
    die_unless(file != NULL, s->path);
    if (from)
        fprintf(file, "%.*s%s%s", (int)(at - project_yaml), project_yaml, to,
                at + strlen(from));
    else
        fputs(project_yaml, file);
    fclose(file);
    plan_registries(registries, &outputs);
    return config_read(s->path, registries, &p->config);
}

/** The same, and reads the layers. */
static inline enum terramis_status project_plan(struct small_project *p,
                                                struct scratch *s,
                                                const char *from,
                                                const char *to)
{
    enum terramis_status status = project_read(p, s, from, to);
    if (status == TERRAMIS_OK)
        status = plan_open(&p->plan, &p->config, 0, 2);
    if (status != TERRAMIS_OK && !from)
        printf("%s\n", status_message());
    return status;
}

static inline void project_close(struct small_project *p)
{
    plan_release(&p->plan);
    config_release(&p->config);
}

static inline int project_set_up(void **state)
{
    static struct scratch scratch;
    scratch_open(&scratch);
    gdal_setup();
    project_write(&scratch);
    *state = &scratch;
    return 0;
}

static inline int project_tear_down(void **state)
{
    scratch_close(*state);
    return 0;
}

#endif
