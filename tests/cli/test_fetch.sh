#!/usr/bin/env bash
# terramis fetch against a server on the loopback that plays every service,
# from real samples where there are any, with their bad manners.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY all_proxy
data=
if [ -e "$shared/data/EXPECTED.tsv" ]; then
    data=$(realpath "$shared/data")
else
    skip "fetch: no real samples in $shared/data"
fi
serve "${data:-}"
host=http://127.0.0.1:$port

# begin [MANNER [KEYS]]: a project in the new folder $p whose services answer
# in that manner; its file ends where entries are to follow.
begin() {
    local manner=${1:-plain}
    copies=$((copies + 1))
    p=$work/f$copies
    project=$p/project.yaml
    mkdir "$p"
    {
        fetch_project
        for s in wfs apicarto georisques hubeau cadastre geoapi; do
            echo "  $s: $host/$manner/$s"
        done
        echo "fetch:"
        echo "  {wait: 0.01, rate: 1000, timeout: 2, retries: 2, max_size: 20,"
        echo "   ${2:-bbox: [520000, 6940000, 521000, 6941000]},"
        echo "   layers: ["
    } >"$project"
}

# entry TEXT...: entries of the project; closes it
entry() {
    local e
    for e; do echo "     {$e},"; done >>"$project"
    echo "   ]}" >>"$project"
}

fetch() { run fetch "$project" "$@"; }

# layer FILE LAYER: count, geometry type, fields
layer() {
    ogrinfo -so -ro "$p/$1" "$2" 2>/dev/null
}

# count FILE LAYER N WHAT
count() {
    same "$4" "Feature Count: $3" "$(layer "$1" "$2" | grep 'Feature Count')"
}

# asked MANNER/SERVICE: requests the server saw so far
asked() {
    "$python" -c 'import sys, urllib.request
print(urllib.request.urlopen(sys.argv[1]).read().decode())' \
        "$host/plain/count/$1"
}

nothing() { # WHAT: no file, nor half of one
    local left
    left=$(find "$p" -name .terramis-cache -prune -o -type f -print |
        grep -v project.yaml)
    same "$1: nothing written" "" "$left"
}

w="service: wfs, to: vectors/w.gpkg"

# ---- WFS
begin
entry "$w, layer: lignes, typename: 'test:2500', key: cleabs" \
    "$w, layer: autres, typename: 'test:3', licence: CC0, date: '2024'"
fetch
expect "wfs in pages" 0 "vectors/w.gpkg: layer lignes, 2500 objects" \
    "layer autres, 3 objects" "licence Licence Ouverte 2.0" "date 2024" \
    "licence CC0" "4 answers downloaded, 0 from the cache"
count vectors/w.gpkg lignes 2500 "all objects of three pages"
count vectors/w.gpkg autres 3 "two layers in a file"
layer vectors/w.gpkg lignes >"$work/info"
for text in "Multi Line String" 'ID\["EPSG",2154\]' "LICENCE=Licence Ouverte" \
    "importance: String" "Geometry Column = geom"; do
    check "wfs: $text" grep -q "$text" "$work/info"
done
check "record beside the file" grep -q '"licence":"CC0"' \
    <(tr -d ' \n' <"$p/vectors/w.gpkg.source.json")
