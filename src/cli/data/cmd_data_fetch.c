/* softmax data fetch: download a data set. */
#include <limits.h>
#include <stddef.h>
#include <stdio.h>

#include "cli/command.h"
#include "cli/data/catalogue.h"
#include "cli/data/download.h"
#include "cli/exit_status.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "sys/clock.h"
#include "sys/folder.h"

typedef struct fetch_settings {
    const char *mirror;
    const char *output;
    bool quiet;
} fetch_settings;

#define AT(field) offsetof(fetch_settings, field)

static const cli_option options[] = {
    {CLI_TEXT, "mirror", 'm', "URL", "Fetch from this address only", AT(mirror)},
    {CLI_FILE, "output", 'o', "FOLDER",
     "Put the set's own folder in FOLDER (default: softmax in the user's cache folder)",
     AT(output)},
    {CLI_ON, "quiet", 'q', NULL, "Say nothing", AT(quiet)},
    {CLI_HEADING},
};

const cli_syntax cli_data_fetch_syntax = {
    .name = "softmax data fetch",
    .arguments = "NAME",
    .summary = "Download a data set",
    .description =
        "Downloads mnist or fashion-mnist, so that it can be given as DATA by name. Mirrors are "
        "tried in order; every file is checked against its published SHA-256, and appears only "
        "when it is whole and right. Files that are there already are kept. With --output FOLDER, "
        "set SOFTMAX_DATA to FOLDER for the name to be found.",
    .examples = "softmax data fetch mnist\n"
                "softmax data fetch fashion-mnist --mirror https://example.org/fashion\n",
    .options = options,
    .least_arguments = 1,
    .most_arguments = 1};

/* One file on its way. */
typedef struct shown_download {
    const cli_remote_file *file;
    bool visible;
    double last_draw;
} shown_download;

static bool on_progress(void *const user, const uint64_t received)
{
    shown_download *const shown = user;
    const double now = smi_clock_seconds();
    if (shown->visible && now - shown->last_draw >= 0.1) {
        shown->last_draw = now;
        (void)fprintf(stderr, "\r\033[K%s  %3.0f %%", shown->file->name,
                      100.0 * (double)received / (double)shown->file->size);
        (void)fflush(stderr);
    }
    return !cli_is_interrupted();
}

/* Tries the mirrors, or only the one that is given. The message of the last failure stays. */
static sm_status fetch_file(const fetch_settings *const settings, const cli_remote_set *const set,
                            const cli_remote_file *const file, const char *const path)
{
    const char *const only[] = {settings->mirror, NULL};
    const char *const *mirror = settings->mirror != NULL ? only : set->mirrors;
    shown_download shown = {.file = file, .visible = !settings->quiet && cli_can_redraw()};
    sm_status status = SM_ERROR_IO;
    for (; *mirror != NULL && status != SM_OK; mirror++) {
        status = cli_download(*mirror, file, path, on_progress, &shown);
        if (shown.last_draw > 0.0) {
            (void)fputs("\r\033[K", stderr);
        }
        if (cli_is_interrupted()) {
            break;
        }
        if (status != SM_OK && mirror[1] != NULL && !settings->quiet) {
            cli_say("%s; trying the next mirror", sm_error_message());
        }
    }
    return status;
}

static int fetch_set(const fetch_settings *const settings, const cli_remote_set *const set,
                     const char *const folder)
{
    for (size_t i = 0; i < CLI_SET_FILES; i++) {
        const cli_remote_file *const file = &set->files[i];
        char path[PATH_MAX + NAME_MAX];
        (void)snprintf(path, sizeof path, "%s/%s", folder, file->name);
        const bool there = cli_is_downloaded(file, path);
        if (!there && fetch_file(settings, set, file, path) != SM_OK) {
            return cli_fail();
        }
        if (!settings->quiet) {
            (void)printf("%-28s %s\n", file->name, there ? "is there already" : "fetched");
            (void)fflush(stdout);
        }
    }
    if (!settings->quiet) {
        (void)printf("%s is in %s\n", set->name, folder);
    }
    return CLI_SUCCESS;
}

int cli_data_fetch(const int argument_count, char **const arguments)
{
    fetch_settings settings = {0};
    const char *named[CLI_MOST_ARGUMENTS];
    cli_parse(&cli_data_fetch_syntax, argument_count, arguments, &settings, named);
    const cli_remote_set *const set = cli_find_remote_set(named[0]);
    if (set == NULL) {
        cli_say("there is no data set '%s' to fetch; there are %s", named[0], cli_remote_set_names);
        return CLI_WRONG_USAGE;
    }
    char parent[PATH_MAX - NAME_MAX];
    char folder[PATH_MAX];
    if (settings.output == NULL && smi_cache_folder(parent, sizeof parent) != SM_OK) {
        return cli_fail();
    }
    (void)snprintf(folder, sizeof folder, "%s/%s",
                   settings.output != NULL ? settings.output : parent, set->name);
    cli_catch_interrupts();
    if (smi_make_folders(folder) != SM_OK) {
        return cli_fail();
    }
    return fetch_set(&settings, set, folder);
}
