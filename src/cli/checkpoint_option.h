/* --checkpoint, --checkpoint-every and --resume. */
#ifndef CLI_CHECKPOINT_OPTION_H
#define CLI_CHECKPOINT_OPTION_H

#include <softmax.h>

#define CLI_CHECKPOINT_HELP                                                                        \
    "Now and then write to FILE all that training needs to go on, should it be interrupted; each " \
    "time the last one is replaced at once"
#define CLI_CHECKPOINT_EVERY_HELP "Every N steps, or with an s behind it N seconds (default 60s)"
#define CLI_RESUME_HELP                                                                            \
    "Go on from the checkpoint in FILE: DATA and options are given again, and must be the same, "  \
    "but for limits, threads and checkpoints; the model comes out as from a run without "          \
    "interruption, bit for bit"

/* cli_fail() after training: where a checkpoint does not go with the options, the one of them that
 * the message is about is called as it is on the command line. */
int cli_fail_training(void);

/* Takes over what --checkpoint-every says (NULL: it is not given). Returns an exit status. */
int cli_checkpoint_every(const char *every, sm_train_options *options);

#endif
