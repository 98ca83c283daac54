#include "demo/write.h"

/* Cadastre (Etalab), polluted soils (Géorisques), BD TOPO 3 for buildings and
 * vegetation, INPN for nature. */

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct vector_field parcel_fields[] = {
    {"id", VECTOR_TEXT, NULL},         {"commune", VECTOR_TEXT, NULL},
    {"prefixe", VECTOR_TEXT, NULL},    {"section", VECTOR_TEXT, NULL},
    {"numero", VECTOR_TEXT, NULL},     {"contenance", VECTOR_INTEGER, NULL},
    {"arpente", VECTOR_BOOLEAN, NULL}, {"created", VECTOR_DATE, NULL},
    {"updated", VECTOR_DATE, NULL}};

static void fill_parcel(struct write_row *row)
{
    const struct feature *f = row->feature;
    int commune = row->region->pilot->insee + f->group;
    int number = (int)f->value;
    const char *far = "Z", *near = "A";
    const char *first = f->rank < 8 ? far : near;
    char second = (char)('A' + f->rank % 8);
    double area = ring_area(f->shape.rings[0]);
    row_text(row, "%05d000%s%c%04d", commune, first, second, number);
    row_text(row, "%05d", commune);
    row_text(row, "000");
    row_text(row, "%s%c", first, second);
    row_text(row, "%d", number);
    /* what the register says differs a little from what the plan shows */
    double share = 1 + 0.006 * (row_chance(row, 0) - 0.5);
    row_integer(row, (int64_t)(area * share / 10 + 0.5) * 10);
    row_integer(row, row_chance(row, 1) < 0.2);
    row_text(row, "%d-0%d-15", 2004 + (int)(row_chance(row, 2) * 16),
             1 + (int)(row_chance(row, 3) * 9));
    row_text(row, "%d-1%d-15", 2020 + (int)(row_chance(row, 4) * 5),
             (int)(row_chance(row, 5) * 3));
}

static const struct vector_field sis_fields[] = {
    {"id_sis", VECTOR_TEXT, NULL},
    {"identifiant_ssp", VECTOR_TEXT, NULL},
    {"nom", VECTOR_TEXT, NULL},
    {"adresse", VECTOR_TEXT, NULL},
    {"adresse_lieudit", VECTOR_TEXT, NULL},
    {"code_insee", VECTOR_TEXT, NULL},
    {"nom_commune", VECTOR_TEXT, NULL},
    {"superficie", VECTOR_REAL, NULL},
    {"statut_classification", VECTOR_TEXT, NULL},
    {"fiche_risque", VECTOR_TEXT, NULL},
    {"date_maj", VECTOR_DATE, NULL}};

static const char *pick(const struct write_row *row, int what,
                        const char *const *from, size_t count)
{
    return from[(size_t)(row_chance(row, what) * (double)count)];
}

static void fill_sis(struct write_row *row)
{
    static const char *const names[] = {"Ancienne usine à gaz",
                                        "Ancienne tannerie",
                                        "Ancien dépôt pétrolier",
                                        "Ancienne décharge",
                                        "Ancienne filature",
                                        "Ancien site chimique",
                                        "Ancienne scierie traitant le bois",
                                        "Ancien champ d'épandage"};
    row_text(row, "%dSIS%05zu", row->region->pilot->insee / 1000, row->number);
    row_text(row, "SSP9%06zu01", row->number);
    row_text(row, "%s (site fictif n° %zu)", pick(row, 0, names, COUNT(names)),
             row->number);
    row_null(row);
    row_text(row, "Lieu-dit fictif");
    row_commune(row);
    row_real(row, (double)(int64_t)(row->feature->value + 0.5));
    row_text(row, "Publié");
    row_null(row);
    row_text(row, "2025-06-%02d", 1 + (int)(row_chance(row, 1) * 28));
}

static const struct vector_field casias_fields[] = {
    {"identifiant_ssp", VECTOR_TEXT, NULL},
    {"identifiant_casias", VECTOR_TEXT, NULL},
    {"nom_etablissement", VECTOR_TEXT, NULL},
    {"activite_principale", VECTOR_TEXT, NULL},
    {"adresse", VECTOR_TEXT, NULL},
    {"adresse_lieudit", VECTOR_TEXT, NULL},
    {"code_insee", VECTOR_TEXT, NULL},
    {"nom_commune", VECTOR_TEXT, NULL},
    {"statut", VECTOR_TEXT, NULL},
    {"fiche_risque", VECTOR_TEXT, NULL},
    {"date_maj", VECTOR_DATE, NULL}};

static void fill_site(struct write_row *row, const char *status)
{
    static const char *const activities[] = {
        "Garage, atelier mécanique", "Dépôt de liquides inflammables",
        "Station-service",           "Blanchisserie, teinturerie",
        "Travail des métaux",        "Décharge d'ordures ménagères",
        "Fabrication de peintures",  "Tannerie, mégisserie"};
    row_text(row, "SSP%07zu", 9000000 + row->number);
    row_text(row, "HNO%02d%05zu", row->region->pilot->insee / 1000,
             90000 + row->number);
    row_text(row, "Établissement fictif n° %zu", row->number);
    row_text(row, "%s", pick(row, 0, activities, COUNT(activities)));
    row_null(row);
    if (row->feature->rank == 1)
        row_text(row, "Localisé au centre de la commune");
    else
        row_null(row);
    row_commune(row);
    row_text(row, "%s", status);
    row_null(row);
    row_text(row, "2024-11-%02d", 1 + (int)(row_chance(row, 2) * 28));
}

