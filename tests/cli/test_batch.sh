#!/usr/bin/env bash
# What other programs read from a run (--json), and several projects in one
# command.
# shellcheck disable=SC2119 # analyse without options
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
base

# ---- events of one run
copy
run run "$project" --out "$p/out" --json
expect "run --json" 0
check "events: order, progress, files" "$python" - "$work/stdout" <<'PY'
import json, os, sys
events = [json.loads(line) for line in open(sys.argv[1])]
kinds = [e["event"] for e in events]
assert kinds[0] == "start" and kinds[-1] == "done", kinds
assert set(kinds) <= {"start", "territory", "progress", "note", "warning",
                      "file", "done"}, kinds
assert kinds.count("start") == kinds.count("done") == 1
assert events[0]["program"] == "terramis" and events[0]["project"], events[0]
done = [e["done"] for e in events if e["event"] == "progress"]
assert done == sorted(done) and done[0] == 0 and done[-1] == 1, done
assert [e["state"] for e in events if e["event"] == "territory"] \
    == ["begun", "done"]
out = events[0]["out"]
told = sorted(e["path"] for e in events if e["event"] == "file")
there = sorted(os.path.join(d, f) for d, _, files in os.walk(out)
               for f in files)
assert told == there, (told, there)
assert events[-1]["code"] == 0 and "text" not in events[-1]
assert [t["id"] for t in events[-1]["territories"]] == ["pilot"]
PY
check "messages for people stay on standard error" grep -q "^terramis: Pilot: " \
    "$work/stderr"
copy
edit 's/polluted.gpkg/nowhere.gpkg/'
analyse
expect "a run that fails" 3 "terramis: $project:11:16: "
same "ends with done and the reason" "done 3 True" "$(tail -n 1 "$work/stdout" |
    "$python" -c 'import json, sys
e = json.load(sys.stdin)
print(e["event"], e["code"], "no such file" in e["text"])')"
copy
analyse
check "-q leaves out progress and notes" test "$(grep -cE \
    '"event":"(progress|note)"' "$work/stdout")" = 0

# ---- several projects
copy
mkdir "$p/autre"
cp "$work"/base/* "$p/autre"
sed -i 's/title: Essai/title: "<script>alert(1)<\/script> \&"/
s/language: en/language: fr/' "$p/autre/project.yaml"
cp "$project" "$p/à côté.yaml"
sed 's/polluted.gpkg/nowhere.gpkg/' "$project" >"$p/bad.yaml"
run run "$project" "$p/autre/project.yaml" "$p/bad.yaml" "$p/à côté.yaml" \
    --out "$p/out"
expect "one of four fails, the others go on" 5 \
    "== $p/autre/project.yaml ==" "1 of 4 projects failed" \
    "project $p/bad.yaml failed: $p/bad.yaml:11:16: source: no such file"
same "folders have the files' names" \
    "autre-project batch.json index.html project à côté" \
    "$(find "$p/out" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort | xargs)"
for name in project autre-project "à côté"; do
    check "$name has its results" test -s "$p/out/$name/manifest.json"
done
same "batch.json says what became of each" "0 0 3 0" "$("$python" -c '
import json, sys
print(*[e["code"] for e in json.load(open(sys.argv[1]))["projects"]])' \
    "$p/out/batch.json")"
run run "$project" --out "$work/alone"
check "a project gives the same as alone" cmp \
    "$work/alone/pilot/parcels.gpkg" "$p/out/project/pilot/parcels.gpkg"
index=$p/out/index.html
check "index: the title is text" grep -qF \
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" "$index"
check "index: no script" test "$(grep -c "<script" "$index")" = 0
check "index: the reason of the failure" grep -q "bad.yaml:11:16" "$index"
if [ -x /usr/bin/chromium ]; then
    chromium --headless --no-sandbox --disable-gpu --dump-dom \
        "file://$index" >"$work/dom.html" 2>/dev/null
    check "index: a browser reads it" "$python" - "$work/dom.html" "$p/out" <<'PY'
import html.parser, os, sys, urllib.parse
text = open(sys.argv[1]).read()
class Page(html.parser.HTMLParser):
    links, rows, lang = [], 0, None
    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "a":
            self.links.append(values["href"])
        if tag == "html":
            self.lang = values["lang"]
        self.rows += tag == "tr"
page = Page()
page.feed(text)
assert page.lang == "fr" and page.rows == 5, (page.lang, page.rows)
assert len(page.links) == 3, page.links  # scenarios.csv of three
for link in page.links:
    assert os.path.exists(os.path.join(sys.argv[2],
                                       urllib.parse.unquote(link))), link
assert "9,6" in text and "échec" in text
PY
else
    skip "index in a browser: no chromium"
fi
cp "$index" "$work/index.html"
run run "$project" "$p/bad.yaml" --out "$p/out"
expect "results stay without --overwrite" 6 "holds results already"
check "and the index too" cmp "$index" "$work/index.html"
run run "$project" --out "$p/out" --overwrite
expect "a single project does not go among them" 6 "several projects"
run run "$project" "$p/bad.yaml" --out "$work/alone" --overwrite
expect "nor several into the folder of one" 6 "a single project"
run run "$project" "$p/autre/project.yaml" --out "$p/out" --overwrite --json
expect "--overwrite" 0
same "events: each has its own, then batch" \
    "start done start done batch True" "$("$python" - "$work/stdout" <<'PY'
import json, sys
events = [json.loads(line) for line in open(sys.argv[1])]
done = [e["done"] for e in events if e["event"] == "progress"]
print(*[e["event"] for e in events
        if e["event"] in ("start", "done", "batch")],
      done == sorted(done) and done[-1] == 1)
PY
)"
run run "$p/bad.yaml" "$p/nowhere.yaml" --out "$p/none"
expect "all fail: the first one's code" 3 "2 of 2 projects failed"
run run "$p/bad.yaml" "$project" --out /dev/null/x
expect "a folder that cannot be made" 6 "/dev/null/x"
finish
