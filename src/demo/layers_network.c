#include "demo/write.h"

/* Names and values as in BD TOPO 3 (IGN); the tables hold the columns that the
 * analysis or a reader of the map may want. */

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct vector_field road_fields[] = {
    {"cleabs", VECTOR_TEXT, NULL},
    {"etat_de_l_objet", VECTOR_TEXT, NULL},
    {"nature", VECTOR_TEXT, NULL},
    {"importance", VECTOR_TEXT, NULL},
    {"fictif", VECTOR_BOOLEAN, NULL},
    {"position_par_rapport_au_sol", VECTOR_TEXT, NULL},
    {"nombre_de_voies", VECTOR_INTEGER, NULL},
    {"largeur_de_chaussee", VECTOR_REAL, NULL},
    {"sens_de_circulation", VECTOR_TEXT, NULL},
    {"prive", VECTOR_BOOLEAN, NULL},
    {"urbain", VECTOR_BOOLEAN, NULL},
    {"insee_commune_gauche", VECTOR_TEXT, NULL},
    {"cpx_numero", VECTOR_TEXT, NULL},
    {"cpx_classement_administratif", VECTOR_TEXT, NULL}};

static const char *road_nature(const struct write_row *row)
{
    double chance = row_chance(row, 0);
    switch (row->feature->rank) {
    case 1:
        return "Type autoroutier";
    case 2:
        return chance < 0.15 ? "Route à 2 chaussées" : "Route à 1 chaussée";
    case 5:
        return chance < 0.3 ? "Route empierrée" : "Route à 1 chaussée";
    case 6:
        return chance < 0.7 ? "Chemin" : "Sentier";
    default:
        return "Route à 1 chaussée";
    }
}

static bool crosses_water(const struct write_row *row)
{
    const struct ring *line = &row->feature->shape.rings[0];
    const struct terrain *t = &row->region->terrain;
    for (size_t i = 0; i < line->count; i++) {
        int32_t cell = terrain_cell(t, line->at[i]);
        if (cell >= 0 && t->kind[cell] == TERRAIN_WATER)
            return true;
    }
    return false;
}

static void fill_road(struct write_row *row)
{
    static const double unknown[] = {0, 0, 0.05, 0.2, 0.35, 0.6, 0.95};
    const struct feature *f = row->feature;
    double chance = row_chance(row, 1);
    struct point middle = shape_middle(&f->shape);
    const struct settlement *village = &row->region->settlements[f->group];
    bool urban = point_distance(middle, village->at) < 400;
    row_bdtopo(row, "TRONROUT");
    row_text(row, "%s", road_nature(row));
    row_text(row, "%d", f->rank);
    row_integer(row, chance > 0.995);
    row_text(row, "%s",
             crosses_water(row)               ? "1"
             : f->rank >= 5 && chance < 0.02  ? "Gué ou radier"
             : f->rank <= 3 && chance < 0.012 ? "-1"
                                              : "0");
    row_integer(row, f->rank == 1 ? 4 : f->rank <= 4 ? 2 : 1);
    if (row_chance(row, 2) < unknown[f->rank])
        row_null(row);
    else
        row_real(row, f->value);
    row_text(row, "Double sens");
    row_integer(row, f->rank == 6 && chance < 0.3);
    row_integer(row, urban);
    row_text(row, "%05d", row->region->pilot->insee + f->group);
    if (f->rank <= 3) {
        row_text(row, "%c%d", f->rank == 1 ? 'A' : 'D', f->number);
        row_text(row, f->rank == 1 ? "Autoroute" : "Départementale");
    }
}

static const struct vector_field rail_fields[] = {
    {"cleabs", VECTOR_TEXT, NULL},
    {"etat_de_l_objet", VECTOR_TEXT, NULL},
    {"nature", VECTOR_TEXT, NULL},
    {"position_par_rapport_au_sol", VECTOR_TEXT, NULL},
    {"electrifie", VECTOR_BOOLEAN, NULL},
    {"largeur", VECTOR_TEXT, NULL},
    {"nombre_de_voies", VECTOR_INTEGER, NULL},
    {"usage", VECTOR_TEXT, NULL}};

static void fill_rail(struct write_row *row)
{
    row_bdtopo(row, "TRONFERR");
    row_text(row, "Voie ferrée principale");
    row_text(row, crosses_water(row) ? "1" : "0");
    row_integer(row, row->feature->rank == 2);
    row_text(row, "Normale");
    row_integer(row, row->feature->rank);
    row_text(row, "Voyageurs et fret");
}

static const struct vector_field power_fields[] = {
    {"cleabs", VECTOR_TEXT, NULL},
    {"etat_de_l_objet", VECTOR_TEXT, NULL},
    {"voltage", VECTOR_TEXT, NULL},
    {"gestionnaire", VECTOR_TEXT, NULL}};

static void fill_power(struct write_row *row)
{
    row_bdtopo(row, "LIGNELEC");
    row_text(row, "%d kV", row->feature->rank);
    row_text(row, "Gestionnaire fictif");
}

static const struct vector_field pipe_fields[] = {
    {"cleabs", VECTOR_TEXT, NULL},
    {"etat_de_l_objet", VECTOR_TEXT, NULL},
    {"nature", VECTOR_TEXT, NULL},
    {"position_par_rapport_au_sol", VECTOR_TEXT, NULL}};

static void fill_pipe(struct write_row *row)
{
    row_bdtopo(row, "CANALISA");
    row_text(row, "Gaz");
    row_text(row, "-1");
}

static const struct vector_field canal_fields[] = {
    {"cleabs", VECTOR_TEXT, NULL},
    {"etat_de_l_objet", VECTOR_TEXT, NULL},
    {"nature", VECTOR_TEXT, NULL},
    {"fictif", VECTOR_BOOLEAN, NULL},
    {"position_par_rapport_au_sol", VECTOR_TEXT, NULL},
    {"persistance", VECTOR_TEXT, NULL},
    {"navigabilite", VECTOR_TEXT, NULL},
    {"classe_de_largeur", VECTOR_TEXT, NULL}};

static void fill_canal(struct write_row *row)
{
    row_bdtopo(row, "TRON_EAU");
    row_text(row, "Canal");
    row_integer(row, 0);
    row_text(row, "0");
    row_text(row, "Permanent");
    row_text(row, "Navigable");
    row_text(row, "Entre 15 et 50 m");
}

const struct write_layer write_network_layers[] = {
    {"infrastructures", "troncon_de_route", "Routes et chemins", FEATURE_ROAD,
     VECTOR_LINE, road_fields, COUNT(road_fields), fill_road},
    {"infrastructures", "troncon_de_voie_ferree", "Voies ferrées", FEATURE_RAIL,
     VECTOR_LINE, rail_fields, COUNT(rail_fields), fill_rail},
    {"infrastructures", "ligne_electrique", "Lignes électriques", FEATURE_POWER,
     VECTOR_LINE, power_fields, COUNT(power_fields), fill_power},
    {"infrastructures", "canalisation", "Canalisations", FEATURE_GAS,
     VECTOR_LINE, pipe_fields, COUNT(pipe_fields), fill_pipe},
    {"infrastructures", "troncon_hydrographique", "Canaux navigables",
     FEATURE_CANAL, VECTOR_LINE, canal_fields, COUNT(canal_fields), fill_canal},
    {.file = NULL}};
