#!/usr/bin/env bash
# shellcheck disable=SC2119 # analyse without options
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
analyse --overwrite
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

same "layers added by hand have style, tip, codes and titles" \
    "added parcels True categorizedSymbol True 5 Score d’aptitude (0 à 100)|added sites True graduatedSymbol True 2 Score d’aptitude (0 à 100)" \
    "$(facts added | paste -sd'|')"

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

# ---- the plug-in as it is installed, in PyQGIS
package=$work/terramis-qgis.zip
check "the plug-in is packed" src/qgis/package.py "$package"
cp "$package" "$work/one.zip"
src/qgis/package.py "$package"
check "the same bytes again" cmp "$work/one.zip" "$package"
mkdir "$work/plugins"
"$python" -m zipfile -e "$package" "$work/plugins"
check "its version is the program's" grep -qF "version=$("$TERRAMIS" --version |
    sed 's/.* //')" "$work/plugins/terramis/metadata.txt"
mkdir "$work/bin"
ln -s "$TERRAMIS" "$work/bin/terramis"
export PATH=$work/bin:$PATH
copy
edit 's/^outputs:.*/outputs: [cog, gpkg, qgis]/'
if [ -e /usr/share/qgis/python/plugins/processing ]; then
    LC_ALL=fr_FR.UTF-8 "$python" tests/cli/qgis/plugin.py "$work/plugins" \
        "$PWD/terramis.yaml" "$work/plug" "$project" \
        >"$work/facts" 2>"$work/qgis.err"
    same "the plug-in runs in QGIS" 0 $?
    same "it speaks French" \
        "names|Analyser un projet|Expliquer une parcelle|Vérifier un projet" \
        "$(facts 'names[^ ]*.*')"
    same "the program is found where the setting says" \
        "set {'LAYERS': 6, 'SUSPICIOUS': 0}" "$(facts set)"
    same "cancelled: no result, no process, said so" \
        "cancel None True [] ['Arrêté ; rien n’a été changé dans le dossier des résultats.']" \
        "$(facts cancel)"
    same "progress goes up to the end" "progress True 100.0 True" \
        "$(facts progress)"
    same "results of a run" "run 1 9.63 terramis.qgs None" "$(facts run)"
    same "layers to load" "loads pilot/class.tif pilot/parcels.gpkg|layername=parcels pilot/parcels.gpkg|layername=sites" \
        "$(facts loads)"
    check "what is there is not replaced unasked, in the program's words" \
        grep -q "^refused .*(code [0-9]).*--overwrite" "$work/facts"
else
    skip "the plug-in in PyQGIS: no Processing"
fi

# ---- and in qgis_process (Debian's wrapper passes an option it has not)
process=$(command -v qgis_process.bin || command -v qgis_process)
if [ -n "$process" ]; then
    export QGIS_PLUGINPATH=$work/plugins
    "$process" plugins enable terramis >/dev/null 2>&1
    # tool ALGORITHM OPTION...: leaves $code and what it printed
    tool() {
        local name=terramis:$1
        shift
        "$process" run "$name" "$@" >"$work/stdout" 2>"$work/stderr"
        code=$?
        command="qgis_process run $name $*"
    }
    tool check --PROJECT="$project"
    expect "qgis_process checks" 0 "LAYERS:	6" "SUSPICIOUS:	0"
    tool run --PROJECT="$project" --OUT="$p/out" --RESOLUTION=20 --THREADS=1
    expect "qgis_process runs" 0 "QGS:	$p/out/terramis.qgs" "TERRITORIES:	1"
    tool explain --PROJECT="$project" --OUT="$p/out" --PARCEL=A \
        --REPORT="$work/report.html"
    expect "qgis_process explains" 0 "CLASS:	S" "depth"
    check "the explanation as a page" grep -q "<pre>.*A" "$work/report.html"
    tool explain --PROJECT="$project" --OUT="$p/out" --PARCEL=--help
    expect "a parcel that looks like an option is none" 1 "--help"
    # shellcheck disable=SC2016 # not to be expanded
    tool explain --PROJECT="$project" --OUT="$p/out" \
        --PARCEL='$(touch '"$work"'/broken); `x`'
    # shellcheck disable=SC2016
    expect "no shell reads arguments" 1 '$(touch'
    check "nothing was executed" test ! -e "$work/broken"
    PATH=/usr/bin:/bin tool check --PROJECT="$project"
    expect "no program: says where to name it" 1 "terramis" "PATH"
else
    skip "the plug-in in qgis_process: no package qgis"
fi
finish
