"""Finds, starts, listens to and stops the program terramis."""
import json
import os
import queue
import shutil
import signal
import subprocess
import threading

from processing.core.ProcessingConfig import ProcessingConfig
from qgis.core import QgsProcessingException

from .texts import language, text

PROGRAM_SETTING = "TERRAMIS_PROGRAM"

# QGIS's own libraries and data are not the program's
FOREIGN = ("LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONPATH", "GDAL_DATA",
           "GDAL_DRIVER_PATH", "PROJ_LIB", "PROJ_DATA", "LC_ALL")

PATIENCE = 10.0  # seconds to end after a request, then it is killed


class Stopped(Exception):
    """The user cancelled."""


def find_program():
    """The path of the program: as set, otherwise from PATH."""
    name = ProcessingConfig.getSetting(PROGRAM_SETTING) or "terramis"
    path = shutil.which(name)
    if not path:
        raise QgsProcessingException(text("missing").format(name))
    return path


def environment():
    """That of QGIS without its libraries; messages in QGIS's language."""
    kept = {k: v for k, v in os.environ.items() if k not in FOREIGN}
    kept["LANGUAGE"] = language()
    kept["LC_MESSAGES"] = "fr_FR.UTF-8" if language() == "fr" else "C.UTF-8"
    return kept


def start(arguments):
    """Starts the program; no shell ever sees the arguments."""
    program = find_program()
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        return subprocess.Popen(
            [program] + arguments, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=environment(), encoding="utf-8", errors="replace",
            creationflags=flags)
    except OSError as error:
        raise QgsProcessingException(
            text("cannot_start").format(program, error)) from error


def forward(stream, name, lines):
    """Puts (name, line) for each line, then (name, None)."""
    with stream:
        for line in stream:
            lines.put((name, line.rstrip("\r\n")))
    lines.put((name, None))


def stop(process):
    """Asks the program to end, which removes what it has begun; kills it
    when it does not."""
    if process.poll() is not None:
        return
    if os.name == "nt":
        process.terminate()
    else:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def listen(process, on_line, feedback):
    """Calls on_line(name, line) until both streams end; raises Stopped when
    the user cancels."""
    lines = queue.Queue()
    streams = {"out": process.stdout, "err": process.stderr}
    for name, stream in streams.items():
        threading.Thread(target=forward, args=(stream, name, lines),
                         daemon=True).start()
    open_streams = len(streams)
    while open_streams:
        if feedback.isCanceled():
            stop(process)
            raise Stopped
        try:
            name, line = lines.get(timeout=0.1)
        except queue.Empty:
            continue
        if line is None:
            open_streams -= 1
        else:
            on_line(name, line)


def call(arguments, feedback, on_out):
    """Runs the program to its end. Lines of standard output go to on_out,
    those of standard error to the log. Raises QgsProcessingException with its
    message when it fails and Stopped when the user cancels."""
    said = []

    def on_line(name, line):
        if name == "out":
            on_out(line)
            return
        said.append(line)
        if "terramis: " in line:
            line = line.split("terramis: ", 1)[1]
        feedback.pushConsoleInfo(line)

    process = start(arguments)
    try:
        listen(process, on_line, feedback)
        code = process.wait()
    finally:
        stop(process)
    if code != 0:
        raise QgsProcessingException(
            "\n".join([text("failed").format(code)] + said[-20:]))


def ask(arguments, feedback):
    """The JSON that the program prints."""
    lines = []
    call(arguments, feedback, lines.append)
    try:
        return json.loads("\n".join(lines))
    except ValueError as error:
        raise QgsProcessingException(
            text("bad_answer").format(error)) from error
