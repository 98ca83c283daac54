#include "output/digest.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/pool.h"

enum {
    DIGEST_BLOCK = 1 << 16
};

/* How a file looks without reading it. */
struct look {
    bool there;
    dev_t device;
    ino_t inode;
    off_t size;
    time_t seconds; /* of the last modification */
    long nanos;
};

struct digest_entry {
    char *path;
    struct look look; /* when it was noted, else before it was last read */
    bool noted, known;
    struct digest digest;
};

static enum terramis_status unreadable(const char *path, int code)
{
    if (code == EINTR && status_interrupted())
        return status_set(TERRAMIS_INTERRUPTED, _("interrupted"));
    return status_set(TERRAMIS_OUTPUT, _("cannot read %s: %s"), path,
                      strerror(code));
}

/* errno of a failed read, 0 at the end of the file. */
static int add_stream(EVP_MD_CTX *sum, FILE *stream, unsigned char *block,
                      int64_t *bytes)
{
    size_t n;
    errno = 0;
    while ((n = fread(block, 1, DIGEST_BLOCK, stream)) > 0) {
        if (!EVP_DigestUpdate(sum, block, n))
            return ENOMEM;
        *bytes += (int64_t)n;
        if (status_interrupted())
            return EINTR;
    }
    return ferror(stream) ? (errno ? errno : EIO) : 0;
}

static void print_sum(const unsigned char *sum, unsigned count,
                      struct digest *digest)
{
    for (unsigned i = 0; i < count; i++)
        snprintf(digest->sha256 + (size_t)2 * i, 3, "%02x", sum[i]);
}

/* The same, from begin to hexadecimal end. */
static int digest_stream(FILE *stream, unsigned char *block,
                         struct digest *digest)
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned count = 0;
    /* no file of settings has a say in a checksum */
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    EVP_MD_CTX *sum = EVP_MD_CTX_new();
    int problem = sum && EVP_DigestInit_ex(sum, EVP_sha256(), NULL)
                      ? add_stream(sum, stream, block, &digest->bytes)
                      : ENOMEM;
    if (problem == 0 && !EVP_DigestFinal_ex(sum, bytes, &count))
        problem = ENOMEM;
    EVP_MD_CTX_free(sum);
    print_sum(bytes, count, digest);
    return problem;
}

bool digest_same(const struct digest *a, const struct digest *b)
{
    return a->bytes == b->bytes && strcmp(a->sha256, b->sha256) == 0;
}

enum terramis_status digest_file(const char *path, struct digest *digest)
{
    unsigned char *block = NULL;
    *digest = (struct digest){0};
    TRY(mem_new(&block, DIGEST_BLOCK, 1));
    FILE *stream = fopen(path, "rb");
    int problem = stream ? digest_stream(stream, block, digest) : errno;
    if (stream)
        fclose(stream);
    free(block);
    return problem ? unreadable(path, problem) : TERRAMIS_OK;
}

/* The digest of bytes in memory; returns its length, 0: no memory. */
static unsigned sum_of(const void *bytes, size_t size,
                       unsigned char sum[EVP_MAX_MD_SIZE])
{
    unsigned count = 0;
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    return EVP_Digest(bytes, size, sum, &count, EVP_sha256(), NULL) ? count : 0;
}

enum terramis_status digest_source(const char *text, size_t size,
                                   char source[DIGEST_SOURCE])
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned count = sum_of(text, size, bytes);
    if (count == 0)
        return status_no_memory();
    char *end = stpcpy(source, "sha256-");
    EVP_EncodeBlock((unsigned char *)end, bytes, (int)count);
    return TERRAMIS_OK;
}

enum terramis_status digest_bytes(const void *bytes, size_t size,
                                  struct digest *digest)
{
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned count = sum_of(bytes, size, sum);
    *digest = (struct digest){.bytes = (int64_t)size};
    if (count == 0)
        return status_no_memory();
    print_sum(sum, count, digest);
    return TERRAMIS_OK;
}

/* ---- digests of many files */

