/**
 * @file status.h
 * @brief Error codes with one message, set where the error was found.
 *
 * Whoever detects an error calls status_set() once; callers hand the code on
 * with TRY() and add nothing. The message is per thread; the tile pool carries
 * it from a worker to the caller.
 */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

#include "base/i18n.h"
#include "terramis.h"

/** Sets this thread's message (printf format, in _() where it has words) and
 * returns `code`: in view of the caller, so that compilers and analysers know
 * that an error it is. */
#define status_set(code, ...) (status_say(__VA_ARGS__), status_code(code))

void status_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

static inline enum terramis_status status_code(enum terramis_status code)
{
    return code;
}

/** The message of status_no_memory(), the one that must not allocate. */
void status_say_no_memory(void);

static inline enum terramis_status status_no_memory(void)
{
    status_say_no_memory();
    return TERRAMIS_INTERNAL;
}

/** Has status_no_memory() been called, on any thread, since status_end()? What
 * was made since then may lack something: nothing of it may be published. */
bool status_memory_lost(void);

/** How a call of the public interface ends: with `status`, or, where memory
 * ran out on the way, with TERRAMIS_INTERNAL and a message that says so,
 * whatever the callers between made of it. */
enum terramis_status status_end(enum terramis_status status);

/** This thread's message; never NULL. */
const char *status_message(void);

/** Forgets this thread's message. */
void status_clear(void);

/** Returns from the calling function when `expr` is not TERRAMIS_OK. */
#define TRY(expr)                                                              \
    do {                                                                       \
        enum terramis_status try_status_ = (expr);                             \
        if (try_status_ != TERRAMIS_OK)                                        \
            return try_status_;                                                \
    } while (0)

/** As TRY(), for functions with one `done:` label and a local `status`. */
#define TRY_DONE(expr)                                                         \
    do {                                                                       \
        status = (expr);                                                       \
        if (status != TERRAMIS_OK)                                             \
            goto done;                                                         \
    } while (0)

/** Has terramis_interrupt() been called? Workers ask between tiles. */
bool status_interrupted(void);

/** TERRAMIS_INTERRUPTED and a message if so. What takes long asks at least five
 * times a second, so that main() need not end it. */
enum terramis_status status_go_on(void);

/** Until it ends, for what is short and worth it, no thread hears of it. */
void status_defer_interrupt(bool defer);

#endif
