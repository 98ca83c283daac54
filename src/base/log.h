/**
 * @file log.h
 * @brief Notes for people on stderr, and progress where it is a terminal.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/i18n.h"

enum log_level {
    LOG_WARNING, /**< something to look at; printed even when quiet */
    LOG_NOTE,    /**< what is being done */
    LOG_DETAIL   /**< only when verbose */
};

/** Sets what is printed; called once, before any thread starts. */
void log_setup(bool quiet, bool verbose);

/** Prints one line to stderr ("terramis: warning: ..."); to other programs it
 * is an event, "warning" or "note". Thread-safe. */
void log_line(enum log_level level, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Lines of a thread that wait. Zero-initialise. */
struct log_lines {
    struct log_kept *items;
    size_t count, room;
};

/** From here on the calling thread's lines wait in `lines`, so that those of
 * other threads do not get between them; NULL: they are printed again. */
void log_keep(struct log_lines *lines);
/** Prints the lines, in order, and releases them. */
void log_print(struct log_lines *lines);
/** Releases them unprinted. */
void log_drop(struct log_lines *lines);

/** Redraws the progress line `what` at done/total with the time left; nothing
 * where stderr is no terminal or quiet. Other programs get its place in the
 * whole, see log_part(). Thread-safe. */
void log_progress(const char *what, size_t done, size_t total);

/** What log_progress() counts from here on is the part `from`..`to`, of 0..1,
 * of what is being done. Call while no other thread tells progress. */
void log_part(double from, double to);

/** All that log_part() speaks of is itself the part `from`..`to`, of 0..1, of
 * the whole; to begin with it is the whole. */
void log_whole(double from, double to);

/** Monotonic seconds since an arbitrary start. */
double log_clock(void);

/** Wall clock and processor time of the process (or of one thread) at once. */
struct log_time {
    double clock, cpu; /**< seconds */
};

struct log_time log_time(void);        /**< of all threads of the process */
struct log_time log_thread_time(void); /**< of the calling thread */

/** Says (verbose) how long the step took that began at *start and ends now;
 * *start becomes now. */
void log_step(const char *what, struct log_time *start, struct log_time now);

#endif
