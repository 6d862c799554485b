#include "cli/interrupt.h"

#include <signal.h>
#include <string.h>

static volatile sig_atomic_t interrupted;

static void remember(const int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

static void handle_both(void (*const handler)(int))
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART | (int)SA_RESETHAND;
    sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

void cli_catch_interrupts(void)
{
    handle_both(remember);
}

void cli_release_interrupts(void)
{
    handle_both(SIG_DFL);
}

void cli_hold_interrupts(void)
{
    sigset_t both;
    sigemptyset(&both);
    sigaddset(&both, SIGINT);
    sigaddset(&both, SIGTERM);
    (void)pthread_sigmask(SIG_BLOCK, &both, NULL);
    cli_catch_interrupts();
}

void cli_await_interrupt(void)
{
    sigset_t others;
    (void)pthread_sigmask(SIG_SETMASK, NULL, &others);
    sigdelset(&others, SIGINT);
    sigdelset(&others, SIGTERM);
    while (!cli_is_interrupted()) {
        (void)sigsuspend(&others);
    }
}

bool cli_is_interrupted(void)
{
    return interrupted != 0;
}
