#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "demo/project.h"
#include "demo/write.h"
#include "geo/gdal.h"

static enum terramis_status make_folder(const char *dir, const char *name)
{
    struct text path = {0};
    text_addf(&path, "%s%s%s", dir, name[0] ? "/" : "", name);
    enum terramis_status status = text_status(&path);
    if (status == TERRAMIS_OK && mkdir(text_get(&path), 0777) != 0 &&
        errno != EEXIST)
        status = status_set(TERRAMIS_OUTPUT, _("%s: cannot be created: %s"),
                            text_get(&path), strerror(errno));
    text_release(&path);
    return status;
}

static enum terramis_status check_empty(const char *path, bool overwrite)
{
    struct dirent **entries;
    // cppcheck-suppress nullPointer ; neither filter nor order
    int count = scandir(path, &entries, NULL, NULL);
    if (count < 0)
        return status_set(TERRAMIS_OUTPUT, "%s: %s", path, strerror(errno));
    bool empty = count <= 2; /* . and .. */
    for (int i = 0; i < count; i++)
        free(entries[i]);
    free(entries);
    if (empty || overwrite)
        return TERRAMIS_OK;
    return status_set(TERRAMIS_OUTPUT,
                      _("%s: the folder is not empty. Name another one, or add "
                        "--overwrite to replace the demo's files in it"),
                      path);
}

static bool write_lines(const char *path, const char *const *lines)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return false;
    bool fine = true;
    for (; *lines && fine; lines++)
        fine = fputs(*lines, file) >= 0;
    fine = fine && fflush(file) == 0 && fsync(fileno(file)) == 0;
    return (fclose(file) == 0) && fine;
}

static enum terramis_status write_text(const char *dir,
                                       const struct project_text *text)
{
    struct text part = {0}, path = {0};
    enum terramis_status status;
    text_addf(&part, "%s/%s.part", dir, text->name);
    text_addf(&path, "%s/%s", dir, text->name);
    TRY_DONE(text_status(&part));
    TRY_DONE(text_status(&path));
    if (write_lines(text_get(&part), text->lines)) {
        status = write_done(&part, &path);
    } else {
        status = status_set(TERRAMIS_OUTPUT, _("%s: cannot be written: %s"),
                            text_get(&path), strerror(errno));
        remove(text_get(&part));
    }
done:
    text_release(&part);
    text_release(&path);
    return status;
}

static enum terramis_status generate(const char *dir, bool small)
{
    enum {
        STEPS = PILOT_COUNT + 2
    };
    struct region regions[PILOT_COUNT] = {{0}};
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < PILOT_COUNT; i++) {
        log_progress(_("demo"), i, STEPS);
        TRY_DONE(region_build(&pilots[i], small, &regions[i]));
        TRY_DONE(status_go_on());
    }
    log_progress(_("demo"), PILOT_COUNT, STEPS);
    TRY_DONE(write_vectors(dir, regions));
    log_progress(_("demo"), PILOT_COUNT + 1, STEPS);
    TRY_DONE(write_rasters(dir, regions));
    log_progress(_("demo"), STEPS, STEPS);
    /* the project file comes last: where it is, all it names is there */
    for (const struct project_text *t = project_texts; t->name; t++)
        TRY_DONE(write_text(dir, t));
done:
    for (size_t i = 0; i < PILOT_COUNT; i++)
        region_release(&regions[i]);
    return status;
}

enum terramis_status terramis_demo(const struct terramis_options *options,
                                   const char *dir, bool small)
{
    status_clear();
    log_setup(options->quiet, options->verbose);
    gdal_setup();
    TRY(make_folder(dir, ""));
    TRY(check_empty(dir, options->overwrite));
    TRY(make_folder(dir, "rasters"));
    TRY(make_folder(dir, "vectors"));
    return status_end(generate(dir, small));
}
