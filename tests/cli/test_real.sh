#!/usr/bin/env bash
# The projects of tests/cli/real/ on real layers in ../shared/data: facts that
# nobody here made.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
data=$shared/data
if [ ! -e "$data/EXPECTED.tsv" ]; then
    skip "real layers: no $data"
    finish
fi
absolute=$(realpath "$data")

# project NAME: tests/cli/real/NAME.yaml with paths that hold from $work
project() {
    sed "s#\.\./\.\./\.\./\.\./shared/data#$absolute#" \
        "tests/cli/real/$1.yaml" >"$work/$1.yaml"
}

# ---- counts: what check reads in every layer, as GDAL's own count says
counts() { # CHECK.json: compares with EXPECTED.tsv
    "$python" - "$1" "$data/EXPECTED.tsv" <<'PY'
import csv, json, os, sys
expected = {}
for row in csv.DictReader(open(sys.argv[2]), delimiter="\t"):
    expected[row["path"], row["layer"]] = row
    expected.setdefault((row["path"], None), row)
compared = 0
for layer in json.load(open(sys.argv[1]))["layers"]:
    if "total" not in layer or "shared/data/" not in layer["source"]:
        continue
    path = layer["source"].split("shared/data/")[1]
    row = expected.get((path, layer["layer"]))
    if not row:
        continue
    found = layer["total"], layer["without_geometry"], layer["repaired"]
    wanted = (row["rows_read"].split()[0],
              *[row[k] if (row[k] or "").isdigit() else 0
                for k in ("null_geom", "invalid_geom")])
    if layer["read"] != layer["total"]: # where: the rest was not looked at
        found, wanted = found[:1], wanted[:1]
    if layer["outside"] > 0: # repairs are counted where they matter
        found, wanted = found[:2], wanted[:2]
    compared += 1
    if tuple(map(int, wanted)) != found:
        print(path, "wanted", wanted, "found", found)
print(compared, "compared")
PY
}
for name in pilots baronnies epinay; do
    run check "tests/cli/real/$name.yaml" --json
    expect "$name: check" 0
    counted=$(counts "$work/stdout")
    check "$name: rows, without geometry, invalid: as expected
    $counted" test "$(wc -l <<<"$counted")" = 1 -a "$counted" != "0 compared"
done

# The profile by which each sample is read; "-": none is meant for it.
profile_of() {
    case $1 in
    *bdtopo_troncon_de_route*) echo bdtopo-route ;;
    */osm_roads_*) echo osm-roads ;;
    */TRONCON_DE_VOIE_FERREE.shp) echo bdtopo-voie-ferree ;;
    */ZONE_DE_VEGETATION.shp) echo bdtopo-vegetation ;;
    */ZONE_D_ACTIVITE*) echo bdtopo-zone-activite ;;
    */SURFACE_HYDROGRAPHIQUE.shp) echo bdtopo-hydrographie ;;
    */RPG_*) echo rpg ;;
    */cadastre-91216*) echo cadastre-etalab ;;
    */cadastre_25354*) echo cadastre-edigeo ;;
    */georisques_sis*) echo georisques-sis ;;
    */basias_sample*) echo basias ;;
    */donnees-ademe*) echo ademe-sites ;;
    */AS1_*) echo sup ;;
    */captages_prioritaires*) echo captages-hubeau ;;
    */zpaac*) echo aac ;;
    power/lignes-*) echo rte-lignes ;;
    *) echo - ;;
    esac
}

# all other layers with geometry, as constraints of a project over Europe
{
    cat <<PROJECT
version: 1
crs: EPSG:2154
resolution: 1000
territories: [{id: all, source: $work/all.gpkg}]
parcels: {source: $work/all.gpkg, id: id}
marginal: {catchment: [{source: $work/all.gpkg}]}
factors:
  - {id: coast, criterion: distance, source: $absolute/normandie/gshhg_coast_normandie.geojson, membership: {kind: linear, points: [[0, 0], [1, 1]]}}
constraints:
PROJECT
    number=0
    while IFS=$'\t' read -r path layer rows _ _ kind; do
        [ "$kind" = none ] && continue # tables
        case $path in
        path | *epci*) continue ;;
        esac
        number=$((number + 1)) crs=
        case $path in
        *.csv) crs=', crs: "EPSG:4326"' ;;
        esac
        # these two have lost their .prj
        [ -e "$data/${path%.shp}.prj" ] || [ "${path%.shp}" = "$path" ] ||
            crs=', crs: "EPSG:2154"'
        [ "${rows%% *}" = 0 ] && [ "$layer" != parcelles ] && continue
        profile=$(profile_of "$path")
        [ "$profile" = - ] || crs="$crs, profile: $profile"
        echo "  - {id: l$number, source: $absolute/$path, layer: \"$layer\", buffer: 0.01$crs}"
    done <"$data/EXPECTED.tsv"
} >"$work/all.yaml"
printf 'id|wkt\n1|%s\n' "$(box -2000000 4000000 3000000 9000000)" |
    vector "$work/all.gpkg" EPSG:2154
