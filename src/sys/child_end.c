#include "sys/child_end.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

enum { LEAST_NUMBER = 3 };

void smi_close_end(int *const descriptor)
{
    if (*descriptor >= 0) {
        close(*descriptor);
        *descriptor = -1;
    }
}

bool smi_lift_end(int *const descriptor)
{
    if (*descriptor >= LEAST_NUMBER) {
        return true;
    }
    const int higher = fcntl(*descriptor, F_DUPFD_CLOEXEC, LEAST_NUMBER);
    const int error_number = errno;
    close(*descriptor);
    *descriptor = higher;
    errno = error_number;
    return higher >= 0;
}

bool smi_child_ends(int ends[2], const bool child_reads)
{
    int *const reading = &ends[child_reads ? 1 : 0], *const writing = &ends[child_reads ? 0 : 1];
    int made[2] = {-1, -1};
    const bool piped = pipe2(made, O_CLOEXEC) == 0;
    *reading = made[0];
    *writing = made[1];
    if (piped && smi_lift_end(reading) && smi_lift_end(writing) &&
        (!child_reads || fcntl(*writing, F_SETFL, O_NONBLOCK) == 0)) {
        return true;
    }
    const int error_number = errno;
    smi_close_end(&ends[0]);
    smi_close_end(&ends[1]);
    errno = error_number;
    return false;
}

ssize_t smi_write_end(const int descriptor, const void *const bytes, const size_t size)
{
    static const struct timespec no_time = {0};
    sigset_t broken_pipe, pending, before;
    (void)sigemptyset(&broken_pipe);
    (void)sigaddset(&broken_pipe, SIGPIPE);
    (void)sigpending(&pending);
    (void)pthread_sigmask(SIG_BLOCK, &broken_pipe, &before);
    const ssize_t written = write(descriptor, bytes, size);
    const int error_number = errno;
    if (written < 0 && error_number == EPIPE && sigismember(&pending, SIGPIPE) == 0) {
        (void)sigtimedwait(&broken_pipe, NULL, &no_time); /* this thread's, and taken off it */
    }
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = error_number;
    return written;
}
