/* What a model is, for softmax inspect. */
#ifndef CLI_DESCRIBE_MODEL_H
#define CLI_DESCRIBE_MODEL_H

#include <stdbool.h>

#include <softmax.h>

/* Prints it, for people or as JSON; returns an exit status. path: where it came from. */
int cli_describe_model(const char *path, const sm_model *model, bool json);

/* "softmax regression", or "network of 3 dense layers". text: room for it. */
enum { CLI_KIND_SIZE = 48 };
const char *cli_kind_of(const sm_model *model, char text[CLI_KIND_SIZE]);

#endif
