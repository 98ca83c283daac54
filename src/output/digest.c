#include "output/digest.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
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
    for (unsigned i = 0; i < count; i++)
        snprintf(digest->sha256 + (size_t)2 * i, 3, "%02x", bytes[i]);
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

enum terramis_status digest_source(const char *text, size_t size,
                                   char source[DIGEST_SOURCE])
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned count = 0;
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    if (!EVP_Digest(text, size, bytes, &count, EVP_sha256(), NULL))
        return status_no_memory();
    memcpy(source, "sha256-", 7);
    EVP_EncodeBlock((unsigned char *)source + 7, bytes, (int)count);
    return TERRAMIS_OK;
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
