#include "cli/watch/live.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/plot/output.h"
#include "cli/terminal.h"
#include "cli/watch/live_chart.h"
#include "cli/watch/live_window.h"
#include "sys/clock.h"

/* Epochs that are kept: where there are more, every second is, then every fourth, and so on. */
enum { MOST_POINTS = 1024 };

/* Between pictures: at least so many seconds, and so many times what the last one took. */
static const double terminal_seconds = 0.1;
static const double window_seconds = 0.5;
static const double times_its_cost = 50.0;

struct cli_live {
    char name[CLI_PLOT_NAME_SIZE];
    cli_live_window *window; /* NULL: there is none */
    bool terminal;
    smi_curve_point points[MOST_POINTS + 1]; /* with the last epoch, kept or not */
    size_t kept;
    size_t seen;
    size_t stride;
    double next;  /* when it may be drawn again, by the clock */
    bool drawn;   /* all that was seen */
    size_t lines; /* of the picture above the cursor; 0: there is none */
    size_t said;  /* messages, when it was drawn */
    cli_terminal_size size;
};

cli_live *cli_live_open(const char *const name)
{
    cli_live *const live = calloc(1, sizeof *live);
    if (live == NULL) {
        cli_say("not enough memory for --live");
        return NULL;
    }
    cli_plot_name(name, live->name);
    live->stride = 1;
    live->drawn = true;
    live->window = cli_live_window_open();
    live->terminal = live->window == NULL && cli_can_redraw();
    if (live->window == NULL && !live->terminal) {
        cli_say("--live: there is neither a display, with a gnuplot that has windows, nor a "
                "terminal: nothing is drawn");
    }
    return live;
}

bool cli_live_is_in_terminal(const cli_live *const live)
{
    return live->terminal;
}

/* ---- epochs ---- */

static void add_point(cli_live *const live, const smi_curve_point *const point)
{
    live->points[live->kept] = *point;
    live->kept += live->seen % live->stride == 0;
    live->seen++;
    live->drawn = false;
    if (live->kept == MOST_POINTS) {
        live->stride *= 2;
        live->kept /= 2;
        for (size_t i = 0; i < live->kept; i++) {
            live->points[i] = live->points[2 * i];
        }
        live->points[live->kept] = *point;
    }
}

/* With the last one, whether it is kept or not. */
static size_t count_points(const cli_live *const live)
{
    return live->kept + ((live->seen - 1) % live->stride != 0);
}

/* Without a loss anywhere there is nothing to draw: an empty run. */
static smi_run run_of(const cli_live *const live)
{
    smi_run run = {.name = live->name, .points = live->points};
    const size_t count = live->seen == 0 ? 0 : count_points(live);
    for (size_t i = 0; i < count && run.count == 0; i++) {
        const smi_curve_point *const p = &live->points[i];
        run.count = isfinite(p->loss) || isfinite(p->validation_loss) ? count : 0;
    }
    return run;
}

/* ---- drawing ---- */

/* In the place of the picture before, unless something has been said since, which stays; on a
 * terminal of another size than before, where nobody knows how lines are wrapped, on a clear one.
 */
static void draw_in_terminal(cli_live *const live)
{
    const cli_terminal_size size = cli_size_of_terminal();
    const bool resized = live->lines > 0 && memcmp(&size, &live->size, sizeof size) != 0;
    const bool colour = cli_can_colour();
    const smi_run run = run_of(live);
    const cli_chart_style style = {.columns = size.columns - 1, /* the last may wrap */
                                   .lines = size.lines - 2,     /* progress, and what was typed */
                                   .dots = colour && cli_is_utf8(),
                                   .colour = colour};
    smi_script text = {0};
    if (resized) {
        smi_script_add(&text, "\033[2J\033[H");
    } else if (live->lines > 0 && live->said == cli_messages_said()) {
        smi_script_add(&text, "\r\033[%zuA", live->lines);
    }
    smi_script_add(&text, "\r\033[J");
    live->lines = cli_draw_charts(&text, run.points, run.count, &style);
    live->size = size;
    live->said = cli_messages_said();
    if (!text.failed) {
        (void)fwrite(text.text, 1, text.length, stderr);
        (void)fflush(stderr);
    }
    smi_script_free(&text);
}

static void draw_in_window(cli_live *const live)
{
    const smi_run run = run_of(live);
    if (run.count > 0 && !cli_live_window_draw(live->window, &run)) {
        cli_say("--live: the window is gone; training goes on without it");
        cli_live_window_close(live->window, &(smi_run){0});
        live->window = NULL;
    }
}

void cli_live_show(cli_live *const live, const sm_progress *const now)
{
    if (!now->epoch_ended || (live->window == NULL && !live->terminal)) {
        return;
    }
    add_point(live, &(smi_curve_point){.epoch = (double)now->epoch,
                                       .loss = now->epoch_loss,
                                       .accuracy = now->epoch_accuracy,
                                       .validation_loss = now->validation_loss,
                                       .validation_accuracy = now->validation_accuracy});
    const double clock = smi_clock_seconds();
    if (clock < live->next) {
        return;
    }
    if (live->terminal) {
        draw_in_terminal(live);
    } else {
        draw_in_window(live);
    }
    live->drawn = true;
    const double cost = smi_clock_seconds() - clock;
    live->next =
        clock + fmax(live->terminal ? terminal_seconds : window_seconds, times_its_cost * cost);
}

void cli_live_close(cli_live *const live)
{
    if (live == NULL) {
        return;
    }
    if (live->terminal && !live->drawn) {
        draw_in_terminal(live);
    }
    const smi_run run = run_of(live);
    cli_live_window_close(live->window, &run);
    free(live);
}
