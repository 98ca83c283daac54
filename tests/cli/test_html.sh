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
check "html: nothing may be loaded, only its own scripts may run" \
    grep -qE "default-src &#39;none&#39;; script-src( &#39;sha256-[^;]*&#39;)+; \
style-src &#39;sha256-[^ ]*&#39;; img-src data:; base-uri &#39;none&#39;" "$index"
same "html: nothing unsafe is allowed" 0 "$(grep -c "unsafe-" "$index")"
for words in "Leaflet 1\.[79]\.[0-9].* - https://leafletjs.com" \
    "Copyright (c) 2010-20.*Agafonkin" "Redistributions in binary form must"; do
    check "html: Leaflet's licence is there: $words" grep -q "$words" "$index"
done
same "html: no address of another host in an attribute" "" \
    "$(sed '/<script type/q' "$index" |
        grep -oE '(src|href)="?(https?:)?//[^ ]*')"
check "html: made-up data are not claimed" grep -q 'role="note" hidden' "$index"
cp "$index" "$work/one.html"
analyse --threads 2 --overwrite
check "html: the same bytes with two threads" cmp "$work/one.html" "$index"

# leaflet FOLDER NPM: gets Leaflet with the script NPM as npm
leaflet() {
    mkdir -p "$work/bin"
    { echo "#!/bin/sh" && echo "$2"; } >"$work/bin/npm"
    chmod +x "$work/bin/npm"
    PATH=$work/bin:$PATH .ci/leaflet "$work/$1" 2>"$work/stderr"
}
# an archive as npm would bring it, but for what it holds
mkdir "$work/package" && echo 'alert("not Leaflet")' >"$work/package/leaflet.js"
tar czf "$work/false.tgz" -C "$work" package
while IFS='|' read -r what npm message; do
    leaflet "$what" "$npm"
    same "leaflet: npm $what: Debian's" "0 1" "$? $(grep -c \
        "^Leaflet 1.7.1.*(Debian)" "$work/$what/leaflet-licence.txt")"
    same "leaflet: npm $what: is said" "$message" "$(cat "$work/stderr")"
    check "leaflet: npm $what: its script" \
        cmp "$work/$what/leaflet.js" /usr/share/javascript/leaflet/leaflet.min.js
done <<LEAFLET
fails|exit 1|
lies|cp "$work/false.tgz" leaflet-1.9.4.tgz|leaflet: npm's leaflet 1.9.4 is not the expected one
LEAFLET
same "leaflet: nothing else is left" \
    "leaflet-licence.txt leaflet.css leaflet.js" \
    "$(find "$work/lies" -type f -printf "%f\n" | sort | xargs)"
if .ci/leaflet "$work/true" && grep -q "^Leaflet 1.9.4 " "$work/true/leaflet-licence.txt"
then
    ok "leaflet: npm brings the expected one"
else
    skip "leaflet: npm cannot be reached"
fi
# the same page with the other Leaflet, its policy with the hashes of that
"$python" - "$index" "$work/other.html" "$work/fails" <<'OTHER'
import base64, hashlib, re, sys
page, to, folder = sys.argv[1:]
text = open(page, encoding="utf-8").read()
script = open(folder + "/leaflet.js", encoding="utf-8").read()
script = re.sub(r"(?m)^//# sourceMappingURL.*\n?", "", script)
style = re.sub(r"background-image: *url\([^)]*\);*", "",
               open(folder + "/leaflet.css", encoding="utf-8").read())
text = re.sub(r"<script>[^<]*?Leaflet 1\.9.*?</script>",
              lambda _: "<script>" + script + "</script>", text, flags=re.S)
text = re.sub(r"(<style>).*?(?=:root)", lambda m: m[1] + style, text, flags=re.S)
def hashes(tag):
    return " ".join("&#39;sha256-%s&#39;" % base64.b64encode(hashlib.sha256(
        body.encode()).digest()).decode() for body in re.findall(
            f"<{tag}>(.*?)</{tag}>", text, flags=re.S))
for tag, key in (("script", "script-src"), ("style", "style-src")):
    text = re.sub(key + r"( &#39;[^;]*&#39;)+;",
                  lambda _: key + " " + hashes(tag) + ";", text,
                  count=1)
open(to, "w", encoding="utf-8").write(text)
OTHER

page # hostile names
ids=('<img src=x onerror=broken=1>' $'"\'</script><b id=x>&amp;\U1F33E' $'\u202eאבג-7'
    "$(printf 'x%.0s' {1..300})")
{
    echo "id|nom_com|wkt"
    for i in 0 1 2 3; do
        echo "${ids[i]}|<i>Évil $i</i>${ids[i]}|$(box $((520050 + i * 110)) 6940400 \
            $((520150 + i * 110)) 6940500)"
    done
} | vector "$p/hostile.gpkg" EPSG:2154
edit 's/^parcels: .*/parcels: {source: hostile.gpkg, id: id}/'
edit "s/^title: .*/title: \"<script>broken=1<\/script> & 'a'\"/"
edit 's/name: Pilot,/name: "<\/title><img src=x onerror=broken=1>",/'
edit 's/id: depth,/id: depth, title: "<\/script><svg onload=broken=1>",/'
edit "s/id: road,/id: road, title: \"${ids[3]}\",/"
echo "scenarios: [{id: s, title: \"<b onclick=broken=1>${ids[3]}\", weights: {depth: 0.5}}]" >>"$project"
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

page # a single parcel
edit "s/^parcels: .*/parcels: {source: parcels.gpkg, id: id, where: \"id = 'A'\"}/"
analyse
expect "html: one parcel runs" 0
single=$p/out/index.html

