#!/usr/bin/env bash
# Peer: the chain of GDAL programs that a skilled person writes, for the
# project of workset.py. Zonal means by QGIS: GDAL has no tool for them.
# usage: JOBS=1|2 gdal.sh WORK OUT     (JOBS: steps at a time)
set -euo pipefail
work=$1 out=$2
here=$(cd "$(dirname "$0")" && pwd)
size=$(gdalinfo "$work/rasters/drainage.tif" | sed -n 's/^Size is \([0-9]*\),.*/\1/p')
x0=500000 y0=6900000
grid="-te $x0 $((y0 - 5 * size)) $((x0 + 5 * size)) $y0 -tr 5 5"
# Strips of many rows, not compressed: quickest to write and to read again.
raw="-co BLOCKYSIZE=128 -co BIGTIFF=IF_SAFER"
cog="-of COG -co COMPRESS=DEFLATE -co NUM_THREADS=2 -co BIGTIFF=IF_SAFER"
export work out here size grid raw cog
export GDAL_NUM_THREADS=2 GDAL_CACHEMAX=512 PYTHONWARNINGS=ignore
mkdir -p "$out"

warp() { # RASTER
    # shellcheck disable=SC2086 # lists of words, here and below
    gdalwarp -q $grid $raw -r bilinear -multi -wo NUM_THREADS=2 -wm 256 \
        "$work/rasters/$1.tif" "$out/$1.tif"
}

terrain() { # the terrain has a margin of one cell; a VRT cuts it off
    gdal_translate -q -of VRT -srcwin 1 1 "$size" "$size" \
        "$work/rasters/dem.tif" "$out/dem.vrt"
    # shellcheck disable=SC2086
    gdaldem slope -q -p $raw "$work/rasters/dem.tif" "$out/slope-wide.tif"
    gdal_translate -q -of VRT -srcwin 1 1 "$size" "$size" \
        "$out/slope-wide.tif" "$out/slope.vrt"
}

burn() { # SOURCE LAYER NAME
    # shellcheck disable=SC2086
    gdal_rasterize -q -burn 1 -init 0 -ot Byte $grid $raw -l "$2" "$1" \
        "$out/$3.tif"
}

burn_buffer() { # SOURCE LAYER NAME METRES [NATURE]
    # shellcheck disable=SC2016 # the quotes are those of SQL
    ogr2ogr -q -f FlatGeobuf -lco SPATIAL_INDEX=NO -nln "$3" -nlt PROMOTE_TO_MULTI \
        -dialect sqlite \
        -sql "select ST_Buffer(geom, $4, 16) from $2 ${5:+where nature = '$5'}" \
        "$out/$3.fgb" "$work/vectors/$1.gpkg"
    burn "$out/$3.fgb" "$3" "$3"
}

distance() { # NAME
    # shellcheck disable=SC2086
    gdal_proximity.py -q "$out/$1.tif" "$out/dist_$1.tif" -distunits GEO \
        -ot Float32 $raw
}

