#include "layer/profile.h"

#define LO2 "Licence Ouverte 2.0"
#define ODBL "ODbL 1.0"
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Widths of what a layer gives none of. R116-2 of the code de la voirie
 * routiere keeps trees and hedges 2 m from the limit of the public domain; here
 * the land is the public domain itself, so the setback beside the carriageway
 * is a precaution, not law. Carriageways and verges are assumptions, to be
 * replaced by the operator's own figures. */
#define PRECAUTION                                                             \
    "carriageway and verge: assumption; setback: precaution, after the 2 m "   \
    "of R116-2 code de la voirie routiere"

static const struct corridor road_corridors[] = {
    {"Type autoroutier", NULL, 21, 15, 5, PRECAUTION},
    {"Route à 2 chaussées", NULL, 16, 10, 4, PRECAUTION},
    {"Bretelle", NULL, 6, 8, 3, PRECAUTION},
    {"Rond-point", NULL, 7, 5, 2, PRECAUTION},
    {"Route à 1 chaussée", "1|2", 7, 6, 2, PRECAUTION},
    {"Route à 1 chaussée", "3", 6, 5, 2, PRECAUTION},
    {"Route à 1 chaussée", "5", 5, 4, 2, PRECAUTION},
    {"Route à 1 chaussée", "6", 4, 3, 2, PRECAUTION},
    {"Route à 1 chaussée", NULL, 5.5, 5, 2, PRECAUTION},
    {"Route empierrée", NULL, 4, 3, 1, PRECAUTION}};

static const struct right_of_way road = {
    .class_field = "nature",
    .rank_field = "?importance",
    .width_field = "?largeur_de_chaussee|largeur",
    .lanes_field = "?nombre_de_voies|nb_voies",
    .lane_width = 3,
    .level_field = "?position_par_rapport_au_sol|pos_sol",
    .fiction_field = "?fictif",
    .corridors = road_corridors,
    .corridor_count = COUNT(road_corridors)};

static const struct corridor osm_corridors[] = {
    {"motorway", NULL, 21, 15, 5, PRECAUTION},
    {"trunk", NULL, 16, 10, 4, PRECAUTION},
    {"motorway_link", NULL, 6, 8, 3, PRECAUTION},
    {"trunk_link", NULL, 6, 8, 3, PRECAUTION},
    {"primary", NULL, 7, 6, 2, PRECAUTION},
    {"secondary", NULL, 6, 5, 2, PRECAUTION},
    {"tertiary", NULL, 5.5, 5, 2, PRECAUTION},
    {"unclassified", NULL, 5, 4, 2, PRECAUTION}};

static const struct right_of_way osm_road = {.class_field = "fclass|highway",
                                             .width_field = "?width",
                                             .lanes_field = "?lanes",
                                             .lane_width = 3,
                                             .bridge_field = "?bridge",
                                             .tunnel_field = "?tunnel",
                                             .corridors = osm_corridors,
                                             .corridor_count =
                                                 COUNT(osm_corridors)};

/* Law of 1845 (until 2022): 6 m for what grows above 2 m; since then the
 * operator decides (L2231-3). */
#define RAIL_LAW "setback: law of 1845, until 2022; tracks, verge: assumption"

static const struct corridor rail_corridors[] = {
    {"LGV", NULL, 8, 15, 8,
     "operator decides since 2022 (L2231-3); widths: assumption"},
    {NULL, NULL, 4, 10, 6, RAIL_LAW}};

static const struct right_of_way rail = {
    .class_field = "nature",
    .lanes_field = "?nombre_de_voies|nb_voies",
    .lane_width = 4,
    .level_field = "?position_par_rapport_au_sol|pos_sol",
    .corridors = rail_corridors,
    .corridor_count = COUNT(rail_corridors)};

static const struct corridor osm_rail_corridors[] = {
    {"rail", NULL, 4, 10, 6, RAIL_LAW},
    {"light_rail", NULL, 4, 10, 6, RAIL_LAW},
    {"narrow_gauge", NULL, 4, 10, 6, RAIL_LAW}};

static const struct right_of_way osm_railway = {.class_field = "fclass|railway",
                                                .lanes_field = "?tracks",
                                                .lane_width = 4,
                                                .bridge_field = "?bridge",
                                                .tunnel_field = "?tunnel",
                                                .corridors = osm_rail_corridors,
                                                .corridor_count =
                                                    COUNT(osm_rail_corridors)};

/* Corridors under lines are land that may be planted: the crop of 4 m needs a
 * vertical check by the operator (arrete of 17 May 2001), not an exclusion. */
#define LINE "cleared strip: assumption; vertical check by the operator"

static const struct corridor line_corridors[] = {
    {"400", NULL, 0, 30, 0, LINE}, {"225", NULL, 0, 20, 0, LINE},
    {"150", NULL, 0, 15, 0, LINE}, {"90", NULL, 0, 12, 0, LINE},
    {"63", NULL, 0, 10, 0, LINE},  {"45", NULL, 0, 8, 0, LINE}};

#define POWER_LINE(field)                                                      \
    {                                                                          \
        .class_field = (field), .is_voltage = true,                            \
        .nulls = "Hors tension|Courant continu", .corridors = line_corridors,  \
        .corridor_count = COUNT(line_corridors)                                \
    }

static const struct right_of_way power_line = POWER_LINE("voltage|tension");
static const struct right_of_way osm_power_line = POWER_LINE("voltage");
static const struct right_of_way rte_line = POWER_LINE("tension");

static const struct corridor pipe_corridors[] = {
    {NULL, NULL, 0, 10, 5,
     "setback: R555-34, strong band of 5-20 m kept free; width: assumption"}};

static const struct right_of_way pipe = {
    .level_field = "?position_par_rapport_au_sol|pos_sol",
    .corridors = pipe_corridors,
    .corridor_count = COUNT(pipe_corridors)};

static const struct corridor canal_corridors[] = {
    {"Canal", NULL, 12, 15, 9.75,
     "setback: L2131-2 CG3P, 9.75 m on the towpath's side; widths: "
     "assumption"}};

static const struct right_of_way waterway = {
    .class_field = "nature",
    .level_field = "?position_par_rapport_au_sol|pos_sol",
    .corridors = canal_corridors,
    .corridor_count = COUNT(canal_corridors)};

#define PROFILE(id, name_, summary_, terms, geometry, ...)                     \
    static const struct profile id = {.op.name = (name_),                      \
                                      .op.summary = (summary_),                \
                                      .licence = (terms),                      \
                                      .kind = PROFILE_##geometry,              \
                                      __VA_ARGS__};
#include "layer/profiles.def"
#undef PROFILE

static const struct operator* const operators[] = {
#define PROFILE(id, ...) &id.op,
#include "layer/profiles.def"
#undef PROFILE
};

const struct registry profile_registry = {N_("profile"), operators,
                                          COUNT(operators)};
