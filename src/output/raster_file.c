#include "output/raster_file.h"

#include <cpl_string.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/text.h"
#include "geo/gdal.h"
#include "output/overviews.h"

struct raster_file {
    char *path;
    struct text cells; /* path of the working file */
    struct raster_spec spec;
    GDALDatasetH dataset;
};

static const GDALDataType types[] = {
    [RASTER_BYTE] = GDT_Byte,
    [RASTER_INT16] = GDT_Int16,
    [RASTER_UINT16] = GDT_UInt16,
    [RASTER_FLOAT32] = GDT_Float32,
};

static enum terramis_status broken(const struct raster_file *file,
                                   const char *what)
{
    const char *cause = gdal_first_error();
    return status_set(TERRAMIS_OUTPUT, "%s: %s%s%s", file->path, what,
                      cause[0] ? ": " : "", cause);
}

static void raster_file_free(struct raster_file *file)
{
    if (file->dataset)
        GDALClose(file->dataset);
    if (file->cells.data) {
        gdal_file_remove(file->cells.data, "");
        gdal_file_remove(file->cells.data, ".aux.xml");
    }
    text_release(&file->cells);
    free(file->path);
    free(file);
}

void raster_file_cancel(struct raster_file *file)
{
    if (!file)
        return;
    if (file->path) {
        gdal_file_remove(file->path, "");
        gdal_file_remove(file->path, ".aux.xml");
        gdal_file_remove(file->path, ".ovr.tmp");
    }
    raster_file_free(file);
}

static enum terramis_status create(struct raster_file *file)
{
    GDALDriverH driver = GDALGetDriverByName("GTiff");
    char **options = CSLSetNameValue(NULL, "TILED", "YES");
    options = CSLSetNameValue(options, "BLOCKXSIZE", "256");
    options = CSLSetNameValue(options, "BLOCKYSIZE", "256");
    options = CSLSetNameValue(options, "SPARSE_OK", "TRUE");
    options = CSLSetNameValue(options, "BIGTIFF", "IF_SAFER");
    gdal_errors_clear();
    const struct grid *grid = &file->spec.grid;
    if (driver)
        file->dataset =
            GDALCreate(driver, text_get(&file->cells), grid->nx, grid->ny, 1,
                       types[file->spec.type], options);
    CSLDestroy(options);
    return file->dataset ? TERRAMIS_OK : broken(file, _("cannot be created"));
}

static enum terramis_status describe(struct raster_file *file)
{
    const struct raster_spec *spec = &file->spec;
    GDALRasterBandH band = GDALGetRasterBand(file->dataset, 1);
    OGRSpatialReferenceH srs;
    TRY(gdal_file_crs(file->path, spec->crs, &srs));
    GDALSetSpatialRef(file->dataset, srs);
    OSRRelease(srs);
    double transform[6] = {
        spec->grid.xmin, spec->grid.cell, 0, spec->grid.ymax, 0,
        -spec->grid.cell};
    GDALSetGeoTransform(file->dataset, transform);
    if (spec->has_nodata)
        GDALSetRasterNoDataValue(band, spec->nodata);
    if (spec->description)
        GDALSetDescription(band, spec->description);
    if (spec->unit)
        GDALSetRasterUnitType(band, spec->unit);
    for (const struct gdal_item *m = spec->metadata; m && m->key; m++)
        GDALSetMetadataItem(file->dataset, m->key, m->value, NULL);
    return gdal_errors(TERRAMIS_OUTPUT, file->path);
}

static bool has_names(const struct raster_spec *spec)
{
    for (size_t i = 0; spec->classes && i < spec->class_count; i++)
        if (spec->classes[i].name)
            return true;
    return false;
}

static void add_palette(GDALRasterBandH band, const struct raster_spec *spec)
{
    GDALColorTableH table = GDALCreateColorTable(GPI_RGB);
    char **names = NULL;
    int last = 0;
    for (size_t i = 0; i < spec->class_count; i++)
        if (spec->classes[i].value > last)
            last = spec->classes[i].value;
    for (int value = 0; value <= last; value++) {
        const struct raster_class *class = NULL;
        for (size_t i = 0; i < spec->class_count && !class; i++)
            if (spec->classes[i].value == value)
                class = &spec->classes[i];
        names = CSLAddString(names, class && class->name ? class->name : "");
        GDALColorEntry colour = {0, 0, 0, 0};
        if (class)
            colour = (GDALColorEntry){class->red, class->green, class->blue,
                                      class->alpha};
        GDALSetColorEntry(table, value, &colour);
    }
    GDALSetRasterColorTable(band, table);
    if (has_names(spec))
        GDALSetRasterCategoryNames(band, names);
    CSLDestroy(names);
    GDALDestroyColorTable(table);
}

