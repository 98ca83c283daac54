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
                command(projects[new], out, "--overwrite",
                        "--checkpoint", "0.001"),
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
                env=dict(os.environ, LD_PRELOAD=library, KILL_AT=str(at),
                         KILL_FILE="/manifest.json"))
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


def resume(top, project, whole, kills, seed):
    """Kills at random moments, each time going on with what the run before
    left, until one comes to its end; and so on."""
    rng = random.Random(int(seed))
    out = os.path.join(os.path.dirname(project), "out")
    shutil.rmtree(out, ignore_errors=True)
    shutil.rmtree(temporary(out), ignore_errors=True)
    seconds = run(project, out)
    wanted = sums(whole)
    assert sums(out) == wanted
    done = taken = 0
    for _ in range(int(kills)):
        shutil.rmtree(out, ignore_errors=True)
        process = subprocess.Popen(
            [PROGRAM, "run", project, "--out", out, "--resume", "--overwrite",
             "--checkpoint", "0.001"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        time.sleep(rng.uniform(0.3, 1.2) * seconds)
        process.kill()
        taken += process.communicate()[1].count("finished by the interrupted")
        if os.path.lexists(out):
            assert sums(out) == wanted, "not the same bytes"
            done += 1
    run(project, out, "--resume", "--overwrite")
    assert sums(out) == wanted, "not the same bytes"
    assert not os.path.lexists(temporary(out)), "temporaries are left"
    assert taken > 0, "nothing was taken over"
    print(f"{kills} kills of runs that go on, seed {seed}: {done} came to "
          f"their end, {taken} territories taken over, the same bytes")


# what asks for an end: a person, a system, a terminal that closes, a limit
ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGXCPU)


def interrupt(top, project, count, seed, most):
    """Signals that ask for an end at random moments of `run` and `check`: the
    program ends within `most` seconds, with its code and message, and the old result
    stays as it was."""
    rng = random.Random(int(seed))
    out = os.path.join(top, "interrupted")
    seconds = run(project, out)
    old, longest, ended, early, left = sums(out), 0, 0, 0, 0
    for i in range(int(count)):
        line = [PROGRAM, "check", project] if i % 5 == 4 else \
            command(project, out, "--overwrite")
        process = subprocess.Popen(line, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, text=True)
        time.sleep(rng.uniform(0.02, 0.95) * seconds * (0.1 if i % 5 == 4 else 1))
        if process.poll() is None:
            process.send_signal(ENDS[i % len(ENDS)])
        start = time.monotonic()
        said = process.communicate()[1]
        if process.returncode == 0:
            ended += 1
        elif -process.returncode in ENDS:
            early += 1 # before main()
        else:
            longest = max(longest, time.monotonic() - start)
            assert process.returncode == 130, (process.returncode, said)
            assert "interrupted" in said, said
            left += os.path.lexists(temporary(out)) and "--resume" not in said
        assert sums(out) == old
    assert longest < float(most), longest
    assert ended + early < int(count) // 2, (ended, early)
    # on a busy machine main() ends some, and the stage goes with the next run
    assert left < int(count) - ended - early, left
    run(project, out, "--overwrite")
    assert sums(out) == old
    assert not os.path.lexists(temporary(out)), "temporaries are left"
    print(f"{count} signals in runs of {seconds:.1f} s, seed {seed}: ended "
          f"after {longest:.2f} s at most, {ended} came too late, {early} too early, "
          f"{left} left a stage")


def twice(project, out):
    """A second SIGINT ends the program at once."""
    process = subprocess.Popen(command(project, out), stderr=subprocess.PIPE,
                               stdout=subprocess.DEVNULL, text=True)
    while not os.path.lexists(os.path.join(temporary(out), "new")):
        time.sleep(0.01)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    start = time.monotonic()
    process.send_signal(signal.SIGINT)
    said = process.communicate()[1]
    assert process.returncode == 130 and "interrupted" in said, said
    print(f"the second SIGINT ends it after {time.monotonic() - start:.2f} s")


if __name__ == "__main__":
    {"random": at_random, "calls": at_calls, "resume": resume,
     "interrupt": interrupt, "twice": twice}[sys.argv[1]](*sys.argv[2:])
