#!/usr/bin/env bash
# The same bytes in every file, whatever the number of threads, the size of
# tiles, the time zone
# and the language of the environment.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
export SOURCE_DATE_EPOCH=1790000000 # 2026-09-21
base
copy
# all outputs, and enough tiles for four threads; edges of polygons that cut
# cells, factors that vary
sed -i '/^outputs:/d; s/^resolution: .*/resolution: 1.7/' "$project"
rm "$p/polluted.gpkg"
printf 'id|wkt\n1|%s\n2|%s\n' \
    "POLYGON((519950 6940013,520437 6939900,520891 6940777,520111 6940999,519950 6940013))" \
    "POLYGON((520301 6940100,520999 6940311,520500 6940500,520301 6940100))" |
    vector "$p/polluted.gpkg" EPSG:2154
"$python" -c '
for row in range(40):
    print(*[40 + 30 * ((row * 7 + col * 13) % 11) / 11 for col in range(40)])' |
    raster "$p/depth.tif" EPSG:2154 519873 6941131 31 -9999

# differing A B: files that differ or that only one has
differing() { diff -rq "$1" "$2" | sed "s#$work/##g"; }

run run "$project" --out "$work/one" --threads 1
expect "one thread" 0
cp "$work/stdout" "$work/one.txt"
check "there are files of every kind" test \
    "$(find "$work/one" -type f | wc -l)" -ge 12
for threads in 2 3 8; do
    run run "$project" --out "$work/many" --threads "$threads"
    expect "$threads threads" 0
    same "$threads threads: the same bytes in every file" "" \
        "$(differing "$work/one" "$work/many")"
    check "$threads threads: the same summary" \
        cmp "$work/one.txt" "$work/stdout"
    rm -rf "$work/many"
done

# nor do tiles of another size change a byte
for tile in 128 512; do
    run run "$project" --out "$work/many" --threads 2 --tile "$tile"
    expect "tiles of $tile cells" 0
    same "tiles of $tile cells: the same bytes in every file" "" \
        "$(differing "$work/one" "$work/many")"
    rm -rf "$work/many"
done

# environments: variables | name
mkdir "$work/again"
mkdir "$work/locale"
for name in fr_FR tr_TR; do
    if localedef -i $name -f UTF-8 "$work/locale/$name.UTF-8" 2>/dev/null; then
        export LOCPATH=$work/locale
    else
        skip "the locale $name.UTF-8 is not here: its runs fall back to C"
    fi
done
while IFS='|' read -r variables name; do
    # shellcheck disable=SC2086 # a list of words
    env $variables "$TERRAMIS" run "$project" --out "$work/again" --overwrite \
        >"$work/stdout" 2>"$work/stderr"
    code=$? command="$variables terramis run"
    expect "$name" 0
    same "$name: the same bytes in every file" "" \
        "$(differing "$work/one" "$work/again")"
done <<'ENVIRONMENTS'
TZ=Pacific/Kiritimati LC_ALL=fr_FR.UTF-8|French, UTC+14
TZ=America/Los_Angeles LC_ALL=C LANG=C|C, UTC-8
LC_ALL=tr_TR.UTF-8|Turkish, where I and i are not one letter
LC_ALL=C.UTF-8 LC_NUMERIC=fr_FR.UTF-8 LANGUAGE=fr|decimal commas
-u LC_ALL LANG=fr_FR.UTF-8 TZ=Asia/Kathmandu|LANG alone, UTC+5:45
-u LC_ALL LANG=C|LANG=C alone
HOME=/nonexistent GDAL_CACHEMAX=16 GDAL_PAM_ENABLED=NO GDAL_TIFF_ENDIANNESS=BIG GDAL_DISABLE_READDIR_ON_OPEN=EMPTY_DIR OGR_SQLITE_JOURNAL=WAL|no home, a small cache, options of GDAL
GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4 MALLOC_PERTURB_=165|another processor's libm, memory full of bytes
ENVIRONMENTS

# all that a run can do: draws, scenarios, several territories, networks,
# parcels that overlap; then what is published of it, and the demo's own files
cp -r "$p" "$work/all"
sed -i 's/^  - .id: pilot.*/  - {id: east, source: territory.gpkg}\n  - {id: west, source: territory.gpkg}/
    s/^constraints:/  right_of_way: [{source: road.gpkg, buffer: 8}]\nconstraints:/' \
    "$work/all/project.yaml"
cat >>"$work/all/project.yaml" <<'PROJECT'
licence: etalab-2.0
uncertainty: {draws: 100, weights: {percent: 20}}
scenarios: [{id: soil, title: Sol, weights: {depth: 1, road: 0}}]
paper: [A3, A4]
PROJECT
rm "$work/all/parcels.gpkg"
{
    echo "id|wkt"
    for i in 0 1 2 3 4 5; do
        echo "P$i|$(box $((520100 + 90 * i)) 6940100 $((520220 + 90 * i)) 6940300)"
        echo "P$i|$(box $((520100 + 90 * i)) 6940100 $((520220 + 90 * i)) 6940300)"
    done
} | vector "$work/all/parcels.gpkg" EPSG:2154
every() { # NAME THREADS WORD...: a run and its publication in an environment
    local name=$1 threads=$2
    shift 2
    env "$@" "$TERRAMIS" run "$work/all/project.yaml" --threads "$threads" \
        --out "$work/$name/run" >"$work/stdout" 2>"$work/stderr" &&
        env "$@" "$TERRAMIS" publish "$work/$name/run" \
            --out "$work/$name/data" >>"$work/stdout" 2>>"$work/stderr" &&
        env "$@" "$TERRAMIS" demo "$work/$name/demo" --small \
            >>"$work/stdout" 2>>"$work/stderr"
    code=$? command="$* terramis run; publish; demo"
}
every c 1 LC_ALL=C TZ=UTC
expect "everything, publication and demo, in C" 0
every fr 4 LC_ALL=fr_FR.UTF-8 TZ=Pacific/Kiritimati
expect "the same in French, UTC+14, 4 threads" 0
same "everything: the same bytes in every file" "" \
    "$(differing "$work/c" "$work/fr")"
run verify "$work/fr/run"
expect "everything: as in its manifest" 0

# started elsewhere, by another path, with other rights for new files
(cd "$p/.." && umask 077 && "$TERRAMIS" run "$(basename "$p")/./project.yaml" \
    --out "$work/again" --overwrite) >"$work/stdout" 2>"$work/stderr"
code=$? command="cd ..; umask 077; terramis run"
expect "another working folder" 0
same "another working folder: the same bytes in every file" "" \
    "$(differing "$work/one" "$work/again")"
(cd "$p" && "$TERRAMIS" run project.yaml --out ../again --overwrite) \
    >"$work/stdout" 2>"$work/stderr"
code=$? command="cd project; terramis run"
expect "the project's folder" 0
same "the project's folder: the same bytes in every file" "" \
    "$(differing "$work/one" "$work/again")"

# ---- real layers
data=$shared/data/cadastre
if [ -e "$data" ]; then
    sed "s#\.\./\.\./\.\./\.\./shared#$(realpath "$shared")#" \
        tests/cli/real/epinay.yaml >"$work/epinay.yaml"
    for threads in 1 4; do
        run run "$work/epinay.yaml" --out "$work/e$threads" --threads $threads
        expect "epinay, $threads threads" 0
    done
    same "epinay: the same bytes in every file" "" \
        "$(differing "$work/e1" "$work/e4")"
else
    skip "real layers with 1 and 4 threads: no $data"
fi
finish
