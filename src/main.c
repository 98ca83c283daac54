#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "cli/cli.h"

/* What is said when the program ends without coming to its own end; made
 * beforehand, since little is allowed in a signal handler. */
static char last_words[128];

static void leave(int number)
{
    (void)number;
    (void)!write(STDERR_FILENO, last_words, strlen(last_words));
    _exit(TERRAMIS_INTERRUPTED);
}

/* The first signal asks for an end, and gives it a second: a library may be
 * busy for longer. The second one does not ask. Ending at any moment loses
 * nothing (run/stage.h). */
static void on_interrupt(int number)
{
    static volatile sig_atomic_t asked;
    static const struct itimerval patience = {.it_value = {.tv_usec = 700000}};
    if (asked)
        leave(number);
    asked = 1;
    terramis_interrupt();
    setitimer(ITIMER_REAL, &patience, NULL);
}

static void handle(int number, void (*handler)(int number))
{
    struct sigaction action = {.sa_handler = handler};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

static bool is_ignored(int number)
{
    struct sigaction action;
    return sigaction(number, NULL, &action) == 0 &&
           action.sa_handler == SIG_IGN;
}

/* Streams that were closed by whoever started the program: the next files that
 * are opened would get their numbers, and what is printed would end up in them.
 * Of a folder nothing can be read, nothing written to it: as if closed. */
static void hold_streams(void)
{
    static int held[STDERR_FILENO + 1];
    for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++) {
        if (fcntl(i, F_GETFD) >= 0)
            continue;
        held[i] = open("/", O_RDONLY | O_DIRECTORY); /* the least number */
        if (held[i] != i)
            _exit(TERRAMIS_INTERNAL);
    }
}

int main(int argc, char **argv)
{
    hold_streams();
    terramis_setup_language();
    snprintf(last_words, sizeof last_words, "terramis: %s\n", _("interrupted"));
    handle(SIGALRM, leave);
    handle(SIGINT, on_interrupt);
    handle(SIGTERM, on_interrupt);
    handle(SIGXCPU, on_interrupt);
    if (!is_ignored(SIGHUP)) /* nohup */
        handle(SIGHUP, on_interrupt);
    /* full quotas and readers that are gone are errors of writing */
    handle(SIGXFSZ, SIG_IGN);
    handle(SIGPIPE, SIG_IGN);
    return cli_main(argc, argv);
}
