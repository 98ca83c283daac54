"""What is true, by OGR and GEOS on the vector geometries alone, for samples of
the work set: distances of points, plantable areas of parcels."""
import numpy as np
from osgeo import ogr

ogr.UseExceptions()
ROAD = "Route à 1 chaussée"
SEGMENTS = 64  # per quadrant: buffers as good as round


class Layer:
    """The features of a layer and their extents."""

    def __init__(self, path, where=None):
        self.source = ogr.Open(path)
        layer = self.source.GetLayer()
        layer.SetAttributeFilter(where)
        self.fids, self.features = [], []
        for f in layer:
            self.fids.append(f.GetFID())
            self.features.append(f.GetGeometryRef().Clone())
        self.box = np.array([g.GetEnvelope() for g in self.features])

    def near(self, box, reach):
        """Features whose extents come within `reach` of a box."""
        b = self.box
        hit = ((b[:, 0] <= box[1] + reach) & (b[:, 1] >= box[0] - reach) &
               (b[:, 2] <= box[3] + reach) & (b[:, 3] >= box[2] - reach))
        return [self.features[i] for i in np.flatnonzero(hit)]

    def distance(self, x, y):
        """To the nearest feature; extents bound it from below."""
        b = self.box
        low = np.hypot(np.maximum(0, np.maximum(b[:, 0] - x, x - b[:, 1])),
                       np.maximum(0, np.maximum(b[:, 2] - y, y - b[:, 3])))
        point = ogr.Geometry(ogr.wkbPoint)
        point.AddPoint_2D(x, y)
        best = np.inf
        for i in np.argsort(low):
            if low[i] >= best:
                break
            best = min(best, self.features[i].Distance(point))
        return best


def union(geometries):
    whole = ogr.Geometry(ogr.wkbMultiPolygon)
    for g in geometries:
        for part in [g] if g.GetGeometryType() == ogr.wkbPolygon else \
                [g.GetGeometryRef(i) for i in range(g.GetGeometryCount())]:
            whole.AddGeometry(part)
    return whole.UnionCascaded() if whole.GetGeometryCount() else whole


class Land:
    """Plantable: in a catchment or a corridor of a road, and neither on its
    kept-free strip nor within 10 m of the built zones."""

    def __init__(self, work):
        v = work + "/vectors/"
        self.parcels = Layer(v + "parcels.gpkg")
        self.catchments = Layer(v + "catchments.gpkg")
        self.zones = Layer(v + "zones.gpkg")
        self.roads = Layer(v + "lines.gpkg", "nature = '%s'" % ROAD)

    def plantable(self, parcel):
        """m2 in the plane of the parcel with this position."""
        g, box = self.parcels.features[parcel], self.parcels.box[parcel]
        roads = self.roads.near(box, 8)
        around = lambda lines, d: [l.Buffer(d, SEGMENTS) for l in lines]
        marginal = union(self.catchments.near(box, 0) + around(roads, 7.75))
        excluded = union(around(roads, 4.75) +
                         around(self.zones.near(box, 11), 10))
        return g.Intersection(marginal).Difference(excluded).Area()


def sample_parcels(land, count, rng):
    """Random parcels with some plantable land: {position: m2}."""
    found = {}
    for i in rng.permutation(len(land.parcels.features)):
        area = land.plantable(int(i))
        if area > 0:
            found[int(i)] = area
        if len(found) == count:
            break
    return found
