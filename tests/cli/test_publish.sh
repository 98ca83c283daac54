#!/usr/bin/env bash
# A finished run made ready for an open-data portal: every file against its
# standard, licences, and what must not be published.
# shellcheck disable=SC2119,SC1112 # analyse without options; French quotes
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
base

# The official schemas: of Data Package, Table Schema, GeoJSON and ISO 19139, and
# the vocabularies of DCAT and Dublin Core. Fetched while the rest runs.
schemas=$work/schemas
mkdir "$schemas"
fetch_schemas() {
    local archive
    cd "$schemas" || return
    npm pack --silent datapackage@1.1.10 tableschema@1.12.6 ogc-schemas@2.6.1 \
        @vocabulary/dcat@1.0.5 @vocabulary/dcterms@1.0.6 &&
        for archive in *.tgz; do
            mkdir "${archive%-*}" &&
                tar xzf "$archive" -C "${archive%-*}" --strip-components=1 ||
                return
        done
}
fetch_schemas >"$work/npm" 2>&1 &
fetching=$!

copy
edit 's/^organisation.*//; s/^title: .*/title: "Essai de l’été <b> \& | [x](y)"\
organisation: "Ville d’Écouves <i>"\
licence: etalab-2.0/
s/(source: [a-z]+\.(gpkg|tif))/\1, licence: Licence Ouverte 2.0, date: "2026-01-01"/
s/^outputs:.*/outputs: [cog, gpkg, csv, png, qgis, html]/'
sed -i 's/^nodata.*//' "$project"
cat >>"$project" <<'MORE'
scenarios:
  - {id: water, title: Water first, weights: {depth: 0.9}}
MORE
analyse
expect "a run to publish" 0
(cd "$p/out" && find . -type f -exec sha256sum {} + | sort) >"$work/before"
run publish "$p/out" --out "$p/pub"
expect "publish" 0 "licence: Licence Ouverte 2.0" \
    "for a portal: $p/pub/essai-de-l-ete-b-x-y.zip"
wait "$fetching" || { schemas=; skip "official schemas: npm cannot get them"; }
check "every file is as its standard wants it" \
    "$python" -W ignore tests/cli/publication.py "$p/pub" ${schemas:+"$schemas"}
(cd "$p/out" && find . -type f -exec sha256sum {} + | sort) >"$work/after"
check "the run's folder is as before" cmp "$work/before" "$work/after"
for f in "$p"/pub/pilot/*.tif; do
    check "$(basename "$f") is a valid COG" \
        "$python" -m osgeo_utils.samples.validate_cloud_optimized_geotiff "$f"
done
check "the GeoPackage is valid" "$python" -m osgeo_utils.samples.validate_gpkg \
    "$p/pub/pilot/parcels.gpkg"
check "titles are no markup in README.md" grep -qF '\<b\>' "$p/pub/README.md"
for file in index.html terramis.qgs summary.xlsx; do
    check "$file is not published" test ! -e "$p/pub/$file"
done
sleep 2.1 # zip and dbf count time in steps of two seconds
TZ=Asia/Tokyo LANGUAGE=fr run publish "$p/out" --out "$p/again" -q
check "the same bytes twice" diff -r "$p/pub" "$p/again"
run publish "$p/out" --out "$p/pub"
expect "not over another one" 6 "holds results already. Give --overwrite"
run publish "$p/out" --out "$p/pub" --overwrite --json
expect "--overwrite --json" 0 '"event":"done","code":0' '"event":"progress"'
qgis=$shared/checks/qgis_check.py
if [ -e "$qgis" ]; then
    check "QGIS opens what is published" env QT_QPA_PLATFORM=offscreen \
        "$python" "$qgis" --crs EPSG:2154 "$p"/pub/pilot/*.gpkg \
        "$p"/pub/pilot/*.tif
fi

# ---- a CRS of one's own, without a code
copy
wkt=$("$python" -c 'import re
from osgeo import osr
s = osr.SpatialReference()
s.ImportFromEPSG(2154)
wkt = s.ExportToWkt(["FORMAT=WKT2_2019"])
print(re.sub(",ID..EPSG.,2154..$", "]", wkt).replace("Lambert-93", "ours"))')
edit 's/^crs: .*/licence: etalab-2.0/'
echo "crs: '$wkt'" >>"$project"
analyse
expect "a run in a CRS without a code" 0
run publish "$p/out" --out "$p/pub"
expect "publish it" 0 "for a portal: "
run publish "$work/p1/out" --out "$p/coded"
same "STAC: no EPSG code, the same place" "None True" "$("$python" -c '
import json, sys
own, coded = (json.load(open(f"{d}/pilot/stac-item.json"))
              for d in sys.argv[1:])
