/* The --class-weight option. */
#ifndef CLI_CLASS_WEIGHT_H
#define CLI_CLASS_WEIGHT_H

#include <softmax.h>

#define CLI_CLASS_WEIGHT_ARGUMENT "WEIGHTS"
#define CLI_CLASS_WEIGHT_HELP                                                                      \
    "How much rows count by their class: balanced, so that each class counts the same in all, or " \
    "NAME=W,NAME=W... with weights above 0, 1 for names not given; a backslash goes before each "  \
    "comma and backslash of a name. Losses and accuracies that are printed do not weigh"

/* *weights: one for each class of the model, freed by free(); NULL when text is. Returns an exit
 * status, having said what is wrong. */
int cli_class_weights(const char *text, const sm_model *model, const sm_dataset *dataset,
                      double **weights);

#endif
