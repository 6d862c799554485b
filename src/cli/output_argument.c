#include "cli/output_argument.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <softmax.h>

#include "cli/data_argument.h"
#include "cli/exit_status.h"
#include "cli/terminal.h"
#include "sys/output.h"

/* Opening a pipe waits for its reader, who would take closing it for the end of what is written. */
static bool is_writable_device(const char *const path)
{
    struct stat about;
    return stat(path, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode) &&
           access(path, W_OK) == 0;
}

int cli_try_output(const char *const path)
{
    smi_output *output = NULL;
    if (is_writable_device(path)) {
        return CLI_SUCCESS;
    }
    if (smi_output_open(path, &output) != SM_OK) {
        return cli_fail();
    }
    smi_output_abandon(output);
    return CLI_SUCCESS;
}

static bool look_at(const char *const path, struct stat *const about)
{
    return strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, about) == 0 : stat(path, about) == 0;
}

static bool are_one(const struct stat *const a, const struct stat *const b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Devices and pipes are not written over: what is read from them is not what is written. */
static bool reads_file(const char *const input, const struct stat *const output)
{
    struct stat about;
    return input != NULL && S_ISREG(output->st_mode) && look_at(input, &about) &&
           are_one(&about, output);
}

static bool reads_data(const char *const data, const struct stat *const output)
{
    char path[PATH_MAX];
    return data != NULL && cli_path_of_data(data, path) && reads_file(path, output);
}

int cli_check_output(const char *const option, const char *const path,
                     const cli_inputs *const inputs)
{
    struct stat about;
    if (path != NULL && strcmp(path, "-") == 0) {
        cli_say("%s: - stands for what is read; /dev/stdout is standard output", option);
        return CLI_WRONG_USAGE;
    }
    if (path == NULL || stat(path, &about) != 0) {
        return CLI_SUCCESS;
    }
    const char *const what = reads_file(inputs->model, &about)    ? "the model"
                             : reads_data(inputs->data, &about)   ? "the data"
                             : reads_data(inputs->test, &about)   ? "the test data"
                             : reads_file(inputs->labels, &about) ? "the file of labels"
                             : reads_file(inputs->log, &about)    ? "the log"
                                                                  : NULL;
    if (what == NULL) {
        return CLI_SUCCESS;
    }
    cli_say("%s: this is %s that is read; choose another name for %s", path, what, option);
    return CLI_WRONG_USAGE;
}

bool cli_is_same_file(const char *const a, const char *const b)
{
    return a != NULL && b != NULL && smi_output_is_same(a, b);
}