print(own["properties"]["proj:epsg"], own["bbox"] == coded["bbox"])' \
    "$p/pub" "$p/coded")"
p=$work/p1

# ---- no parcel in the territory
copy
{
    echo "id|wkt"
    echo "E|$(box 521000 6940400 521100 6940600)"
} | vector "$p/beside.gpkg" EPSG:2154
edit 's/^crs: .*/crs: EPSG:2154\nlicence: etalab-2.0/
s/^parcels: .*/parcels: {source: beside.gpkg, id: id}/'
analyse
expect "a run without a parcel" 0
run publish "$p/out" --out "$p/pub"
expect "publish it" 0 "for a portal: "
check "no parcel: every file is as its standard wants it" \
    "$python" -W ignore tests/cli/publication.py "$p/pub" ${schemas:+"$schemas"}
p=$work/p1

# ---- what is no finished run, or not as the run wrote it
good=$p
run publish "$work/nowhere" --out "$work/none"
expect "no folder" 4 "holds no finished run" "terramis run"
mkdir "$work/empty"
run publish "$work/empty" --out "$work/none"
expect "an empty folder" 4 "holds no finished run"
check "nothing is made of it" test ! -e "$work/none"
echo '{"program": "other"}' >"$work/empty/manifest.json"
run publish "$work/empty" --out "$work/none"
expect "another program's manifest" 4 "is none of a run of terramis"
echo '{"program": ' >"$work/empty/manifest.json"
run publish "$work/empty" --out "$work/none"
expect "a broken manifest" 4 "holds no finished run"
run publish "$good/pub" --out "$work/none"
expect "a publication is no run" 4 "is none of a run of terramis"
run publish "$good/out" --out "$good/out"
expect "into the run's own folder" 2 "is the folder of the run"
run publish "$good/out" --out /dev/null/x
expect "a folder that cannot be made" 6 "/dev/null/x"
# tampered FILE: a copy of the run with this file changed
tampered() {
    rm -rf "$work/run"
    cp -r "$good/out" "$work/run"
    echo >>"$work/run/$1"
    run publish "$work/run" --out "$work/none"
    expect "changed: $1" 4 "$1: was changed since the run wrote it"
}
rm -rf "$work/run"
cp -r "$good/out" "$work/run"
rm "$work/run/summary.csv"
mkfifo "$work/run/summary.csv"
run publish "$work/run" --out "$work/none"
expect "a pipe among the results is not waited for" 4 \
    "summary.csv: is missing, or no regular file"
tampered pilot/parcels.csv
tampered pilot/class.tif
tampered index.html
cp "$good/out/index.html" "$work/run"
rm "$work/run/pilot/parcels.gpkg"
run publish "$work/run" --out "$work/none"
expect "a file that is gone" 4 "parcels.gpkg"

