/**
 * @file event.h
 * @brief What a call does, for other programs: one JSON object per line.
 *
 * Every line has "event", the kind; README lists kinds and fields. Nothing is
 * written unless event_open() named a stream. Thread-safe, but for opening and
 * closing.
 */
#ifndef BASE_EVENT_H
#define BASE_EVENT_H

#include <stdbool.h>
#include <stdio.h>

/** Sends events to `stream` from here on, progress from 0. False: they go
 * somewhere already (a call within a call), which stays so; then the caller
 * does not close. */
bool event_open(FILE *stream);
void event_close(void);

/** Are events written? */
bool event_on(void);

/** Writes the line {"event": kind, key: text, ...}, the `count` texts being
 * keys and texts in turn; a pair whose text is NULL is left out. */
void event_pairs(const char *kind, const char *const *texts, size_t count);

/** event_texts(kind, key, text, ...) */
#define event_texts(kind, ...)                                                 \
    event_pairs(kind, (const char *const[]){__VA_ARGS__},                      \
                sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/** `done` of the whole, 0..1; never goes back: smaller than before is not
 * written. `text`: what is being done. */
void event_progress(double done, const char *text);

#endif