fetch
expect "again: from the cache" 0 "up to date" "0 answers downloaded, 4 from"
fetch --offline
expect "--offline" 0 "0 answers downloaded, 4 from"
fetch --refresh --json
expect "--refresh" 0
same "--refresh asks again" 4 "$(json downloaded)"
fetch --offline --refresh
expect "--offline --refresh" 2 "exclude one another"
touch "$p/.terramis-cache/x"
for f in "$p"/.terramis-cache/*[0-9a-f]; do echo >>"$f"; done
fetch --offline
expect "--offline: a spoilt cache is none" 4 "is not in the cache" \
    "Run once without --offline"
rm -rf "$p/.terramis-cache"
fetch --offline
expect "--offline without cache" 4 "wfs test:2500, page 1" "is not in the cache"

begin gzip
entry "$w, typename: 'test:3'"
fetch
expect "compressed answers" 0
count vectors/w.gpkg w 3 "named as its file"
begin nocrs
entry "$w, typename: 'test:3'"
fetch
expect "no crs in the answer: the one asked for" 0
check "metres are EPSG:2154" grep -q 'ID\["EPSG",2154\]' \
    <(layer vectors/w.gpkg w)
begin plain "bbox: [520000, 6940000, 521000, 6941000], margin: 0"
entry "$w, typename: 'test:3', filter: \"nature = 'Sentier'\""
fetch
expect "a filter" 0
begin
entry "$w, typename: 'test:0'"
fetch
expect "no object: a warning" 0 "warning: " "no object at all"
begin
entry "$w, typename: 'test:12000', page_size: 5000"
fetch
expect "pages of 5,000" 0
count vectors/w.gpkg w 12000 "12,000 objects"

# manner | typename and more | code | texts of the message, by "; "
while IFS='|' read -r manner more wanted texts; do
    begin "$manner"
    entry "$w, typename: $more"
    fetch
    list=()
    while read -r text; do list+=("$text"); done <<<"${texts//; /$'\n'}"
    expect "wfs, $manner $more" "$wanted" "${list[@]}"
    [ "$wanted" = 0 ] || nothing "wfs, $manner $more"
done <<'MANNERS'
truncated|'test:12000', page_size: 5000|4|project.yaml:; 5000 objects came of 12000; nothing is written
unknown|'test:12000', page_size: 5000|4|exactly 5000 objects came, the limit of the service
unknown|'test:2500'|0|2500 objects
unsorted|'test:2500'|4|5 objects came twice, so others are missing; Give key:
unsorted|'test:2500', key: cleabs|0|2500 objects
unsorted|'test:2500', key: nature|4|came twice with the same 'nature'
plain|'test:3', key: importance|4|has no field 'importance'
missing_one|'test:2500'|4|the service cut the answer
miscounted|'test:3'|4|says it has 4 objects and has 3
growing|'test:2500'|4|the data changed on the way
busy|'test:3'|0|429: slow down; again in 1 s
patience|'test:3'|4|503: slow down; Try again later
flaky|'test:2500'|0|502: oops; 2500 objects
half|'test:2500'|4|wfs test:2500, page 2; STARTINDEX=1000; 500: out of memory
empty|'test:3'|4|page 1; the answer is empty
missing|'test:3'|4|404: no such thing; services:
xml|'test:3'|4|the service refuses: ; unknown layer
turned|'test:3'|0|x and y exchanged (latitude first)
turned_metres|'test:3'|0|x and y exchanged
elsewhere|'test:3'|4|the objects lie elsewhere
closed|'test:3'|0|again in
short|'test:3'|0|3 objects
cut|'test:3'|4|page 1; bytes remaining; what has arrived is kept
dropped|'test:3'|4|Empty reply from server
huge|'test:3'|4|larger than 20 MB; max_size
packed_huge|'test:3'|4|larger than 20 MB
to_file|'test:3'|4|sends on to file:///etc/passwd, which is no address of the web. Refused
to_host|'test:3'|4|sends on to another host: localhost. Refused; hosts: [localhost]
to_same|'test:3'|0|3 objects
to_itself|'test:3'|4|sends on and on
MANNERS

begin to_host "bbox: [520000, 6940000, 521000, 6941000], hosts: [localhost]"
entry "$w, typename: 'test:3'"
fetch
expect "a host that the project allows" 0 "3 objects"
begin turned
entry "$w, typename: 'test:3'"
fetch
same "turned round: longitude first" "Extent: (0.513000, 49.530000) - (0.513000, 49.530000)" \
    "$(layer vectors/w.gpkg w | grep Extent)"
begin stalled
entry "$w, typename: 'test:3'"
sed -i 's/timeout: 2, retries: 2/timeout: 1, retries: 0/' "$project"
fetch
expect "a stalled answer" 4 "too slow"

# a certificate that nobody vouches for
if openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 2 \
    -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null; then
    "$python" - "$work" >"$work/tls" <<'PY' &
import http.server, ssl, sys
server = http.server.HTTPServer(("127.0.0.1", 0),
                                http.server.BaseHTTPRequestHandler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1] + "/cert.pem", sys.argv[1] + "/key.pem")
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
server.timeout = 10
server.handle_request()
PY
    for ((i = 0; i < 100; i++)); do
        [ -s "$work/tls" ] && break
        sleep 0.05
    done
    begin
    entry "$w, typename: 'test:3'"
    sed -i "s#^  wfs: .*#  wfs: https://localhost:$(cat "$work/tls")/wfs#" \
        "$project"
    fetch
    expect "a certificate that nobody vouches for" 4 "certificate"
    wait $!
else
    skip "fetch: no openssl to make a certificate with"
fi

# pages that have come are kept: the next run asks for the rest only
begin half
entry "$w, typename: 'test:1500'"
fetch
before=$(asked half/wfs)
sed -i "s#/half/wfs#/half/wfs#; s/retries: 2/retries: 0/" "$project"
fetch
expect "500 half-way" 4 "page 2"
same "only the missing page is asked for again" $((before + 1)) "$(asked half/wfs)"

# interrupted: by a signal while an answer is on its way
begin stalled
entry "$w, typename: 'test:3'"
"$TERRAMIS" fetch "$project" >"$work/stdout" 2>"$work/stderr" &
pid=$!
sleep 0.5
kill -INT $pid
wait $pid
code=$?
command="terramis fetch, interrupted"
expect "interrupted" 130 "interrupted"
nothing "interrupted"

# ---- a territory by SIREN, and what goes by commune
siren="siren: ['123456789'], margin: 10"
for manner in plain bare; do
    begin $manner "$siren"
    entry "service: geoapi, to: vectors/t.gpkg, layer: epci" \
        "service: geoapi, what: communes, to: vectors/t.gpkg, layer: communes"
    fetch
    expect "geoapi, $manner" 0 "layer epci, 1 objects" "layer communes, 2 objects"
done
layer vectors/t.gpkg epci >"$work/info"
check "siren is a field" grep -q "siren: String" "$work/info"
same "the EPCI is the union of its communes" "Extent: (0.500000, 49.520000) - (0.540000, 49.540000)" \
    "$(grep Extent "$work/info")"
begin plain "siren: ['000000000']"
entry "service: geoapi, to: vectors/t.gpkg"
fetch
expect "an unknown SIREN" 4 "siren 000000000" "no commune is known"
begin
entry "service: geoapi, to: vectors/t.gpkg"
fetch
expect "communes are needed" 3 "project.yaml:" "asked commune by commune"
begin plain "margin: 5"
entry "service: geoapi, to: vectors/t.gpkg"
fetch
expect "no territory at all" 3 "Say where they lie"

begin plain "$siren"
entry "service: georisques, what: casias, page_size: 2, to: vectors/s.gpkg"
fetch
expect "georisques in pages" 0 "layer s, 10 objects, 4 without geometry" \
    "4 of 10 records have no geometry" "8 answers"
same "records without geometry are kept and marked" 4 "$(ogrinfo -ro -q \
    "$p/vectors/s.gpkg" -sql "SELECT * FROM s WHERE localisation = 'commune'" |
    grep -c OGRFeature)"
for pair in grouped,casias grouped_old,instructions; do
    begin "${pair%,*}" "$siren"
    sed -i 's#geoapi: .*#geoapi: '"$host/plain/geoapi#" "$project"
    entry "service: georisques, what: ${pair#*,}, to: vectors/s.gpkg"
    fetch
    expect "georisques, keys as in $pair" 0 "10 objects"
done
begin empty "$siren"
sed -i 's#geoapi: .*#geoapi: '"$host/plain/geoapi#" "$project"
entry "service: georisques, what: casias, to: vectors/s.gpkg"
fetch
expect "georisques, empty with 200" 4 "casias, commune 76001, page 1" "is empty"

h="service: hubeau, parameters: [code_usage_second_niveau=5], page_size: 2, to: vectors/h.gpkg"
begin plain "$siren"
entry "$h"
fetch
expect "hubeau: code 206 and next" 0 "5 objects"
for pair in "elsewhere|another host: localhost" "loop|names itself as the next"; do
    begin "${pair%|*}" "$siren"
    sed -i 's#geoapi: .*#geoapi: '"$host/plain/geoapi#" "$project"
    entry "$h"
    fetch
    expect "hubeau, ${pair%|*}" 4 "${pair#*|}"
done
begin plain "$siren"
entry "${h/code_usage_second_niveau=5/x}"
fetch
expect "hubeau: wrong parameters" 3 "expected name=value, found x"

begin plain "communes: ['76001', '76002']"
entry "service: cadastre, to: vectors/p.gpkg, layer: parcelles"
fetch
expect "cadastre by commune" 0 "6 objects"
begin damaged "communes: ['76001']"
sed -i 's#geoapi: .*#geoapi: '"$host/plain/geoapi#" "$project"
entry "service: cadastre, to: vectors/p.gpkg"
fetch
expect "cadastre, cut short" 4 "parcelles, commune 76001" "gzip"
nothing "cadastre, cut short"

begin
entry "service: apicarto, what: nature/natura-habitat, page_size: 3, to: vectors/n.gpkg"
fetch
expect "apicarto in pages" 0 "7 objects" "3 answers"
begin
entry "service: apicarto, what: gpu/zone-urba, to: vectors/n.gpkg"
fetch
expect "apicarto: 5,000 and no pages: by quarters" 0 "6400 objects"
begin crowded
entry "service: apicarto, what: gpu/zone-urba, to: vectors/n.gpkg"
fetch
expect "apicarto: 5,000 however small" 4 "5000 objects came of 6400"

# ---- files
u="service: url, to: vectors/u.gpkg, address: $host"
for name in a.geojson a.geojson.gz a.zip; do
    begin
    entry "$u/plain/file/$name"
    fetch
    expect "a file: $name" 0 "300 objects" "licence not given"
done
check "a field fid is kept" grep -q "^fid: String" <(layer vectors/u.gpkg u)
for manner in to_same range; do
    begin
    entry "$u/$manner/file/a.geojson"
    fetch
    expect "a file, $manner" 0 "300 objects"
done
same "a broken download goes on where it stopped" 2 "$(asked range/file/a.geojson)"
begin
entry "$u/range_late/file/a.zip"
sed -i 's/retries: 2/retries: 0/' "$project"
fetch
expect "a file that breaks off" 4 "bytes remaining"
nothing "a file that breaks off"
check "its first half is kept" test -n "$(find "$p/.terramis-cache" -name '*.part')"
fetch
expect "the next run goes on with it" 0 "300 objects"
check "the half is gone" test -z "$(find "$p/.terramis-cache" -name '*.part' -o -name '*.tag')"
fetch --refresh
expect "--refresh of what has not changed" 0 "up to date" "1 answers downloaded"

sed -i 's/to: vec/crs: EPSG:2154, to: vec/' "$project"
fetch
expect "other settings: written anew" 0 "300 objects" "0 answers downloaded"

while IFS='|' read -r name more wanted text; do
    begin
    entry "$u/plain/file/$name$more"
    fetch
    expect "a file: $name$more" "$wanted" "$text"
    [ "$wanted" = 0 ] || nothing "a file: $name"
done <<'FILES'
two.zip||4|2 files in it
two.zip|, member: b.geojson|0|300 objects
two.zip|, member: c.geojson|3|no file called c.geojson in the archive
same.zip||4|two files called a.geojson
slip.zip||4|out of their folder (../). Refused
bomb.zip||4|unpacks to more than 20 MB
bomb.gz||4|unpacks to more than 20 MB
cut.gz||4|gzip
cut.zip||4|Refused
text.txt||4|0 files
page.geojson||4|cannot be read as a vector layer
a.7z||4|Unpack it by hand
FILES

begin
entry "service: url, address: $host/plain/file/dem.asc, crs: EPSG:2154, to: rasters/m.tif, licence: LO"
fetch
expect "a raster" 0 "rasters/m.tif: raster"
gdalinfo "$p/rasters/m.tif" >"$work/info"
for text in "LAYOUT=COG" "Size is 4, 3" 'ID\["EPSG",2154\]' "NoData Value=-9999" "LICENCE=LO"; do
    check "raster: $text" grep -q "$text" "$work/info"
done

# ---- what is somebody's own stays
begin
entry "$w, typename: 'test:3'"
mkdir "$p/vectors"
echo mine >"$p/vectors/w.gpkg"
fetch
expect "a file of one's own" 6 "was not downloaded by terramis" "--overwrite"
same "it is untouched" mine "$(cat "$p/vectors/w.gpkg")"
fetch --overwrite
expect "--overwrite" 0
echo edited >>"$p/vectors/w.gpkg"
fetch
expect "a file edited since" 6 "or was changed since"
fetch --overwrite
expect "--overwrite again" 0
cp "$p/vectors/w.gpkg" "$work/before.gpkg"
sed -i "s/test:3'/test:4'/; s#/plain/wfs#/half/wfs#; s/rate: 1000/rate: 1000/" "$project"
sed -i "s/typename: 'test:4'/typename: 'test:4', page_size: 2/" "$project"
fetch
expect "an older file, when its service fails" 4 "page 2"
check "it is as it was" cmp "$p/vectors/w.gpkg" "$work/before.gpkg"

# ---- mistakes in the project file: entry | message
while IFS='|' read -r line text; do
    begin
    entry "$line"
    fetch
    expect "$line" 3 "project.yaml:" "$text" "no:AddressSanitizer"
done <<'MISTAKES'
service: wfs, to: vectors/a.gpkg|typename
service: wfz, typename: x, to: vectors/a.gpkg|did you mean 'wfs'
service: wfs, typename: x, to: ../a.gpkg|not below the project's folder
service: wfs, typename: x, to: /a.gpkg|not below the project's folder
service: wfs, typename: x, to: a.shp|ends neither in .gpkg
service: wfs, typename: x, to: a.tif|vectors only
service: wfs, typename: x, to: a.gpkg, member: x|service 'wfs' has no key 'member'
service: georisques, what: basol, to: a.gpkg|casias, instructions
MISTAKES
begin plain "siren: [12], bbox: [2, 2, 1, 1], cache: /tmp/x"
entry "$w, typename: x" "$w, typename: y"
sed -i 's#^  geoapi: .*#  geoapi: ftp://x#' "$project"
fetch
expect "all mistakes at once" 3 "siren: expected codes of 9 digits" "bbox: expected" \
    "cache: " "is written twice" "geoapi: expected an address"
begin
entry
fetch
expect "nothing to download" 3 "nothing to download"
begin
entry "service: url, address: file:///etc/passwd, to: vectors/a.gpkg"
fetch
expect "a file:// address" 4 "not an address http://"

# ---- the README's example
base
copy
sed -n '/^fetch:/,/^```/p' README.md | grep -v '^```' >>"$project"
fetch --offline
expect "the example of the README is understood" 4 "geoapi, siren 200010700" \
    "is not in the cache"

# ---- a run takes licence and date over
copy
cat >>"$project" <<PROJECT
services: {wfs: $host/plain/wfs}
fetch:
  wait: 0.01
  bbox: [520000, 6940000, 521000, 6941000]
  layers:
    - {service: wfs, typename: 'test:300', to: vectors/lines.gpkg, date: "2024-06"}
PROJECT
edit 's#source: road.gpkg#source: vectors/lines.gpkg#'
run check "$project"
expect "before: says what to do" 3 "has not been downloaded yet. First run: terramis fetch"
fetch
expect "then: terramis fetch" 0
analyse --overwrite
expect "then: terramis run" 0
same "licence and date are in the manifest" "Licence Ouverte 2.0 2024-06" \
    "$("$python" -c 'import json, sys
i = [i for i in json.load(open(sys.argv[1]))["inputs"] if "lines" in i["source"]][0]
print(i["licence"], i["date"])' "$p/out/manifest.json")"
run check "$project"
expect "and in check" 0 "licence: Licence Ouverte 2.0; date: 2024-06"
echo >>"$p/vectors/lines.gpkg"
run check "$project"
expect "not of a file that changed" 0 "changed since it was downloaded"

# ---- real samples
if [ -n "$data" ]; then
    begin plain "siren: ['200010700']"
    entry "service: geoapi, to: vectors/t.gpkg, layer: epci" \
        "service: geoapi, what: communes, to: vectors/t.gpkg, layer: communes"
    fetch
    expect "Caux Seine by its SIREN" 0 "layer communes, 50 objects"
    near "its area, ha" 57595 "$(ogrinfo -ro -q "$p/vectors/t.gpkg" \
        -dialect SQLite -sql 'SELECT ST_Area(ST_Transform(geom, 2154)) / 1e4 AS a FROM epci' |
        sed -n 's/.*a (Real) = //p')" 300
    begin plain "communes: ['91216'], margin: 3000"
    entry "service: cadastre, to: vectors/p.gpkg"
    fetch
    expect "the cadastre of Epinay-sur-Orge" 0 "4241 objects"
    begin plain "bbox: [924000, 6355000, 935000, 6367000], margin: 5000"
    entry "$w, typename: baronnies/bdtopo_troncon_de_route_05094.geojson, page_size: 30"
    fetch
    expect "BD TOPO roads of the Baronnies" 0 "87 objects"
    begin plain "communes: ['77108']"
    entry "service: georisques, what: conclusions_sis, to: vectors/s.gpkg"
    fetch
    expect "a real SIS of Chelles" 0 "1 objects, 0 without geometry"
fi
exec 9>&-
finish
