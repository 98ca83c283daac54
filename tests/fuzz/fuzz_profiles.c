/* A user's own profiles of layers. */
#include "fuzz.h"

#include "config/profile.h"
#include "config/config.h"
#include "run/project.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct registry registries[CONFIG_REGISTRY_COUNT];
    struct arena arena = {0};
    enter_folder();
    project_registries(registries);
    write_file("mine.yaml", data, size);
    size_t known = registries[CONFIG_PROFILES].count;
    enum terramis_status status =
        profiles_read("mine.yaml", &arena, &registries[CONFIG_PROFILES]);
    found_unless(status == TERRAMIS_OK || status == TERRAMIS_PROJECT,
                 "status %d: %s", (int)status, status_message());
    size_t count =
        status == TERRAMIS_OK ? registries[CONFIG_PROFILES].count : 0;
    for (size_t i = 0; i < count; i++) {
        const struct operator* op = registries[CONFIG_PROFILES].ops[i];
        found_unless(op->name && op->name[0] && op->summary,
                     "profile %zu of %zu has no name or summary", i, known);
    }
    arena_release(&arena);
    return 0;
}
