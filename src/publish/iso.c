/* ISO 19115:2003 metadata as ISO/TS 19139:2007 XML, with the elements that
 * INSPIRE asks of a dataset (Technical Guidance 2.0) and the CNIG's wording of
 * licences. Elements stand in the order of the schemas' sequences. */
#include <string.h>

#include "publish/publication.h"

#define CODES "http://standards.iso.org/iso/19139/resources/gmxCodelists.xml#"

static void open_tag(struct text *x, const char *tag)
{
    text_addf(x, "<gmd:%s>", tag);
}

static void close_tag(struct text *x, const char *tag)
{
    text_addf(x, "</gmd:%s>\n", tag);
}

static void add_string(struct text *x, const char *tag, const char *value)
{
    if (!value) {
        text_addf(x, "<gmd:%s gco:nilReason=\"missing\"/>\n", tag);
        return;
    }
    text_addf(x, "<gmd:%s><gco:CharacterString>", tag);
    text_add_xml(x, value);
    text_addf(x, "</gco:CharacterString></gmd:%s>\n", tag);
}

static void add_date(struct text *x, const char *tag, const char *date)
{
    text_addf(x, "<gmd:%s><gco:Date>%s</gco:Date></gmd:%s>\n", tag, date, tag);
}

static void add_code(struct text *x, const char *tag, const char *list,
                     const char *value)
{
    text_addf(x,
              "<gmd:%s><gmd:%s codeList=\"" CODES
              "%s\" codeListValue=\"%s\">%s</gmd:%s></gmd:%s>\n",
              tag, list, list, value, value, list, tag);
}

static void add_language(struct text *x)
{
    text_add(x, "<gmd:language><gmd:LanguageCode codeList=\"http://www.loc.gov/"
                "standards/iso639-2/\" codeListValue=\"fre\">fre"
                "</gmd:LanguageCode></gmd:language>\n");
}

static void add_contact(struct text *x, const char *tag,
                        const struct publication *p, const char *role)
{
    open_tag(x, tag);
    open_tag(x, "CI_ResponsibleParty");
    add_string(x, "organisationName", p->organisation);
    add_code(x, "role", "CI_RoleCode", role);
    close_tag(x, "CI_ResponsibleParty");
    close_tag(x, tag);
}

static void add_citation(struct text *x, const char *tag, const char *title,
                         const char *date, const char *kind)
{
    open_tag(x, tag);
    open_tag(x, "CI_Citation");
    add_string(x, "title", title);
    open_tag(x, "date");
    open_tag(x, "CI_Date");
    add_date(x, "date", date);
    add_code(x, "dateType", "CI_DateTypeCode", kind);
    close_tag(x, "CI_Date");
    close_tag(x, "date");
}

static void end_citation(struct text *x, const char *tag)
{
    close_tag(x, "CI_Citation");
    close_tag(x, tag);
}

static void add_keywords(struct text *x)
{
    static const char *const words[] = {"miscanthus", "terres marginales",
                                        "aptitude des sols", "biomasse",
                                        "données ouvertes"};
    open_tag(x, "descriptiveKeywords");
    open_tag(x, "MD_Keywords");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        add_string(x, "keyword", words[i]);
    add_code(x, "type", "MD_KeywordTypeCode", "theme");
    close_tag(x, "MD_Keywords");
    close_tag(x, "descriptiveKeywords");
    open_tag(x, "descriptiveKeywords");
    open_tag(x, "MD_Keywords");
    add_string(x, "keyword", "Occupation des terres");
    add_citation(x, "thesaurusName", "GEMET - INSPIRE themes, version 1.0",
                 "2008-06-01", "publication");
    end_citation(x, "thesaurusName");
    close_tag(x, "MD_Keywords");
    close_tag(x, "descriptiveKeywords");
}

static void add_constraints(struct text *x, const struct publication *p)
{
    struct text use = {0};
    text_addf(&use, "%s, %s", p->licence->title, p->licence->url);
    open_tag(x, "resourceConstraints");
    open_tag(x, "MD_LegalConstraints");
    add_string(x, "useLimitation", text_get(&use));
    add_code(x, "accessConstraints", "MD_RestrictionCode", "otherRestrictions");
    add_code(x, "useConstraints", "MD_RestrictionCode", "license");
    add_string(x, "otherConstraints",
               "Pas de restriction d’accès public selon INSPIRE");
    close_tag(x, "MD_LegalConstraints");
    close_tag(x, "resourceConstraints");
    x->broken |= use.broken;
    text_release(&use);
}

static void add_extent(struct text *x, const struct publication *p)
{
    static const struct {
        const char *tag;
        int index;
    } sides[] = {{"westBoundLongitude", 0},
                 {"eastBoundLongitude", 2},
                 {"southBoundLatitude", 1},
                 {"northBoundLatitude", 3}};
    open_tag(x, "extent");
    open_tag(x, "EX_Extent");
    open_tag(x, "geographicElement");
    open_tag(x, "EX_GeographicBoundingBox");
    for (int i = 0; i < 4; i++)
        text_addf(x, "<gmd:%s><gco:Decimal>%.6f</gco:Decimal></gmd:%s>\n",
                  sides[i].tag, p->bbox[sides[i].index], sides[i].tag);
    close_tag(x, "EX_GeographicBoundingBox");
    close_tag(x, "geographicElement");
    close_tag(x, "EX_Extent");
    close_tag(x, "extent");
}

