#include "output/digest.h"

#include <errno.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
    DIGEST_BLOCK = 1 << 16
};

struct digest_entry {
    char *path;
    struct digest digest;
};

static enum terramis_status unreadable(const char *path, int code)
{
    return status_set(TERRAMIS_OUTPUT, _("cannot read %s: %s"), path,
                      strerror(code));
}

/* errno of a failed read, 0 at the end of the file. */
static int add_stream(GChecksum *sum, FILE *stream, unsigned char *block,
                      int64_t *bytes)
{
    size_t n;
    errno = 0;
    while ((n = fread(block, 1, DIGEST_BLOCK, stream)) > 0) {
        g_checksum_update(sum, block, (gssize)n);
        *bytes += (int64_t)n;
    }
    return ferror(stream) ? (errno ? errno : EIO) : 0;
}

enum terramis_status digest_file(const char *path, struct digest *digest)
{
    unsigned char *block = NULL;
    *digest = (struct digest){0};
    TRY(mem_new(&block, DIGEST_BLOCK, 1));
    FILE *stream = fopen(path, "rb");
    int problem = stream ? 0 : errno;
    if (stream) {
        GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
        problem = add_stream(sum, stream, block, &digest->bytes);
        snprintf(digest->sha256, sizeof digest->sha256, "%s",
                 g_checksum_get_string(sum));
        g_checksum_free(sum);
        fclose(stream);
    }
    free(block);
    return problem ? unreadable(path, problem) : TERRAMIS_OK;
}

enum terramis_status digests_get(struct digests *digests, const char *path,
                                 struct digest *digest)
{
    for (size_t i = 0; i < digests->count; i++)
        if (strcmp(digests->items[i].path, path) == 0) {
            *digest = digests->items[i].digest;
            return TERRAMIS_OK;
        }
    TRY(digest_file(path, digest));
    TRY(mem_grow(&digests->items, &digests->room, digests->count,
                 sizeof *digests->items));
    struct digest_entry *entry = &digests->items[digests->count];
    TRY(mem_copy_text(&entry->path, path));
    entry->digest = *digest;
    digests->count++;
    return TERRAMIS_OK;
}

void digests_release(struct digests *digests)
{
    for (size_t i = 0; i < digests->count; i++)
        free(digests->items[i].path);
    free(digests->items);
    *digests = (struct digests){0};
}
