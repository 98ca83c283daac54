"""Terramis in QGIS's toolbox."""


def classFactory(iface):
    """What QGIS calls to load the plug-in; iface is None in qgis_process."""
    from .plugin import TerramisPlugin
    return TerramisPlugin(iface)