static void add_identification(struct text *x, const struct publication *p)
{
    struct text about = {0};
    double metres = json_get_number(p->manifest, "resolution_m");
    publish_abstract(&about, p, IN_FRENCH);
    open_tag(x, "identificationInfo");
    open_tag(x, "MD_DataIdentification");
    add_citation(x, "citation", p->title, p->date, "publication");
    text_add(x, "<gmd:identifier><gmd:MD_Identifier>");
    add_string(x, "code", p->name);
    text_add(x, "</gmd:MD_Identifier></gmd:identifier>\n");
    end_citation(x, "citation");
    add_string(x, "abstract", text_get(&about));
    add_contact(x, "pointOfContact", p, "pointOfContact");
    add_keywords(x);
    add_constraints(x, p);
    add_code(x, "spatialRepresentationType", "MD_SpatialRepresentationTypeCode",
             "vector");
    add_code(x, "spatialRepresentationType", "MD_SpatialRepresentationTypeCode",
             "grid");
    text_addf(x,
              "<gmd:spatialResolution><gmd:MD_Resolution><gmd:distance>"
              "<gco:Distance uom=\"m\">%g</gco:Distance></gmd:distance>"
              "</gmd:MD_Resolution></gmd:spatialResolution>\n",
              metres);
    add_language(x);
    add_code(x, "characterSet", "MD_CharacterSetCode", "utf8");
    text_add(x, "<gmd:topicCategory><gmd:MD_TopicCategoryCode>farming"
                "</gmd:MD_TopicCategoryCode></gmd:topicCategory>\n"
                "<gmd:topicCategory><gmd:MD_TopicCategoryCode>environment"
                "</gmd:MD_TopicCategoryCode></gmd:topicCategory>\n");
    add_extent(x, p);
    close_tag(x, "MD_DataIdentification");
    close_tag(x, "identificationInfo");
    x->broken |= about.broken;
    text_release(&about);
}

/* Each format once. */
static bool is_new_format(const struct publication *p, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (strcmp(p->files[j].format, p->files[i].format) == 0)
            return false;
    return *p->files[i].format != '\0';
}

static void add_distribution(struct text *x, const struct publication *p)
{
    open_tag(x, "distributionInfo");
    open_tag(x, "MD_Distribution");
    for (size_t i = 0; i < p->file_count; i++) {
        if (!is_new_format(p, i))
            continue;
        open_tag(x, "distributionFormat");
        open_tag(x, "MD_Format");
        add_string(x, "name", p->files[i].format);
        text_add(x, "<gmd:version gco:nilReason=\"inapplicable\"/>");
        close_tag(x, "MD_Format");
        close_tag(x, "distributionFormat");
    }
    close_tag(x, "MD_Distribution");
    close_tag(x, "distributionInfo");
}

static void add_lineage(struct text *x, const struct publication *p)
{
    struct text lineage = {0};
    text_add(&lineage, "Calculé par Terramis à partir de\u00a0: ");
    publish_credits(&lineage, p);
    text_add(&lineage, ".");
    open_tag(x, "dataQualityInfo");
    open_tag(x, "DQ_DataQuality");
    open_tag(x, "scope");
    open_tag(x, "DQ_Scope");
    add_code(x, "level", "MD_ScopeCode", "dataset");
    close_tag(x, "DQ_Scope");
    close_tag(x, "scope");
    open_tag(x, "lineage");
    open_tag(x, "LI_Lineage");
    add_string(x, "statement", text_get(&lineage));
    close_tag(x, "LI_Lineage");
    close_tag(x, "lineage");
    close_tag(x, "DQ_DataQuality");
    close_tag(x, "dataQualityInfo");
    x->broken |= lineage.broken;
    text_release(&lineage);
}

static void add_reference_system(struct text *x, const struct publication *p)
{
    open_tag(x, "referenceSystemInfo");
    open_tag(x, "MD_ReferenceSystem");
    open_tag(x, "referenceSystemIdentifier");
    open_tag(x, "RS_Identifier");
    if (strncmp(p->crs, "EPSG:", 5) == 0) {
        struct text code = {0};
        text_addf(&code, "http://www.opengis.net/def/crs/EPSG/0/%s",
                  p->crs + 5);
        add_string(x, "code", text_get(&code));
        add_string(x, "codeSpace", "EPSG");
        text_release(&code);
    } else {
        add_string(x, "code", p->crs_name);
    }
    close_tag(x, "RS_Identifier");
    close_tag(x, "referenceSystemIdentifier");
    close_tag(x, "MD_ReferenceSystem");
    close_tag(x, "referenceSystemInfo");
}

enum terramis_status publish_iso(struct publication *p)
{
    struct text x = {0};
    text_add(&x, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 "<gmd:MD_Metadata xmlns:gmd=\"http://www.isotc211.org/2005/"
                 "gmd\" xmlns:gco=\"http://www.isotc211.org/2005/gco\">\n");
    add_string(&x, "fileIdentifier", p->name);
    add_language(&x);
    add_code(&x, "characterSet", "MD_CharacterSetCode", "utf8");
    add_code(&x, "hierarchyLevel", "MD_ScopeCode", "dataset");
    add_contact(&x, "contact", p, "pointOfContact");
    add_date(&x, "dateStamp", p->date);
    add_string(&x, "metadataStandardName", "ISO 19115");
    add_string(&x, "metadataStandardVersion", "2003/Cor.1:2006");
    add_reference_system(&x, p);
    add_identification(&x, p);
    add_distribution(&x, p);
    add_lineage(&x, p);
    text_add(&x, "</gmd:MD_Metadata>\n");
    return publication_write(p, "metadata-iso19139.xml", &x);
}
