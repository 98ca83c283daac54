#!/usr/bin/env python3
"""Runs random project files: soak.py PROGRAM FOLDER COUNT SEED [SECONDS]

FOLDER holds the layers of a small project (tests/cli/lib.sh, base). Half of the
projects are valid: random settings within the ranges of the JSON Schema that
the program prints itself; they must run. The others break one rule of the
schema, mostly by a hair; they must be refused with exit code 3, the line, and
nothing written. Prints a line of the tests for each kind and the seed. A run
that does not end within SECONDS (120) is one that failed: what its threads were
doing is shown.
"""
import copy
import glob
import json
import os
import random
import re
import shutil
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor

import jsonschema
import yaml

LINE = re.compile(r"project\.yaml:\d+:\d+: ")


class Projects:
    def __init__(self, schema, rng):
        self.schema = schema
        self.rng = rng
        self.validator = jsonschema.Draft7Validator(schema)

    # ---- valid ones

    def number(self, low, high, digits=4):
        """Often an end of the range."""
        pick = self.rng.random()
        if pick < 0.1:
            return low
        if pick < 0.2:
            return high
        return round(self.rng.uniform(low, high), digits)

    def growing(self, count, low, high):
        while True:
            found = sorted(round(self.rng.uniform(low, high), 3)
                           for _ in range(count))
            if all(b - a > 0.01 for a, b in zip(found, found[1:])):
                return found

    def membership(self, low, high):
        rng = self.rng
        middle = round(rng.uniform(low, high) + 0.5, 3)
        return rng.choice([
            lambda: {"kind": "linear",
                     "points": [[x, self.number(0, 1)] for x in
                                self.growing(rng.randint(2, 6), low, high)]},
            lambda: {"kind": "trapezoid", "points": self.growing(4, low, high)},
            lambda: {"kind": "triangular",
                     "points": self.growing(3, low, high)},
            lambda: {"kind": "sigmoid", "points": self.growing(4, low, high),
                     "shape": self.number(-1, 1), "height": self.number(0, 1),
                     "boundary": rng.choice("sjg")},
            lambda: {"kind": "gaussian", "midpoint": middle,
                     "deviation": self.number(1, 50)},
            lambda: {"kind": "logistic", "midpoint": middle,
                     "slope": self.number(-1, 1) or 1},
            lambda: {"kind": rng.choice(["large", "small"]),
                     "midpoint": middle, "spread": self.number(0.01, 100)},
            lambda: {"kind": rng.choice(["mslarge", "mssmall"]),
                     "mean": middle, "deviation": self.number(1, 50)},
            lambda: {"kind": "near", "midpoint": middle,
                     "spread": self.number(0.001, 1)},
            lambda: {"kind": "power", "points": self.growing(2, low, high),
                     "exponent": self.number(0.01, 100),
                     "side": rng.choice(["increasing", "decreasing"])},
            lambda: {"kind": "step", "at": middle, "below": self.number(0, 1),
                     "above": self.number(0, 1)},
        ])()

    def factor(self, i):
        rng = self.rng
        if rng.random() < 0.6:
            factor = {"id": f"v{i}", "criterion": "value",
                      "source": "depth.tif"}
            span = (0, 200)
        else:
            factor = {"id": f"d{i}", "criterion": "distance",
                      "source": "road.gpkg"}
            span = (0, 2000)
        factor["membership"] = self.membership(*span)
        factor["weight"] = self.number(0.1, 10)
        if rng.random() < 0.3:
            factor["limitation"] = rng.choice("ctwsfn")
        if rng.random() < 0.3:
            factor["caps"] = {"N1": self.number(0, 0.3)}
        if rng.random() < 0.3:
            factor["nodata"] = rng.choice(["fail", "exclude", "renormalise"])
        return factor

    def valid(self):
        rng = self.rng
        factors = [self.factor(i) for i in range(rng.randint(1, 5))]
        project = {
            "version": 1, "title": rng.choice(["Essai", "É & <b>", "x" * 60]),
            "language": rng.choice(["fr", "en"]), "crs": "EPSG:2154",
            "resolution": rng.choice([10, 12.5, 25, 37, 100]),
            "territories": [{"id": "pilot", "name": "Pilot",
                             "source": "territory.gpkg"}],
            "parcels": {"source": "parcels.gpkg", "id": "id"},
            "marginal": {rng.choice(["polluted_soil", "catchment"]):
                         [{"source": "polluted.gpkg"}]},
            "factors": factors,
            "outputs": rng.sample(["cog", "gpkg", "csv"], rng.randint(1, 2))}
        if rng.random() < 0.5:
            project["parcels"]["min_plantable"] = self.number(0, 3)
        if rng.random() < 0.7:
            project["constraints"] = [
                {"id": "building", "source": "building.gpkg",
                 "setback": self.number(0, 200)}]
        if rng.random() < 0.6:
            project["combine"] = {"kind": rng.choice(
                ["wlc", "geometric", "limiting", "khiddir", "gamma",
                 "topsis"])}
        if rng.random() < 0.4:
            cuts = self.growing(4, 1, 99)
            project["classes"] = dict(zip(("N1", "S3", "S2", "S1"), cuts))
        if rng.random() < 0.3:
            project["uncertainty"] = {
                "draws": rng.randint(10, 60), "seed": rng.randint(0, 9),
                "weights": {"percent": self.number(0, 100)}}
        if rng.random() < 0.4:
            project["planting"] = {"horizon": rng.randint(1, 50),
                                   "rate": self.number(0, 1000)}
            project["scenarios"] = [{"id": "s", "rate": self.number(0, 1000)}]
        return project

    # ---- broken ones

    @staticmethod
    def whole(value, schema):
        """With the properties that a kind brings: allOf of if and then."""
        found = dict(schema, properties=dict(schema.get("properties", {})))
        for part in schema.get("allOf", []):
            if "if" in part and jsonschema.Draft7Validator(
                    part["if"]).is_valid(value):
                found["properties"].update(
                    part.get("then", {}).get("properties", {}))
        return found

    def places(self, value, schema, path=()):
        """(path, schema) of all that stands in a project."""
        if not isinstance(schema, dict):
            return  # true: anything
        schema = self.whole(value, schema)
        yield path, schema
        if isinstance(value, dict):
            for key, child in value.items():
                if key in schema.get("properties", {}):
                    yield from self.places(child, schema["properties"][key],
                                           path + (key,))
        elif isinstance(value, list) and isinstance(schema.get("items"), dict):
            for i, child in enumerate(value):
                yield from self.places(child, schema["items"], path + (i,))

    def worse(self, value, schema):
        """Values that the schema may not like instead of this one."""
        yield {"nonsense": [1, {}]}
        if isinstance(value, dict):
            yield dict(value, nonsense=1)
            for key in schema.get("required", []):
                yield {k: v for k, v in value.items() if k != key}
        for limit, way in (("minimum", -1), ("maximum", 1)):
            if limit in schema:
                at = schema[limit]
                yield at + way * max(abs(at) * 1e-9, 1e-9)
                yield at + way * (1 + abs(at))
        if schema.get("type") == "integer":
            yield 1.5
        if "enum" in schema:
            yield str(schema["enum"][0]) + "x"
        if schema.get("type") in ("number", "integer"):
            yield "ten"
            yield [1]
        if "pattern" in schema:
            yield "a b/.."

    def invalid(self):
        while True:
            project = self.valid()
            path, schema = self.rng.choice(
                list(self.places(project, self.schema)))
            if not path:
                continue
            holder = project
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = self.rng.choice(
                list(self.worse(holder[path[-1]], schema)))
            if not self.validator.is_valid(project):
                return project, "/".join(map(str, path))


