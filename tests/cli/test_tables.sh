#!/usr/bin/env bash
# shellcheck disable=SC2119 # analyse without options
# summary.xlsx as a reader of another author sees it: sheets, types, and names
# that spreadsheets would take for formulas.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
base
if ! "$python" -c 'import openpyxl' 2>/dev/null; then
    skip "workbook: no python3-openpyxl"
    finish
fi

copy
edit 's/^language: en/language: fr/; s/^outputs:.*/outputs: [xlsx, csv]/'
edit "s|name: Pilot,|name: \"Été [1/2]: *l'essai* d'un nom de plus de 31 signes\",|"
cat >>"$project" <<'YAML'
scenarios:
  - {id: proche, title: "=Proche", weights: {road: 0.9}}
YAML
{
    echo "id|wkt"
    echo "=1+1|$(box 520100 6940100 520300 6940300)"
    echo "@SUM(A1)|$(box 520100 6940600 520300 6940800)"
    echo "007|$(box 520320 6940100 520420 6940300)"
} | vector "$p/formulas.gpkg" EPSG:2154
edit 's/^parcels: .*/parcels: {source: formulas.gpkg, id: id}/'
analyse
expect "tables: runs" 0
"$python" - "$p/out/summary.xlsx" "$p/out/pilot/parcels.csv" >"$work/facts" <<'PY'
import csv
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
print("sheets", *(s.title for s in book), sep="|")
tables = {}
for sheet in book:
    rows = list(sheet.iter_rows())
    tables[sheet.title] = [{h.value: c for h, c in zip(rows[0], row)}
                           for row in rows[1:]]
    formulas = [c.coordinate for row in rows for c in row
                if c.data_type == "f"]
    print("formulas", sheet.title, *formulas)
names = [s.title for s in book]
parcels = tables[names[4]]
kinds = {}
for row in parcels:
    for title, cell in row.items():
        if cell.value is not None:
            kinds.setdefault(title, set()).add(cell.data_type)
print("types", *("%s=%s" % (t, "".join(sorted(kinds.get(t, "-")))) for t in (
    "Parcelle", "Surface (ha)", "Classe d’aptitude", "Rang")), sep="|")
with open(sys.argv[2]) as stream:
    # a quote stands before what a spreadsheet would take for a formula
    wanted = {r["parcel_id"].lstrip("'"): r for r in csv.DictReader(stream)}
for row in parcels:
    raw = wanted[row["Parcelle"].value]
    assert abs(row["Surface plantable (ha)"].value
               - float(raw["plantable_ha"])) < 1e-9, row

print("ids", *sorted(row["Parcelle"].value for row in parcels))
print("scenarios", *sorted({r["Scénario"].value for r in tables["Scénarios"]}),
      sep="|")
dictionary = {(r["Tableau"].value, r["Colonne"].value)
              for r in tables["Colonnes"]}
print("undescribed", *(title for name in names[1:5]
                       for title in tables[name][0]
                       if not any(title.startswith(c) for t, c in dictionary)))
PY
facts() { grep -E "^$1([ |]|$)" "$work/facts"; }
same "tables: the sheets" "sheets|À propos|Synthèse|Scénarios|Sites plantables|x|Colonnes" \
    "$(facts sheets | awk -F'|' -v OFS='|' '{ $6 = "x"; print }')"
same "tables: a sheet's name fits" yes "$(facts sheets | "$python" -c '
import sys
name = sys.stdin.read().rstrip("\n").split("|")[5]
print("yes" if 0 < len(name) <= 31 and not set(name) & set("[]:*?/\\")
      and name.startswith("Été") else name)')"
same "tables: no formula anywhere" "" "$(facts formulas | grep -E ' [A-Z]+[0-9]+$')"
same "tables: types" "types|Parcelle=s|Surface (ha)=n|Classe d’aptitude=s|Rang=n" \
    "$(facts types)"
same "tables: names as they are" "ids 007 =1+1 @SUM(A1)" "$(facts ids)"
same "tables: scenarios" "scenarios|=Proche|Projet (base)" "$(facts scenarios)"
same "tables: every column is described" "undescribed" "$(facts undescribed)"
finish
