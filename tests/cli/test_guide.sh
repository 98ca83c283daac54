#!/usr/bin/env bash
# vectors/GUIDE.md, as a newcomer follows it: its project files and its
# commands, with the test server in place of the Internet.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY all_proxy
guide=$(realpath vectors/GUIDE.md)
serve ""
host=http://127.0.0.1:$port

# block LANGUAGE N: the Nth block of code of the guide
block() {
    awk -v want="\`\`\`$1" -v n="$2" '
        /^```/ && inside { inside = 0; next }
        inside && seen == n { print }
        $0 == want { inside = 1; seen++ } ' "$guide"
}

# follow N: runs the Nth block of commands in $p
follow() {
    local line lines
    lines=$(block sh "$1")
    check "guide: block $1 has commands" test -n "$lines"
    while read -r line; do
        # the block's words are the arguments
        # shellcheck disable=SC2086
        (cd "$p" && exec "$TERRAMIS" ${line#terramis }) >"$work/stdout" \
            2>"$work/stderr" </dev/null
        code=$? command=$line
        expect "guide: $line" 0
    done <<<"$lines"
}

p=$work/guide project=$p/projet.yaml
mkdir "$p"
{
    block yaml 1 | sed "s/200010700/123456789/
s/BDTOPO_V3:troncon_de_route/spread:60/; s/BDTOPO_V3:troncon_hydro[a-z]*/spread:3/"
    echo "services:"
    for s in wfs georisques cadastre geoapi; do
        echo "  $s: $host/plain/$s"
    done
} >"$project"
follow 1
check "guide: the map is there" test -s "$p/out/territoire/map-class.png"
check "guide: the page too" test -s "$p/out/index.html"
same "guide: six parcels" 6 "$(tail -n +2 "$p/out/territoire/parcels.csv" | wc -l)"
follow 2

block yaml 2 >"$p/miens.yaml"
sed -i 's/^crs: .*/&\nprofiles: miens.yaml/; s/profile: bdtopo-route/profile: ma-voirie/' \
    "$project"
follow 3
run check "$project"
expect "guide: one's own profile" 0 "ma-voirie" "60 "
finish
