#!/usr/bin/env bash
# The page for staff: what the file holds, and what it does in headless
# Chromium (skipped where Chromium or the packages from npm cannot be had).
. tests/cli/lib.sh
base

# page: a copy of the base project that writes index.html only, in French
page() {
    copy
    edit 's/^language: en/language: fr/'
    edit '/^outputs:/d'
    echo 'outputs: [html]' >>"$project"
}

page
analyse --threads 1
expect "html: runs" 0
index=$p/out/index.html
same "html: the whole page is one file" "index.html manifest.json pilot" \
    "$(find "$p/out" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort | xargs)"
check "html: nothing may be loaded" \
    grep -q "default-src 'none'; script-src 'unsafe-inline'" "$index"
check "html: Leaflet's licence is there" grep -q "Vladimir Agafonkin" "$index"
same "html: no address of another host in an attribute" "" \
    "$(sed '/<script type/q' "$index" |
        grep -oE '(src|href)="?(https?:)?//[^ ]*')"
check "html: made-up data are not claimed" grep -q 'role="note" hidden' "$index"
cp "$index" "$work/one.html"
analyse --threads 2 --overwrite
check "html: the same bytes with two threads" cmp "$work/one.html" "$index"

page # hostile names
ids=('<img src=x onerror=broken=1>' $'"\'</script><b id=x>&amp;\U1F33E' $'\u202eאבג-7')
{
    echo "id|wkt"
    for i in 0 1 2; do
        echo "${ids[i]}|$(box $((520050 + i * 150)) 6940400 \
            $((520150 + i * 150)) 6940500)"
    done
} | vector "$p/hostile.gpkg" EPSG:2154
edit 's/^parcels: .*/parcels: {source: hostile.gpkg, id: id}/'
edit "s/^title: .*/title: \"<script>broken=1<\/script> & 'a'\"/"
edit 's/name: Pilot,/name: "<\/title><img src=x onerror=broken=1>",/'
edit 's/id: depth,/id: depth, title: "<\/script><svg onload=broken=1>",/'
analyse
expect "html: hostile names run" 0
hostile=$p/out/index.html
# three scripts and the data: a name can neither end nor begin one
same "html: hostile names make no script element" 3 \
    "$(grep -o '<script' "$hostile" | wc -l)"

page # nothing marginal
edit 's/polluted\.gpkg/nothing.gpkg/'
{
    echo "id|wkt"
    echo "1|$(box 520980 6940980 521100 6941100)"
} | vector "$p/nothing.gpkg" EPSG:2154
analyse
expect "html: nothing plantable runs" 0
nothing=$p/out/index.html

page # in English, made up
edit 's/^language: fr/language: en/'
analyse
expect "html: English runs" 0
english=$p/out/index.html

page # 20,000 parcels of twelve corners
"$python" - >"$work/many.txt" <<'MANY'
import math
print("id|wkt")
for n in range(20000):
    x, y = 520000 + n % 142 * 7, 6940000 + n // 142 * 7
    ring = [(x + 3.4 + 3 * math.cos(a * math.pi / 6) * (1 + n % 3 / 9),
             y + 3.4 + 3 * math.sin(a * math.pi / 6)) for a in range(12)]
    ring.append(ring[0])
    print("76%03d0000A%05d|POLYGON((%s))" % (n // 500, n, ",".join(
        "%.2f %.2f" % p for p in ring)))
MANY
vector "$p/many.gpkg" EPSG:2154 <"$work/many.txt"
edit 's/^parcels: .*/parcels: {source: many.gpkg, id: id}/'
edit 's/polluted\.gpkg/all.gpkg/'
{
    echo "id|wkt"
    echo "1|$(box 519900 6939900 521100 6941100)"
} | vector "$p/all.gpkg" EPSG:2154
analyse
expect "html: 20,000 parcels run" 0
many=$p/out/index.html
size=$(stat -c %s "$many")
check "html: at most 15 MB for 20,000 parcels" test "$size" -le 15000000
echo "# 20,000 parcels: $size bytes"

# ---- in the browser
CHROMIUM=$(command -v chromium) || CHROMIUM=
HTML_MODULES=$PWD/build/html-test
export CHROMIUM HTML_MODULES
if [ -z "$CHROMIUM" ] || ! command -v npm >"$work/npm"; then
    skip "html in a browser: no chromium or no npm"
    finish
fi
mkdir -p "$HTML_MODULES"
if [ ! -e "$HTML_MODULES/node_modules/axe-core/axe.min.js" ] &&
    ! npm install --prefix "$HTML_MODULES" --ignore-scripts --no-audit \
        --no-fund playwright-core@1.65.1 axe-core@4.14.1 >"$work/npm" 2>&1; then
    skip "html in a browser: npm cannot install playwright-core and axe-core"
    finish
fi

# browse WHAT SCRIPT [ARGUMENT...]: its lines count as this script's own
browse() {
    local what=$1 lines
    shift
    lines=$(timeout 120 node "tests/cli/html/$1" "${@:2}" 2>&1) ||
        lines+=$'\n'"not ok - $what: $1 ended badly"
    echo "$lines"
    failures=$((failures + $(grep -c '^not ok - ' <<<"$lines")))
}

browse behaviour behaviour.mjs "$work/one.html"
browse "hostile names" safety.mjs "$hostile" "${ids[@]}"
browse "nothing plantable" opens.mjs "nothing plantable" "$nothing" \
    "Rien n’est plantable"
browse English opens.mjs English "$english" "How to read this page"
browse "20,000 parcels" opens.mjs "20,000 parcels" "$many" "19 951 parcelles" 2
finish
