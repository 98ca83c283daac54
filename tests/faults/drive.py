#!/usr/bin/env python3
"""Makes the nth call fail in every command, for n from 1 until none is left.

drive.py PROGRAM INJECTOR WORK [--most N] [--places] [--plus] [--jobs N]
         [--only COMMAND[:KIND],...]

WORK/base holds a small project. --most bounds how many n are tried of a kind
(the first ten, then evenly spread); without it every n. With --places it is the
first call from each place of the program that fails, and --most bounds how many
places. A run that fails must end with a documented code and a message and leave
nothing; one that succeeds in spite of the fault must have written the same
bytes as without. Where PROGRAM is built with ASan, nothing may be lost either:
its malloc stands behind the injector's.
"""
import argparse
import concurrent.futures
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile

# Documented codes that fit a kind of fault, success apart. Layers and the
# project are read, results read back: 3, 4 and 6.
TERRAMIS_INTERNAL = 1
CODES = {
    "malloc": {1},
    "read": {1, 3, 4, 6},
    "write": {6},
    "fsync": {6},
    "rename": {6},
    "open": {1, 3, 4, 6},
    "thread": {1},
}


# what differs from run to run: memory taken so far
MEASURED = re.compile(rb"memory of a run: .*")

# what `check` says of such a layer, and ends with 0
UNREAD = b"cannot all be read"

# PROJ 9.1 does not catch its own exception where its database cannot be read:
# nothing that its C interface lets a caller do about it
PROJ_ABORT = "osgeo::proj::io::FactoryException"
# GLib ends the process where it gets no thread, by design
GLIB_ABORT = "GLib-ERROR"

SUPPRESSIONS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..",
                            "lint", "lsan.supp")


class Command:
    def __init__(self, name, args, kinds=None, needs=(), project=None,
                 first=0):
        self.name = name
        self.args = args
        self.kinds = kinds or list(CODES)
        self.needs = needs  # folders of WORK copied beside the project
        self.project = project  # another text of the project's `outputs`
        self.first = first  # only so many n, where a run takes long


def commands(work, every):
    found = [
        # with what it keeps for --resume: where that fails the run goes on
        Command("run", ["run", "project.yaml", "--out", "out",
                        "--checkpoint", "0.001"],
                project="[cog, gpkg, csv, xlsx, html, qgis]"),
        Command("replace", ["run", "project.yaml", "--out", "out",
                            "--overwrite"],
                project="[cog, gpkg, csv]", needs=["out"]),
        Command("maps", ["run", "project.yaml", "--out", "out"],
                project="[png, pdf]"),
        Command("check", ["check", "project.yaml"]),
        Command("explain", ["explain", "A", "project.yaml"], needs=["out"]),
        Command("verify", ["verify", "out"], needs=["out"]),
        Command("publish", ["publish", "out", "--out", "pub"], needs=["out"]),
        Command("weights", ["weights", "project.yaml"]),
        Command("criteria", ["list", "criteria"]),
        Command("layers", ["list", "layers"]),
        Command("plots", ["list", "memberships", "--out", "plots"]),
        Command("schema", ["schema"]),
    ]
    if os.path.isdir(os.path.join(work, "fetched")):
        found.append(Command("fetch", ["fetch", "project.yaml", "--offline"],
                             needs=["fetched"]))
    found.append(Command("demo", ["demo", "demo", "--small"]) if every else
                 Command("demo", ["demo", "demo", "--small"],
                         kinds=["malloc", "open", "thread"], first=4))
    return found


