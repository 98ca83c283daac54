#include "base/log.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/event.h"
#include "base/mem.h"
#include "base/text.h"

/* Set once by log_setup() before threads exist, read-only afterwards. */
static struct {
    bool quiet;
    bool verbose;
    bool terminal;
} setup;

struct log_kept {
    enum log_level level;
    char *line;
};

/* Where the thread's lines wait; NULL: they do not. */
static _Thread_local struct log_lines *kept;

static struct span {
    double from, to;
} whole = {0, 1}, part = {0, 1};

void log_setup(bool quiet, bool verbose)
{
    setup.quiet = quiet;
    setup.verbose = verbose;
    setup.terminal = isatty(STDERR_FILENO);
}

static void print(enum log_level level, const char *line)
{
    fprintf(stderr, "terramis: %s%s\n",
            level == LOG_WARNING ? _("warning: ") : "", line);
    event_texts(level == LOG_WARNING ? "warning" : "note", "text", line);
}

/* false: no memory. */
static bool keep(struct log_lines *lines, enum log_level level,
                 const char *line)
{
    if (mem_grow(&lines->items, &lines->room, lines->count,
                 sizeof *lines->items) != TERRAMIS_OK)
        return false;
    struct log_kept *item = &lines->items[lines->count];
    *item = (struct log_kept){.level = level};
    if (mem_copy_text(&item->line, line) != TERRAMIS_OK)
        return false;
    lines->count++;
    return true;
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
    text_tame(line, true);
    if (!kept || !keep(kept, level, line))
        print(level, line); /* too early rather than never */
}

void log_keep(struct log_lines *lines)
{
    kept = lines;
}

void log_print(struct log_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        print(lines->items[i].level, lines->items[i].line);
    log_drop(lines);
}

void log_drop(struct log_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        free(lines->items[i].line);
    free(lines->items);
    *lines = (struct log_lines){0};
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

void log_whole(double from, double to)
{
    whole = (struct span){from, to};
    part = (struct span){0, 1};
}

void log_part(double from, double to)
{
    part = (struct span){from, to};
}

static double within(struct span span, double share)
{
    return span.from + (span.to - span.from) * share;
}

static void draw(const char *what, double share, double left)
{
    char line[512]; /* names of territories stand in it */
    snprintf(line, sizeof line, _("%s: %3.0f %%, %.0f s left "), what,
             100.0 * share, left);
    text_tame(line, false);
    fprintf(stderr, "\r%s\033[K%s", line, share >= 1 ? "\n" : "");
    fflush(stderr);
}

/* Five times a second is enough to look at. */
static void tell_progress(const char *what, size_t done, size_t total)
{
    static double started, printed;
    double now = log_clock(), share = (double)done / (double)total;
    if (done == 0)
        started = now;
    if (done != 0 && done != total && now - printed < 0.2)
        return;
    printed = now;
    event_progress(within(whole, within(part, share)), what);
    if (setup.terminal)
        draw(what, share,
             done ? (now - started) * (double)(total - done) / (double)done
                  : 0.0);
}

void log_progress(const char *what, size_t done, size_t total)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    if (setup.quiet || total == 0 || !(setup.terminal || event_on()))
        return;
    pthread_mutex_lock(&lock);
    tell_progress(what, done, total);
    pthread_mutex_unlock(&lock);
}
