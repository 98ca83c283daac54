#include <signal.h>
#include <unistd.h>

#include "cli/cli.h"

/* The first signal asks the analysis to stop, a second one does not wait for a
 * library that reads (a view or condition may make SQLite count without end).
 * What is left then goes with the next run. */
static void on_interrupt(int number)
{
    static volatile sig_atomic_t asked;
    (void)number;
    if (asked)
        _exit(TERRAMIS_INTERRUPTED);
    asked = 1;
    terramis_interrupt();
}

int main(int argc, char **argv)
{
    terramis_setup_language();
    struct sigaction action = {.sa_handler = on_interrupt};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return cli_main(argc, argv);
}