def threads(pid):
    """What the threads of a process are doing: as the kernel says, then as gdb
    does, where it is installed."""
    found = []
    for task in sorted(glob.glob(f"/proc/{pid}/task/*")):
        with open(os.path.join(task, "stat"), encoding="utf-8") as file:
            stat = file.read().split()
        with open(os.path.join(task, "wchan"), encoding="utf-8") as file:
            waits = file.read()
        found.append(f"thread {' '.join(stat[:3])}, waits in {waits}, CPU "
                     f"{stat[13]} + {stat[14]}")
    if shutil.which("gdb"):
        seen = subprocess.run(
            ["gdb", "-p", str(pid), "-batch", "-ex", "thread apply all bt 12"],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=120,
            check=False).stdout.decode("utf-8", "replace")
        found += [line for line in seen.splitlines()
                  if line.startswith(("Thread ", "#"))]
    return "\n".join(found)


def make(folder, project, place):
    os.mkdir(place)
    for entry in os.listdir(os.path.join(folder, "base")):
        os.symlink(os.path.join(folder, "base", entry),
                   os.path.join(place, entry))
    path = os.path.join(place, "project.yaml")
    os.unlink(path)
    with open(path, "w", encoding="utf-8") as file:
        yaml.safe_dump(project, file, allow_unicode=True, sort_keys=False)
    return path


