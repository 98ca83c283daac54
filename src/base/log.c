#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* Set once by log_setup() before threads exist, read-only afterwards. */
static struct {
    bool quiet;
    bool verbose;
    bool terminal;
} setup;

void log_setup(bool quiet, bool verbose)
{
    setup.quiet = quiet;
    setup.verbose = verbose;
    setup.terminal = isatty(STDERR_FILENO);
}

void log_line(enum log_level level, const char *format, ...)
{
    if ((level == LOG_DETAIL && !setup.verbose) ||
        (level != LOG_WARNING && setup.quiet))
        return;
    char line[4096];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    fprintf(stderr, "terramis: %s%s\n",
            level == LOG_WARNING ? _("warning: ") : "", line);
}

double log_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static struct log_time time_by(clockid_t processor)
{
    struct timespec used;
    clock_gettime(processor, &used);
    return (struct log_time){log_clock(),
                             (double)used.tv_sec + 1e-9 * (double)used.tv_nsec};
}

struct log_time log_time(void)
{
    return time_by(CLOCK_PROCESS_CPUTIME_ID);
}

struct log_time log_thread_time(void)
{
    return time_by(CLOCK_THREAD_CPUTIME_ID);
}

void log_step(const char *what, struct log_time *start, struct log_time now)
{
    log_line(LOG_DETAIL, "%s: %.2f s, CPU %.2f s", what,
             now.clock - start->clock, now.cpu - start->cpu);
    *start = now;
}

void log_progress(const char *what, size_t done, size_t total)
{
    static double started, printed;
    if (setup.quiet || !setup.terminal || total == 0)
        return;
    double now = log_clock();
    if (done == 0)
        started = now;
    if (done != 0 && done != total && now - printed < 0.2)
        return;
    printed = now;
    double left =
        done ? (now - started) * (double)(total - done) / (double)done : 0.0;
    fputs("\r", stderr);
    fprintf(stderr, _("%s: %3.0f %%, %.0f s left "), what,
            100.0 * (double)done / (double)total, left);
    fprintf(stderr, "\033[K%s", done == total ? "\n" : "");
    fflush(stderr);
}
