#!/usr/bin/python3
"""terramis.qgs in a headless QGIS: project.py PROJECT FOLDER prints one "name
value" line per fact; pages of the layouts go to FOLDER."""
import os
import sys

from qgis.core import (QgsApplication, QgsExpression, QgsExpressionContext,
                       QgsExpressionContextUtils, QgsLayoutExporter,
                       QgsProject, QgsVectorLayer)
from qgis.PyQt.QtGui import QImage


def tips(layer):
    """Map tips of the features, as QGIS evaluates them."""
    context = QgsExpressionContext(
        QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    for feature in layer.getFeatures():
        context.setFeature(feature)
        yield QgsExpression.replaceExpressionText(
            layer.mapTipTemplate(), context)


def coded(layer):
    """Fields that show labels for codes."""
    return sorted(field.name() for i, field in enumerate(layer.fields())
                  if layer.editorWidgetSetup(i).type() == "ValueMap")


def colours(path):
    """How many colours the picture has, at most 20."""
    image = QImage(path)
    return min(20, len({image.pixel(x, y)
                        for x in range(0, image.width(), 3)
                        for y in range(0, image.height(), 3)}))


def show_layer(layer, folder):
    print("layer", layer.id(), layer.isValid(), layer.crs().authid(),
          "|".join(layer.metadata().licenses()) or "-",
          bool(layer.metadata().title()))
    if not isinstance(layer, QgsVectorLayer):
        return
    print("coded", layer.id(), *coded(layer))
    missing = [f.name() for f in layer.fields()
               if not f.alias() and f.name() != "fid"]
    print("untitled", layer.id(), *missing)
    with open(os.path.join(folder, layer.id() + ".html"), "w") as out:
        for tip in tips(layer):
            print(tip, file=out)


def show_package(path):
    """A layer added by hand takes style, titles and tip from the file."""
    for name in ("parcels", "sites"):
        layer = QgsVectorLayer("%s|layername=%s" % (path, name), name, "ogr")
        print("added", name, layer.isValid(), layer.renderer().type(),
              bool(layer.mapTipTemplate()), len(coded(layer)),
              layer.attributeAlias(layer.fields().lookupField("score")))


def show_layout(layout, folder):
    atlas = layout.atlas()
    kinds = sorted(item.id() for item in layout.items()
                   if hasattr(item, "id"))
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = 96
    settings.generateWorldFile = False
    base = os.path.join(folder, "page")
    result, _ = QgsLayoutExporter.exportToImage(atlas, base, "png", settings)
    scale = layout.itemById("map").scale()
    pages = sorted(n for n in os.listdir(folder) if n.endswith(".png"))
    print("layout", atlas.coverageLayer().id(), result, len(pages),
          "%.0f" % scale, min([colours(os.path.join(folder, n))
                               for n in pages] or [0]))
    print("items", *kinds)
    for name in pages:
        os.rename(os.path.join(folder, name),
                  os.path.join(folder, atlas.coverageLayer().id() + name))
    for name in os.listdir(folder):
        if name.endswith(".png"):
            os.rename(os.path.join(folder, name),
                      os.path.join(folder, name[:-4] + ".seen"))


def main(path, folder):
    project = QgsProject.instance()
    print("read", project.read(path), project.crs().authid())
    print("title", project.title())
    print("abstract", project.metadata().abstract().replace("\n", " / "))
    for mark in project.bookmarkManager().bookmarks():
        print("bookmark", mark.name(), mark.extent().crs().authid(),
              mark.extent().toString(0))
    for layer in sorted(project.mapLayers().values(), key=lambda l: l.id()):
        show_layer(layer, folder)
    show_package(os.path.join(os.path.dirname(path), "pilot", "parcels.gpkg"))
    for layout in project.layoutManager().printLayouts():
        show_layout(layout, folder)
    sys.stdout.flush()


application = QgsApplication([], False)
application.initQgis()
main(*sys.argv[1:])
os._exit(0)  # QGIS crashes where Python objects outlive it
