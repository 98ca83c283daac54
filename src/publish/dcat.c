/* DCAT-AP 3.0 as JSON-LD. Addresses are relative to the file: a portal gives
 * its own. Properties and ranges: SEMICeu, DCAT-AP 3.0; what is named by an
 * address says its class too, as validators that load no vocabulary want. */
#include <string.h>

#include "publish/tree.h"

#define AUTHORITY "http://publications.europa.eu/resource/authority/"

static void put_context(struct tree *t)
{
    static const char *const prefixes[][2] = {
        {"dcat", "http://www.w3.org/ns/dcat#"},
        {"dct", "http://purl.org/dc/terms/"},
        {"foaf", "http://xmlns.com/foaf/0.1/"},
        {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
        {"skos", "http://www.w3.org/2004/02/skos/core#"},
        {"spdx", "http://spdx.org/rdf/terms#"},
        {"xsd", "http://www.w3.org/2001/XMLSchema#"}};
    struct json_object *map = tree_map(t, t->root, "@context");
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        tree_text(t, map, prefixes[i][0], prefixes[i][1]);
}

static void put_literal(struct tree *t, struct json_object *map,
                        const char *key, const char *value, const char *type)
{
    struct json_object *literal = tree_map(t, map, key);
    tree_text(t, literal, "@value", value);
    tree_text(t, literal, "@type", type);
}

static void put_reference(struct tree *t, struct json_object *map,
                          const char *key, const char *address)
{
    tree_text(t, tree_map(t, map, key), "@id", address);
}

/* Something of a class, named by base and name. */
static void put_member(struct tree *t, struct json_object *map,
                       const char *type, const char *base, const char *name)
{
    struct text address = {0};
    text_addf(&address, "%s%s", base, name);
    tree_text(t, map, "@id", text_get(&address));
    tree_text(t, map, "@type", type);
    t->broken |= address.broken;
    text_release(&address);
}

/* The same in both languages. */
static void put_both(struct tree *t, struct json_object *map, const char *key,
                     const char *french, const char *english)
{
    struct json_object *list = tree_list(t, map, key);
    const char *const values[LANGUAGES] = {french, english};
    static const char *const languages[LANGUAGES] = {"fr", "en"};
    for (int i = 0; i < LANGUAGES && !t->broken; i++) {
        struct json_object *literal = tree_item(t, list);
        tree_text(t, literal, "@value", values[i]);
        tree_text(t, literal, "@language", languages[i]);
    }
}

static void put_spatial(struct tree *t, struct json_object *map,
                        const struct publication *p)
{
    struct text wkt = {0};
    const double *b = p->bbox;
    struct json_object *place = tree_map(t, map, "dct:spatial");
    tree_text(t, place, "@type", "dct:Location");
    text_addf(&wkt,
              "POLYGON((%.6f %.6f,%.6f %.6f,%.6f %.6f,%.6f %.6f,%.6f %.6f))",
              b[0], b[1], b[2], b[1], b[2], b[3], b[0], b[3], b[0], b[1]);
    put_literal(t, place, "dcat:bbox", text_get(&wkt),
                "http://www.opengis.net/ont/geosparql#wktLiteral");
    t->broken |= wkt.broken;
    text_release(&wkt);
}

/* The EU's authority table of file types: its codes for our formats. */
static const char *code_of(const char *format)
{
    static const char *const codes[][2] = {
        {"GeoPackage", "GPKG"}, {"GeoJSON", "GEOJSON"}, {"STAC", "GEOJSON"},
        {"Shapefile", "SHP"},   {"GeoTIFF", "TIFF"},    {"QML", "XML"},
        {"ISO 19139", "XML"},   {"WLD", "TXT"},         {"Markdown", "TXT"}};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(codes[i][0], format) == 0)
            return codes[i][1];
    return format; /* CSV, PNG, XML */
}

static void put_format(struct tree *t, struct json_object *map,
                       const struct published_file *file)
{
    struct text media = {0}; /* without parameters: "image/tiff; ..." */
    text_addf(&media, "%.*s", (int)strcspn(file->media, ";"), file->media);
    put_member(t, tree_map(t, map, "dcat:mediaType"), "dct:MediaType",
               "https://www.iana.org/assignments/media-types/",
               text_get(&media));
    put_member(t, tree_map(t, map, "dct:format"), "dct:MediaTypeOrExtent",
               AUTHORITY "file-type/", code_of(file->format));
    t->broken |= media.broken;
    text_release(&media);
}

static void put_checksum(struct tree *t, struct json_object *map,
                         const char *sha256)
{
    struct json_object *sum = tree_map(t, map, "spdx:checksum");
    tree_text(t, sum, "@type", "spdx:Checksum");
    put_member(t, tree_map(t, sum, "spdx:algorithm"), "spdx:ChecksumAlgorithm",
               "http://spdx.org/rdf/terms#", "checksumAlgorithm_sha256");
    put_literal(t, sum, "spdx:checksumValue", sha256, "xsd:hexBinary");
}

