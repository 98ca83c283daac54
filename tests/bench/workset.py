#!/usr/bin/python3
"""Makes the seeded work set of the benchmark: DIR/rasters, DIR/vectors and
DIR/terramis.yaml. usage: workset.py DIR CELLS_PER_SIDE [PARCELS]

EPSG:2154, 5 m cells: 4 rasters, 2,000 polygons, 20,000 lines, 5,000 points,
100,000 parcels (PARCELS), 10 factors (design: numbers to reach). Half of the land is
marginal, so that the score is computed on much of it.
"""
import math
import os
import random
import sys

import numpy as np
from osgeo import gdal, ogr, osr

gdal.UseExceptions()
CELL = 5.0
X0, Y0 = 500000.0, 6900000.0
SEED = 20261124


def srs():
    s = osr.SpatialReference()
    s.ImportFromEPSG(2154)
    return s


def smooth(rng, n, scale, low, high):
    """Smooth noise: random values on a coarse grid, cubic in between."""
    k = max(4, n // scale)
    mem = gdal.GetDriverByName("MEM")
    small = mem.Create("", k, k, 1, gdal.GDT_Float32)
    small.GetRasterBand(1).WriteArray(rng.random((k, k), dtype=np.float32))
    big = gdal.Translate("", small, format="MEM", width=n, height=n,
                         resampleAlg="cubicspline")
    a = big.ReadAsArray()
    a = (a - a.min()) / (a.max() - a.min())
    return (low + a * (high - low)).astype(np.float32)


def raster(path, a, cell, dtype=gdal.GDT_Float32, nodata=-9999, margin=0):
    """`margin`: cells beyond the territory on each side (a slope needs one)."""
    d = gdal.GetDriverByName("GTiff").Create(
        path, a.shape[1], a.shape[0], 1, dtype,
        ["TILED=YES", "COMPRESS=DEFLATE", "PREDICTOR=%d" % (3 if dtype == gdal.GDT_Float32 else 2), "BIGTIFF=IF_SAFER"])
    d.SetProjection(srs().ExportToWkt())
    d.SetGeoTransform((X0 - margin * cell, cell, 0,
                       Y0 + margin * cell, 0, -cell))
    d.GetRasterBand(1).SetNoDataValue(nodata)
    d.GetRasterBand(1).WriteArray(a)


def layer(path, name, kind, fields=()):
    d = ogr.GetDriverByName("GPKG").CreateDataSource(path)
    l = d.CreateLayer(name, srs(), kind)
    for f, t in fields:
        l.CreateField(ogr.FieldDefn(f, t))
    d.StartTransaction()
    return d, l


def add(l, geometry, **values):
    f = ogr.Feature(l.GetLayerDefn())
    f.SetGeometryDirectly(geometry)
    for k, v in values.items():
        f.SetField(k, v)
    l.CreateFeature(f)


def ring(points):
    r = ogr.Geometry(ogr.wkbLinearRing)
    for x, y in points:
        r.AddPoint_2D(x, y)
    r.CloseRings()
    p = ogr.Geometry(ogr.wkbPolygon)
    p.AddGeometryDirectly(r)
    return p


def blob(rnd, x, y, radius):
    n = rnd.randint(12, 60)
    points = []
    for i in range(n):
        a = 2 * math.pi * i / n
        d = radius * (0.7 + 0.6 * rnd.random())
        points.append((x + d * math.cos(a), y - d * math.sin(a)))
    return ring(points)


def polygons(path, rnd, size, count, radius):
    d, l = layer(path, "zones", ogr.wkbPolygon)
    for _ in range(count):
        add(l, blob(rnd, X0 + rnd.random() * size, Y0 - rnd.random() * size,
                    radius * (0.3 + 1.4 * rnd.random())))
    d.CommitTransaction()


def lines(path, rnd, size, count):
    d, l = layer(path, "routes", ogr.wkbLineString,
                 [("nature", ogr.OFTString)])
    for _ in range(count):
        g = ogr.Geometry(ogr.wkbLineString)
        x, y = X0 + rnd.random() * size, Y0 - rnd.random() * size
        a = rnd.random() * 2 * math.pi
        for _ in range(20):
            g.AddPoint_2D(x, y)
            a += rnd.gauss(0, 0.3)
            x += 25 * math.cos(a)
            y += 25 * math.sin(a)
        add(l, g, nature="Chemin" if rnd.random() < 0.7 else
            "Route à 1 chaussée")
    d.CommitTransaction()


def points(path, rnd, size, count):
    d, l = layer(path, "sites", ogr.wkbPoint)
    for _ in range(count):
        g = ogr.Geometry(ogr.wkbPoint)
        g.AddPoint_2D(X0 + rnd.random() * size, Y0 - rnd.random() * size)
        add(l, g)
    d.CommitTransaction()


def parcels(path, rnd, size, count):
    """Quadrilaterals on a jittered lattice: shared borders, no gaps."""
    k = int(math.ceil(math.sqrt(count)))
    step = size / k
    node = [[(X0 + (i + (0.3 * (rnd.random() - 0.5) if 0 < i < k else 0)) * step,
              Y0 - (j + (0.3 * (rnd.random() - 0.5) if 0 < j < k else 0)) * step)
             for i in range(k + 1)] for j in range(k + 1)]
    d, l = layer(path, "parcelles", ogr.wkbPolygon, [("id", ogr.OFTString)])
    n = 0
    for j in range(k):
        for i in range(k):
            if n < count:
                add(l, ring([node[j][i], node[j][i + 1], node[j + 1][i + 1],
                             node[j + 1][i]]), id="%014d" % n)
                n += 1
    d.CommitTransaction()


PROJECT = """version: 1
title: Work set of the benchmark
licence: CC0-1.0
crs: EPSG:2154
resolution: 5
territories:
  - {id: bench, name: Bench, source: vectors/territory.gpkg}
parcels: {source: vectors/parcels.gpkg, id: id}
marginal:
  catchment: [{source: vectors/catchments.gpkg}]
  right_of_way: [{source: vectors/lines.gpkg, profile: bdtopo-route}]
constraints:
  - {id: built, source: vectors/zones.gpkg, setback: 10}
factors:
  - {id: slope, criterion: slope, source: rasters/dem.tif, membership: {kind: linear, points: [[8, 1], [20, 0]]}, weight: 0.15}
  - {id: height, criterion: value, source: rasters/dem.tif, membership: {kind: linear, points: [[0, 1], [250, 0]]}, weight: 0.05}
  - {id: depth, criterion: value, source: rasters/depth.tif, membership: {kind: linear, points: [[25, 0], [100, 1]]}, weight: 0.15}
  - {id: rain, criterion: value, source: rasters/rain.tif, membership: {kind: trapezoid, points: [450, 700, 900, 1500]}, weight: 0.1}
  - {id: drainage, criterion: class, source: rasters/drainage.tif, membership: {kind: table, table: {1: 1, 2: 0.9, 3: 0.6, 4: 0.25, 5: 0}}, weight: 0.15}
  - {id: road, criterion: distance, source: vectors/lines.gpkg, membership: {kind: linear, points: [[50, 1], [1000, 0]]}, weight: 0.1}
  - {id: zone, criterion: distance, source: vectors/zones.gpkg, membership: {kind: linear, points: [[0, 0], [500, 1]]}, weight: 0.1}
  - {id: site, criterion: distance, source: vectors/points.gpkg, membership: {kind: linear, points: [[0, 1], [2000, 0]]}, weight: 0.1}
  - {id: catchment, criterion: distance, source: vectors/catchments.gpkg, membership: {kind: linear, points: [[0, 1], [3000, 0]]}, weight: 0.05}
  - {id: built, criterion: coverage, source: vectors/zones.gpkg, membership: {kind: linear, points: [[0, 1], [1, 0]]}, weight: 0.05}
outputs: [cog, gpkg, csv]
"""


def main():
    folder, n = sys.argv[1], int(sys.argv[2])
    parcel_count = int(sys.argv[3]) if len(sys.argv) > 3 else 100000
    os.makedirs(folder + "/rasters", exist_ok=True)
    os.makedirs(folder + "/vectors", exist_ok=True)
    size = n * CELL
    rng = np.random.default_rng(SEED)
    rnd = random.Random(SEED)
    # terrain and drainage on the analysis grid; soil and rain coarser, warped
    dem = smooth(rng, n + 2, 100, 0, 250)
    raster(folder + "/rasters/dem.tif", dem, CELL, margin=1)
    drainage = np.clip(smooth(rng, n, 60, 0.5, 5.5), 1, 5).astype(np.uint8)
    raster(folder + "/rasters/drainage.tif", drainage, CELL, gdal.GDT_Byte, 0)
    raster(folder + "/rasters/depth.tif",
           smooth(rng, n // 5 + 8, 20, 10, 150), 25.0, margin=4)
    raster(folder + "/rasters/rain.tif",
           smooth(rng, n // 50 + 8, 10, 500, 1100), 250.0, margin=4)
    v = folder + "/vectors/"
    d, l = layer(v + "territory.gpkg", "territory", ogr.wkbPolygon)
    add(l, ring([(X0, Y0), (X0 + size, Y0), (X0 + size, Y0 - size),
                 (X0, Y0 - size)]))
    d.CommitTransaction()
    polygons(v + "zones.gpkg", rnd, size, 1900, 60)
    polygons(v + "catchments.gpkg", rnd, size, 100, size / 18)
    lines(v + "lines.gpkg", rnd, size, 20000)
    points(v + "points.gpkg", rnd, size, 5000)
    parcels(v + "parcels.gpkg", rnd, size, parcel_count)
    with open(folder + "/terramis.yaml", "w") as f:
        f.write(PROJECT)


main()
