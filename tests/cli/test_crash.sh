#!/usr/bin/env bash
# A run that is killed leaves the old result or the new one, whole; `verify`
# proves which; two runs do not write into one folder.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
export SOURCE_DATE_EPOCH=1790000000 # 2026-09-21
base
copy
cp "$project" "$p/other.yaml"
sed -i 's/^title: .*/title: Autre/' "$p/other.yaml"

# ---- verify
run run "$project" --out "$p/out" -q
expect "a result to verify" 0
run verify "$p/out"
expect "verify" 0 "15 files" "all as in the manifest"
run verify "$p/out" --json
expect "verify --json" 0 '"verified":true' '"files":15'
run verify "$p/out" -q
same "verify -q says nothing where all is well" "0 " \
    "$code $(cat "$work/stdout" "$work/stderr")"
cp -r "$p/out" "$p/bad"
printf x | dd of="$p/bad/pilot/class.tif" bs=1 seek=700 conv=notrunc 2>/dev/null
echo >>"$p/bad/pilot/parcels.csv"
rm "$p/bad/pilot/marginal.tif"
echo >"$p/bad/pilot/more.txt"
rm "$p/bad/pilot/class.qml"
ln -s ../../out/pilot/class.qml "$p/bad/pilot/class.qml"
run verify "$p/bad"
expect "what is wrong is named" 6 "3 files changed, 1 missing, 1 not in it" \
    "pilot/class.tif: changed: other bytes" \
    "pilot/parcels.csv: changed: another size" \
    "pilot/class.qml: changed: no regular file" \
    "pilot/marginal.tif: missing" "pilot/more.txt: not in the manifest"
run verify "$p/bad" --json
expect "what is wrong, as JSON" 6 '"verified":false'
same "JSON names the missing file" pilot/marginal.tif "$(json missing.0)"
run verify "$p"
expect "a folder without a manifest" 4 "$p/manifest.json: there is no such file"
mv "$p/bad/manifest.json" "$p/bad/m"
head -c 200 "$p/bad/m" >"$p/bad/manifest.json"
run verify "$p/bad"
expect "half a manifest" 4 "this manifest cannot be used: no JSON"
sed 's#"path":"pilot/#"path":"../out/pilot/#' "$p/bad/m" >"$p/bad/manifest.json"
run verify "$p/bad"
expect "a manifest that leads elsewhere" 4 "this manifest cannot be used"

# ---- two runs at a time
"$TERRAMIS" run "$project" --out "$p/two" --resolution 0.2 -q \
    >"$work/first" 2>&1 &
first=$!
for ((i = 0; i < 200; i++)); do
    [ -e "$p/.two.terramis/new" ] && break
    sleep 0.05
done
run run "$project" --out "$p/two"
expect "a second run into the same folder" 6 "$p/two: another run (process $first on" "another folder"
kill -INT $first
wait $first
same "the first is not disturbed, until it is interrupted" 130 $?
same "nor is anything left" "" "$(find "$p" -path '*two*')"

# ---- kill -9
kills "killed at random moments" random "$work" "$project" "$p/other.yaml" \
    200 20261124
if kill_at; then
    kills "killed before calls" calls "$work" "$project" "$p/other.yaml" \
        "$work/kill_at.so"
else
    skip "kills before calls: not under a sanitizer"
fi
finish