static struct look look_at(const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return (struct look){0};
    return (struct look){
        true,         info.st_dev,         info.st_ino,
        info.st_size, info.st_mtim.tv_sec, info.st_mtim.tv_nsec};
}

static bool same_look(struct look a, struct look b)
{
    return a.there == b.there && a.device == b.device && a.inode == b.inode &&
           a.size == b.size && a.seconds == b.seconds && a.nanos == b.nanos;
}

static struct digest_entry *find(const struct digests *digests,
                                 const char *path)
{
    for (size_t i = 0; i < digests->count; i++)
        if (strcmp(digests->items[i].path, path) == 0)
            return &digests->items[i];
    return NULL;
}

/* The entry of a path, made where there is none. */
static enum terramis_status entry_of(struct digests *digests, const char *path,
                                     struct digest_entry **entry)
{
    *entry = find(digests, path);
    if (*entry)
        return TERRAMIS_OK;
    TRY(mem_grow(&digests->items, &digests->room, digests->count,
                 sizeof *digests->items));
    struct digest_entry *made = &digests->items[digests->count];
    *made = (struct digest_entry){.look = look_at(path)};
    TRY(mem_copy_text(&made->path, path));
    digests->count++;
    *entry = made;
    return TERRAMIS_OK;
}

enum terramis_status digests_note(struct digests *digests, const char *path)
{
    struct digest_entry *entry;
    TRY(entry_of(digests, path, &entry));
    entry->noted = true;
    return TERRAMIS_OK;
}

const char *digests_changed(const struct digests *digests)
{
    for (size_t i = 0; i < digests->count; i++) {
        const struct digest_entry *entry = &digests->items[i];
        if (entry->noted && !same_look(entry->look, look_at(entry->path)))
            return entry->path;
    }
    return NULL;
}

enum terramis_status digests_add(struct digests *digests, const char *path)
{
    struct digest_entry *entry;
    return entry_of(digests, path, &entry);
}

/* Each thread has entries of its own. */
static enum terramis_status read_entry(void *data, void *worker, size_t i,
                                       void *result)
{
    const struct digests *digests = data;
    struct digest_entry *entry = &digests->items[i];
    (void)worker;
    (void)result;
    if (entry->known || !entry->look.there)
        return TERRAMIS_OK;
    TRY(digest_file(entry->path, &entry->digest));
    entry->known = true;
    return TERRAMIS_OK;
}

enum terramis_status digests_fill(struct digests *digests, int threads)
{
    return pool_run(&(struct pool_job){.tiles = digests->count,
                                       .threads = threads,
                                       .result_size = 1,
                                       .data = digests,
                                       .work = read_entry});
}

enum terramis_status digests_get(struct digests *digests, const char *path,
                                 struct digest *digest)
{
    struct digest_entry *entry;
    TRY(entry_of(digests, path, &entry));
    if (!entry->noted) {
        struct look now = look_at(path);
        entry->known = entry->known && same_look(entry->look, now);
        entry->look = now;
    }
    enum terramis_status status =
        entry->known ? TERRAMIS_OK : digest_file(path, &entry->digest);
    entry->known = status == TERRAMIS_OK;
    if (!entry->known && !entry->noted)
        entry->look.there = false; /* no concern of digests_fill() */
    TRY(status);
    *digest = entry->digest;
    return TERRAMIS_OK;
}

enum terramis_status digests_print(struct digests *digests, struct text *text)
{
    for (size_t i = 0; i < digests->count; i++) {
        const char *path = digests->items[i].path;
        struct digest digest;
        if (!digests->items[i].noted || !digests->items[i].look.there)
            continue;
        TRY(digests_get(digests, path, &digest));
        text_addf(text, "%s %lld %s\n", path, (long long)digest.bytes,
                  digest.sha256);
    }
    return text_status(text);
}

void digests_release(struct digests *digests)
{
    for (size_t i = 0; i < digests->count; i++)
        free(digests->items[i].path);
    free(digests->items);
    *digests = (struct digests){0};
}
