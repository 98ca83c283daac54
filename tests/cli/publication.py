#!/usr/bin/python3
"""Checks a publication against the standards of its files.

publication.py FOLDER [SCHEMAS]: SCHEMAS holds folders of npm packages with the
JSON schemas of Data Package, Table Schema and GeoJSON (datapackage,
tableschema), the XML schemas of ISO 19139 (ogc-schemas) and the vocabularies of
DCAT and Dublin Core (@vocabulary/dcat, @vocabulary/dcterms); without it they are
left out. STAC has no schemas that could be installed: an item is checked element
by element.
"""
import csv
import hashlib
import json
import os
import re
import sys
import zipfile

import jsonschema
from lxml import etree

import dcat
import iso19139

out = sys.argv[1]
schemas = sys.argv[2] if len(sys.argv) > 2 else None


def load(*path):
    with open(os.path.join(out, *path), encoding="utf-8") as stream:
        return json.load(stream)


def schema(package, name):
    path = os.path.join(schemas, package, "lib", "profiles", name)
    with open(path, encoding="utf-8") as stream:
        return json.load(stream)


def sha256(path):
    with open(path, "rb") as stream:
        return hashlib.sha256(stream.read()).hexdigest()


def files():
    found = {os.path.relpath(os.path.join(d, f), out)
             for d, _, names in os.walk(out) for f in names}
    manifest = load("manifest.json")
    listed = {f["path"]: f for f in manifest["outputs"]}
    assert found == set(listed) | {"manifest.json"}, found ^ set(listed)
    for path, entry in listed.items():
        assert entry["sha256"] == sha256(os.path.join(out, path)), path
    (name,) = [p for p in listed if "/" not in p and p.endswith(".zip")]
    with zipfile.ZipFile(os.path.join(out, name)) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == set(listed) - {name}
        for info in archive.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0), info
    return sorted({p.split("/")[0] for p in listed if "/" in p})


# ---- RFC 7946
def turns_left(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:])) > 0


def geojson(territory, name):
    path = os.path.join(out, territory, name + ".geojson")
    with open(path, encoding="utf-8") as stream:
        text = stream.read()
    data = json.loads(text)
    if schemas:
        jsonschema.Draft4Validator(schema("tableschema", "geojson.json")).validate(data)
    assert data["type"] == "FeatureCollection" and "crs" not in data
    assert not re.search(r"-?\d+\.\d{8,}[,\s\]]",
                         "".join(re.findall(r'"coordinates": [^{}]*', text)))
    if not data["features"]:  # no parcel in the territory: no box
        assert "bbox" not in data
        return data
    w, s, e, n = data["bbox"]
    points = []
    for feature in data["features"]:
        assert feature["type"] == "Feature" and "id" not in feature
        shape = feature["geometry"]
        if shape is None:  # narrower than the last decimal
            continue
        polygons = {"Polygon": lambda c: [c], "MultiPolygon": lambda c: c}[
            shape["type"]](shape["coordinates"])
        for polygon in polygons:
            for k, ring in enumerate(polygon):
                assert len(ring) >= 4 and ring[0] == ring[-1]
                assert turns_left(ring) == (k == 0), (path, feature)
                points += ring
    assert all(len(p) == 2 for p in points)
    for k, (low, high) in enumerate(((w, e), (s, n))):
        values = [p[k] for p in points]
        assert abs(min(values) - low) < 1e-6, (min(values), low)
        assert abs(max(values) - high) < 1e-6
    assert -180 <= w <= e <= 180 and -90 <= s <= n <= 90
    return data


