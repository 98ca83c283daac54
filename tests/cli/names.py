#!/usr/bin/python3
"""names.py RUN PUBLICATION ID...: do the outputs have these ids of parcels, and
the title, organisation, territory and factor of test_names.sh, as they are?"""
import csv
import glob
import html.parser
import json
import os
import re
import sys

import openpyxl
from lxml import etree
from osgeo import gdal, ogr

run, pub, ids = sys.argv[1], sys.argv[2], set(sys.argv[3:])
TITLE = "=Étude <b>שדה & 🌾</b> d'été"
TERRITORY = "אזור <i>נסיון</i> 🌾"
FACTOR = "عمق <i>& 🌾"
OWNER = "+Ville <i>مدينة</i> 🌾"
gdal.UseExceptions()
ogr.UseExceptions()


def path(folder, *names):
    return os.path.join(folder, *names)


def load(*names):
    with open(path(*names), encoding="utf-8") as stream:
        return json.load(stream)


def layer_ids(name):
    source = gdal.OpenEx(name)
    return {f["parcel_id"] for f in source.GetLayer("parcels")}


def tables(name):
    """Cells of a CSV file. A quote stands before what were a formula."""
    with open(name, encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    for row in rows:
        for cell in row:
            number = re.fullmatch(r"[-+]?[\d.]+([eE][-+]?\d+)?", cell)
            assert number or not cell.startswith(("=", "+", "-", "@")), cell
    return rows


def parcels_csv(folder):
    head, *rows = tables(path(folder, "pilot", "parcels.csv"))
    at = head.index("parcel_id")
    assert {re.sub("^'(?=[-=+@'])", "", r[at]) for r in rows} == ids, rows


def geopackage():
    source = gdal.OpenEx(path(run, "pilot", "parcels.gpkg"))
    assert layer_ids(path(run, "pilot", "parcels.gpkg")) == ids
    styles = [f["styleQML"] for f in source.ExecuteSQL("SELECT * FROM layer_styles")]
    assert len(styles) == 4
    assert any(FACTOR in a.get("name", "") for s in styles
               for a in etree.fromstring(s.encode()).iter("alias"))


def workbook():
    book = openpyxl.load_workbook(path(run, "summary.xlsx"))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert all(c.data_type != "f" for c in cells)
    values = {str(c.value) for c in cells}
    shown = {i.replace("\ufffe", "") for i in ids}  # XML has no such character
    assert shown <= values and {TITLE, OWNER, TERRITORY} <= values


def qgis():
    root = etree.parse(path(run, "terramis.qgs")).getroot()
    assert root.findtext("title") == TITLE
    assert any(a.get("name", "").endswith(FACTOR) or FACTOR in a.get("name", "")
               for a in root.iter("alias"))
    assert any(TERRITORY in g.get("name", "") for g in root.iter("layer-tree-group"))
    for name in glob.glob(path(run, "*", "*.qml")):
        etree.parse(name)


class Page(html.parser.HTMLParser):
    tags, data, text, inside = set(), "", "", False

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.inside = ("id", "data") in attributes

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.data += data
        else:
            self.text += data


def staff_page():
    page = Page()
    with open(path(run, "index.html"), encoding="utf-8") as stream:
        page.feed(stream.read())
    assert not page.tags & {"b", "i"}, page.tags
    text = json.dumps(json.loads(page.data), ensure_ascii=False)
    for name in ids | {TERRITORY, FACTOR}:
        assert json.dumps(name, ensure_ascii=False)[1:-1] in text, name
    assert TITLE in page.text and OWNER in page.text


def pictures():
    for name in glob.glob(path(run, "pilot", "map-*.png")):
        about = gdal.Open(name).GetMetadata()
        assert TERRITORY in about["Title"], about
        assert OWNER in about["Author"], about


def publication():
    parcels_csv(pub)
    tables(path(pub, "summary.csv"))
    for name in ("parcels.gpkg", "parcels.geojson"):
        assert layer_ids(path(pub, "pilot", name)) == ids, name
    text = etree.parse(path(pub, "metadata-iso19139.xml")).getroot()
    words = {t.text for t in text.iter("{*}CharacterString")}
    assert {TITLE, OWNER} <= words, words
    dcat = load(pub, "dcat.jsonld")
    assert dcat["dct:title"][0]["@value"] == TITLE
    assert dcat["dct:publisher"]["foaf:name"] == OWNER
    assert load(pub, "pilot", "stac-item.json")["properties"]["title"] == TERRITORY
    assert load(pub, "datapackage.json")["title"] == TITLE
    with open(path(pub, "README.md"), encoding="utf-8") as stream:
        readme = stream.read()
    assert not re.search(r"(?<!\\)<[bi]>", readme), readme
    (archive,) = glob.glob(path(pub, "*.zip"))
    assert re.fullmatch(r"[a-z0-9-]+\.zip", os.path.basename(archive)), archive


parcels_csv(run)
for table in glob.glob(path(run, "*.csv")):
    tables(table)
geopackage()
workbook()
qgis()
staff_page()
pictures()
publication()
assert load(run, "manifest.json")["parameters"], "a manifest"