run check "$work/all.yaml" --json
expect "check reads every real layer" 0
counted=$(counts "$work/stdout")
# what is said of the ones that are not as they should be: "layer: codes"
suspicious() {
    "$python" - "$1" <<'PY'
import json, os, sys
for layer in json.load(open(sys.argv[1]))["layers"]:
    codes = sorted({s["code"] for s in layer["suspicious"]})
    if codes and layer["role"] == "constraint":
        print(os.path.basename(layer["source"]) + ": " + " ".join(codes))
PY
}
same "all layers: what is suspicious" \
    "$(sort <"tests/cli/real/suspicious.txt")" \
    "$(suspicious "$work/stdout" | sort)"
same "all layers: without fields of its profile: none" "" \
    "$("$python" -c 'import json, sys
for layer in json.load(open(sys.argv[1]))["layers"]:
    if layer["profile"] and not layer["fields_found"]:
        print(layer["source"])' "$work/stdout")"
expect "without .dbf, deleted rows, empty layers: said" 0 \
    "re:TRONCON_DE_ROUTE.shp.*there is no .dbf beside it" \
    "sites_with_empty_layer.gpkg, layer parcelles: has no usable feature (0 in"
check "all layers: rows, without geometry, invalid: as expected
    $counted" test "$(wc -l <<<"$counted")" = 1 -a "$counted" != "0 compared"

# ---- tables without geometry: RTE keeps GeoJSON in a column, which is read
cat >"$work/rte.yaml" <<PROJECT
version: 1
language: en
crs: EPSG:2154
resolution: 1000
territories: [{id: all, source: $work/all.gpkg}]
parcels: {source: $work/all.gpkg, id: id}
marginal:
  right_of_way:
    - {source: $absolute/power/lignes-aeriennes-rte.csv, profile: rte-lignes}
    - {source: $absolute/power/lignes-souterraines-rte.csv, profile: rte-lignes}
factors:
  - {id: coast, criterion: distance, source: $absolute/normandie/gshhg_coast_normandie.geojson, membership: {kind: linear, points: [[0, 0], [1, 1]]}}
PROJECT
run check "$work/rte.yaml"
expect "RTE: 8 and 1 lines, with corridors by their voltage" 0 \
    "8 features: 8 used" "1 features: 1 used" "rights-of-way of 8 lines" \
    "CRS EPSG:4326" "fields found: TENSION"
sed -i 's/lignes-aeriennes-rte/postes-electriques-rte/' "$work/rte.yaml"
run check "$work/rte.yaml"
expect "RTE: substations have lost their geometry" 4 \
    "postes-electriques-rte.csv: has no geometry"
sed -i 's#power/postes-electriques-rte.csv#dirty/pprt_69dreal20090005.gpkg, layer: pprt_69dreal20090005_procedure#' "$work/rte.yaml"
run check "$work/rte.yaml"
expect "a table of attributes" 4 "has no geometry"

# ---- the wrong profile, and another one that fits
wrong() { # SOURCE PROFILE TEXT...
    sed "s#source: .*lignes-sout.*#source: $absolute/$1, profile: $2}#
s#.*dirty/pprt.*##" "$work/rte.yaml" >"$work/wrong.yaml"
    run check "$work/wrong.yaml"
    expect "profile $2 of $1" 3 "${@:3}"
}
wrong baronnies/osm_roads_05053.geojson bdtopo-route \
    "there is no field nature" "fields are those of profile osm-roads"
wrong baronnies/bdtopo_troncon_de_route_05089.geojson osm-roads \
    "there is no field fclass|highway" "those of profile bdtopo-route"
wrong cadastre/cadastre-91216-parcelles.json rpg \
    "there is no field code_cultu" "those of profile cadastre-etalab"
wrong bdtopo_12174/ZONE_DE_VEGETATION.shp bdtopo-route \
    "is for a layer of lines, this one has areas"

# ---- terrain: spurious negatives, voids, holes
terrain() { # SOURCE PROFILE PROJECT-KEYS
    sed "/^  - {id: coast/d" "$work/wrong.yaml" | sed "/right_of_way:/,/profile/c\\  catchment: [{source: $work/all.gpkg}]" >"$work/dem.yaml"
    echo "  - {id: dem, criterion: slope, source: $absolute/$1, membership: {kind: linear, points: [[0, 0], [1, 1]]}$2}" >>"$work/dem.yaml"
    run check "$work/dem.yaml"
}
terrain anjou/dem_anjou_15m.tif ", crs: \"EPSG:2154\""
expect "Anjou: 17 m below the sea" 0 "re:suspicious: .*lowest -17"
terrain baronnies/srtm3_N44E005_crop.tif ", profile: srtm"
expect "SRTM: voids are declared, heights plausible" 0 "no:suspicious"
terrain baronnies/srtm3_N44E005_crop.tif ", profile: rpg"
expect "a vector profile of a raster" 3 "is for a vector layer"

