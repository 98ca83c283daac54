#!/usr/bin/env bash
# SIGINT and SIGTERM end the program within a second, whatever it is at, and
# leave the old results; finished territories can be gone on with.
# alone: it measures that second
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
export SOURCE_DATE_EPOCH=1790000000 # 2026-09-21
base
copy
sed -i '/^outputs:/d; s/^resolution: .*/resolution: 0.4/' "$project"
for ((i = 0; i < 40; i++)); do # many small parcels: sites, pages, tables
    for ((k = 0; k < 40; k++)); do
        echo "P$i-$k|$(box $((520000 + 25 * i)) $((6940000 + 25 * k)) $((520020 + 25 * i)) $((6940020 + 25 * k)))"
    done
done >"$work/parcels"
rm "$p/parcels.gpkg"
{ echo "id|wkt"; cat "$work/parcels"; } | vector "$p/parcels.gpkg" EPSG:2154

# a second, and what a busy machine adds
kills "signals at random moments" interrupt "$work" "$project" 16 20261124 2.5
kills "a second SIGINT" twice "$project" "$work/twice"

# ---- what was finished before the signal
sed -i "s/.*id: pilot.*/  - {id: one, source: territory.gpkg}\n  - {id: two, source: territory.gpkg}/" "$project"
"$TERRAMIS" run "$project" --out "$p/out" >"$work/stdout" 2>"$work/stderr" &
pid=$!
for ((i = 0; i < 1000; i++)); do
    [ -e "$p/.out.terramis/new/two" ] && break
    sleep 0.02
done
kill -INT $pid
wait $pid
code=$? command="terramis run, SIGINT"
expect "SIGINT after the first territory" 130 "interrupted" "--resume"
run run "$project" --out "$p/out" --resume
expect "--resume after SIGINT" 0 "territory one: finished by the interrupted run"
run verify "$p/out"
expect "and verify" 0 "as in the manifest"
finish
