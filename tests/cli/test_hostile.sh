#!/usr/bin/env bash
# Input made to do harm: files that claim too much, endless recursion, SQL,
# triggers and views, aliases that explode, more memory than is allowed. Drivers,
# URLs and virtual file systems are in test_bad_input.sh (22), archives and
# servers in test_fetch.sh.
# shellcheck disable=SC2119 # analyse takes options or none
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
base

# bounded WHAT CODE [TEXT...]: `check` of the copy, within 60 s and, by
# --max-memory, 512 MB; a signal or an abort is a failure
bounded() {
    local what=$1 wanted=$2
    shift 2
    timeout 60 "$TERRAMIS" check "$project" --max-memory 512 \
        >"$work/stdout" 2>"$work/stderr" </dev/null
    code=$? command="terramis check $project --max-memory 512"
    expect "$what" "$wanted" "$@"
}

# ---- rasters that claim too much
# tiff FILE COLUMNS ROWS BANDS PLANAR ROWS_PER_STRIP: a header and nothing else
tiff() {
    "$python" - "$@" <<'PY'
import struct, sys
path, nx, ny, bands, planar, rows = sys.argv[1], *map(int, sys.argv[2:])
strips = (ny + rows - 1) // rows * (bands if planar == 2 else 1)
tags = [(256, 4, 1, nx), (257, 4, 1, ny), (258, 3, 1, 32), (259, 3, 1, 1),
        (262, 3, 1, 1), (273, 4, 1, 250), (277, 3, 1, bands), (278, 4, 1, rows),
        (279, 4, 1, 8), (284, 3, 1, planar), (339, 3, 1, 3)]
ifd = struct.pack("<H", len(tags)) + b"".join(
    struct.pack("<HHII", *t) for t in tags)
with open(path, "wb") as file:
    file.write((b"II*\0" + struct.pack("<I", 8) + ifd + bytes(4)).ljust(300, b"\0"))
PY
}
copy
tiff "$p/depth.tif" 24 24 11000 1 24
bounded "11,000 bands, interleaved by cell" 4 "depth.tif"
copy
tiff "$p/depth.tif" 60000 60000 11000 1 60000
bounded "11,000 bands of 60,000 x 60,000" 4 "depth.tif"
copy
tiff "$p/depth.tif" 2000000000 2000000000 1 1 1
bounded "two thousand million columns and rows" 4 "depth.tif"
copy
tiff "$p/depth.tif" 24 2000000000 1 1 2000000000
bounded "one strip of two thousand million rows" 4 "depth.tif"
copy
printf 'ncols 2000000000\nnrows 2000000000\nxllcorner 519900\nyllcorner 6939900\ncellsize 50\nNODATA_value -9999\n1 2 3\n' >"$p/depth.asc"
edit 's/depth.tif/depth.asc, crs: "EPSG:2154"/'
bounded "an ASCII grid of two thousand million columns" 4 "depth.asc"

# ---- layers that claim too much
copy
sqlite3 "$p/polluted.gpkg" \
    "UPDATE gpkg_ogr_contents SET feature_count = 1000000000"
bounded "a GeoPackage that claims a thousand million features" 0 "1 used"
copy
ogr2ogr -f FlatGeobuf "$p/polluted.fgb" "$p/polluted.gpkg"
"$python" - "$p/polluted.fgb" <<'PY'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
at = data.find((1).to_bytes(8, "little"), 12)  # features_count
data[at:at + 8] = (10**9).to_bytes(8, "little")
open(sys.argv[1], "wb").write(data)
PY
edit 's/polluted.gpkg/polluted.fgb/'
bounded "a FlatGeobuf that claims a thousand million features" 4 \
    "polluted.fgb" "1000000000"
copy
ogr2ogr -f "ESRI Shapefile" "$p/polluted.shp" "$p/polluted.gpkg"
"$python" - "$p/polluted.shp" <<'PY'
import struct, sys
data = bytearray(open(sys.argv[1], "rb").read())
data[144:148] = struct.pack("<i", 500000000)  # parts of the first polygon
data[148:152] = struct.pack("<i", 2000000000)  # points
open(sys.argv[1], "wb").write(data)
PY
edit 's/polluted.gpkg/polluted.shp/'
bounded "a Shapefile that claims two thousand million points" 4 "polluted.shp"
copy
"$python" - "$p/polluted.gpkg" <<'PY'
import sqlite3, struct, sys
db = sqlite3.connect(sys.argv[1])
db.execute("DROP TRIGGER IF EXISTS rtree_polluted_geom_update1")
for name, in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
    db.execute('DROP TRIGGER "%s"' % name)
blob = b"GP\0\1" + struct.pack("<i", 2154) + struct.pack("<BIII", 1, 3, 2000000000, 2000000000)
db.execute("UPDATE polluted SET geom = ?", (blob,))
db.commit()
PY
bounded "a GeoPackage geometry that claims two thousand million rings" 4 \
    "project.yaml:11:7: polluted.gpkg: damaged after"

