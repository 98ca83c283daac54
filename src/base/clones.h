/**
 * @file clones.h
 * @brief CLONES before a function: compiled for AVX2 as well, chosen when the
 * program starts.
 *
 * Without fused multiply-add both versions do the same IEEE operations, so
 * they give the same bits. Sanitizers cannot run before the chooser does, and
 * clang 14 knows the attribute only in part: there the plain version remains.
 */
#ifndef BASE_CLONES_H
#define BASE_CLONES_H

#include <stddef.h> /* defines __GLIBC__ where it is the C library */

#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__OPTIMIZE__) &&  \
    !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&                   \
    !defined(__SANITIZE_THREAD__)
#define CLONES __attribute__((target_clones("avx2", "default")))
#else
#define CLONES
#endif

#endif
