"""Kills runs of the program and looks at what they leave.

Every function prints one line that says what was done, and fails with a
traceback where the output folder is not the old result or the new one.
"""
import collections
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time

PROGRAM = os.environ["TERRAMIS"]


def command(project, out, *options):
    return [PROGRAM, "run", project, "--out", out, "-q", *options]


def run(project, out, *options, env=None):
    """A run to its end; the seconds it took."""
    start = time.monotonic()
    done = subprocess.run(command(project, out, *options), env=env,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert done.returncode == 0, done.stderr.decode()
    return time.monotonic() - start


def sums(out):
    """SHA-256 of every file below a folder."""
    found = {}
    for folder, _, files in os.walk(out):
        for name in files:
            path = os.path.join(folder, name)
            with open(path, "rb") as f:
                found[os.path.relpath(path, out)] = \
                    hashlib.sha256(f.read()).hexdigest()
    return found


def temporary(out):
    return os.path.join(os.path.dirname(out),
                        "." + os.path.basename(out) + ".terramis")


def look(out, old, new):
    """Is it the old result or the new one, whole and verified?"""
    if not os.path.lexists(out):
        assert old is None, "the old result is gone"
        return "nothing"
    done = subprocess.run([PROGRAM, "verify", out, "-q"],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    found = sums(out)
    assert found in (old, new), "neither the old result nor the new one"
    return "new" if found == new else "old"


def references(projects, top):
    """What each project gives, and the seconds that a run takes."""
    wanted, seconds = [], 0
    for i, project in enumerate(projects):
        out = os.path.join(top, f"reference{i}")
        seconds = max(seconds, run(project, out, "--overwrite"))
        wanted.append(sums(out))
    assert wanted[0] != wanted[1], "old and new must differ"
    return wanted, seconds


def at_random(top, first, second, kills, seed):
    """Kills at random moments, half of them where there is an old result."""
    rng = random.Random(int(seed))
    projects = (first, second)
    wanted, seconds = references(projects, top)
    counts = collections.Counter()
    for with_old in (False, True):
        out = os.path.join(top, "with" if with_old else "without")
        old = 0 if with_old else None
        if with_old:
            run(projects[0], out)
        for _ in range(int(kills) // 2):
            new = 1 - old if with_old else 1
            process = subprocess.Popen(
                command(projects[new], out, "--overwrite"),
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(rng.uniform(0, seconds * 1.1))
            process.kill()
            process.wait()
            found = look(out, None if old is None else wanted[old],
                         wanted[new])
            counts[("old result, " if with_old else "none, ") + found] += 1
            if found == "new" and with_old:
                old = new
            elif found == "new":
                shutil.rmtree(out)
        run(projects[0], out, "--overwrite")
        assert sums(out) == wanted[0]
        assert not os.path.lexists(temporary(out)), "temporaries are left"
    print(f"{kills} kills, seed {seed}: " +
          ", ".join(f"{n} x {k}" for k, n in sorted(counts.items())))


def at_calls(top, first, second, library):
    """Kills before each call that changes the disk, one after the other, from
    the manifest to the end of the run, with a file of somebody's own beside an
    old result, and without one."""
    wanted, _ = references((first, second), top)
    counts = collections.Counter()
    for with_old in (False, True):
        out = os.path.join(top, "called")
        old, new, at = None, dict(wanted[1]), 0
        while True:
            at += 1
            shutil.rmtree(out, ignore_errors=True)
            if with_old:
                shutil.copytree(os.path.join(top, "reference0"), out)
                with open(os.path.join(out, "note.txt"), "w") as f:
                    f.write("mine")
                old = sums(out)
                new["note.txt"] = old["note.txt"]
            done = subprocess.run(
                command(second, out, "--overwrite"), capture_output=True,
                env=dict(os.environ, LD_PRELOAD=library, KILL_AT=str(at)))
            assert done.returncode in (0, -signal.SIGKILL), done.stderr
            found = "nothing"
            if with_old or os.path.lexists(out):
                found = sums(out)
                assert found in (old, new), (at, found)
                found = "new" if found == new else "old"
            if done.returncode == 0:
                break
            counts[("old result, " if with_old else "none, ") + found] += 1
            assert os.path.lexists(temporary(out)) or found == "new"
        assert found == "new" and at > 20, at
        assert not os.path.lexists(temporary(out)), "temporaries are left"
    print("kills before calls: " +
          ", ".join(f"{n} x {k}" for k, n in sorted(counts.items())))


if __name__ == "__main__":
    {"random": at_random, "calls": at_calls}[sys.argv[1]](*sys.argv[2:])
