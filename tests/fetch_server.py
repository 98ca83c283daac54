#!/usr/bin/env python3
"""Plays the services that `terramis fetch` asks, with their bad manners.

fetch_server.py [DATA]: listens on a free loopback port, prints it, and serves
until standard input closes. Addresses are /MANNER/SERVICE...; DATA is the
folder of real samples, where there is one. Only Python's standard library.
"""
import gzip
import io
import json
import os
import re
import sys
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

DATA = sys.argv[1] if len(sys.argv) > 1 else None
SEEN = {}  # requests by manner and path with query
LOCK = threading.Lock()
# lon, lat of communes without data: squares near EPSG:2154 520000 6940000
COMMUNES = {"76001": (0.50, 49.52), "76002": (0.52, 49.52)}
LIMIT = 5000


def sample(name):
    with open(os.path.join(DATA, name), encoding="utf-8") as file:
        return json.load(file)


def square(x, y, side=0.02):
    return {"type": "Polygon", "coordinates": [[
        [x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]]}


def features_wfs(name, box):
    """Objects of a layer: test:N are N lines in EPSG:2154 in the box."""
    if name.startswith("test:"):
        x0, y0 = box[:2]
        return "urn:ogc:def:crs:EPSG::2154", [
            {"type": "Feature", "id": f"fid-{i}",
             "properties": {"cleabs": f"OBJ{i:08d}", "nature": "Sentier",
                            "importance": None if i % 2 else "6"},
             "geometry": {"type": "LineString", "coordinates": [
                 [x0 + i % 100 * 5.5, y0 + i // 100, 12.5],
                 [x0 + i % 100 * 5.5 + 3, y0 + i // 100, 12.5]]}}
            for i in range(int(name[5:]))]
    if name.startswith("spread:"):  # N lines along the middle of the box
        x0, y0, x1, y1 = box[:4]
        n, y = int(name[7:]), (y0 + y1) / 2
        step = (x1 - x0) / (n + 1)
        return "urn:ogc:def:crs:EPSG::2154", [
            {"type": "Feature", "id": f"fid-{i}",
             "properties": {"cleabs": f"OBJ{i:08d}", "importance": "5",
                            "nature": "Route à 1 chaussée"},
             "geometry": {"type": "LineString", "coordinates": [
                 [x0 + (i + 1) * step, y, 12.5],
                 [x0 + (i + 1) * step + 3, y, 12.5]]}}
            for i in range(n)]
    data = sample(name)
    for i, feature in enumerate(data["features"]):
        feature["id"] = f"fid-{i}"
    return "urn:ogc:def:crs:OGC:1.3:CRS84", data["features"]


def turned(value):
    if isinstance(value[0], list):
        return [turned(v) for v in value]
    return [value[1], value[0]] + value[2:]


def degrees(feature):
    """A line of test:N as it would be near the communes."""
    line = feature["geometry"]["coordinates"]
    feature["geometry"]["coordinates"] = [
        [0.513 + (x % 1000) / 7e7, 49.53 + (y % 1000) / 1e8, z]
        for x, y, z in line]
    return feature


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_GET(self):
        url = urlsplit(self.path)
        _, manner, service, *rest = url.path.split("/", 3)
        query = {k: v[0] for k, v in parse_qs(url.query).items()}
        with LOCK:
            self.visit = SEEN[self.path] = SEEN.get(self.path, 0) + 1
        self.manner = manner
        try:
            if not getattr(self, "manner_" + manner, lambda q: False)(query):
                getattr(self, "serve_" + service)(
                    rest[0] if rest else "", query)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    # ---- answers

    def send(self, body, code=200, headers=(), length=None):
        if isinstance(body, str):
            body = body.encode()
        self.send_response(code)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(
            len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def send_json(self, value, code=200):
        body = json.dumps(value, ensure_ascii=False).encode()
        headers = [("Content-Type", "application/json")]
        if self.manner == "gzip":
            assert "gzip" in self.headers.get("Accept-Encoding", "")
            headers.append(("Content-Encoding", "gzip"))
            body = gzip.compress(body)
        first = self.visit == 1
        if (self.manner == "closed" and first) or self.manner == "cut":
            self.send(body[:len(body) // 2], code, headers, len(body))
            self.close_connection = True
        elif self.manner == "short" and first:
            self.send(body[:len(body) // 2], code, headers)
        else:
            self.send(body, code, headers)

    # ---- bad manners of all services: True where they answer

    def manner_busy(self, query):
        if self.visit == 1:
            self.send("slow down", 429, [("Retry-After", "1")])
            return True
        return False

    def manner_patience(self, query):
        self.send("slow down", 503, [("Retry-After", "86400")])
        return True

    def manner_flaky(self, query):
        if self.visit == 1:
            self.send("<html>oops</html>", 502)
        return self.visit == 1

    def manner_half(self, query):
        if query.get("STARTINDEX", "0") != "0":
            self.send("<html><b>out of</b> memory</html>", 500)
            return True
        return False

    def manner_empty(self, query):
        self.send("")
        return True

    def manner_missing(self, query):
        self.send("no such thing", 404)
        return True

    def manner_xml(self, query):
        self.send('<?xml version="1.0"?><ows:ExceptionReport><ows:Exception>'
                  "<ows:ExceptionText>unknown layer</ows:ExceptionText>"
                  "</ows:Exception></ows:ExceptionReport>")
        return True

    def manner_dropped(self, query):
        self.close_connection = True
        return True

    def manner_huge(self, query):
        self.send_response(200)
        self.end_headers()
        for _ in range(100000):
            self.wfile.write(b"x" * 100000)
        self.close_connection = True
        return True

    def manner_packed_huge(self, query):
        body = gzip.compress(b" " * 50_000_000)
        self.send(body, 200, [("Content-Encoding", "gzip")])
        return True

    def manner_stalled(self, query):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(40):  # a byte now and then is no answer
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.2)
        self.close_connection = True
        return True

    def redirect(self, to):
        self.send("", 302, [("Location", to)])
        return True

    def manner_to_file(self, query):
        return self.redirect("file:///etc/passwd")

    def manner_to_host(self, query):
        port = self.server.server_address[1]
        return self.redirect(f"http://localhost:{port}"
                             + self.path.replace("/to_host/", "/plain/"))

    def manner_to_same(self, query):
        return self.redirect(self.path.replace("/to_same/", "/plain/"))

    def manner_to_itself(self, query):
        return self.redirect(self.path)

    # ---- services

    def serve_wfs(self, rest, query):
        assert query["VERSION"] == "2.0.0" and query["SRSNAME"] == "EPSG:2154"
        if "CQL_FILTER" in query:
            numbers = re.findall(r"[\d.]+", query["CQL_FILTER"])[:4]
        else:
            *numbers, crs = query["BBOX"].split(",")
            assert crs == "EPSG:2154"
        box = [float(n) for n in numbers]
        crs, features = features_wfs(query["TYPENAMES"], box)
        matched = len(features)
        start, count = int(query["STARTINDEX"]), int(query["COUNT"])
        if self.manner == "unsorted" and "SORTBY" not in query and start:
            features = features[start - 5:matched - 5]
            start = 0
        page = features[start:start + min(count, LIMIT)]
        if self.manner in ("truncated", "unknown") and start >= LIMIT:
            page = []
        if self.manner == "missing_one":
            page = page[:-1]
        if self.manner == "turned":
            crs = "urn:ogc:def:crs:EPSG::4326"
            page = [degrees(f) for f in page]
        if self.manner in ("turned", "turned_metres"):
            for f in page:
                f["geometry"]["coordinates"] = turned(
                    f["geometry"]["coordinates"])
        if self.manner == "elsewhere":
            for f in page:
                f["geometry"]["coordinates"] = [[3e6, 3e6], [3e6, 3e6 + 1]]
        answer = {"type": "FeatureCollection", "features": page,
                  "totalFeatures": matched, "numberMatched": matched,
                  "numberReturned": len(page),
                  "crs": {"type": "name", "properties": {"name": crs}}}
        if self.manner == "unknown":
            answer["numberMatched"] = answer["totalFeatures"] = "unknown"
        if self.manner == "miscounted":
            answer["numberReturned"] += 1
        if self.manner == "growing":
            answer["numberMatched"] += start
        if self.manner == "nocrs":
            del answer["crs"]
        self.send_json(answer)

    def serve_apicarto(self, rest, query):
        box = json.loads(query["geom"])["coordinates"][0]
        assert len(box) == 5 and -10 < box[0][0] < 15
        if rest.startswith("gpu/"):
            xs, ys = zip(*box)
            points = [(i, 0.505 + i % 80 * 3e-4, 49.53 + i // 80 * 15e-5)
                      for i in range(6400)]
            inside = [p for p in points if self.manner == "crowded" or
                      min(xs) <= p[1] <= max(xs) and
                      min(ys) <= p[2] <= max(ys)]
            features = [{"type": "Feature", "id": f"zone_urba.{i}",
                         "properties": {"gid": i},
                         "geometry": {"type": "Point", "coordinates": [x, y]}}
                        for i, x, y in inside]
            return self.send_json({"type": "FeatureCollection",
                                   "features": features[:LIMIT],
                                   "totalFeatures": len(features)})
        number, start = 7, int(query["_start"])
        features = [{"type": "Feature", "id": f"x.{i}",
                     "properties": {"gid": i, "annee": query.get("annee")},
                     "geometry": square(0.5 + i * 1e-6, 49.52)}
                    for i in range(start, min(number, start
                                              + int(query["_limit"])))]
        return self.send_json({"type": "FeatureCollection",
                               "features": features,
                               "totalFeatures": number})

    def serve_georisques(self, rest, query):
        page, size = int(query["page"]), int(query["page_size"])
        code = query["code_insee"]
        if DATA and rest == "ssp/conclusions_sis":
            data = sample("pollution_77/georisques_sis_sample.geojson")
            records = [dict(f["properties"], geom=f["geometry"])
                       for f in data["features"]]
        else:
            x, y = COMMUNES[code]
            geoms = [None, {"type": "Point", "coordinates": [x, y]},
                     square(x, y, 0.001)]
            records = [{"identifiant_ssp": f"SSP{code}{i}",
                        "identifiant_casias": f"CAS{code}{i}",
                        "nom_etablissement": "Forge n° " + str(i),
                        "code_insee": code, "geom": geoms[i % 3]}
                       for i in range(5)]
        part = records[(page - 1) * size:page * size]
        body = {"results": len(records), "page": page,
                "total_pages": -(-len(records) // size), "data": part,
                "response_code": 200, "message": "", "next": None}
        if self.manner == "grouped":
            body = {"casias": body}
        elif self.manner == "grouped_old":
            body = {"sis": body, "basol": body}
        self.send_json(body)

    def serve_hubeau(self, rest, query):
        size, page = int(query["size"]), int(query.get("page", "1"))
        assert query["code_usage_second_niveau"] == "5"
        number = 5
        start = (page - 1) * size
        features = [{"type": "Feature",
                     "properties": {"code_ouvrage": f"OPR{i}",
                                    "libelle_precision_coord": "Centroide"},
                     "geometry": {"type": "Point",
                                  "coordinates": [0.51, 49.53]}}
                    for i in range(start, min(number, start + size))]
        last = start + size >= number
        path = re.sub(r"&page=\d+", "", self.path) + f"&page={page + 1}"
        host = "localhost" if self.manner == "elsewhere" else "127.0.0.1"
        following = f"http://{host}:{self.server.server_address[1]}{path}"
        if self.manner == "loop" and page == 2:
            following = following.replace("page=3", "page=2")
        self.send_json({"count": number, "next": None if last else following,
                        "type": "FeatureCollection", "features": features},
                       200 if last else 206)

    def serve_cadastre(self, rest, query):
        code = rest.split("/")[1]
        assert rest == f"{code[:2]}/{code}/cadastre-{code}-parcelles.json.gz"
        if DATA and code == "91216":
            data = sample("cadastre/cadastre-91216-parcelles.json")
        else:
            x, y = COMMUNES[code]
            data = {"type": "FeatureCollection", "features": [
                {"type": "Feature", "id": f"{code}000AA{i:04d}",
                 "properties": {"id": f"{code}000AA{i:04d}", "commune": code,
                                "contenance": 100 * i, "arpente": False},
                 "geometry": square(x, y, 0.0001)} for i in range(3)]}
        body = gzip.compress(json.dumps(data).encode())
        if self.manner == "damaged":
            body = body[:len(body) // 2]
        self.send(body, 200, [("Content-Type", "application/gzip")])

    def serve_geoapi(self, rest, query):
        if rest.startswith("epcis/"):
            return self.send_json({"nom": "CA Essai", "code": rest[6:]})
        if rest.startswith("communes/"):
            code = rest[9:]
            x, y = (2.31, 48.66) if code == "91216" else \
                (2.60, 48.86) if code == "77108" else COMMUNES[code]
            return self.send_json(
                {"type": "Feature", "properties": {"code": code, "nom": "C"},
                 "geometry": square(x, y)})
        siren = query["codeEpci"]
        if siren == "200010700" and DATA:
            return self.send_json(
                sample("normandie/communes_caux_seine_agglo.geojson"))
        if siren == "000000000":
            return self.send_json([])
        items = [{"code": code, "nom": f"Commune {code}",
                  "contour": square(*at)} for code, at in COMMUNES.items()]
        if self.manner != "bare":
            items = {"type": "FeatureCollection", "features": [
                {"type": "Feature", "geometry": i.pop("contour"),
                 "properties": i} for i in items]}
        return self.send_json(items)

    # ---- files

    def file_zip(self, members):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, body in members:
                archive.writestr(name, body)
        return out.getvalue()

    def body(self, name):
        geojson = json.dumps({
            "type": "FeatureCollection", "features": [
                {"type": "Feature", "properties": {"n": i, "fid": "a"},
                 "geometry": square(0.51, 49.53)} for i in range(300)]})
        asc = "ncols 4\nnrows 3\nxllcorner 520000\nyllcorner 6940000\n" \
              "cellsize 25\nNODATA_value -9999\n" + "1 2 3 -9999\n" * 3
        bodies = {
            "a.geojson": lambda: geojson,
            "a.geojson.gz": lambda: gzip.compress(geojson.encode()),
            "cut.gz": lambda: gzip.compress(geojson.encode())[:-20],
            "a.zip": lambda: self.file_zip([
                ("deep/a.geojson", geojson), ("readme.txt", "x")]),
            "two.zip": lambda: self.file_zip([
                ("a.geojson", geojson), ("b.geojson", geojson)]),
            "same.zip": lambda: self.file_zip([
                ("x/a.geojson", geojson), ("y/a.geojson", geojson)]),
            "slip.zip": lambda: self.file_zip([
                ("../../a.geojson", geojson)]),
            "bomb.zip": lambda: self.file_zip([
                ("a.geojson", b" " * 30_000_000)]),
            "bomb.gz": lambda: gzip.compress(b" " * 30_000_000),
            "cut.zip": lambda: self.file_zip([
                ("a.geojson", geojson)])[:-40],
            "page.geojson": lambda: "<html>please log in</html>",
            "text.txt": lambda: "no layer at all",
            "a.7z": lambda: "7z\xbc\xaf\x27\x1c",
            "dem.asc": lambda: asc,
        }
        body = bodies[name]()
        return body.encode("latin-1") if isinstance(body, str) else body

    def serve_file(self, name, query):
        body = self.body(name)
        tag = '"v1"'
        headers = [("ETag", tag), ("Accept-Ranges", "bytes")]
        if self.headers.get("If-None-Match") == tag:
            return self.send("", 304, headers)
        found = re.match(r"bytes=(\d+)-$", self.headers.get("Range", ""))
        if found and self.headers.get("If-Range") == tag:
            start = int(found[1])
            if self.manner == "range_late":
                self.manner = "plain"
            headers.append(("Content-Range",
                            f"bytes {start}-{len(body) - 1}/{len(body)}"))
            return self.send(body[start:], 206, headers)
        if self.manner == "range" or self.manner == "range_late":
            self.send(body[:len(body) // 2], 200, headers, len(body))
            self.close_connection = True
            return None
        return self.send(body, 200, headers)

    def serve_count(self, path, query):
        """How often /PATH was asked for, by exact address."""
        with LOCK:
            total = sum(n for p, n in SEEN.items()
                        if p.startswith("/" + path))
        self.send(str(total))


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
server.handle_error = lambda *args: None  # clients that hang up
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
