#include "fetch/gunzip.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/mem.h"
#include "output/file.h"

enum {
    BLOCK = 1 << 17
};

bool gunzip_is_packed(const char *path)
{
    unsigned char head[2] = {0};
    FILE *file = fopen(path, "rb");
    bool packed = file && fread(head, 1, 2, file) == 2 && head[0] == 0x1F &&
                  head[1] == 0x8B;
    if (file)
        fclose(file);
    return packed;
}

static enum terramis_status damaged(gzFile packed, const char *path,
                                    const char *what)
{
    int code = Z_OK;
    const char *cause = gzerror(packed, &code);
    /* a file cut short ends between two blocks as well */
    if (code == Z_OK || code == Z_STREAM_END)
        return TERRAMIS_OK;
    return status_set(TERRAMIS_INPUT,
                      _("%s: %s: packed by gzip and damaged: %s. Run again "
                        "with --refresh"),
                      what, path, cause);
}

static enum terramis_status unpack(gzFile packed, struct file *file,
                                   const char *path, const char *what,
                                   int64_t max_bytes)
{
    unsigned char *block;
    TRY(mem_new(&block, BLOCK, 1));
    enum terramis_status status = TERRAMIS_OK;
    int64_t total = 0;
    int n = 0;
    while (status == TERRAMIS_OK && (n = gzread(packed, block, BLOCK)) > 0) {
        total += n;
        file_write(file, block, (size_t)n);
        if (total > max_bytes)
            status = status_set(TERRAMIS_INPUT,
                                _("%s: %s: unpacks to more than %.6g MB. If "
                                  "that is right, raise fetch: max_size"),
                                what, path, (double)max_bytes / 1e6);
        else
            status = status_go_on();
    }
    free(block);
    return status == TERRAMIS_OK ? damaged(packed, path, what) : status;
}

enum terramis_status gunzip(const char *path, const char *to, const char *what,
                            int64_t max_bytes)
{
    struct file file;
    gzFile packed = gzopen(path, "rb");
    if (!packed)
        return status_set(TERRAMIS_INPUT, _("%s: %s: cannot be opened"), what,
                          path);
    enum terramis_status status = file_create(&file, to);
    if (status == TERRAMIS_OK)
        status = unpack(packed, &file, path, what, max_bytes);
    if (gzclose(packed) != Z_OK && status == TERRAMIS_OK)
        status = status_set(TERRAMIS_INPUT,
                            _("%s: %s: packed by gzip and cut short. Run again "
                              "with --refresh"),
                            what, path);
    if (status == TERRAMIS_OK)
        return file_commit(&file);
    file_discard(&file);
    return status;
}
