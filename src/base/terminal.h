/**
 * @file terminal.h
 * @brief What reaches a terminal, which would obey escape sequences in names.
 */
#ifndef BASE_TERMINAL_H
#define BASE_TERMINAL_H

#include <stdio.h>

/** Where `stream` (its descriptor: `fd`) is a terminal, a stream that passes
 * all on to it, each text made fit by text_tame(); else `stream` itself. What
 * goes to files and pipes stays as it is. */
FILE *terminal_tame(FILE *stream, int fd);

#endif
