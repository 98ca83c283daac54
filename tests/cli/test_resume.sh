#!/usr/bin/env bash
# --resume: what an interrupted run finished is not computed again, and the
# result is the same to the byte; what changed or was damaged since is.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
unset SOURCE_DATE_EPOCH
base
copy
rm "$p/territory.gpkg"
printf 'name|wkt\nSouth|%s\nMiddle|%s\nNorth|%s\n' \
    "$(box 520000 6940000 521000 6940300)" \
    "$(box 520000 6940150 521000 6940700)" \
    "$(box 520000 6940500 521000 6941000)" |
    vector "$p/territory.gpkg" EPSG:2154
sed -i "s/.*id: pilot.*/  - {id: south, source: territory.gpkg, where: \"name = 'South'\"}\n  - {id: middle, source: territory.gpkg, where: \"name = 'Middle'\"}\n  - {id: north, source: territory.gpkg, where: \"name = 'North'\"}/
    s/^outputs:.*/outputs: [gpkg, csv, xlsx, html]\nuncertainty: {draws: 100, seed: 3, weights: {concentration: 50}}/" "$project"
named() { printf 'nom|wkt\n%s|%s\n' "$1" "$(box 520000 6940000 520500 6941000)"; }
named Bourg | vector "$p/places.gpkg" EPSG:2154
echo "places: {source: places.gpkg}" >>"$project"
run run "$project" --out "$p/whole"
expect "a run from end to end" 0
if ! kill_at; then
    skip "resuming after kills: not under a sanitizer"
    finish
fi

# interrupt: a run that is killed with south and middle finished
interrupt() {
    rm -rf "$p/out" "$p/.out.terramis"
    { # the shell says what was killed
        KILL_FILE=.out.terramis/new/north/parcels.csv KILL_AT=1 \
            LD_PRELOAD=$work/kill_at.so "$TERRAMIS" run "$project" \
            --out "$p/out" -q >/dev/null 2>&1
    } 2>/dev/null
    ls "$p/.out.terramis/journal" >"$work/journal"
}

# as_whole WHAT TEXT...: the last run gave the same bytes, and says so
as_whole() {
    local what=$1
    shift
    expect "$what" 0 "$@"
    same "$what: the same bytes" "" "$(diff -rq "$p/whole" "$p/out")"
    same "$what: nothing is left" "" "$(find "$p" -name '.*.terramis')"
}

# resumed WHAT TEXT...: --resume gives the same bytes, and says so
resumed() {
    run run "$project" --out "$p/out" --resume
    as_whole "$@"
}
taken_over="finished by the interrupted run"

interrupt
same "two territories are finished" "middle.json middle.sums south.json south.sums" \
    "$(tr '\n' ' ' <"$work/journal" | sed 's/ $//')"
resumed "a run that goes on" "territory south: $taken_over" \
    "territory middle: $taken_over" "no:territory north"
interrupt
run run "$project" --out "$p/out"
as_whole "without --resume" "an interrupted run is thrown away" \
    "no:$taken_over"
interrupt
run run "$project" --out "$p/out" --resume --threads 3 --tile 128
as_whole "other threads and tiles" "territory south: $taken_over"
run run "$project" --out "$p/out" --resume
expect "--resume does not replace results" 6 "holds results already"
run run "$project" --out "$p/out" --resume --overwrite
expect "--resume where nothing was interrupted" 0 "no:$taken_over"

# ---- what was damaged is computed again
damage() { # WHAT FILE COMMAND...
    interrupt
    (cd "$p/.out.terramis" && "${@:2}")
    resumed "$1" "territory south: computed again" \
        "territory middle: $taken_over"
}
damage "a changed file" sed -i 's/B/b/' new/south/parcels.csv
damage "a missing file" rm new/south/parcels.csv
damage "a file more" touch new/south/more
damage "an empty record" truncate -s 0 journal/south.json
damage "half a record" truncate -s 300 journal/south.json
damage "another date" sed -i 's/"date":"2/"date":"1/' journal/south.json
damage "another key" sed -i 's/"key":"./"key":"x/' journal/south.json
damage "a shorter list" "$python" -c '
import json
r = json.load(open("journal/south.json"))
del r["outputs"][0]
json.dump(r, open("journal/south.json", "w"))'
damage "changed sums" "$python" -c '
with open("journal/south.sums", "r+b") as f:
    f.seek(100)
    f.write(b"\xff")'
damage "sums of another" cp journal/middle.sums journal/south.sums
interrupt
ln -sf ../middle/parcels.csv "$p/.out.terramis/new/south/parcels.csv"
resumed "a link for a file" "thrown away: a link or pipe" "no:$taken_over"

# ---- what changed is computed again
changed() { # WHAT, after the change
    run run "$project" --out "$p/out" --resume "${@:2}"
    expect "$1: computed again" 0 "territory south: computed again" \
        "territory middle: computed again" "no:$taken_over"
}
interrupt
sed -i 's/weight: 3/weight: 2/' "$project"
changed "a weight"
sed -i 's/weight: 2/weight: 3/' "$project"
interrupt
changed "the resolution" --resolution 9
interrupt
cp "$p/depth.tif" "$p/depth.old"
constant 24 24 70 | raster "$p/depth.tif" EPSG:2154 519900 6941100 50 -9999
changed "a layer"
mv "$p/depth.old" "$p/depth.tif"
interrupt
mv "$p/places.gpkg" "$p/places.old"
named Ville | vector "$p/places.gpkg" EPSG:2154
changed "names on the maps"
mv "$p/places.old" "$p/places.gpkg"
interrupt
touch "$p/depth.tif" # other time, same bytes
resumed "a layer that was only touched" "territory south: $taken_over"
interrupt
cp "$TERRAMIS" "$work/program"
cp -r "$(dirname "$TERRAMIS")/locale" "$work/locale" 2>/dev/null
printf x >>"$work/program"
program=$TERRAMIS TERRAMIS=$work/program
changed "another program"
TERRAMIS=$program

