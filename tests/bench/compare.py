#!/usr/bin/python3
"""Compares what the tools computed: every cell and parcel with Terramis,
samples with the truth (exact.py). usage: compare.py BASE
Writes BASE/compare.json and BASE/compare.md."""
import csv
import json
import os
import subprocess
import sys

import numpy as np
from exact import Land, Layer, sample_parcels
from osgeo import gdal, ogr, osr

gdal.UseExceptions()
HERE = os.path.dirname(os.path.abspath(__file__))
POINTS, PARCELS, SEED = 1000, 200, 7
PERIOD = 10  # metres
PEERS = {"gdal": "gdal/cog", "gdal2": "gdal2/cog", "arrays": "arrays",
         "grass": "grass"}
TITLES = {"terramis": "Terramis", "gdal": "GDAL chain + QGIS zonal",
          "gdal2": "GDAL chain + QGIS zonal", "arrays": "numpy + OpenCV",
          "grass": "GRASS"}
# distance factors: name -> layer
LAYERS = {"lines": "road", "zones": "zone", "points": "site",
          "catchments": "catchment"}


def rasters(base, peer):
    """Differences of scores and classes, in blocks of rows."""
    files = [gdal.Open("%s/%s/%s.tif" % (base, folder, name))
             for folder in ("terramis/bench", PEERS[peer])
             for name in ("suitability", "class")]
    n = files[0].RasterXSize
    t = dict.fromkeys(("both", "one", "sum", "max", "class", "classes"), 0)
    for row in range(0, n, 512):
        s, c, ps, pc = [f.ReadAsArray(0, row, n, min(512, n - row)).astype(int)
                        for f in files]
        both = (s != 255) & (ps != 255)
        d = np.abs(s - ps)[both]
        t["both"] += int(both.sum())
        t["one"] += int(((s != 255) ^ (ps != 255)).sum())
        t["sum"] += int(d.sum())
        t["max"] = max(t["max"], int(d.max(initial=0)))
        d = np.abs(c - pc)[both]
        t["class"] += int((d > 0).sum())
        t["classes"] += int((d > 1).sum())
    both, either = max(t["both"], 1), max(t["both"] + t["one"], 1)
    return {"score_mean": t["sum"] / both, "score_max": t["max"],
            "class_differs_pct": 100 * t["class"] / both,
            "class_differs_by_more_than_1_pct": 100 * t["classes"] / both,
            "plantable_in_one_only_pct": 100 * t["one"] / either}


def terramis_parcels(base):
    """id -> [plantable m2 in the plane, score]; Terramis reports areas on the
    ellipsoid: each parcel's own scale takes them back."""
    rows, source = {}, ogr.Open(base + "/terramis/bench/parcels.gpkg")
    for f in source.GetLayer("parcels"):
        scale = f.GetGeometryRef().Area() / (1e4 * f["area_ha"])
        score = f["score"]
        rows[f["parcel_id"]] = (1e4 * f["plantable_ha"] * scale,
                                np.nan if score is None else score)
    return rows


def peer_parcels(base, peer):
    rows = {}
    with open("%s/%s/parcels.csv" % (base, PEERS[peer])) as f:
        for r in csv.DictReader(f):
            rows[r["id"]] = (1e4 * float(r["plantable_ha"] or 0),
                             float(r["score"] or "nan"))
    return rows


def parcels(ours, theirs):
    a = np.array([ours[i] for i in ours])
    b = np.array([theirs.get(i, (0, np.nan)) for i in ours])
    area, score = np.abs(a - b).T
    score = score[~np.isnan(score)]
    return {"m2_mean": area.mean(), "m2_max": area.max(),
            "total_pct": 100 * (b[:, 0].sum() / a[:, 0].sum() - 1),
            "found_by_one_only": int(((a[:, 0] > 0) ^ (b[:, 0] > 0)).sum()),
            "score_mean": score.mean(), "score_max": score.max()}


def errors(got, true):
    e = np.abs(np.array(got) - np.array(true))
    return {"mean": float(e.mean()), "max": float(e.max())}


