#include "publish/licence.h"

#include <ctype.h>
#include <string.h>

#include "base/log.h"

/* Narrower names first: "CC BY-SA" before "CC BY". Terms: the licences' own
 * texts at their addresses; ODbL 1.0 section 4.4 (derivative databases). */
static const struct licence known[] = {
    {"CC-BY-NC-4.0", "CC BY-NC 4.0",
     "https://creativecommons.org/licenses/by-nc/4.0/", TERMS_CLOSED,
     "by-nc|by nc|noncommercial|non commercial|"},
    {"CC-BY-ND-4.0", "CC BY-ND 4.0",
     "https://creativecommons.org/licenses/by-nd/4.0/", TERMS_CLOSED,
     "by-nd|by nd|noderivat|"},
    {"CC-BY-SA-4.0", "CC BY-SA 4.0",
     "https://creativecommons.org/licenses/by-sa/4.0/", TERMS_SHARE_CC,
     "by-sa|by sa|sharealike|"},
    {"CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/",
     TERMS_ATTRIBUTION, "cc-by|cc by|creative commons attribution|"},
    {"ODbL-1.0", "ODbL 1.0", "https://opendatacommons.org/licenses/odbl/1-0/",
     TERMS_SHARE_ODBL, "odbl|open database licen|openstreetmap|"},
    {"etalab-2.0", "Licence Ouverte 2.0",
     "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
     TERMS_ATTRIBUTION, "licence ouverte|etalab|lov2|open licence|lo 2.0|"},
    {"CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/",
     TERMS_NONE, "cc0|public domain|domaine public|pddl|"}};

enum {
    LONGEST = 256
};

const struct licence *licence_find(const char *text)
{
    char lower[LONGEST];
    size_t length = 0;
    for (; text && text[length] && length + 1 < sizeof lower; length++)
        lower[length] = (char)tolower((unsigned char)text[length]);
    lower[length] = '\0';
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        for (const char *mark = known[i].marks; *mark;) {
            const char *end = strchr(mark, '|');
            char part[64];
            memcpy(part, mark, (size_t)(end - mark));
            part[end - mark] = '\0';
            if (strstr(lower, part))
                return &known[i];
            mark = end + 1;
        }
    return NULL;
}

static enum terramis_status no_open_data(const struct licence_input *input)
{
    return status_set(TERRAMIS_PROJECT,
                      _("licence: '%s' is under %s: results that come from it "
                        "may not be published as open data. Use another "
                        "layer, or ask its producer"),
                      input->title, input->licence);
}

static void warn_unknown(const struct licence_input *input)
{
    if (input->licence)
        log_line(LOG_WARNING,
                 _("licence of '%s': %s is not known. Make sure that it allows "
                   "publication"),
                 input->title, input->licence);
    else
        log_line(LOG_WARNING,
                 _("licence of '%s': none is given. Make sure that it may be "
                   "published, and set licence: of the layer"),
                 input->title);
}

/* What inputs demand of the results; of two demands that exclude one another,
 * the second one is in *other. */
struct demand {
    const struct licence *licence;
    const struct licence_input *of, *other;
};

static enum terramis_status find_demand(struct demand *demand,
                                        const struct licence_input *inputs,
                                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct licence *licence = licence_find(inputs[i].licence);
        if (!licence) {
            warn_unknown(&inputs[i]);
            continue;
        }
        if (licence->terms == TERMS_CLOSED)
            return no_open_data(&inputs[i]);
        if (licence->terms != TERMS_SHARE_ODBL &&
            licence->terms != TERMS_SHARE_CC)
            continue;
        if (!demand->licence)
            *demand = (struct demand){licence, &inputs[i], NULL};
        else if (licence != demand->licence && !demand->other)
            demand->other = &inputs[i];
    }
    return TERRAMIS_OK;
}

/* The project's licence against the demand. */
static enum terramis_status check_project(const struct licence *licence,
                                          const char *project,
                                          const struct demand *demand)
{
    if (demand->licence && licence != demand->licence)
        return status_set(
            TERRAMIS_PROJECT,
            _("licence: %s, but '%s' is under %s: a database derived from it "
              "must be under the same licence. Write licence: %s, or use "
              "another layer, and run again"),
            project, demand->of->title, demand->licence->title,
            demand->licence->id);
    if (!licence)
        return status_set(TERRAMIS_PROJECT,
                          _("licence: '%s' is not known. Write etalab-2.0, "
                            "ODbL-1.0, CC-BY-4.0, CC-BY-SA-4.0 or CC0-1.0, and "
                            "run again"),
                          project);
    if (licence->terms == TERMS_CLOSED)
        return status_set(TERRAMIS_PROJECT,
                          _("licence: %s is no licence of open data"), project);
    return TERRAMIS_OK;
}

enum terramis_status licence_choose(const struct licence **chosen,
                                    const char *project,
                                    const struct licence_input *inputs,
                                    size_t count)
{
    struct demand demand = {NULL};
    TRY(find_demand(&demand, inputs, count));
    if (demand.other)
        return status_set(TERRAMIS_PROJECT,
                          _("licence: '%s' (%s) and '%s' (%s) each demand "
                            "their own licence for what is derived from them: "
                            "results of both may not be published"),
                          demand.of->title, demand.of->licence,
                          demand.other->title, demand.other->licence);
    *chosen = project ? licence_find(project) : demand.licence;
    if (project)
        return check_project(*chosen, project, &demand);
    if (!demand.licence)
        return status_set(TERRAMIS_PROJECT,
                          _("licence: the project has none for its results. "
                            "Write for example licence: etalab-2.0, and run "
                            "again"));
    log_line(LOG_NOTE, _("licence: %s, as '%s' demands"), demand.licence->title,
             demand.of->title);
    return TERRAMIS_OK;
}
