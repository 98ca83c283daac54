/**
 * @file runs.h
 * @brief Bytes with long runs of one value, packed: a run is three bytes,
 * whatever it holds; bytes that do not repeat stay as they are.
 */
#ifndef BASE_RUNS_H
#define BASE_RUNS_H

#include <stdbool.h>

#include "base/bytes.h"

/** Packs `count` bytes behind those of `out`; at worst they take two bytes in
 * 32767 more than before. */
enum terramis_status runs_pack(struct bytes *out, const unsigned char *from,
                               size_t count);

/** Makes exactly `count` bytes of `size` packed ones; false: they are not what
 * runs_pack() gives for so many. */
bool runs_unpack(unsigned char *to, size_t count, const unsigned char *from,
                 size_t size);

#endif