def tree(folder):
    """Path to digest of every file; folders too."""
    found = {}
    for here, folders, files in os.walk(folder):
        for name in folders:
            found[os.path.relpath(os.path.join(here, name), folder)] = "/"
        for name in files:
            path = os.path.join(here, name)
            with open(path, "rb") as file:
                data = bytearray(file.read())
            if data.startswith(b"SQLite format 3"):
                # how often it was changed is not what it says
                data[24:28] = data[92:96] = data[40:44] = bytes(4)
            digest = hashlib.sha256(data).hexdigest()
            found[os.path.relpath(path, folder)] = digest
    # after an error of reading GDAL puts into a raster's sidecar what stands in
    # the raster as well: not another result, nor is the digest of the manifest
    for name in found:
        if name.endswith((".tif.aux.xml", "out/manifest.json")):
            found[name] = "there"
    return found


class Driver:
    def __init__(self, options):
        self.options = options
        self.environment = dict(
            os.environ, LC_ALL="C.UTF-8", SOURCE_DATE_EPOCH="1700000000",
            LD_PRELOAD=options.injector, MALLOC_PERTURB_="165",
            ASAN_OPTIONS="verify_asan_link_order=0:detect_leaks=1",
            LSAN_OPTIONS=f"suppressions={SUPPRESSIONS}:print_suppressions=0")
        self.failures = []

    def folder(self, command):
        path = tempfile.mkdtemp(prefix=command.name + "-",
                                dir=self.options.work)
        place = os.path.join(path, "p")
        shutil.copytree(os.path.join(self.options.work, "base"), place)
        for need in command.needs:
            source = os.path.join(self.options.work, need)
            target = place if need == "fetched" else os.path.join(place, need)
            shutil.copytree(source, target, dirs_exist_ok=True)
        if command.project:
            name = os.path.join(place, "project.yaml")
            with open(name, encoding="utf-8") as file:
                lines = [line for line in file
                         if not line.startswith("outputs:")]
            with open(name, "w", encoding="utf-8") as file:
                file.write("".join(lines) + f"outputs: {command.project}\n")
        return path, place

    def run(self, command, fault):
        """(code, stdout, stderr, tree after, tree before, calls or places)"""
        path, place = self.folder(command)
        count = os.path.join(path, "count")
        before = tree(place)
        env = dict(self.environment, FAULT=fault, FAULT_COUNT=count)
        try:
            done = subprocess.run(
                [self.options.program, *command.args, *command_tail(command)],
                cwd=place, env=env, stdin=subprocess.DEVNULL,
                capture_output=True, timeout=300, check=False)
            code, out, err = done.returncode, done.stdout, done.stderr
        except subprocess.TimeoutExpired as late:
            code, out, err = "timeout", late.stdout or b"", late.stderr or b""
        out = MEASURED.sub(b"", out)
        after = tree(place)
        calls = []
        if os.path.exists(count):
            with open(count, encoding="ascii") as file:
                calls = file.read().split()
        shutil.rmtree(path)
        return code, out, err, after, before, calls

    def judge(self, command, kind, result, reference):
        code, out, err, after, before, _ = result
        text = err.decode("utf-8", "replace")
        wrong = []
        if "AddressSanitizer" in text or "LeakSanitizer" in text or \
                "runtime error" in text:
            wrong.append("sanitizer")
        if code == 0:
            if out != reference[1] and UNREAD not in out:
                wrong.append("success, but another standard output")
            if after != reference[3]:
                wrong.append("success, but other files: " + ", ".join(sorted(
                    name for name in set(after) | set(reference[3])
                    if after.get(name) != reference[3].get(name))))
            return wrong, text
        if code in (-6, TERRAMIS_INTERNAL) and PROJ_ABORT in text:
            return [], text
        if code == -5 and GLIB_ABORT in text:
            return [], text  # what is left goes with the next run
        if code not in CODES[kind]:
            wrong.append(f"exit {code}, not one of {sorted(CODES[kind])}")
        if not any(line.startswith("terramis: ") and len(line) > 20
                   for line in text.splitlines()):
            wrong.append("no message")
        left = {n for n in after if after[n] != before.get(n)} | \
            {n for n in before if n not in after}
        left = {n for n in left if after.get(n) != "/"}
        if command.name in ("fetch", "demo", "plots"):
            # file by file: each is whole or was not there
            left = {n for n in left if after.get(n) != reference[3].get(n)}
            # by which the next fetch knows what was put in its place
            left = {n for n in left if not n.endswith(".source.json") or
                    os.path.basename(n)[:6] != ".part-"}
        elif after == reference[3]:
            left = set()  # complete before the fault
        if left:
            wrong.append("left or changed: " + ", ".join(sorted(left)))
        return wrong, text

    def chosen(self, calls):
        """Of a list the first ten, then evenly spread ones."""
        most = self.options.most
        if not most or len(calls) <= most:
            return calls
        first = min(10, most // 2)
        rest = most - first
        span = len(calls) - first
        return list(calls[:first]) + [calls[first + span * i // rest]
                                      for i in range(rest)]

    def faults(self, command, kind):
        """(faults to try, of how many)"""
        if self.options.places:
            places = sorted(self.run(command, f"{kind}@0")[5])
            return [f"{kind}@{p}" for p in self.chosen(places)], len(places)
        plus = "+" if self.options.plus else ""
        if command.first:
            return [f"{kind}:{n}{plus}"
                    for n in range(1, command.first + 1)], "some"
        calls = int(self.run(command, f"{kind}:0")[5][0])
        return [f"{kind}:{n}{plus}"
                for n in self.chosen(range(1, calls + 1))], calls

    def kind(self, command, kind, reference):
        faults, calls = self.faults(command, kind)
        wrong = {}
        spread = {}
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            for fault, result in zip(faults, pool.map(
                    lambda f: self.run(command, f), faults)):
                bad, text = self.judge(command, kind, result, reference)
                spread[result[0]] = spread.get(result[0], 0) + 1
                if bad:
                    wrong.setdefault("; ".join(bad), []).append((fault, text))
        what = f"{command.name}, {kind}: {len(faults)} of {calls} " + \
            ("places fail" if self.options.places else "calls fail")
        codes = ", ".join(f"{n} times {c}" for c, n in sorted(
            spread.items(), key=str))
        if not wrong:
            print(f"ok - {what} ({codes or 'none'})", flush=True)
            return
        print(f"not ok - {what} ({codes})")
        for bad, found in wrong.items():
            print(f"    {bad}:")
            for fault, text in found[:6]:
                print(f"      FAULT={fault}: {text.strip()[:6000]!r}")
            if len(found) > 6:
                print("      and " + " ".join(f for f, _ in found[6:]))
        sys.stdout.flush()
        self.failures.append(what)


def command_tail(command):
    quiet = ("run", "replace", "maps", "demo")
    return ["-q"] if command.name in quiet else []


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("injector")
    parser.add_argument("work")
    parser.add_argument("--most", type=int, default=0)
    parser.add_argument("--only", default="")
    parser.add_argument("--places", action="store_true")
    parser.add_argument("--plus", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    options.work = os.path.abspath(options.work)
    options.program = os.path.abspath(options.program)
    options.injector = os.path.abspath(options.injector)
    if not os.path.exists(options.injector):
        # the loader would only warn, and nothing would ever fail
        sys.exit(f"not ok - no injector {options.injector}: make it first")
    driver = Driver(options)
    wanted = [w.split(":") for w in options.only.split(",") if w]
    for command in commands(options.work, options.most == 0):
        if wanted and command.name not in [w[0] for w in wanted]:
            continue
        reference = driver.run(command, "none:0")
        if reference[0] != 0:
            print(f"not ok - {command.name} without a fault: exit "
                  f"{reference[0]}\n    {reference[2].decode()}")
            driver.failures.append(command.name)
            continue
        for kind in command.kinds:
            if not wanted or any(w[0] == command.name and
                                 (len(w) < 2 or kind in w[1:])
                                 for w in wanted):
                driver.kind(command, kind, reference)
    return 1 if driver.failures else 0


if __name__ == "__main__":
    sys.exit(main())
