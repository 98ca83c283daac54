#!/usr/bin/env bash
# A project of 10 x 10 cells worked out by hand, and changes to it that must
# not change the result.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh

# Everything lies at x = X + .., y = Y + .. metres, cells of 10 m:
#
#   territory  0..100 x 0..100                             10,000 m2
#   polluted   0..60 x 0..100                               6,000 m2
#   catchment  50..60 x 0..100, inside the polluted part    1,000 m2
#   pond       20..60 x 20..35, excluded, inside it too       600 m2
#   parcel P   20..80 x 20..80                              3,600 m2
#              polluted 20..60: 2,400, catchment 50..60: 600,
#              excluded 20..60 x 20..35: 600, a quarter of what is marginal,
#              plantable 20..60 x 35..80: 1,800
#   parcel Q   85..95 x 85..95, not marginal                  100 m2
#   soil       40 south of 50, 80 north of it -> 0.4, 0.8, weight 3
#   frost      80 -> 0.2, weight 1
#
# South of 50 a cell scores 100 (0.75 x 0.4 + 0.25 x 0.2) = 35: S3. It loses
# 0.75 x 0.6 = 0.45 by the soil and 0.25 x 0.8 = 0.2 by the frost: soil, 1.
# North of 50: 100 (0.75 x 0.8 + 0.25 x 0.2) = 65: S2; soil loses 0.75 x 0.2 =
# 0.15, frost 0.2: frost, 2.
# P: 40 x 15 = 600 m2 of 35 and 40 x 30 = 1,200 m2 of 65: 55, S2, at least 35.
# Its soil is (600 x 0.4 + 1,200 x 0.8) / 1,800 = 2/3, which loses 0.25, more
# than the frost's 0.2. S2 yields 12 t/ha.
make_project() { # FOLDER X Y
    local d=$1 x=$2 y=$3
    mkdir "$d"
    printf 'id|wkt\n1|%s\n' "$(box "$x" "$y" $((x + 100)) $((y + 100)))" |
        vector "$d/territory.gpkg" EPSG:2154
    printf 'id|wkt\nP|%s\nQ|%s\n' \
        "$(box $((x + 20)) $((y + 20)) $((x + 80)) $((y + 80)))" \
        "$(box $((x + 85)) $((y + 85)) $((x + 95)) $((y + 95)))" |
        vector "$d/parcels.gpkg" EPSG:2154
    printf 'id|wkt\n1|%s\n2|%s\n' \
        "$(box $((x - 50)) "$y" $((x + 40)) $((y + 100)))" \
        "$(box $((x + 30)) "$y" $((x + 60)) $((y + 100)))" |
        vector "$d/polluted.gpkg" EPSG:2154
    printf 'id|wkt\n1|%s\n' \
        "$(box $((x + 50)) "$y" $((x + 60)) $((y + 100)))" |
        vector "$d/catchment.gpkg" EPSG:2154
    printf 'id|wkt\n1|%s\n' \
        "$(box $((x + 20)) $((y + 20)) $((x + 60)) $((y + 35)))" |
        vector "$d/pond.gpkg" EPSG:2154
    { constant 14 7 80; constant 14 7 40; } |
        raster "$d/soil.tif" EPSG:2154 $((x - 20)) $((y + 120)) 10 -1
    constant 14 14 80 |
        raster "$d/frost.tif" EPSG:2154 $((x - 20)) $((y + 120)) 10 -1
    cat >"$d/project.yaml" <<'PROJECT'
version: 1
language: en
crs: EPSG:2154
resolution: 10
territories: [{id: t, source: territory.gpkg}]
parcels: {source: parcels.gpkg, id: id}
marginal:
  polluted_soil: [{source: polluted.gpkg}]
  catchment: [{source: catchment.gpkg}]
constraints: [{id: pond, source: pond.gpkg}]
factors:
  - {id: soil, criterion: value, source: soil.tif, weight: 3, membership: {kind: linear, points: [[0, 0], [100, 1]]}}
  - {id: frost, criterion: value, source: frost.tif, weight: 1, membership: {kind: linear, points: [[0, 1], [100, 0]]}}
outputs: [cog, gpkg, csv]
PROJECT
}
x=520000 y=6940000
make_project "$work/base" $x $y
copy
analyse
expect "the project runs" 0
first=$p
cp "$work/stdout" "$work/first.json"

