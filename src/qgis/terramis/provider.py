"""The group "Terramis" of the Processing toolbox."""
import os

from processing.core.ProcessingConfig import ProcessingConfig, Setting
from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .check import CheckAlgorithm
from .explain import ExplainAlgorithm
from .program import PROGRAM_SETTING
from .run import RunAlgorithm
from .texts import text

ICON = os.path.join(os.path.dirname(__file__), "icon.svg")


class TerramisProvider(QgsProcessingProvider):
    def id(self):
        return "terramis"

    def name(self):
        return "Terramis"

    def icon(self):
        return QIcon(ICON)

    def load(self):
        ProcessingConfig.settingIcons["Terramis"] = self.icon()
        ProcessingConfig.addSetting(Setting(
            "Terramis", PROGRAM_SETTING, text("program"), "",
            valuetype=Setting.FILE))
        ProcessingConfig.readSettings()
        self.refreshAlgorithms()
        return True

    def unload(self):
        ProcessingConfig.removeSetting(PROGRAM_SETTING)

    def loadAlgorithms(self):
        for algorithm in (RunAlgorithm, CheckAlgorithm, ExplainAlgorithm):
            self.addAlgorithm(algorithm())
