#include "cli/plot/output.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/exit_status.h"
#include "cli/output_argument.h"
#include "cli/terminal.h"
#include "plot/text_room.h"
#include "sys/terminal_query.h"

/* Of a name in a title: MOST_NAME columns, WIDEST_NAME ems. */
enum { LEAST_COLUMNS = 60, MOST_COLUMNS = 160, MOST_NAME = 50, WIDEST_NAME = 27 };

static size_t between(const size_t value, const size_t least, const size_t most)
{
    return value < least ? least : value > most ? most : value;
}

enum { TERMINAL_AUTO, TERMINAL_TEXT, TERMINAL_SIXEL };
const char *const cli_plot_terminals[] = {
    [TERMINAL_AUTO] = "auto", [TERMINAL_TEXT] = "text", [TERMINAL_SIXEL] = "sixel", NULL};

static bool wants_sixels(const cli_plot_output *const output)
{
    return output->terminal == TERMINAL_SIXEL ||
           (output->terminal == TERMINAL_AUTO && cli_can_redraw() && smi_terminal_shows_sixels());
}

/* Of the one picture that a run draws. */
static bool lost_characters;

int cli_plot_target(const cli_plot_output *const output, smi_picture_target *const target)
{
    const char *const path = output->path;
    *target =
        (smi_picture_target){.path = path, .format = SMI_PICTURE_LETTERS, .lost = &lost_characters};
    if (path == NULL && wants_sixels(output)) {
        target->format = SMI_PICTURE_SIXEL;
        return CLI_SUCCESS;
    }
    if (path == NULL) {
        /* Letters are about twice as high as they are wide. */
        target->columns = between(cli_terminal_width(), LEAST_COLUMNS, MOST_COLUMNS);
        target->lines = between(target->columns / 3, 24, 40);
        target->colour = isatty(STDOUT_FILENO) != 0 && cli_can_colour();
        target->blocks = target->colour && cli_is_utf8();
        return CLI_SUCCESS;
    }
    if (smi_picture_format_of(path, &target->format) != SM_OK) {
        (void)cli_fail();
        return CLI_WRONG_USAGE;
    }
    return cli_try_output(path);
}

int cli_open_to_plot(const char *const arguments[], const cli_reading *const reading,
                     const cli_plot_output *const output, const bool labels,
                     cli_model_and_data *const opened)
{
    const cli_inputs inputs = {
        .model = arguments[0], .data = arguments[1], .labels = reading->labels};
    *opened = (cli_model_and_data){0};
    if (cli_check_output("-o", output->path, &inputs) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    const int status = cli_open_model_and_data(arguments, reading, opened);
    return status == CLI_SUCCESS && labels ? cli_need_labels(arguments[1], opened->dataset)
                                           : status;
}

/* The path's last parts, so many of them, or all there are. */
static const char *last_parts(const char *const path, const size_t count)
{
    const char *at = path + strlen(path);
    size_t left = count;
    while (at > path && left > 0) {
        at--;
        left -= at > path && at[-1] == '/';
    }
    return at;
}

static void copy_name(const char *const at, char name[CLI_PLOT_NAME_SIZE])
{
    static const char ellipsis[] = "\u2026";
    const size_t most = smi_columns_within(at, MOST_NAME, WIDEST_NAME);
    const smi_text_part part = smi_fit_text(at, most);
    const size_t fitting = (size_t)(part.end - at);
    const size_t length = cli_whole_length(at, CLI_PLOT_NAME_SIZE - sizeof ellipsis);
    (void)snprintf(name, CLI_PLOT_NAME_SIZE, "%.*s%s",
                   (int)(part.cut && fitting < length ? fitting : length), at,
                   part.cut || at[length] != '\0' ? ellipsis : "");
}

void cli_plot_name(const char *const path, char name[CLI_PLOT_NAME_SIZE])
{
    copy_name(last_parts(path, 1), name);
}

void cli_plot_names(const char *const *const paths, const size_t count,
                    char (*const names)[CLI_PLOT_NAME_SIZE])
{
    for (size_t i = 0; i < count; i++) {
        size_t parts = 1;
        for (size_t j = 0; j < count; j++) {
            while (strcmp(paths[i], paths[j]) != 0 &&
                   strcmp(last_parts(paths[i], parts), last_parts(paths[j], parts)) == 0) {
                parts++;
            }
        }
        copy_name(last_parts(paths[i], parts), names[i]);
    }
}

int cli_plot_done(const sm_status status, const smi_picture_target *const target)
{
    if (status != SM_OK) {
        return cli_fail();
    }
    if (lost_characters) {
        cli_say("%s: characters that fonts may lack are boxes; a name that ends in .svg keeps them",
                target->path);
    }
    if (target->path != NULL) {
        cli_print_saved(11, target->path);
    }
    return CLI_SUCCESS;
}
