/* Files that lie in memory, served over HTTP to this machine alone. */
#ifndef SMI_SERVE_SERVER_H
#define SMI_SERVE_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

/* One file. */
typedef struct smi_served_file {
    const char *path; /* below the address: "rooms/softmax.js"; "index.html" is also "" */
    const unsigned char *bytes;
    size_t size;
} smi_served_file;

/* A page and all that belongs to it. */
typedef struct smi_page {
    const smi_served_file *files;
    size_t count;
} smi_page;

/* The lab. A build without it has no files. */
extern const smi_page smi_lab_page;

typedef struct smi_server smi_server;

/* Serves the page, which is borrowed, on 127.0.0.1, from threads of its own, in which the signals
 * that are blocked here stay blocked. port 0: any that is free. *taken, where it fails: because
 * another program listens there. */
sm_status smi_server_start(const smi_page *page, uint16_t port, smi_server **server, bool *taken);

uint16_t smi_server_port(const smi_server *server);

void smi_server_stop(smi_server *server); /* NULL is accepted */

#endif
