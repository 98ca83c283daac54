#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "layer/fit.h"

static OGRFeatureDefnH layer_of(const char *const *names)
{
    OGRFeatureDefnH definition = OGR_FD_Create("layer");
    OGR_FD_Reference(definition);
    for (; *names; names++) {
        OGRFieldDefnH field = OGR_Fld_Create(*names, OFTString);
        OGR_FD_AddFieldDefn(definition, field);
        OGR_Fld_Destroy(field);
    }
    return definition;
}

static const struct profile *named(const char *name)
{
    struct operator_use use = {.op = registry_find(&profile_registry, name)};
    return profile_of(&use);
}

/* Fields of real samples and of the services, and whose they are. */
static const struct {
    const char *profile, *fields[12];
} cases[] = {
    {"bdtopo-route",
     {"cleabs", "nature", "importance", "fictif", "largeur_de_chaussee"}},
    {"bdtopo-route", {"ID", "NATURE", "IMPORTANCE", "LARGEUR", "NB_VOIES"}},
    {"bdtopo-voie-ferree", {"ID", "NATURE", "POS_SOL", "ELECTRIFIE", "USAGE"}},
    {"bdtopo-ligne-electrique", {"cleabs", "voltage", "gestionnaire"}},
    {"bdtopo-batiment", {"ID", "NATURE", "USAGE1", "LEGER", "HAUTEUR"}},
    {"osm-roads", {"osm_id", "fclass", "ref", "oneway", "bridge", "tunnel"}},
    {"rte-lignes", {"Type ouvrage", "Code ligne 1", "Etat", "TENSION"}},
    {"rpg", {"ID_PARCEL", "SURF_PARC", "CODE_CULTU", "CODE_GROUP"}},
    {"rpg", {"num_ilot", "surf_decla", "code_cultu"}},
    {"cadastre-etalab",
     {"id", "commune", "prefixe", "section", "numero", "contenance"}},
    {"cadastre-edigeo", {"IDU", "INDP", "SUPF", "TEX"}},
    {"georisques-sis", {"id_sis", "adresse", "code_insee", "surface_m2"}},
    {"georisques-casias", {"identifiant_casias", "identifiant_ssp", "statut"}},
    {"ademe-sites", {"Nom_site", "Surface_site_m2", "Code_INSEE"}},
    {"sup", {"IDASS", "IDGEN", "NOMASS", "TYPEASS"}},
    {"captages-hubeau", {"code_ouvrage", "nom_ouvrage"}},
    {"natura2000", {"sitecode", "sitename"}},
    {"znieff", {"id_mnhn", "nom", "id_local", "area_sig", "precision"}},
    {"bd-foret", {"code_tfv", "tfv", "essence"}},
    {"ocs-ge", {"CODE_CS", "CODE_US"}},
    {"corine", {"code_18", "area_ha"}},
    {NULL, {"id"}},
    {NULL, {"WIDTH", "VL_SPD"}},
    {NULL, {NULL}}};

static void best_profile(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        OGRFeatureDefnH d = layer_of(cases[i].fields);
        const struct profile *best = fit_best(d, NULL);
        const char *name = best ? best->op.name : "none";
        if (strcmp(name, cases[i].profile ? cases[i].profile : "none") != 0)
            fail_msg("%s, not %s", name, cases[i].profile);
        OGR_FD_Release(d);
    }
}

static void columns(void **state)
{
    (void)state;
    const char *const names[] = {"a", "Largeur", "LARGEUR_DE_CHAUSSEE", NULL};
    OGRFeatureDefnH d = layer_of(names);
    /* the first name counts, wherever it stands */
    assert_int_equal(fit_column(d, "?largeur_de_chaussee|largeur"), 2);
    assert_int_equal(fit_column(d, "larg|largeur"), 1);
    assert_int_equal(fit_column(d, "larg"), -1);
    OGR_FD_Release(d);
}

static void missing_fields(void **state)
{
    (void)state;
    char missing[128];
    const char *const names[] = {"NATURE", "ID", NULL};
    OGRFeatureDefnH d = layer_of(names);
    fit_missing(named("bdtopo-route"), d, missing);
    assert_string_equal(missing, "");
    fit_missing(named("bdtopo-ligne-electrique"), d, missing);
    assert_string_equal(missing, "voltage");
    fit_missing(named("srtm"), d, missing);
    assert_string_equal(missing, "");
    OGR_FD_Release(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(best_profile),
        cmocka_unit_test(columns),
        cmocka_unit_test(missing_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