# ---- the two pilots: all 103 communes of both as parcels
project pilots
for name in caux_seine_agglo lisieux_normandie; do
    ogr2ogr -f GPKG -update -append -nln communes "$work/communes.gpkg" \
        "$data/normandie/communes_$name.geojson" -nlt MULTIPOLYGON 2>/dev/null ||
        ogr2ogr -f GPKG -nln communes "$work/communes.gpkg" \
            "$data/normandie/communes_$name.geojson" -nlt MULTIPOLYGON
done
sed -i "s#^parcels: .*#parcels: {source: communes.gpkg, id: code}#
/^outputs:/d" "$work/pilots.yaml"
out=$work/pilots
run run "$work/pilots.yaml" --out "$out" --json
expect "pilots: run" 0
cp "$work/stdout" "$work/pilots.json"
while read -r id hectares communes source; do
    read -r area count < <(layers planar "$out/$id/parcels.gpkg")
    near "pilots: $id has $hectares ha in the plane" "$hectares" "$area" \
        "$("$python" -c "print($hectares * 1e-4)")"
    same "pilots: $id has $communes communes" "$communes" "$count"
    read -r area _ < <(layers planar "$data/normandie/$source")
    near "pilots: $id is the plane area of its layer" "$area" \
        "$(layers planar "$out/$id/parcels.gpkg" | cut -d' ' -f1)" 0.01
    # on the ellipsoid: what the parcels add up to is the territory
    cp "$work/pilots.json" "$work/stdout"
    near "pilots: $id is the sum of its communes" \
        "$(json "territories.id=$id.area_ha")" \
        "$("$python" -c 'import csv, sys
print(sum(float(r["area_ha"]) for r in csv.DictReader(open(sys.argv[1]))))' \
            "$out/$id/parcels.csv")" 0.5
done <<'PILOTS'
caux-seine 57595 50 communes_caux_seine_agglo.geojson
lisieux 95914 53 communes_lisieux_normandie.geojson
PILOTS
same "pilots: every commune once" 103 \
    "$(tail -qn +2 "$out"/*/parcels.csv | cut -d, -f1 | sort -u | wc -l)"
same "pilots: no commune twice" "" \
    "$(tail -qn +2 "$out"/*/parcels.csv | cut -d, -f1 | sort | uniq -d)"
# layers.md: 4 orphan polluted sites in Lisieux Normandie, none in Caux Seine
same "pilots: no orphan polluted site in Caux Seine" 0 \
    "$("$python" -c 'import csv, sys
print(sum(float(r["polluted_ha"]) > 0 for r in csv.DictReader(open(sys.argv[1]))))' \
        "$out/caux-seine/parcels.csv")"
near "pilots: 4 orphan polluted sites of 250 m radius in Lisieux" 78.4 \
    "$(json territories.id=lisieux.marginal_ha)" 0.5

# ---- Baronnies
project baronnies
run run "$work/baronnies.yaml" --out "$work/baronnies" --json
expect "baronnies: run" 0
same "baronnies: every commune once" "05024 05053 05089 05094" \
    "$(tail -n +2 "$work/baronnies/baronnies/parcels.csv" | cut -d, -f1 |
        sort | tr '\n' ' ' | sed 's/ $//')"

# the same terrain as NASA gives it, and as an ASCII grid without a CRS
gdalwarp -q -te 4.999583333333333 43.999583333333333 6.000416666666667 \
    45.000416666666667 -ts 1201 1201 \
    "$data/baronnies/srtm3_N44E005_crop.tif" "$work/whole.tif"
gdal_translate -q -of SRTMHGT "$work/whole.tif" "$work/N44E005.hgt"
gdal_translate -q -of AAIGrid "$data/baronnies/srtm3_crop_L93_90m.tif" \
    "$work/dem.asc"
rm -f "$work/dem.prj"
sed -i "s#$absolute/baronnies/srtm3_N44E005_crop.tif#N44E005.hgt#
s#$absolute/baronnies/srtm3_crop_L93_90m.tif#dem.asc\n    crs: EPSG:2154#" \
    "$work/baronnies.yaml"
