#!/usr/bin/env bash
# terramis.qgs in a real, headless QGIS: layers, map tips, pages, bookmarks.
# Hostile names: markup and expressions of QGIS.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
base
export QT_QPA_PLATFORM=offscreen QGIS_CUSTOM_CONFIG_PATH=$work/profile
export XDG_RUNTIME_DIR=$work
if ! "$python" -c 'import qgis.core' 2>/dev/null; then
    skip "QGIS: no python3-qgis"
    finish
fi

copy
edit 's/^language: en/language: fr/'
edit 's/name: Pilot,/name: "L'"'"'<b>été<\/b> [% 1+1 %]",/'
edit 's/id: depth,/id: depth, title: "Sol '"'"'\\" %] <i>",/'
cat >>"$project" <<'YAML'
licence: etalab-2.0
YAML
ids=('<img src=x>' '[% 6*7 %]' "d'\"&amp;")
{
    echo "id|wkt"
    for i in 0 1 2; do
        echo "${ids[i]}|$(box $((520050 + i * 150)) 6940400 \
            $((520150 + i * 150)) 6940500)"
    done
} | vector "$p/hostile.gpkg" EPSG:2154
edit 's/^parcels: .*/parcels: {source: hostile.gpkg, id: id}/'
edit '/^outputs:/d'
analyse
expect "a project with hostile names runs" 0
mkdir "$work/pages"
"$python" tests/cli/qgis/project.py "$p/out/terramis.qgs" "$work/pages" \
    >"$work/facts" 2>"$work/qgis.err"
same "QGIS reads the project" 0 $?
facts() { grep -E "^$1( |$)" "$work/facts"; }
same "the project and its CRS" "read True EPSG:2154" "$(facts read)"
same "six layers, valid, with licence and title" \
    "6 True EPSG:2154 etalab-2.0 True" \
    "$(facts layer | cut -d' ' -f3- | uniq -c | xargs)"
same "fields that QGIS spells out" \
    "class limiting territory use use_basis" \
    "$(facts "coded terramis_pilot_parcels" | cut -d' ' -f3-)"
same "no field without a title" "untitled terramis_pilot_parcels" \
    "$(facts "untitled terramis_pilot_parcels" | xargs)"
check "the abstract names sources and licence" \
    grep -q "^abstract .*Sources.*Licence.*etalab-2.0" "$work/facts"
same "a bookmark of the territory" \
    "bookmark L'<b>été</b> [% 1+1 %] EPSG:2154 520000,6940000 : 521000,6941000" \
    "$(facts bookmark)"

# ---- map tips: every name as text
tip=$work/pages/terramis_pilot_parcels.html
check "a tip shows markup as text" grep -qF "&lt;img src=x&gt;" "$tip"
check "a tip evaluates no name" grep -qF "[% 6*7 %]" "$tip"
check "a tip escapes ampersands" grep -qF "d'\"&amp;amp;" "$tip"
check "a tip holds no markup of names" \
    sh -c "! grep -qE '<img|<i>|<b>été' '$tip'"
check "a tip names the factor" grep -qF "Sol &#39;&quot; &#37;] &lt;i&gt;" "$tip"
check "a tip has the score, with a comma" \
    grep -qE "Score d’aptitude</td><td><b>[0-9]+,[0-9]<" "$tip"
check "a tip has the class and the bars" grep -qE "background-color:#[0-9a-f]{6};color:#[0-9a-f]{6}.>&nbsp;S[123] – " "$tip"
check "bars are drawn" grep -q "█" "$tip"
check "every expression could be evaluated" sh -c "! grep -q '\[%[^ ]' '$tip'"

# ---- pages: one atlas for sites, one for parcels
same "two layouts are exported, a page per feature, not blank" \
    "terramis_pilot_sites 0 3 1000 20 terramis_pilot_parcels 0 3 1000 20" \
    "$(facts layout | cut -d' ' -f2- | xargs)"
same "what stands on a page" \
    "items card inset legend map north page scale sources subtitle title" \
    "$(facts items | uniq)"
finish
