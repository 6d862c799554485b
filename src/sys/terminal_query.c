#include "sys/terminal_query.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "sys/clock.h"

static const double longest_wait = 1.0; /* seconds */

bool smi_attributes_have_sixels(const char *const answer, const size_t size)
{
    static const char begin[] = "\033[?";
    const char *at = answer;
    const char *const end = answer + size;
    while ((size_t)(end - at) >= sizeof begin - 1 && memcmp(at, begin, sizeof begin - 1) != 0) {
        at++;
    }
    if ((size_t)(end - at) < sizeof begin - 1) {
        return false;
    }
    at += sizeof begin - 1;
    bool found = false;
    for (bool first = true;; first = false) { /* the first is the terminal's class */
        const char *const number = at;
        while (at < end && *at >= '0' && *at <= '9') {
            at++;
        }
        if (at == end || (*at != ';' && *at != 'c')) {
            return false;
        }
        found = found || (!first && at - number == 1 && *number == '4');
        if (*at++ == 'c') {
            return found;
        }
    }
}

/* Reads up to the answer's last byte. Returns how many bytes came. */
static size_t read_answer(const int terminal, char *const answer, const size_t most)
{
    const double end = smi_clock_seconds() + longest_wait;
    size_t size = 0;
    for (double left = longest_wait; size < most && left > 0.0; left = end - smi_clock_seconds()) {
        struct pollfd ready = {.fd = terminal, .events = POLLIN};
        if (poll(&ready, 1, (int)(left * 1e3) + 1) <= 0 || read(terminal, answer + size, 1) != 1) {
            break;
        }
        if (answer[size++] == 'c') {
            break;
        }
    }
    return size;
}

/* Asks, with the terminal set so that the answer is neither shown nor waits for a newline. Keys do
 * not interrupt meanwhile, so that it is set back in any case. */
static size_t ask(const int terminal, char *const answer, const size_t most)
{
    static const char question[] = "\033[c";
    struct termios before;
    if (tcgetattr(terminal, &before) != 0) {
        return 0;
    }
    struct termios silent = before;
    silent.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
    silent.c_cc[VMIN] = 1;
    silent.c_cc[VTIME] = 0;
    if (tcsetattr(terminal, TCSADRAIN, &silent) != 0) {
        return 0;
    }
    const bool asked = write(terminal, question, sizeof question - 1) == sizeof question - 1;
    const size_t size = asked ? read_answer(terminal, answer, most) : 0;
    (void)tcsetattr(terminal, TCSADRAIN, &before);
    if (memchr(answer, before.c_cc[VINTR], size) != NULL) {
        (void)raise(SIGINT);
    }
    return size;
}

/* Only a foreground process may set its terminal: another would be stopped. */
bool smi_terminal_shows_sixels(void)
{
    char answer[128];
    size_t size = 0;
    if (isatty(STDOUT_FILENO) == 0) {
        return false;
    }
    const int terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal < 0) {
        return false;
    }
    if (tcgetpgrp(terminal) == getpgrp()) {
        size = ask(terminal, answer, sizeof answer);
    }
    close(terminal);
    return smi_attributes_have_sixels(answer, size);
}