def execute(command, seconds):
    """(code, message); no code: it did not end."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE) as process:
        try:
            text = process.communicate(timeout=seconds)[1]
            return process.returncode, text.decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            return None, f"no end in {seconds} s\n{threads(process.pid)}"
        finally:
            process.kill()


def run(program, folder, project, name, seconds):
    """(code, message, did it write?) of a run in a folder of its own; no code:
    it did not come to an end, or not even to a beginning."""
    place = os.path.join(folder, name)
    try:
        path = make(folder, project, place)
        code, text = execute([program, "run", path, "--out",
                              os.path.join(place, "out"), "-q"], seconds)
        wrote = os.path.exists(os.path.join(place, "out", "manifest.json"))
        shutil.rmtree(place)
        return code, text, wrote
    except Exception:  # whatever it is, the project is told with it
        return None, traceback.format_exc(), False


def report(what, wrong, total):
    if not wrong:
        print(f"ok - {what}: {total}")
        return
    print(f"not ok - {what}: {len(wrong)} of {total} do not")
    for code, text, project, where in wrong[:3]:
        print(f"    exit {code} {where}: {text.strip()[:9000]}")
        print("    " + json.dumps(project, ensure_ascii=False)[:2500])


def main():
    program, folder = os.path.realpath(sys.argv[1]), sys.argv[2]
    count, seed = int(sys.argv[3]), int(sys.argv[4])
    seconds = int(sys.argv[5]) if len(sys.argv) > 5 else 120
    rng = random.Random(seed)
    schema = json.loads(subprocess.run([program, "schema"], check=True,
                                       capture_output=True).stdout)
    projects = Projects(schema, rng)
    made = []
    for i in range(count):
        if i % 2:
            made.append(projects.invalid())
        else:
            made.append((projects.valid(), None))
    for project, where in made:
        if where is None and not projects.validator.is_valid(project):
            error = next(projects.validator.iter_errors(project))
            sys.exit(f"not ok - soak, seed {seed}: the generator breaks the "
                     f"schema: {error.message}")
    failed, taken = [], []
    with ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda item: run(program, folder, item[1][0],
                                            f"soak{item[0]}", seconds),
                           enumerate(copy.deepcopy(made)))
        for (project, where), (code, text, wrote) in zip(made, results):
            if where is None and (code != 0 or not wrote):
                failed.append((code, text, project, ""))
            if where is not None and (code != 3 or wrote or
                                      not LINE.search(text)):
                taken.append((code, text, project, where))
    good = sum(where is None for _, where in made)
    report(f"soak, seed {seed}: valid projects run", failed, good)
    report(f"soak, seed {seed}: broken ones are refused with their line",
           taken, count - good)
    return 1 if failed or taken else 0


if __name__ == "__main__":
    sys.exit(main())
