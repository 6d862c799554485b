#include "sys/loopback.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sys/os_error.h"

enum { WAITING = 64 }; /* connections that nobody has taken up yet */

/* 0, or what errno says. */
static int listen_there(const int descriptor, struct sockaddr_in *const address)
{
    const int yes = 1; /* the port of a program that has just ended is free */
    socklen_t size = sizeof *address;
    const bool listens = setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
                         bind(descriptor, (const struct sockaddr *)address, sizeof *address) == 0 &&
                         listen(descriptor, WAITING) == 0 &&
                         getsockname(descriptor, (struct sockaddr *)address, &size) == 0;
    return listens ? 0 : errno;
}

sm_status smi_listen_on_loopback(uint16_t *const port, int *const descriptor, bool *const taken)
{
    char name[32];
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons(*port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    (void)snprintf(name, sizeof name, "127.0.0.1:%u", (unsigned)*port);
    *taken = false;
    const int made = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (made < 0) {
        return smi_fail_os("listen on", name, errno);
    }
    const int error = listen_there(made, &address);
    if (error != 0) {
        close(made);
        *taken = error == EADDRINUSE;
        return smi_fail_os("listen on", name, error);
    }
    *descriptor = made;
    *port = ntohs(address.sin_port);
    return SM_OK;
}

void smi_close_socket(const int descriptor)
{
    close(descriptor);
}
