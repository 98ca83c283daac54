"""Says why a parcel has its score."""
import html

from qgis.core import (QgsProcessingOutputNumber, QgsProcessingOutputString,
                       QgsProcessingParameterFile,
                       QgsProcessingParameterFileDestination,
                       QgsProcessingParameterString)

from .algorithm import TerramisAlgorithm
from .program import ask, call
from .texts import text


class ExplainAlgorithm(TerramisAlgorithm):
    NAME = "explain"

    def initAlgorithm(self, _configuration=None):
        self.add_project()
        self.addParameter(QgsProcessingParameterFile(
            "OUT", text("out_of"), QgsProcessingParameterFile.Folder))
        self.addParameter(QgsProcessingParameterString(
            "PARCEL", text("parcel")))
        self.addParameter(QgsProcessingParameterFileDestination(
            "REPORT", text("report"), "HTML (*.html)", optional=True))
        self.addOutput(QgsProcessingOutputString("TEXT", text("report")))
        self.addOutput(QgsProcessingOutputString("CLASS", text("class")))
        self.addOutput(QgsProcessingOutputNumber("SCORE", text("score")))

    def work(self, parameters, context, feedback):
        arguments = ["explain", "--out=" + self.parameterAsFile(
            parameters, "OUT", context), "--",
            self.parameterAsString(parameters, "PARCEL", context),
            self.project(parameters, context)]
        lines = []
        call(arguments, feedback, lines.append)
        for line in lines:
            feedback.pushInfo(line)
        answer = ask(arguments[:2] + ["--json"] + arguments[2:], feedback)
        result = {"TEXT": "\n".join(lines), "CLASS": answer["class"],
                  "SCORE": answer["score"]}
        report = self.parameterAsFileOutput(parameters, "REPORT", context)
        if report:
            with open(report, "w", encoding="utf-8") as out:
                out.write("<!DOCTYPE html><meta charset='utf-8'><pre>%s</pre>"
                          % html.escape(result["TEXT"]))
            result["REPORT"] = report
        return result
