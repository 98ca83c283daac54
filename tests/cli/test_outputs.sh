#!/usr/bin/env bash
# The bundled demo as a new user runs it: every output is looked at by the
# programs that will open it (QGIS, the validators of GDAL, pngcheck, qpdf).
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
out=$work/out
run run terramis.yaml --out "$out"
expect "the demo runs" 0 "Caux Seine Agglo" "Agglo Lisieux Normandie" \
    "DONNÉES SYNTHÉTIQUES" "Meilleures parcelles"
check "no temporary is left" test -z "$(find "$work" -name '.*.terramis')"

# ---- every file of the interface is there
while read -r file; do
    check "there is $file" test -s "$out/$file"
done <<'FILES'
summary.csv
scenarios.csv
summary.xlsx
manifest.json
terramis.qgs
index.html
maps.pdf
map-suitability.png
map-class.png
map-marginal.png
map-limiting.png
map-class.wld
FILES
for id in caux-seine lisieux; do
    for file in suitability class limiting marginal; do
        check "there is $id/$file.tif with its style" \
            test -s "$out/$id/$file.tif" -a -s "$out/$id/$file.qml"
        check "there is $id/map-$file.png with its world file" \
            test -s "$out/$id/map-$file.png" -a -s "$out/$id/map-$file.wld"
    done
    for file in parcels.gpkg parcels.csv atlas.pdf; do
        check "there is $id/$file" test -s "$out/$id/$file"
    done
done

# ---- validators
for f in "$out"/*/*.tif; do
    check "$(basename "$f") of $(basename "$(dirname "$f")") is a valid COG" \
        "$python" -m osgeo_utils.samples.validate_cloud_optimized_geotiff \
        --full-check=yes "$f"
done
for f in "$out"/*/*.gpkg; do
    check "parcels.gpkg of $(basename "$(dirname "$f")") is valid" \
        "$python" -m osgeo_utils.samples.validate_gpkg "$f"
done
check "the PNGs are valid" pngcheck -q "$out"/*/map-*.png "$out"/map-*.png
for f in "$out"/*/atlas.pdf "$out"/maps.pdf; do
    check "$(basename "$f") of $(basename "$(dirname "$f")") is valid" \
        qpdf --check "$f"
done
# a GeoPDF: the maps of the first pages lie where those of the pictures do
for id in caux-seine lisieux; do
    atlas=$out/$id/atlas.pdf
    same "atlas.pdf of $id lies right, to the millimetre" "0.000 2154" \
        "$("$python" tests/cli/atlas.py "$atlas" \
            "$out/$id/map-"{suitability,class,marginal,limiting}.wld)"
    check "atlas.pdf of $id has title, author, licence" "$python" - "$atlas" <<'PY'
import sys
from osgeo import gdal
about = gdal.Open(sys.argv[1]).GetMetadata()
assert about["TITLE"] == "Miscanthus, estuaire de la Seine", about
assert about["SUBJECT"] and about["AUTHOR"] and about["KEYWORDS"], about
assert about["CREATOR"].startswith("Terramis"), about
PY
    qpdf --json --json-key=outlines "$atlas" >"$work/outlines.json"
    check "atlas.pdf of $id has a bookmark for each page" \
        "$python" - "$work/outlines.json" "$(qpdf --show-npages "$atlas")" <<'PY'
import json, sys
marks = json.load(open(sys.argv[1]))["outlines"]
assert len(marks) == int(sys.argv[2]) > 10, marks
assert any(m["title"].startswith("Site") for m in marks), marks
PY
    pdftotext "$atlas" "$work/atlas.txt"
    check "the text of atlas.pdf of $id can be searched" \
        grep -qE "Site 1 – .*plantables" "$work/atlas.txt"
