#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

static const char name[] = "lock";

enum {
    TRIES = 100,
    HOST_SIZE = 64
};

static enum terramis_status problem(const char *path)
{
    return status_set(TERRAMIS_OUTPUT, _("%s: cannot be locked: %s"), path,
                      strerror(errno));
}

static void drop(struct lock *lock)
{
    if (lock->file >= 0)
        close(lock->file);
    if (lock->folder >= 0)
        close(lock->folder);
    *lock = LOCK_NONE;
}

/* Who has it, as written by whoever took it. */
static enum terramis_status taken(const struct lock *lock, const char *shown)
{
    char text[16 + HOST_SIZE] = "";
    long pid = 0;
    const char *host = "?";
    if (pread(lock->file, text, sizeof text - 1, 0) > 0) {
        text[strcspn(text, "\n")] = '\0';
        const char *after = text_scan(text, "# ", &pid);
        host = after && *after ? after : host;
    }
    return status_set(
        TERRAMIS_OUTPUT,
        _("%s: another run (process %ld on %s) writes there. Wait until it has "
          "ended, or give another folder"),
        shown, pid, host);
}

/* For messages of others; the lock holds without it. */
static void sign(const struct lock *lock)
{
    char host[HOST_SIZE] = "", text[16 + HOST_SIZE];
    gethostname(host, sizeof host - 1);
    int n = snprintf(text, sizeof text, "%ld %s\n", (long)getpid(), host);
    if (ftruncate(lock->file, 0) == 0)
        (void)!pwrite(lock->file, text, (size_t)n, 0);
}

static bool same(int file, int at, const char *path)
{
    struct stat a, b;
    return fstat(file, &a) == 0 &&
           fstatat(at, path, &b, AT_SYMLINK_NOFOLLOW) == 0 &&
           a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static bool open_files(struct lock *lock, const char *path)
{
    lock->folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (lock->folder >= 0)
        lock->file = openat(lock->folder, name,
                            O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
    return lock->file >= 0;
}

/* One try; *again: whoever had it removed it meanwhile. */
static enum terramis_status try_once(struct lock *lock, const char *path,
                                     const char *shown, bool *again)
{
    bool made = mkdir(path, 0777) == 0;
    *again = false;
    if (!made && errno != EEXIST)
        return status_set(TERRAMIS_OUTPUT,
                          _("%s: the temporary folder %s cannot be made beside "
                            "it: %s"),
                          shown, path, strerror(errno));
    if (!open_files(lock, path)) {
        *again = errno == ENOENT;
        enum terramis_status status = problem(path);
        if (made) /* under a umask that lets nobody use it, say */
            rmdir(path);
        return status;
    }
    if (flock(lock->file, LOCK_EX | LOCK_NB) != 0)
        return errno == EWOULDBLOCK ? taken(lock, shown) : problem(path);
    *again = !same(lock->file, lock->folder, name) ||
             !same(lock->folder, AT_FDCWD, path);
    return TERRAMIS_OK;
}

enum terramis_status lock_take(struct lock *lock, const char *path,
                               const char *shown)
{
    enum terramis_status status = TERRAMIS_OK;
    bool again = true;
    *lock = LOCK_NONE;
    for (int i = 0; i < TRIES && again; i++) {
        status = try_once(lock, path, shown, &again);
        if (again || status != TERRAMIS_OK)
            drop(lock);
    }
    if (again && status == TERRAMIS_OK) {
        errno = EAGAIN;
        status = problem(path);
    }
    if (status == TERRAMIS_OK)
        sign(lock);
    return status;
}

void lock_release(struct lock *lock, const char *path)
{
    if (lock->folder < 0)
        return;
    unlinkat(lock->folder, name, 0); /* while it is ours */
    rmdir(path);
    drop(lock);
}
