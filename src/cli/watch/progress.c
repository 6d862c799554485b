#include "cli/watch/progress.h"

#include <math.h>
#include <stdio.h>

#include "cli/terminal.h"
#include "sys/clock.h"

static const double redraw_seconds = 0.1;
enum { LINES_IN_ALL = 20, BAR_WIDTH = 24 };

cli_progress cli_progress_start(const sm_train_options *const options, const size_t log_every,
                                const bool quiet)
{
    const bool minibatches = options->solver >= SM_SOLVER_SGD;
    cli_progress progress = {.minibatches = minibatches,
                             .tolerance = minibatches ? 0.0 : options->tolerance};
    if (quiet) {
        return progress;
    }
    progress.bar = log_every == SIZE_MAX && cli_can_redraw();
    progress.log_every = progress.bar ? 0 : log_every;
    return progress;
}

/* How much of the way is done: the steps tell, or how far the gradient has shrunk, in its
 * logarithm, towards where the solver stops. */
static double share_done(const cli_progress *const progress, const sm_progress *const now)
{
    double share = 0.0;
    if (now->planned_steps != SM_UNLIMITED && now->planned_steps > 0) {
        share = (double)now->step / (double)now->planned_steps;
    }
    if (progress->tolerance > 0.0 && progress->tolerance < 1.0 && now->gradient_norm > 0.0) {
        share = fmax(share, log(now->gradient_norm) / log(progress->tolerance));
    }
    return fmin(fmax(share, progress->share), 1.0);
}

/* "epoch 3/20", or "step 120" where an epoch is one step. */
static int print_place(const cli_progress *const progress, const sm_progress *const now,
                       char *const text, const size_t size)
{
    if (!progress->minibatches) {
        return snprintf(text, size, "step %zu", now->step);
    }
    return snprintf(text, size, "epoch %zu step %zu", now->epoch, now->step);
}

static void print_time(char *const text, const size_t size, const double seconds)
{
    if (seconds < 100.0) {
        (void)snprintf(text, size, "%.0f s", ceil(seconds));
    } else if (seconds < 6000.0) {
        (void)snprintf(text, size, "%.0f min", ceil(seconds / 60.0));
    } else {
        (void)snprintf(text, size, "%.1f h", seconds / 3600.0);
    }
}

static void draw_bar(const cli_progress *const progress, const sm_progress *const now)
{
    char place[64];
    char rest[32] = "";
    const bool utf8 = cli_is_utf8();
    const bool colour = cli_can_colour();
    const int filled = (int)(progress->share * BAR_WIDTH);
    const int place_length = print_place(progress, now, place, sizeof place);
    if (progress->share > 0.0) {
        print_time(rest, sizeof rest, now->seconds * (1.0 / progress->share - 1.0));
    }
    (void)fputs("\r\033[K", stderr);
    /* "place  bar  loss 0.1234  accuracy 0.1234  12 min left" takes place + 62 columns. */
    if ((size_t)place_length + BAR_WIDTH + 46 <= cli_terminal_width()) {
        (void)fprintf(stderr, "%s  %s", place, colour ? "\033[36m" : "");
        for (int i = 0; i < BAR_WIDTH; i++) {
            if (i == filled && colour) {
                (void)fputs("\033[90m", stderr);
            }
            (void)fputs(utf8 ? (i < filled || colour ? "━" : " ") : (i < filled ? "#" : "-"),
                        stderr);
        }
        (void)fprintf(stderr, "%s  loss %.4f  accuracy %.4f", colour ? "\033[0m" : "", now->loss,
                      now->accuracy);
        if (rest[0] != '\0') {
            (void)fprintf(stderr, "  %s left", rest);
        }
    } else {
        (void)fprintf(stderr, "%s  loss %.4f", place, now->loss);
    }
    cli_set_line_drawn(true);
    (void)fflush(stderr);
}

static void print_line(const cli_progress *const progress, const sm_progress *const now)
{
    char place[64];
    (void)print_place(progress, now, place, sizeof place);
    (void)fprintf(stderr, "%s  loss %.6f  accuracy %.4f", place, now->loss, now->accuracy);
    if (!isnan(now->gradient_norm)) {
        (void)fprintf(stderr, "  gradient %.2e", now->gradient_norm);
    }
    if (!isnan(now->validation_loss)) {
        (void)fprintf(stderr, "  validation loss %.6f  accuracy %.4f", now->validation_loss,
                      now->validation_accuracy);
    }
    (void)fprintf(stderr, "  %.2f s\n", now->seconds);
}

static bool line_is_due(const cli_progress *const progress, const sm_progress *const now)
{
    size_t every = progress->log_every;
    if (every == SIZE_MAX) {
        every = now->planned_steps == SM_UNLIMITED ? 1000 : now->planned_steps / LINES_IN_ALL;
        every = every == 0 ? 1 : every;
    }
    return every > 0 && (now->step % every == 0 || now->step == 1);
}

void cli_progress_show(cli_progress *const progress, const sm_progress *const now)
{
    progress->share = share_done(progress, now);
    if (progress->bar) {
        const double clock = smi_clock_seconds();
        if (clock - progress->last_draw >= redraw_seconds) {
            progress->last_draw = clock;
            draw_bar(progress, now);
        }
    } else if (line_is_due(progress, now)) {
        print_line(progress, now);
    }
}

void cli_progress_end(const cli_progress *const progress)
{
    if (progress->bar && progress->last_draw > 0.0) {
        (void)fputs("\r\033[K", stderr);
        cli_set_line_drawn(false);
        (void)fflush(stderr);
    }
}
