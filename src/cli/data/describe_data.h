/* What a dataset holds, for people and programs. */
#ifndef CLI_DATA_DESCRIBE_DATA_H
#define CLI_DATA_DESCRIBE_DATA_H

#include <softmax.h>

/* Prints the description; name: what the user called it. Returns the exit status. */
int cli_describe_data(const char *name, const sm_dataset *dataset, bool as_json);

#endif