/* The classes once more as an attribute table: what ArcGIS and QGIS since 3.30
 * take names and colours from. */
static void add_attributes(GDALRasterBandH band, const struct raster_spec *spec)
{
    static const struct {
        const char *name;
        GDALRATFieldType type;
        GDALRATFieldUsage usage;
    } columns[] = {
        {"Value", GFT_Integer, GFU_MinMax}, {"Class", GFT_String, GFU_Name},
        {"Red", GFT_Integer, GFU_Red},      {"Green", GFT_Integer, GFU_Green},
        {"Blue", GFT_Integer, GFU_Blue},    {"Alpha", GFT_Integer, GFU_Alpha}};
    GDALRasterAttributeTableH table = GDALCreateRasterAttributeTable();
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        GDALRATCreateColumn(table, columns[i].name, columns[i].type,
                            columns[i].usage);
    GDALRATSetTableType(table, GRTT_THEMATIC);
    for (size_t i = 0; i < spec->class_count; i++) {
        const struct raster_class *c = &spec->classes[i];
        const int numbers[] = {c->red, c->green, c->blue, c->alpha};
        GDALRATSetValueAsInt(table, (int)i, 0, c->value);
        GDALRATSetValueAsString(table, (int)i, 1, c->name ? c->name : "");
        for (int k = 0; k < 4; k++)
            GDALRATSetValueAsInt(table, (int)i, 2 + k, numbers[k]);
    }
    GDALSetDefaultRAT(band, table);
    GDALDestroyRasterAttributeTable(table);
}

static enum terramis_status begin(struct raster_file *file, const char *path,
                                  const struct raster_spec *spec)
{
    file->spec = *spec;
    TRY(gdal_file_clear(path));
    TRY(mem_copy_text(&file->path, path));
    gdal_file_remove(path, ".aux.xml");
    text_addf(&file->cells, "%s.cells", path);
    TRY(text_status(&file->cells));
    TRY(gdal_file_clear(text_get(&file->cells)));
    TRY(create(file));
    TRY(describe(file));
    /* before the first block: a palette changes the TIFF's directory */
    if (spec->classes) {
        add_palette(GDALGetRasterBand(file->dataset, 1), spec);
        add_attributes(GDALGetRasterBand(file->dataset, 1), spec);
    }
    return gdal_errors(TERRAMIS_OUTPUT, file->path);
}

enum terramis_status raster_file_new(const char *path,
                                     const struct raster_spec *spec,
                                     struct raster_file **file)
{
    TRY(mem_new(file, 1, sizeof **file));
    enum terramis_status status = begin(*file, path, spec);
    if (status != TERRAMIS_OK) {
        raster_file_cancel(*file);
        *file = NULL;
    }
    return status;
}

static enum terramis_status move_cells(struct raster_file *file, GDALRWFlag way,
                                       struct window w, void *cells,
                                       const char *problem)
{
    gdal_errors_clear();
    GDALRasterBandH band = GDALGetRasterBand(file->dataset, 1);
    if (GDALRasterIO(band, way, w.col, w.row, w.nx, w.ny, cells, w.nx, w.ny,
                     types[file->spec.type], 0, 0) != CE_None ||
        GDALFlushRasterCache(band) != CE_None) /* room for what is read */
        return broken(file, problem);
    return gdal_errors(TERRAMIS_OUTPUT, file->path);
}

enum terramis_status raster_file_write(struct raster_file *file,
                                       struct window window, const void *cells)
{
    /* GDAL's one function for reading and writing takes no const; it does
     * not change what it writes */
    void *lent;
    memcpy(&lent, &cells, sizeof lent);
    return move_cells(file, GF_Write, window, lent, _("cannot be written"));
}

enum terramis_status raster_file_read(struct raster_file *file,
                                      struct window window, void *cells)
{
    return move_cells(file, GF_Read, window, cells, _("cannot be read back"));
}

static int CPL_STDCALL on_progress(double done, const char *message, void *data)
{
    (void)done;
    (void)message;
    (void)data;
    return !status_interrupted();
}

static int block_of(const struct raster_spec *spec)
{
    return spec->block ? spec->block : 512;
}

