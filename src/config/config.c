#include "config/config.h"

#include <stdlib.h>
#include <string.h>

#include "config/check.h"
#include "config/profile.h"
#include "config/yaml.h"

/* The folder of `path` and the path itself, copied. */
static enum terramis_status take_path(struct config *config, const char *path)
{
    config->path = arena_text(&config->arena, path);
    char *dir = arena_text(&config->arena, path);
    if (!config->path || !dir)
        return status_no_memory();
    char *slash = strrchr(dir, '/');
    if (slash == dir)
        slash[1] = '\0';
    else if (slash)
        *slash = '\0';
    config->dir = slash ? dir : ".";
    return TERRAMIS_OK;
}

/* Without `outputs:` everything that can be written is. */
static enum terramis_status all_outputs(struct config *config,
                                        const struct registry *registry)
{
    struct texts *outputs = &config->outputs;
    outputs->items =
        arena_alloc(&config->arena, registry->count, sizeof *outputs->items);
    outputs->at =
        arena_alloc(&config->arena, registry->count, sizeof *outputs->at);
    if (!outputs->items || !outputs->at)
        return status_no_memory();
    for (; outputs->count < registry->count; outputs->count++)
        outputs->items[outputs->count] = registry->ops[outputs->count]->name;
    return TERRAMIS_OK;
}

/* Profiles of the user's own file beside the known ones. The path is read ahead
 * of the other settings, since those name profiles. */
static enum terramis_status
own_profiles(struct config *config, const struct setting *root,
             struct problems *problems,
             struct registry registries[CONFIG_REGISTRY_COUNT])
{
    static const struct param rows[] = {
        {.name = "profiles", .type = PARAM_PATH}, {.name = NULL}};
    const struct setting *value = setting_find(root, "profiles");
    const struct setting map = {
        .kind = SETTING_MAP,
        .items = (struct setting[]){value ? *value : (struct setting){0}},
        .count = 1};
    struct path path = {0};
    struct param_reader reader = {
        .arena = &config->arena, .dir = config->dir, .problems = problems};
    if (setting_is_empty(value))
        return TERRAMIS_OK;
    TRY(param_read(&reader, rows, &map, &path));
    return path.full && problems->count == 0
               ? profiles_read(path.full, &config->arena,
                               &registries[CONFIG_PROFILES])
               : TERRAMIS_OK;
}

static enum terramis_status read_settings(struct config *config,
                                          const struct registry *given,
                                          const struct setting *root,
                                          bool unfetched,
                                          struct problems *problems)
{
    struct registry registries[CONFIG_REGISTRY_COUNT];
    memcpy(registries, given, sizeof registries);
    TRY(own_profiles(config, root, problems, registries));
    struct param_reader reader = {
        .arena = &config->arena,
        .dir = config->dir,
        .registries = registries,
        .registry_count = CONFIG_REGISTRY_COUNT,
        .problems = problems,
        .may_miss = unfetched,
        .fetched = setting_find(setting_find(root, "fetch"), "layers")};
    TRY(param_read(&reader, config_rows, root, config));
    TRY(check_config(config, root, problems));
    const struct setting *crs = setting_find(root, "crs");
    const struct setting *outputs = setting_find(root, "outputs");
    if (crs)
        config->crs_at = crs->at;
    if (setting_is_empty(outputs))
        TRY(all_outputs(config, &registries[CONFIG_OUTPUTS]));
    else if (outputs->kind == SETTING_LIST && outputs->count == 0)
        problems_add(problems, outputs->at,
                     _("outputs: empty, so nothing would be written. Name one, "
                       "or delete the key for all"));
    return problems_status(problems);
}

static enum terramis_status read(const char *path,
                                 const struct registry *registries,
                                 bool unfetched, struct config *config)
{
    *config = (struct config){0};
    TRY(take_path(config, path));
    struct setting root;
    TRY(yaml_read(path, &config->arena, &root));
    TRY(presets_expand(&root, &config->arena));
    struct problems problems = {.file = config->path};
    enum terramis_status status =
        read_settings(config, registries, &root, unfetched, &problems);
    problems_release(&problems);
    return status;
}

enum terramis_status config_read(const char *path,
                                 const struct registry *registries,
                                 struct config *config)
{
    return read(path, registries, false, config);
}

enum terramis_status config_read_unfetched(const char *path,
                                           const struct registry *registries,
                                           struct config *config)
{
    return read(path, registries, true, config);
}

enum terramis_status config_at_operator(const struct config *config,
                                        const struct operator_use *use,
                                        enum terramis_status status)
{
    char *why;
    if (status != TERRAMIS_PROJECT)
        return status;
    TRY(mem_copy_text(&why, status_message()));
    status = status_set(TERRAMIS_PROJECT, "%s:%d:%d: %s: %s", config->path,
                        use->at.line, use->at.column, use->op->name, why);
    free(why);
    return status;
}

void config_release(struct config *config)
{
    arena_release(&config->arena);
    *config = (struct config){0};
}
