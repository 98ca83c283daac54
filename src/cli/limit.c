/* The hard bound of memory, and what is said when a library gives up. */
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli/cli.h"

/* Written by the signal handler, so it is made before. */
static char farewell[512];

/* GDAL, GEOS and PROJ abort() where they get no memory, and on exceptions that
 * they do not catch. */
static void on_abort(int number)
{
    (void)number;
    ssize_t written = write(2, farewell, strlen(farewell));
    (void)written; /* nothing is left to be done */
    _exit(TERRAMIS_INTERNAL);
}

void cli_limit_memory(const struct terramis_options *options)
{
    struct rlimit limit;
    double megabytes =
        options->max_memory > 0 ? options->max_memory : TERRAMIS_MEMORY;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    double threads =
        options->threads > 0 ? options->threads : (double)processors;
    snprintf(farewell, sizeof farewell,
             _("terramis: a library gave up, for lack of memory unless it says "
               "otherwise above. The limit is %.0f MB: give more with "
               "--max-memory, or look for a layer that is too large\n"),
             megabytes);
    struct sigaction action = {.sa_handler = on_abort};
    sigemptyset(&action.sa_mask);
    sigaction(SIGABRT, &action, NULL);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    /* The limit counts what is reserved: a stack of 8 MB for each thread beside
     * what is used, and what the libraries' own data take. */
    double bytes = (megabytes + 64 + 8 * (2 * threads + 4)) * 1048576;
    if (getrlimit(RLIMIT_DATA, &limit) != 0)
        return;
    if (limit.rlim_cur != RLIM_INFINITY && (double)limit.rlim_cur <= bytes)
        return; /* bounded already */
    limit.rlim_cur = (rlim_t)fmin(bytes, 9e18);
    (void)setrlimit(RLIMIT_DATA, &limit);
#else
    (void)limit;
    (void)threads;
#endif
}
