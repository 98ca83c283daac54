#!/usr/bin/env bash
# shellcheck disable=SC2119 # analyse without options
# Scenarios, planting and yields: what one run says of other weights is what
# runs with those weights say.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
base

# rows FILE SCENARIO KIND COLUMN: the years' values on one line
rows() {
    "$python" - "$@" <<'PY'
import csv, sys
file, scenario, kind, column = sys.argv[1:]
print(*(r[column] for r in csv.DictReader(open(file))
        if (r["scenario"], r["marginal_kind"]) == (scenario, kind)))
PY
}

# ---- other weights: the same as running with them
copy
cat >>"$project" <<'YAML'
planting: {rate: 3, horizon: 4}
establishment: {share: [0, 0.5], plateau: 3, decline: 0.1, lifespan: 3}
scenarios:
  - {id: same}
  - {id: near, weights: {road: 0.9}}
  - {id: strict, classes: {S1: 95, S2: 92, S3: 90}, rate: 100}
  - {id: little, outlets: [{id: o, demand: 30}]}
YAML
analyse
expect "scenarios run" 0
csv=$p/out/pilot/parcels.csv
table=$p/out/scenarios.csv
copy
edit 's/weight: 3/weight: 0.1/; s/weight: 1,/weight: 0.9,/'
analyse
expect "the weights themselves run" 0
other=$p/out/pilot/parcels.csv
for id in A B C; do
    near "score of $id" "$(field "$other" $id score)" \
        "$(field "$csv" $id score_near)" 0.011
    same "class of $id" "$(field "$other" $id class)" \
        "$(field "$csv" $id class_near)"
    same "rank of $id" "$(field "$other" $id rank)" \
        "$(field "$csv" $id rank_near)"
    same "no difference for $id" 0.00 "$(field "$csv" $id diff_same)"
done
same "nothing plantable, no score" "" "$(field "$csv" D score_near)"

# ---- the plan, 3 ha a year: A 3.64 ha and B 2 ha, S1 of 15 t, then C 4 ha, S2
# of 12 t (0.01 % less of each on the ellipsoid)
same "planted" "3.0000 3.0000 3.0000 0.6311" \
    "$(rows "$table" base any planted_ha)"
# three years of life: what was planted first is gone in year 4
same "standing" "3.0000 6.0000 9.0000 6.6311" \
    "$(rows "$table" base any standing_ha)"
# shares 0, 0.5, 1: 3 x 15; 2.637 x 15 + 0.363 x 12; 3 x 12
same "harvest" "0.00 22.50 66.95 61.90" "$(rows "$table" base any harvest_t)"
same "all of it polluted" "$(rows "$table" base any harvest_t)" \
    "$(rows "$table" base polluted_soil harvest_t)"
same "the same scenario, the same plan" \
    "$(rows "$table" base any harvest_t)" "$(rows "$table" same any harvest_t)"
same "no catchment" "0.0000 0.0000 0.0000 0.0000" \
    "$(rows "$table" little catchment planted_ha)"
same "as much as is wanted: 30 t are 2 ha of 15 t" \
    "2.0000 0.0000 0.0000 0.0000" "$(rows "$table" little any planted_ha)"
same "not suitable, not planted" "0.0000 0.0000 0.0000 0.0000" \
    "$(rows "$table" strict any planted_ha)"

# ---- a map of what changes, for scenarios with weights
copy
cat >>"$project" <<'YAML'
scenarios:
  - {id: near, weights: {road: 0.9}}
  - {id: strict, classes: {S1: 95}}
YAML
edit 's/^outputs:.*/outputs: [png]/'
analyse
expect "maps of differences" 0
check "of the scenario with weights" test -s "$p/out/pilot/map-scenario-near.png" \
    -a -s "$p/out/pilot/map-scenario-near.wld"
check "of no other" test ! -e "$p/out/pilot/map-scenario-strict.png"

# ---- yields on sampled soil: 700 mg of zinc leave 0.8 of S2's 12 t
copy
echo "zn|wkt
700|$(box 519900 6939900 520500 6941100)" |
    vector "$p/zinc.gpkg" EPSG:2154
edit 's/source: polluted.gpkg/source: zinc.gpkg, metals: {Zn: zn}/'
echo "yield: {kind: class, polluted: 0.5, contaminants: [{metal: Zn, points: [[500, 1], [1000, 0.5]]}]}" >>"$project"
analyse
expect "contents of the soil" 0
near "yield on zinc" 9.6 "$(field "$p/out/pilot/parcels.csv" C yield_t_ha)" 0.01

