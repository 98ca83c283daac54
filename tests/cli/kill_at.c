/* Preloaded into the program: kills it before the n-th call ($KILL_AT, from 1)
 * that changes what is on the disk, counted from when a file whose path ends in
 * $KILL_FILE is put in its place; by the signal $KILL_BY (SIGKILL). For
 * test_crash.sh and test_resume.sh. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long calls;

/* `path`: what is made; NULL: something else is done. */
static void call(const char *path)
{
    const char *at = getenv("KILL_AT"), *file = getenv("KILL_FILE");
    const char *by = getenv("KILL_BY");
    size_t length = path ? strlen(path) : 0, tail = file ? strlen(file) : 0;
    bool starts =
        file && length > tail && strcmp(path + length - tail, file) == 0;
    if (!starts && calls == 0)
        return;
    if (atomic_fetch_add(&calls, 1) + 1 == (at ? atol(at) : 0))
        raise(by ? atoi(by) : SIGKILL);
}

#define WRAP(name, path, parameters, arguments)                                \
    int name parameters                                                        \
    {                                                                          \
        int(*real) parameters = (int(*) parameters)dlsym(RTLD_NEXT, #name);    \
        call(path);                                                            \
        return real arguments;                                                 \
    }

WRAP(fsync, NULL, (int file), (file))
WRAP(mkdir, NULL, (const char *path, mode_t mode), (path, mode))
WRAP(mkdirat, NULL, (int at, const char *path, mode_t mode), (at, path, mode))
WRAP(rmdir, NULL, (const char *path), (path))
WRAP(unlink, NULL, (const char *path), (path))
WRAP(unlinkat, NULL, (int at, const char *path, int flags), (at, path, flags))
WRAP(rename, to, (const char *from, const char *to), (from, to))
WRAP(renameat2, NULL,
     (int a, const char *from, int b, const char *to, unsigned flags),
     (a, from, b, to, flags))
WRAP(linkat, NULL, (int a, const char *from, int b, const char *to, int flags),
     (a, from, b, to, flags))
WRAP(fchmod, NULL, (int file, mode_t mode), (file, mode))
