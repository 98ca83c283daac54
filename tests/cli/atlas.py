#!/usr/bin/python3
"""atlas.py ATLAS WORLD_FILE...: the PDF's first pages, one for each world file
of the same map as a picture, lie where those do. Prints the largest distance,
in metres, of corners of the sheet, then the CRS."""
import sys

from osgeo import gdal

gdal.UseExceptions()
atlas, *worlds = sys.argv[1:]
worst, codes = 0.0, set()
for page, world in enumerate(worlds, 1):
    source = gdal.Open("PDF:%d:%s" % (page, atlas))
    x, dx, _, y, _, dy = source.GetGeoTransform()
    with open(world) as stream:
        size, _, _, _, left, top = map(float, stream.read().split())
    left, top = left - size / 2, top + size / 2
    # an A3 sheet in millimetres, which is no whole number of pixels
    mm = size / 25.4 * 200
    right, bottom = left + 420 * mm, top - 297 * mm
    if source.RasterXSize < source.RasterYSize:
        right, bottom = left + 297 * mm, top - 420 * mm
    worst = max(worst, abs(x - left), abs(y - top),
                abs(x + dx * source.RasterXSize - right),
                abs(y + dy * source.RasterYSize - bottom))
    codes.add(source.GetSpatialRef().GetAuthorityCode(None))
print("%.3f" % worst, *codes)
