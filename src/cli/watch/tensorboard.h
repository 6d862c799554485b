/* train --tensorboard: how training goes, for TensorBoard. DIR/train and DIR/validation are two
 * runs, whose curves it draws over each other. */
#ifndef CLI_WATCH_TENSORBOARD_H
#define CLI_WATCH_TENSORBOARD_H

#include <softmax.h>

#define CLI_TENSORBOARD_HELP                                                                       \
    "Write to folders in DIR, made where they are missing, what TensorBoard shows "                \
    "of training: after each epoch loss, accuracy and learning rate, and now and then histograms " \
    "of the weights, for pictures also the weights as pictures"

typedef struct cli_tensorboard cli_tensorboard;

/* Makes the files. Returns an exit status, having said what is wrong. */
int cli_tensorboard_open(const char *folder, cli_tensorboard **board);

/* To be called after each step of a training of this model. */
void cli_tensorboard_progress(cli_tensorboard *board, const sm_model *model,
                              const sm_progress *now);

/* Tells of the weights that the model has in the end. */
void cli_tensorboard_end(cli_tensorboard *board, const sm_model *model,
                         const sm_train_summary *end);

/* Frees it; NULL is accepted. Returns an exit status: what could not be written, which was said at
 * once, is a failure. */
int cli_tensorboard_close(cli_tensorboard *board);

#endif
