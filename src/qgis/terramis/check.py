"""Reads a project and its layers."""
from qgis.core import QgsProcessingOutputNumber

from .algorithm import TerramisAlgorithm
from .program import ask
from .texts import text


class CheckAlgorithm(TerramisAlgorithm):
    NAME = "check"

    def initAlgorithm(self, _configuration=None):
        self.add_project()
        self.add_territory()
        self.addOutput(QgsProcessingOutputNumber("LAYERS", text("layers")))
        self.addOutput(QgsProcessingOutputNumber(
            "SUSPICIOUS", text("suspicious")))

    def work(self, parameters, context, feedback):
        answer = ask(["check", "--json"] +
                     self.territory(parameters, context) +
                     ["--", self.project(parameters, context)], feedback)
        remarks = 0
        for layer in answer["layers"]:
            feedback.pushInfo("%s – %s, %s, %d" % (
                layer["role"], layer["source"], layer["crs"], layer["used"])
                if "used" in layer else
                "%s – %s" % (layer["role"], layer["source"]))
            for remark in layer.get("suspicious", []):
                remarks += 1
                feedback.pushWarning("  %s" % remark)
        return {"LAYERS": len(answer["layers"]), "SUSPICIOUS": remarks}
