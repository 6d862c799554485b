/* What a model is, for softmax inspect. */
#ifndef CLI_DESCRIBE_MODEL_H
#define CLI_DESCRIBE_MODEL_H

#include <stdbool.h>

#include <softmax.h>

/* Prints it, for people or as JSON; returns an exit status. path: where it came from. */
int cli_describe_model(const char *path, const sm_model *model, bool json);

#endif