page # two communes of one name, a parcel that tells only its code
edit 's/^parcels: .*/parcels: {source: same.gpkg, id: idu}/'
{
    echo "idu|nom_com|wkt"
    echo "76384000AB0001|Saint-Jean|$(box 520100 6940100 520300 6940300)"
    echo "14362000AB0002|Saint-Jean|$(box 520350 6940100 520500 6940300)"
    echo "76384000AB0003||$(box 520100 6940600 520300 6940800)"
} | vector "$p/same.gpkg" EPSG:2154
analyse
expect "html: communes of one name run" 0
namesakes=$p/out/index.html

page # all that a card may say: communes, kinds, scenarios, uncertainty
edit 's/^parcels: .*/parcels: {source: named.gpkg, id: idu}/'
rm "$p/polluted.gpkg"
edit 's/- \{source: polluted.gpkg\}/- {source: polluted.gpkg, profile: georisques-sis}/'
{
    echo "id_sis|wkt"
    echo "1|$(box 519900 6939900 520500 6941100)"
} | vector "$p/polluted.gpkg" EPSG:2154
{
    echo "nom|wkt"
    echo "Tancarville|$(box 520350 6940000 520650 6940400)"
} | vector "$p/communes.gpkg" EPSG:2154
{
    echo "idu|nom_com|wkt"
    echo "76384000AB0001|Lillebonne|$(box 520100 6940100 520300 6940300)"
    echo "76684000AB0002||$(box 520400 6940100 520600 6940300)"
    echo "76476000ZA0003|Port-Jérôme-sur-Seine|$(box 520100 6940600 520300 6940800)"
} | vector "$p/named.gpkg" EPSG:2154
edit '/^outputs:/d'
cat >>"$project" <<'RICH'
places: {source: communes.gpkg}
outputs: [cog, gpkg, csv, png, html]
planting: {horizon: 10, rate: 3}
uncertainty: {draws: 200, weights: {concentration: 50}}
scenarios:
  - {id: route, title: Accès d'abord, weights: {road: 0.7}}
  - {id: vite, title: Plantation rapide, rate: 50, min_plantable: 1}
RICH
analyse
expect "html: scenarios and uncertainty run" 0
rich=$p/out/index.html

page # in English, made up
edit 's/^language: fr/language: en/'
"$python" -m osgeo_utils.gdal_edit -mo SYNTHETIC=YES "$p/depth.tif"
analyse
expect "html: English runs" 0
english=$p/out/index.html

# many COUNT: parcels of twelve corners, with all that a card may say of them
many() {
    page
    "$python" - "$1" >"$work/many.txt" <<'MANY'
import math, sys
count = int(sys.argv[1])
side = math.ceil(math.sqrt(count))
step = 994 / side
print("id|wkt")
for n in range(count):
    x, y = 520000 + n % side * step, 6940000 + n // side * step
    ring = [(x + step * (.49 + .43 * math.cos(a * math.pi / 6) * (1 - n % 3 / 9)),
             y + step * (.49 + .43 * math.sin(a * math.pi / 6))) for a in range(12)]
    ring.append(ring[0])
    print("76%03d%03dA%05d|POLYGON((%s))" % (n // 500 % 1000, n // 99999, n % 99999, ",".join(
        "%.2f %.2f" % p for p in ring)))
MANY
    vector "$p/many.gpkg" EPSG:2154 <"$work/many.txt"
    edit 's/^parcels: .*/parcels: {source: many.gpkg, id: id}/'
    edit 's/polluted\.gpkg/all.gpkg/'
    {
        echo "id|wkt"
        echo "1|$(box 519900 6939900 521100 6941100)"
    } | vector "$p/all.gpkg" EPSG:2154
    edit '/^outputs:/d'
    for i in 1 2 3 4 5 6; do
        echo "  - {id: f$i, title: Facteur numéro $i, criterion: distance," \
            "source: road.gpkg, weight: 1, membership: {kind: linear," \
            "points: [[0, 0], [$((200 * i)), 1]]}}"
    done >>"$project"
    cat >>"$project" <<'MORE'
outputs: [html]
uncertainty: {draws: 50, weights: {concentration: 50}}
scenarios:
  - {id: a, title: Premier, weights: {depth: 0.5}}
  - {id: b, title: Deuxième, rate: 20}
  - {id: c, title: Troisième, classes: {S1: 80, S2: 60, S3: 40}}
MORE
}

many 20000
analyse
expect "html: 20,000 parcels run" 0
many=$p/out/index.html
size=$(stat -c %s "$many")
check "html: at most 15 MB for 20,000 parcels" test "$size" -le 15000000
echo "# 20,000 parcels: $size bytes"

many 200000
analyse
expect "html: 200,000 parcels run" 0
most=$p/out/index.html
size=$(stat -c %s "$most")
check "html: at most 15 MB for 200,000 parcels" test "$size" -le 15000000
echo "# 200,000 parcels: $size bytes"

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
browse "the other Leaflet" behaviour.mjs "$work/other.html"
browse "hostile names" safety.mjs "$hostile" "${ids[@]}"
browse reasons reasons.mjs "$rich"
browse "communes of one name" communes.mjs "$namesakes"
browse "nothing plantable" opens.mjs "nothing plantable" "$nothing" \
    "Rien n’est plantable"
browse "one parcel" opens.mjs "one parcel" "$single" "1 parcelle, "
browse English opens.mjs English "$english" "How to read this page"
browse "made up" opens.mjs "made up" "$english" "SYNTHETIC DATA"
browse "20,000 parcels" opens.mjs "20,000 parcels" "$many" "parcelles, " 2
browse "200,000 parcels" opens.mjs "200,000 parcels" "$most" \
    "La page montre les 20 000 meilleures parcelles sur" 2
finish
