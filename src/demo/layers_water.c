#include "demo/write.h"

#include <string.h>

/* BD TOPO 3 for surface water, CNIG AS1 for the perimeters, Sandre for the
 * catchments. */

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct vector_field brook_fields[] = {
    {"cleabs", VECTOR_TEXT, NULL},
    {"etat_de_l_objet", VECTOR_TEXT, NULL},
    {"nature", VECTOR_TEXT, NULL},
    {"fictif", VECTOR_BOOLEAN, NULL},
    {"position_par_rapport_au_sol", VECTOR_TEXT, NULL},
    {"persistance", VECTOR_TEXT, NULL},
    {"classe_de_largeur", VECTOR_TEXT, NULL},
    {"cpx_toponyme_de_cours_d_eau", VECTOR_TEXT, NULL}};

static void fill_brook(struct write_row *row)
{
    static const char *const widths[] = {"Entre 0 et 5 m", "Entre 5 et 15 m",
                                         "Entre 5 et 15 m", "Plus de 250 m"};
    const struct feature *f = row->feature;
    row_bdtopo(row, "TRON_EAU");
    row_text(row, "Ecoulement naturel");
    row_integer(row, f->rank == 3); /* the axis of a surface */
    row_text(row, "0");
    bool permanent = f->value > 1.6 * row->region->pilot->brooks;
    row_text(row, permanent ? "Permanent" : "Intermittent");
    row_text(row, "%s", widths[f->rank]);
    if (f->group >= 0)
        row_text(row, "%s", row->region->pilot->guides[f->group].name);
}

static const struct vector_field water_fields[] = {
    {"cleabs", VECTOR_TEXT, NULL},
    {"etat_de_l_objet", VECTOR_TEXT, NULL},
    {"nature", VECTOR_TEXT, NULL},
    {"persistance", VECTOR_TEXT, NULL},
    {"position_par_rapport_au_sol", VECTOR_TEXT, NULL},
    {"cpx_toponyme_de_cours_d_eau", VECTOR_TEXT, NULL}};

static void fill_water(struct write_row *row)
{
    bool river = row->feature->rank == 1;
    row_bdtopo(row, "SURF_EAU");
    row_text(row, river ? "Ecoulement naturel" : "Mare");
    row_text(row, "Permanent");
    row_text(row, "0");
    if (river)
        row_text(row, "%s", row->region->pilot->guides[0].name);
}

static const struct vector_field catchment_fields[] = {
    {"CdAAC", VECTOR_TEXT, NULL}, {"NomAAC", VECTOR_TEXT, NULL}};

static void fill_catchment(struct write_row *row)
{
    int number = row->feature->group;
    row_text(row, "%d%02d", row->region->pilot->insee, number);
    row_text(row, "AAC du captage fictif n° %d", number);
}

static const struct vector_field perimeter_fields[] = {
    {"IDASS", VECTOR_TEXT, NULL},      {"IDGEN", VECTOR_TEXT, NULL},
    {"NOMASS", VECTOR_TEXT, NULL},     {"TYPEASS", VECTOR_TEXT, NULL},
    {"MODEGEOASS", VECTOR_TEXT, NULL}, {"PARAMCALC", VECTOR_INTEGER, NULL},
    {"SRCGEOASS", VECTOR_TEXT, NULL},  {"DATESRCASS", VECTOR_DATE, NULL}};

static void fill_perimeter(struct write_row *row)
{
    static const char *const types[] = {"Périmètre de protection immédiat",
                                        "Périmètre de protection rapprochée",
                                        "Périmètre de protection éloignée"};
    static const char *const codes[] = {"PPI", "PPR", "PPE"};
    const struct feature *f = row->feature;
    int insee = row->region->pilot->insee;
    row_text(row, "AS1_%d_%02d_%s", insee, f->group, codes[f->rank]);
    row_text(row, "AS1_%d_%02d", insee, f->group);
    row_text(row, "%s du captage fictif n° %d", codes[f->rank], f->group);
    row_text(row, "%s", types[f->rank]);
    row_text(row, "Liste de parcelles");
    row_null(row);
    row_text(row, "Données synthétiques");
    row_text(row, "2026-01-01");
}

static const struct vector_field captage_fields[] = {
    {"IDGEN", VECTOR_TEXT, NULL},     {"IDSUP", VECTOR_TEXT, NULL},
    {"NOMGEN", VECTOR_TEXT, NULL},    {"TYPEGEN", VECTOR_TEXT, NULL},
    {"SRCGEOGEN", VECTOR_TEXT, NULL}, {"DATESRCGEN", VECTOR_DATE, NULL}};

static void fill_captage(struct write_row *row)
{
    int insee = row->region->pilot->insee, number = row->feature->group;
    row_text(row, "AS1_%d_%02d", insee, number);
    row_text(row, "AS1_%d_SUP_%02d", insee, number);
    row_text(row, "Captage fictif n° %d", number);
    row_text(row, "Point d'eau");
    row_text(row, "Données synthétiques");
    row_text(row, "2026-01-01");
}

const struct write_layer write_water_layers[] = {
    {"eau", "troncon_hydrographique", "Cours d'eau", FEATURE_BROOK, VECTOR_LINE,
     brook_fields, COUNT(brook_fields), fill_brook},
    {"eau", "surface_hydrographique", "Surfaces en eau", FEATURE_WATER,
     VECTOR_POLYGON, water_fields, COUNT(water_fields), fill_water},
    {"captages", "aac", "Aires d'alimentation de captage", FEATURE_CATCHMENT,
     VECTOR_POLYGON, catchment_fields, COUNT(catchment_fields), fill_catchment},
    {"captages", "perimetres", "Périmètres de protection de captage",
     FEATURE_PERIMETER, VECTOR_POLYGON, perimeter_fields,
     COUNT(perimeter_fields), fill_perimeter},
    {"captages", "captages", "Captages d'eau potable", FEATURE_CAPTAGE,
     VECTOR_POINT, captage_fields, COUNT(captage_fields), fill_captage},
    {.file = NULL}};
