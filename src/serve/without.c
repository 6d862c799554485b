/* A build without the lab serves nothing. */
#include "base/status.h"
#include "serve/server.h"

const smi_page smi_lab_page = {.files = NULL, .count = 0};

sm_status smi_server_start(const smi_page *const page, const uint16_t port,
                           smi_server **const server, bool *const taken)
{
    (void)page, (void)port, (void)server;
    *taken = false;
    return smi_fail(
        SM_ERROR_ARGUMENT,
        "this softmax was built without the lab; cmake -D SOFTMAX_LAB=ON builds it with "
        "the lab, or says what that takes");
}

uint16_t smi_server_port(const smi_server *const server)
{
    (void)server;
    return 0;
}

void smi_server_stop(smi_server *const server)
{
    (void)server;
}
