# Helpers of the command-line tests: `. tests/cli/lib.sh` from the repository
# root, then tests, then `finish`. A test prints one line "ok - what", "not ok -
# what" (details follow, indented) or "skip - what". $work is a folder of the
# script's own, removed at its end.
# shellcheck shell=bash
set -u
: "${TERRAMIS:?the absolute path of the program}"
unset LANGUAGE SOURCE_DATE_EPOCH
export LC_ALL=C.UTF-8
python=/usr/bin/python3
# shellcheck disable=SC2034 # for the scripts that source this
shared=../shared
failures=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ok() { echo "ok - $1"; }

skip() { echo "skip - $1"; }

# not_ok WHAT [DETAIL...]
not_ok() {
    echo "not ok - $1"
    shift
    failures=$((failures + 1))
    [ $# -eq 0 ] || printf '    %s\n' "$@"
}

finish() {
    [ "$failures" -eq 0 ]
    exit
}

# Runs the program; leaves $code and the files $work/stdout and $work/stderr.
run() {
    "$TERRAMIS" "$@" >"$work/stdout" 2>"$work/stderr" </dev/null
    code=$?
    command="terramis $*"
}

# Does the output of the last run hold the text? "re:..." is an extended
# regular expression, "no:..." a text that must not be there.
holds() {
    case $1 in
    re:*) cat "$work/stdout" "$work/stderr" | grep -qE -- "${1#re:}" ;;
    no:*) ! cat "$work/stdout" "$work/stderr" | grep -qF -- "${1#no:}" ;;
    *) cat "$work/stdout" "$work/stderr" | grep -qF -- "$1" ;;
    esac
}

