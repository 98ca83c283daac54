#include "output/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "param/json.h"

static enum terramis_status file_problem(const struct file *file, int code)
{
    return status_set(TERRAMIS_OUTPUT, _("cannot write %s: %s"), file->path,
                      strerror(code));
}

static enum terramis_status file_names(struct file *file, const char *path)
{
    TRY(mem_copy_text(&file->path, path));
    struct stat info;
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode))
        return TERRAMIS_OK;
    struct text part = {0};
    text_addf(&part, "%s.part", path);
    return text_take(&part, &file->part);
}

enum terramis_status file_create(struct file *file, const char *path)
{
    *file = (struct file){0};
    enum terramis_status status = file_names(file, path);
    if (status == TERRAMIS_OK) {
        if (file->part) /* of a run that was killed, or a link to elsewhere */
            (void)unlink(file->part);
        file->stream =
            file->part ? fopen(file->part, "wbx") : fopen(path, "wb");
        if (!file->stream) {
            status = file_problem(file, errno);
            free(file->part); /* not ours to remove: never created */
            file->part = NULL;
        }
    }
    if (status != TERRAMIS_OK)
        file_discard(file);
    return status;
}

void file_write(struct file *file, const void *bytes, size_t size)
{
    errno = 0;
    if (file->problem == 0 && size > 0 &&
        fwrite(bytes, 1, size, file->stream) != size)
        file->problem = errno ? errno : EIO;
}

enum terramis_status file_commit(struct file *file)
{
    if (file->problem == 0 && fflush(file->stream) != 0)
        file->problem = errno;
    /* of what fprintf() could not write before, errno is not known any more */
    if (file->problem == 0 && ferror(file->stream))
        file->problem = EIO;
    /* a pipe or a terminal cannot be synced, and need not be */
    if (file->problem == 0 && fsync(fileno(file->stream)) != 0 &&
        errno != EINVAL && errno != ENOTSUP && errno != EROFS)
        file->problem = errno;
    if (fclose(file->stream) != 0 && file->problem == 0)
        file->problem = errno;
    file->stream = NULL;
    if (file->problem == 0 && file->part && rename(file->part, file->path) != 0)
        file->problem = errno;
    enum terramis_status status = TERRAMIS_OK;
    if (file->problem != 0) {
        status = file_problem(file, file->problem);
    } else {
        free(file->part); /* renamed: nothing to remove */
        file->part = NULL;
    }
    file_discard(file);
    return status;
}

void file_discard(struct file *file)
{
    if (file->stream)
        fclose(file->stream);
    if (file->part)
        unlink(file->part);
    free(file->part);
    free(file->path);
    *file = (struct file){0};
}

enum terramis_status file_save(const char *path, const struct text *text)
{
    struct file file;
    TRY(text_status(text));
    TRY(file_create(&file, path));
    file_write(&file, text_get(text), text->length);
    return file_commit(&file);
}

enum terramis_status file_save_json(const char *path, struct json_object *root)
{
    struct file file = {0};
    enum terramis_status status = file_create(&file, path);
    if (status == TERRAMIS_OK)
        status = json_print(json_object_get(root), file.stream);
    if (status == TERRAMIS_OK)
        status = file_commit(&file);
    file_discard(&file);
    json_object_put(root);
    return status;
}

enum terramis_status file_copy(const char *from, const char *to,
                               enum terramis_status unreadable)
{
    struct file file;
    char block[1 << 16];
    size_t n;
    FILE *source = fopen(from, "rb");
    if (!source)
        return status_set(unreadable, _("cannot read %s: %s"), from,
                          strerror(errno));
    enum terramis_status status = file_create(&file, to);
    while (status == TERRAMIS_OK &&
           (n = fread(block, 1, sizeof block, source)) > 0)
        file_write(&file, block, n);
    bool fine = ferror(source) == 0;
    fclose(source);
    if (status != TERRAMIS_OK)
        return status;
    if (fine)
        return file_commit(&file);
    file_discard(&file);
    return status_set(unreadable, _("cannot read %s: %s"), from, strerror(EIO));
}
