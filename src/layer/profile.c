#include "layer/profile.h"

#define LO2 "Licence Ouverte 2.0"
#define ODBL "ODbL 1.0"
#define END                                                                    \
    {                                                                          \
        NULL, -1, 0, 0, NULL                                                   \
    }

/* Widths: R116-2 of the code de la voirie routiere keeps trees and hedges 2 m
 * from the limit of the public domain; here the land is the public domain
 * itself, so the setback beside the carriageway is a precaution, not law.
 * Verges are assumptions, to be replaced by the operator's own figures. */
#define PRECAUTION "precaution; verge: assumption"

static const struct corridor road_corridors[] = {
    {"Type autoroutier", 21, 15, 5, PRECAUTION},
    {"Route à 2 chaussées", 16, 10, 4, PRECAUTION},
    {"Bretelle", 6, 8, 3, PRECAUTION},
    {"Rond-point", 7, 5, 2, PRECAUTION},
    {"Route à 1 chaussée", 5.5, 5, 2, PRECAUTION},
    {"Route empierrée", 4, 3, 1, PRECAUTION},
    END};

static const struct right_of_way road = {
    .class_field = "nature",
    .width_field = "?largeur_de_chaussee|largeur",
    .lanes_field = "?nombre_de_voies|nb_voies",
    .lane_width = 3,
    .level_field = "?position_par_rapport_au_sol|pos_sol",
    .fiction_field = "?fictif",
    .corridors = road_corridors};

static const struct corridor osm_corridors[] = {
    {"motorway", 21, 15, 5, PRECAUTION},
    {"trunk", 16, 10, 4, PRECAUTION},
    {"motorway_link", 6, 8, 3, PRECAUTION},
    {"trunk_link", 6, 8, 3, PRECAUTION},
    {"primary", 7, 6, 2, PRECAUTION},
    {"secondary", 6, 5, 2, PRECAUTION},
    {"tertiary", 5.5, 5, 2, PRECAUTION},
    {"unclassified", 5, 4, 2, PRECAUTION},
    END};

static const struct right_of_way osm_road = {.class_field = "fclass|highway",
                                             .corridors = osm_corridors};

/* Law of 1845 (until 2022): 6 m for what grows above 2 m; since then the
 * operator decides (L2231-3). */
static const struct corridor rail_corridors[] = {
    {"LGV", 8, 15, 8, "operator decides since 2022; verge: assumption"},
    {NULL, 4, 10, 6, "law of 1845, in force until 2022; verge: assumption"},
    END};

static const struct right_of_way rail = {
    .class_field = "nature",
    .lanes_field = "?nombre_de_voies|nb_voies",
    .lane_width = 4,
    .level_field = "?position_par_rapport_au_sol|pos_sol",
    .corridors = rail_corridors};

/* Corridors under lines are land that may be planted: the crop of 4 m needs a
 * vertical check by the operator (arrete of 17 May 2001), not an exclusion. */
#define LINE "cleared strip: assumption; vertical check by the operator"

static const struct corridor line_corridors[] = {{"400", 0, 30, 0, LINE},
                                                 {"225", 0, 20, 0, LINE},
                                                 {"150", 0, 15, 0, LINE},
                                                 {"90", 0, 12, 0, LINE},
                                                 {"63", 0, 10, 0, LINE},
                                                 {"45", 0, 8, 0, LINE},
                                                 END};

static const struct right_of_way power_line = {.class_field = "voltage|tension",
                                               .class_is_number = true,
                                               .corridors = line_corridors};

static const struct corridor pipe_corridors[] = {
    {NULL, 0, 10, 5, "R555-34: strong band of 5-20 m kept free"}, END};

static const struct right_of_way pipe = {.corridors = pipe_corridors};

static const struct corridor canal_corridors[] = {
    {"Canal", 12, 15, 9.75, "L2131-2 CG3P: 9.75 m on the towpath's side"}, END};

static const struct right_of_way waterway = {.class_field = "nature",
                                             .corridors = canal_corridors};

#define PROFILE(id, key, text, terms, way)                                     \
    static const struct profile id = {.op = {.name = key, .summary = text},    \
                                      .licence = terms,                        \
                                      .right_of_way = way};
#include "layer/profiles.def"
#undef PROFILE

static const struct operator* const operators[] = {
#define PROFILE(id, key, text, terms, way) &id.op,
#include "layer/profiles.def"
#undef PROFILE
};

const struct registry profile_registry = {
    N_("profile"), operators, sizeof operators / sizeof operators[0]};

const struct profile *profile_of(const struct operator_use *use)
{
    return (const struct profile *)use->op;
}
