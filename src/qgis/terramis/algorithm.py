"""What the three algorithms have in common."""
from qgis.core import (QgsProcessingAlgorithm, QgsProcessingParameterFile,
                       QgsProcessingParameterString)
from qgis.PyQt.QtGui import QIcon

from .program import Stopped
from .texts import text


class TerramisAlgorithm(QgsProcessingAlgorithm):
    """Subclasses set NAME and say work()."""
    NAME = ""

    def createInstance(self):
        return type(self)()

    def name(self):
        return self.NAME

    def displayName(self):
        return text(self.NAME)

    def shortHelpString(self):
        return text(self.NAME + "_help")

    def shortDescription(self):
        return text(self.NAME + "_help")

    def icon(self):
        from .provider import ICON
        return QIcon(ICON)

    def add_project(self):
        self.addParameter(QgsProcessingParameterFile(
            "PROJECT", text("project"), fileFilter=text("project_files")))

    def add_territory(self):
        self.addParameter(QgsProcessingParameterString(
            "TERRITORY", text("territory"), optional=True))

    def project(self, parameters, context):
        return self.parameterAsFile(parameters, "PROJECT", context)

    def territory(self, parameters, context):
        """The option, or nothing."""
        name = self.parameterAsString(parameters, "TERRITORY", context)
        return ["--territory=" + name] if name else []

    def work(self, parameters, context, feedback):
        raise NotImplementedError

    def processAlgorithm(self, parameters, context, feedback):
        try:
            return self.work(parameters, context, feedback)
        except Stopped:
            feedback.reportError(text("stopped"))
            return {}
