"""Registers the provider; there is no window of its own."""
from qgis.core import QgsApplication

from .provider import TerramisProvider


class TerramisPlugin:
    def __init__(self, _iface):
        self.provider = None

    def initProcessing(self):
        """Also called by qgis_process, where there is no GUI."""
        self.provider = TerramisProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self):
        self.initProcessing()

    def unload(self):
        if self.provider:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
