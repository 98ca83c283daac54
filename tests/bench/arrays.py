#!/usr/bin/python3
"""Peer: the project of workset.py as a skilled analyst scripts it, whole
rasters in memory: GDAL to read, burn and write, OpenCV's distance transform,
numpy for the rest, two threads. usage: arrays.py WORK OUT [KEEP]
KEEP: a folder for the distances, for the comparison (not in timed runs)."""
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import parcels
from osgeo import gdal

gdal.UseExceptions()
gdal.SetConfigOption("GDAL_NUM_THREADS", "2")
cv2.setNumThreads(2)
CELL = 5.0
ROAD = "where nature = 'Route à 1 chaussée'"
COG = ["COMPRESS=DEFLATE", "NUM_THREADS=2", "BIGTIFF=IF_SAFER"]


class Grid:
    """The grid of the analysis: that of the drainage raster."""

    def __init__(self, work, keep):
        d = gdal.Open(work + "/rasters/drainage.tif")
        self.work, self.keep = work, keep
        self.n, self.transform = d.RasterXSize, d.GetGeoTransform()
        self.crs = d.GetProjection()
        x, y, size = self.transform[0], self.transform[3], self.n * CELL
        self.bounds = (x, y - size, x + size, y)

    def dataset(self, a):
        d = gdal.GetDriverByName("MEM").Create(
            "", self.n, self.n, 0, gdal.GDT_Byte)
        kind = {"uint8": "Byte", "uint32": "UInt32", "float32": "Float32"}
        d.AddBand(gdal.GetDataTypeByName(kind[str(a.dtype)]),
                  ["DATAPOINTER=%d" % a.ctypes.data])
        d.SetGeoTransform(self.transform)
        d.SetProjection(self.crs)
        return d

    def read(self, name):
        return gdal.Open("%s/rasters/%s.tif" % (self.work, name)).ReadAsArray()

    def warp(self, name):
        return gdal.Warp("", "%s/rasters/%s.tif" % (self.work, name),
                         format="MEM", outputBounds=self.bounds, xRes=CELL,
                         yRes=CELL, resampleAlg="bilinear", multithread=True,
                         warpOptions=["NUM_THREADS=2"]).ReadAsArray()

    def burn(self, source, sql, dtype=np.uint8, **how):
        a = np.zeros((self.n, self.n), dtype)
        gdal.Rasterize(self.dataset(a), source, SQLStatement=sql,
                       **(how or {"burnValues": [1]}))
        return a

    def layer(self, name, table, **how):
        return self.burn("%s/vectors/%s.gpkg" % (self.work, name),
                         "select * from " + table, **how)

    def buffer(self, name, table, metres, where=""):
        v = gdal.VectorTranslate(
            "", "%s/vectors/%s.gpkg" % (self.work, name), format="Memory",
            SQLDialect="sqlite", layerName="areas", geometryType="GEOMETRY",
            SQLStatement="select ST_Buffer(geom, %g, 16) from %s %s" %
            (metres, table, where))
        return self.burn(v, "select * from areas")

    def distance(self, burnt, name):
        d = cv2.distanceTransform(1 - burnt, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
        d *= CELL
        if self.keep:
            gdal.GetDriverByName("GTiff").CreateCopy(
                "%s/dist_%s.tif" % (self.keep, name), self.dataset(d))
        return d

    def write(self, path, a, nodata, resampling):
        d = self.dataset(a)
        d.GetRasterBand(1).SetNoDataValue(nodata)
        gdal.GetDriverByName("COG").CreateCopy(
            path, d, options=COG + ["OVERVIEW_RESAMPLING=" + resampling])


def slope(z):
    """Horn's slope in percent; the terrain has a margin of one cell."""
    a, b, c = z[:-2], z[1:-1], z[2:]
    gx = a[:, 2:] + 2 * b[:, 2:] + c[:, 2:] - a[:, :-2] - 2 * b[:, :-2] - c[:, :-2]
    gy = (c[:, :-2] + 2 * c[:, 1:-1] + c[:, 2:] -
          a[:, :-2] - 2 * a[:, 1:-1] - a[:, 2:])
    return np.hypot(gx, gy) * np.float32(100 / (8 * CELL))


def ramp(x, zero, one):
    return np.clip((x - np.float32(zero)) * np.float32(1 / (one - zero)), 0, 1)


def factors(grid, burnt):
    """Weight and how to get the membership, in the order of the project."""
    table = np.array([0, 1, 0.9, 0.6, 0.25, 0], np.float32)

    def near(layer, zero, one):
        return lambda: ramp(grid.distance(burnt[layer], layer), zero, one)

    def rain():
        x = grid.warp("rain")
        return np.minimum(ramp(x, 450, 700), ramp(x, 1500, 900))

    return [(0.15, lambda: ramp(slope(grid.read("dem")), 20, 8)),
            (0.05, lambda: ramp(grid.read("dem")[1:-1, 1:-1], 250, 0)),
            (0.15, lambda: ramp(grid.warp("depth"), 25, 100)),
            (0.10, rain),
            (0.15, lambda: table[grid.read("drainage")]),
            (0.10, near("lines", 1000, 50)),
            (0.10, near("zones", 0, 500)),
            (0.10, near("points", 2000, 0)),
            (0.05, near("catchments", 3000, 0)),
            (0.05, lambda: np.float32(1) - burnt["zones"])]


def overlay(grid, burnt, pool):
    """Score 0..100 and the factor that costs most."""
    total = np.zeros((grid.n, grid.n), np.float32)
    most = np.zeros_like(total)
    limiting = np.zeros(total.shape, np.uint8)
    todo = factors(grid, burnt)
    for first in range(0, len(todo), 2):  # two at a time bound the memory
        pair = todo[first:first + 2]
        for i, x in enumerate(pool.map(lambda f: f[1](), pair)):
            weight = np.float32(pair[i][0])
            total += weight * x
            cost = weight * (1 - x)
            more = cost > most
            np.copyto(limiting, first + i + 1, where=more, casting="unsafe")
            np.maximum(most, cost, out=most)
    total *= 100
    return total, limiting


def zonal(grid, plantable, score, out):
    zone = grid.burn(grid.work + "/vectors/parcels.gpkg",
                     "select fid + 0 n, geom from parcelles", np.uint32,
                     attribute="n")[plantable]
    count = np.bincount(zone)
    total = np.bincount(zone, score[plantable])
    with np.errstate(invalid="ignore"):
        mean = total / count
    fid = np.arange(len(count))
    rows = np.column_stack([fid, count * CELL * CELL / 1e4, mean])[count > 0]
    np.savetxt(out + "/stats.csv", rows[rows[:, 0] > 0], "%d,%.4f,%.4f",
               header="fid,plantable_ha,score", comments="")
    parcels.join(grid.work, out, out + "/stats.csv")


def main(work, out, keep=None):
    os.makedirs(out, exist_ok=True)
    grid = Grid(work, keep)
    with ThreadPoolExecutor(2) as pool:
        jobs = {"zones": lambda: grid.layer("zones", "zones"),
                "catchments": lambda: grid.layer("catchments", "zones"),
                "lines": lambda: grid.layer("lines", "routes"),
                "points": lambda: grid.layer("points", "sites"),
                "corridor": lambda: grid.buffer("lines", "routes", 7.75, ROAD),
                "kept": lambda: grid.buffer("lines", "routes", 4.75, ROAD),
                "built": lambda: grid.buffer("zones", "zones", 10)}
        burnt = dict(zip(jobs, pool.map(lambda f: f(), jobs.values())))
        score, limiting = overlay(grid, burnt, pool)
        kept, built = burnt["kept"], burnt["built"]
        marginal = 2 * burnt["catchments"] + 4 * (burnt["corridor"] & (1 - kept))
        excluded = (marginal > 0) & ((built | kept) > 0)
        plantable = (marginal > 0) & ~excluded
        classes = (5 - np.digitize(score, [12.5, 25, 50, 75])).astype(np.uint8)
        classes[~plantable] = 0
        classes[excluded] = 6
        limiting[~plantable] = 0
        byte = np.where(plantable, np.rint(score), 255).astype(np.uint8)
        rasters = [("suitability", byte, 255, "AVERAGE"),
                   ("class", classes, 0, "MODE"),
                   ("limiting", limiting, 0, "MODE"),
                   ("marginal", marginal, 0, "MODE")]
        for name, a, nodata, resampling in rasters:
            grid.write("%s/%s.tif" % (out, name), a, nodata, resampling)
    zonal(grid, plantable, score, out)


main(*sys.argv[1:])