/* Paths as relative addresses: our names and ids need no escape but blanks. */
static void put_distribution(struct tree *t, struct json_object *list,
                             const struct publication *p,
                             const struct published_file *file)
{
    struct json_object *map = tree_item(t, list);
    struct text title = {0}, french = {0};
    if (file->territory)
        text_addf(&french, " - %s", file->territory->name);
    tree_text(t, map, "@id", file->path);
    tree_text(t, map, "@type", "dcat:Distribution");
    text_addf(&title, "%s%s", file->title[IN_FRENCH], text_get(&french));
    struct text english = {0};
    text_addf(&english, "%s%s", file->title[IN_ENGLISH], text_get(&french));
    put_both(t, map, "dct:title", text_get(&title), text_get(&english));
    put_reference(t, map, "dcat:accessURL", file->path);
    put_reference(t, map, "dcat:downloadURL", file->path);
    put_member(t, tree_map(t, map, "dct:license"), "dct:LicenseDocument",
               p->licence->url, "");
    put_format(t, map, file);
    struct text bytes = {0};
    text_addf(&bytes, "%lld", (long long)file->digest.bytes);
    put_literal(t, map, "dcat:byteSize", text_get(&bytes),
                "xsd:nonNegativeInteger");
    put_checksum(t, map, file->digest.sha256);
    t->broken |=
        title.broken || french.broken || english.broken || bytes.broken;
    text_release(&title);
    text_release(&french);
    text_release(&english);
    text_release(&bytes);
}

static void put_themes(struct tree *t)
{
    static const char *const themes[][3] = {
        {"ENVI", "Environnement", "Environment"},
        {"AGRI", "Agriculture, pêche, sylviculture et alimentation",
         "Agriculture, fisheries, forestry and food"}};
    static const char *const words[] = {"miscanthus", "terres marginales",
                                        "biomasse"};
    struct json_object *list = tree_list(t, t->root, "dcat:theme");
    for (size_t i = 0; i < sizeof themes / sizeof *themes; i++) {
        struct json_object *theme = tree_item(t, list);
        put_member(t, theme, "skos:Concept", AUTHORITY "data-theme/",
                   themes[i][0]);
        put_both(t, theme, "skos:prefLabel", themes[i][1], themes[i][2]);
    }
    list = tree_list(t, t->root, "dcat:keyword");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct json_object *literal = tree_item(t, list);
        tree_text(t, literal, "@value", words[i]);
        tree_text(t, literal, "@language", "fr");
    }
}

static void put_provenance(struct tree *t, const struct publication *p)
{
    struct text credits = {0};
    publish_credits(&credits, p);
    struct json_object *map = tree_map(t, t->root, "dct:provenance");
    tree_text(t, map, "@type", "dct:ProvenanceStatement");
    tree_text(t, map, "rdfs:label", text_get(&credits));
    t->broken |= credits.broken;
    text_release(&credits);
}

enum terramis_status publish_dcat(struct publication *p)
{
    struct tree t = {.root = json_object_new_object()};
    struct text french = {0}, english = {0};
    publish_abstract(&french, p, IN_FRENCH);
    publish_abstract(&english, p, IN_ENGLISH);
    put_context(&t);
    tree_text(&t, t.root, "@id", "");
    tree_text(&t, t.root, "@type", "dcat:Dataset");
    tree_text(&t, t.root, "dct:identifier", p->name);
    put_both(&t, t.root, "dct:title", p->title, p->title);
    put_both(&t, t.root, "dct:description", text_get(&french),
             text_get(&english));
    put_literal(&t, t.root, "dct:issued", p->date, "xsd:date");
    put_literal(&t, t.root, "dct:modified", p->date, "xsd:date");
    put_member(&t, tree_map(&t, t.root, "dct:language"), "dct:LinguisticSystem",
               AUTHORITY "language/", "FRA");
    put_member(&t, tree_map(&t, t.root, "dct:accessRights"),
               "dct:RightsStatement", AUTHORITY "access-right/", "PUBLIC");
    if (p->organisation) {
        struct json_object *agent = tree_map(&t, t.root, "dct:publisher");
        tree_text(&t, agent, "@type", "foaf:Agent");
        tree_text(&t, agent, "foaf:name", p->organisation);
    }
    put_themes(&t);
    put_spatial(&t, t.root, p);
    put_provenance(&t, p);
    struct json_object *list = tree_list(&t, t.root, "dcat:distribution");
    for (size_t i = 0; i < p->file_count && !t.broken; i++)
        put_distribution(&t, list, p, &p->files[i]);
    t.broken |= french.broken || english.broken;
    text_release(&french);
    text_release(&english);
    return tree_write(&t, p, "dcat.jsonld");
}
