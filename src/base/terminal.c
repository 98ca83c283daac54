#define _GNU_SOURCE /* fopencookie() */
#include "base/terminal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

/* Bytes at the end of `text` that begin a character of UTF-8 but are not all of
 * it: the rest comes with the next write. */
static size_t unfinished(const char *text, size_t size)
{
    for (size_t n = 1; n <= 3 && n <= size; n++) {
        unsigned char byte = (unsigned char)text[size - n];
        size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
        if (byte >= 0xC0)
            return length > n ? n : 0;
        if (byte < 0x80)
            return 0;
    }
    return 0;
}

static bool write_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t n = write(fd, bytes, size);
        if (n < 0)
            return false;
        bytes += n;
        size -= (size_t)n;
    }
    return true;
}

static ssize_t pass_on(void *cookie, const char *bytes, size_t size)
{
    static char kept[4];
    static size_t kept_size;
    char *text = malloc(kept_size + size + 1);
    if (!text)
        return -1;
    memcpy(text, kept, kept_size);
    memcpy(text + kept_size, bytes, size);
    size_t all = kept_size + size, rest = unfinished(text, all);
    memcpy(kept, text + all - rest, rest);
    kept_size = rest;
    all -= rest;
    text[all] = '\0';
    text_tame(text, true);
    bool fine = write_all((int)(intptr_t)cookie, text, all);
    free(text);
    return fine ? (ssize_t)size : -1;
}

FILE *terminal_tame(FILE *stream, int fd)
{
    static const cookie_io_functions_t functions = {.write = pass_on};
    if (!isatty(fd))
        return stream;
    FILE *tamed = fopencookie((void *)(intptr_t)fd, "w", functions);
    if (!tamed)
        return stream;
    setvbuf(tamed, NULL, _IOLBF, BUFSIZ);
    return tamed;
}
