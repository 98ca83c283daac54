#!/usr/bin/env bash
# shellcheck disable=SC2119 # analyse without options
# Maps from project files: names, sheets, all together; little land, no land,
# hostile names, no font on the machine.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
base

# ---- names of a layer, on both sheets
copy
edit '/^outputs:/d'
cat >>"$project" <<'YAML'
outputs: [png, pdf]
paper: [A3, A4]
places: {source: communes.gpkg, name: nom, importance: population}
YAML
{
    echo "nom|population|wkt"
    echo "Saint-Œuf-en-Caux|1200|$(box 520000 6940000 520500 6941000)"
    echo "<span size=\"99999\">Bourg</span> & fils|50|$(box 520500 6940000 521000 6941000)"
    echo "🌾 עברית|7|$(box 520400 6940400 520600 6940600)"
    echo "$(printf 'Très-long-%.0s' $(seq 60))|3|$(box 520100 6940100 520900 6940300)"
} | vector "$p/communes.gpkg" EPSG:2154
analyse
expect "a project with places runs" 0
out=$p/out
for file in map-class.png map-class-a4.png map-class-a4.wld atlas.pdf \
    atlas-a4.pdf; do
    check "there is $file" test -s "$out/pilot/$file"
done
check "no map of all together where there is one territory" \
    test ! -e "$out/map-class.png" -a ! -e "$out/maps.pdf"
check "valid PNGs" pngcheck -q "$out"/pilot/map-*.png
check "valid PDFs" qpdf --check "$out/pilot/atlas-a4.pdf"
pdftotext "$out/pilot/atlas-a4.pdf" "$work/text"
check "a name can be searched for" grep -qF "Saint-Œuf-en-Caux" "$work/text"
check "markup is text" grep -qF '<span size="99999">Bourg</span> & fils' \
    "$work/text"
same "A4 is A4" "1" "$(pdfinfo "$out/pilot/atlas-a4.pdf" |
    grep -cE 'Page size: .*A4')"
pages() { pdfinfo "$1" | sed -n 's/^Pages: *//p'; }
same "A4 has the pages of A3" "$(pages "$out/pilot/atlas.pdf")" \
    "$(pages "$out/pilot/atlas-a4.pdf")"
check "A4 has the key figures" grep -qE "Key figures|Chiffres clés" "$work/text"
# a word's box is 1.164 times as high as its letters' size (DejaVu Sans)
smallest() {
    pdftotext -bbox "$1" - | sed -nE \
        's/.*xMin="(.*)" yMin="(.*)" xMax="(.*)" yMax="(.*)">.{8,}<.*/\1 \2 \3 \4/p' |
        awk '{ h = $4 - $2; w = $3 - $1; if (w < h) h = w
               if (!n++ || h < least) least = h }
             END { printf "%.2f", least / 1.164 }'
}
for file in atlas.pdf atlas-a4.pdf; do
    size=$(smallest "$out/pilot/$file")
    echo "# $file: smallest text $size pt"
    check "$file: no text below 5.5 pt" awk "BEGIN { exit !($size >= 5.5) }"
done

# ---- the same bytes on a machine without fonts
edit 's/^paper:.*/paper: [A3]/'
analyse --overwrite
sum() { sha256sum "$out"/pilot/map-class.png | cut -d' ' -f1; }
with=$(sum)
export FONTCONFIG_FILE=/dev/null FONTCONFIG_PATH=/nonexistent
analyse --overwrite
expect "a run without fontconfig" 0
unset FONTCONFIG_FILE FONTCONFIG_PATH
same "draws the same bytes" "$with" "$(sum)"
check "sheets that are not asked for are gone" \
    test ! -e "$out/pilot/map-class-a4.png"

# ---- a wrong field and a wrong sheet say what to do
edit 's/name: nom/name: libelle/'
analyse --overwrite
expect "a field that is not there" 3 "libelle"
edit 's/name: libelle/name: nom/'
edit 's/^paper:.*/paper: [A5]/'
analyse --overwrite
expect "a sheet that does not exist" 3 "A5" "A3"
edit 's/^paper:.*/paper: [A3]/'

# ---- one parcel
{
    echo "id|wkt"
    echo "763840000A0001|$(box 520400 6940400 520600 6940600)"
} | vector "$p/one.gpkg" EPSG:2154
edit 's/^parcels: .*/parcels: {source: one.gpkg, id: id}/'
edit '/^places:/d'
analyse --overwrite
expect "one parcel" 0
pdftotext "$out/pilot/atlas.pdf" "$work/text"
check "the map says its commune's code" grep -qx "76384" "$work/text"

# ---- no parcel: a layer of another place is a mistake, not an empty map
edit "s/^parcels: .*/parcels: {source: one.gpkg, id: id, where: \"id = 'none'\"}/"
analyse --overwrite
expect "no parcel" 4 "one.gpkg: has no usable feature"
# one that only touches the territory
{
    echo "id|wkt"
    echo "763840000A0001|$(box 521000 6940400 521100 6940600)"
} | vector "$p/beside.gpkg" EPSG:2154
edit 's/^parcels: .*/parcels: {source: beside.gpkg, id: id}/'
analyse --overwrite
expect "no parcel in the territory" 0
check "no parcel: valid PNGs" pngcheck -q "$out"/pilot/map-*.png
pdftotext "$out/pilot/atlas.pdf" - | tr '\f' '\n' >"$work/text"
same "no parcel: the atlas has its figures, and no site" "1 0" \
    "$(grep -c "^Key figures" "$work/text") $(grep -c "^Site [0-9]" "$work/text")"
finish
