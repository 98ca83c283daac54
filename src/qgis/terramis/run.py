"""Analyses a project."""
import json
import os

from qgis.core import (QgsProcessingContext, QgsProcessingOutputFile,
                       QgsProcessingOutputHtml, QgsProcessingOutputNumber,
                       QgsProcessingParameterBoolean,
                       QgsProcessingParameterFolderDestination,
                       QgsProcessingParameterNumber)

from .algorithm import TerramisAlgorithm
from .program import call
from .texts import text


class RunAlgorithm(TerramisAlgorithm):
    NAME = "run"

    def initAlgorithm(self, _configuration=None):
        self.add_project()
        self.add_territory()
        number = QgsProcessingParameterNumber
        self.addParameter(number(
            "RESOLUTION", text("resolution"), number.Double, optional=True,
            minValue=0.1, maxValue=10000))
        self.addParameter(number(
            "THREADS", text("threads"), number.Integer, optional=True,
            minValue=1, maxValue=1024))
        self.addParameter(QgsProcessingParameterBoolean(
            "OVERWRITE", text("overwrite"), False))
        self.addParameter(QgsProcessingParameterBoolean(
            "LOAD", text("load"), True))
        self.addParameter(QgsProcessingParameterFolderDestination(
            "OUT", text("out")))
        self.addOutput(QgsProcessingOutputFile("QGS", text("qgs")))
        self.addOutput(QgsProcessingOutputHtml("PAGE", text("page")))
        self.addOutput(QgsProcessingOutputNumber(
            "TERRITORIES", text("territories")))
        self.addOutput(QgsProcessingOutputNumber(
            "PLANTABLE_HA", text("plantable")))

    def options(self, parameters, context, out):
        options = ["run", "--out=" + out, "--json"]
        options += self.territory(parameters, context)
        if parameters.get("RESOLUTION") is not None:
            options.append("--resolution=%r" % self.parameterAsDouble(
                parameters, "RESOLUTION", context))
        if parameters.get("THREADS") is not None:
            options.append("--threads=%d" % self.parameterAsInt(
                parameters, "THREADS", context))
        if self.parameterAsBoolean(parameters, "OVERWRITE", context):
            options.append("--overwrite")
        return options + ["--", self.project(parameters, context)]

    def work(self, parameters, context, feedback):
        out = self.parameterAsString(parameters, "OUT", context)
        last = {}

        def on_out(line):
            try:
                event = json.loads(line)
            except ValueError:
                feedback.pushConsoleInfo(line)
                return
            if event.get("event") == "progress":
                feedback.setProgress(100 * event["done"])
                feedback.setProgressText(event.get("text", ""))
            elif event.get("event") == "done":
                last.update(event)

        call(self.options(parameters, context, out), feedback, on_out)
        feedback.setProgress(100)
        found = last.get("territories", [])
        if self.parameterAsBoolean(parameters, "LOAD", context):
            load(out, [t["id"] for t in found], context)
        return {"OUT": out, "QGS": existing(out, "terramis.qgs"),
                "PAGE": existing(out, "index.html"),
                "TERRITORIES": len(found),
                "PLANTABLE_HA": sum(sum(t["plantable_ha"]["any"].values())
                                    for t in found)}


def existing(folder, name):
    """The project chooses which files there are."""
    path = os.path.join(folder, name)
    return path if os.path.exists(path) else None


def load(out, territories, context):
    """Shows the layers once the algorithm is through; each brings its style.
    Without a project (qgis_process) there is nowhere to show them."""
    if not context.project():
        return
    for territory in territories:
        package = os.path.join(out, territory, "parcels.gpkg")
        for title, source, needs in (
                ("class_layer", os.path.join(out, territory, "class.tif"),
                 os.path.join(out, territory, "class.tif")),
                ("parcels_layer", package + "|layername=parcels", package),
                ("sites_layer", package + "|layername=sites", package)):
            if os.path.exists(needs):
                context.addLayerToLoadOnCompletion(
                    source, QgsProcessingContext.LayerDetails(
                        "%s – %s" % (text(title), territory),
                        context.project(), source))
