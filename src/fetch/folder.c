#include "fetch/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

static enum terramis_status make_one(const char *folder)
{
    if (mkdir(folder, 0777) == 0 || errno == EEXIST)
        return TERRAMIS_OK;
    return status_set(TERRAMIS_OUTPUT, _("%s: cannot be created: %s"), folder,
                      strerror(errno));
}

enum terramis_status folder_make(const char *folder)
{
    char *path = NULL;
    TRY(mem_copy_text(&path, folder));
    enum terramis_status status = TERRAMIS_OK;
    for (char *c = path; *c && status == TERRAMIS_OK; c++)
        if (*c == '/' && c > path) {
            *c = '\0';
            status = make_one(path);
            *c = '/';
        }
    if (status == TERRAMIS_OK && *path)
        status = make_one(path);
    free(path);
    return status;
}

static void remove_files(const char *folder)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return;
    // cppcheck-suppress readdirCalled
    for (const struct dirent *e; (e = readdir(dir));) {
        struct text path = {0};
        text_addf(&path, "%s/%s", folder, e->d_name);
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 &&
            text_status(&path) == TERRAMIS_OK)
            unlink(text_get(&path));
        text_release(&path);
    }
    closedir(dir);
}

enum terramis_status folder_empty(const char *folder)
{
    TRY(folder_make(folder));
    remove_files(folder);
    return TERRAMIS_OK;
}

void folder_remove(const char *folder)
{
    remove_files(folder);
    rmdir(folder);
}