# ---- areas, in the plane times the areal scale (0.99908 there)
scale=$(layers scale $((x + 50)) $((y + 50)))
near "the areal scale of Lambert-93 at 49.5 N" 0.99908 "$scale" 0.00001
hectares() { # WHAT m2 FOUND
    near "$1: $2 m2" "$("$python" -c "print($2 * $scale / 1e4)")" "$3" \
        "$("$python" -c "print(1e-6 * $2 / 1e4)")"
}
hectares territory 10000 "$(json territories.0.area_ha)"
hectares "marginal land" 6000 "$(json territories.0.marginal_ha)"
hectares "plantable land of P" 1800 \
    "$(json territories.0.best.parcel_id=P.plantable_ha)"
hectares "plantable and polluted, S2" 1800 \
    "$(json territories.0.plantable_ha.polluted_soil.S2)"
# catchment 50..60 x 35..80
hectares "plantable in the catchment" 450 \
    "$(json territories.0.plantable_ha.catchment.S2)"
near "score of P" 55 "$(json territories.0.best.parcel_id=P.score)" 1e-5

# ---- the table: 0.36, 0.24, .. ha x 0.999077 with 4 decimals
table=$first/out/t/parcels.csv
while read -r column wanted; do
    same "P: $column" "$wanted" "$(field "$table" P "$column")"
done <<'P'
area_ha 0.3597
polluted_ha 0.2398
catchment_ha 0.0599
right_of_way_ha 0.0000
marginal_ha 0.2398
excluded_ha 0.0599
plantable_ha 0.1798
score 55.00
score_min 35.00
class S2
limiting soil
nodata_pct 0.00
yield_t_ha 12.00
tonnage_t 2.16
use material
rank 1
m_soil 0.6667
m_frost 0.2000
P
while IFS='|' read -r column wanted; do
    same "Q: $column" "$wanted" "$(field "$table" Q "$column")"
done <<'Q'
area_ha|0.0100
marginal_ha|0.0000
plantable_ha|0.0000
score|
class|
rank|
use|none
Q
run run "$project" --out "$p/text"
expect "the summary tells what took the land" 0 "re:pond: 0\.1.ha" \
    "re:Parcels: 2 ;.* plantable: 1"

# ---- the rasters. The row of cells 30..40 is half in the pond: as much
# plantable as excluded, so it shows the plantable half.
rows() { # WHAT FILE, rows on standard input
    layers cells "$first/out/t/$2" >"$work/found"
    check "$1" diff - "$work/found"
}
{
    for _ in 1 2 3 4 5; do echo 65 65 65 65 65 65 255 255 255 255; done
    for _ in 1 2; do echo 35 35 35 35 35 35 255 255 255 255; done
    echo 35 35 255 255 255 255 255 255 255 255
    for _ in 1 2; do echo 35 35 35 35 35 35 255 255 255 255; done
} | rows "suitability.tif" suitability.tif
{
    for _ in 1 2 3 4 5; do echo 2 2 2 2 2 2 0 0 0 0; done
    for _ in 1 2; do echo 3 3 3 3 3 3 0 0 0 0; done
    echo 3 3 6 6 6 6 0 0 0 0
    for _ in 1 2; do echo 3 3 3 3 3 3 0 0 0 0; done
} | rows "class.tif" class.tif
{
    for _ in 1 2 3 4 5; do echo 2 2 2 2 2 2 0 0 0 0; done
    for _ in 1 2; do echo 1 1 1 1 1 1 0 0 0 0; done
    echo 1 1 0 0 0 0 0 0 0 0
    for _ in 1 2; do echo 1 1 1 1 1 1 0 0 0 0; done
} | rows "limiting.tif" limiting.tif
for _ in 1 2 3 4 5 6 7 8 9 10; do echo 1 1 1 1 1 3 0 0 0 0; done |
    rows "marginal.tif" marginal.tif
for name in suitability class limiting marginal; do
    check "$name.tif is a valid COG" "$python" -m \
        osgeo_utils.samples.validate_cloud_optimized_geotiff --full-check=yes \
        -q "$first/out/t/$name.tif"
done
check "parcels.gpkg is a valid GeoPackage" "$python" -m \
    osgeo_utils.samples.validate_gpkg "$first/out/t/parcels.gpkg"