# ---- yields by the model: soil of 80 mm and of 160 mm
yield_of() { # AWC of parcel C under climate lines on standard input
    copy
    constant 24 24 "$1" | raster "$p/depth.tif" EPSG:2154 519900 6941100 50 -9999
    {
        echo "yield: {kind: miscanmod, awc: depth, polluted: 0.9, climate: [{"
        echo "  tmin: [3, 3, 5, 6, 9, 12, 14, 14, 12, 10, 6, 4],"
        echo "  tmax: [7, 8, 11, 14, 17, 20, 22, 22, 20, 16, 11, 8],"
        echo "  radiation: [3, 5, 10, 15, 18, 20, 20, 17, 12, 7, 4, 2.5],"
        echo "  rain: [70, 60, 55, 50, 60, 55, 50, 55, 65, 80, 80, 85],"
        echo "  pet: [12, 20, 45, 70, 95, 110, 115, 100, 65, 35, 17, 12]}]}"
    } >>"$project"
    analyse
}
yield_of 80
expect "yields by the model" 0
csv=$p/out/pilot/parcels.csv
eighty=$(field "$csv" C yield_t_ha)
# 12.99 t/ha of growth, a tenth less on polluted soil
near "yield on 80 mm" 11.69 "$eighty" 0.02
check "the range holds it" "$python" -c "import sys
low, mean, high = map(float, sys.argv[1:])
sys.exit(not low < mean < high)" "$(field "$csv" C yield_low)" "$eighty" \
    "$(field "$csv" C yield_high)"
near "tonnage" "$("$python" -c "print($eighty * 3.9994)")" \
    "$(field "$csv" C tonnage_t)" 0.05
yield_of 160
check "more water, more crop" "$python" -c "import sys
sys.exit(not float(sys.argv[1]) > float(sys.argv[2]) + 0.5)" \
    "$(field "$p/out/pilot/parcels.csv" C yield_t_ha)" "$eighty"
edit 's/awc: depth,/awc: depth, rain: wet, temperature: depth,/'
constant 24 24 900 | raster "$p/wet.tif" EPSG:2154 519900 6941100 50 -9999
edit '/^factors:/a\  - {id: wet, criterion: value, source: wet.tif, unit: mm, weight: 0, membership: {kind: linear, points: [[450, 0], [700, 1]]}}'
rainless=$(field "$p/out/pilot/parcels.csv" C yield_t_ha)
edit 's/temperature: depth,//'
analyse --overwrite
expect "the parcel's own rain" 0
check "more rain than the climate's 765 mm, more crop" "$python" -c "import sys
sys.exit(not float(sys.argv[1]) > float(sys.argv[2]) + 0.1)" \
    "$(field "$p/out/pilot/parcels.csv" C yield_t_ha)" "$rainless"
edit '/id: wet,/d; s/ rain: wet, //'
edit 's/awc: depth/awc: dept/'
analyse --overwrite
expect "no such factor" 3 "project.yaml:18:15: miscanmod: awc: no factor 'dept'"
edit 's/awc: dept/awc: depth/; s/pet: .12, 20,/pet: [12,/'
analyse --overwrite
expect "a month is missing" 3 "project.yaml:23:8: pet: expected 12 numbers, found 11"

# ---- mistakes
copy
cat >>"$project" <<'YAML'
planting: {rate: -3, horizon: 0}
scenarios:
  - {id: near, weights: {roda: 0.9}}
YAML
analyse
expect "impossible plans" 3 "project.yaml:18:18: rate: -3 is outside" \
    "project.yaml:18:31: horizon: 0 is outside" \
    "project.yaml:20:26: weights: no factor 'roda'; did you mean 'road'?"
for id in min MEAN sd; do
    copy
    cat >>"$project" <<YAML
uncertainty: {draws: 100, weights: {percent: 10}}
scenarios:
  - {id: water}
  - {id: $id}
YAML
    run check "$project"
    expect "scenario $id: a field that there is already" 3 \
        "project.yaml:21:5: parcels have a field score_$id already"
done
copy
{
    echo "scenarios:"
    printf '  - {id: s%d}\n' $(seq 400)
} >>"$project"
run check "$project"
expect "more fields than a GeoPackage has columns" 3 \
    "project.yaml: parcels would have 2038 fields, more than the 1998"
edit 's/\[cog, gpkg, csv\]/[csv]/'
run check "$project"
expect "a table of text has no such limit" 0
finish
