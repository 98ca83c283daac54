#include "publish/allowed.h"

#include <string.h>

#include "param/json.h"

const char *const allowed_tables[ALLOWED_TABLES] = {
    "parcels", "sites", "summary", "scenarios", "uncertainty"};

#define TYPE_TEXT "string"
#define TYPE_REAL "number"
#define TYPE_INTEGER "integer"

#define UNIT_NONE ""
#define UNIT_HA "ha"
#define UNIT_SCORE "0-100"
#define UNIT_PERCENT "%"
#define UNIT_YIELD "t/ha"
#define UNIT_TONNAGE "t"
#define UNIT_NITROGEN "kg/ha"
#define UNIT_NITROGEN_SUM "kg"
#define UNIT_MEMBERSHIP "0-1"

struct row {
    enum allowed_table table;
    const char *name;
    struct allowed allowed;
};

#define ROW(table, name, type, unit, fr, en, fr2, en2)                         \
    {table, #name, {TYPE_##type, UNIT_##unit, {fr, en}, {fr2, en2}}},
#define PARCEL(name, type, decimals, unit, codes, value, ...)                  \
    ROW(ALLOWED_PARCELS, name, type, unit, __VA_ARGS__)
#define SPREAD PARCEL
#define SITE(name, type, decimals, unit, codes, value, ...)                    \
    ROW(ALLOWED_SITES, name, type, unit, __VA_ARGS__)
#define SUMMARY(name, type, decimals, unit, codes, value, ...)                 \
    ROW(ALLOWED_SUMMARY, name, type, unit, __VA_ARGS__)
#define SCENARIO(name, type, decimals, unit, codes, value, ...)                \
    ROW(ALLOWED_SCENARIOS, name, type, unit, __VA_ARGS__)
#define SENSITIVITY(name, type, decimals, unit, codes, value, ...)             \
    ROW(ALLOWED_UNCERTAINTY, name, type, unit, __VA_ARGS__)
static const struct row rows[] = {
#include "output/fields.def"
};

/* Fields of parcels of which there is one per factor or scenario. */
static const struct numbered {
    const char *prefix, *list; /* of the parameters */
    struct allowed allowed;
} numbered[] = {
    {"m_",
     "factors",
     {TYPE_REAL,
      "0-1",
      {"Appartenance au facteur", "Membership of the factor"},
      {"Note du facteur, moyenne sur la partie plantable",
       "Standardised factor, mean over the plantable part"}}},
    {"v_",
     "factors",
     {TYPE_REAL,
      "",
      {"Valeur du facteur", "Value of the factor"},
      {"Valeur moyenne sur la partie plantable",
       "Mean value over the plantable part"}}},
    {"c_",
     "factors",
     {TYPE_REAL,
      "",
      {"Points du facteur", "Points of the factor"},
      {"Points que le facteur apporte au score",
       "Points that the factor adds to the score"}}},
    {"score_",
     "scenarios",
     {TYPE_REAL,
      "0-100",
      {"Score du scénario", "Score of the scenario"},
      {"Score d’aptitude selon le scénario",
       "Suitability score under the scenario"}}},
    {"diff_",
     "scenarios",
     {TYPE_REAL,
      "",
      {"Écart du scénario", "Difference of the scenario"},
      {"Points de plus que dans le projet", "Points more than the project"}}},
    {"class_",
     "scenarios",
     {TYPE_TEXT,
      "",
      {"Classe du scénario", "Class of the scenario"},
      {"Classe d’aptitude selon le scénario",
       "Suitability class under the scenario"}}},
    {"rank_",
     "scenarios",
     {TYPE_INTEGER,
      "",
      {"Rang du scénario", "Rank of the scenario"},
      {"Rang dans le territoire selon le scénario",
       "Rank in the territory under the scenario"}}},
    {"year_",
     "scenarios",
     {TYPE_INTEGER,
      "",
      {"Plantation du scénario", "Planting of the scenario"},
      {"Année de la première plantation selon le scénario",
       "Year of the first planting under the scenario"}}}};

static bool has_id(struct json_object *list, const char *id)
{
    for (size_t i = 0; i < json_count(list); i++) {
        const char *other =
            json_get_text(json_object_array_get_idx(list, i), "id");
        if (other && strcmp(other, id) == 0)
            return true;
    }
    return false;
}

static bool find_numbered(const char *name, struct json_object *parameters,
                          struct allowed *allowed)
{
    for (size_t i = 0; i < sizeof numbered / sizeof *numbered; i++) {
        size_t length = strlen(numbered[i].prefix);
        if (strncmp(name, numbered[i].prefix, length) == 0 &&
            has_id(json_get(parameters, numbered[i].list), name + length)) {
            *allowed = numbered[i].allowed;
            return true;
        }
    }
    return false;
}

bool allowed_find(enum allowed_table table, const char *name,
                  struct json_object *parameters, struct allowed *allowed)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].table == table && strcmp(rows[i].name, name) == 0) {
            *allowed = rows[i].allowed;
            return true;
        }
    return table == ALLOWED_PARCELS && find_numbered(name, parameters, allowed);
}
