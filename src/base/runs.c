#include "base/runs.h"

#include <stdint.h>

/* Two bytes say how many follow, the lower first, and in their highest bit
 * whether it is one byte so many times. */
enum {
    HEAD = 2,
    MOST = 0x7FFF,
    RUN = 0x8000,
    RUN_LEAST = 8 /* shorter ones cost as much as they save; >= 7, see below */
};

/* Bytes from `at` on, of `most`, that are as the first. */
static size_t length_of(const unsigned char *at, size_t most)
{
    const uint64_t same = at[0] * UINT64_C(0x0101010101010101);
    size_t n = 1;
    for (uint64_t word; n + sizeof word <= most; n += sizeof word) {
        memcpy(&word, at + n, sizeof word);
        if (word != same)
            break;
    }
    while (n < most && at[n] == at[0])
        n++;
    return n;
}

/* The next run from `begin` on; *length 0: none. Of seven bytes that are the
 * same four stand at a multiple of four, so only there are they looked for. */
static size_t next_run(const unsigned char *from, size_t begin, size_t count,
                       size_t *length)
{
    for (size_t i = (begin + 3) / 4 * 4; i + 4 <= count; i += 4) {
        uint32_t word;
        memcpy(&word, from + i, sizeof word);
        if (word != from[i] * UINT32_C(0x01010101))
            continue;
        size_t at = i;
        while (at > begin && from[at - 1] == from[i])
            at--;
        *length = length_of(from + at, count - at);
        if (*length >= RUN_LEAST)
            return at;
    }
    *length = 0;
    return count;
}

/* There is room. */
static void put(struct bytes *out, size_t count, size_t flag,
                const unsigned char *from, size_t size)
{
    out->at[out->size++] = (unsigned char)count;
    out->at[out->size++] = (unsigned char)((count | flag) >> 8);
    memcpy(out->at + out->size, from, size);
    out->size += size;
}

enum terramis_status runs_pack(struct bytes *out, const unsigned char *from,
                               size_t count)
{
    TRY(bytes_room(out, count + HEAD * (count / MOST + 1)));
    for (size_t i = 0, length; i < count;) {
        size_t run = next_run(from, i, count, &length);
        for (size_t n; i < run; i += n) {
            n = run - i < MOST ? run - i : MOST;
            put(out, n, 0, from + i, n);
        }
        for (size_t n; length > 0; i += n, length -= n) {
            n = length < MOST ? length : MOST;
            put(out, n, RUN, from + i, 1);
        }
    }
    return TERRAMIS_OK;
}

bool runs_unpack(unsigned char *to, size_t count, const unsigned char *from,
                 size_t size)
{
    size_t done = 0;
    for (size_t i = 0; i < size;) {
        if (size - i <= HEAD)
            return false;
        unsigned head = from[i] | (unsigned)from[i + 1] << 8;
        size_t n = head & MOST, held = head & RUN ? 1 : n;
        i += HEAD;
        if (n > count - done || held > size - i || n == 0)
            return false;
        if (head & RUN)
            memset(to + done, from[i], n);
        else
            memcpy(to + done, from + i, n);
        i += held;
        done += n;
    }
    return done == count;
}
