#!/usr/bin/env bash
# The command line itself: help, options, lists, schema, explain; exit codes
# and messages.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
base
commands=$("$TERRAMIS" --help | sed -nE '/^commands:/,/^$/s/^  ([a-z]+) .*/\1/p')

# ---- help and version
run --help
expect "--help" 0 "usage: terramis COMMAND" "exit codes: 0 done"
check "--help goes to standard output" test ! -s "$work/stderr"
for word in run check fetch verify explain publish weights list schema demo manual; do
    check "--help names $word" grep -qE "^  $word " "$work/stdout"
done
cp "$work/stdout" "$work/help"
for form in -h help; do
    run $form
    check "$form says the same" cmp "$work/stdout" "$work/help"
done
run --version
expect "--version" 0 "re:^terramis [0-9]+\.[0-9]+\.[0-9]+$"
for word in $commands; do
    run "$word" --help
    expect "$word --help" 0 "usage: terramis $word" "--help"
    cp "$work/stdout" "$work/one"
    run help "$word"
    check "help $word says the same" cmp "$work/stdout" "$work/one"
done
run run --help
expect "run --help names its options" 0 "--out DIR" "--territory ID" \
    "--threads N" "--resolution M" "--overwrite" "--json" "--quiet" "--verbose"
run
expect "no command" 2 "usage: terramis COMMAND"
check "usage after a mistake goes to standard error" test ! -s "$work/stdout"

# ---- mistakes: arguments | what the message holds
while IFS='|' read -r arguments text; do
    # shellcheck disable=SC2086 # a list of words
    run $arguments
    expect "$arguments" 2 "terramis: " "$text" "no:AddressSanitizer"
    check "$arguments: nothing on standard output" test ! -s "$work/stdout"
done <<'MISTAKES'
frobnicate|no command 'frobnicate'. There are: run check
help frobnicate|no command 'frobnicate'
--frobnicate|no command '--frobnicate'
run --frobnicate|unknown option: --frobnicate. See: terramis run --help
run -x|unknown option
run --frobnicate=1|unknown option: --frobnicate=1
check --out x|unknown option: --out
schema --threads 2|unknown option: --threads
run --threads|option needs a value: --threads
run -o|option needs a value: -o
run --out=|option needs a value: --out
run --threads 0|--threads wants a number from 1 to 1024, not 0
run --threads -1|not -1
run --threads 1.5|not 1.5
run --threads many|not many
run --threads 9999999999|not 9999999999
run -j 0x2|not 0x2
run --threads=|option needs a value: --threads
run --resolution 0|--resolution wants metres, 0.1 to 10000, not 0
run --resolution -5|not -5
run --resolution nan|not nan
run --resolution inf|not inf
run --resolution 5m|not 5m
run --resolution 2,5|not 2,5
run --resolution 1e400|not 1e400
check a.yaml b.yaml|too many operands: b.yaml
explain|missing: PARCEL
explain a b c|too many operands: c
list|missing: criteria|memberships
list frobnicate|no such table. There are: criteria, memberships, weightings, combiners, yields, outputs, layers, services
list criteria outputs|too many operands: outputs
demo|missing: DIR
schema x|too many operands: x
MISTAKES

# ---- project file
run check "$work/nowhere.yaml"
expect "a project file that is not there" 3 "nowhere.yaml" "No such file"
run check "$work"
expect "a folder as project file" 3 "is a folder. Name the project file in it"
: >"$work/empty.yaml"
run check "$work/empty.yaml"
expect "an empty project file" 3 "empty.yaml:1:1: " "version: 1"
head -c 4096 "$TERRAMIS" >"$work/binary.yaml"
run check "$work/binary.yaml"
expect "a binary as project file" 3 "binary.yaml:1:"
copy
edit 's/^version: 1/version: 2/'
run check "$project"
expect "a version of the notation that is not known" 3 "$project:1:10: version: "
(
    cd "$work/base" || exit
    cp project.yaml terramis.yaml
    "$TERRAMIS" check >"$work/stdout" 2>"$work/stderr"
)
check "terramis.yaml of the working directory is the default" \
    grep -q "everything could be read" "$work/stdout"
rm "$work/base/terramis.yaml"

# ---- territories
copy
run run "$project" --out "$p/out" --territory pilto
expect "--territory unknown, with advice" 2 \
    "--territory pilto: no such territory; did you mean 'pilot'? There are: pilot"
run check "$project" -t ailleurs
expect "--territory unknown, nothing near" 2 "no such territory. There are: pilot"
check "nothing is made of it" test ! -e "$p/out"

# ---- quiet, verbose, output
analyse --resolution 20 -j 2
expect "--resolution" 0
same "--resolution gives the cell size" "50 x 50" \
    "$(gdalinfo "$p/out/pilot/class.tif" | sed -nE 's/^Size is ([0-9]+), ([0-9]+)/\1 x \2/p')"
