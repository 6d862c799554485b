/* Showing how training goes: a bar on a terminal, a line now and then elsewhere. */
#ifndef CLI_WATCH_PROGRESS_H
#define CLI_WATCH_PROGRESS_H

#include <softmax.h>

typedef struct cli_progress {
    bool bar;         /* redraw one line */
    bool minibatches; /* an epoch has several steps */
    size_t log_every; /* steps between lines; 0: no lines */
    double tolerance; /* of solvers that stop by it; 0: only the limits stop */
    double last_draw; /* clock */
    double share;     /* of the way, so far */
} cli_progress;

/* log_every: SIZE_MAX for what suits: a bar on a terminal, else some twenty lines in all. */
cli_progress cli_progress_start(const sm_train_options *options, size_t log_every, bool quiet);

void cli_progress_show(cli_progress *progress, const sm_progress *now);

/* Takes the bar away. */
void cli_progress_end(const cli_progress *progress);

#endif
