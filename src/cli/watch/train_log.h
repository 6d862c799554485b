/* train --log: how training went, as text that other programs follow and draw. A line is one JSON
 * object: the run, then each epoch, then the end. */
#ifndef CLI_WATCH_TRAIN_LOG_H
#define CLI_WATCH_TRAIN_LOG_H

#include <jansson.h>
#include <stdbool.h>

#include <softmax.h>

#define CLI_LOG_HELP                                                                               \
    "Write a JSON object a line to FILE, as training goes: what is trained, each epoch (with "     \
    "--log-every also each N steps), and the end. With --resume it goes on in FILE, behind the "   \
    "step of the checkpoint"

typedef struct cli_train_log cli_train_log;

/* Opens the file, which stays as it is until there is something to write; one that is there already
 * must be a log or empty. resumes: what it holds is gone on with. Returns an exit status, having
 * said what is wrong. */
int cli_train_log_open(const char *path, bool resumes, cli_train_log **log);

/* What the first line is to say of the run, beside its solver and the time; taken over. NULL: there
 * was not the memory, and nothing will be written. every: steps between lines within an epoch; 0:
 * there are none. */
void cli_train_log_describe(cli_train_log *log, json_t *run, size_t every);

/* To be called after each step. At the end of an epoch, and of training, and every so many steps:
 * {"epoch", "step", "seconds", "train", "validation", "learning_rate", "gradient_norm"} */
void cli_train_log_progress(cli_train_log *log, const sm_progress *now);

/* The last line. end: more of it, taken over. Does nothing more after another one. */
void cli_train_log_end(cli_train_log *log, const sm_train_summary *summary, json_t *end);

/* Frees it; NULL is accepted. Returns an exit status: a line that could not be written, which was
 * said at once, is a failure. */
int cli_train_log_close(cli_train_log *log);

#endif