def true_parcels(base, tables):
    land = Land(base + "/work")
    truth = sample_parcels(land, PARCELS, np.random.default_rng(SEED))
    layer = land.parcels.source.GetLayer()
    ids = [layer.GetFeature(land.parcels.fids[i])["id"] for i in truth]
    true = np.array(list(truth.values()))
    whole = np.array([land.parcels.features[i].Area() for i in truth])
    result = {}
    for tool, table in tables.items():
        got = np.array([table.get(i, (0, 0))[0] for i in ids])
        result[tool] = dict(errors(got, true),
                            mean_pct=float(100 * np.mean(abs(got - true) / whole)),
                            total_pct=float(100 * (got.sum() / true.sum() - 1)))
    return result


def square(x, y, half):
    return ogr.CreateGeometryFromWkt("POLYGON ((%s))" % ",".join(
        "%.3f %.3f" % (x + i * half, y + j * half) for i, j in
        ((-1, -1), (-1, 1), (1, 1), (1, -1), (-1, -1))))


def saw(top):
    """A membership that rises from 0 to 1 every PERIOD metres: means have four
    decimals, of PERIOD they are half a millimetre."""
    return ", ".join("[%d, 0], [%d, 1]" % (d, d + PERIOD)
                     for d in range(0, top, PERIOD))


def terramis_distances(base, points, reach):
    """Each sample cell is a parcel. Its mean membership is the cell's distance:
    roughly as a straight line up to `reach`, finely by the saw."""
    folder = base + "/sample"
    os.makedirs(folder, exist_ok=True)
    path = folder + "/cells.gpkg"
    if os.path.exists(path):
        os.remove(path)
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(2154)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(path)
    layer = source.CreateLayer("cells", crs, ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("id", ogr.OFTString))
    for i, (x, y) in enumerate(points):
        f = ogr.Feature(layer.GetLayerDefn())
        f.SetGeometry(square(x, y, 2.5))
        f["id"] = str(i)
        layer.CreateFeature(f)
    source = None
    with open(folder + "/terramis.yaml", "w") as f:
        f.write("version: 1\ntitle: Sample\ncrs: EPSG:2154\nresolution: 5\n"
                "territories: [{id: s, name: S, "
                "source: ../work/vectors/territory.gpkg}]\n"
                "parcels: {source: cells.gpkg, id: id}\n"
                "marginal: {catchment: [{source: cells.gpkg}]}\n"
                "outputs: [gpkg]\nfactors:\n")
        for name, top in reach.items():
            for kind, line in (("rough", "[0, 0], [%d, 1]" % top),
                               ("fine", saw(top))):
                f.write("  - {id: %s_%s, criterion: distance, weight: 0.125, "
                        "source: ../work/vectors/%s.gpkg, membership: {kind: "
                        "linear, points: [%s]}}\n" % (name, kind, name, line))
    subprocess.run([HERE + "/../../build/terramis", "run",
                    folder + "/terramis.yaml", "--out", folder + "/out",
                    "--overwrite", "-q"], check=True,
                   stdout=subprocess.DEVNULL)
    found = {name: np.full(len(points), np.nan) for name in reach}
    source = ogr.Open(folder + "/out/s/parcels.gpkg")
    for f in source.GetLayer("parcels"):
        for name, top in reach.items():
            rough = f["m_%s_rough" % name] * top
            fine = f["m_%s_fine" % name] * PERIOD
            found[name][int(f["parcel_id"])] = fine + PERIOD * round(
                (rough - fine) / PERIOD)
    return found


def peer_distances(base, peer, cells):
    folder = base + "/" + peer
    if peer == "arrays":  # the script keeps its distances only when told
        folder = base + "/arrays-distances"
        os.makedirs(folder, exist_ok=True)
        subprocess.run(["/usr/bin/python3", HERE + "/arrays.py",
                        base + "/work", folder + "/again", folder], check=True)
    if peer == "grass":
        subprocess.run([HERE + "/grass.sh", "--distances", folder, folder],
                       check=True, stdout=subprocess.DEVNULL)
    found = {}
    for name in LAYERS:
        d = gdal.Open("%s/dist_%s.tif" % (folder, name))
        found[name] = np.array([d.ReadAsArray(int(c), int(r), 1, 1)[0, 0]
                                for c, r in cells])
    return found