run run "$work/baronnies.yaml" --out "$work/other" --json
expect "baronnies: terrain as .hgt and .asc" 0
same "baronnies: the same scores from .hgt and .asc" "" \
    "$(diff <(cut -d, -f1-12 "$work/baronnies/baronnies/parcels.csv") \
        <(cut -d, -f1-12 "$work/other/baronnies/parcels.csv"))"

# ---- Epinay: 4,241 parcels
project epinay
out=$work/epinay
run run "$work/epinay.yaml" --out "$out" --json
expect "epinay: run" 0 '"parcels":4241'
"$python" -c 'import json, sys
for f in json.load(open(sys.argv[1]))["features"]:
    print(f["properties"]["id"])' "$data/cadastre/cadastre-91216-parcelles.json" |
    sort >"$work/wanted"
tail -n +2 "$out/epinay/parcels.csv" | cut -d, -f1 | sort >"$work/found"
same "epinay: 4241 parcels" 4241 "$(wc -l <"$work/found")"
check "epinay: each once, by its id" cmp "$work/wanted" "$work/found"
same "epinay: and in the GeoPackage" 4241 \
    "$(layers planar "$out/epinay/parcels.gpkg" | cut -d' ' -f2)"
near "epinay: areas are those of the source" \
    "$(layers planar "$data/cadastre/cadastre-91216-parcelles.json" |
        cut -d' ' -f1)" \
    "$(layers planar "$out/epinay/parcels.gpkg" | cut -d' ' -f1)" 0.01

# ---- datum: straight to the working CRS by the NTF grid, and a known area
cat >"$work/datum.yaml" <<PROJECT
version: 1
crs: EPSG:2154
resolution: 5
territories: [{id: all, source: point.csv, crs: "EPSG:27572", buffer: 200}]
parcels: {source: point.csv, crs: "EPSG:27572", buffer: 100, id: id}
marginal: {catchment: [{source: point.csv, crs: "EPSG:27572", buffer: 150}]}
factors:
  - {id: near, criterion: distance, source: point.csv, crs: "EPSG:27572", membership: {kind: linear, points: [[0, 1], [100, 0]]}}
PROJECT
printf 'id|wkt\n1|POINT(453000 2485000)\n' | vector "$work/point.csv" none
run run "$work/datum.yaml" --out "$work/datum" --json
expect "datum: run" 0
read -r x y < <(layers centre "$work/datum/all/parcels.gpkg")
near "datum: x of 453000 2485000, NTF Lambert II" 504883.5477 "$x" 0.001
near "datum: y" 6919536.9868 "$y" 0.001
cat >"$work/sis.yaml" <<PROJECT
version: 1
crs: EPSG:2154
resolution: 5
territories: [{id: sis, source: $absolute/pollution_77/georisques_sis_sample.geojson, buffer: 50}]
parcels: {source: $absolute/pollution_77/georisques_sis_sample.geojson, id: id_sis}
marginal: {polluted_soil: [{source: $absolute/pollution_77/georisques_sis_sample.geojson, profile: georisques-sis}]}
factors:
  - {id: near, criterion: distance, source: $absolute/pollution_77/georisques_sis_sample.geojson, membership: {kind: linear, points: [[0, 1], [100, 0]]}}
PROJECT
field=$("$python" -c 'import json, sys
names = list(json.load(open(sys.argv[1]))["features"][0]["properties"])
print(next(n for n in names if "id" in n.lower()))' \
    "$data/pollution_77/georisques_sis_sample.geojson")
sed -i "s/id_sis/$field/" "$work/sis.yaml"
run run "$work/sis.yaml" --out "$work/sis" --json
expect "SIS: run" 0
near "SIS: 20,256.6 m2 in the plane" 2.02566 \
    "$(layers planar "$work/sis/sis/parcels.gpkg" | cut -d' ' -f1)" 0.00001
same "SIS: all of it is polluted, S1" "S1 0.0000" \
    "$("$python" -c 'import csv, sys
r = next(csv.DictReader(open(sys.argv[1])))
print(r["class"], "%.4f" % (float(r["area_ha"]) - float(r["plantable_ha"])))' \
        "$work/sis/sis/parcels.csv")"

# ---- outputs open in QGIS, with their styles
if [ -e "$shared/checks/qgis_check.py" ] &&
    QT_QPA_PLATFORM=offscreen "$python" -c 'import qgis.core' 2>/dev/null; then
    mkdir -p "$work/xdg"
    chmod 700 "$work/xdg"
    for folder in "$work"/pilots/caux-seine "$work"/epinay/epinay; do
        check "QGIS opens $(basename "$folder") with its styles" env \
            QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR="$work/xdg" "$python" \
            "$shared/checks/qgis_check.py" --crs EPSG:2154 \
            "$folder"/parcels.gpkg "$folder"/*.tif
    done
else
    skip "QGIS: no python3-qgis or no $shared/checks/qgis_check.py"
fi
finish