# ---- changes that change nothing
# columns FOLDER COLUMN...: of parcels.csv
columns() {
    "$python" - "$@" <<'PY'
import csv, sys
for row in csv.DictReader(open(sys.argv[1] + "/out/t/parcels.csv")):
    print(*[row[c] for c in sys.argv[2:]], sep=",")
PY
}
land() { # sums of the land of a run, without its parcels
    "$python" - "$1" <<'PY'
import json, sys
t = json.loads(open(sys.argv[1]).readlines()[-1])["territories"][0]
print(t["area_ha"], t["marginal_ha"],
      *["%.9f" % sum(v.values()) for v in t["plantable_ha"].values()])
PY
}
# score, least score, limiting factor and memberships do not depend on area
results="parcel_id score score_min class limiting rank m_soil m_frost"
read -ra results <<<"$results"
columns "$first" "${results[@]}" >"$work/results"

copy
rm "$p/parcels.gpkg"
printf 'id|wkt\nP1|%s\nP2|%s\nQ|%s\n' \
    "$(box $((x + 20)) $((y + 20)) $((x + 43)) $((y + 80)))" \
    "$(box $((x + 43)) $((y + 20)) $((x + 80)) $((y + 80)))" \
    "$(box $((x + 85)) $((y + 85)) $((x + 95)) $((y + 95)))" |
    vector "$p/parcels.gpkg" EPSG:2154
analyse
expect "a parcel split in two" 0
same "gives the same land in all" "$(land "$work/first.json")" \
    "$(land "$work/stdout")"
same "and the same scores" "55.00 55.00" \
    "$(field "$p/out/t/parcels.csv" P1 score) $(field \
        "$p/out/t/parcels.csv" P2 score)"

copy
rm "$p/parcels.gpkg" "$p/polluted.gpkg"
for layer in parcels polluted; do
    ogr2ogr -sql "SELECT * FROM $layer ORDER BY id DESC" -nln $layer \
        "$p/$layer.gpkg" "$work/base/$layer.gpkg"
done
# the second polluted area as a layer of its own, first in the list
ogr2ogr -where "id = '2'" "$p/second.gpkg" "$p/polluted.gpkg" -nln second
edit 's/polluted_soil: .*/polluted_soil: [{source: second.gpkg}, {source: polluted.gpkg}]/'
analyse
expect "features and marginal layers in another order" 0
columns "$p" "${results[@]}" area_ha polluted_ha excluded_ha plantable_ha \
    tonnage_t | sort >"$work/found"
columns "$first" "${results[@]}" area_ha polluted_ha excluded_ha plantable_ha \
    tonnage_t | sort >"$work/wanted"
check "give the same table" diff "$work/wanted" "$work/found"
for name in suitability class limiting marginal; do
    check "and the same bytes in $name.tif" \
        cmp "$first/out/t/$name.tif" "$p/out/t/$name.tif"
done

mv "$work/base" "$work/here"
make_project "$work/base" $((x + 1230)) $((y - 4570))
copy
edit 's/^resolution: 10/resolution: 7/'
analyse --resolution 10
expect "everything moved by whole cells, --resolution 10" 0
columns "$p" "${results[@]}" >"$work/found"
check "gives the same results" diff "$work/results" "$work/found"
layers cells "$first/out/t/class.tif" >"$work/wanted"
layers cells "$p/out/t/class.tif" >"$work/found"
check "and the same cells" diff "$work/wanted" "$work/found"
rm -r "$work/base"
mv "$work/here" "$work/base"

copy
edit 's/weight: 3/weight: 21/; s/weight: 1/weight: 7/'
analyse
expect "all weights times 7" 0
for name in suitability class limiting; do
    check "the same bytes in $name.tif" \
        cmp "$first/out/t/$name.tif" "$p/out/t/$name.tif"
done

copy
constant 14 14 85 | raster "$p/soil.tif" EPSG:2154 $((x - 20)) $((y + 120)) \
    10 -1
analyse
expect "a better soil" 0
check "never lowers a score" "$python" - "$first" "$p" <<'PY'
import sys
sys.path.insert(0, "tests/cli")
from layers import cells
old, new = (cells(f + "/out/t/suitability.tif") for f in sys.argv[1:])
assert old != new
for a, b in zip(old, new):
    assert all(n >= o for o, n in zip(a, b)), (a, b)
PY
finish
