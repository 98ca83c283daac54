/**
 * @file fuzz.h
 * @brief What the fuzz targets share: numbers out of bytes, a scratch file, and
 * the way to say that an oracle was contradicted.
 *
 * A target is one function; libFuzzer's main() feeds it (`make fuzz`), or
 * replay.c with the files of corpus/ (`make check`).
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** The bytes that are left; past their end there are zeros. */
struct bytes {
    const uint8_t *at;
    size_t left;
};

static inline unsigned take_byte(struct bytes *bytes)
{
    if (bytes->left == 0)
        return 0;
    bytes->left--;
    return *bytes->at++;
}

static inline int take_short(struct bytes *bytes)
{
    unsigned high = take_byte(bytes);
    return (int)(int16_t)(uint16_t)(high << 8 | take_byte(bytes));
}

/** A finding: libFuzzer keeps the input of a program that aborts. */
static inline void found_unless(bool fine, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static inline void found_unless(bool fine, const char *format, ...)
{
    va_list args;
    if (fine)
        return;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputs("\n", stderr);
    abort();
}

/** A folder for this process, made once, the working directory from then on;
 * removed at exit. */
static char fuzz_folder[64];

static void leave_folder(void)
{
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", fuzz_folder);
    if (chdir("/") != 0 || system(command) != 0)
        fputs("cannot remove the scratch folder\n", stderr);
}

static inline void enter_folder(void)
{
    if (fuzz_folder[0])
        return;
    strcpy(fuzz_folder, access("/dev/shm", W_OK) == 0
                            ? "/dev/shm/terramis-fuzz-XXXXXX"
                            : "/tmp/terramis-fuzz-XXXXXX");
    if (!mkdtemp(fuzz_folder) || chdir(fuzz_folder) != 0)
        abort();
    atexit(leave_folder);
}

static inline void write_file(const char *name, const void *data, size_t size)
{
    FILE *file = fopen(name, "wb");
    if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0)
        abort();
}

/** The bytes as a string; caller frees. */
static inline char *string_of(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (!text)
        abort();
    memcpy(text, data, size);
    text[size] = '\0';
    return text;
}

#endif
