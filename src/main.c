#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/terminal.h"
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

int main(int argc, char **argv)
{
    terramis_setup_language();
    snprintf(last_words, sizeof last_words, "terramis: %s\n", _("interrupted"));
    stdout = terminal_tame(stdout, STDOUT_FILENO);
    handle(SIGALRM, leave);
    handle(SIGINT, on_interrupt);
    handle(SIGTERM, on_interrupt);
    return cli_main(argc, argv);
}
