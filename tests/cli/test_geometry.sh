#!/usr/bin/env bash
# Shapes that are not what they should be, and what they do to hectares: split,
# repeated, overlapping, thin, touching themselves, inside out.
# shellcheck disable=SC2119 # analyse takes options or none
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
base
x=520000 y=6940000

# sums: the hectares of the territory in the last run, but for classes, which are
# those of parcels
sums() {
    "$python" - "$p/out/manifest.json" <<'PY'
import json, sys
territory = json.load(open(sys.argv[1]))["territories"][0]
print({key: territory[key] for key in (
    "area_ha", "marginal_ha", "marginal_by_kind_ha", "excluded_ha",
    "plantable_ha")})
PY
}

# land PARCEL...: plantable hectares of parcels in the last run, summed
land() {
    "$python" - "$p/out/pilot/parcels.csv" "$@" <<'PY'
import csv, sys
rows = csv.DictReader(open(sys.argv[1], encoding="utf-8-sig"))
print("%.4f" % sum(float(r["plantable_ha"] or 0) for r in rows
                   if r["parcel_id"] in sys.argv[2:] or not sys.argv[2:]))
PY
}

# parcels: the copy's layer of parcels, "id|wkt" lines on standard input
parcels() {
    rm "$p/parcels.gpkg"
    { echo "id|wkt"; cat; } | vector "$p/parcels.gpkg" EPSG:2154
}

square() { # X Y SIDE: a box, metres from the territory's corner
    box $((x + $1)) $((y + $2)) $((x + $1 + $3)) $((y + $2 + $3))
}

copy
analyse
expect "the parcels as they are" 0
whole=$(sums)
area=$(land A)
rest=$(land B C D)

# ---- partition: cut along lines on and off the grid
for cut in 137 200 213.37; do
    copy
    {
        "$python" - "$cut" <<'PY'
import sys
c = float(sys.argv[1])
def ring(points):
    return "POLYGON((" + ",".join(
        "%r %r" % (520000 + a, 6940000 + b) for a, b in points + points[:1]) + "))"
print("A1|" + ring([(100, 100), (c, 100), (c + 11.3, 300), (100, 300)]))
print("A2|" + ring([(c, 100), (300, 100), (300, c), (c + 40, 155)]))
print("A3|" + ring([(c, 100), (c + 40, 155), (300, c), (300, 300), (c + 11.3, 300)]))
PY
        echo "B|$(square 400 100 200)"
        echo "C|$(square 100 600 200)"
        echo "D|$(square 700 600 200)"
    } | parcels
    analyse
    expect "partition at $cut" 0
    same "partition at $cut: the territory's sums keep every digit" "$whole" \
        "$(sums)"
    near "partition at $cut: the parts are the whole" "$area" \
        "$(land A1 A2 A3)" 0.00016
    same "partition at $cut: the others are as they were" "$rest" \
        "$(land B C D)"
done

# ---- the same land twice: it counts once, for the first in the file
# totals: what the last run's files add up to
totals() {
    json "territories.0.plantable_ha"
    sed -E 's/,double_ha[^,]*//' "$p/out/summary.csv"
}
others="B|$(square 400 100 200)
C|$(square 100 600 200)
D|$(square 700 600 200)"
copy
analyse
once=$(totals)
copy
{
    for id in A A2; do echo "$id|$(square 100 100 200)"; done
    echo "$others"
} | parcels
analyse
expect "a parcel that is there twice" 0 \
    "1 parcels overlap earlier ones by 3.9963 ha in all (1 repeat one whole)" \
    "'A2' (fid 2)"
same "twice: the territory's sums keep every digit" "$whole" "$(sums)"
same "twice: so do the tables" "$once" "$(totals)"
same "twice: the land is the first one's" "$area 0.0000" "$(land A) $(land A2)"
same "twice: as large as it is" \
    "$(field "$p/out/pilot/parcels.csv" A area_ha)" \
    "$(field "$p/out/pilot/parcels.csv" A2 double_ha)"
same "twice: in the results for programs" "1 1" \
    "$(json territories.0.overlapping_parcels) $(json territories.0.repeated_parcels)"
run explain A2 "$project" --out "$p/out"
expect "twice: and by explain" 0 "Shared with earlier parcels" "3.9963"
run check "$project" --json
same "twice: and check says it" "1" \
    "$("$python" -c 'import json, sys
print(*(l["repeated"] for l in json.load(open(sys.argv[1]))["layers"]
        if "repeated" in l))' "$work/stdout")"

copy
{
    echo "A|$(square 100 100 200)"
    echo "$others"
    echo "over|$(square 200 100 300)" # half of A, half of B
    echo "third|$(square 250 250 100)" # all of it in A and over
} | parcels
analyse
expect "parcels that overlap" 0 "2 parcels overlap earlier ones"
same "overlapping: the territory's sums keep every digit" "$whole" "$(sums)"
near "overlapping: as many hectares as are double" 5 \
    "$("$python" -c "print($(json territories.0.double_ha) / 0.99907896)")" 0.00005
