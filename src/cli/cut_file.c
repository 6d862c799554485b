/* The system tells by SIGBUS, wherever the reader happens to be. Whatever may be called there is
 * safe within a signal's handler: no memory, no stdio. */
#include "cli/cut_file.h"

#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "cli/exit_status.h"

/* Bytes of a file, one by one. */
typedef struct reader {
    int descriptor;
    size_t next;
    size_t count;
    char bytes[512];
} reader;

/* '\0' at the end. */
static char next_byte(reader *const from)
{
    if (from->next == from->count) {
        const ssize_t got = read(from->descriptor, from->bytes, sizeof from->bytes);
        from->next = 0;
        from->count = got > 0 ? (size_t)got : 0;
    }
    if (from->count == 0) {
        return '\0';
    }
    return from->bytes[from->next++];
}

/* A number in hexadecimal, and the byte behind it. */
static uintptr_t read_address(reader *const from, char *const behind)
{
    static const char digits[] = "0123456789abcdef";
    uintptr_t address = 0;
    for (;;) {
        *behind = next_byte(from);
        const char *const digit = *behind == '\0' ? NULL : strchr(digits, *behind);
        if (digit == NULL) {
            return address;
        }
        address = address << 4 | (uintptr_t)(digit - digits);
    }
}

/* The file that is mapped to the address, without its folders, by a list of lines such as
 * "7f1200000000-7f1200400000 r--p 00000000 fd:00 1234  /folder/x.npy". False when it is not there.
 */
static bool find_file(const uintptr_t address, char *const name, const size_t size)
{
    reader maps = {.descriptor = open("/proc/self/maps", O_RDONLY | O_CLOEXEC)};
    bool found = false;
    char byte = '\n';
    while (maps.descriptor >= 0 && byte != '\0' && !found) {
        const uintptr_t begin = read_address(&maps, &byte);
        const uintptr_t end = read_address(&maps, &byte);
        const bool here = address >= begin && address < end;
        size_t length = 0;
        for (bool named = false; byte != '\n' && byte != '\0'; byte = next_byte(&maps)) {
            named = named || byte == '/';
            length = byte == '/' ? 0 : length;
            if (named && byte != '/' && length + 1 < size) {
                name[length++] = (char)(byte > 0 && byte < ' ' ? '?' : byte);
            }
        }
        name[length] = '\0';
        found = here && length > 0;
    }
    if (maps.descriptor >= 0) {
        (void)close(maps.descriptor);
    }
    return found;
}

static void say(const char *const text)
{
    (void)!write(STDERR_FILENO, text, strlen(text));
}

static void end_program(const int number, siginfo_t *const about, void *const context)
{
    static atomic_flag said = ATOMIC_FLAG_INIT;
    char name[256];
    (void)context;
    if (about->si_code != BUS_ADRERR) { /* not a file's doing: as ever */
        (void)signal(number, SIG_DFL);
        (void)raise(number);
        return;
    }
    while (atomic_flag_test_and_set(&said)) { /* another thread has met it, too, and ends all */
        (void)pause();
    }
    say("softmax: ");
    say(find_file((uintptr_t)about->si_addr, name, sizeof name) ? name : "a file");
    say(": the file was cut while it was being read, or can no longer be read\n");
    _exit(CLI_FAILURE);
}

void cli_catch_cut_files(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = end_program;
    action.sa_flags = SA_SIGINFO;
    sigemptyset(&action.sa_mask);
    (void)sigaction(SIGBUS, &action, NULL);
}
