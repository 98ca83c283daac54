#!/usr/bin/env bash
# Bad input, row by row of ../shared/outputs.md 5.3 (the numbers in titles):
# exit code and message, and that a good neighbour still gives the same result.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
base

# plantable: hectares of the last run, rounded to 0.1 m2
plantable() {
    "$python" - "$work/stdout" <<'PY'
import json, sys
done = open(sys.argv[1]).readlines()[-1]
land = json.loads(done)["territories"][0]["plantable_ha"]["any"]
print("%.5f" % sum(land.values()))
PY
}

# score PARCEL: its score in the last run's list of the best, to 3 decimals
score() {
    printf '%.3f' "$(json "territories.0.best.parcel_id=$1.score")"
}

copy
analyse
expect "the base project runs" 0 '"pilot"'
base_land=$(plantable)
base_score=$(score A)

# ---- 1: CRS differs between layers
copy
rm "$p/polluted.gpkg" "$p/road.gpkg"
ogr2ogr -t_srs EPSG:4326 -segmentize 100 "$p/polluted.gpkg" \
    "$work/base/polluted.gpkg"
ogr2ogr -t_srs EPSG:27572 "$p/road.gpkg" "$work/base/road.gpkg"
run check "$project"
expect "1: check names CRS and operation of layers in another CRS" 0 \
    "CRS EPSG:4326; operation: " "Lambert-93" \
    "CRS EPSG:27572; operation: " "NTF (Paris) to NTF" "RGF93"
analyse
expect "1: layers in another CRS are reprojected" 0
near "1: reprojected layers give the same land" "$base_land" "$(plantable)" 1e-4
near "1: reprojected layers give the same score" "$base_score" "$(score A)" 0.01

copy
gdalwarp -q -t_srs EPSG:4326 -r near "$work/base/depth.tif" "$p/depth.tif" \
    -overwrite
run check "$project"
expect "1: check names the CRS of a geographic raster" 0 "CRS EPSG:4326"
analyse
near "1: a reprojected raster gives the same score" "$base_score" \
    "$(score A)" 0.001

# ---- 2: CRS missing
copy
ogr2ogr -f "ESRI Shapefile" "$p/polluted.shp" "$p/polluted.gpkg"
rm "$p/polluted.prj"
edit 's/polluted.gpkg/polluted.shp/'
run check "$project"
expect "2: a Shapefile without .prj is refused, with what to do" 4 \
    "$project:11:7: polluted.shp: " "no coordinate reference system" \
    "Give it with crs:"
edit 's/(polluted.shp)/\1, crs: "EPSG:2154"/'
analyse
expect "2: crs: in the project file makes it work" 0
same "2: and gives the same land" "$base_land" "$(plantable)"
edit 's/EPSG:2154"/EPSG:32631"/'
run check "$project"
expect "2: a wrong crs: does not fit the territory and is refused" 4 \
    "does not overlap any territory" "Check its CRS"

copy
gdal_translate -q -of AAIGrid "$p/depth.tif" "$p/depth.asc" 2>/dev/null
rm -f "$p/depth.prj" "$p/depth.asc.aux.xml"
edit 's/depth.tif/depth.asc/'
run check "$project"
expect "2: a raster without CRS is refused, with what to do" 4 \
    "re:project.yaml:15:[0-9]+: depth.asc: .*no coordinate reference system" \
    "Give it with crs:"
edit 's/depth.asc/depth.asc, crs: "EPSG:2154"/'
analyse
expect "2: crs: for a raster works too" 0
same "2: and gives the same score" "$base_score" "$(score A)"

copy
edit 's/(polluted.gpkg)/\1, crs: "EPSG:4326"/'
run check "$project"
expect "2: crs: never overrules the file's own" 4 \
    "crs: says EPSG:4326 but the file says RGF93" "Remove crs:"

copy
rm "$p/polluted.gpkg"
printf 'id|wkt\n1|%s\n' "$(box 519900 6939900 520500 6941100)" |
    vector "$p/polluted.gpkg" none
run check "$project"
expect "2: a GeoPackage with an undefined CRS is refused" 4 \
    "polluted.gpkg: " "no coordinate reference system" "Give it with crs:"
edit 's/(polluted.gpkg)/\1, crs: "EPSG:2154"/'
analyse
expect "2: crs: for it works" 0
same "2: and gives the same land" "$base_land" "$(plantable)"

# ---- 3: axis order
copy
edit 's/polluted.gpkg/polluted.geojson/'
read -r lon lat < <(echo 520250 6940500 |
    gdaltransform -s_srs EPSG:2154 -t_srs EPSG:4326 -output_xy)
patch() { # X Y: a square of 0.004 degrees
    "$python" -c 'import sys
x, y = map(float, sys.argv[1:])
d = 0.002
print("POLYGON((%s))" % ",".join("%r %r" % (x + a * d, y + b * d)
      for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))))' "$1" "$2"
}
printf 'id|wkt\n1|%s\n' "$(patch "$lon" "$lat")" |
    vector "$p/polluted.geojson" EPSG:4326
