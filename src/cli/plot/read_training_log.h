/* The log of a training: one JSON object a line, as softmax train --log writes it. */
#ifndef CLI_PLOT_READ_TRAINING_LOG_H
#define CLI_PLOT_READ_TRAINING_LOG_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

#include "plot/curves.h"

typedef struct cli_training_log {
    smi_curve_point *points; /* an epoch each, or a part of one, with a loss; what is beyond
                                SMI_MOST_DRAWN counts as none */
    size_t count;            /* 0 of a run that had none, see cli_need_epochs() */
    bool broken;             /* the last line is not whole, as while it is being written, and was
                                left out */
    json_t *run; /* what the first line that begins a run says of it: "command", "started", …; NULL:
                    there is none */
    json_t *end; /* what the last line that ends a run says; NULL: there is none */
} cli_training_log;

/* Reads a file, or "-", standard input. It fails, naming the line, where that is none of a log, and
 * where there is neither an epoch nor the beginning of a run. Lines without an epoch and a loss are
 * passed over. */
sm_status cli_read_training_log(const char *path, cli_training_log *log);

/* The same of a log in memory. name: for messages. */
sm_status cli_parse_training_log(const char *name, const char *text, size_t size,
                                 cli_training_log *log);

/* What the test at the end gave; NaN: there was none. */
void cli_read_test(const cli_training_log *log, double *loss, double *accuracy);

/* Fails where the log has no epoch with a loss, as of a training of no steps. */
sm_status cli_need_epochs(const char *name, const cli_training_log *log);

void cli_free_training_log(cli_training_log *log);

#endif
