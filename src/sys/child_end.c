#include "sys/child_end.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
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

bool smi_child_ends(int ends[2])
{
    ends[0] = ends[1] = -1;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return false;
    }
    if (smi_lift_end(&ends[0]) && smi_lift_end(&ends[1])) {
        return true;
    }
    const int error_number = errno;
    smi_close_end(&ends[0]);
    smi_close_end(&ends[1]);
    errno = error_number;
    return false;
}
