#!/usr/bin/env bash
# shellcheck disable=SC2119 # analyse without options
# Names of parcels, communes, rivers, factors, a territory, a title and an
# organisation that are markup, SQL, formulas, expressions, emoji, from right to
# left or without end: every output has them as they are, as text and as nothing
# else (names.py). What browsers and QGIS make of them: test_html.sh, test_qgis.sh.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
base

copy
long=$(printf 'Très-long-%.0s' {1..60})
ids=('=1+1' '@SUM(A1)' '<b>"d'\''été" & [% 6*7 %]</b>' '🌾 שדה-7' 'أرض 12' "$long"
    $'\u202egnp.exe' "'; DROP TABLE parcels; --" $'no\ufffecharacter')
{
    echo "id|wkt"
    for i in "${!ids[@]}"; do
        x=$((520050 + i % 4 * 230)) y=$((i < 4 ? 6940100 : i < 8 ? 6940400 : 6940700))
        echo "${ids[i]}|$(box $x $y $((x + 180)) $((y + 180)))"
    done
} | vector "$p/names.gpkg" EPSG:2154
{
    echo "nom|population|wkt"
    echo "أرض الزراعة|1200|$(box 520000 6940000 520500 6941000)"
    echo "🌾 <b>Saint-Épi</b>|50|$(box 520500 6940000 521000 6940500)"
    echo "שדות ירוקים|40|$(box 520500 6940500 521000 6941000)"
} | vector "$p/communes.gpkg" EPSG:2154
{
    echo "nature|cpx_toponyme_de_cours_d_eau|wkt"
    echo "Ecoulement naturel|نهر السين|LINESTRING(519950 6940380,521050 6940400)"
    echo "Ecoulement naturel|L’Épi 🌾 & <i>fils</i>|LINESTRING(519950 6940880,521050 6940900)"
} | vector "$p/river.gpkg" EPSG:2154
{
    echo "id|wkt"
    echo "1|$(box 519900 6939900 521100 6941100)"
} | vector "$p/all.gpkg" EPSG:2154
edit 's/^language: en/language: fr/; s/polluted.gpkg/all.gpkg/'
edit 's/^title: .*/title: "=Étude <b>שדה \& 🌾<\/b> d'"'"'été"/'
edit 's/name: Pilot,/name: "אזור <i>נסיון<\/i> 🌾",/'
edit 's/^parcels: .*/parcels: {source: names.gpkg, id: id}/'
edit 's/\{id: building, source: building.gpkg\}/{id: river, source: river.gpkg, profile: bdtopo-hydrographie, setback: 5}/'
edit 's/id: depth,/id: depth, title: "عمق <i>\& 🌾",/'
edit '/^outputs:/d'
cat >>"$project" <<'YAML'
organisation: "+Ville <i>مدينة</i> 🌾"
licence: etalab-2.0
places: {source: communes.gpkg, name: nom, importance: population}
YAML
analyse
expect "names: runs" 0
run publish "$p/out" --out "$p/pub" -q
expect "names: is published" 0
check "names: every output has them as text" \
    "$python" -W ignore tests/cli/names.py "$p/out" "$p/pub" "${ids[@]}"
check "names: valid PNGs" pngcheck -q "$p"/out/pilot/map-*.png
check "names: a valid PDF" qpdf --check "$p/out/pilot/atlas.pdf"
check "names: a valid GeoPackage" \
    "$python" -m osgeo_utils.samples.validate_gpkg "$p/out/pilot/parcels.gpkg"
pdftotext "$p/out/pilot/atlas.pdf" "$work/text"
for name in "=1+1" "<b>\"d'été\" & [%" "; DROP TABLE" "أرض الزراعة" "نهر السين" \
    "L’Épi � & <i>fils</i>" "� <b>Saint-Épi</b>" "Très-long-"; do
    check "names: the atlas says $name" grep -qF -- "$name" "$work/text"
done
check "names: nothing turns the line around" \
    sh -c "! grep -q $'\u202e' '$work/text'"
finish
