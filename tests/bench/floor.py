#!/usr/bin/python3
"""The floor: reads every input once and writes results of the same size, with
GDAL alone on two threads, and computes nothing.
usage: floor.py --prepare TERRAMIS_OUT RAW    (not timed: results, not compressed)
       floor.py WORK OUT RAW"""
import glob
import os
import sys
from concurrent.futures import ThreadPoolExecutor

from osgeo import gdal

gdal.UseExceptions()
gdal.SetConfigOption("GDAL_NUM_THREADS", "2")
RESAMPLING = {"suitability": "AVERAGE"}


def prepare(results, raw):
    os.makedirs(raw, exist_ok=True)
    for name in ("suitability", "class", "limiting", "marginal"):
        gdal.Translate("%s/%s.tif" % (raw, name),
                       "%s/%s.tif" % (results, name),
                       creationOptions=["BLOCKYSIZE=512"])
    gdal.VectorTranslate(raw + "/parcels.gpkg", results + "/parcels.gpkg",
                         layers=["parcels"])


def read_raster(path):
    """Rows of blocks, as much at once as keeps the memory small."""
    d = gdal.OpenEx(path, open_options=["NUM_THREADS=2"])
    step = 8 * d.GetRasterBand(1).GetBlockSize()[1]
    for row in range(0, d.RasterYSize, step):
        d.ReadRaster(0, row, d.RasterXSize, min(step, d.RasterYSize - row))


def read_vector(path):
    gdal.VectorTranslate("", path, format="Memory")


def write_cog(raw, out, name):
    gdal.Translate("%s/%s.tif" % (out, name), "%s/%s.tif" % (raw, name),
                   format="COG", creationOptions=[
                       "COMPRESS=DEFLATE", "NUM_THREADS=2",
                       "OVERVIEW_RESAMPLING=" + RESAMPLING.get(name, "MODE")])


def write_parcels(raw, out):
    gdal.VectorTranslate(out + "/parcels.gpkg", raw + "/parcels.gpkg")
    gdal.VectorTranslate(out + "/parcels.csv", raw + "/parcels.gpkg",
                         format="CSV")


def main(work, out, raw):
    os.makedirs(out, exist_ok=True)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(read_vector, glob.glob(work + "/vectors/*.gpkg")))
        list(pool.map(read_raster, glob.glob(work + "/rasters/*.tif")))
        jobs = [pool.submit(write_parcels, raw, out)]
        for name in ("suitability", "class", "limiting", "marginal"):
            jobs.append(pool.submit(write_cog, raw, out, name))
        for job in jobs:
            job.result()


if sys.argv[1] == "--prepare":
    prepare(*sys.argv[2:])
else:
    main(*sys.argv[1:])
