/* for renameat2() and statx(), which only Linux has */
#define _GNU_SOURCE
#include "run/swap.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum terramis_status problem(const char *path)
{
    return status_set(TERRAMIS_OUTPUT, _("%s: cannot be replaced: %s"), path,
                      strerror(errno));
}

static bool is_there(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

enum terramis_status swap_repair(const char *out, const char *old)
{
    if (is_there(out) || !is_there(old) || rename(old, out) == 0)
        return TERRAMIS_OK;
    return problem(out);
}

static enum terramis_status two_renames(const char *new, const char *out,
                                        const char *old)
{
    if (rename(out, old) != 0)
        return problem(out);
    if (rename(new, out) == 0)
        return TERRAMIS_OK;
    enum terramis_status status = problem(out);
    (void)rename(old, out); /* if not now, the next run repairs it */
    return status;
}

enum terramis_status swap_folders(const char *new, const char *out,
                                  const char *old, bool exchange)
{
    if (!is_there(out))
        return rename(new, out) == 0 ? TERRAMIS_OK : problem(out);
    if (!exchange)
        return two_renames(new, out, old);
    if (renameat2(AT_FDCWD, new, AT_FDCWD, out, RENAME_EXCHANGE) == 0)
        return TERRAMIS_OK;
    if (errno == EINVAL || errno == ENOSYS || errno == ENOTSUP)
        return two_renames(new, out, old);
    return problem(out);
}

static bool is_mount(const char *path)
{
    struct statx info;
    return statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS,
                 &info) == 0 &&
           (info.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

const char *swap_obstacle(const char *out)
{
    char cwd[PATH_MAX];
    size_t length = strlen(out);
    if (is_mount(out))
        return _("something is mounted there");
    if (getcwd(cwd, sizeof cwd) && strncmp(cwd, out, length) == 0 &&
        (cwd[length] == '/' || cwd[length] == '\0' || out[length - 1] == '/'))
        return _("the working folder is in it");
    return NULL;
}