run check "$project"
expect "3: longitude, latitude is the order that is read" 0 "1 used, 0 outside"
rm "$p/polluted.geojson"
printf 'id|wkt\n1|%s\n' "$(patch "$lat" "$lon")" |
    vector "$p/polluted.geojson" EPSG:4326
run check "$project"
expect "3: latitude, longitude is refused and named" 4 \
    "does not overlap any territory" "With x and y exchanged it would" \
    "check the axis order"
copy
rm "$p/polluted.gpkg"
ogr2ogr -t_srs EPSG:3035 "$p/polluted.gpkg" "$work/base/polluted.gpkg"
run check "$project"
expect "3: a CRS defined as north, east is read east first" 0 \
    "CRS EPSG:3035; operation: " "1 used, 0 outside"
copy
edit 's/territory.gpkg/territory.geojson/; s/polluted.gpkg/polluted.geojson/'
printf 'id|wkt\n1|%s\n' "$(patch "$lat" "$lon")" |
    vector "$p/territory.geojson" EPSG:4326
cp "$p/territory.geojson" "$p/polluted.geojson"
run check "$project"
expect "3: a territory with exchanged axes is refused" 4

# ---- 4: ballpark operations
copy
rm "$p/polluted.gpkg"
ogr2ogr -f "ESRI Shapefile" "$p/polluted.shp" "$work/base/polluted.gpkg"
sed -i 's/polluted.gpkg/polluted.shp/' "$project"
cat >"$p/polluted.prj" <<'PRJ'
PROJCS["Local grid",GEOGCS["Local datum",DATUM["D_Local",SPHEROID["Bessel_1841",6377397.155,299.1528128]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",700000.0],PARAMETER["False_Northing",6600000.0],PARAMETER["Central_Meridian",3.0],PARAMETER["Standard_Parallel_1",49.0],PARAMETER["Standard_Parallel_2",44.0],PARAMETER["Latitude_Of_Origin",46.5],UNIT["Meter",1.0]]
PRJ
run check "$project"
expect "4: a ballpark operation is refused" 4 \
    "re:project.yaml:11:7: polluted.shp: no exact transformation" "ballpark" \
    "correct its CRS"

# ---- 5: nodata taken as a value. Bands of 50 m: the north without data.
hole() { # VALUE
    constant 24 8 "$1"
    constant 24 16 80
}
copy
hole -9999 | raster "$p/depth.tif" EPSG:2154 519900 6941100 50 -9999
analyse
expect "5: nodata: fail names factor, place and territory" 4 \
    "re:project.yaml:15:[0-9]+: factor depth: no data at x 520005.0, y " \
    "plantable land of territory pilot" "nodata: exclude or renormalise"
echo "nodata: renormalise" >>"$project"
analyse
expect "5: renormalise" 0
# parcel C is 100 m without depth north of 100 m with it. South, at a mean
# distance of 650 m: 0.75 x 80 + 0.25 x 35 = 68.75. North, the road alone, at
# 750 m: 25. The mean: 46.875
near "5: the other factors count for more" 46.875 "$(score C)" 0.001
near "5: the share without data is told" 50 \
    "$(field "$p/out/pilot/parcels.csv" C nodata_pct)" 0.001
copy
hole -9999 | raster "$p/depth.tif" EPSG:2154 519900 6941100 50 -9999
echo "nodata: exclude" >>"$project"
analyse
expect "5: exclude" 0
near "5: excluded, the share without data is told" 50 \
    "$(field "$p/out/pilot/parcels.csv" C nodata_pct)" 0.001
near "5: the score is that of the rest" 68.75 "$(score C)" 0.001
same "5: cells without data get no score" \
    "$(layers histogram "$p/out/pilot/suitability.tif" | tr ' ' '\n' |
        grep ^255)" "255:6536"
copy
hole nan | raster "$p/depth.tif" EPSG:2154 519900 6941100 50 none
analyse
expect "5: NaN is no data" 4 "factor depth: no data at x 520005.0"
# a grid that does not coincide: bilinear between 80 and nodata is 80 or none
copy
hole -9999 | raster "$p/depth.tif" EPSG:2154 519917 6941083 50 -9999
edit 's/weight: 1/weight: 0/'
echo "nodata: exclude" >>"$project"
analyse
expect "5: nodata on another grid" 0
same "5: no value is mixed with nodata" "80 255" \
    "$(layers histogram "$p/out/pilot/suitability.tif" |
        sed -E 's/:[0-9]+//g')"

# ---- 6: nodata not declared
copy
hole -9999 | raster "$p/depth.tif" EPSG:2154 519900 6941100 50 none
run check "$project"
expect "6: a usual nodata value that is not declared: a warning" 0 \
    "warning: " "project.yaml:15:" "depth.tif: holds the value -9999" \
    "give nodata_value: -9999"
edit 's/depth.tif/depth.tif, nodata_value: -9999/'
run check "$project"
expect "6: nodata_value: settles it" 0 "nodata -9999" "no:warning"
analyse
expect "6: and is honoured" 4 "factor depth: no data at x 520005.0"
for value in 0 255; do
    copy
    { constant 24 2 "$value"; constant 24 22 80; } |
        raster "$p/depth.tif" EPSG:2154 519900 6941100 50 none Byte
    run check "$project"
    expect "6: an edge of $value that is not declared: a warning" 0 \
        "warning: " "depth.tif: " "$value" "nodata_value"
done

# ---- 7: no overlap
copy
rm "$p/polluted.gpkg"
printf 'id|wkt\n1|%s\n' "$(box 523000 6940000 524000 6941000)" |
    vector "$p/polluted.gpkg" EPSG:2154
run check "$project"
expect "7: a layer elsewhere: both extents and the distance" 4 \
    "project.yaml:11:7: polluted.gpkg: does not overlap any territory" \
    "the layer covers 523000 6940000 524000 6941000" \
    "territories 520000 6940000 521000 6941000" "metres" "2.0 km apart"
copy
constant 24 24 80 | raster "$p/depth.tif" EPSG:2154 619900 6941100 50 -9999
run check "$project"
expect "7: a raster elsewhere: both extents and the distance" 4 \
    "re:project.yaml:15:[0-9]+: depth.tif: does not overlap any territory" \
    "the raster covers 619900 6939900 621100 6941100" \
    "territories 520000 6940000 521000 6941000" "98.9 km apart"
copy
rm "$p/parcels.gpkg"
printf 'id|wkt\n1|%s\n' "$(box 523000 6940000 524000 6941000)" |
    vector "$p/parcels.gpkg" EPSG:2154
run check "$project"
expect "7: parcels elsewhere" 4 "parcels.gpkg: does not overlap any territory"
copy
rm "$p/road.gpkg"
printf 'id|wkt\n1|LINESTRING(523000 6940500,524000 6940500)\n' |
    vector "$p/road.gpkg" EPSG:2154
analyse
expect "7: features outside count for distances" 0

# ---- 8: empty results
copy
rm "$p/polluted.gpkg"
echo 'id|wkt' | vector "$p/polluted.gpkg" EPSG:2154
run run "$project" --out "$p/out"
expect "8: an empty layer: success, 0 ha and a warning" 0 \
    "warning: " "polluted.gpkg: has no usable feature (0 in the layer" \
    "re:Marginal land: 0\\.0.ha" "re:Parcels: 4 ;.* plantable: 0"
check "8: and its rasters are written" test -s "$p/out/pilot/class.tif"
copy
rm "$p/building.gpkg"
printf 'id|wkt\n1|%s\n' "$(box 510000 6930000 530000 6950000)" |
    vector "$p/building.gpkg" EPSG:2154
run run "$project" --out "$p/out"
expect "8: all excluded: success, and what took the land" 0 \
    "re:Marginal land: 50\\.0.ha" "re:building: 50\\.0.ha"
same "8: the classes say excluded" "0:5000 6:5000" \
    "$(layers histogram "$p/out/pilot/class.tif")"
for layer in territory parcels road; do
    copy
    rm "$p/$layer.gpkg"
    echo 'id|wkt' | vector "$p/$layer.gpkg" EPSG:2154
    run check "$project"
    expect "8: without any $layer there is nothing to do" 4 \
        "$layer.gpkg: has no usable feature (0 in the layer"
done
copy
edit 's/(polluted.gpkg)/\1, where: "id = '"'2'"'"/'
run check "$project"
expect "8: a where: that selects nothing" 0 "warning: " \
    "(1 in the layer, 0 after where)"
copy
edit 's/(polluted.gpkg)/\1, where: "idd = 2"/'
run check "$project"
expect "8: a where: that is wrong" 3 "project.yaml:11:7: polluted.gpkg: where:"

# ---- 9: invalid geometry
copy
rm "$p/polluted.gpkg"
# a bow tie: two triangles of 100 x 200 / 2 m2, which cancel as a ring
printf 'id|wkt\n1|%s\n2|%s\n' "$(box 520100 6940100 520200 6940200)" \
    "POLYGON((520300 6940300,520500 6940500,520500 6940300,520300 6940500,520300 6940300))" |
    vector "$p/polluted.gpkg" EPSG:2154
run check "$project"
expect "9: an invalid geometry is repaired and its change said" 0 \
    "warning: " "polluted.gpkg: 1 invalid geometries repaired" \
    "the first: feature 2" "areas changed by 20000.0 m2" \
    "0 refused, 1 repaired" "repair changed areas by 20000.0 m2"
analyse
near "9: the repaired area is used" 2.997 "$(json territories.0.marginal_ha)" \
    0.001
copy
rm "$p/polluted.gpkg"
printf 'id|wkt\n1|POLYGON((520300 6940300,520500 6940500,520300 6940300))\n2|%s\n3|NULL\n' \
    "$(box 520100 6940100 520200 6940200)" |
    vector "$p/polluted.gpkg" EPSG:2154
run check "$project"
expect "9: what has no area or no geometry is counted" 0 \
    "3 features: 1 used, 0 outside, 1 without geometry, 1 refused" \
    "warning: " "1 geometries could not be used (the first: feature 1)"
copy
edit 's/polluted.gpkg/road.gpkg/'
run check "$project"
expect "9: lines have no area" 4 "project.yaml:11:7: road.gpkg: feature 1 is a" \
    "Give the layer a buffer:"

# ---- 12: area in wrong units
for crs in EPSG:4326 EPSG:4171 EPSG:2263 EPSG:4978; do
    copy
    edit "s/^crs: .*/crs: $crs/"
    run check "$project"
    expect "12: a project in $crs is refused" 3 \
        "$project:4:6: crs: " "does not measure in metres" "EPSG:2154"
done

# ---- 13: different grids
copy
constant 40 40 80 | raster "$p/depth.tif" EPSG:2154 519873 6941131 31 -9999
run check "$project"
expect "13: check says the raster's own grid" 0 "40 x 40 cells of 31"
analyse
same "13: a raster on another grid is brought onto the project's" \
    "$base_score" "$(score A)"
copy
gdalwarp -q -t_srs EPSG:32631 -tr 43 43 -r near "$work/base/depth.tif" \
    "$p/depth.tif" -overwrite
analyse
near "13: and from another CRS" "$base_score" "$(score A)" 0.001
copy
"$python" -c '
for row in range(40):
    print(*[9 if (row // 3 + col // 3) % 2 else 1 for col in range(40)])' |
    raster "$p/depth.tif" EPSG:2154 519873 6941131 31 0 Byte
edit 's/criterion: value/criterion: class/
s/\{kind: linear, points: \[\[0, 0\], \[100, 1\]\]\}/{kind: table, table: {1: 0.2, 9: 0.8}}/
s/weight: 1/weight: 0/'
analyse
expect "13: classes on another grid" 0
same "13: no class is invented between two" "20 80 255" \
    "$(layers histogram "$p/out/pilot/suitability.tif" |
        sed -E 's/:[0-9]+//g')"
edit 's/, 9: 0.8//'
analyse --overwrite
expect "13: a class that the table lacks is named, never 0" 4 \
    "factor depth: classes that are not in its table" \
    "re:territory pilot: 9 \([0-9]+ cells\); the first at x " "Add them to table:"

# ---- 22: hostile or surprising input
secret=$work/secret.txt
printf '%s\n' "SECRET 1 2 3" >"$secret"
copy
cat >"$p/depth.tif" <<VRT
<VRTDataset rasterXSize="24" rasterYSize="24">
 <SRS>EPSG:2154</SRS><GeoTransform>519900,50,0,6941100,0,-50</GeoTransform>
 <VRTRasterBand dataType="Float32" band="1"><SimpleSource>
 <SourceFilename relativeToVRT="0">$work/base/depth.tif</SourceFilename>
 <SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>
VRT
run check "$project"
expect "22: a .tif that is a VRT is refused" 4 \
    "depth.tif: " "cannot be read as a raster (GeoTIFF"
copy
cat >"$p/polluted.gpkg" <<VRT
<OGRVRTDataSource><OGRVRTLayer name="polluted">
<SrcDataSource>$work/base/polluted.gpkg</SrcDataSource>
</OGRVRTLayer></OGRVRTDataSource>
VRT
run check "$project"
expect "22: a .gpkg that is a VRT is refused" 4 \
    "polluted.gpkg: " "cannot be read as a vector layer (GeoPackage"
copy
cat >"$p/depth.tif" <<'WMS'
<GDAL_WMS><Service name="TMS"><ServerUrl>http://127.0.0.1:9/${z}/${x}/${y}</ServerUrl></Service>
<DataWindow><UpperLeftX>519900</UpperLeftX><UpperLeftY>6941100</UpperLeftY><LowerRightX>521100</LowerRightX><LowerRightY>6939900</LowerRightY><SizeX>24</SizeX><SizeY>24</SizeY></DataWindow>
<Projection>EPSG:2154</Projection><BandsCount>1</BandsCount></GDAL_WMS>
WMS
run check "$project"
expect "22: GDAL_WMS is refused" 4 "cannot be read as a raster (GeoTIFF"
# its tiles of PNG, and damaged ones, would be read as no data
copy
gdal_translate -q -of GPKG -ot Byte -a_nodata none "$p/depth.tif" "$p/depth.gpkg"
edit 's/depth.tif/depth.gpkg/'
run check "$project"
expect "22: a raster in a GeoPackage is refused" 4 \
    "depth.gpkg: cannot be read as a raster (GeoTIFF, AAIGrid, SRTMHGT)"
number=0
while IFS= read -r source; do
    number=$((number + 1))
    copy
    sed -i "s#source: depth.tif#source: \"$source\"#" "$project"
    run check "$project"
    expect "22: source $number is no local file: ${source%%[?<]*}" 3 \
        "re:project.yaml:15:[0-9]+: " "source: "
    expect "22: and is not read ($number)" 3 "no:SECRET"
done <<SOURCES
/vsicurl/http://127.0.0.1:9/depth.tif
/vsizip/depth.zip/depth.tif
/vsisubfile/0,$secret
/VSIGZIP/depth.tif.gz
https://example.org/depth.tif
ftp://example.org/depth.tif
WMS:http://127.0.0.1:9/?SERVICE=WMS
PG:host=127.0.0.1
GTIFF_DIR:1:$work/base/depth.tif
NETCDF:depth.nc:band
<VRTDataset></VRTDataset>
/dev/zero
.
SOURCES
copy
edit 's/polluted.gpkg/secret.csv/'
cp "$secret" "$p/secret.csv"
run check "$project"
expect "22: a CSV without geometry is refused and not shown" 4 \
    "secret.csv: " "no:SECRET"
copy
edit 's/(territory.gpkg)/\1, where: "1=1; DROP TABLE territory"/'
run check "$project"
expect "22: of SQL in where: only the condition is used" 0
check "22: the layer is as it was" \
    cmp "$p/territory.gpkg" "$work/base/territory.gpkg"
copy
mv "$p/depth.tif" "$p/real.tif"
mkfifo "$p/depth.tif"
run check "$project"
expect "22: a pipe is no file" 3 "no regular file"
copy
sed -i 's#id: pilot#id: ../../escape#' "$project"
analyse
expect "22: an id that leaves the output folder is refused" 3 \
    "$project:7:10: id: "
# a sidecar of overviews that is a VRT of another file: that file's -9999 show
# as a warning where it is read
copy
constant 300 300 80 | raster "$p/depth.tif" EPSG:2154 519900 6941100 4
constant 150 150 -9999 | raster "$p/other.tif" EPSG:2154 519900 6941100 8
gdal_translate -q -of VRT "$p/other.tif" "$p/depth.tif.ovr"
run check "$project"
expect "22: a VRT as sidecar is not followed" 0 "no:-9999"
# metadata that name an overview elsewhere: nothing may ask for it
log=$work/http.log
"$python" -u -m http.server 0 --bind 127.0.0.1 --directory "$work" \
    >"$log" 2>&1 &
server=$!
for ((i = 0; i < 100; i++)); do
    port=$(sed -nE 's/.* port ([0-9]+) .*/\1/p' "$log")
    [ -n "$port" ] && break
    sleep 0.05
done
copy
constant 300 300 80 | raster "$p/depth.tif" EPSG:2154 519900 6941100 4
cat >"$p/depth.tif.aux.xml" <<AUX
<PAMDataset><Metadata domain="OVERVIEWS">
<MDI key="OVERVIEW_FILE">/vsicurl/http://127.0.0.1:$port/other.tif</MDI>
</Metadata></PAMDataset>
AUX
run check "$project"
expect "22: a sidecar that names a URL" 0
# nor a GeoJSON, of its CRS: GDAL would ask for it, or else take it for WGS 84
copy
edit 's/polluted.gpkg/polluted.geojson/'
while IFS='|' read -r crs wanted; do
    printf '{"type": "FeatureCollection", "crs": %s, "features": []}\n' \
        "$crs" >"$p/polluted.geojson"
    run check "$project"
    expect "22: a GeoJSON in the CRS $crs" 4 "polluted.geojson: cannot be read" \
        "$wanted"
done <<CRS
{"type": "link", "properties": {"href": "http://127.0.0.1:$port/crs", "type": "ogcwkt"}}|http://127.0.0.1:$port/crs is not asked for
{"type": "name", "properties": {"name": "http://127.0.0.1:$port/crs"}}|ALLOW_NETWORK_ACCESS
{"type": "name", "properties": {"name": "/etc/passwd"}}|ALLOW_FILE_ACCESS
{"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::99999999"}}|crs not found
CRS
kill "$server"
wait "$server" 2>/dev/null
same "22: nothing is asked for over the network" "" \
    "$(grep -E 'GET|HEAD' "$log")"

# ---- 25: weights and thresholds
copy
edit 's/weight: 3/weight: -3/
s/points: \[\[0, 1\], \[1000, 0\]\]/points: [[1000, 1], [0, 0]]/
s/points: \[\[0, 0\], \[100, 1\]\]/points: [[0, 0], [100, 1.5]]/
s/^resolution: .*/resolution: ten/'
cat >>"$project" <<'PROJECT'
nodata: skip
classes: {S1: 20, S2: 40}
titel: x
PROJECT
run check "$project"
expect "25: all problems in one go, each with its place" 3 \
    "$project:5:13: resolution: " \
    "re:project.yaml:15:[0-9]+: weight: .*-3" \
    "re:project.yaml:15:[0-9]+: points: .*1\\.5" \
    "re:project.yaml:16:[0-9]+: points: " \
    "re:project.yaml:18:[0-9]+: nodata: .*skip" \
    "re:project.yaml:19:[0-9]+: classes: S1 \\(20\\) is not above S2 \\(40\\)" \
    "re:project.yaml:20:1: .*titel.*did you mean 'title'"
copy
edit 's/, weight: 3//'
run check "$project"
expect "25: weights for some factors only" 3 \
    "$project:15:5: weight: this factor has none, others have"
copy
edit 's/weight: [0-9]/weight: 0/'
run check "$project"
expect "25: all weights 0" 3 "re:project.yaml:15:[0-9]+: weight: .*all 0"
for value in .nan .inf nan 1e999 "3,5" many "[1]" "{a: 1}" ""; do
    copy
    edit "s/weight: 3,/weight: $value,/"
    run check "$project"
    # "3,5" is two settings in a {}: the message says what to write
    expect "25: weight: '$value' is refused" 3 \
        "re:project.yaml:15:[0-9]+: (weight: |unknown key '5'.*decimal point)"
done
copy
edit 's/criterion: value/criterion: valeur/; s/kind: linear/kind: lineear/'
run check "$project"
expect "25: unknown criterion and membership, with advice" 3 \
    "re:project.yaml:15:[0-9]+: unknown criterion 'valeur'" \
    "did you mean 'value'" "did you mean 'linear'"
copy
sed -i '/^factors:/,$d' "$project"
run check "$project"
expect "25: no factors at all" 3 "factors"
copy
sed -i 's/depth.tif/dpeth.tif/; s/road.gpkg/rod.gpkg/' "$project"
run check "$project"
expect "25: files that are not there, with advice, in one go" 3 \
    "re:project.yaml:15:[0-9]+: source: no such file: .*dpeth.tif" \
    "did you mean 'depth.tif'" \
    "re:project.yaml:16:[0-9]+: source: no such file: .*rod.gpkg"
copy
ln -sf nowhere.tif "$p/depth.tif"
run check "$project"
expect "25: a link to nothing" 3 "'depth.tif' is a link to nothing"

# ---- files that are not whole, tables with the wrong signs
copy
printf 'id;wkt\n1;"POLYGON((520000 6940000,520500 6940000,520500 6941000,520000 6940000))"\n2;"POLYGON((520000,5 6940000,5, 520500 6940000, 520500 6941000))"\n' \
    >"$p/polluted.csv"
edit 's/polluted.gpkg/polluted.csv, crs: "EPSG:2154"/'
run check "$project"
expect "a CSV with decimal commas: its line" 4 \
    "project.yaml:11:7: polluted.csv: line 3: " "is no geometry (1 such lines)" \
    "decimal points"
sed -i '3s/.*/2;"POLYGON((520000 6940000,520500 6940000"/' "$p/polluted.csv"
run check "$project"
expect "a CSV with broken WKT: its line" 4 "polluted.csv: line 3: "
printf 'id;wkt\n1;"POINT(1 2)"\n2\0;"POINT(1 2)"\n' >"$p/polluted.csv"
run check "$project"
expect "a CSV with a NUL: its line" 4 "polluted.csv: line 3 holds a NUL byte"
printf 'id|wkt\n1|POINT(520100 6940100)\n' >"$p/polluted.csv"
run check "$project"
expect "a CSV with the wrong separator" 4 "separated by , ; or tab"
copy
: >"$p/BDTOPO.7z"
edit 's/polluted.gpkg/BDTOPO.7z/'
run check "$project"
expect "an archive is to be unpacked" 4 "BDTOPO.7z: an archive: unpack it first"
copy
ogr2ogr -f "ESRI Shapefile" "$p/polluted.shp" "$p/polluted.gpkg"
rm "$p/polluted.dbf"
edit 's/polluted.gpkg/polluted.shp/'
run check "$project"
expect "a Shapefile without .dbf: a warning" 0 \
    "warning: " "polluted.shp: there is no .dbf beside it"
edit "s/(polluted.shp)/\1, where: \"id = '1'\"/"
run check "$project"
expect "and an error where attributes are needed" 3 "polluted.shp: where:"
copy
edit 's/(polluted.gpkg)/\1, profile: cadastre-etalab/'
run check "$project"
expect "a profile whose fields are not there: which" 0 \
    "warning: " "profile cadastre-etalab: there is no field commune" \
    "fields missing: commune, section"
edit 's/cadastre-etalab/bdtopo-route/'
rm "$p/polluted.gpkg"
ogr2ogr -nlt POLYGON "$p/polluted.gpkg" "$work/base/polluted.gpkg"
run check "$project"
expect "a profile of another geometry" 3 \
    "profile bdtopo-route is for a layer of lines, this one has areas"
copy
rm "$p/parcels.gpkg"
printf 'id|wkt\nA|%s\nA|%s\n' "$(box 520100 6940100 520300 6940300)" \
    "$(box 520400 6940100 520600 6940300)" |
    vector "$p/parcels.gpkg" EPSG:2154
run check "$project"
expect "an id twice: said, and nothing lost" 0 \
    "warning: " "parcels.gpkg: 1 parcels repeat the id of another, the first 'A'" \
    "suspicious: field id: 1 features repeat the id" "2 features: 2 used"
copy
rm "$p/polluted.gpkg"
cat >"$p/polluted.csv" <<CSV
id;wkt
1;"POLYGON Z((520000 6940000 5,520500 6940000 5,520500 6940500 5,520000 6940000 5))"
2;"CURVEPOLYGON(CIRCULARSTRING(520000 6940700,520100 6940800,520200 6940700,520100 6940600,520000 6940700))"
3;"MULTIPOLYGON(((520000 6940000,520100 6940000,520100 6940100,520000 6940000)))"
CSV
edit 's/polluted.gpkg/polluted.csv, crs: "EPSG:2154"/'
run check "$project" --json
expect "3D, curves and multi in one layer are read" 0 "heights are not used" \
    "1 with curves"
analyse
# the triangle and the circle of 100 m; the small triangle lies in neither
near "and measure what they should" \
    "$("$python" -c 'import math; print(12.5 + math.pi)')" \
    "$(json territories.0.marginal_ha)" 0.02
echo '4;"POINT(520000 6940000)"' >>"$p/polluted.csv"
run check "$project"
expect "a point among areas is not dropped in silence" 4 \
    "polluted.csv: feature 4 is a point or line"

# ---- a user's own profiles
copy
cat >"$p/mine.yaml" <<'PROFILES'
profiles:
  - name: my-road
    summary: Roads of the department.
    licence: CC0
    kind: lines
    fields: [nature, "?larg"]
    right_of_way:
      class: nature
      corridors: [{class: Route, carriageway: 6, verge: 7, setback: 2, source: assumption}]
PROFILES
sed -i 's/^crs: .*/&\nprofiles: mine.yaml/; s/^  polluted_soil:/  right_of_way:/; s/polluted.gpkg/road.gpkg, profile: my-road/' "$project"
run check "$project"
expect "a profile of one's own" 0 "profile my-road" "licence: CC0" \
    "rights-of-way of 1 lines" "fields missing: larg"
analyse
# 1,000 m along the southern edge: 10 m of half width, less 5 m kept free
near "and its widths" 0.5 "$(json territories.0.marginal_ha)" 0.001
sed -i 's/verge: 7/verge: 1/' "$p/mine.yaml"
run check "$project"
expect "a mistake in it has its place" 3 "mine.yaml:2:5: right_of_way: corridor 1"
rm "$p/mine.yaml"
run check "$project"
expect "and so has its lack" 3 "project.yaml:5:11: profiles: no such file"

# ---- 21: damaged files
copy
gdal_translate -q -co COMPRESS=DEFLATE -co PREDICTOR=3 -co TILED=YES \
    -outsize 800 800 -r bilinear "$work/base/depth.tif" "$p/big.tif"
"$python" - "$p/big.tif" <<'PY'
import sys
# noise: real bytes in every block
from osgeo import gdal
import random, struct
d = gdal.Open(sys.argv[1], 1)
random.seed(1)
d.GetRasterBand(1).WriteRaster(0, 0, 800, 800, struct.pack(
    "640000f", *[random.uniform(10, 90) for _ in range(640000)]))
PY
head -c $(($(stat -c %s "$p/big.tif") * 6 / 10)) "$p/big.tif" >"$p/depth.tif"
analyse
expect "21: a truncated GeoTIFF" 4 "re:project.yaml:15:[0-9]+: depth.tif: "
copy
head -c 300 "$work/base/depth.tif" >"$p/depth.tif"
run check "$project"
expect "21: a GeoTIFF cut in its head" 4 \
    "re:project.yaml:15:[0-9]+: depth.tif: "
copy
{
    echo "id|wkt"
    for ((i = 0; i < 2000; i++)); do
        x=$((520000 + i % 40 * 20)) row=$((i / 40))
        y=$((6940000 + 15 * row))
        echo "$i|$(box $x $y $((x + 10)) $((y + 10)))"
    done
} >"$p/many.txt"
rm "$p/polluted.gpkg"
vector "$p/polluted.gpkg" EPSG:2154 <"$p/many.txt"
size=$(stat -c %s "$p/polluted.gpkg")
head -c $((size * 6 / 10)) "$p/polluted.gpkg" >"$p/cut.gpkg"
mv "$p/cut.gpkg" "$p/polluted.gpkg"
analyse
expect "21: a truncated GeoPackage" 4 "project.yaml:11:7: polluted.gpkg: "
copy
head -c 1000 "$work/base/polluted.gpkg" >"$p/polluted.gpkg"
run check "$project"
expect "21: a GeoPackage cut in its head" 4 \
    "project.yaml:11:7: polluted.gpkg: "
copy
: >"$p/polluted.gpkg"
run check "$project"
expect "21: an empty file" 4 "project.yaml:11:7: polluted.gpkg: "
copy
ogr2ogr -f GeoJSON "$p/polluted.geojson" "$p/polluted.gpkg" -t_srs EPSG:4326
head -c -40 "$p/polluted.geojson" >"$p/cut.geojson"
edit 's/polluted.gpkg/cut.geojson/'
run check "$project"
expect "21: a truncated GeoJSON" 4 "project.yaml:11:7: cut.geojson: "

# ---- outputs
copy
mkdir "$p/closed"
cp -r "$TERRAMIS" "$p/terramis"
chmod -R a+rX "$work"
chmod 555 "$p/closed"
if [ "$(id -u)" != 0 ]; then
    run run "$project" --out "$p/closed/out"
    expect "a read-only output folder" 6 "$p/closed/out: " "ermission"
elif command -v setpriv >/dev/null && setpriv --reuid=65534 --regid=65534 \
    --clear-groups test -x "$p/terramis"; then
    setpriv --reuid=65534 --regid=65534 --clear-groups "$p/terramis" run \
        "$project" --out "$p/closed/out" >"$work/stdout" 2>"$work/stderr"
    code=$? command="terramis run, as nobody"
    expect "a read-only output folder" 6 "$p/closed/out: " "ermission"
else
    skip "a read-only output folder: runs as root, without setpriv"
fi
copy
run run "$project" --out "$project/out"
expect "an output folder below a file" 6 "$project"

copy
analyse
expect "results to keep" 0
find "$p/out" -type f -exec sha256sum {} + | sort >"$work/before"
analyse
expect "existing results are not replaced" 6 "$p/out: holds results already" \
    "--overwrite"
find "$p/out" -type f -exec sha256sum {} + | sort >"$work/after"
check "and stay as they are" cmp "$work/before" "$work/after"
echo "mine" >"$p/out/note.txt"
analyse --overwrite
expect "--overwrite replaces them" 0
check "and keeps files of others" grep -q mine "$p/out/note.txt"
# a failing run leaves the old results alone
find "$p/out" -type f -exec sha256sum {} + | sort >"$work/before"
hole -9999 | raster "$p/depth.tif" EPSG:2154 519900 6941100 50 -9999
analyse --overwrite
expect "a run that fails with --overwrite" 4
find "$p/out" -type f -exec sha256sum {} + | sort >"$work/after"
check "leaves the old results as they were" cmp "$work/before" "$work/after"
same "and nothing half done" "" "$(find "$p" -name '.*.terramis')"

# ---- a territory smaller than a cell, one without area
copy
rm "$p/territory.gpkg"
printf 'name|wkt\nTiny|%s\n' "$(box 520179 6940150 520181 6940152)" |
    vector "$p/territory.gpkg" EPSG:2154
analyse
expect "a territory smaller than a cell" 0 '"pilot"'
near "has its 4 m2" 0.0004 "$(json territories.0.area_ha)" 1e-6
copy
rm "$p/territory.gpkg"
printf 'name|wkt\nFlat|%s\n' "$(box 520150 6940150 520250 6940150)" |
    vector "$p/territory.gpkg" EPSG:2154
analyse
expect "a territory without area is refused" 4 "territory.gpkg: " \
    "has no usable feature" "1 refused"

# ---- territories
copy
rm "$p/territory.gpkg"
printf 'name|wkt\nSouth|%s\nNorth|%s\n' \
    "$(box 520000 6940000 521000 6940500)" \
    "$(box 520000 6940500 521000 6941000)" |
    vector "$p/territory.gpkg" EPSG:2154
sed -i "s/.*id: pilot.*/  - {id: south, source: territory.gpkg, where: \"name = 'South'\"}\n  - {id: north, source: territory.gpkg, where: \"name = 'North'\"}/" \
    "$project"
hole -9999 | raster "$p/depth.tif" EPSG:2154 519900 6941100 50 -9999
run run "$project" --out "$p/out"
expect "a territory that fails for its data, one that does not" 5 \
    "warning: territory north failed: " "factor depth: no data at" \
    "1 of 2 territories failed" "south"
check "the other one is published" test -s "$p/out/south/class.tif"
check "with a manifest" test -s "$p/out/manifest.json"
check "of the one that failed there is nothing" test ! -e "$p/out/north"
same "and nothing half done" "" "$(find "$p" -name '.*.terramis')"
run run "$project" --out "$p/out2" --territory north
expect "the only territory fails: its own exit code" 4 "factor depth: no data"
same "nothing is published" "" "$(find "$p/out2" -type f 2>/dev/null)"
run run "$project" --out "$p/out3" --territory south
expect "--territory does only the one asked for" 0
check "and writes only that" test -s "$p/out3/south/class.tif" -a \
    ! -e "$p/out3/north"

# ---- interruption
for signal in INT TERM; do
    copy
    "$TERRAMIS" run "$project" --out "$p/out" --resolution 0.15 --threads 1 \
        >"$work/stdout" 2>"$work/stderr" &
    pid=$!
    for ((i = 0; i < 200; i++)); do
        compgen -G "$p/.out.terramis/new/pilot/*" >/dev/null && break
        sleep 0.05
    done
    sleep 0.2
    kill -"$signal" "$pid"
    wait "$pid"
    code=$? command="terramis run --resolution 0.15, SIG$signal"
    expect "SIG$signal ends a run" 130 "interrupted"
    same "SIG$signal leaves nothing half done" "" \
        "$(find "$p" -path '*out*')"
done
# a killed run's rubbish goes with the next one
copy
mkdir -p "$p/.out.terramis/new/pilot"
analyse
expect "a run after one that was killed" 0
same "removes what that one left" "" "$(find "$p" -name '.*.terramis')"

# ---- inputs are never written
copy
sqlite3 "$p/polluted.gpkg" "PRAGMA journal_mode=WAL" >/dev/null 2>&1
snapshot() {
    (cd "$p" && find . -path ./out -prune -o -type f -printf '%p %T@ %m ' \
        -exec sha256sum {} \; | sort)
}
snapshot >"$work/before"
run check "$project"
analyse
expect "a run over inputs that are watched" 0
snapshot >"$work/after"
check "inputs keep bytes and times, and get no neighbours" \
    diff "$work/before" "$work/after"
finish
