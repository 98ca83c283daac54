#!/usr/bin/env bash
# shellcheck disable=SC2119 # analyse without options
# Factors without a layer, their units, and classes that nobody told of.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
base

# ---- sites in the project file, plantable land around a place
copy
edit '/^outputs:/d; s/source: depth.tif,/source: depth.tif, unit: cm,/'
cat >>"$project" <<'YAML'
  - id: plant
    preset: plant
    weight: 1
    criterion: sites
    sites:
      - {name: Far, x: 560000, y: 6940500}
      - {name: Near, x: 520200, y: 6943700}
  - {id: around, preset: neighbourhood, radius: 100, weight: 1}
outputs: [csv, gpkg]
YAML
analyse
expect "factors without a layer" 0
csv=$p/out/pilot/parcels.csv
# C is 200 m wide around (520200, 6940700)
near "distance to the nearest site" 3000 "$(field "$csv" C v_plant)" 3
# all of 100 m around is polluted and free: 317 cells of 100 m2, the greatest
# number of whole steps within 10 of a centre
near "plantable land around" 3.17 "$(field "$csv" C v_around)" 0.01
check "a building leaves less" "$python" -c 'import sys
sys.exit(not 2.5 < float(sys.argv[1]) < 3.17)' "$(field "$csv" A v_around)"
run explain C "$project" --out "$p/out"
expect "explain names the site and the units" 0 "the nearest: Near" "3.17 ha" \
    "80.00 cm"
run explain C "$project" --out "$p/out" --json
expect "--json too" 0 '"nearest":"Near"'
cp "$csv" "$work/once.csv"
analyse --threads 3 --overwrite
check "the same bytes with three threads" cmp "$csv" "$work/once.csv"
edit 's/x: 520200, y: 6943700/x: 0.5, y: 49.5/'
analyse --overwrite
expect "degrees without crs" 3 "factor plant: site Near (line 23)" "Check x, y and crs:"
edit 's/radius: 100/radius: 6000/; s/x: 0.5, y: 49.5/x: 520200, y: 6943700/'
analyse --overwrite
expect "a radius of too many cells" 3 "factor around: radius: 6000 m are more than 500 cells"
edit 's/radius: 6000/source: road.gpkg/'
analyse --overwrite
expect "a layer nobody reads" 3 "source: criterion neighbourhood takes no layer"

# ---- units
copy
run check "$project"
expect "a value without a unit" 0 "factor depth: the unit of its values is not given"
edit 's/source: depth.tif,/source: depth.tif, unit: cm,/'
run check "$project"
expect "given" 0 "no:the unit of its values"
finish