static char **cog_options(const struct raster_spec *spec)
{
    char number[16];
    char **options = CSLSetNameValue(NULL, "COMPRESS", "DEFLATE");
    /* differences help measured values; codes and scores of few values next to
     * one another do not differ in a regular way, and repeat as they are */
    options = CSLSetNameValue(options, "PREDICTOR",
                              spec->type == RASTER_BYTE ? "NO" : "YES");
    options = CSLSetNameValue(options, "OVERVIEW_RESAMPLING",
                              spec->classes ? "MODE" : "AVERAGE");
    snprintf(number, sizeof number, "%d", block_of(spec));
    options = CSLSetNameValue(options, "BLOCKSIZE", number);
    snprintf(number, sizeof number, "%d", spec->level ? spec->level : 2);
    options = CSLSetNameValue(options, "LEVEL", number);
    snprintf(number, sizeof number, "%d", spec->threads ? spec->threads : 1);
    options = CSLSetNameValue(options, "NUM_THREADS", number);
    return CSLSetNameValue(options, "BIGTIFF", "IF_SAFER");
}

/* Overviews that are there are taken as they are; otherwise the COG driver
 * makes its own. */
static enum terramis_status add_overviews(struct raster_file *file)
{
    const struct raster_spec *spec = &file->spec;
    if (spec->type != RASTER_BYTE || !spec->has_nodata)
        return TERRAMIS_OK;
    return overviews_add(file->dataset, file->path, spec->classes != NULL,
                         (uint8_t)spec->nodata, block_of(spec));
}

static enum terramis_status make_cog(struct raster_file *file)
{
    gdal_errors_clear();
    GDALFlushCache(file->dataset); /* void in GDAL 3.6: errors are counted */
    TRY(gdal_errors(TERRAMIS_OUTPUT, file->path));
    TRY(add_overviews(file));
    GDALFlushCache(file->dataset);
    TRY(gdal_errors(TERRAMIS_OUTPUT, file->path));
    GDALDriverH driver = GDALGetDriverByName("COG");
    char **options = cog_options(&file->spec);
    GDALDatasetH cog = NULL;
    if (driver)
        cog = GDALCreateCopy(driver, file->path, file->dataset, FALSE, options,
                             on_progress, NULL);
    CSLDestroy(options);
    if (cog)
        GDALClose(cog);
    TRY(status_go_on());
    if (!cog)
        return broken(file, _("cannot be made a COG"));
    return gdal_errors(TERRAMIS_OUTPUT, file->path);
}

/* Does every block of the band lie inside the file? */
static bool band_is_whole(GDALRasterBandH band, uint64_t size)
{
    int bx, by;
    GDALGetBlockSize(band, &bx, &by);
    int nx = (GDALGetRasterBandXSize(band) + bx - 1) / bx;
    int ny = (GDALGetRasterBandYSize(band) + by - 1) / by;
    for (int y = 0; y < ny; y++)
        for (int x = 0; x < nx; x++) {
            char key[48];
            snprintf(key, sizeof key, "BLOCK_OFFSET_%d_%d", x, y);
            const char *at = GDALGetMetadataItem(band, key, "TIFF");
            uint64_t offset = at ? strtoull(at, NULL, 10) : 0;
            snprintf(key, sizeof key, "BLOCK_SIZE_%d_%d", x, y);
            const char *length = GDALGetMetadataItem(band, key, "TIFF");
            if (!length || offset == 0 ||
                offset + strtoull(length, NULL, 10) > size)
                return false;
        }
    return true;
}

static enum terramis_status verify(const struct raster_file *file)
{
    struct stat info;
    GDALDatasetH dataset;
    if (stat(file->path, &info) != 0 ||
        gdal_open_raster(file->path, &dataset) != TERRAMIS_OK)
        return broken(file, _("cannot be read back"));
    GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
    bool whole = GDALGetRasterXSize(dataset) == file->spec.grid.nx &&
                 GDALGetRasterYSize(dataset) == file->spec.grid.ny &&
                 band_is_whole(band, (uint64_t)info.st_size);
    /* names stand in a file of their own, whose errors GDAL does not count */
    if (has_names(&file->spec) && !GDALGetRasterCategoryNames(band))
        whole = false;
    for (int i = 0; i < GDALGetOverviewCount(band) && whole; i++)
        whole = band_is_whole(GDALGetOverview(band, i), (uint64_t)info.st_size);
    GDALClose(dataset);
    if (!whole)
        return broken(file, _("was not written whole"));
    return gdal_errors(TERRAMIS_OUTPUT, file->path);
}

enum terramis_status raster_file_finish(struct raster_file *file)
{
    enum terramis_status status = make_cog(file);
    if (status == TERRAMIS_OK)
        status = verify(file);
    if (status == TERRAMIS_OK)
        status = gdal_file_sync(file->path);
    if (status == TERRAMIS_OK)
        raster_file_free(file);
    else
        raster_file_cancel(file);
    return status;
}
