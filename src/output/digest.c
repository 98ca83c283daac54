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
    if (code == EINTR)
        TRY(status_go_on());
    return status_set(TERRAMIS_OUTPUT, _("cannot read %s: %s"), path,
                      strerror(code));
}

/* errno of a failed read, 0 at the end of the file. */
static int add_stream(struct digest_sum *sum, FILE *stream,
                      unsigned char *block)
{
    size_t n;
    errno = 0;
    while ((n = fread(block, 1, DIGEST_BLOCK, stream)) > 0) {
        digest_add(sum, block, n);
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

void digest_begin(struct digest_sum *sum)
{
    /* no file of settings has a say in a checksum */
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    *sum = (struct digest_sum){.context = EVP_MD_CTX_new()};
    sum->broken =
        !sum->context || !EVP_DigestInit_ex(sum->context, EVP_sha256(), NULL);
}

void digest_add(struct digest_sum *sum, const void *bytes, size_t size)
{
    if (!sum->broken && !EVP_DigestUpdate(sum->context, bytes, size))
        sum->broken = true;
    sum->bytes += (int64_t)size;
}

void digest_discard(struct digest_sum *sum)
{
    EVP_MD_CTX_free(sum->context);
    *sum = (struct digest_sum){0};
}

enum terramis_status digest_end(struct digest_sum *sum, struct digest *digest)
{
    unsigned char bytes[EVP_MAX_MD_SIZE] = {0};
    unsigned count = 0;
    bool fine = !sum->broken && EVP_DigestFinal_ex(sum->context, bytes, &count);
    *digest = (struct digest){.bytes = sum->bytes};
    print_sum(bytes, count, digest);
    digest_discard(sum);
    return fine ? TERRAMIS_OK : status_no_memory();
}

bool digest_same(const struct digest *a, const struct digest *b)
{
    return a->bytes == b->bytes && strcmp(a->sha256, b->sha256) == 0;
}

enum terramis_status digest_file(const char *path, struct digest *digest)
{
    unsigned char *block = NULL;
    struct digest_sum sum;
    *digest = (struct digest){0};
    TRY(mem_new(&block, DIGEST_BLOCK, 1));
    FILE *stream = fopen(path, "rb");
    int problem = errno;
    digest_begin(&sum);
    if (stream) {
        problem = add_stream(&sum, stream, block);
        fclose(stream);
    }
    free(block);
    enum terramis_status status = digest_end(&sum, digest);
    return problem ? unreadable(path, problem) : status;
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
    if (stat(path, &info) != 0 || S_ISDIR(info.st_mode)) /* nothing to read */
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

/* Number of the entry of a path; as many as there are: it has none. */
static size_t find(const struct digests *digests, const char *path)
{
    size_t i = 0;
    while (i < digests->count && strcmp(digests->items[i].path, path) != 0)
        i++;
    return i;
}

/* The same, made where there is none; under the lock. */
static enum terramis_status entry_of(struct digests *digests, const char *path,
                                     size_t *number)
{
    *number = find(digests, path);
    if (*number < digests->count)
        return TERRAMIS_OK;
    TRY(mem_grow(&digests->items, &digests->room, digests->count,
                 sizeof *digests->items));
    struct digest_entry *made = &digests->items[digests->count];
    *made = (struct digest_entry){.look = look_at(path)};
    TRY(mem_copy_text(&made->path, path));
    digests->count++;
    return TERRAMIS_OK;
}

/* A copy of the entry. */
static enum terramis_status take(struct digests *digests, const char *path,
                                 size_t *number, struct digest_entry *entry)
{
    pthread_mutex_lock(&digests->lock);
    enum terramis_status status = entry_of(digests, path, number);
    if (status == TERRAMIS_OK)
        *entry = digests->items[*number];
    pthread_mutex_unlock(&digests->lock);
    return status;
}

static void put(struct digests *digests, size_t number,
                const struct digest_entry *entry)
{
    pthread_mutex_lock(&digests->lock);
    digests->items[number] = *entry;
    pthread_mutex_unlock(&digests->lock);
}

enum terramis_status digests_note(struct digests *digests, const char *path)
{
    struct digest_entry entry;
    size_t number;
    TRY(take(digests, path, &number, &entry));
    entry.noted = true;
    put(digests, number, &entry);
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
    struct digest_entry entry;
    size_t number;
    return take(digests, path, &number, &entry);
}

enum terramis_status digests_put(struct digests *digests, const char *path,
                                 const struct digest *digest)
{
    struct digest_entry entry;
    size_t number;
    TRY(take(digests, path, &number, &entry));
    entry.look = look_at(path);
    entry.digest = *digest;
    entry.known = true;
    put(digests, number, &entry);
    return TERRAMIS_OK;
}

enum terramis_status digests_move(struct digests *digests, const char *from,
                                  const char *to)
{
    struct digest_entry old, new;
    size_t i, k;
    TRY(take(digests, from, &i, &old));
    TRY(take(digests, to, &k, &new));
    new.look = old.look;
    new.known = old.known;
    new.digest = old.digest;
    old.known = old.look.there = false;
    put(digests, i, &old);
    put(digests, k, &new);
    return TERRAMIS_OK;
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
    struct digest_entry entry;
    size_t number;
    TRY(take(digests, path, &number, &entry));
    if (!entry.noted) {
        struct look now = look_at(path);
        entry.known = entry.known && same_look(entry.look, now);
        entry.look = now;
    }
    enum terramis_status status =
        entry.known ? TERRAMIS_OK : digest_file(path, &entry.digest);
    entry.known = status == TERRAMIS_OK;
    if (!entry.known && !entry.noted)
        entry.look.there = false; /* no concern of digests_fill() */
    put(digests, number, &entry);
    *digest = entry.digest;
    return status;
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