def distances(base, peers):
    d = gdal.Open(base + "/terramis/bench/suitability.tif")
    x0, cell, _, y0, _, _ = d.GetGeoTransform()
    cells = np.random.default_rng(SEED).integers(0, d.RasterXSize, (POINTS, 2))
    points = np.column_stack([x0 + (cells[:, 0] + 0.5) * cell,
                              y0 - (cells[:, 1] + 0.5) * cell])
    true = {}
    for name in LAYERS:
        layer = Layer("%s/work/vectors/%s.gpkg" % (base, name))
        true[name] = np.array([layer.distance(x, y) for x, y in points])
    reach = {name: int(t.max()) + 50 for name, t in true.items()}
    found = {"terramis": terramis_distances(base, points, reach)}
    for peer in peers:
        found[peer] = peer_distances(base, peer, cells)
    return {tool: {name: errors(f[name], true[name]) for name in LAYERS}
            for tool, f in found.items()}


def table(head, rows):
    return ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)] + \
        ["| " + " | ".join(map(str, r)) + " |" for r in rows] + [""]


def report(c):
    lines = ["Error of the distance at %d random cells, mean (max), metres, "
             "against the true geometry (GEOS):" % POINTS, ""]
    lines += table(["tool", *("to " + n for n in LAYERS)], [
        [TITLES[tool], *("%.4f (%.4f)" % (d[n]["mean"], d[n]["max"]) for n in LAYERS)]
        for tool, d in c["distances"].items()])
    lines += ["Plantable area of %d random parcels against the overlay of the "
              "true geometries (GEOS):" % PARCELS, ""]
    lines += table(["tool", "mean error", "max error", "mean error, % of the "
                    "parcel's area", "sum of all"], [
        [TITLES[tool], "%.2f m2" % p["mean"], "%.1f m2" % p["max"],
         "%.3f %%" % p["mean_pct"], "%+.3f %%" % p["total_pct"]]
        for tool, p in c["true_parcels"].items()])
    lines += ["Terramis is read to half a millimetre, and writes whole square "
              "metres.", ""]
    lines += ["Differences from Terramis, all cells and all parcels:", ""]
    lines += table(["tool", "score of cells, mean (max)", "other class",
                    "more than one class", "cells plantable in one only",
                    "parcels plantable in one only", "plantable m2, mean (max)",
                    "total plantable", "score of parcels, mean (max)"], [
        [TITLES[peer], "%.2f (%d)" % (r["score_mean"], r["score_max"]),
         "%.2f %%" % r["class_differs_pct"],
         "%.4f %%" % r["class_differs_by_more_than_1_pct"],
         "%.1f %%" % r["plantable_in_one_only_pct"],
         p["found_by_one_only"], "%.0f (%.0f)" % (p["m2_mean"], p["m2_max"]),
         "%+.2f %%" % p["total_pct"],
         "%.2f (%.1f)" % (p["score_mean"], p["score_max"])]
        for peer, r in c["rasters"].items() for p in [c["parcels"][peer]]])
    return lines


def main(base):
    peers = [p for p in PEERS
             if os.path.exists("%s/%s/parcels.csv" % (base, PEERS[p]))]
    if "gdal" in peers and "gdal2" in peers:
        peers.remove("gdal2")  # the same commands
    tables = {"terramis": terramis_parcels(base)}
    for p in peers:
        tables[p] = peer_parcels(base, p)
    c = {"rasters": {p: rasters(base, p) for p in peers},
         "parcels": {p: parcels(tables["terramis"], tables[p]) for p in peers},
         "true_parcels": true_parcels(base, tables),
         "distances": distances(base, peers)}
    with open(base + "/compare.json", "w") as f:
        json.dump(c, f, indent=1)
    with open(base + "/compare.md", "w") as f:
        f.write("\n".join(report(c)))


main(sys.argv[1])
