#include "sys/thread.h"

#include <signal.h>
#include <stddef.h>

/* Signals that a thread's own doing raises are its own: blocked ones would end the process whatever
 * handler it has. */
static sigset_t signals_of_others(void)
{
    static const int own[] = {SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS, SIGTRAP};
    sigset_t others;
    sigfillset(&others);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        sigdelset(&others, own[i]);
    }
    return others;
}

int smi_thread_start(pthread_t *const handle, void *(*const run)(void *), void *const argument)
{
    const sigset_t others = signals_of_others();
    sigset_t before;
    pthread_sigmask(SIG_SETMASK, &others, &before); /* inherited by the thread */
    const int error_number = pthread_create(handle, NULL, run, argument);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error_number;
}
