#!/usr/bin/env bash
# Peer: the project of workset.py in GRASS GIS. Layers are linked, not
# imported: v.in.ogr and v.buffer build topology, which takes minutes here, so
# buffers come from ogr2ogr. Steps that use one thread run two at a time.
# usage: grass.sh WORK OUT            the analysis
#        grass.sh --distances OUT KEEP    its distances as GeoTIFF, afterwards
set -euo pipefail
export GRASS_VERBOSE=0 GRASS_OVERWRITE=1 GDAL_NUM_THREADS=2

inside() { # runs this script again, in the location of OUT
    export GRASS_STEP=$1
    grass "$2/location/PERMANENT" --exec bash "$0" "${@:3}" 2>&1 |
        { grep -v -e '^Starting GRASS' -e '^Cleaning up' -e '^Execut' || true; }
}

both() { # two commands at once
    eval "$1" &
    local first=$!
    eval "$2"
    wait "$first"
}

burn() { # SOURCE LAYER NAME [USE]
    v.external input="$1" layer="$2" output="$3"
    v.to.rast input="$3" output="$3" use="${4:-val}"
}

buffer() { # SOURCE LAYER NAME METRES [NATURE]
    # shellcheck disable=SC2016 # the quotes are those of SQL
    ogr2ogr -q -f GPKG -lco SPATIAL_INDEX=NO -nln "$3" -nlt PROMOTE_TO_MULTI \
        -dialect sqlite \
        -sql "select ST_Buffer(geom, $4, 16) from $2 ${5:+where nature = '$5'}" \
        "$out/$3.gpkg" "$work/vectors/$1.gpkg"
    burn "$out/$3.gpkg" "$3" "$3"
}

terrain() { # the region of the terrain is one cell wider
    g.region raster=dem
    r.slope.aspect elevation=dem slope=slope format=percent nprocs=2
    g.region raster=drainage
}

resample() { # RASTER
    r.external -o input="$work/rasters/$1.tif" output="$1_source"
    r.resamp.interp input="$1_source" output="$1" method=bilinear
}

overlay() {
    r.mapcalc file=- <<'M'
eval(c = !isnull(catchments), r = !isnull(corridor) && isnull(kept), \
     x = !isnull(kept) || !isnull(built))
marginal = 2 * c + 4 * r
land = if(c || r, if(x, 2, 1), 0)
M
    # what each factor costs, weighted; then all results in one pass
    r.mapcalc file=- <<'M'
eval(c1 = 0.15 * (1 - min(max((20 - slope) / 12, 0), 1)), \
     c2 = 0.05 * (1 - min(max(1 - dem / 250, 0), 1)), \
     c3 = 0.15 * (1 - min(max((depth - 25) / 75, 0), 1)), \
     c4 = 0.1 * (1 - min(max(min((rain - 450) / 250, (1500 - rain) / 600), 0), 1)), \
     c5 = 0.15 * (1 - graph(drainage, 1, 1, 2, 0.9, 3, 0.6, 4, 0.25, 5, 0)), \
     c6 = 0.1 * (1 - min(max((1000 - dist_lines) / 950, 0), 1)), \
     c7 = 0.1 * (1 - min(max(dist_zones / 500, 0), 1)), \
     c8 = 0.1 * (1 - min(max(1 - dist_points / 2000, 0), 1)), \
     c9 = 0.05 * (1 - min(max(1 - dist_catchments / 3000, 0), 1)), \
     c10 = if(isnull(zones), 0, 0.05), \
     most = max(c1, c2, c3, c4, c5, c6, c7, c8, c9, c10), \
     s = 100 * (1 - (c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10)))
score = if(land == 1, float(s), null())
suitability = if(land == 1, round(s), null())
class = if(land == 1, if(s >= 75, 1, if(s >= 50, 2, if(s >= 25, 3, \
        if(s >= 12.5, 4, 5)))), if(land == 2, 6, null()))
limiting = if(land == 1, if(c1 == most, 1, if(c2 == most, 2, \
    if(c3 == most, 3, if(c4 == most, 4, if(c5 == most, 5, if(c6 == most, 6, \
    if(c7 == most, 7, if(c8 == most, 8, if(c9 == most, 9, 10))))))))), null())
M
}

publish() { # MAP NODATA RESAMPLING
    r.out.gdal -c -f input="$1" output="$out/$1.tif" format=COG type=Byte \
        nodata="$2" \
        createopt="COMPRESS=DEFLATE,NUM_THREADS=2,OVERVIEW_RESAMPLING=$3"
}

parcels() {
    r.univar -t map=score zones=parcels separator=comma output="$out/univar.csv"
    awk -F, -v OFS=, '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i
                  print "fid", "plantable_ha", "score"; next }
        { print $at["zone"], $at["non_null_cells"] * 25 / 10000, $at["mean"] }
    ' "$out/univar.csv" >"$out/stats.csv"
    "$here/parcels.py" "$work" "$out" "$out/stats.csv"
}

analysis() {
    work=$1 out=$2 here=$3
    local v=$work/vectors
    r.external -o input="$work/rasters/dem.tif" output=dem
    r.external -o input="$work/rasters/drainage.tif" output=drainage
    terrain
    both 'resample depth' 'resample rain'
    both "burn '$v/zones.gpkg' zones zones" "burn '$v/points.gpkg' sites points"
    both "burn '$v/lines.gpkg' routes lines" \
        "burn '$v/catchments.gpkg' zones catchments"
    both 'buffer lines routes corridor 7.75 "Route à 1 chaussée"' \
        'buffer lines routes kept 4.75 "Route à 1 chaussée"'
    both 'buffer zones zones built 10' \
        "burn '$v/parcels.gpkg' parcelles parcels cat"
    both 'r.grow.distance input=lines distance=dist_lines' \
        'r.grow.distance input=zones distance=dist_zones'
    both 'r.grow.distance input=points distance=dist_points' \
        'r.grow.distance input=catchments distance=dist_catchments'
    overlay
    both 'publish suitability 255 AVERAGE' 'publish class 0 MODE'
    both 'publish limiting 0 MODE' 'publish marginal 0 MODE'
    parcels
}

distances() {
    for name in lines zones points catchments; do
        r.out.gdal -c -f input=dist_$name output="$1/dist_$name.tif" \
            type=Float32
    done
}

case "${GRASS_STEP:-}" in
analysis) analysis "$@" ;;
distances) distances "$@" ;;
*)
    if [ "$1" = --distances ]; then
        inside distances "$2" "$3"
    else
        mkdir -p "$2"
        rm -rf "$2/location"
        grass -c EPSG:2154 "$2/location" -e
        inside analysis "$2" "$1" "$2" "$(cd "$(dirname "$0")" && pwd)"
    fi
    ;;
esac
