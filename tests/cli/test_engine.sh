#!/usr/bin/env bash
# The engine where input is absurd or tiny, and the memory it says it takes.
# shellcheck disable=SC2119 # analyse takes options or none
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
base
copy
analyse
expect "the project as it is" 0
plain=$(field "$p/out/pilot/parcels.csv" C score)
score() { field "$p/out/pilot/parcels.csv" "$1" score; }

# ---- headers that promise more than a file can hold
# A TIFF of some 160 bytes: 46,000 x 46,000 floats in one block of 8 GB.
"$python" - "$work/huge.tif" <<'PY'
import struct, sys
tags = [(256, 4, 46000), (257, 4, 46000), (258, 3, 32), (259, 3, 1),
        (262, 3, 1), (273, 4, 150), (277, 3, 1), (278, 4, 46000),
        (279, 4, 8), (339, 3, 3)]
ifd = struct.pack("<H", len(tags)) + b"".join(
    struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
with open(sys.argv[1], "wb") as f:
    f.write((b"II*\0" + struct.pack("<I", 8) + ifd + bytes(4)).ljust(158, b"\0"))
PY
same "huge: the file has 158 bytes" 158 "$(stat -c %s "$work/huge.tif")"
copy
cp "$work/huge.tif" "$p/depth.tif"
(
    ulimit -v 4000000
    analyse
    expect "huge: a 158-byte TIFF that asks for 8 GB" 4 "depth.tif" \
        "no:cannot allocate"
    exit "$failures"
) || failures=$((failures + 1))
copy
run check "$project"
expect "huge: the same project without it" 0
head -c 158 "$p/depth.tif" >"$p/cut.tif" && mv "$p/cut.tif" "$p/depth.tif"
analyse
expect "a TIFF cut after 158 bytes" 4 "depth.tif"

# ---- values that are no numbers
copy
constant 24 24 80 | sed '12s/80/inf/5' |
    raster "$p/depth.tif" EPSG:2154 519900 6941100 50 none
analyse
expect "infinite: outside the parcels but on plantable land" 4 \
    "factor depth: no data at x"
copy
constant 24 24 80 | sed '12s/80/inf/20; 13s/80/-inf/20; 14s/80/nan/20' |
    raster "$p/depth.tif" EPSG:2154 519900 6941100 50 none
analyse
expect "infinite: where nothing is plantable" 0
same "infinite: the score is the same" "$plain" "$(score C)"
copy
constant 24 24 3e38 | raster "$p/depth.tif" EPSG:2154 519900 6941100 50 none
analyse
expect "near the largest float" 0
check "near the largest float: a score within 0..100" \
    "$python" -c "import sys; sys.exit(not 0 <= float('$(score C)') <= 100)"

# ---- tiny rasters and territories
copy
constant 1 1 80 | raster "$p/depth.tif" EPSG:2154 519900 6941100 1200 -9999
analyse
expect "one cell: a raster of 1 x 1 that covers all" 0
copy
constant 1 1 80 | raster "$p/depth.tif" EPSG:2154 520000 6940500 10 -9999
analyse
expect "one cell: a raster of 1 x 1 in the middle of nowhere" 4 \
    "factor depth: no data at x"
copy
constant 1 1 80 | raster "$p/depth.tif" EPSG:2154 519900 6941100 1200 -9999
edit 's/criterion: value/criterion: slope/; s/\[100, 1\]\]/[100, 1]]/'
analyse
expect "one cell: no slope without neighbours" 4 "factor depth: no data at x"
copy
rm "$p/territory.gpkg"
{
    echo "name|wkt"
    echo "Spot|$(box 520171.2 6940151.3 520175.2 6940155.3)"
} | vector "$p/territory.gpkg" EPSG:2154
analyse
expect "a territory smaller than a cell" 0
near "smaller than a cell: its area" 0.0016 \
    "$(json territories.0.area_ha)" 0.0000051
same "smaller than a cell: one cell, all building" "255:1" \
    "$(layers histogram "$p/out/pilot/suitability.tif")"

# ---- what is plantable may be less than a cell
copy
rm "$p/polluted.gpkg"
{
    echo "id|wkt"
    echo "1|$(box 520101 6940101 520103 6940103)"
} | vector "$p/polluted.gpkg" EPSG:2154
analyse
expect "polluted land of 4 m2" 0
near "4 m2: plantable" 0.0004 \
    "$(field "$p/out/pilot/parcels.csv" A plantable_ha)" 0.0000501

# ---- memory: the estimate holds, and does not grow with the rasters
megabytes() { sed -nE "s/.* $1 ([0-9]+) MB.*/\\1/p" "$2" | head -n 1; }
copy
for size in 24 2400; do
    constant 24 24 80 |
        raster "$work/small.tif" EPSG:2154 519900 6941100 50 -9999
    gdal_translate -q -outsize "$size" "$size" -co TILED=YES -co COMPRESS=LZW \
        "$work/small.tif" "$p/depth.tif"
    run check "$project" --threads 2
    expect "memory, raster of $size cells: estimated" 0 "memory of a run"
    estimate=$(megabytes about "$work/stdout")
    run run "$project" --out "$p/out" --overwrite --threads 2
    used=$(megabytes "at most" "$work/stderr")
    check "memory, raster of $size cells: ${used:-?} of ${estimate:-?} MB" \
        test "${used:-9999}" -le $((${estimate:-0} * 5 / 4))
    echo "$used" >"$work/used-$size"
done
check "memory: 10,000 times the cells, at most 60 MB more" test \
    "$(cat "$work/used-2400")" -le $(($(cat "$work/used-24") + 60))
finish