# ---- the date is that of the run that was interrupted
SOURCE_DATE_EPOCH=981200000 interrupt # 2001-02-03
run run "$project" --out "$p/out" --resume
expect "the next day" 0 "territory south: $taken_over"
check "results have one date" grep -q '"date":"2001-02-03"' "$p/out/manifest.json"

# ---- at any moment, and again while it goes on
kills "killed and gone on with" resume "$work" "$project" "$p/whole" 60 20261124

# ---- inputs that change or go away during the run
lose() { # WHAT COMMAND...
    rm -rf "$p/out"
    "$TERRAMIS" run "$project" --out "$p/out" --resolution 0.4 --overwrite \
        >"$work/stdout" 2>"$work/stderr" &
    pid=$!
    for ((i = 0; i < 400; i++)); do
        [ -e "$p/.out.terramis/new/south" ] && break
        sleep 0.02
    done
    "${@:2}"
    wait $pid
    code=$? command="terramis run, road.gpkg $1"
    expect "an input that $1 during the run" 4 \
        "road.gpkg: changed while the project was computed"
    check "$1: nothing is published" test ! -e "$p/out"
}
lose changes sh -c "echo >>'$p/road.gpkg'"
lose "goes away" mv "$p/road.gpkg" "$p/gone.gpkg"

# ---- tiles of a territory that was not finished: 16, kept one by one
export SOURCE_DATE_EPOCH=1790000000 # 2026-09-21
copy
edit 's/^resolution: .*/resolution: 2/; s/^outputs:.*/outputs: [cog, csv]/'
run run "$project" --out "$p/whole" --tile 128 -v
expect "16 tiles in one go, too short to keep anything" 0 "no:tiles kept"

# stop FILE N [SIGNAL]: a run that ends before the Nth change of the disk from
# when FILE of its checkpoint is put in its place
stop() {
    rm -rf "$p/out" "$p/.out.terramis"
    { # the shell says what was killed
        KILL_FILE=/pilot/$1 KILL_AT=$2 KILL_BY=${3:-9} \
            LD_PRELOAD=$work/kill_at.so "$TERRAMIS" run "$project" \
            --out "$p/out" --tile 128 --checkpoint 0.001 \
            >"$work/stdout" 2>"$work/stderr"
        code=$?
    } 2>/dev/null
    command="terramis run, signal ${3:-9} at $1"
}
# later WHAT TEXT...: --resume gives the same bytes, and says so
later() {
    run run "$project" --out "$p/out" --resume --tile 128 "${options[@]}"
    as_whole "$@"
}
goes_on="re:territory pilot: goes on after [1-9][0-9]? of 16 tiles"
again="no:goes on after"
options=()
stop 2.cells 1
same "what is kept of tiles" "0.cells 1.cells 1.sums 2.cells.part tiles.json" \
    "$(cd "$p/.out.terramis/journal/pilot" && echo *)"
later "tiles of a run that was killed" "$goes_on" "no:computed again"
stop 2.cells 1
options=(--threads 3 --checkpoint 0.001 -v --json)
LANGUAGE=fr LC_ALL=C.UTF-8 later "other threads, kept again, told to programs" \
    're:"event":"note","text":"territoire pilot.: reprise, [0-9]+ tuiles sur 16' \
    "16 tuiles gardées pour --resume"
options=()
bad=""
for i in 1 3 5 7; do # cells, sums and record renamed, the sums before removed
    stop 1.cells $i
    [ "$code" = 137 ] || bad+=" $i: exit $code"
    "$TERRAMIS" run "$project" --out "$p/out" --resume --tile 128 \
        >"$work/stdout" 2>"$work/stderr" || bad+=" $i: exit $?"
    holds "$goes_on" || bad+=" $i: from the beginning"
    diff -rq "$p/whole" "$p/out" >/dev/null || bad+=" $i: other bytes"
done
same "killed before each change of the disk by the second part" "" "$bad"
stop 2.cells 1 2
expect "SIGINT among the tiles" 130 \
    "re:0 territories are finished and kept, and [0-9]+ tiles of the next"
later "tiles after SIGINT" "$goes_on"

stop 2.cells 1
printf x | dd of="$p/.out.terramis/journal/pilot/0.cells" bs=1 seek=50 \
    conv=notrunc 2>/dev/null
later "changed cells" "$again" "computed again, its files are not as they were"
stop 2.cells 1
options=(--tile 256)
later "tiles of another size" "$again" "computed again, its tiles have another"
options=()
stop 2.cells 1
sed -i 's/weight: 3/weight: 2/' "$project"
run run "$project" --out "$p/out" --resume --tile 128
expect "tiles under another weight" 0 "$again" \
    "computed again, project, inputs or program have changed"
sed -i 's/weight: 2/weight: 3/' "$project"
stop 2.cells 1
mkdir "$p/.out.terramis/journal/pilot/3.cells.part" # cannot be written
options=(--checkpoint 0.001)
later "no room for a checkpoint" "$goes_on" "warning: cannot write" \
    "The run goes on, but --resume would compute all tiles of territory pilot"
run run "$project" --out "$p/out" --overwrite --checkpoint 0
expect "no seconds" 2 "--checkpoint wants seconds"
finish