copy
"$python" - "$p/polluted.geojson" <<'PY'
import json, sys
json.dump({"type": "FeatureCollection", "features": [{"type": "Feature",
    "properties": {"f%d" % i: i for i in range(12000)}, "geometry": None}]},
    open(sys.argv[1], "w"))
PY
edit 's/polluted.gpkg/polluted.geojson/'
bounded "a GeoJSON of 12,000 fields" 4 "polluted.geojson: has 12000 fields"

# ---- recursion
copy
"$python" - "$p/polluted.geojson" <<'PY'
import sys
n = 200000
open(sys.argv[1], "w").write('{"type": "FeatureCollection", "features": '
    '[{"type": "Feature", "properties": {"a": ' + "[" * n + "]" * n +
    '}, "geometry": {"type": "Point", "coordinates": [0, 49]}}]}')
PY
edit 's/polluted.gpkg/polluted.geojson/'
bounded "GeoJSON 200,000 levels deep" 4 "polluted.geojson"
copy
"$python" - "$p/polluted.geojson" <<'PY'
import sys
n = 20000
open(sys.argv[1], "w").write('{"type": "FeatureCollection", "features": '
    '[{"type": "Feature", "properties": {}, "geometry": ' +
    '{"type": "GeometryCollection", "geometries": [' * n +
    '{"type": "Point", "coordinates": [0, 49]}' + "]}" * n + "}]}")
PY
edit 's/polluted.gpkg/polluted.geojson/'
bounded "collections 20,000 levels deep" 4 "polluted.geojson"
copy
{
    echo "id;wkt"
    printf '1;"%sPOINT(0 0)%s"\n' \
        "$(printf 'GEOMETRYCOLLECTION(%.0s' $(seq 20000))" \
        "$(printf ')%.0s' $(seq 20000))"
} >"$p/polluted.csv"
edit 's/polluted.gpkg/polluted.csv, crs: "EPSG:2154"/'
bounded "WKT 20,000 levels deep" 4 "polluted.csv"
copy
"$python" -c 'print("title: " + "[" * 100000 + "]" * 100000)' >>"$project"
bounded "YAML 100,000 levels deep" 3 "$project:" "deeper than 64 levels"

# more mistakes than are kept, then one more that later checks must see (found
# by fuzzing: they looked at what was kept, and read lists that were not there)
copy
for ((i = 0; i < 60; i++)); do
    sed -i "/^factors:/a\\  - {weight: -$i}" "$project"
done
echo 'yield: {kind: miscanmod, awc: depth, climate: [{tmin: 1}]}' >>"$project"
bounded "hundreds of mistakes" 3 "$project:" "more problems"

# ---- aliases that explode
copy
sed -i /^title:/d "$project"
{
    echo 'title: &a [x, x, x, x, x, x, x, x, x, x]'
    last=a
    for next in b c d e f g h i j; do
        echo "$next: &$next [*$last, *$last, *$last, *$last, *$last, *$last, *$last, *$last, *$last]"
        last=$next
    done
} >>"$project"
bounded "a thousand million laughs" 3 "$project:"
copy
echo 'title: &a [*a]' >>"$project"
bounded "an alias to itself" 3 "$project:" "inside its own anchor"
copy
head -c 20000000 /dev/zero | tr '\0' 'x' | sed 's/^/title: /' >>"$project"
bounded "a project file of 20 MB" 3 "$project" "larger than 16 MB"

# ---- SQL: conditions are expressions, names are names
number=0
while IFS= read -r where; do
    number=$((number + 1))
    copy
    sed -i "s#{source: polluted.gpkg#&, where: \"$where\"#" "$project"
    cp "$p/polluted.gpkg" "$work/before.gpkg"
    timeout 60 "$TERRAMIS" check "$project" >"$work/stdout" 2>"$work/stderr"
    code=$? command="terramis check: where: $where"
    case $code in
    0) expect "where $number: only the condition counts" 0 ;;
    4) expect "where $number: refused by SQLite" 4 "not authorized" ;;
    *) expect "where $number: refused" 3 "re:project.yaml:11:[0-9]+: " ;;
    esac
    check "where $number: the layer is as it was" \
        cmp "$p/polluted.gpkg" "$work/before.gpkg"
    same "where $number: nothing new" "" \
        "$(find "$p" -newer "$project" -type f ! -name project.yaml)"
done <<'WHERES'
1=1; DELETE FROM polluted
1=1; ATTACH 'evil.db' AS e; CREATE TABLE e.t(x)
load_extension('/tmp/evil.so') IS NULL
1=1) UNION SELECT * FROM sqlite_master --
writefile('evil.txt', 'x') IS NULL
id IN (SELECT id FROM polluted); DROP TABLE polluted; --
WHERES
copy
rm "$p/polluted.gpkg"
name='a"b; DROP TABLE x;--'
printf 'id|wkt\n1|%s\n' "$(box 519900 6939900 520500 6941100)" |
    layers vector "$p/polluted.gpkg" EPSG:2154 "$name"
