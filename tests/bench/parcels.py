#!/usr/bin/python3
"""Joins a table fid,plantable_ha,score to the parcels, in SQL, as the peers
without a tool of their own do: OUT/parcels.gpkg and OUT/parcels.csv.
usage: parcels.py WORK OUT TABLE.csv"""
import os
import shutil
import sys

from osgeo import gdal

gdal.UseExceptions()
JOIN = ("select p.fid, p.geom, p.id, s.plantable_ha, s.score "
        "from parcelles p left join stats s on s.parcel = p.fid")


def join(work, out, table):
    both = out + "/join.gpkg"
    shutil.copy(work + "/vectors/parcels.gpkg", both)
    gdal.VectorTranslate(both, table, accessMode="update", layerName="stats",
                         SQLStatement="select cast(fid as integer) parcel, "
                         "cast(plantable_ha as float) plantable_ha, "
                         "cast(score as float) score from \"%s\"" %
                         os.path.splitext(os.path.basename(table))[0])
    gdal.VectorTranslate(out + "/parcels.gpkg", both, SQLStatement=JOIN,
                         layerName="parcels")
    gdal.VectorTranslate(out + "/parcels.csv", out + "/parcels.gpkg",
                         format="CSV")
    os.remove(both)


if __name__ == "__main__":
    join(*sys.argv[1:4])