check "-q says nothing" test ! -s "$work/stderr"
check "run --json is JSON, line by line" "$python" -m json.tool --json-lines \
    "$work/stdout" "$work/x.json"
run run "$project" --out "$p/deep/er/out"
expect "folders of --out are made" 0 "Pilot (100" "terramis: Pilot: "
check "and filled" test -s "$p/deep/er/out/manifest.json"
check "progress only on a terminal" test "$(grep -c '%' "$work/stderr")" = 0
run check "$project" --json
expect "check --json" 0
check "is JSON" "$python" -m json.tool "$work/stdout" "$work/x.json"
same "check names the roles of all layers" \
    "territory parcels polluted_soil constraint factor factor" \
    "$("$python" -c 'import json, sys
print(*[l["role"] for l in json.load(open(sys.argv[1]))["layers"]])' \
        "$work/stdout")"
"$TERRAMIS" list criteria >/dev/full 2>"$work/stderr"
code=$? command="list criteria >/dev/full"
: >"$work/stdout"
expect "a full disk at standard output" 6 "cannot write to standard output"

# ---- lists and schema
for table in criteria memberships weightings combiners yields outputs layers services; do
    run list $table
    expect "list $table" 0
    cp "$work/stdout" "$work/list"
    run list $table --json
    expect "list $table --json" 0
    # every name that JSON has, the text has, with its summary
    check "list $table: text and JSON agree" "$python" - "$work/stdout" \
        "$work/list" <<'PY'
import json, sys
rows = json.load(open(sys.argv[1]))
text = open(sys.argv[2]).read()
assert rows
for row in rows:
    assert "%s: %s" % (row["name"], row["summary"]) in text, row
PY
done
run list criteria
expect "criteria" 0 "re:^value: " "re:^class: " "re:^slope: " \
    "re:^distance: " "re:^coverage: " "source: Horn 1981"
run list memberships
expect "memberships" 0 "re:^linear: " "re:^trapezoid: " "re:^table: "
run schema
expect "schema" 0
schema=$work/schema.json
check "schema is JSON" "$python" -m json.tool "$work/stdout" "$schema"
if "$python" -c 'import jsonschema, yaml' 2>/dev/null; then
    # shellcheck disable=SC2317 # called by check
    validate() {
        "$python" -W ignore - "$schema" "$1" <<'PY'
import json, sys
import jsonschema, yaml
schema = json.load(open(sys.argv[1]))
jsonschema.Draft7Validator.check_schema(schema)
jsonschema.validate(yaml.safe_load(open(sys.argv[2])), schema)
PY
    }
    for file in terramis.yaml tests/cli/real/*.yaml "$work/base/project.yaml"; do
        [ -e "$file" ] || continue
        check "the schema accepts $(basename "$file")" validate "$file"
    done
    # shellcheck disable=SC2317
    refuses() { ! validate "$1" >/dev/null 2>&1; }
    for change in 's/^title:/titel:/' 's/resolution: 10/resolution: ten/' \
        's/weight: 3/weight: -3/' 's/criterion: value/criterion: valeur/' \
        's/kind: linear, points/kind: linear, point/' '/^crs:/d' \
        's/id: pilot/id: ..\/pilot/'; do
        copy
        edit "$change"
        check "the schema refuses what check refuses: $change" refuses "$project"
        run check "$project"
        expect "and check too" 3
    done
else
    skip "the schema against project files: no python3-jsonschema"
fi

# ---- explain
copy
analyse
expect "a run to explain" 0
run explain A "$project" --out "$p/out"
expect "explain a parcel" 0 "Parcel: A" "depth" "road" "Total"
"$python" - "$work/stdout" >"$work/sum" <<'PY'
import re, sys
rows = re.findall(r"^  (\w+) +([\d.]+)(?: +[\d.,]+(?: m| %)?)? +([\d.]+) +"
                  r"([\d.]+)$", open(sys.argv[1]).read(), re.M)
total = float(re.search(r"Total +([\d.]+)", open(sys.argv[1]).read()).group(1))
assert len(rows) == 2
for name, weight, m, c in rows:
    assert abs(100 * float(weight) * float(m) - float(c)) < 0.02, name
assert abs(sum(float(r[3]) for r in rows) - total) < 1e-9
print("%.2f" % total)
PY
same "its contributions add up to the score" \
    "$(field "$p/out/pilot/parcels.csv" A score)" "$(cat "$work/sum")"
run explain D "$project" --out "$p/out"
expect "explain a parcel with nothing to plant" 0 "Parcel: D" "Nothing to plant"
run explain A "$project" --out "$p/out" --json
expect "explain --json" 0
same "names the class" S1 "$(json class)"
same "and the rank, a whole number" 2 "$(json rank)"
run explain "A' OR '1'='1" "$project" --out "$p/out"
expect "explain a parcel that is not there" 4 "not in the results"
run explain A "$project" --out "$p/nowhere"
expect "explain without results" 4 "no results there" "First: terramis run"
finish