# ---- changed while it is published: another run took its place, say
if kill_at; then
    rm -rf "$work/run"
    cp -r "$good/out" "$work/run"
    KILL_FILE=/parcels.gpkg KILL_AT=1 KILL_BY=19 \
        LD_PRELOAD=$work/kill_at.so "$TERRAMIS" publish "$work/run" \
        --out "$work/none" >"$work/stdout" 2>"$work/stderr" &
    pid=$!
    for ((i = 0; i < 500; i++)); do
        grep -q "^State:.T" "/proc/$pid/status" && break
        sleep 0.02
    done
    for f in "$work/run"/*/parcels.csv; do echo >>"$f"; done
    kill -CONT $pid
    wait $pid
    code=$? command="terramis publish, parcels.csv changes"
    expect "changed while it is published" 4 \
        "parcels.csv: was changed since the run wrote it"
    check "nothing is published" test ! -e "$work/none"
else
    skip "changed while it is published: not under a sanitizer"
fi

# ---- personal data: a field that is not ours stops the publication, even
# where the manifest knows it
cp -r "$good/out" "$work/owner"
"$python" - "$work/owner" <<'PY'
import hashlib, json, sys
from osgeo import ogr
ogr.UseExceptions()
path = sys.argv[1] + "/pilot/parcels.gpkg"
source = ogr.Open(path, 1)
source.GetLayer("parcels").CreateField(ogr.FieldDefn("proprietaire"))
source = None
manifest = json.load(open(sys.argv[1] + "/manifest.json"))
for entry in manifest["outputs"]:
    if entry["path"] == "pilot/parcels.gpkg":
        entry["sha256"] = hashlib.sha256(open(path, "rb").read()).hexdigest()
json.dump(manifest, open(sys.argv[1] + "/manifest.json", "w"))
PY
run publish "$work/owner" --out "$work/none"
expect "a field that is not computed" 4 "field proprietaire is none that"
check "leaves nothing" test ! -e "$work/none/manifest.json"

# ---- licences: case | project's | roads' | code | text
while IFS='|' read -r what own other wanted text; do
    p=$work/licence
    rm -rf "$p"
    cp -r "$work/base" "$p"
    project=$p/project.yaml
    [ -z "$own" ] || edit "s/^language: en/language: en\nlicence: $own/"
    edit "s/(source: [a-jl-qs-z][a-z]*\.(gpkg|tif))/\1, licence: etalab-2.0/"
    [ -z "$other" ] || edit "s/(source: road.gpkg)/\1, licence: \"$other\"/"
    analyse
    run publish "$p/out" --out "$p/pub"
    expect "licence: $what" "$wanted" "$text"
done <<'LICENCES'
Licence Ouverte with OpenStreetMap|etalab-2.0|ODbL 1.0|3|must be under the same licence. Write licence: ODbL-1.0
ODbL with OpenStreetMap|ODbL-1.0|ODbL 1.0|0|licence: ODbL 1.0
none with OpenStreetMap: it follows|| Open Database License|0|licence: ODbL 1.0
none, and none that follows||etalab-2.0|3|the project has none for its results
not known|Ma licence|etalab-2.0|3|is not known. Write etalab-2.0
an input that forbids|etalab-2.0|CC BY-NC 4.0|3|may not be published as open data
CC BY-SA with Licence Ouverte|etalab-2.0|CC BY-SA 4.0|3|Write licence: CC-BY-SA-4.0
an input without|etalab-2.0||0|warning: licence of 'road.gpkg': none is given
LICENCES
p=$work/licence
edit 's/, licence: "[^"]*"//; s/^licence:.*/licence: ODbL-1.0/'
analyse --overwrite
run publish "$p/out" --out "$p/pub" --overwrite
check "README says what the ODbL asks for" grep -q \
    "elle est elle-même sous ODbL" "$p/pub/README.md"

# ---- a run that another program has open; places that may not be written
"$python" - "$p/out/pilot/parcels.gpkg" "$work/go" <<'LOCK' &
import os, sqlite3, sys, time
sqlite3.connect(sys.argv[1], isolation_level=None).execute("begin exclusive")
open(sys.argv[2], "w").close()
while os.path.exists(sys.argv[2]):
    time.sleep(0.1)
LOCK
locker=$!
for _ in $(seq 100); do [ -e "$work/go" ] || sleep 0.1; done
run publish "$p/out" --out "$p/pub" --overwrite
expect "open in another program" 4 "parcels.gpkg: " "database is locked"
check "open in another program: the earlier one is there" test -s "$p/pub/README.md"
analyse --overwrite
expect "run over a result that is open in another program" 0
rm "$work/go"
wait "$locker"
run publish "$p/out" --out "$p/pub" --overwrite
expect "closed again" 0

mkdir "$work/ro"
if mount -t tmpfs none "$work/ro" 2>"$work/mount"; then
    cp -r "$p/out" "$work/ro/" && mount -o remount,ro "$work/ro"
    run publish "$work/ro/out" --out "$p/elsewhere"
    expect "from a read-only folder" 0
    run publish "$work/ro/out" --out "$work/ro/pub"
    expect "into a read-only folder" 6 "$work/ro/pub: " "Read-only file system"
    run run "$project" --out "$work/ro/out" --overwrite
    expect "run into a read-only folder" 6 "$work/ro/out: " "Read-only file system"
    run verify "$work/ro/out"
    expect "a read-only folder is as it was" 0
    umount "$work/ro"
else
    skip "read-only folders: only root may mount a file system"
fi
finish
