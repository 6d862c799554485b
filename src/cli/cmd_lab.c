/* softmax lab: the page to play with, served to this machine. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "cli/command.h"
#include "cli/exit_status.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "serve/server.h"
#include "sys/launch.h"

/* Without --port, the first of these that is free. */
enum { FIRST_PORT = 8080, LAST_PORT = 8099, PORTS = 65535 };

typedef struct lab_settings {
    size_t port;
    bool open;
} lab_settings;

#define AT(field) offsetof(lab_settings, field)

static const cli_option options[] = {
    {CLI_COUNT, "port", 0, "N",
     "Listen on this port of 127.0.0.1; 0: any that is free (default: the first free one from 8080 "
     "to 8099)",
     AT(port), 0.0, PORTS},
    {CLI_OFF, "no-open", 0, NULL, "Do not open a browser", AT(open)},
    {CLI_HEADING},
};

const cli_syntax cli_lab_syntax = {
    .name = "softmax lab",
    .arguments = NULL,
    .summary = "Serve a page to play with softmax, regions and digits",
    .description =
        "Prints the address of the lab, opens it in a browser by xdg-open, and serves it until "
        "Ctrl-C. Softmax with sliders; regions of the plane that networks learn, on points that "
        "you "
        "choose; digits that you draw. This library computes all of it in the page, as "
        "WebAssembly: nothing is sent anywhere, and only this machine can reach the server.\n\n"
        "The same files, to be put on any web server, are installed in share/softmax/lab.",
    .examples = "softmax lab\n"
                "softmax lab --port 9000 --no-open\n",
    .options = options,
    .least_arguments = 0,
    .most_arguments = 0};

static sm_status start(const size_t wanted, smi_server **const server)
{
    const size_t first = wanted == SIZE_MAX ? FIRST_PORT : wanted;
    const size_t last = wanted == SIZE_MAX ? LAST_PORT : wanted;
    bool taken = true;
    sm_status status = SM_OK;
    for (size_t port = first; port <= last && taken; port++) {
        status = smi_server_start(&smi_lab_page, (uint16_t)port, server, &taken);
        taken = taken && status != SM_OK;
    }
    return status;
}

static void open_browser(const char *const address)
{
    const char *const arguments[] = {"xdg-open", address, NULL};
    if (!smi_launch(arguments)) {
        cli_say("there is no xdg-open here to open a browser with; please open the address in one");
    }
}

int cli_lab(const int argument_count, char **const arguments)
{
    lab_settings settings = {.port = SIZE_MAX, .open = true};
    const char *named[CLI_MOST_ARGUMENTS];
    cli_parse(&cli_lab_syntax, argument_count, arguments, &settings, named);
    char address[64];
    smi_server *server = NULL;
    cli_hold_interrupts();
    if (start(settings.port, &server) != SM_OK) {
        return cli_fail();
    }
    (void)snprintf(address, sizeof address, "http://127.0.0.1:%u/",
                   (unsigned)smi_server_port(server));
    if (printf("%s\n", address) < 0 || fflush(stdout) != 0) {
        smi_server_stop(server);
        cli_say("cannot write to standard output");
        return CLI_FAILURE;
    }
    cli_say("Ctrl-C ends the lab");
    if (settings.open) {
        open_browser(address);
    }
    cli_await_interrupt();
    smi_server_stop(server);
    return CLI_SUCCESS;
}