static void fill_casias(struct write_row *row)
{
    static const char *const states[] = {"En arrêt", "En arrêt",
                                         "Non renseigné", "En activité"};
    fill_site(row, pick(row, 1, states, COUNT(states)));
}

static void fill_order(struct write_row *row)
{
    static const char *const states[] = {"En cours d'instruction",
                                         "En surveillance", "Sans suite"};
    fill_site(row, pick(row, 1, states, COUNT(states)));
}

static const struct vector_field building_fields[] = {
    {"cleabs", VECTOR_TEXT, NULL},
    {"etat_de_l_objet", VECTOR_TEXT, NULL},
    {"nature", VECTOR_TEXT, NULL},
    {"usage_1", VECTOR_TEXT, NULL},
    {"construction_legere", VECTOR_BOOLEAN, NULL},
    {"nombre_d_etages", VECTOR_INTEGER, NULL},
    {"hauteur", VECTOR_REAL, NULL}};

static void fill_building(struct write_row *row)
{
    static const char *const uses[] = {"Résidentiel", "Agricole", "Industriel"};
    const struct feature *f = row->feature;
    row_bdtopo(row, "BATIMENT");
    row_text(row, f->rank == 0 ? "Indifférenciée"
                               : "Industriel, agricole ou commercial");
    row_text(row, "%s", uses[f->rank]);
    row_integer(row, f->rank == 1 && row_chance(row, 0) < 0.1);
    if (f->rank == 0)
        row_integer(row, 1 + (row_chance(row, 1) < 0.4));
    else
        row_null(row);
    row_real(row, (double)(int)(40 + 45 * row_chance(row, 2)) / 10);
}

static const struct vector_field wood_fields[] = {
    {"cleabs", VECTOR_TEXT, NULL},
    {"etat_de_l_objet", VECTOR_TEXT, NULL},
    {"nature", VECTOR_TEXT, NULL}};

static void fill_wood(struct write_row *row)
{
    const struct feature *f = row->feature;
    row_bdtopo(row, "ZONEVEGE");
    if (f->rank == 2)
        row_text(row, "Haie");
    else if (f->value < 60000)
        row_text(row, "Bois");
    else
        row_text(row,
                 f->rank ? "Forêt fermée de feuillus" : "Forêt fermée mixte");
}

static const struct vector_field nature_fields[] = {
    {"sitename", VECTOR_TEXT, NULL}, {"sitecode", VECTOR_TEXT, NULL}};

static void fill_nature(struct write_row *row)
{
    row_text(row, "Site Natura 2000 fictif n° %zu", row->number);
    row_text(row, "FR99%05zu", row->number);
}

static const struct vector_field commune_fields[] = {
    {"code_insee", VECTOR_TEXT, NULL},
    {"nom_officiel", VECTOR_TEXT, NULL},
    {"population", VECTOR_INTEGER, NULL}};

static void fill_commune(struct write_row *row)
{
    double chance = row_chance(row, 0);
    bool town = row->feature->rank == SETTLEMENT_TOWN;
    row_commune(row);
    row_integer(row, (int64_t)(town ? 3000 + 9000 * chance
                                    : 120 + 1400 * chance * chance));
}

const struct write_layer write_land_layers[] = {
    {"communes", "commune", "Communes", FEATURE_COMMUNE, VECTOR_MULTIPOLYGON,
     commune_fields, COUNT(commune_fields), fill_commune},
    {"parcelles", "parcelles", "Parcelles cadastrales", FEATURE_PARCEL,
     VECTOR_POLYGON, parcel_fields, COUNT(parcel_fields), fill_parcel},
    {"sols_pollues", "sis", "Secteurs d'information sur les sols", FEATURE_SIS,
     VECTOR_POLYGON, sis_fields, COUNT(sis_fields), fill_sis},
    {"sols_pollues", "casias", "Anciens sites industriels (CASIAS)",
     FEATURE_CASIAS, VECTOR_POINT, casias_fields, COUNT(casias_fields),
     fill_casias},
    {"sols_pollues", "instructions", "Sites sous instruction (ex-BASOL)",
     FEATURE_ORDER, VECTOR_POINT, casias_fields, COUNT(casias_fields),
     fill_order},
    {"bati", "batiment", "Bâtiments", FEATURE_BUILDING, VECTOR_POLYGON,
     building_fields, COUNT(building_fields), fill_building},
    {"foret", "zone_de_vegetation", "Végétation", FEATURE_WOOD, VECTOR_POLYGON,
     wood_fields, COUNT(wood_fields), fill_wood},
    {"nature", "natura2000", "Natura 2000", FEATURE_NATURE, VECTOR_POLYGON,
     nature_fields, COUNT(nature_fields), fill_nature},
    {.file = NULL}};