calc() { # NAME TYPE NODATA EXPRESSION FILES...
    local name=$1 type=$2 nodata=$3 expression=$4
    shift 4
    # shellcheck disable=SC2086
    gdal_calc.py --quiet --overwrite --type "$type" --NoDataValue "$nodata" \
        ${raw//-co /--co } --calc "$expression" "$@" --outfile "$out/$name.tif"
}

land() { # marginal kinds; what is plantable (1), what is excluded (2)
    calc marginal Byte 0 "2 * A + 4 * (B & ~C & 1)" -A "$out/catchments.tif" \
        -B "$out/corridor.tif" -C "$out/kept.tif"
    calc land Byte 0 "where(A > 0, 1 + (B | C), 0)" -A "$out/marginal.tif" \
        -B "$out/built.tif" -C "$out/kept.tif"
}

# Memberships in the order of the project; A..J as in `factors`.
members=("clip((20 - C) / 12, 0, 1)" "clip(1 - B / 250, 0, 1)"
    "clip((A - 25) / 75, 0, 1)"
    "clip(minimum((E - 450) / 250, (1500 - E) / 600), 0, 1)"
    "take(float32([0, 1, .9, .6, .25, 0]), D)" "clip((1000 - F) / 950, 0, 1)"
    "clip(G / 500, 0, 1)" "clip(1 - H / 2000, 0, 1)" "clip(1 - I / 3000, 0, 1)"
    "float32(1 - J)")
weights=(.15 .05 .15 .1 .15 .1 .1 .1 .05 .05)
total="" costs=""
for i in "${!members[@]}"; do
    total+="${total:+ + }${weights[i]} * ${members[i]}"
    costs+="${costs:+, }${weights[i]} * (1 - ${members[i]})"
done
export total costs

factors() { # NAME TYPE NODATA EXPRESSION
    calc "$@" -A "$out/depth.tif" -B "$out/dem.vrt" -C "$out/slope.vrt" \
        -D "$work/rasters/drainage.tif" -E "$out/rain.tif" \
        -F "$out/dist_lines.tif" -G "$out/dist_zones.tif" \
        -H "$out/dist_points.tif" -I "$out/dist_catchments.tif" \
        -J "$out/zones.tif" -M "$out/land.tif"
}

classes() {
    calc class Byte 0 "where(M == 2, 6, where(M == 0, 0, where(A >= 75, 1,
        where(A >= 50, 2, where(A >= 25, 3, where(A >= 12.5, 4, 5))))))" \
        -A "$out/score.tif" -M "$out/land.tif" --hideNoData
}

publish() { # FROM TO RESAMPLING
    # shellcheck disable=SC2086
    gdal_translate -q -ot Byte $cog -co OVERVIEW_RESAMPLING="$3" \
        "$out/$1.tif" "$out/cog/$2.tif"
}

parcels() {
    "$here/zonal_qgis.py" "$out/score.tif" "$work/vectors/parcels.gpkg" \
        "$out/cog/parcels.gpkg"
    ogr2ogr -q -f CSV "$out/cog/parcels.csv" "$out/cog/parcels.gpkg" -sql \
        "select id, score_count * 25 / 10000 plantable_ha, score_mean score
         from parcels"
}
export -f warp terrain burn burn_buffer distance calc land factors classes \
    publish parcels

# The commands given, as many at a time as asked for; says what each took; the
# first failure ends the chain.
# shellcheck disable=SC2016 # the words are for the inner shell
stage() {
    printf '%s\0' "$@" | xargs -0 -n 1 -P "${JOBS:-1}" bash -euo pipefail -c '
        TIMEFORMAT="%R s  $1"
        time eval "$1" || exit 255' step
}

mkdir -p "$out/cog"
# shellcheck disable=SC2016 # $work is for the inner shell
stage terrain 'warp depth' 'warp rain' \
    'burn_buffer lines routes corridor 7.75 "Route à 1 chaussée"' \
    'burn_buffer lines routes kept 4.75 "Route à 1 chaussée"' \
    'burn_buffer zones zones built 10' \
    'burn "$work/vectors/lines.gpkg" routes lines' \
    'burn "$work/vectors/zones.gpkg" zones zones' \
    'burn "$work/vectors/points.gpkg" sites points' \
    'burn "$work/vectors/catchments.gpkg" zones catchments'
stage 'distance lines' 'distance zones' 'distance points' \
    'distance catchments' land
# shellcheck disable=SC2016
stage 'factors score Float32 255 "where(M == 1, 100 * ($total), 255)"' \
    'factors limiting Byte 0 "where(M == 1, argmax(stack([$costs]), 0) + 1, 0)"'
stage parcels classes 'publish score suitability AVERAGE' \
    'publish limiting limiting MODE' 'publish marginal marginal MODE'
publish class class MODE