# ---- STAC 1.0.0 and its projection extension
def stac(territory, licence):
    item = load(territory, "stac-item.json")
    assert set(item) == {"type", "stac_version", "stac_extensions", "id",
                         "geometry", "bbox", "properties", "links", "assets"}
    assert item["type"] == "Feature" and item["stac_version"] == "1.0.0"
    assert isinstance(item["id"], str) and item["id"]
    (extension,) = item["stac_extensions"]
    assert "projection/v1.1.0" in extension
    for link in item["links"]:
        assert link["rel"] and link["rel"] != "collection"
        assert link["href"].startswith("https://")
    w, s, e, n = item["bbox"]
    ring = item["geometry"]["coordinates"][0]
    assert ring == [[w, s], [e, s], [e, n], [w, n], [w, s]], ring
    properties = item["properties"]
    for key in ("datetime", "created"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", properties[key])
    for key in ("title", "description"):
        assert isinstance(properties[key], str) and properties[key]
    assert properties["license"] == licence
    assert re.fullmatch(r"[\w\-.+]+", licence)
    for provider in properties.get("providers", []):
        assert provider["name"] and set(provider["roles"]) <= {
            "producer", "licensor", "processor", "host"}
    assert properties["proj:epsg"] == 2154
    shape, transform = properties["proj:shape"], properties["proj:transform"]
    assert len(shape) == 2 and all(isinstance(v, int) for v in shape)
    assert len(transform) == 6
    assert all(isinstance(v, (int, float)) for v in transform)
    for name, asset in item["assets"].items():
        assert set(asset) == {"href", "title", "type", "roles"}, asset
        assert all(isinstance(asset[k], str) for k in ("href", "title", "type"))
        assert os.path.exists(os.path.join(out, territory, asset["href"])), name
        assert asset["roles"][0] in ("data", "overview", "metadata")
    assert {"parcels.gpkg", "parcels.geojson"} <= set(item["assets"])
    return item["bbox"]


# ---- ISO 19139
def iso(licence_title, bbox):
    path = os.path.join(out, "metadata-iso19139.xml")
    if schemas:
        iso19139.validate(path, os.path.join(schemas, "ogc-schemas"))
    root = etree.parse(path).getroot()
    space = {"gmd": "http://www.isotc211.org/2005/gmd",
             "gco": "http://www.isotc211.org/2005/gco"}
    # what INSPIRE asks for beyond the schemas
    for name in ("fileIdentifier", "referenceSystemInfo", "topicCategory",
                 "pointOfContact", "resourceConstraints", "descriptiveKeywords",
                 "spatialResolution", "extent", "lineage"):
        assert root.xpath(f"//gmd:{name}", namespaces=space), name
    use = root.xpath("string(//gmd:useLimitation)", namespaces=space)
    assert licence_title in use, use
    found = [float(root.xpath(f"string(//gmd:{side})", namespaces=space))
             for side in ("westBoundLongitude", "southBoundLatitude",
                          "eastBoundLongitude", "northBoundLatitude")]
    assert all(abs(a - b) < 2e-6 for a, b in zip(found, bbox)), (found, bbox)
    for code in root.xpath("//*[@codeListValue]"):
        assert code.text == code.get("codeListValue") and code.get("codeList")


# ---- Data Package
def read_csv(path):
    with open(os.path.join(out, path), encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def package():
    data = load("datapackage.json")
    if schemas:
        jsonschema.Draft4Validator(schema("datapackage", "data-package.json")).validate(data)
    for resource in data["resources"]:
        path = os.path.join(out, resource["path"])
        assert resource["hash"] == "sha256:" + sha256(path), path
        assert resource["bytes"] == os.path.getsize(path)
        assert re.fullmatch(r"[-a-z0-9._/]+", resource["name"]), resource
        if resource.get("profile") != "tabular-data-resource":
            continue
        if schemas:
            jsonschema.Draft4Validator(
                schema("datapackage", "tabular-data-resource.json")).validate(resource)
            jsonschema.Draft4Validator(
                schema("tableschema", "table-schema.json")).validate(resource["schema"])
        rows = read_csv(resource["path"])
        fields = resource["schema"]["fields"]
        assert rows[0] == [f["name"] for f in fields], path
        read = {"number": float, "integer": int, "string": str}
        for row in rows[1:]:
            for field, value in zip(fields, row):
                if value:
                    read[field["type"]](value)
    return data


def shapes(territory, counts):
    from osgeo import ogr
    ogr.UseExceptions()
    path = os.path.join(out, territory, "shapefile.zip")
    with zipfile.ZipFile(path) as archive:
        names = archive.read("fields.csv").decode().split("\r\n")[1:-1]
        assert archive.read("parcels.cpg").decode().strip() == "UTF-8"
        assert b"Lambert" in archive.read("parcels.prj")
    short = {}
    for line in names:
        layer, name, field = line.split(",")
        assert len(name) <= 10, name
        short.setdefault(layer, {})[name] = field
    source = ogr.Open("/vsizip/" + path)
    package_source = ogr.Open(os.path.join(out, territory, "parcels.gpkg"))
    for layer_name, count in counts.items():
        layer = source.GetLayerByName(layer_name)
        other = package_source.GetLayerByName(layer_name)
        assert layer.GetFeatureCount() == count, layer_name
        found = [f.GetName() for f in layer.schema]
        assert len({n.lower() for n in found}) == len(found)
        assert [short[layer_name][n] for n in found] \
            == [f.GetName() for f in other.schema]
        for a, b in zip(layer, other):
            for name in found:
                x = a.GetField(name)
                y = b.GetField(short[layer_name][name])
                if isinstance(y, float):
                    assert abs(x - y) < 1e-6 * max(1, abs(y)), (name, x, y)
                elif isinstance(y, str):
                    assert x == y[:254] or len(y.encode()) > 254, (name, x, y)
                else:
                    assert x == y, (name, x, y)


territories = files()
package_data = package()
licence = package_data["licenses"][0]
boxes = []
for t in territories:
    counts = {n: len(geojson(t, n)["features"]) for n in ("parcels", "sites")}
    assert counts["parcels"] == len(read_csv(t + "/parcels.csv")) - 1
    shapes(t, counts)
    boxes.append(stac(t, licence["name"]))
box = [f(b[k] for b in boxes) for k, f in enumerate((min, min, max, max))]
iso(licence["title"], box)
dcat.validate(os.path.join(out, "dcat.jsonld"), licence["path"],
              {f["path"] for f in load("manifest.json")["outputs"]}, schemas)
documented = {(r[0], r[1]) for r in read_csv("dictionary.csv")[1:]}
for t in territories:
    for field in read_csv(t + "/parcels.csv")[0]:
        assert ("parcels", field) in documented, field
with open(os.path.join(out, "README.md"), encoding="utf-8") as readme:
    text = readme.read()
assert text.index("## Français") < text.index("## English")
assert licence["title"] in text
print("fine")