done
check "the manifest is JSON" "$python" -m json.tool "$out/manifest.json"
check "the manifest's hashes are those of the files" "$python" - "$out" <<'PY'
import hashlib, json, os, sys
out = sys.argv[1]
listed = json.load(open(out + "/manifest.json"))["outputs"]
for entry in listed:
    with open(os.path.join(out, entry["path"]), "rb") as f:
        assert hashlib.sha256(f.read()).hexdigest() == entry["sha256"], entry
found = {os.path.relpath(os.path.join(d, f), out)
         for d, _, files in os.walk(out) for f in files} - {"manifest.json"}
assert found == {e["path"] for e in listed}, found
PY

# ---- a real QGIS
qgis=$shared/checks/qgis_check.py
if [ -e "$qgis" ]; then
    QT_QPA_PLATFORM=offscreen "$python" "$qgis" --crs EPSG:2154 \
        "$out"/*/*.gpkg "$out"/*/*.tif "$out/terramis.qgs" \
        >"$work/qgis.json" 2>"$work/qgis.err"
    code=$?
    same "QGIS opens everything, styled" "0 []" "$code $("$python" -c '
import json, sys
print(json.load(open(sys.argv[1]))["failures"])' "$work/qgis.json")"
else
    skip "QGIS: no $qgis"
fi

# ---- numbers agree with one another
"$python" - "$out" >"$work/numbers" <<'PY'
import csv, json, sys
out = sys.argv[1]
for id in ("caux-seine", "lisieux"):
    rows = list(csv.DictReader(open(f"{out}/{id}/parcels.csv")))
    assert len(rows) == len({r["parcel_id"] for r in rows}) == 4000, len(rows)
    for r in rows:
        v = {k: float(r[k] or 0) for k in r
             if k.endswith("_ha") or k in ("score", "tonnage_t")}
        assert abs(v["marginal_ha"] - v["excluded_ha"] - v["plantable_ha"]) \
            < 2e-4, r
        assert v["marginal_ha"] <= v["area_ha"] + 2e-4, r
        assert v["marginal_ha"] <= v["polluted_ha"] + v["catchment_ha"] \
            + v["right_of_way_ha"] + 2e-4, r
        assert (r["score"] == "") == (v["plantable_ha"] == 0), r
        assert 0 <= v["score"] <= 100, r
    # by class, which severe limitations cap, then by score
    order = ["N2", "N1", "S3", "S2", "S1"]
    ranked = sorted((int(r["rank"]), (order.index(r["class"]),
                                      float(r["score"])))
                    for r in rows if r["rank"])
    assert [k for k, _ in ranked] == list(range(1, len(ranked) + 1))
    assert all(a[1] >= b[1] for a, b in zip(ranked, ranked[1:]))
    assert all(r["subclass"].startswith(r["class"]) for r in rows), id
    assert any(r["subclass"] in ("S2w", "S2m") for r in rows), id
print("fine")
PY
same "areas, scores and ranks agree" fine "$(cat "$work/numbers")"

# ---- explain: contributions add up to the score
best=$("$python" -c '
import csv, sys
print(next(r["parcel_id"] for r in csv.DictReader(open(sys.argv[1]))
           if r["rank"] == "1"))' "$out/lisieux/parcels.csv")
run explain "$best" terramis.yaml --out "$out" --json
expect "explain $best" 0 '"contribution"'
same "contributions add up to the score" yes "$("$python" -c '
import json, sys
e = json.load(open(sys.argv[1]))
s = sum(f["contribution"] for f in e["factors"])
print("yes" if abs(s - e["score"]) < 1e-9 else (s, e["score"]))' \
    "$work/stdout")"
run explain "$best" terramis.yaml --out "$out"
expect "explain in French" 0 "Contribution" "Surface plantable" \
    "Débouché autorisé" "Rendement"
check "explain: no line ends in a space" \
    "$python" -c 'import sys; sys.exit(any(l.rstrip("\n") != l.rstrip(" \n")
    for l in open(sys.argv[1])))' "$work/stdout"
run explain nosuchparcel terramis.yaml --out "$out"
expect "explain an unknown parcel" 4 "nosuchparcel"
finish
