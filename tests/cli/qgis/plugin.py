#!/usr/bin/python3
"""The plug-in inside a headless QGIS: plugin.py PLUGINS PROJECT OUT PARCELS
cancels a run of PROJECT into OUT at its first progress, then checks and runs
the small project PARCELS. Prints one "name value" line per fact."""
import os
import shutil
import sys
import time

sys.path[:0] = [sys.argv[1], "/usr/share/qgis/python/plugins"]

from qgis.core import (QgsApplication, QgsProcessingContext,  # noqa: E402
                       QgsProcessingException, QgsProcessingFeedback,
                       QgsProject)

application = QgsApplication([], False)
application.initQgis()

import processing  # noqa: E402
from processing.core.Processing import Processing  # noqa: E402

Processing.initialize()


class Feedback(QgsProcessingFeedback):
    """Remembers what it is told; cancels at the first progress if asked to."""

    def __init__(self, cancels=False):
        super().__init__()
        self.cancels, self.cancelled_at = cancels, None
        self.steps, self.errors, self.texts = [], [], set()
        self.progressChanged.connect(self.advance)

    def advance(self, percent):
        self.steps.append(percent)
        if self.cancels and not self.cancelled_at:
            self.cancelled_at = time.monotonic()
            self.cancel()

    def setProgressText(self, text):
        self.texts.add(text)

    def reportError(self, error, fatalError=False):
        self.errors.append(error)

    def pushConsoleInfo(self, text):
        pass

    def pushInfo(self, text):
        pass


def children():
    """Processes that this one has started and not waited for."""
    with open("/proc/self/task/%d/children" % os.getpid()) as stream:
        return stream.read().split()


def main(_plugins, large, out, small):
    import terramis
    plugin = terramis.classFactory(None)
    plugin.initProcessing()
    registry = QgsApplication.processingRegistry()
    print("names", *sorted(a.displayName() for a in registry.providerById(
        "terramis").algorithms()), sep="|")

    from processing.core.ProcessingConfig import ProcessingConfig
    found = shutil.which("terramis")
    kept, os.environ["PATH"] = os.environ["PATH"], "/usr/bin:/bin"
    ProcessingConfig.setSettingValue("TERRAMIS_PROGRAM", found)
    print("set", processing.run("terramis:check", {"PROJECT": small},
                                feedback=Feedback()))
    ProcessingConfig.setSettingValue("TERRAMIS_PROGRAM", "")
    os.environ["PATH"] = kept

    feedback = Feedback(cancels=True)
    result = processing.run("terramis:run", {
        "PROJECT": large, "OUT": out, "LOAD": False}, feedback=feedback)
    waited = time.monotonic() - feedback.cancelled_at
    print("cancel", result.get("QGS"), waited < 10, children(),
          feedback.errors)

    feedback, context = Feedback(), QgsProcessingContext()
    context.setProject(QgsProject.instance())
    result = processing.run("terramis:run", {
        "PROJECT": small, "OUT": out, "LOAD": True}, feedback=feedback,
        context=context)
    print("run", result["TERRITORIES"], "%.2f" % result["PLANTABLE_HA"],
          os.path.relpath(result["QGS"], out), result["PAGE"])
    print("progress", feedback.steps == sorted(feedback.steps),
          feedback.steps[-1], len(feedback.texts) > 0)
    print("loads", *sorted(os.path.relpath(l, out) for l in
                           context.layersToLoadOnCompletion()))
    try:
        processing.run("terramis:run", {"PROJECT": small, "OUT": out},
                       feedback=Feedback())
    except QgsProcessingException as error:
        print("refused", str(error).replace("\n", " / "))
    sys.stdout.flush()


main(*sys.argv[1:])
os._exit(0)  # QGIS crashes where Python objects outlive it