sed -i "s/polluted.gpkg/polluted.gpkg, layer: '$name'/" "$project"
bounded "a layer whose name is SQL" 0 "1 used"

# ---- triggers and views of others
copy
sqlite3 "$p/polluted.gpkg" "CREATE TRIGGER evil AFTER INSERT ON gpkg_contents
    BEGIN DELETE FROM polluted; END"
cp "$p/polluted.gpkg" "$work/before.gpkg"
analyse
expect "a trigger in a layer" 0
check "a trigger in a layer: the file is as it was" \
    cmp "$p/polluted.gpkg" "$work/before.gpkg"
copy
sqlite3 "$p/polluted.gpkg" "ALTER TABLE polluted RENAME TO real" \
    "CREATE VIEW polluted AS WITH RECURSIVE c(n) AS
       (SELECT 1 UNION ALL SELECT n + 1 FROM c)
     SELECT n AS fid, geom, id FROM real, c" 2>/dev/null
"$TERRAMIS" check "$project" >"$work/stdout" 2>"$work/stderr" </dev/null &
pid=$!
sleep 1
kill -INT "$pid"
sleep 0.2
kill -INT "$pid" 2>/dev/null
wait "$pid"
code=$? command="terramis check: a view without end, two SIGINT"
expect "a view without end can be interrupted" 130

# ---- paths: any file that the user may read is input, results stay in --out
copy
mkdir "$work/elsewhere"
mv "$p/road.gpkg" "$work/elsewhere/"
ln -s "$work/elsewhere/road.gpkg" "$p/road.gpkg"
sed -i "s#source: depth.tif#source: ../elsewhere/depth.tif#" "$project"
mv "$p/depth.tif" "$work/elsewhere/"
analyse
expect "a link and ../ to layers elsewhere" 0
same "layers elsewhere: nothing is written there" "depth.tif road.gpkg" \
    "$(cd "$work/elsewhere" && echo *)"
same "layers elsewhere: no absolute path in the manifest" "" \
    "$(grep -o "$work" "$p/out/manifest.json" | head -n 1)"
for id in '..' 'a/b' '/tmp/x' '.' 'a\\b'; do
    copy
    sed -i "s#id: pilot#id: \"$id\"#" "$project"
    analyse
    expect "a territory's id is no path: $id" 3 "$project:7:10: "
done

# ---- the memory that is allowed
copy
run run "$project" --out "$p/out" --max-memory 64 -q
expect "more memory than allowed: refused before it begins" 4 \
    "re:about [0-9]+ MB of memory, more than the 64 MB allowed" --threads \
    "Give more with --max-memory"
check "more memory than allowed: nothing is written" test ! -e "$p/out"
run check "$project" --max-memory 64
expect "check says so too" 4 "more than the 64 MB allowed" "memory of a run"
run_large() { # the program, started by one that has taken 400 MB
    "$python" -c 'import os, sys
large = bytearray(400 << 20)
os.execv(sys.argv[1], sys.argv[1:])' "$TERRAMIS" "$@" \
        >"$work/stdout" 2>"$work/stderr" </dev/null
    code=$? command="terramis $* (by a large program)"
}
run_large check "$project" --max-memory 256
expect "the memory of who started it does not count" 0
run run "$project" --out "$p/out" --max-memory 32
expect "less than the least" 2 "--max-memory wants megabytes"
copy
"$python" - "$p/parcels.csv" <<'PY'
import sys
with open(sys.argv[1], "w") as file:
    file.write("id;wkt\n")
    for i in range(300000):
        x, y = 520000 + i % 600, 6940000 + i // 600
        file.write('%d;"POLYGON((%d %d,%d %d,%d %d,%d %d))"\n' % (
            i, x, y, x + 1, y, x + 1, y + 1, x, y))
PY
edit 's/parcels.gpkg/parcels.csv, crs: "EPSG:2154"/'
run run "$project" --out "$p/out" --max-memory 80 -q
expect "layers that do not fit: a message, no signal" "$code" "memory"
case $code in
1 | 4) ok "layers that do not fit: exit $code" ;;
*) not_ok "layers that do not fit: exit $code" ;;
esac
same "layers that do not fit: nothing is left" "" \
    "$(find "$p/out" -type f 2>/dev/null)"
# an outline whose repair takes more than there is: no land without it
copy
"$python" - "$p/polluted.csv" <<'PY'
import math, random, sys
random.seed(5)
points = [(520200 + 300 * random.random() * math.cos(i * 2.4),
           6940500 + 300 * random.random() * math.sin(i * 2.4))
          for i in range(6000)]
with open(sys.argv[1], "w") as file:
    file.write('id;wkt\n1;"POLYGON((%s))"\n' % ",".join(
        "%.3f %.3f" % p for p in points + points[:1]))
PY
edit 's/polluted.gpkg/polluted.csv, crs: "EPSG:2154"/'
run check "$project" --max-memory 100
expect "a geometry that memory does not suffice for is not left out" 1 \
    "project.yaml:11:7: polluted.csv: feature 1: out of memory"
finish
