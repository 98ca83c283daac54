/* The project file: whatever the text, an answer, and where it is "no" a
 * message that names the file and a line. */
#include "fuzz.h"

#include "config/config.h"
#include "run/project.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct registry registries[CONFIG_REGISTRY_COUNT];
    struct config config;
    if (!fuzz_folder[0]) {
        enter_folder();
        /* files that are there, so that reading goes on */
        write_file("a.gpkg", "", 0);
        write_file("a.tif", "", 0);
    }
    project_registries(registries);
    write_file("p.yaml", data, size);
    enum terramis_status status =
        size % 2 ? config_read("p.yaml", registries, &config)
                 : config_read_unfetched("p.yaml", registries, &config);
    found_unless(status == TERRAMIS_OK || status == TERRAMIS_PROJECT,
                 "status %d: %s", (int)status, status_message());
    found_unless(status == TERRAMIS_OK ||
                     strncmp(status_message(), "p.yaml:", 7) == 0,
                 "message without a place: %s", status_message());
    config_release(&config);
    return 0;
}
