"""DCAT-AP metadata: the terms, domains and ranges of the W3C's vocabulary DCAT 3
and of Dublin Core, and what the profile DCAT-AP 3.0 adds to them.

The vocabularies come from npm (@vocabulary/dcat, @vocabulary/dcterms). The
profile's own shapes cannot be installed: its cardinalities and ranges for the
properties that we write stand here, and no other property may stand.
"""
import glob
import os

import rdflib
from rdflib import RDF, RDFS, XSD

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DCT = rdflib.Namespace("http://purl.org/dc/terms/")
FOAF = rdflib.Namespace("http://xmlns.com/foaf/0.1/")
SKOS = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
INCLUDES = rdflib.URIRef("http://purl.org/dc/dcam/rangeIncludes")
WKT = rdflib.URIRef("http://www.opengis.net/ont/geosparql#wktLiteral")
TEXT, ADDRESS = "text", "address"

# class: property: least, most (None: many), range
PROFILE = {
    DCAT.Dataset: {
        DCT["title"]: (1, None, TEXT), DCT.description: (1, None, TEXT),
        DCT.identifier: (0, None, TEXT), DCAT.keyword: (0, None, TEXT),
        DCT.issued: (0, 1, XSD.date), DCT.modified: (0, 1, XSD.date),
        DCT.language: (0, None, DCT.LinguisticSystem),
        DCT.accessRights: (0, 1, DCT.RightsStatement),
        DCT.publisher: (0, 1, FOAF.Agent), DCAT.theme: (0, None, SKOS.Concept),
        DCT.spatial: (0, None, DCT.Location),
        DCT.provenance: (0, None, DCT.ProvenanceStatement),
        DCAT.distribution: (0, None, DCAT.Distribution)},
    DCAT.Distribution: {
        DCAT.accessURL: (1, None, ADDRESS), DCAT.downloadURL: (0, None, ADDRESS),
        DCT["title"]: (0, None, TEXT), DCT.license: (0, 1, DCT.LicenseDocument),
        DCT["format"]: (0, 1, DCT.MediaTypeOrExtent),
        DCAT.mediaType: (0, 1, DCT.MediaType),
        DCAT.byteSize: (0, 1, XSD.nonNegativeInteger),
        SPDX.checksum: (0, 1, SPDX.Checksum)},
    SPDX.Checksum: {SPDX.algorithm: (1, 1, SPDX.ChecksumAlgorithm),
                    SPDX.checksumValue: (1, 1, XSD.hexBinary)},
    FOAF.Agent: {FOAF.name: (1, None, TEXT)},
    SKOS.Concept: {SKOS.prefLabel: (1, None, TEXT)},
    DCT.Location: {DCAT.bbox: (0, 1, WKT)},
    DCT.ProvenanceStatement: {RDFS.label: (0, None, TEXT)},
    DCT.LicenseDocument: {}, DCT.LinguisticSystem: {}, DCT.RightsStatement: {},
    DCT.MediaType: {}, DCT.MediaTypeOrExtent: {}, SPDX.ChecksumAlgorithm: {},
}


def as_profile(graph):
    for node in set(graph.subjects()):
        (kind,) = graph.objects(node, RDF.type)
        shape = PROFILE[kind]
        extra = set(graph.predicates(node)) - set(shape) - {RDF.type}
        assert not extra, (node, extra)
        for key, (least, most, wanted) in shape.items():
            values = list(graph.objects(node, key))
            assert least <= len(values) <= (most or len(values)), (node, key)
            for value in values:
                assert is_a(graph, value, wanted), (node, key, value)


def is_a(graph, value, wanted):
    if wanted is ADDRESS:
        return isinstance(value, rdflib.URIRef)
    if wanted is TEXT:
        return isinstance(value, rdflib.Literal)
    if isinstance(value, rdflib.Literal):
        return value.datatype == wanted and value.value is not None \
            or wanted == WKT and value.datatype == WKT
    return (value, RDF.type, wanted) in graph


def as_vocabulary(graph, folder):
    """Every term of DCAT and Dublin Core is one that they define, between what
    they say that it stands."""
    known = rdflib.ConjunctiveGraph()
    for path in glob.glob(os.path.join(folder, "vocabulary-*", "*.nq")):
        known.parse(path, format="nquads")
    known.add((FOAF.Agent, RDFS.subClassOf, DCT.Agent))
    ours = (str(DCAT), str(DCT))
    for node, key, value in graph:
        if key == RDF.type and str(value).startswith(ours):
            assert (value, RDF.type, RDFS.Class) in known, value
        if not str(key).startswith(ours):
            continue
        assert (key, RDF.type, RDF.Property) in known, key
        kinds = set(graph.objects(node, RDF.type))
        for domain in known.objects(key, RDFS.domain):
            assert kinds & set(known.transitive_subjects(
                RDFS.subClassOf, domain)), (node, key)
        ranges = set(known.objects(key, RDFS.range)) \
            | set(known.objects(key, INCLUDES))
        if isinstance(value, rdflib.Literal):
            assert ranges <= {RDFS.Literal}, (node, key, value)
        elif ranges - {RDFS.Resource}:
            found = set(graph.objects(value, RDF.type))
            near = {k for r in ranges
                    for walk in (known.transitive_subjects(RDFS.subClassOf, r),
                                 known.transitive_objects(r, RDFS.subClassOf))
                    for k in walk}
            assert found & near, (node, key, found)


def validate(path, licence_url, listed, folder):
    graph = rdflib.Graph()
    graph.parse(path, format="json-ld",
                publicID="http://example.org/data/dcat.jsonld")
    as_profile(graph)
    if folder:
        as_vocabulary(graph, folder)
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    for key in (DCT["title"], DCT.description):
        assert {o.language for o in graph.objects(dataset, key)} == {"fr", "en"}
    assert any("data-theme/ENVI" in o for o in graph.objects(dataset, DCAT.theme))
    found = set()
    for node in graph.objects(dataset, DCAT.distribution):
        url = str(graph.value(node, DCAT.accessURL))
        found.add(url.replace("http://example.org/data/", ""))
        assert graph.value(node, DCT.license) == rdflib.URIRef(licence_url)
        code = str(graph.value(node, DCT["format"])).rsplit("/", 1)[1]
        assert code in ("GPKG", "GEOJSON", "SHP", "CSV", "TIFF", "XML", "PNG",
                        "TXT"), code
    assert found <= listed and "summary.csv" in found, found - listed
