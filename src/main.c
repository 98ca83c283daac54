#include <signal.h>

#include "cli/cli.h"

static void on_interrupt(int number)
{
    (void)number;
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