same "overlapping: the parcel that lies in others has none" 0.0000 "$(land third)"
same "overlapping: in the manifest, to the square metre" \
    "$("$python" -c "print('%.4f' % $(json territories.0.double_ha))")" \
    "$("$python" -c "import json
print('%.4f' % json.load(open('$p/out/manifest.json'))['territories'][0]['double_ha'])")"
# 11 ha of A, B and over, 4 of C, less the building
near "overlapping: the parcels add up to the land of all together" 14.64 \
    "$("$python" -c "print($(land) / 0.99907896)")" 0.0003
analyse --overwrite --threads 1
cp "$p/out/pilot/parcels.csv" "$work/one.csv"
analyse --overwrite --threads 4
check "overlapping: the same for any number of threads" \
    cmp "$work/one.csv" "$p/out/pilot/parcels.csv"

# ---- slivers: 1 mm wide, along a border and on their own
copy
{
    echo "A|$(square 100 100 200)"
    echo "B|$(square 400 100 200)"
    echo "C|$(square 100 600 200)"
    echo "D|$(square 700 600 200)"
    echo "S1|POLYGON((520300 6940100,520300.001 6940100,520300.001 6940300,520300 6940300,520300 6940100))"
    echo "S2|POLYGON((520310 6940500,520450 6940500.0001,520310 6940500.0002,520310 6940500))"
} | parcels
analyse
expect "slivers" 0
same "slivers: the territory's sums keep every digit" "$whole" "$(sums)"
near "slivers: their land" 0.00002 "$(land S1 S2)" 0.00011

# ---- rings that touch themselves, holes outside, parts in parts
shape() { # WHAT WKT HECTARES
    copy
    {
        echo "W|$2"
        echo "B|$(square 400 100 200)"
    } | parcels
    analyse
    expect "$1" 0
    # on the ellipsoid
    near "$1: its land" "$3" "$("$python" -c "print($(land W) / 0.999077)")" \
        0.0002
}
at() { # x,y pairs in metres from the corner as WKT positions
    "$python" -c 'import sys
print(",".join("%d %d" % (520000 + int(p.split(",")[0]), 6940000 + int(p.split(",")[1])) for p in sys.argv[1:]))' "$@"
}
shape "a ring that touches itself at a point" \
    "POLYGON(($(at 200,600 300,600 300,700 400,700 400,800 300,800 300,700 200,700 200,600)))" 2
shape "a ring that runs along itself" \
    "POLYGON(($(at 200,600 300,600 300,650 350,650 300,650 300,700 200,700 200,600)))" 1
shape "a hole that touches its shell" \
    "POLYGON(($(at 200,600 300,600 300,700 200,700 200,600)),($(at 200,600 250,620 250,650 200,600)))" \
    0.925
# an area that was drawn as a hole by mistake: kept, and the change is said
shape "a hole outside its shell" \
    "POLYGON(($(at 200,600 300,600 300,700 200,700 200,600)),($(at 350,600 400,600 400,650 350,650 350,600)))" 1.25
shape "a hole that is the whole" \
    "MULTIPOLYGON((($(at 200,600 300,600 300,700 200,700 200,600))),(($(at 350,600 400,600 400,650 350,600)),($(at 350,600 400,600 400,650 350,600))))" 1
shape "a part inside another" \
    "MULTIPOLYGON((($(at 200,600 300,600 300,700 200,700 200,600))),(($(at 220,620 240,620 240,640 220,640 220,620))))" 1
shape "parts that overlap" \
    "MULTIPOLYGON((($(at 200,600 300,600 300,700 200,700 200,600))),(($(at 250,600 350,600 350,700 250,700 250,600))))" 1.5
shape "an island in a hole" \
    "MULTIPOLYGON((($(at 200,600 300,600 300,700 200,700 200,600)),($(at 220,620 280,620 280,680 220,680 220,620))),(($(at 240,640 260,640 260,660 240,660 240,640))))" \
    0.68
shape "collections in collections" \
    "GEOMETRYCOLLECTION(MULTIPOLYGON((($(at 200,600 300,600 300,700 200,700 200,600)))),GEOMETRYCOLLECTION(POLYGON(($(at 350,600 400,600 400,650 350,650 350,600)))))" 1.25
shape "points that repeat" \
    "POLYGON(($(at 200,600 200,600 300,600 300,600 300,700 200,700 200,700 200,600)))" 1

# ---- where coordinates jump
for crs in EPSG:3031 EPSG:3413 EPSG:32661 EPSG:3832; do
    copy
    edit "s/^crs: .*/crs: $crs/"
    run check "$project"
    expect "a project in $crs is refused" 3 "$project:4:6: crs: " \
        "holds a pole or crosses the antimeridian" "UTM"
done
finish
