/* Sockets that only this machine reaches. */
#ifndef SMI_SYS_LOOPBACK_H
#define SMI_SYS_LOOPBACK_H

#include <stdbool.h>
#include <stdint.h>

#include <softmax.h>

/* A socket that listens on 127.0.0.1. *port: the one wanted, 0: any that
 * is free; then the one it listens on. *taken, where it fails: because another listens there. */
sm_status smi_listen_on_loopback(uint16_t *port, int *descriptor, bool *taken);

void smi_close_socket(int descriptor);

#endif
