/* Runs a command and says how much memory it held at its peak: bench_peak_memory COMMAND…
 *
 * A program of its own because a process inherits the peak of the one that started it: this one's
 * is a megabyte, an interpreter's is not. Prints one JSON object in place of the command's output.
 */
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

_Noreturn static void run(char **const command)
{
    const int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nothing >= 0) {
        (void)dup2(nothing, STDOUT_FILENO);
    }
    (void)execvp(command[0], command);
    _exit(127);
}

int main(const int argument_count, char **const arguments)
{
    if (argument_count < 2) {
        leave("usage: bench_peak_memory COMMAND...");
    }
    const pid_t child = fork();
    if (child < 0) {
        leave("no new process");
    }
    if (child == 0) {
        run(arguments + 1);
    }
    int status = 0;
    struct rusage usage;
    if (wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) ||
        WEXITSTATUS(status) != 0) {
        leave("the command failed");
    }
    printf("{\"bytes\": %lld}\n", 1024LL * usage.ru_maxrss);
    return 0;
}