# expect WHAT CODE [TEXT...]: exit code and texts of the last run.
expect() {
    local what=$1 wanted=$2 text
    local -a wrong=()
    shift 2
    [ "$code" = "$wanted" ] || wrong+=("exit $code, not $wanted")
    for text in "$@"; do
        holds "$text" || wrong+=("output lacks: $text")
    done
    # whatever the test, a sanitizer's report is a failure
    holds "no:ERROR: AddressSanitizer" || wrong+=("AddressSanitizer")
    if [ ${#wrong[@]} -eq 0 ]; then
        ok "$what"
    else
        not_ok "$what" "${wrong[@]}" "command: $command" \
            "$(tail -n 25 "$work/stdout" "$work/stderr" | sed 's/^/    /')"
    fi
}

# same WHAT WANTED FOUND
same() {
    if [ "$2" = "$3" ]; then
        ok "$1"
    else
        not_ok "$1" "wanted: $2" "found:  $3"
    fi
}

# near WHAT WANTED FOUND TOLERANCE (absolute)
near() {
    if "$python" -c 'import sys
w, f, t = map(float, sys.argv[1:])
sys.exit(not abs(w - f) <= t)' "$2" "$3" "$4" 2>/dev/null; then
        ok "$1"
    else
        not_ok "$1" "wanted: $2 within $4" "found:  $3"
    fi
}

# check WHAT COMMAND...: ok if the command succeeds.
check() {
    local what=$1 log
    shift
    if log=$("$@" 2>&1); then
        ok "$what"
    else
        not_ok "$what" "command: $*" "$log"
    fi
}

layers() { "$python" tests/cli/layers.py "$@"; }

# A value of the last run's --json: json 'territories.0.area_ha'
json() { layers json "$work/stdout" "$1"; }

# field FILE.csv ID COLUMN: a value of a table of parcels
field() { layers field "$@"; }

# vector FILE CRS [LAYER]: a layer from standard input; the first line names
# the fields, further ones hold their values and WKT, separated by "|". The
# format follows the file's ending, CRS is EPSG:n or "none".
vector() { layers vector "$@"; }

# raster FILE CRS XMIN YMAX CELL [NODATA|none [TYPE]]: a GeoTIFF or AAIGrid of
# the rows on standard input.
raster() { layers raster "$@"; }

# constant COLUMNS ROWS VALUE: rows for `raster`
constant() {
    local row i
    row=$(for ((i = 0; i < $1; i++)); do printf '%s ' "$3"; done)
    for ((i = 0; i < $2; i++)); do echo "$row"; done
}

# box XMIN YMIN XMAX YMAX: WKT
box() {
    echo "POLYGON(($1 $2,$3 $2,$3 $4,$1 $4,$1 $2))"
}

# base: the folder $work/base with a small project that works: a territory of
# 1 km x 1 km, four parcels, its western half polluted, a building in parcel A,
# soil of 80 cm, a road along the south. Every test changes a copy of it.
base() {
    local d=$work/base x=520000 y=6940000
    mkdir "$d"
    {
        echo "name|wkt"
        echo "Pilot|$(box $x $y $((x + 1000)) $((y + 1000)))"
    } | vector "$d/territory.gpkg" EPSG:2154
    {
        echo "id|wkt"
        echo "A|$(box $((x + 100)) $((y + 100)) $((x + 300)) $((y + 300)))"
        echo "B|$(box $((x + 400)) $((y + 100)) $((x + 600)) $((y + 300)))"
        echo "C|$(box $((x + 100)) $((y + 600)) $((x + 300)) $((y + 800)))"
        echo "D|$(box $((x + 700)) $((y + 600)) $((x + 900)) $((y + 800)))"
    } | vector "$d/parcels.gpkg" EPSG:2154
    {
        echo "id|wkt"
        echo "1|$(box $((x - 100)) $((y - 100)) $((x + 500)) $((y + 1100)))"
    } | vector "$d/polluted.gpkg" EPSG:2154
    {
        echo "id|wkt"
        echo "1|$(box $((x + 120)) $((y + 120)) $((x + 180)) $((y + 180)))"
    } | vector "$d/building.gpkg" EPSG:2154
    {
        echo "nature|wkt"
        echo "Route|LINESTRING($((x - 100)) $y,$((x + 1100)) $y)"
    } | vector "$d/road.gpkg" EPSG:2154
    constant 24 24 80 |
        raster "$d/depth.tif" EPSG:2154 $((x - 100)) $((y + 1100)) 50 -9999
    cat >"$d/project.yaml" <<'PROJECT'
version: 1
title: Essai
language: en
crs: EPSG:2154
resolution: 10
territories:
  - {id: pilot, name: Pilot, source: territory.gpkg}
parcels: {source: parcels.gpkg, id: id}
marginal:
  polluted_soil:
    - {source: polluted.gpkg}
constraints:
  - {id: building, source: building.gpkg}
factors:
  - {id: depth, criterion: value, source: depth.tif, weight: 3, membership: {kind: linear, points: [[0, 0], [100, 1]]}}
  - {id: road, criterion: distance, source: road.gpkg, weight: 1, membership: {kind: linear, points: [[0, 1], [1000, 0]]}}
outputs: [cog, gpkg, csv]
PROJECT
}

# copy: a new copy of the base project in the folder $p, its file $project
copies=0
copy() {
    copies=$((copies + 1))
    p=$work/p$copies
    project=$p/project.yaml
    cp -r "$work/base" "$p"
}

# edit SED-EXPRESSION: changes the copy's project file
edit() {
    sed -i -E "$1" "$project"
}

# analyse [OPTION...]: runs the copy into $p/out with JSON on standard output
analyse() {
    run run "$project" --out "$p/out" --json -q "$@"
}

# serve DATA: the services of `fetch`, played at port $port of this machine;
# DATA: folder of real samples, or ""
serve() {
    mkfifo "$work/hold"
    "$python" tests/fetch_server.py ${1:+"$1"} <"$work/hold" >"$work/port" &
    exec 9>"$work/hold" # the server ends when this closes
    for ((i = 0; i < 100; i++)); do
        [ -s "$work/port" ] && break
        sleep 0.05
    done
    # shellcheck disable=SC2034 # for the scripts
    port=$(cat "$work/port")
}

# fetch_project: the beginning of a project whose layers are downloaded, up to
# the addresses of its services
fetch_project() {
    cat <<'PROJECT'
version: 1
language: en
crs: EPSG:2154
resolution: 10
territories: [{id: a, source: vectors/t.gpkg}]
parcels: {source: vectors/p.gpkg, id: id}
marginal: {polluted_soil: [{source: vectors/s.gpkg}]}
factors:
  - {id: f, criterion: value, source: rasters/m.tif, membership: {kind: linear, points: [[0, 0], [9, 1]]}}
services:
PROJECT
}

# kills WHAT WAY ARGUMENT...: killing.py says what it did, or what is wrong
kills() {
    local what=$1 result
    shift
    if result=$("$python" tests/cli/killing.py "$@" 2>&1); then
        ok "$what: $result"
    else
        not_ok "$what" "$result"
    fi
}

# kill_at: the library $work/kill_at.so, which kills a run before a call.
# Returns 1 where the program is under a sanitizer, which it cannot precede.
kill_at() {
    grep -qa __asan_init "$TERRAMIS" && return 1
    check "kill_at.c compiles" "${CC:-cc}" -shared -fPIC \
        -o "$work/kill_at.so" tests/cli/kill_at.c -ldl
}
