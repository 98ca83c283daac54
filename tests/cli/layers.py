#!/usr/bin/python3
"""Small layers and comparisons for the command-line tests. See lib.sh."""
import csv
import json
import sys

from osgeo import gdal, ogr, osr

gdal.UseExceptions()
ogr.UseExceptions()
osr.UseExceptions()

DRIVERS = {
    "gpkg": "GPKG",
    "shp": "ESRI Shapefile",
    "geojson": "GeoJSON",
    "fgb": "FlatGeobuf",
    "csv": "CSV",
    "tif": "GTiff",
    "asc": "AAIGrid",
}


def driver(path):
    return DRIVERS[path.rsplit(".", 1)[1]]


def reference(text):
    if text == "none":
        return None
    srs = osr.SpatialReference()
    srs.SetFromUserInput(text)
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return srs


def vector(path, crs, name=None):
    lines = [line.rstrip("\n").split("|") for line in sys.stdin]
    header, rows = lines[0][:-1], lines[1:]
    name = name or path.rsplit("/", 1)[1].rsplit(".", 1)[0]
    if path.endswith(".csv"):
        with open(path, "w", newline="") as stream:
            out = csv.writer(stream)
            out.writerow(header + ["WKT"])
            out.writerows(rows)
        return
    options = ["RFC7946=NO"] if path.endswith(".geojson") else []
    try:
        source = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_UPDATE)
    except RuntimeError:
        source = ogr.GetDriverByName(driver(path)).CreateDataSource(path)
    layer = source.CreateLayer(name, reference(crs), ogr.wkbUnknown
                               if not path.endswith(".shp") else ogr.wkbPolygon,
                               options)
    for field in header:
        layer.CreateField(ogr.FieldDefn(field, ogr.OFTString))
    together = source.TestCapability(ogr.ODsCTransactions)
    if together:
        source.StartTransaction()
    for row in rows:
        feature = ogr.Feature(layer.GetLayerDefn())
        for field, value in zip(header, row):
            if value != "NULL":
                feature.SetField(field, value)
        if row[-1] != "NULL":
            feature.SetGeometry(ogr.CreateGeometryFromWkt(row[-1]))
        layer.CreateFeature(feature)
    if together:
        source.CommitTransaction()


def raster(path, crs, xmin, ymax, cell, nodata="none", kind="Float32"):
    rows = [line.split() for line in sys.stdin if line.strip()]
    target = path if path.endswith(".tif") else ""
    made = gdal.GetDriverByName("GTiff" if target else "MEM").Create(
        target, len(rows[0]), len(rows), 1, gdal.GetDataTypeByName(kind))
    made.SetGeoTransform([float(xmin), float(cell), 0, float(ymax), 0,
                          -float(cell)])
    srs = reference(crs)
    if srs:
        made.SetSpatialRef(srs)
    band = made.GetRasterBand(1)
    if nodata != "none":
        band.SetNoDataValue(float(nodata))
    import struct
    flat = [float(value) for row in rows for value in row]
    band.WriteRaster(0, 0, len(rows[0]), len(rows),
                     struct.pack("%df" % len(flat), *flat),
                     buf_type=gdal.GDT_Float32)
    if not target:
        gdal.GetDriverByName(driver(path)).CreateCopy(path, made)


def cells(path, band=1):
    """Rows of a raster as lists of numbers."""
    import struct
    source = gdal.Open(path)
    b = source.GetRasterBand(band)
    n = source.RasterXSize * source.RasterYSize
    flat = struct.unpack("%dd" % n, b.ReadRaster(buf_type=gdal.GDT_Float64))
    w = source.RasterXSize
    return [list(flat[i:i + w]) for i in range(0, n, w)]


def show(path):
    for row in cells(path):
        print(" ".join("%g" % value for value in row))


def histogram(path):
    """value:count of all values, in order, on one line"""
    counts = {}
    for row in cells(path):
        for value in row:
            counts[value] = counts.get(value, 0) + 1
    print(" ".join("%g:%d" % (v, counts[v]) for v in sorted(counts)))


def show_json(path, key):
    with open(path) as stream:
        text = stream.read()
    if text.startswith('{"event"'):  # events line by line: the last one
        text = text.splitlines()[-1]
    value = json.loads(text)
    for step in key.split(".") if key else []:
        if isinstance(value, list) and "=" in step:
            name, wanted = step.split("=", 1)
            value = [v for v in value if str(v.get(name)) == wanted][0]
        else:
            value = value[int(step)] if isinstance(value, list) else value[step]
    print(json.dumps(value, sort_keys=True)
          if isinstance(value, (dict, list)) else value)


def field(path, parcel, column):
    with open(path, newline="", encoding="utf-8-sig") as stream:
        for row in csv.DictReader(stream):
            if row["parcel_id"] == parcel:
                print(row[column])
                return
    sys.exit("%s: no parcel %s" % (path, parcel))


def planar(path, where=None, crs="EPSG:2154"):
    """Hectares in the plane of `crs` and number of features of the first
    layer."""
    source = gdal.OpenEx(path, gdal.OF_VECTOR)
    layer = source.GetLayer(0)
    if where:
        layer.SetAttributeFilter(where)
    to = reference(crs)
    total, count = 0.0, 0
    for feature in layer:
        shape = feature.GetGeometryRef()
        shape.TransformTo(to)
        total += shape.Area()
        count += 1
    print("%.6f %d" % (total / 1e4, count))


def centre(path):
    """Centroid of the first feature."""
    source = gdal.OpenEx(path, gdal.OF_VECTOR)
    feature = source.GetLayer(0).GetNextFeature()
    point = feature.GetGeometryRef().Centroid()
    print("%.4f %.4f" % (point.GetX(), point.GetY()))


def scale(x, y, crs="EPSG:2154"):
    """True square metres per planar one at a point: the quadrangle of a square
    of 20 m on the ellipsoid GRS 80, with its radii of curvature there."""
    import math
    to = osr.CoordinateTransformation(reference(crs), reference("EPSG:4171"))
    x, y, h = float(x), float(y), 10
    points = [to.TransformPoint(x + a * h, y + b * h)[:2]
              for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    lat = math.radians(to.TransformPoint(x, y)[1])
    a, f = 6378137.0, 1 / 298.257222101
    e2 = f * (2 - f)
    w2 = 1 - e2 * math.sin(lat) ** 2
    meridian, normal = a * (1 - e2) / w2 ** 1.5, a / w2 ** 0.5
    area = 0
    for (lon1, lat1), (lon2, lat2) in zip(points, points[1:] + points[:1]):
        lon1, lon2 = (math.radians(lon - points[0][0]) for lon in (lon1, lon2))
        lat1, lat2 = (math.radians(v - points[0][1]) for v in (lat1, lat2))
        area += (lon1 * lat2 - lon2 * lat1) / 2
    print("%.9f" % (area * meridian * normal * math.cos(lat) / (2 * h) ** 2))


if __name__ == "__main__":
    {
        "vector": vector,
        "raster": raster,
        "cells": show,
        "histogram": histogram,
        "json": show_json,
        "field": field,
        "planar": planar,
        "centre": centre,
        "scale": scale,
    }[sys.argv[1]](*sys.argv[2:])
